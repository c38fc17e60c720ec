//! From what is meant to be allowed to the statements that allow just that.

use super::intent::{Intended, Reach};
use super::name::name;
use crate::plan::limits::is_latin_1;
use crate::plan::{ChangeKind, OURS, document};
use serde_json::{Map, Value, json};

/// A statement that cannot be written where it would have to stand, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unwritable {
    /// A name holds a wildcard, and the document's `Version` knows no way to write it literally.
    Wildcard,
    /// A name holds characters that policies of IAM and KMS may not hold.
    NotLatin1,
}

/// Where statements are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page<'a> {
    /// Which kind of document.
    pub(super) kind: ChangeKind,
    /// The document as it stands; none where there is none yet.
    pub(super) before: Option<&'a Value>,
    /// Who is let in.
    pub(super) entity: &'a str,
    /// When it ends, in ISO 8601.
    pub(super) until: Option<&'a str>,
}

impl Page<'_> {
    /// The statements, those that share resource and conditions as one. What stands there already is
    /// among them.
    pub(super) fn statements(&self, intended: &[&Intended]) -> Result<Vec<Value>, Unwritable> {
        let mut groups: Vec<(&Intended, Vec<&str>)> = Vec::new();
        for one in intended {
            let action = one.action.as_str();
            match groups.iter_mut().find(|(first, _)| first.is_alike(one)) {
                Some((_, actions)) if actions.contains(&action) => {}
                Some((_, actions)) => actions.push(action),
                None => groups.push((one, vec![action])),
            }
        }
        groups.iter().map(|(first, actions)| self.one(first, actions)).collect()
    }

    fn one(&self, intended: &Intended, actions: &[&str]) -> Result<Value, Unwritable> {
        let mut statement = Map::new();
        statement.insert("Effect".to_owned(), "Allow".into());
        if !self.kind.is_inline_policy() {
            statement.insert("Principal".to_owned(), json!({"AWS": self.entity}));
        }
        statement.insert("Action".to_owned(), one_or_many(actions.iter().map(|one| (*one).into())));
        match self.kind {
            ChangeKind::PutTrustPolicy => {}
            // In a key's policy it stands for the key.
            // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
            ChangeKind::PutKeyPolicy => {
                statement.insert("Resource".to_owned(), "*".into());
            }
            _ => {
                statement.insert("Resource".to_owned(), self.pattern(&intended.resource)?.into());
            }
        }
        let conditions = self.conditions(intended)?;
        if !conditions.is_empty() {
            statement.insert("Condition".to_owned(), conditions.into());
        }
        // The bucket's own policy may hold any character.
        let takes_any = [ChangeKind::PutBucketPolicy, ChangeKind::PutAccessPointPolicy];
        let text = Value::from(statement.clone()).to_string();
        if !takes_any.contains(&self.kind) && !is_latin_1(&text) {
            return Err(Unwritable::NotLatin1);
        }
        let sid = self.sid(&statement);
        statement.insert("Sid".to_owned(), sid.into());
        Ok(statement.into())
    }

    fn conditions(&self, intended: &Intended) -> Result<Map<String, Value>, Unwritable> {
        let (mut equals, mut like) = (Map::new(), Map::new());
        if let Some(point) = &intended.point {
            equals.insert("s3:DataAccessPointArn".to_owned(), point.as_str().into());
        }
        if let Some(usage) = &intended.usage {
            for (pair, values) in &usage.context {
                let key = format!("kms:EncryptionContext:{pair}");
                if values.iter().all(|value| matches!(value, Reach::Exactly(_))) {
                    let texts: Result<Vec<_>, _> =
                        values.iter().map(|value| self.literal(value)).collect();
                    equals.insert(key, one_or_many(texts?.into_iter().map(Value::from)));
                } else {
                    let texts: Result<Vec<_>, _> =
                        values.iter().map(|value| self.pattern(value)).collect();
                    like.insert(key, one_or_many(texts?.into_iter().map(Value::from)));
                }
            }
            if let Some(via) = &usage.via {
                equals.insert("kms:ViaService".to_owned(), via.as_str().into());
            }
        }
        let mut conditions = Map::new();
        if let Some(until) = self.until {
            conditions.insert("DateLessThan".to_owned(), json!({"aws:CurrentTime": until}));
        }
        for (operator, keys) in [("StringEquals", equals), ("StringLike", like)] {
            if !keys.is_empty() {
                conditions.insert(operator.to_owned(), keys.into());
            }
        }
        Ok(conditions)
    }

    /// A text in which wildcards and variables have a meaning: what is literal is written so.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars>
    fn pattern(&self, reach: &Reach) -> Result<String, Unwritable> {
        let (text, rest) = match reach {
            Reach::Exactly(text) => (text, ""),
            Reach::Below(text) => (text, "*"),
        };
        if !self.has_variables() {
            return if text.contains(['*', '?']) {
                Err(Unwritable::Wildcard)
            } else {
                Ok(format!("{text}{rest}"))
            };
        }
        let mut written = String::with_capacity(text.len() + 1);
        for character in text.chars() {
            match character {
                '*' => written.push_str("${*}"),
                '?' => written.push_str("${?}"),
                '$' => written.push_str("${$}"),
                other => written.push(other),
            }
        }
        Ok(written + rest)
    }

    /// A text in which variables alone have a meaning.
    fn literal(&self, reach: &Reach) -> Result<String, Unwritable> {
        match reach {
            Reach::Exactly(text) if self.has_variables() => Ok(text.replace("${", "${$}{")),
            Reach::Exactly(text) => Ok(text.clone()),
            Reach::Below(_) => self.pattern(reach),
        }
    }

    /// Whether the document knows policy variables.
    fn has_variables(&self) -> bool {
        // A document of our own does.
        self.before.is_none_or(|before| {
            before.get("Version").and_then(Value::as_str) == Some("2012-10-17")
        })
    }

    /// A `Sid` which no other statement of the document has.
    fn sid(&self, statement: &Map<String, Value>) -> String {
        let is_taken = |name: &str| {
            let mut ours = statement.clone();
            ours.insert("Sid".to_owned(), name.into());
            let ours = Value::from(ours);
            self.before.into_iter().flat_map(document::statements).any(|other| {
                other.get("Sid").and_then(Value::as_str) == Some(name)
                    && !document::same_statement(other, &ours)
            })
        };
        name(OURS, &Value::from(statement.clone()), is_taken)
    }
}

fn one_or_many(values: impl Iterator<Item = Value>) -> Value {
    let mut values: Vec<Value> = values.collect();
    if values.len() == 1 { values.remove(0) } else { values.into() }
}
