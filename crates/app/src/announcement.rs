//! What others hear of an incident: one event for each new state.
//!
//! `docs/events.md` describes it for those who build on it. It holds no policy text: whoever is
//! entitled to that reads the diagnosis.

use crate::incident::Incident;
use crate::ports::{Announcer, Store};
use jiff::Timestamp;
use serde_json::{Value, json};

/// The `source` of the events.
pub const SOURCE: &str = "locksmith";
/// The `detail-type` of the events.
pub const DETAIL_TYPE: &str = "Locksmith Incident State Changed";

/// A new state of an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// The incident as it was stored.
    pub incident: Incident,
    /// The trace that the change belongs to, as X-Ray's header.
    pub trace: Option<String>,
}

impl Announcement {
    /// The event's `detail`.
    pub fn detail(&self) -> Value {
        let incident = &self.incident;
        let accounts = [incident.principal_account, incident.resource_account];
        let mut accounts: Vec<_> = accounts.into_iter().flatten().collect();
        accounts.dedup();
        json!({
            "incident": incident.id,
            "state": incident.state,
            "since": incident.state_since,
            "version": incident.version,
            "openings": incident.openings,
            "undo_wanted": incident.undo_wanted,
            "accounts": accounts,
            "principal": incident.principal_arn.as_ref().unwrap_or(&incident.principal),
            "class": incident.class,
            "resource": incident.resource,
            "prefix": incident.prefix,
            "key": incident.key,
            "count": incident.count,
            "first_seen": incident.first_seen,
            "last_seen": incident.last_seen,
        })
    }
}

/// Announces an incident's state, and notes that it was.
///
/// # Errors
/// Why nobody could be told.
pub(crate) async fn announce(
    store: &impl Store,
    announcer: &impl Announcer,
    incident: &Incident,
    trace: Option<&str>,
    now: Timestamp,
) -> Result<(), String> {
    let trace = trace.map(str::to_owned);
    let announcement = Announcement { incident: incident.clone(), trace };
    let answers = announcer.announce(&[announcement]).await;
    answers.into_iter().next().unwrap_or_else(|| Err("no answer".to_owned()))?;
    noted(store, incident, now).await;
    Ok(())
}

/// Notes that a state was announced. Where that fails it is announced once more later, which whoever
/// listens expects.
pub(crate) async fn noted(store: &impl Store, incident: &Incident, now: Timestamp) {
    let noted = Incident { announced: true, ..incident.clone() };
    if let Err(error) = store.write(&noted.to_write(Vec::new(), now)).await {
        tracing::debug!(incident = %incident.id, %error, "announced, which could not be noted");
    }
}
