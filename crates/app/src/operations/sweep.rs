//! What is due by the clock: what was asked too long ago, runs that died, looks that are due, fixes
//! whose time is over.

use super::{Applied, Looking, OperationError, Operations, Undone, Verified};
use crate::approve::is_over;
use crate::beside;
use crate::config::Configuration;
use crate::fix::FixState;
use crate::incident::{Incident, IncidentId, State};
use crate::ports::{Attachment, Ledger as _, Store as _};
use crate::remark::Remark;
use jiff::SignedDuration;
use locksmith_core::plan::Plan;
use std::collections::BTreeSet;

/// How many incidents of a state one sweep works on.
const MOST: usize = 500;
/// How many are read at once.
const PAGE: usize = 100;
/// After how long nobody expects any more that a message still brings an approval to `apply`.
const LOST_AFTER: SignedDuration = SignedDuration::from_mins(10);

/// What a sweep did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Incidents that were looked at.
    pub looked_at: u64,
    /// Those that nobody answered in time.
    pub expired: Vec<IncidentId>,
    /// Those whose changes were gone on with.
    pub applied: Vec<IncidentId>,
    /// Those that turned out to work, or not to.
    pub verified: Vec<(IncidentId, State)>,
    /// Those whose time was over.
    pub undone: Vec<IncidentId>,
    /// What could not be done, or only by halves, and why.
    pub failed: Vec<(IncidentId, String)>,
}

impl<P: Looking> Operations<'_, P> {
    /// Does what is due. One incident that fails stops no other.
    ///
    /// # Errors
    /// [`OperationError`] if the lists cannot be read.
    pub async fn sweep(&self) -> Result<Swept, OperationError> {
        self.sweep_while(|| true).await
    }

    /// The same for as long as it may: once `goes_on` says no, no further incident is begun with.
    ///
    /// # Errors
    /// [`OperationError`] if the lists cannot be read.
    pub async fn sweep_while(
        &self,
        goes_on: impl Fn() -> bool + Send + Sync,
    ) -> Result<Swept, OperationError> {
        let mut swept = Swept::default();
        let states = [
            State::Detected,
            State::AwaitingApproval,
            State::Approved,
            State::Applying,
            State::Applied,
        ];
        for state in states {
            for incident in self.all_in(state).await? {
                if !goes_on() {
                    return Ok(swept);
                }
                swept.looked_at += 1;
                if let Err(error) = self.due(&incident.id, &mut swept).await {
                    swept.failed.push((incident.id, error.to_string()));
                }
            }
        }
        for id in self.over(&mut swept).await? {
            if !goes_on() {
                break;
            }
            match self.undo_over(&id).await {
                Ok(Undone::Now(State::RolledBack)) => swept.undone.push(id),
                Ok(Undone::Now(_)) => {
                    swept.failed.push((id, "not everything could be taken back".to_owned()));
                }
                Ok(_) => {}
                Err(error) => swept.failed.push((id, error.to_string())),
            }
        }
        Ok(swept)
    }

    async fn all_in(&self, state: State) -> Result<Vec<Incident>, OperationError> {
        let mut found = Vec::new();
        let mut next: Option<String> = None;
        loop {
            let page = self.store().in_state(state, PAGE, next.as_deref()).await?;
            found.extend(page.items.into_iter().filter(|incident| self.may_be_due(incident)));
            next = page.next.filter(|_| found.len() < MOST);
            if next.is_none() {
                return Ok(found);
            }
        }
    }

    /// Those that cannot be due yet do not count, so that they keep no other from its turn.
    fn may_be_due(&self, incident: &Incident) -> bool {
        let now = self.now();
        let since =
            |duration| incident.state_since.saturating_add(duration).is_ok_and(|at| at <= now);
        let Configuration { approval, plan, .. } = self.configuration;
        let over =
            plan.expires_after.map_or(approval.valid_for, |after| after.min(approval.valid_for));
        match incident.state {
            State::Detected => !incident.announced && since(LOST_AFTER),
            State::AwaitingApproval => since(over),
            State::Approved => since(over.min(LOST_AFTER)),
            State::Applied => {
                incident.undo_wanted || incident.look_again_at.is_some_and(|at| at <= now)
            }
            _ => true,
        }
    }

    /// The incident is read anew: since the list was read it may have gone on, and been asked again.
    async fn due(&self, id: &IncidentId, swept: &mut Swept) -> Result<(), OperationError> {
        let now = self.now();
        let stored = self.store().incident(id).await?;
        let Some(incident) = stored.filter(|incident| self.may_be_due(incident)) else {
            return Ok(());
        };
        match incident.state {
            // Nobody diagnoses what nobody heard of.
            State::Detected => self.announce(&incident).await?,
            State::AwaitingApproval | State::Approved => {
                let plan: Option<Plan> = beside::read(self.store(), id, Attachment::Plan).await?;
                let over =
                    plan.is_none_or(|plan| is_over(&incident, &plan, self.configuration, now));
                let lost = incident.state_since.saturating_add(LOST_AFTER);
                if over {
                    let from = [incident.state];
                    let why = match incident.state {
                        State::AwaitingApproval => Remark::Unanswered,
                        _ => Remark::NotMadeInTime,
                    };
                    if self.enter(id, &from, State::Expired, Some(why), None).await?.is_some() {
                        swept.expired.push(id.clone());
                    }
                } else if incident.state == State::Approved && lost.is_ok_and(|lost| lost <= now) {
                    self.go_on(id, swept).await?;
                }
            }
            State::Applying => self.go_on(id, swept).await?,
            State::Applied if incident.undo_wanted => {
                let undone = self.undo_wanted(id).await?;
                swept.undone.extend((undone == Undone::Now(State::RolledBack)).then(|| id.clone()));
            }
            State::Applied if incident.look_again_at.is_some_and(|at| at <= now) => {
                if let Verified::Now(state) = self.verify(id).await? {
                    swept.verified.push((id.clone(), state));
                }
            }
            _ => {}
        }
        Ok(())
    }

    async fn go_on(&self, id: &IncidentId, swept: &mut Swept) -> Result<(), OperationError> {
        match self.apply(id).await? {
            Applied::Now(State::Failed) => {
                swept.failed.push((id.clone(), "its changes could not be made".to_owned()));
            }
            Applied::Now(_) => swept.applied.push(id.clone()),
            Applied::Before(_) | Applied::Underway | Applied::Gone => {}
        }
        Ok(())
    }

    /// Incidents for which something stands longer than it may, and those for which taking it back
    /// was begun and not finished. What a run left pending that was overtaken is settled by the way.
    async fn over(&self, swept: &mut Swept) -> Result<BTreeSet<IncidentId>, OperationError> {
        let now = self.now();
        let mut over = BTreeSet::new();
        let mut next: Option<String> = None;
        loop {
            let page = self.store().fixes(PAGE, next.as_deref()).await?;
            for fix in page.items {
                let relying = fix.relied_on_by.keys();
                let is_due = |id: &&IncidentId| fix.is_over(id, now);
                match fix.state {
                    FixState::Removing => over.extend(relying.cloned()),
                    FixState::Pending => {
                        if let Err(error) = self.settle_left(&fix).await {
                            swept.failed.push((fix.maker.clone(), error.to_string()));
                        }
                    }
                    FixState::Removed => {}
                    _ => over.extend(relying.filter(is_due).cloned()),
                }
            }
            next = page.next.filter(|_| over.len() < MOST);
            if next.is_none() {
                return Ok(over);
            }
        }
    }
}
