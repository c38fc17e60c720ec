//! Counting who relies on what stands in the accounts: before anything is made or taken away, so that
//! nobody begins to rely on what is about to go.

use super::{Making, OperationError, Operations};
use crate::beside;
use crate::change::{Journal, State as Work, Status, Step};
use crate::fix::{Fix, FixState};
use crate::incident::{ATTEMPTS, IncidentId, State};
use crate::ports::{Attachment, Ledger as _, Store as _, StoreError};
use crate::remark::Remark;
use jiff::Timestamp;
use locksmith_core::plan::Reliance;
use std::collections::BTreeSet;

/// What is to be done with a fix.
pub(super) enum Verdict {
    /// It is written as it is now.
    Write,
    /// It stays as it is stored.
    Leave,
    /// Somebody else is at it.
    Busy,
}

impl<P: Making> Operations<'_, P> {
    /// Changes a fix as it stands, and again as often as somebody else wrote in between.
    pub(super) async fn update_fix(
        &self,
        what: &Reliance,
        mut change: impl FnMut(Option<Fix>) -> (Option<Fix>, Verdict) + Send,
    ) -> Result<Option<Fix>, OperationError> {
        for _ in 0..ATTEMPTS {
            let (fix, verdict) = change(self.store().fix(what).await?);
            match (fix, verdict) {
                (fix, Verdict::Leave) => return Ok(fix),
                (_, Verdict::Busy) => return Err(OperationError::Busy(what.target.clone())),
                (None, Verdict::Write) => return Ok(None),
                (Some(mut fix), Verdict::Write) => {
                    fix.version += 1;
                    match self.store().write_fix(&fix).await {
                        Err(StoreError::Conflict) => {}
                        result => return Ok(result.map(|()| Some(fix))?),
                    }
                }
            }
        }
        Err(StoreError::Conflict.into())
    }

    /// Says before anything is written what an incident is about to make and to rely on. Everybody
    /// goes through it in the same order: of two that share some of it, one waits for the other.
    pub(super) async fn announce_needs(
        &self,
        id: &IncidentId,
        needs: &BTreeSet<Reliance>,
        journal: &Journal,
        until: Option<Timestamp>,
    ) -> Result<(), OperationError> {
        let now = self.now();
        for what in needs {
            let step = making(journal, what);
            self.update_fix(what, |stored| claim(stored, what, id, step, until, now)).await?;
        }
        Ok(())
    }

    /// Says afterwards what became of it.
    pub(super) async fn settle_needs(
        &self,
        id: &IncidentId,
        needs: &BTreeSet<Reliance>,
        journal: &Journal,
    ) -> Result<(), OperationError> {
        let now = self.now();
        let applied = journal.state == Work::Applied;
        for what in needs {
            let step = making(journal, what);
            self.update_fix(what, |stored| match stored {
                Some(mut fix) if fix.relied_on_by.contains_key(id) => {
                    let before = fix.clone();
                    settle(&mut fix, id, step, applied, now);
                    let verdict = if fix == before { Verdict::Leave } else { Verdict::Write };
                    (Some(fix), verdict)
                }
                stored => (stored, Verdict::Leave),
            })
            .await?;
        }
        Ok(())
    }

    /// Settles what is pending by a run that was overtaken and woke up late: its incident has gone on
    /// since, and the journal beside it says what stands.
    pub(super) async fn settle_left(&self, left: &Fix) -> Result<(), OperationError> {
        let (id, now) = (&left.maker, self.now());
        let incident = self.store().incident(id).await?;
        if incident.is_some_and(|incident| incident.state == State::Applying) {
            return Ok(());
        }
        let journal: Option<Journal> = beside::read(self.store(), id, Attachment::Journal).await?;
        let applied = journal.as_ref().is_some_and(|journal| journal.state == Work::Applied);
        let step = journal.as_ref().and_then(|journal| making(journal, &left.what));
        let step = step.unwrap_or(&left.step);
        // A run that began since has written it once more.
        self.update_fix(&left.what, |stored| match stored {
            Some(mut fix) if fix.version == left.version => {
                settle(&mut fix, id, Some(step), applied, now);
                (Some(fix), Verdict::Write)
            }
            stored => (stored, Verdict::Leave),
        })
        .await
        .map(drop)
    }

    /// Every fix that an incident relies on and that is of interest.
    pub(super) async fn relied_on(
        &self,
        id: &IncidentId,
        is_of_interest: impl Fn(&Fix) -> bool,
    ) -> Result<Vec<Fix>, OperationError> {
        let mut found = Vec::new();
        let mut next: Option<String> = None;
        loop {
            let page = self.store().fixes(100, next.as_deref()).await?;
            let items = page.items.into_iter();
            found.extend(
                items.filter(|fix| fix.relied_on_by.contains_key(id) && is_of_interest(fix)),
            );
            next = page.next;
            if next.is_none() {
                return Ok(found);
            }
        }
    }
}

/// An incident relies on a fix from now on; with a step, it is about to make it.
fn claim(
    stored: Option<Fix>,
    what: &Reliance,
    id: &IncidentId,
    step: Option<&Step>,
    until: Option<Timestamp>,
    now: Timestamp,
) -> (Option<Fix>, Verdict) {
    let mut fix = match (stored, step) {
        (Some(fix), _) => fix,
        (None, Some(step)) => Fix::pending(what.clone(), id.clone(), step.clone(), now),
        // It stands there by other hands than this service's.
        (None, None) => return (None, Verdict::Leave),
    };
    match (fix.state, step) {
        (FixState::Pending, _) if fix.maker != *id => return (Some(fix), Verdict::Busy),
        (FixState::Removing, _) if step.is_none() || fix.is_shared(id) => {
            return (Some(fix), Verdict::Busy);
        }
        (FixState::Removed, None) => return (Some(fix), Verdict::Leave),
        (_, Some(step)) => {
            // What stood by our doing keeps the texts with which it was made.
            if fix.state == FixState::Removed {
                fix.step = step.clone();
            }
            fix.maker = id.clone();
            fix.enter(FixState::Pending, now);
        }
        (_, None) => {}
    }
    fix.relied_on_by.insert(id.clone(), until);
    (Some(fix), Verdict::Write)
}

/// What making a fix, or relying on it, came to.
fn settle(fix: &mut Fix, id: &IncidentId, step: Option<&Step>, applied: bool, now: Timestamp) {
    let stood = fix.step.may_stand();
    match step {
        Some(step) if step.may_stand() => {
            fix.step = step.clone();
            fix.enter(FixState::Active, now);
            if let Status::ChangedByOthers { what } = &step.status {
                fix.enter(FixState::ChangedByOthers, now);
                fix.remark = Some(Remark::ChangedByOthers { what: what.clone() });
            }
        }
        None if applied => {}
        _ if applied && stood => fix.enter(FixState::Active, now),
        Some(Step { status: Status::Undone, .. }) => let_go(fix, id, false, now),
        // What stood there by other hands is not ours to take away.
        _ => let_go(fix, id, stood, now),
    }
}

/// An incident that made nothing of a fix does without it.
fn let_go(fix: &mut Fix, id: &IncidentId, stands: bool, now: Timestamp) {
    if fix.is_shared(id) {
        fix.relied_on_by.remove(id);
        if fix.state == FixState::Pending {
            fix.enter(if stands { FixState::Active } else { FixState::Reverted }, now);
        }
    } else if stands {
        // Those who relied on it let go in the meantime. Our reference stays until it is gone, so that
        // `sweep` knows for whom to take it away.
        fix.enter(FixState::Removing, now);
    } else {
        fix.relied_on_by.clear();
        fix.enter(FixState::Removed, now);
    }
}

/// The step that makes something; none where it stood already.
pub(super) fn making<'j>(journal: &'j Journal, what: &Reliance) -> Option<&'j Step> {
    journal.steps.iter().find(|step| step.change.leaves().contains(what))
}
