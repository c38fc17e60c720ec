//! What the tests of the use cases share: events as EventBridge sends them, a store in a temporary
//! folder that can be told to refuse, and somebody who listens.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what is wrong by failing")]

use jiff::Timestamp;
use locksmith_app::announcement::Announcement;
use locksmith_app::config::Configuration;
use locksmith_app::detect::{Detect, Detected, Message};
use locksmith_app::incident::{Incident, IncidentId, State};
use locksmith_app::ports::{Announcer, Attachment, Page, Store, StoreError, Write};
use locksmith_app::sighting::GroupKey;
use locksmith_store::EmbeddedStore;
use serde_json::{Value, json};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// A record of `tests/records/made`, changed at some places.
pub(crate) fn record(name: &str, changes: &[(&str, Value)]) -> Value {
    let path = format!("{}/../../tests/records/made/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut record: Value = serde_json::from_str(&text).unwrap();
    for (key, value) in changes {
        match record.pointer_mut(key) {
            Some(place) => *place = value.clone(),
            None => {
                record.as_object_mut().unwrap().insert((*key).to_owned(), value.clone());
            }
        }
    }
    record
}

/// The caller's copy of a denied read, as the event of this number.
pub(crate) fn read(number: u32, changes: &[(&str, Value)]) -> Value {
    let mut all = vec![("/eventID", json!(format!("00000000-0000-4000-8000-{number:012}")))];
    all.extend_from_slice(changes);
    record("s3_GetObject_AssumedRole_callers_copy", &all)
}

/// A message around a record.
pub(crate) fn message(id: &str, record: &Value) -> Message {
    let source = record["eventSource"].as_str().unwrap().split('.').next().unwrap();
    let body = json!({"version": "0", "id": id, "detail-type": "AWS API Call via CloudTrail",
        "source": format!("aws.{source}"), "account": "222222222222",
        "time": "2026-11-20T09:42:30Z", "region": "us-west-2", "resources": [], "detail": record});
    Message { id: id.to_owned(), body: body.to_string() }
}

pub(crate) fn configuration(more: &str) -> Configuration {
    let accounts = "accounts.trusted = [\"111111111111\", \"222222222222\"]\n";
    Configuration::parse(&format!("{accounts}{more}")).unwrap()
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Listens, and refuses as often as it is told.
#[derive(Default)]
pub(crate) struct Listener {
    pub(crate) heard: Mutex<Vec<(IncidentId, State)>>,
    pub(crate) refuse: AtomicU32,
}

impl Announcer for Listener {
    async fn announce(&self, announcements: &[Announcement]) -> Vec<Result<(), String>> {
        let answer = |one: &Announcement| {
            if take_one(&self.refuse) {
                return Err("nobody listens".to_owned());
            }
            self.heard.lock().unwrap().push((one.incident.id.clone(), one.incident.state));
            Ok(())
        };
        announcements.iter().map(answer).collect()
    }
}

fn take_one(left: &AtomicU32) -> bool {
    left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok()
}

/// A store that counts its writes and refuses or is overtaken as often as it is told.
pub(crate) struct Told {
    pub(crate) store: EmbeddedStore,
    pub(crate) writes: AtomicU64,
    pub(crate) refuse: AtomicU32,
    pub(crate) conflict: AtomicU32,
    _folder: tempfile::TempDir,
}

impl Told {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = EmbeddedStore::open(&folder.path().join("store.redb")).unwrap();
        Self {
            store,
            writes: AtomicU64::new(0),
            refuse: AtomicU32::new(0),
            conflict: AtomicU32::new(0),
            _folder: folder,
        }
    }

    pub(crate) async fn all(&self) -> Vec<Incident> {
        let mut all = Vec::new();
        for state in State::ALL {
            all.extend(self.store.in_state(state, 1000, None).await.unwrap().items);
        }
        all
    }
}

impl Store for Told {
    async fn group(&self, group: &GroupKey) -> Result<Vec<Incident>, StoreError> {
        self.store.group(group).await
    }

    async fn incident(&self, id: &IncidentId) -> Result<Option<Incident>, StoreError> {
        self.store.incident(id).await
    }

    async fn attachment(
        &self,
        id: &IncidentId,
        which: Attachment,
    ) -> Result<Option<Value>, StoreError> {
        self.store.attachment(id, which).await
    }

    async fn write(&self, write: &Write) -> Result<(), StoreError> {
        self.writes.fetch_add(1, Ordering::SeqCst);
        if take_one(&self.refuse) {
            return Err(StoreError::Failed("the table is full".to_owned()));
        }
        if take_one(&self.conflict) {
            // Somebody else wrote just before.
            self.store.write(write).await?;
            return Err(StoreError::Conflict);
        }
        self.store.write(write).await
    }

    async fn in_state(
        &self,
        state: State,
        limit: usize,
        next: Option<&str>,
    ) -> Result<Page<Incident>, StoreError> {
        self.store.in_state(state, limit, next).await
    }

    async fn admit(
        &self,
        principal: &str,
        allowance: u32,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.store.admit(principal, allowance, now).await
    }
}

/// Detects in a batch, at a time.
pub(crate) async fn detect(
    store: &Told,
    listener: &Listener,
    configuration: &Configuration,
    messages: Vec<Message>,
    now: &str,
) -> Detected {
    Detect { store, announcer: listener, configuration }.batch(messages, at(now), None).await
}
