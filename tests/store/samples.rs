//! Incidents to store.

use jiff::Timestamp;
use locksmith_app::incident::{Incident, IncidentId};
use locksmith_app::ports::{Attachment, Store, StoreError, Write};
use locksmith_app::sighting::{Class, GroupKey, Sighting};
use locksmith_core::arn::AccountId;
use serde_json::{Value, json};

/// A moment within an hour.
pub fn now() -> Timestamp {
    "2026-10-07T12:34:56.789Z".parse().unwrap()
}

/// Seconds after [`now`].
pub fn later(seconds: i64) -> Timestamp {
    Timestamp::from_nanosecond(now().as_nanosecond() + i128::from(seconds) * 1_000_000_000).unwrap()
}

/// A group.
pub fn group(name: &str) -> GroupKey {
    GroupKey::new(name, Class::Read, "finance-exports")
}

/// An incident of a group, that was never stored.
pub fn incident(group_name: &str, number: u32) -> Incident {
    let sighting = Sighting {
        event: u64::MAX - u64::from(number),
        at: later(-60),
        principal: "AROA2222222222EXAMPLE".to_owned(),
        principal_arn: Some("arn:aws:iam::222222222222:role/team/etl".to_owned()),
        principal_account: Some(account("222222222222")),
        class: Class::Read,
        resource: "finance-exports".to_owned(),
        prefix: None,
        key: None,
        resource_account: Some(account("111111111111")),
        rank: 3,
        record: json!({"eventName": "GetObject"}),
    };
    Incident::open(IncidentId::new(group(group_name), number), &sighting, now())
}

/// An account.
pub fn account(id: &str) -> AccountId {
    AccountId::parse(id).unwrap()
}

/// Stores the next version of an incident, and gives it back as it is stored.
pub async fn store(store: &impl Store, incident: &Incident) -> Result<Incident, StoreError> {
    store_with(store, incident, Vec::new()).await
}

/// The same with attachments.
pub async fn store_with(
    store: &impl Store,
    incident: &Incident,
    attachments: Vec<(Attachment, Value)>,
) -> Result<Incident, StoreError> {
    let write: Write = incident.to_write(attachments, now());
    store.write(&write).await.map(|()| write.incident)
}
