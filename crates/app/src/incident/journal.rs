//! The journal of an incident's work, kept beside the incident.

use super::update::ATTEMPTS;
use super::{Incident, IncidentId};
use crate::beside;
use crate::change::Journal;
use crate::ports::{Attachment, Clock, JournalStore, Store, StoreError};

/// Keeps the journals of incidents beside them. A journal is named by its incident's id.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IncidentJournals<'a, S, C> {
    pub(crate) store: &'a S,
    pub(crate) clock: &'a C,
}

impl<S: Store, C: Clock> JournalStore for IncidentJournals<'_, S, C> {
    /// The incident is read before the journal, and the write names the incident's version: so the
    /// journal is still the one that was read, although denials are counted in the meantime.
    async fn save(&self, journal: &Journal) -> Result<(), StoreError> {
        let id = IncidentId::try_from(journal.name.clone()).map_err(StoreError::Failed)?;
        for _ in 0..ATTEMPTS {
            let Some(incident) = self.store.incident(&id).await? else {
                return Err(StoreError::Failed(format!("incident {id} is gone")));
            };
            match self.save_beside(&incident, journal).await {
                Err(Attempt::Again) => {}
                Err(Attempt::Refused(error)) => return Err(error),
                Ok(()) => return Ok(()),
            }
        }
        Err(StoreError::Conflict)
    }
}

/// Why a journal was not saved.
enum Attempt {
    /// Somebody wrote the incident in between.
    Again,
    /// It is not to be saved.
    Refused(StoreError),
}

impl<S: Store, C: Clock> IncidentJournals<'_, S, C> {
    async fn save_beside(&self, incident: &Incident, journal: &Journal) -> Result<(), Attempt> {
        let id = &incident.id;
        let again = |error| match error {
            StoreError::Conflict => Attempt::Again,
            failed @ StoreError::Failed(_) => Attempt::Refused(failed),
        };
        let stored: Option<Journal> =
            beside::read(self.store, id, Attachment::Journal).await.map_err(again)?;
        if stored.as_ref() == Some(journal) {
            // It was written, and the answer was lost.
            return Ok(());
        }
        let version = stored.map_or(0, |stored| stored.version);
        if journal.version.checked_sub(1) != Some(version) {
            return Err(Attempt::Refused(StoreError::Conflict));
        }
        let attachment =
            beside::written(id, Attachment::Journal, journal).map_err(Attempt::Refused)?;
        let write = incident.to_write(vec![attachment], self.clock.now());
        self.store.write(&write).await.map_err(again)
    }
}
