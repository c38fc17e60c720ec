//! What stands in for the variables of a text: names, and parts of sentences.

use crate::Words;
use locksmith_core::arn::AccountId;
use locksmith_core::diagnosis::StatementNote;
use locksmith_core::evaluate::Layer;

/// The name of what an ARN names, short enough for a sentence: an object with its bucket, else the last
/// part of the path. Whatever is no ARN stays as it is.
pub(crate) fn short(arn: &str) -> &str {
    match arn.split_once(":::") {
        Some((_, name)) => name,
        None => arn.rsplit('/').next().unwrap_or(arn),
    }
}

/// A name of the code as ids of texts write it.
pub(crate) fn id_part(name: &str) -> String {
    name.replace('_', "-")
}

/// Whether an English text of the engine says some words: at its start, or behind the name of an action
/// or a role. Words further on may be a stranger's, within the name of a statement.
pub(crate) fn says(text: &str, words: &str) -> bool {
    (1..=3).any(|part| text.splitn(part, ' ').last().is_some_and(|rest| rest.starts_with(words)))
}

impl Words {
    /// An account, or that it is not known.
    pub(crate) fn account(self, account: Option<AccountId>) -> String {
        match account {
            Some(id) => self.say("account-known", &[("id", id.as_str().into())]),
            None => self.say("account-unknown", &[]),
        }
    }

    /// A role or user by name and account.
    pub(crate) fn principal(self, arn: &str) -> String {
        let account = arn.split(':').nth(4).unwrap_or_default();
        let id = if arn.contains(":user/") { "principal-user" } else { "principal-role" };
        self.say(id, &[("name", short(arn).into()), ("account", account.into())])
    }

    /// What has the policy of a layer, as a part of a sentence.
    pub(crate) fn holder(self, layer: Layer, target: &str, policy: Option<&str>) -> String {
        match policy.filter(|policy| layer == Layer::IdentityPolicy && !policy.is_empty()) {
            Some(policy) => {
                self.say("holder-identity-policy-named", &[("policy", short(policy).into())])
            }
            None => {
                let id = format!("holder-{}", id_part(layer.name()));
                self.say(&id, &[("target", short(target).into())])
            }
        }
    }

    /// A statement by its `Sid`, or by its place, which is counted from zero as in paths.
    pub(crate) fn statement(self, note: Option<&StatementNote>) -> String {
        match note {
            Some(note) => match note.sid.as_deref() {
                Some(sid) if !sid.is_empty() => self.statement_named(sid),
                _ => {
                    let index = note.index.to_string();
                    self.say("statement-numbered", &[("index", index.as_str().into())])
                }
            },
            None => self.say("statement-some", &[]),
        }
    }

    /// A statement by its `Sid`.
    pub(crate) fn statement_named(self, sid: &str) -> String {
        self.say("statement-named", &[("sid", sid.into())])
    }

    /// Several things of one kind, with what stands between them.
    pub(crate) fn list<'t>(self, texts: impl IntoIterator<Item = &'t str>) -> String {
        let texts: Vec<&str> = texts.into_iter().collect();
        texts.join(&self.say("list-separator", &[]))
    }

    /// Several sentences.
    pub(crate) fn sentences(self, sentences: &[String]) -> String {
        sentences.join(&self.say("sentence-separator", &[]))
    }
}

#[cfg(test)]
mod tests {
    use super::{says, short};

    #[test]
    fn names() {
        for (arn, name) in [
            ("arn:aws:s3:::reports", "reports"),
            ("arn:aws:s3:::reports/2026/q3.parquet", "reports/2026/q3.parquet"),
            ("arn:aws:kms:us-west-2:111111111111:key/1234abcd", "1234abcd"),
            ("arn:aws:iam::222222222222:role/data/Reader", "Reader"),
            (
                "arn:aws:sns:us-west-2:111111111111:topic",
                "arn:aws:sns:us-west-2:111111111111:topic",
            ),
            ("p-0123", "p-0123"),
        ] {
            assert_eq!(short(arn), name);
        }
    }

    #[test]
    fn words_count_near_the_start_alone() {
        assert!(says("It fails.", "It fails"));
        assert!(says("s3:PutObject is not wanted.", "is not wanted"));
        assert!(says("What s3:PutObject is about", "is about"));
        assert!(!says("Decide whether statement \"It fails\" is right.", "It fails"));
    }
}
