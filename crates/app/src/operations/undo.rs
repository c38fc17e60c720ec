//! Taking back what was made for an incident, but for what others rely on.
//!
//! What is to go is found in the ledger, not in the incident's last journal: an incident may have been
//! opened and mended several times, and what another incident made goes with the last that relies on
//! it.

use super::fixes::{Verdict, making};
use super::{Making, OperationError, Operations};
use crate::approve::{Approvals, Ended};
use crate::beside;
use crate::change::{ChangeError, Journal, State as Work, Status, Step};
use crate::fix::{Fix, FixState};
use crate::incident::{Incident, IncidentId, State, update};
use crate::ports::{Attachment, JournalStore as _, Store as _, StoreError};
use crate::remark::Remark;
use locksmith_core::plan::{Change, Digest, Reliance};
use std::collections::BTreeSet;

/// What a request to undo came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undone {
    /// The incident went on to this state.
    Now(State),
    /// There was nothing to take back, or the state stays as it is.
    Before(State),
    /// Another run is at it.
    Underway,
    /// There is no such incident any more.
    Gone,
}

impl<P: Making> Operations<'_, P> {
    /// Takes back everything that stands for an incident. What other incidents rely on stays until
    /// they end.
    ///
    /// # Errors
    /// [`OperationError`]; called again it goes on where it stopped.
    pub async fn undo(&self, id: &IncidentId, why: &Remark) -> Result<Undone, OperationError> {
        self.undo_those(id, why, |_| true).await
    }

    /// Takes back what somebody wants back, if anybody does.
    ///
    /// # Errors
    /// [`OperationError`]; called again it goes on where it stopped.
    pub async fn undo_wanted(&self, id: &IncidentId) -> Result<Undone, OperationError> {
        let Some(incident) = self.store().incident(id).await? else { return Ok(Undone::Gone) };
        let approvals: Option<Approvals> =
            beside::read(self.store(), id, Attachment::Approvals).await?;
        match approvals.and_then(|approvals| approvals.undo) {
            Some(Ended { person, reason, .. }) if incident.undo_wanted => {
                self.undo(id, &Remark::Said { reason, person, until: None }).await
            }
            _ => Ok(Undone::Before(incident.state)),
        }
    }

    /// Takes back what an incident may not rely on any longer, whatever became of the incident, and
    /// goes on with what was begun to be taken back.
    pub(super) async fn undo_over(&self, id: &IncidentId) -> Result<Undone, OperationError> {
        let now = self.now();
        let is_due = |fix: &Fix| fix.state == FixState::Removing || fix.is_over(id, now);
        self.undo_those(id, &Remark::Over, is_due).await
    }

    async fn undo_those(
        &self,
        id: &IncidentId,
        why: &Remark,
        which: impl Fn(&Fix) -> bool,
    ) -> Result<Undone, OperationError> {
        let Some(incident) = self.store().incident(id).await? else { return Ok(Undone::Gone) };
        if incident.state == State::Applying {
            return Ok(Undone::Before(incident.state));
        }
        if incident.state == State::RolledBack && !incident.announced {
            self.announce(&incident).await?;
        }
        let stored: Option<Journal> = beside::read(self.store(), id, Attachment::Journal).await?;
        let fixes = self.relied_on(id, which).await?;
        let was_undone = stored.as_ref().is_some_and(|journal| journal.state == Work::Undone);
        if fixes.is_empty() && incident.state == State::Failed && !was_undone {
            return Ok(Undone::Before(incident.state));
        }
        // Who began to take it back said why; whoever goes on with it says the same.
        let mut begun = fixes.iter().filter(|fix| fix.state == FixState::Removing);
        let begun = begun.find_map(|fix| fix.remark.clone());
        let why = begun.as_ref().unwrap_or(why);
        let mut going = Vec::new();
        for fix in &fixes {
            going.extend(self.release(id, &fix.what, why).await?);
        }
        let mut failed = None;
        if going.iter().any(|fix| fix.step.may_stand()) {
            let journal = self.journal(id, stored.map_or(0, |stored| stored.version), &going);
            let Some(done) = self.take_back(journal, &going).await? else {
                return Ok(Undone::Underway);
            };
            if let Work::Failed { why } = &done.state {
                failed = Some(Remark::HalfWay { why: why.clone(), accounts: done.remains() });
            }
            for fix in &going {
                let status = making(&done, &fix.what).map_or(&Status::Undone, |step| &step.status);
                self.gone(&fix.what, status).await?;
            }
        } else {
            for fix in &going {
                self.gone(&fix.what, &Status::Undone).await?;
            }
        }
        self.tell(&incident, why, failed).await
    }

    /// Says that the incident does without something; where nobody else relies on it, that it goes.
    /// Of several that let go at once, the last one finds itself alone.
    async fn release(
        &self,
        id: &IncidentId,
        what: &Reliance,
        why: &Remark,
    ) -> Result<Option<Fix>, OperationError> {
        let now = self.now();
        let released = self.update_fix(what, |stored| match stored {
            Some(mut fix) if fix.is_shared(id) => {
                let relied = fix.relied_on_by.remove(id).is_some();
                (Some(fix), if relied { Verdict::Write } else { Verdict::Leave })
            }
            Some(mut fix)
                if fix.relied_on_by.contains_key(id) && fix.state != FixState::Removing =>
            {
                fix.enter(FixState::Removing, now);
                fix.remark = Some(why.clone());
                (Some(fix), Verdict::Write)
            }
            stored => (stored, Verdict::Leave),
        });
        let is_going =
            |fix: &Fix| fix.state == FixState::Removing && fix.relied_on_by.contains_key(id);
        Ok(released.await?.filter(is_going))
    }

    /// The journal of what is to go, in the order in which it was made.
    fn journal(&self, id: &IncidentId, version: u64, going: &[Fix]) -> Journal {
        let mut steps: Vec<Step> = Vec::new();
        for step in going.iter().map(|fix| &fix.step).filter(|step| step.may_stand()) {
            // One step may have made several.
            if !steps.iter().any(|known| known.change == step.change) {
                steps.push(step.clone());
            }
        }
        steps.sort_by_key(|step| step.at);
        let changes: Vec<Change> = steps.iter().map(|step| step.change.clone()).collect();
        let now = self.now();
        let mut journal =
            Journal::new(&id.to_string(), Digest::of_changes(&changes), Vec::new(), now);
        journal.version = version + 1;
        journal.state = Work::Applied;
        journal.steps = steps;
        journal
    }

    /// None where another run is at it.
    async fn take_back(
        &self,
        journal: Journal,
        going: &[Fix],
    ) -> Result<Option<Journal>, OperationError> {
        let mut keep: BTreeSet<Reliance> =
            journal.steps.iter().flat_map(|step| step.change.leaves()).collect();
        for fix in going {
            keep.remove(&fix.what);
        }
        let journals = self.journals();
        match journals.save(&journal).await {
            Err(StoreError::Conflict) => return Ok(None),
            saved => saved?,
        }
        match self.changing(&journals).undo(journal, &keep).await {
            Err(ChangeError::Store(StoreError::Conflict)) => Ok(None),
            done => Ok(Some(done?)),
        }
    }

    /// Says what became of something that was to go.
    async fn gone(&self, what: &Reliance, status: &Status) -> Result<(), OperationError> {
        let now = self.now();
        let gone = self.update_fix(what, |stored| {
            let Some(mut fix) = stored.filter(|fix| fix.state == FixState::Removing) else {
                return (None, Verdict::Leave);
            };
            match status {
                Status::ChangedByOthers { what } => {
                    fix.relied_on_by.clear();
                    fix.enter(FixState::ChangedByOthers, now);
                    fix.remark = Some(Remark::ChangedByOthers { what: what.clone() });
                }
                // It is tried again, for the reason that was given.
                Status::Stuck { .. } | Status::Writing | Status::Written | Status::Undoing => {
                    return (Some(fix), Verdict::Leave);
                }
                // What is kept is what the step made besides this.
                Status::Undone
                | Status::Kept
                | Status::Planned
                | Status::Stood
                | Status::Failed { .. } => {
                    fix.relied_on_by.clear();
                    fix.enter(FixState::Removed, now);
                }
            }
            (Some(fix), Verdict::Write)
        });
        gone.await.map(drop)
    }

    /// The incident's state afterwards. One that went on since keeps its own.
    async fn tell(
        &self,
        incident: &Incident,
        why: &Remark,
        failed: Option<Remark>,
    ) -> Result<Undone, OperationError> {
        let id = &incident.id;
        if let Some(remark) = failed {
            let from = [State::Applied];
            if let Some(now) =
                self.enter(id, &from, State::Failed, Some(remark.clone()), None).await?
            {
                return Ok(Undone::Now(now.state));
            }
            update(self.store(), id, self.now(), |incident| {
                let tells = incident.state.has_changes();
                let tells = tells && incident.remark.as_ref() != Some(&remark);
                if tells {
                    incident.remark = Some(remark.clone());
                }
                Ok(tells)
            })
            .await?;
            return Ok(Undone::Before(incident.state));
        }
        if !self.relied_on(id, |_| true).await?.is_empty() {
            return Ok(Undone::Before(incident.state));
        }
        let standing: Vec<State> = State::ALL.into_iter().filter(|one| one.has_changes()).collect();
        let entered = self.enter(id, &standing, State::RolledBack, Some(why.clone()), None).await?;
        Ok(entered.map_or(Undone::Before(incident.state), |one| Undone::Now(one.state)))
    }
}
