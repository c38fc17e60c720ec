//! What the use cases need from outside.

mod chat;
mod clock;
mod documents;
mod journal;
mod ledger;
mod locks;
mod opinions;
mod place;
mod secrets;
mod tickets;
mod witness;

pub use chat::{Chat, Notice, Room};
pub use clock::Clock;
pub use documents::{Documents, Slot, Work, WriteError};
pub use journal::JournalStore;
pub use ledger::{Ledger, REMOVED_KEPT};
pub use locks::Locks;
pub use opinions::{Adviser, Opinion, Opinions, Says};
pub use place::Place;
pub use secrets::{Secret, Secrets};
pub use tickets::{TellError, Tickets};
pub use witness::Witness;

use crate::announcement::Announcement;
use crate::incident::{Incident, IncidentId, State};
use crate::sighting::GroupKey;
use core::fmt;
use core::future::Future;
use jiff::Timestamp;
use locksmith_core::arn::AccountId;
use locksmith_core::evidence::Evidence;
use locksmith_core::record::Record;
use serde_json::Value;
use std::collections::BTreeMap;

/// What is stored beside an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attachment {
    /// The CloudTrail record that tells most.
    Sample,
    /// The latest diagnosis.
    Diagnosis,
    /// The plan that was made from it.
    Plan,
    /// What the owners decided on that plan.
    Approvals,
    /// Every decision of people, on whichever plan.
    Decisions,
    /// What was done, step by step.
    Journal,
    /// Who was told what: messages and the ticket.
    Told,
}

impl Attachment {
    /// Everything that may be stored beside an incident.
    pub const ALL: [Self; 7] = [
        Self::Sample,
        Self::Diagnosis,
        Self::Plan,
        Self::Approvals,
        Self::Decisions,
        Self::Journal,
        Self::Told,
    ];

    /// Its name in the store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sample => "sample",
            Self::Diagnosis => "diagnosis",
            Self::Plan => "plan",
            Self::Approvals => "approvals",
            Self::Decisions => "decisions",
            Self::Journal => "journal",
            Self::Told => "told",
        }
    }
}

/// A write to one incident, all of it or nothing.
#[derive(Clone, Debug)]
pub struct Write {
    /// The incident as it is to be stored. Its `version` is one more than that of the stored
    /// incident that it was made from; 1 creates it.
    pub incident: Incident,
    /// What is stored with it.
    pub attachments: Vec<(Attachment, Value)>,
    /// Whether the incident is kept longer than before, and with it all that is stored beside it.
    pub renews: bool,
}

/// A store that refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Somebody else wrote in between: look again.
    Conflict,
    /// It could not be asked, or what it holds cannot be read.
    Failed(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict => f.write_str("somebody else wrote in between"),
            Self::Failed(why) => write!(f, "store: {why}"),
        }
    }
}

impl core::error::Error for StoreError {}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

/// Where incidents are kept. Every write is conditional on what it was made from.
///
/// After [`Incident::kept_until`] an incident may disappear with all that is stored beside it, at
/// any time and without a word. Until it does it is read and written like any other.
pub trait Store: Sync {
    /// All incidents of a group, by number; reads what was written last.
    fn group(
        &self,
        group: &GroupKey,
    ) -> impl Future<Output = Result<Vec<Incident>, StoreError>> + Send;

    /// An incident; reads what was written last.
    fn incident(
        &self,
        id: &IncidentId,
    ) -> impl Future<Output = Result<Option<Incident>, StoreError>> + Send;

    /// What is stored beside an incident.
    fn attachment(
        &self,
        id: &IncidentId,
        which: Attachment,
    ) -> impl Future<Output = Result<Option<Value>, StoreError>> + Send;

    /// Writes an incident with its attachments.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if the stored version is not the one before.
    fn write(&self, write: &Write) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Incidents in a state, those opened first before others; lists may lag a little behind. A page
    /// may hold fewer than `limit`, which counts as 1 at least and 100 at most.
    ///
    /// # Errors
    /// [`StoreError::Failed`] also for a `next` that no page named.
    fn in_state(
        &self,
        state: State,
        limit: usize,
        next: Option<&str>,
    ) -> impl Future<Output = Result<Page<Incident>, StoreError>> + Send;

    /// Takes one from a principal's allowance for the hour of `now`; false if it is used up.
    fn admit(
        &self,
        principal: &str,
        allowance: u32,
        now: Timestamp,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;
}

/// Which account owns a bucket, as far as it was learned.
pub trait Inventory: Sync {
    /// The owner; none where it is not known, or was learned too long ago.
    fn owner(
        &self,
        bucket: &str,
        now: Timestamp,
    ) -> impl Future<Output = Result<Option<AccountId>, StoreError>> + Send;

    /// Remembers an owner.
    fn learned(
        &self,
        bucket: &str,
        owner: AccountId,
        now: Timestamp,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// How long an owner is believed: bucket names are given to others after a while.
pub const OWNER_AGE: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 7);

/// Tells others of new states. They may hear of one more than once.
pub trait Announcer: Sync {
    /// Announces states; the answer says of each whether it was taken.
    fn announce(
        &self,
        announcements: &[Announcement],
    ) -> impl Future<Output = Vec<Result<(), String>>> + Send;
}

/// What was read from the accounts for one call.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What the engine works on.
    pub evidence: Evidence,
    /// The same as files, by name, in the format of an evidence folder.
    pub files: BTreeMap<String, Value>,
    /// Calls to AWS, retries not counted.
    pub calls: u64,
    /// The longest chain of calls that waited for each other.
    pub longest_chain: u32,
}

impl Reading {
    /// The ARN of a role or user of which the unique id is known, if it was read.
    pub fn principal_arn(&self, unique_id: &str) -> Option<String> {
        let lists = [("RoleDetailList", "RoleId"), ("UserDetailList", "UserId")];
        self.files.values().find_map(|file| {
            lists.iter().find_map(|(list, id)| {
                let entries = file.get("Iam")?.get(list)?.as_array()?;
                let is_it = |entry: &&Value| entry.get(id).is_some_and(|id| id == unique_id);
                entries.iter().find(is_it)?.get("Arn")?.as_str().map(str::to_owned)
            })
        })
    }

    /// What could not be read, as `place: why`, in order.
    pub fn unreadable(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (file, value) in &self.files {
            collect(file, value, &mut found);
        }
        found
    }
}

fn collect(place: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            if let (1, Some(why)) = (object.len(), object.get("unreadable").and_then(Value::as_str))
            {
                found.push(format!("{place}: {why}"));
                return;
            }
            for (key, value) in object {
                collect(&format!("{place} {key}"), value, found);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                collect(&format!("{place}[{index}]"), value, found);
            }
        }
        _ => {}
    }
}

/// Reads the accounts.
pub trait EvidenceSource: Sync {
    /// Reads what explaining a record's call needs. What cannot be read is part of the answer.
    fn read(&self, incident: &IncidentId, record: &Record) -> impl Future<Output = Reading> + Send;
}
