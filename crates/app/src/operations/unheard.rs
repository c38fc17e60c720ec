//! Announcing states of which nobody heard, because the announcement failed or the process died
//! right before it.
//!
//! Most states are come back to: a message is delivered again, or the next sweep finds the incident
//! where it was. What `sweep` itself brings to its end it does not find again. The store lists by
//! state and not by what was announced, and ends only grow in number; so all are gone through once a
//! day, with the reconciliation, and not every five minutes. Whoever listens hears late, but hears.

use super::{Making, OperationError, Operations};
use crate::incident::{Incident, IncidentId, State};
use crate::ports::Store as _;
use jiff::SignedDuration;

/// How many incidents are read at once.
const PAGE: usize = 100;
/// After how long nobody is just about to announce a state any more.
const LOST_AFTER: SignedDuration = SignedDuration::from_mins(10);

impl<P: Making> Operations<'_, P> {
    /// Announces every state of which nobody heard. What cannot be announced now is left to the next
    /// time.
    pub(super) async fn announce_unheard(&self) -> Result<Vec<IncidentId>, OperationError> {
        let mut announced = Vec::new();
        for state in State::ALL {
            let mut next: Option<String> = None;
            loop {
                let page = self.store().in_state(state, PAGE, next.as_deref()).await?;
                for incident in page.items.into_iter().filter(|one| self.is_unheard(one)) {
                    match self.announce(&incident).await {
                        Ok(()) => announced.push(incident.id),
                        Err(error) => tracing::warn!(incident = %incident.id, %error),
                    }
                }
                next = page.next;
                if next.is_none() {
                    break;
                }
            }
        }
        Ok(announced)
    }

    fn is_unheard(&self, incident: &Incident) -> bool {
        let lost = incident.state_since.saturating_add(LOST_AFTER);
        !incident.announced && lost.is_ok_and(|lost| lost <= self.now())
    }
}
