//! What tells two documents apart: names of statements and members, and none of their texts.

use core::fmt;
use locksmith_core::plan::document::{same_statement, statements};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// How many differences are told: whoever wrote a document anew has no use for all of them.
const TOLD: usize = 20;

/// One thing that tells a document apart from an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Difference {
    /// The document was deleted.
    Deleted,
    /// There was no document, and now there is.
    Made,
    /// There is no document, neither before nor now.
    Absent,
    /// It says the same in another order or form.
    Rewritten,
    /// A member beside the statements, such as `Version`.
    Member {
        /// Its name.
        name: String,
        /// What became of it.
        became: Became,
    },
    /// A statement that has a `Sid`.
    Statement {
        /// The `Sid`.
        sid: String,
        /// What became of it.
        became: Became,
    },
    /// A statement that has none. Whether it was changed cannot be told.
    Unnamed {
        /// Its place, counted from 0.
        index: usize,
        /// Whether it was added; otherwise it was removed.
        added: bool,
    },
    /// A statement of ours stands in another form.
    Altered {
        /// Its `Sid`.
        sid: String,
    },
    /// Things of ours do not stand as they were written.
    Missing {
        /// Their names.
        names: Vec<String>,
    },
    /// There are more than are told.
    More {
        /// How many.
        count: u64,
    },
    /// As it was noted before differences had names.
    #[serde(untagged)]
    Told(String),
}

/// What became of a part of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// It was not there before.
    Added,
    /// It is not there any more.
    Removed,
    /// It says something else.
    Changed,
}

impl Became {
    /// Its name in texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// Everything that tells a document apart from an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Differences(pub Vec<Difference>);

/// Differences as they are stored, and as they were before they had names.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    Named(Vec<Difference>),
    Told(String),
}

impl From<Stored> for Differences {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::Named(differences) => Self(differences),
            Stored::Told(words) => Self(vec![Difference::Told(words)]),
        }
    }
}

/// In English, for the command line.
impl fmt::Display for Differences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, difference) in self.0.iter().enumerate() {
            let between = if place == 0 { "" } else { "; " };
            write!(f, "{between}{difference}")?;
        }
        Ok(())
    }
}

/// In English, for the command line.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deleted => f.write_str("it was deleted"),
            Self::Made => f.write_str("it was made, and there was none before"),
            Self::Absent => f.write_str("there is none"),
            Self::Rewritten => f.write_str("it was rewritten"),
            Self::Member { name, became } => write!(f, "`{name}` was {}", became.name()),
            Self::Statement { sid, became } => write!(f, "statement `{sid}` was {}", became.name()),
            Self::Unnamed { index, added } => {
                let became = if *added { Became::Added } else { Became::Removed };
                write!(f, "`Statement[{index}]`, which has no `Sid`, was {}", became.name())
            }
            Self::Altered { sid } => write!(f, "statement `{sid}` is not as it was written"),
            Self::Missing { names } => {
                write!(f, "`{}` is not there as it was written", names.join("`, `"))
            }
            Self::More { count: 1 } => f.write_str("and one more difference"),
            Self::More { count } => write!(f, "and {count} more differences"),
            Self::Told(words) => f.write_str(words),
        }
    }
}

/// What was added, removed and changed on the way from one document to another.
pub(super) fn difference(before: Option<&Value>, now: Option<&Value>) -> Differences {
    let (before, now) = match (before, now) {
        (Some(before), Some(now)) => (before, now),
        (Some(_), None) => return Differences(vec![Difference::Deleted]),
        (None, Some(_)) => return Differences(vec![Difference::Made]),
        (None, None) => return Differences(vec![Difference::Absent]),
    };
    let mut found = members(before, now);
    found.extend(of_statements(before, now));
    if found.is_empty() {
        found.push(Difference::Rewritten);
    }
    if found.len() > TOLD {
        let count = u64::try_from(found.len() - TOLD).unwrap_or(u64::MAX);
        found.truncate(TOLD);
        found.push(Difference::More { count });
    }
    Differences(found)
}

/// What differs beside the statements.
fn members(before: &Value, now: &Value) -> Vec<Difference> {
    let none = Map::new();
    let before = before.as_object().unwrap_or(&none);
    let now = now.as_object().unwrap_or(&none);
    let mut names: Vec<&String> = before.keys().chain(now.keys()).collect();
    names.sort();
    names.dedup();
    let differs = |name: &&String| *name != "Statement" && before.get(*name) != now.get(*name);
    let member = |name: &String| {
        let became = match (before.get(name), now.get(name)) {
            (None, _) => Became::Added,
            (_, None) => Became::Removed,
            _ => Became::Changed,
        };
        Difference::Member { name: name.clone(), became }
    };
    names.into_iter().filter(differs).map(member).collect()
}

fn of_statements(before: &Value, now: &Value) -> Vec<Difference> {
    let mut removed: Vec<(usize, &Value)> = statements(before).enumerate().collect();
    let mut added: Vec<(usize, &Value)> = Vec::new();
    for (place, statement) in statements(now).enumerate() {
        match removed.iter().position(|(_, other)| same_statement(statement, other)) {
            Some(same) => drop(removed.remove(same)),
            None => added.push((place, statement)),
        }
    }
    let mut found = Vec::new();
    removed.retain(|(_, statement)| {
        let changed = sid(statement)
            .and_then(|name| added.iter().position(|(_, other)| sid(other) == Some(name)));
        if let Some(changed) = changed {
            added.remove(changed);
            let sid = sid(statement).unwrap_or_default().to_owned();
            found.push(Difference::Statement { sid, became: Became::Changed });
        }
        changed.is_none()
    });
    let one = |(index, statement): &(usize, &Value), became: Became| match sid(statement) {
        Some(sid) => Difference::Statement { sid: sid.to_owned(), became },
        None => Difference::Unnamed { index: *index, added: became == Became::Added },
    };
    found.extend(removed.iter().map(|statement| one(statement, Became::Removed)));
    found.extend(added.iter().map(|statement| one(statement, Became::Added)));
    found
}

fn sid(statement: &Value) -> Option<&str> {
    statement.get("Sid").and_then(Value::as_str).filter(|sid| !sid.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Difference, Differences, difference};
    use serde_json::{Value, json};

    #[test]
    fn are_read_back() {
        let found =
            difference(Some(&json!({"Id": "x"})), Some(&json!({"Statement": [{"Sid": "A"}]})));
        let text = serde_json::to_string(&found).unwrap();
        assert_eq!(serde_json::from_str::<Differences>(&text).unwrap(), found);
        // As they were noted before they had names.
        let before: Differences = serde_json::from_str("\"it was deleted\"").unwrap();
        assert_eq!(before.0, [Difference::Told("it was deleted".to_owned())]);
    }

    #[test]
    fn some_of_many_are_told() {
        let many: Vec<Value> = (0..30).map(|one| json!({"Sid": one.to_string()})).collect();
        let found = difference(Some(&json!({"Statement": []})), Some(&json!({"Statement": many})));
        assert_eq!((found.0.len(), found.0.last()), (21, Some(&Difference::More { count: 10 })));
    }

    #[test]
    fn in_words() {
        let document = |list: Value| json!({"Version": "2012-10-17", "Statement": list});
        let before = document(json!([{"Sid": "A"}, {"Sid": "B"}, {"Effect": "Deny"}]));
        let check = |now: Option<Value>, expected: &str| {
            assert_eq!(difference(Some(&before), now.as_ref()).to_string(), expected);
        };
        check(None, "it was deleted");
        check(
            Some(document(json!([{"Sid": "A"}, {"Sid": "B", "Action": "x"}, {"Effect": "Deny"}]))),
            "statement `B` was changed",
        );
        check(
            Some(document(json!([{"Sid": "A"}, {"Sid": "C"}, {"Effect": "Allow"}]))),
            "statement `B` was removed; `Statement[2]`, which has no `Sid`, was removed; \
               statement `C` was added; `Statement[2]`, which has no `Sid`, was added",
        );
        let mut other = before.clone();
        other["Version"] = json!("2008-10-17");
        other["Id"] = json!("x");
        check(Some(other), "`Id` was added; `Version` was changed");
        assert_eq!(
            difference(None, Some(&before)).to_string(),
            "it was made, and there was none before"
        );
    }
}
