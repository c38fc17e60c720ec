//! Changing an incident that others change at the same time.

use super::{Incident, IncidentId};
use crate::ports::{Store, StoreError};
use jiff::Timestamp;

/// How often an incident is looked at again after somebody else wrote in between.
pub(crate) const ATTEMPTS: u32 = 8;

/// Changes an incident as it stands, and again as often as somebody else wrote in between. Where the
/// change says false nothing is written. The answer is the incident as it is stored; none if it is
/// gone.
///
/// # Errors
/// The store's.
pub(crate) async fn update(
    store: &impl Store,
    id: &IncidentId,
    now: Timestamp,
    mut change: impl FnMut(&mut Incident) -> Result<bool, String>,
) -> Result<Option<Incident>, StoreError> {
    for _ in 0..ATTEMPTS {
        let Some(mut incident) = store.incident(id).await? else { return Ok(None) };
        if !change(&mut incident).map_err(StoreError::Failed)? {
            return Ok(Some(incident));
        }
        let write = incident.to_write(Vec::new(), now);
        match store.write(&write).await {
            Err(StoreError::Conflict) => {}
            result => return result.map(|()| Some(write.incident)),
        }
    }
    Err(StoreError::Conflict)
}
