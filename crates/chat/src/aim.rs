//! What a button, a dialog or a link is aimed at.

use jiff::Timestamp;
use locksmith_app::card::Card;
use locksmith_app::config::Locale;
use locksmith_app::incident::IncidentId;
use locksmith_app::ports::Room;
use locksmith_core::arn::AccountId;
use locksmith_core::plan::Digest;
use serde::{Deserialize, Serialize};

/// What a button or a dialog is aimed at. It travels with it, as JSON of about 250 letters, and comes
/// back under the chat's signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aim {
    /// The incident.
    pub incident: IncidentId,
    /// The language of the room.
    pub locale: Locale,
    /// The account whose owners are in the room; none where it is for several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// What is asked, or was approved and stands; none where nothing is to be decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Asked>,
}

/// The question that a decision answers; to take back what was made, the one that was answered then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The digest of what is decided on: of the plan, or of one of its alternatives.
    pub digest: Digest,
    /// When the question was asked.
    pub at: Timestamp,
}

impl Asked {
    /// What is to be decided about a card now.
    pub fn of(card: &Card) -> Option<Self> {
        card.subject().map(|(digest, at)| Self { digest: digest.clone(), at })
    }
}

impl Aim {
    /// The aim of what stands in a room about a card.
    pub fn of(card: &Card, room: &Room) -> Self {
        let mut accounts = room.accounts.iter();
        let account = accounts.next().copied().filter(|_| accounts.next().is_none());
        Self {
            incident: card.incident.id.clone(),
            locale: room.locale,
            account,
            asked: Asked::of(card),
        }
    }

    /// The same aim, at an alternative of the plan.
    #[must_use]
    pub fn at_way(&self, digest: &Digest) -> Self {
        let asked = self.asked.as_ref();
        let asked = asked.map(|asked| Asked { digest: digest.clone(), at: asked.at });
        Self { asked, ..self.clone() }
    }

    /// As a button carries it.
    pub fn text(&self) -> String {
        // Nothing in it can fail to be JSON.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what a button carried; none for anything else.
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}
