//! What a report shows besides causes and changes: what could not be seen, and the way of a call as a
//! picture.

use crate::Words;
use crate::causes::id_of;
use crate::facts::id_part;
use locksmith_app::config::Locale;
use locksmith_core::diagnosis::{CauseCode, Unknown, UnknownCode};
use locksmith_core::evaluate::Answer;

impl Words {
    /// A fact that could not be seen, and why. In English it is the engine's own text.
    pub fn unknown(self, unknown: &Unknown) -> String {
        if self.locale() == Locale::En && !unknown.why.is_empty() {
            return unknown.why.clone();
        }
        let id = format!("unknown-{}", id_part(unknown.code.name()));
        let key = unknown.key.as_deref().unwrap_or_default();
        let statement = unknown.statement.as_ref();
        match unknown.code {
            UnknownCode::Unread => self.say(&id, &[("why", (&unknown.why).into())]),
            UnknownCode::ConditionKey => self.say(&id, &[("key", key.into())]),
            UnknownCode::Statement => {
                let policy = statement.and_then(|one| one.policy.as_deref()).unwrap_or("?");
                let index = statement.map_or(0, |one| one.index).to_string();
                self.say(&id, &[("policy", policy.into()), ("index", (&index).into())])
            }
            _ => self.say(&id, &[]),
        }
    }

    /// Whether a permission is allowed, as a label.
    pub fn answer(self, answer: Answer) -> String {
        self.say(
            match answer {
                Answer::Allowed => "answer-allowed",
                Answer::ImplicitlyDenied => "answer-denied",
                Answer::ExplicitlyDenied => "answer-explicitly-denied",
                Answer::Unknown => "answer-unknown",
            },
            &[],
        )
    }

    /// What is wrong with a resource itself, in one or two words; none for causes that are about a layer
    /// of policies.
    pub fn at_resource(self, code: CauseCode) -> Option<String> {
        let id = format!("path-at-{}", id_of(code));
        Some(self.say(&id, &[])).filter(|text| *text != id)
    }
}
