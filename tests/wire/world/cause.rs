//! The causes that a diagnosis has to name.

use serde_json::Value;

/// One of the two accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The account of the bucket and its key.
    Owner,
    /// The account of the caller.
    Caller,
}

/// A cause: its code, whose it is, and the action.
pub type Cause = (&'static str, Side, &'static str);

impl super::World {
    /// The causes of a diagnosis, in words that compare: code, account and action.
    pub fn named(&self, diagnosis: &Value) -> Vec<String> {
        let causes = diagnosis["causes"].as_array().map(Vec::as_slice).unwrap_or_default();
        let text = |cause: &Value, field: &str| cause[field].as_str().unwrap_or("?").to_owned();
        let mut named: Vec<String> = causes
            .iter()
            .map(|cause| {
                let account = self.nicknamed(&text(cause, "account"));
                format!("{} {account} {}", text(cause, "code"), text(cause, "action"))
            })
            .collect();
        named.sort();
        named
    }

    /// Expected causes, in the same words.
    pub fn expected(causes: &[Cause]) -> Vec<String> {
        let words = |(code, side, action): &Cause| format!("{code} {side:?} {action}");
        let mut expected: Vec<String> = causes.iter().map(words).collect();
        expected.sort();
        expected
    }

    /// A text with the accounts called by their parts.
    pub fn nicknamed(&self, text: &str) -> String {
        text.replace(&self.owner.id, "Owner").replace(&self.caller.id, "Caller")
    }
}
