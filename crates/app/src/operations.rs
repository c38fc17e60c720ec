//! What happens to an incident after its owners agreed: the changes are made, looked at, and taken
//! back; and what is due by the clock.
//!
//! `apply` makes what was approved, `verify` finds out whether it helped, `undo` takes it back,
//! `sweep` does what is due, `reconcile` compares what stands with what was made. Each may be called
//! as often as one likes, by several at once.

mod apply;
mod fixes;
mod opinions;
mod ports;
mod reconcile;
mod sweep;
mod undo;
mod unheard;
mod verify;

pub use apply::Applied;
pub use ports::{Looking, Making};
pub use reconcile::{Finding, Reconciled};
pub use sweep::Swept;
pub use undo::Undone;
pub use verify::Verified;

use crate::announcement::announce;
use crate::change::{ChangeError, Changing};
use crate::config::Configuration;
use crate::incident::{Incident, IncidentId, IncidentJournals, State, update};
use crate::ports::{Clock as _, StoreError};
use crate::remark::Remark;
use core::fmt;
use jiff::Timestamp;

/// What operations work with. With ports that are [`Making`] one applies, undoes and reconciles; with
/// those that are [`Looking`] one verifies and sweeps as well.
#[derive(Debug)]
pub struct Operations<'a, P> {
    /// What is reached outside.
    pub ports: &'a P,
    /// Who may approve, and how long what takes.
    pub configuration: &'a Configuration,
    /// The trace that the work belongs to, as X-Ray's header.
    pub trace: Option<&'a str>,
}

/// An operation that could not be finished now; it is worth trying again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OperationError {
    /// The store refused.
    Store(StoreError),
    /// The changes could not be gone on with.
    Change(ChangeError),
    /// The new state could not be announced.
    Announce(String),
    /// Another incident is making or taking away what this one needs.
    Busy(String),
    /// The stored record cannot be read.
    Sample(String),
}

impl fmt::Display for OperationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Change(error) => error.fmt(f),
            Self::Announce(why) => write!(f, "announcing the state: {why}"),
            Self::Busy(what) => write!(f, "another incident works on {what}; try again later"),
            Self::Sample(why) => write!(f, "the incident's record: {why}"),
        }
    }
}

impl core::error::Error for OperationError {}

impl From<StoreError> for OperationError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<ChangeError> for OperationError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Store(error) => Self::Store(error),
            error => Self::Change(error),
        }
    }
}

/// The journals beside incidents.
type Journals<'a, P> = IncidentJournals<'a, <P as Making>::Store, <P as Making>::Clock>;
/// What makes changes, with such a journal.
type Changes<'a, P> = Changing<
    'a,
    <P as Making>::Documents,
    Journals<'a, P>,
    <P as Making>::Store,
    <P as Making>::Clock,
>;

impl<P: Making> Operations<'_, P> {
    fn now(&self) -> Timestamp {
        self.ports.clock().now()
    }

    fn store(&self) -> &P::Store {
        self.ports.store()
    }

    fn journals(&self) -> IncidentJournals<'_, P::Store, P::Clock> {
        IncidentJournals { store: self.store(), clock: self.ports.clock() }
    }

    fn changing<'b>(&'b self, journal: &'b Journals<'b, P>) -> Changes<'b, P> {
        let (documents, clock) = (self.ports.documents(), self.ports.clock());
        Changing { documents, journal, locks: self.store(), clock }
    }

    /// Moves an incident from one of some states to another, and announces it. None where it is in
    /// none of them any more, or gone.
    async fn enter(
        &self,
        id: &IncidentId,
        from: &[State],
        to: State,
        remark: Option<Remark>,
        look_again_at: Option<Timestamp>,
    ) -> Result<Option<Incident>, OperationError> {
        let now = self.now();
        let mut entered = false;
        let stored = update(self.store(), id, now, |incident| {
            entered = from.contains(&incident.state);
            if entered {
                incident.enter(to, now)?;
                incident.remark.clone_from(&remark);
                incident.look_again_at = look_again_at;
            }
            Ok(entered)
        });
        let Some(incident) = stored.await?.filter(|_| entered) else { return Ok(None) };
        self.announce(&incident).await?;
        Ok(Some(incident))
    }

    async fn announce(&self, incident: &Incident) -> Result<(), OperationError> {
        let announced =
            announce(self.store(), self.ports.announcer(), incident, self.trace, self.now());
        announced.await.map_err(OperationError::Announce)
    }
}
