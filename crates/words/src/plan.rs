//! What a plan changes, what is proved of it, and other ways to the same end.

use crate::facts::{id_part, short};
use crate::{Arg, Words};
use locksmith_app::config::Locale;
use locksmith_core::plan::{Alternative, Change, ChangeKind, Proof, Risk, Scope};
use serde_json::Value;

mod why;

impl Words {
    /// How much could go wrong, as a label.
    pub fn risk(self, risk: Risk) -> String {
        self.say(risk_id(risk), &[])
    }

    /// What a risk means, in a sentence.
    pub fn risk_sentence(self, risk: Risk) -> String {
        self.say(&format!("{}.sentence", risk_id(risk)), &[])
    }

    /// What the caller is let reach, as a label.
    pub fn scope(self, scope: Scope) -> String {
        self.say(&format!("scope-{}", scope.name()), &[])
    }

    /// What a change does to what, and in which account, in a sentence.
    pub fn change(self, change: &Change) -> String {
        use ChangeKind::{PutAccessPointPolicy, PutBucketPolicy};
        let is_new = change.before.is_none()
            && matches!(change.kind, PutBucketPolicy | PutAccessPointPolicy);
        let kind = id_part(change.kind.name());
        let id = if is_new { format!("change-{kind}-new") } else { format!("change-{kind}") };
        self.say(
            &id,
            &[
                ("name", short(&change.target).into()),
                ("account", change.account.as_str().into()),
                ("policy", change.policy_name.as_deref().unwrap_or_default().into()),
                ("count", Arg::Number(change.added.len() as u64)),
            ],
        )
    }

    /// How a change is undone, in a sentence.
    pub fn inverse(self, change: &Change) -> String {
        let text = |value: &'_ Value, key: &str| {
            value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let sids: Vec<String> = change.added.iter().map(|added| text(added, "Sid")).collect();
        let id = match change.kind {
            ChangeKind::PutRolePolicy => "inverse-put-role-policy",
            ChangeKind::PutUserPolicy => "inverse-put-user-policy",
            ChangeKind::CreateGrant => "inverse-create-grant",
            ChangeKind::PutBucketEncryption => "inverse-put-bucket-encryption",
            _ if change.before.is_none() => "inverse-made-policy",
            _ => "inverse-shared-policy",
        };
        self.say(
            id,
            &[
                ("policy", change.policy_name.as_deref().unwrap_or_default().into()),
                ("grant", (&text(&change.after, "Name")).into()),
                ("sids", (&self.list(sids.iter().map(String::as_str))).into()),
            ],
        )
    }

    /// Another way to the same end: what is better and what is worse about it, and what people would
    /// have to do where we may not.
    ///
    /// In English it is the plan's own text; elsewhere the kind of way is known by its changes, or by
    /// what people are told to name in the key policy.
    pub fn alternative(self, alternative: &Alternative) -> String {
        let to_do = alternative.what_to_do.as_deref();
        if self.locale() == Locale::En && !alternative.why.is_empty() {
            return [Some(alternative.why.as_str()), to_do]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" ");
        }
        let is_grant = |change: &Change| change.kind == ChangeKind::CreateGrant;
        match to_do {
            Some(to_do) => match named_root(to_do) {
                Some(root) => self.say("alternative-delegated", &[("root", root.into())]),
                None => {
                    let statement = match quoted(to_do) {
                        Some(sid) => self.statement_named(sid),
                        None => self.statement(None),
                    };
                    self.say("alternative-widened", &[("statement", (&statement).into())])
                }
            },
            None if alternative.changes.iter().any(is_grant) => self.say("alternative-grant", &[]),
            None => self.say("alternative-resource-policy", &[]),
        }
    }

    /// What the engine says of the call with and without the changes, and of all other requests.
    pub fn proof(self, proof: &Proof) -> String {
        let verdicts = self.say(
            "proof-verdicts",
            &[
                ("before", (&self.verdict(proof.before)).into()),
                ("after", (&self.verdict(proof.after)).into()),
            ],
        );
        let checked = [("checked", Arg::Number(proof.checked))];
        let others = match (proof.checked, proof.nothing_else_opened) {
            (0, _) => self.say("proof-none-compared", &[]),
            (_, true) => self.say("proof-none-opened", &checked),
            (_, false) => self.say("proof-some-opened", &checked),
        };
        self.sentences(&[verdicts, others])
    }
}

fn risk_id(risk: Risk) -> &'static str {
    match risk {
        Risk::Low => "risk-low",
        Risk::Medium => "risk-medium",
        Risk::High => "risk-high",
    }
}

/// The account that a step delegates a key to, by the ARN that stands for it.
fn named_root(to_do: &str) -> Option<&str> {
    let words = to_do.split_whitespace().map(|word| word.trim_end_matches([',', '.']));
    words.filter(|word| word.starts_with("arn:")).find(|word| word.ends_with(":root"))
}

/// What stands between quotation marks; it may hold some itself.
fn quoted(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once('"')?;
    let (quoted, _) = rest.rsplit_once('"')?;
    Some(quoted)
}

#[cfg(test)]
mod tests {
    use super::{named_root, quoted};

    /// The engine's texts still have the form that is read here.
    #[test]
    fn the_engine_still_writes_it() {
        let source = include_str!("../../core/src/propose/alternatives.rs");
        for form in [
            "allows kms:* to arn:aws:iam::{account}:root, if that is wanted",
            "to the Principal of {name}, if that is wanted",
            r#"format!("statement \"{sid}\"")"#,
        ] {
            assert!(source.contains(form), "{form}");
        }
    }

    #[test]
    fn what_people_are_told_to_name() {
        let to_do = "Add a statement that allows kms:* to arn:aws:iam::1:root, if that is wanted.";
        assert_eq!(named_root(to_do), Some("arn:aws:iam::1:root"));
        let to_do =
            r#"Add the caller's ARN to the Principal of statement "a "b" c", if that is wanted."#;
        assert_eq!((named_root(to_do), quoted(to_do)), (None, Some(r#"a "b" c"#)));
    }
}
