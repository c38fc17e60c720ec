//! What a report shows besides causes and changes: what could not be seen, and the way of a call as a
//! picture.

use crate::Words;
use crate::causes::id_of;
use crate::facts::id_part;
use locksmith_app::config::Locale;
use locksmith_core::diagnosis::{AwsMessage, CauseCode, KeyTrust, Unknown, UnknownCode, Verdict};
use locksmith_core::evaluate::{Answer, Layer};

impl Words {
    /// A fact that could not be seen, and why. In English it is the engine's own text.
    pub fn unknown(self, unknown: &Unknown) -> String {
        if self.locale() == Locale::En && !unknown.why.is_empty() {
            return unknown.why.clone();
        }
        let detail = unknown.detail.as_deref().unwrap_or_default();
        let id = format!("unknown-{}", id_part(unknown.code.name()));
        let what = match unknown.code {
            UnknownCode::Told => return unknown.why.clone(),
            UnknownCode::Unread => return self.say(&id, &[("why", detail.into())]),
            UnknownCode::NotInEvidence => return self.say(&id, &[("what", detail.into())]),
            UnknownCode::ConditionKey => {
                self.say(&id, &[("key", unknown.key.as_deref().unwrap_or_default().into())])
            }
            UnknownCode::Statement => self.open_statement(unknown),
            _ => self.say(&id, &[]),
        };
        if detail.is_empty() {
            return what;
        }
        self.say("unknown-because", &[("what", (&what).into()), ("why", detail.into())])
    }

    /// That it is open whether a statement applies, or a grant.
    fn open_statement(self, unknown: &Unknown) -> String {
        let place = unknown.statement.as_ref();
        let index = place.map_or(0, |place| place.index).to_string();
        match place.and_then(|place| place.policy.as_deref()) {
            Some(grant) if unknown.layer == Some(Layer::KmsGrant) => {
                self.say("unknown-grant", &[("policy", grant.into())])
            }
            Some(policy) => {
                let args = [("policy", policy.into()), ("index", (&index).into())];
                self.say("unknown-statement", &args)
            }
            None => self.say("unknown-statement-unnamed", &[("index", (&index).into())]),
        }
    }

    /// What AWS's message says, and whether the diagnosis agrees: a sentence or two.
    pub fn aws_message(self, message: &AwsMessage, verdict: Verdict) -> String {
        let blames = message.layer.map(|layer| {
            let id = match message.effect.as_deref() {
                Some("explicit") => "aws-blames-explicit",
                Some("implicit") => "aws-blames-implicit",
                _ => "aws-blames",
            };
            self.say(id, &[("layer", (&self.layer(layer)).into())])
        });
        let Some(blames) = blames else {
            let id = if message.agrees { "aws-silent" } else { "aws-does-not-fit" };
            return self.say(id, &[]);
        };
        let id = match (verdict, message.agrees) {
            (Verdict::Denied, true) => "aws-agrees",
            (_, true) => "aws-unseen",
            (_, false) => "aws-disagrees",
        };
        self.say(id, &[("blames", (&blames).into())])
    }

    /// Whether the caller's account trusts the key: a clause without a stop.
    pub fn key_trust(self, trust: KeyTrust) -> String {
        self.say(
            match trust {
                KeyTrust::OwnAccount => "key-trust-own-account",
                KeyTrust::ExplicitlyPermitted => "key-trust-explicitly-permitted",
                KeyTrust::NotEstablished => "key-trust-not-established",
            },
            &[],
        )
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
