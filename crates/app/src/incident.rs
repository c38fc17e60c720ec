//! An incident: one denial that recurs, from the first sighting to its end.

use core::fmt;
use jiff::{SignedDuration, Timestamp};
use locksmith_core::arn::AccountId;
use locksmith_core::plan::Scope;
use serde::{Deserialize, Serialize};
use serde_json::Value;

mod attach;
mod journal;
mod state;
mod update;

pub use attach::{Attached, Recurrence};
pub use state::State;

pub(crate) use journal::IncidentJournals;
pub(crate) use update::{ATTEMPTS, update};

use crate::config::Configuration;
use crate::ports::{Attachment, Write};
use crate::remark::{Brief, Remark};
use crate::sighting::{Class, GroupKey, Sighting};

/// Names an incident: the group of denials that it belongs to, and which of the group it is.
///
/// The number makes creation safe without a lock: of two that create the same number, one finds it
/// taken and looks at the group again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IncidentId {
    group: GroupKey,
    number: u32,
}

impl IncidentId {
    /// The incident of this number, counted from 1, in a group.
    pub fn new(group: GroupKey, number: u32) -> Self {
        Self { group, number }
    }

    /// The group of denials that it belongs to.
    pub fn group(&self) -> &GroupKey {
        &self.group
    }

    /// Its number in the group, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }
}

impl fmt::Display for IncidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.group, self.number)
    }
}

impl From<IncidentId> for String {
    fn from(id: IncidentId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for IncidentId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parts = text.rsplit_once('-').and_then(|(group, number)| {
            Some((GroupKey::parse(group)?, number.parse().ok().filter(|number| *number > 0)?))
        });
        match parts {
            Some((group, number)) => Ok(Self { group, number }),
            None => Err(format!("`{text}` is no incident's id, such as `5f0c61aa93b2d7e4-1`")),
        }
    }
}

/// One denial that recurs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// Its id.
    pub id: IncidentId,
    /// Counts the writes; a write names the version that it was made from.
    pub version: u64,
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub state_since: Timestamp,
    /// Why it is suppressed, or another remark on the state.
    pub remark: Option<Remark>,
    /// When it is to be looked at again: until then what people suppressed stays closed, and what
    /// was applied is not verified. None where nobody looks by themself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look_again_at: Option<Timestamp>,
    /// Whether the state was announced to those who listen.
    pub announced: bool,
    /// Whether people were told of the state, in chat and by a ticket.
    #[serde(default)]
    pub told: bool,
    /// Whether somebody wants back what stands for it. Who, and why, is told beside it.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub undo_wanted: bool,
    /// The reach that people asked to be planned; none for the configured one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// When it was first opened.
    pub opened_at: Timestamp,
    /// How often it was opened.
    pub openings: u32,
    /// Until when it is kept at least.
    pub kept_until: Timestamp,

    /// The caller: the role's or user's unique id where a record told it, else its ARN.
    pub principal: String,
    /// The role's or user's ARN, once a record told it.
    pub principal_arn: Option<String>,
    /// The caller's account.
    pub principal_account: Option<AccountId>,
    /// The kind of operation.
    pub class: Class,
    /// The bucket's name, or the ARN of the key or role.
    pub resource: String,
    /// The leading folders of the objects; none until a record told an object.
    pub prefix: Option<String>,
    /// The key, once a record told it.
    pub key: Option<String>,
    /// The owner of the resource, once a record told it.
    pub resource_account: Option<AccountId>,

    /// How many denials were counted.
    pub count: u64,
    /// The first denial.
    pub first_seen: Timestamp,
    /// The latest denial.
    pub last_seen: Timestamp,
    /// The latest events, so that one that is delivered again is not counted again.
    pub recent: RecentEvents,
    /// How much the stored record tells; a better one takes its place.
    pub sample_rank: u8,
    /// The most severe causes of the diagnosis in one line each, for lists.
    pub causes: Vec<Brief>,
}

/// How long an incident is kept at least after it was last written.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 180);
/// How much longer it is kept when that is renewed: only now and then a write has to touch all that
/// is stored beside the incident.
const RENEWED_FOR: SignedDuration = SignedDuration::from_hours(24 * 90);

impl Incident {
    /// Opens an incident for a denial.
    pub fn open(id: IncidentId, sighting: &Sighting, now: Timestamp) -> Self {
        let mut incident = Self {
            id,
            version: 0,
            state: State::Detected,
            state_since: now,
            remark: None,
            look_again_at: None,
            announced: false,
            told: false,
            undo_wanted: false,
            scope: None,
            opened_at: now,
            openings: 1,
            kept_until: now,
            principal: sighting.principal.clone(),
            principal_arn: None,
            principal_account: None,
            class: sighting.class,
            resource: sighting.resource.clone(),
            prefix: None,
            key: None,
            resource_account: None,
            count: 0,
            first_seen: sighting.at,
            last_seen: sighting.at,
            recent: RecentEvents::default(),
            sample_rank: 0,
            causes: Vec::new(),
        };
        incident.count(sighting);
        incident
    }

    /// This incident as it is to be stored next, with what is stored beside it.
    pub fn to_write(&self, attachments: Vec<(Attachment, Value)>, now: Timestamp) -> Write {
        let mut incident = Self { version: self.version + 1, ..self.clone() };
        let later = |duration| now.saturating_add(duration).unwrap_or(Timestamp::MAX);
        let renews = self.kept_until < later(KEPT);
        if renews {
            incident.kept_until = later(KEPT + RENEWED_FOR);
        }
        Write { incident, attachments, renews }
    }

    /// Why it is not to be worked on, if it is not. The owner's copy of an event does not tell the
    /// caller's ARN, so that this may show only once the ARN was learned.
    pub fn suppressed(&self, configuration: &Configuration, now: Timestamp) -> Option<Remark> {
        let principal = self.principal_arn.as_deref();
        let names: Vec<&str> = principal.into_iter().collect();
        if configuration.ignores(&names, self.principal_account) {
            return Some(Remark::PassedOver);
        }
        let (reason, until) = configuration.suppresses(principal, &self.resource, now)?;
        Some(Remark::Suppressed { reason: reason.to_owned(), until })
    }

    /// Moves to another state.
    ///
    /// # Errors
    /// The sentence that says why there is no such way.
    pub fn enter(&mut self, state: State, now: Timestamp) -> Result<(), String> {
        if !self.state.leads_to(state) {
            return Err(format!("incident {}: {} does not lead to {state}", self.id, self.state));
        }
        self.state = state;
        self.state_since = now;
        self.announced = false;
        self.told = false;
        self.undo_wanted &= state.has_changes();
        self.remark = None;
        self.look_again_at = None;
        Ok(())
    }
}

/// The latest events of an incident, as hashes of their ids: a ring of [`RecentEvents::KEPT`].
///
/// An event that is delivered again after so many others counts twice: the count is then a little
/// too high, and nothing else happens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentEvents(Vec<u64>);

impl RecentEvents {
    /// How many events are remembered.
    pub const KEPT: usize = 128;

    /// Remembers an event; false if it was known.
    pub fn insert(&mut self, event: u64) -> bool {
        if self.0.contains(&event) {
            return false;
        }
        if self.0.len() == Self::KEPT {
            self.0.remove(0);
        }
        self.0.push(event);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{IncidentId, RecentEvents};

    #[test]
    fn ids_are_read_back() {
        let id = IncidentId::try_from("5f0c61aa93b2d7e4-12".to_owned()).unwrap();
        assert_eq!((id.number(), id.to_string().as_str()), (12, "5f0c61aa93b2d7e4-12"));
        for bad in ["", "5f0c61aa93b2d7e4", "5f0c61aa93b2d7e4-0", "5F0c61aa93b2d7e4-1", "x-1"] {
            IncidentId::try_from(bad.to_owned()).unwrap_err();
        }
    }

    #[test]
    fn an_event_counts_once() {
        let mut recent = RecentEvents::default();
        let kept = RecentEvents::KEPT as u64;
        assert!((0..kept).all(|event| recent.insert(event)));
        assert!((0..kept).all(|event| !recent.insert(event)));
        assert!(recent.insert(kept) && recent.insert(0), "the oldest is forgotten first");
        assert!(!recent.insert(kept));
    }
}
