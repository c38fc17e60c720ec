//! Layers, outcomes and verdicts in a few words.

use crate::Words;
use crate::facts::id_part;
use locksmith_core::diagnosis::{Confidence, Verdict};
use locksmith_core::evaluate::{Layer, Outcome};

impl Words {
    /// A layer of policies, as a label.
    pub fn layer(self, layer: Layer) -> String {
        self.say(&format!("layer-{}", id_part(layer.name())), &[])
    }

    /// A layer where there is little room: the head of a column, a title.
    pub fn layer_short(self, layer: Layer) -> String {
        self.say(&format!("layer-{}.short", id_part(layer.name())), &[])
    }

    /// What a layer says to a request, as a label.
    pub fn outcome(self, outcome: Outcome) -> String {
        self.say(&format!("outcome-{}", id_part(outcome.name())), &[])
    }

    /// Whether a call is denied, as a label.
    pub fn verdict(self, verdict: Verdict) -> String {
        match verdict {
            Verdict::Denied => self.say("verdict-denied", &[]),
            Verdict::Allowed => self.say("verdict-allowed", &[]),
            Verdict::Unknown => self.say("verdict-unknown", &[]),
        }
    }

    /// How sure a diagnosis is, and why not surer.
    pub fn confidence(self, confidence: Confidence) -> String {
        match confidence {
            Confidence::Certain => self.say("confidence-certain", &[]),
            Confidence::Likely => self.say("confidence-likely", &[]),
            Confidence::Open => self.say("confidence-open", &[]),
        }
    }
}
