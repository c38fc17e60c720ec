//! Incidents in the file.

use crate::EmbeddedStore;
use crate::error::Refused;
use crate::tables::{ADMITTED, ATTACHMENTS, BY_STATE, INCIDENTS, Row};
use core::ops::Bound;
use jiff::Timestamp;
use locksmith_app::incident::{Incident, IncidentId, State};
use locksmith_app::ports::{Attachment, Page, Place, Store, StoreError, Write};
use locksmith_app::sighting::GroupKey;
use redb::{Database, ReadableDatabase as _, ReadableTable};
use serde_json::Value;

impl Store for EmbeddedStore {
    async fn group(&self, group: &GroupKey) -> Result<Vec<Incident>, StoreError> {
        let group = group.to_string();
        let read = move |database: &Database| {
            let incidents = database.begin_read()?.open_table(INCIDENTS)?;
            let range = incidents.range((group.as_str(), 0)..=(group.as_str(), u32::MAX))?;
            range.map(|row| parse(row?.1.value())).collect()
        };
        self.blocking(read).await
    }

    async fn incident(&self, id: &IncidentId) -> Result<Option<Incident>, StoreError> {
        let row = Row::of(id);
        let read = move |database: &Database| {
            let incidents = database.begin_read()?.open_table(INCIDENTS)?;
            stored(&incidents, &row)
        };
        self.blocking(read).await
    }

    async fn attachment(
        &self,
        id: &IncidentId,
        which: Attachment,
    ) -> Result<Option<Value>, StoreError> {
        let row = Row::of(id);
        let read = move |database: &Database| {
            let attachments = database.begin_read()?.open_table(ATTACHMENTS)?;
            let found = attachments.get((row.group.as_str(), row.number, which.name()))?;
            let value = found.map(|json| serde_json::from_slice(json.value()));
            value.transpose().map_err(|error| Refused::unreadable(which.name(), &error))
        };
        self.blocking(read).await
    }

    async fn write(&self, write: &Write) -> Result<(), StoreError> {
        let write = write.clone();
        self.blocking(move |database| put(database, &write)).await
    }

    async fn in_state(
        &self,
        state: State,
        limit: usize,
        next: Option<&str>,
    ) -> Result<Page<Incident>, StoreError> {
        let after = next.map(Place::parse).transpose()?;
        let limit = limit.clamp(1, 100);
        self.blocking(move |database| list(database, state, limit, after.as_ref())).await
    }

    async fn admit(
        &self,
        principal: &str,
        allowance: u32,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let principal = principal.to_owned();
        let hour = now.as_second().div_euclid(3600);
        let take = move |database: &Database| {
            let transaction = database.begin_write()?;
            {
                let mut admitted = transaction.open_table(ADMITTED)?;
                let key = (hour, principal.as_str());
                let used = admitted.get(key)?.map_or(0, |used| used.value());
                if used >= allowance {
                    return Ok(false);
                }
                admitted.insert(key, used + 1)?;
            }
            transaction.commit()?;
            Ok(true)
        };
        self.blocking(take).await
    }
}

fn parse(json: &[u8]) -> Result<Incident, Refused> {
    serde_json::from_slice(json).map_err(|error| Refused::unreadable("incident", &error))
}

fn stored(
    incidents: &impl ReadableTable<(&'static str, u32), &'static [u8]>,
    row: &Row,
) -> Result<Option<Incident>, Refused> {
    incidents.get(row.key())?.map(|json| parse(json.value())).transpose()
}

fn json(value: &impl serde::Serialize) -> Result<Vec<u8>, Refused> {
    serde_json::to_vec(value).map_err(|error| Refused::unreadable("as JSON", &error))
}

/// A transaction that is dropped leaves nothing behind.
fn put(database: &Database, write: &Write) -> Result<(), Refused> {
    let incident = &write.incident;
    let row = Row::of(&incident.id);
    let transaction = database.begin_write()?;
    {
        let mut incidents = transaction.open_table(INCIDENTS)?;
        let before = stored(&incidents, &row)?;
        let version = before.as_ref().map_or(0, |before| before.version);
        if incident.version.checked_sub(1) != Some(version) {
            return Err(Refused::CONFLICT);
        }
        incidents.insert(row.key(), json(incident)?.as_slice())?;
        let mut by_state = transaction.open_table(BY_STATE)?;
        if let Some(before) = before {
            by_state.remove(row.listed(&before))?;
        }
        by_state.insert(row.listed(incident), ())?;
        let mut attachments = transaction.open_table(ATTACHMENTS)?;
        for (which, value) in &write.attachments {
            let key = (row.group.as_str(), row.number, which.name());
            attachments.insert(key, json(value)?.as_slice())?;
        }
    }
    transaction.commit()?;
    Ok(())
}

fn list(
    database: &Database,
    state: State,
    limit: usize,
    after: Option<&Place>,
) -> Result<Page<Incident>, Refused> {
    let transaction = database.begin_read()?;
    let incidents = transaction.open_table(INCIDENTS)?;
    let by_state = transaction.open_table(BY_STATE)?;
    let row = after.map(|place| Row::of(&place.id));
    let first = match (after, &row) {
        (Some(place), Some(row)) => {
            let key = (state.name(), place.opened_at.as_nanosecond(), &*row.group, row.number);
            Bound::Excluded(key)
        }
        _ => Bound::Included((state.name(), i128::MIN, "", 0)),
    };
    let mut items = Vec::new();
    for listed in by_state.range((first, Bound::Unbounded))? {
        let (key, ()) = listed.map(|(key, nothing)| (key, nothing.value()))?;
        let (listed_state, _, group, number) = key.value();
        if listed_state != state.name() {
            break;
        }
        if items.len() == limit {
            let next = items.last().map(|last| Place::after(last).to_string());
            return Ok(Page { items, next });
        }
        let row = Row { group: group.to_owned(), number };
        items.extend(stored(&incidents, &row)?);
    }
    Ok(Page { items, next: None })
}
