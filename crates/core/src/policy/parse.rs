//! Reading documents: JSON in, compiled policy out, in one pass.
//!
//! A document that AWS would refuse is read a second time to find the place, so that good
//! documents pay nothing for it.

mod conditions;
mod many;
mod principals;

use self::conditions::Conditions;
use self::many::Many;
use self::principals::Principals;
use super::{
    ActionPattern, Clause, Effect, Pattern, Policy, PolicyError, PolicyKind, Statement, Syntax,
    Version,
};
use core::fmt;
use core::marker::PhantomData;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use std::borrow::Cow;

impl Policy {
    /// Parses and compiles a document that is used as `kind`.
    ///
    /// # Errors
    /// What AWS would refuse to store, with its path.
    pub fn parse(json: &str, kind: PolicyKind) -> Result<Self, PolicyError> {
        let read = |json| serde_json::from_str::<Document>(json);
        let Document(policy) = read(json).map_err(|_| {
            let mut deserializer = serde_json::Deserializer::from_str(json);
            match serde_path_to_error::deserialize::<_, Document>(&mut deserializer) {
                Err(error) => located(&error),
                // The text after the document is what is wrong.
                Ok(_) => PolicyError {
                    path: String::new(),
                    problem: "text after the end of the document".into(),
                },
            }
        })?;
        policy.checked(kind)
    }

    /// Like [`Policy::parse`], from bytes that may not be UTF-8.
    pub fn parse_bytes(json: &[u8], kind: PolicyKind) -> Result<Self, PolicyError> {
        let text = core::str::from_utf8(json).map_err(|error| PolicyError {
            path: String::new(),
            problem: format!("not UTF-8 at byte {}", error.valid_up_to()),
        })?;
        Self::parse(text, kind)
    }

    /// Like [`Policy::parse`], from JSON that has been read already.
    pub fn from_value(value: &serde_json::Value, kind: PolicyKind) -> Result<Self, PolicyError> {
        let Document(policy) =
            serde_path_to_error::deserialize(value).map_err(|error| located(&error))?;
        policy.checked(kind)
    }
}

fn located(error: &serde_path_to_error::Error<serde_json::Error>) -> PolicyError {
    let path = error.path().to_string();
    let inner = error.inner();
    let text = inner.to_string();
    let problem = match (inner.classify(), text.rsplit_once(" at line ")) {
        // The path says where; the line would be counted within the document.
        (serde_json::error::Category::Data, Some((problem, _))) => problem.to_owned(),
        _ => text,
    };
    PolicyError { path: if path == "." { String::new() } else { path }, problem }
}

/// A document before the checks that depend on its use.
struct Document(Policy);

impl<'de> serde::Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(DocumentVisitor).map(Self)
    }
}

/// Fails for the value of the key that was just read, so that the error's path names the key.
fn refuse<'de, A: MapAccess<'de>>(map: &mut A, problem: &str) -> A::Error {
    struct Refuse<'a>(&'a str);
    impl<'de> DeserializeSeed<'de> for Refuse<'_> {
        type Value = core::convert::Infallible;
        fn deserialize<D: Deserializer<'de>>(self, _: D) -> Result<Self::Value, D::Error> {
            Err(D::Error::custom(self.0))
        }
    }
    match map.next_value_seed(Refuse(problem)) {
        Err(error) => error,
        Ok(never) => match never {},
    }
}

/// Fills a slot, or refuses the element's second occurrence.
fn once<'de, A: MapAccess<'de>, T>(
    map: &mut A,
    slot: &mut Option<T>,
    read: impl FnOnce(&mut A) -> Result<T, A::Error>,
) -> Result<(), A::Error> {
    if slot.is_some() {
        return Err(refuse(map, "stands here a second time"));
    }
    *slot = Some(read(map)?);
    Ok(())
}

fn text<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Box<str>, A::Error> {
    Ok(map.next_value::<Cow<'de, str>>()?.into())
}

struct DocumentVisitor;

impl<'de> Visitor<'de> for DocumentVisitor {
    type Value = Policy;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a policy document: an object with `Version` and `Statement`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Policy, A::Error> {
        let (mut version, mut id, mut statements) = (None, None, None);
        while let Some(element) = map.next_key::<Cow<'de, str>>()? {
            match &*element {
                "Version" => once(&mut map, &mut version, A::next_value::<Version>)?,
                "Id" => once(&mut map, &mut id, text)?,
                "Statement" => once(&mut map, &mut statements, |map| {
                    map.next_value_seed(Many(PhantomData::<Statement>))
                })?,
                other => return Err(refuse(&mut map, &unknown("element", other))),
            }
        }
        let mut statements =
            statements.ok_or_else(|| A::Error::custom("missing element `Statement`"))?;
        if version != Some(Version::V2012) {
            statements.iter_mut().for_each(Statement::without_variables);
        }
        Ok(Policy { version, id, statements })
    }
}

fn unknown(what: &str, name: &str) -> String {
    if name.is_empty() { format!("unknown {what}") } else { format!("unknown {what} `{name}`") }
}

impl<'de> serde::Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match &*<Cow<'de, str>>::deserialize(deserializer)? {
            "2008-10-17" => Ok(Self::V2008),
            "2012-10-17" => Ok(Self::V2012),
            other => Err(D::Error::custom(format!(
                "`{other}` is no version of the policy language; use `2012-10-17`"
            ))),
        }
    }
}

impl<'de> serde::Deserialize<'de> for Effect {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match &*<Cow<'de, str>>::deserialize(deserializer)? {
            "Allow" => Ok(Self::Allow),
            "Deny" => Ok(Self::Deny),
            other => Err(D::Error::custom(format!("`{other}` is neither `Allow` nor `Deny`"))),
        }
    }
}

impl Statement {
    fn without_variables(&mut self) {
        if let Some(Clause::Is(patterns) | Clause::IsNot(patterns)) = &mut self.resource {
            for pattern in patterns {
                pattern.without_variables(Syntax::Wildcards);
            }
        }
        for condition in &mut self.conditions {
            if let Some(syntax) = condition.operator.syntax() {
                for value in &mut condition.values {
                    value.pattern.without_variables(syntax);
                }
            }
        }
    }
}

impl<'de> serde::Deserialize<'de> for Statement {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(StatementVisitor)
    }
}

struct StatementVisitor;

impl<'de> Visitor<'de> for StatementVisitor {
    type Value = Statement;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a statement")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Statement, A::Error> {
        let (mut sid, mut effect, mut conditions) = (None, None, None);
        let (mut principal, mut not_principal) = (None, None);
        let (mut action, mut not_action) = (None, None);
        let (mut resource, mut not_resource) = (None, None);
        while let Some(element) = map.next_key::<Cow<'de, str>>()? {
            let map = &mut map;
            match &*element {
                "Sid" => once(map, &mut sid, text)?,
                "Effect" => once(map, &mut effect, A::next_value::<Effect>)?,
                "Principal" => once(map, &mut principal, |map| map.next_value_seed(Principals))?,
                "NotPrincipal" => {
                    once(map, &mut not_principal, |map| map.next_value_seed(Principals))?;
                }
                "Action" => once(map, &mut action, entries)?,
                "NotAction" => once(map, &mut not_action, entries)?,
                "Resource" => once(map, &mut resource, entries)?,
                "NotResource" => once(map, &mut not_resource, entries)?,
                "Condition" => once(map, &mut conditions, |map| map.next_value_seed(Conditions))?,
                other => return Err(refuse(map, &unknown("element", other))),
            }
        }
        Ok(Statement {
            sid,
            effect: effect.ok_or_else(|| A::Error::custom("missing element `Effect`"))?,
            principal: clause("Principal", principal, not_principal)?,
            action: clause("Action", action, not_action)?,
            resource: clause("Resource", resource, not_resource)?,
            conditions: conditions.unwrap_or_default(),
        })
    }
}

fn entries<'de, A: MapAccess<'de>, T: Entry>(map: &mut A) -> Result<Vec<T>, A::Error> {
    map.next_value_seed(Many(PhantomData::<OneEntry<T>>))
        .map(|entries| entries.into_iter().map(|OneEntry(entry)| entry).collect())
}

fn clause<E: serde::de::Error, T>(
    element: &str,
    is: Option<Vec<T>>,
    is_not: Option<Vec<T>>,
) -> Result<Option<Clause<T>>, E> {
    match (is, is_not) {
        (Some(_), Some(_)) => Err(E::custom(format!("holds both `{element}` and `Not{element}`"))),
        (Some(listed), None) => Ok(Some(Clause::Is(listed))),
        (None, Some(listed)) => Ok(Some(Clause::IsNot(listed))),
        (None, None) => Ok(None),
    }
}

/// Something that a policy writes as one text.
trait Entry: Sized {
    const EXPECTING: &'static str;
    fn parse(text: &str) -> Result<Self, &'static str>;
}

impl Entry for ActionPattern {
    const EXPECTING: &'static str = "an action or a list of actions";
    fn parse(text: &str) -> Result<Self, &'static str> {
        Self::parse(text)
    }
}

impl Entry for Pattern {
    const EXPECTING: &'static str = "a resource's ARN or a list of them";
    fn parse(text: &str) -> Result<Self, &'static str> {
        if text == "*" || text.starts_with("arn:") || text.starts_with(['*', '$']) {
            Ok(Self::resource(text))
        } else {
            Err("a resource is an ARN or `*`")
        }
    }
}

struct OneEntry<T>(T);

impl<'de, T: Entry> serde::Deserialize<'de> for OneEntry<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor<T>(PhantomData<T>);
        impl<T: Entry> Visitor<'_> for TextVisitor<T> {
            type Value = T;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(T::EXPECTING)
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
                T::parse(text)
                    .map_err(|problem| E::custom(format!("`{}`: {problem}", shortened(text))))
            }
        }
        deserializer.deserialize_str(TextVisitor(PhantomData)).map(Self)
    }
}

/// Enough of a text to recognise it in an error.
fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(80) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default()).into(),
        None => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use crate::policy::{Policy, PolicyKind};

    fn refused(json: &str, kind: PolicyKind) -> String {
        match Policy::parse(json, kind) {
            Ok(policy) => format!("taken: {policy:?}"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn what_aws_refuses_is_refused_with_its_place() {
        let statement = |rest: &str| {
            format!(r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow",{rest}}}]}}"#)
        };
        let check = |rest: &str, expected: &str| {
            assert_eq!(refused(&statement(rest), PolicyKind::Identity), expected);
        };
        check(
            r#""Action":"s3:*","Resource":"*","Condition":{"StringEqual":{"a":"b"}}"#,
            "Statement[0].Condition.StringEqual: unknown operator",
        );
        check(
            r#""Action":["s3:*","GetObject"],"Resource":"*""#,
            "Statement[0].Action[1]: `GetObject`: an action is written `service:Name`, such as \
             `s3:GetObject`, or `*`",
        );
        check(
            r#""Action":"s3:*","Action":"s3:*","Resource":"*""#,
            "Statement[0].Action: stands here a second time",
        );
        check(
            r#""Action":"s3:*","Resource":"*","Condition":{"Bool":{"a":{}}}"#,
            "Statement[0].Condition.Bool.a: invalid type: map, expected a text, number or \
             boolean, or a list of them",
        );
        assert_eq!(
            refused("[]", PolicyKind::Identity),
            "invalid type: sequence, expected a policy document: an object with `Version` and `Statement`"
        );
    }

    #[test]
    fn deep_nesting_is_an_error() {
        let deep = format!(r#"{{"Statement":{}"#, "[".repeat(100_000));
        assert!(refused(&deep, PolicyKind::Identity).starts_with("Statement[0]: invalid type"));
    }
}
