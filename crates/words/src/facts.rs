//! What stands in for the variables of a text: names, and parts of sentences.

use crate::Words;
use locksmith_core::arn::AccountId;
use locksmith_core::diagnosis::{Cause, CauseCode, Diagnosis, StatementNote};
use locksmith_core::evaluate::Layer;
use locksmith_core::explain::in_prose;
use std::collections::BTreeSet;

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

/// The ARN that a cause's permission is on, where one is known.
fn resource_of<'d>(cause: &Cause, diagnosis: &'d Diagnosis) -> Option<&'d str> {
    let rows = diagnosis.permissions.iter().filter(|row| row.action == cause.action);
    let arns: BTreeSet<&str> =
        rows.map(|row| row.resource.as_str()).filter(|arn| *arn != "*").collect();
    match arns.first() {
        Some(only) if arns.len() == 1 => Some(only),
        // A name may begin like another: the longest that is there is the one that is meant.
        _ => {
            let named = arns.into_iter().filter(|arn| cause.message.contains(short(arn)));
            named.max_by_key(|arn| arn.len())
        }
    }
}

impl Words {
    /// An account, or that it is not known.
    pub fn account(self, account: Option<AccountId>) -> String {
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

    /// Who called, by the ARN or the other name that the diagnosis has.
    pub(crate) fn caller(self, name: &str) -> String {
        let path = name.splitn(6, ':').nth(5).unwrap_or_default();
        let (id, name) = match path.split_once('/') {
            // A session has a name of its own behind its role's.
            Some(("assumed-role", rest)) => {
                ("caller-role", rest.split_once('/').map_or(rest, |(role, _)| role))
            }
            Some(("role", _)) => ("caller-role", short(name)),
            Some(("user", _)) => ("caller-user", short(name)),
            // `*` is whoever did not sign the call.
            _ if matches!(name, "" | "*") => return self.say("caller-unknown", &[]),
            _ => ("caller-other", name),
        };
        self.say(id, &[("name", name.into())])
    }

    /// The permission that a cause blocks, with what it is on.
    ///
    /// A cause does not name that, so it is the resource of the row with the same action; of several
    /// rows it is the one that the engine's message names. The policy of a key or role is about that one
    /// alone, and its sentences name it.
    pub(crate) fn permission(self, cause: &Cause, diagnosis: &Diagnosis) -> String {
        let action = ("action", (&cause.action).into());
        let is_about_one =
            matches!(cause.code, CauseCode::Policy(Layer::KeyPolicy | Layer::TrustPolicy, _));
        let on = if is_about_one { None } else { resource_of(cause, diagnosis) };
        let Some(arn) = on else { return self.say("permission-alone", &[action]) };
        let (id, name) = match arn.split_once(":::") {
            Some((_, object)) if object.contains('/') => ("permission-on", object),
            Some((_, bucket)) => ("permission-on-bucket", bucket),
            None if arn.contains(":key/") => ("permission-on-key", short(arn)),
            None if arn.contains(":role/") => ("permission-on-role", short(arn)),
            None => ("permission-on", arn),
        };
        self.say(id, &[action, ("resource", (&*in_prose(name)).into())])
    }

    /// A label, with the mark and the space that the language puts before what it is about.
    pub fn label(self, label: &str) -> String {
        self.say("label-before", &[("label", label.into())])
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
    pub fn list<'t>(self, texts: impl IntoIterator<Item = &'t str>) -> String {
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
    use crate::Words;
    use locksmith_app::config::Locale;

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
    fn callers() {
        let english = Words::new(Locale::En);
        for (name, text) in [
            ("arn:aws:sts::222222222222:assumed-role/Reader/etl", "role Reader"),
            ("arn:aws:iam::222222222222:role/data/Reader", "role Reader"),
            ("arn:aws:iam::222222222222:user/Bob", "user Bob"),
            ("arn:aws:iam::222222222222:root", "arn:aws:iam::222222222222:root"),
            ("cloudtrail.amazonaws.com", "cloudtrail.amazonaws.com"),
            ("AROAEXAMPLE:etl", "AROAEXAMPLE:etl"),
            ("*", "the caller"),
            ("", "the caller"),
        ] {
            assert_eq!(english.caller(name), text);
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
