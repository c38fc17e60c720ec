//! The item of an incident: the incident as a map that the console shows, and beside it what the
//! index, the condition of a write and the time to live need.

use super::Item;
use super::key::Key;
use jiff::Timestamp;
use locksmith_app::incident::{Incident, State};
use locksmith_app::ports::StoreError;
use serde::{Deserialize, Serialize};
use serde_dynamo::aws_sdk_dynamodb_1::{from_item, to_item};

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Written<'a> {
    version: u64,
    state: State,
    opened_at: String,
    expires_at: i64,
    incident: &'a Incident,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Stored {
    incident: Incident,
}

/// The item of an incident.
pub(super) fn item(incident: &Incident) -> Result<Item, StoreError> {
    let written = Written {
        version: incident.version,
        state: incident.state,
        opened_at: sortable(incident.opened_at),
        expires_at: incident.kept_until.as_second(),
        incident,
    };
    let failed = |error| StoreError::Failed(format!("incident {}: {error}", incident.id));
    let mut item: Item = to_item(written).map_err(failed)?;
    item.extend(Key::incident(&incident.id).item());
    Ok(item)
}

/// The incident of an item.
pub(super) fn read(item: Item) -> Result<Incident, StoreError> {
    let key = Key::read(&item);
    let stored: Result<Stored, _> = from_item(item);
    stored.map(|stored| stored.incident).map_err(|error| {
        let Key { pk, sk } = key.unwrap_or_else(|| Key { pk: String::new(), sk: String::new() });
        StoreError::Failed(format!("item {pk} {sk} is no incident: {error}"))
    })
}

/// A time as text that sorts: always with nine digits behind the point.
pub(super) fn sortable(time: Timestamp) -> String {
    format!("{time:.9}")
}
