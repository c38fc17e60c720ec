//! Making what was approved, and nothing else.

use super::{Making, OperationError, Operations};
use crate::approve::{Approvals, Electorate, Objection, expires_at, is_over};
use crate::beside;
use crate::change::{ChangeError, Journal, State as Work};
use crate::incident::{ATTEMPTS, Incident, IncidentId, State};
use crate::ports::{Attachment, Store as _, StoreError};
use crate::remark::Remark;
use crate::way::Way;
use jiff::{SignedDuration, Timestamp};
use locksmith_core::plan::Plan;

/// After how long without a sign of life a run counts as dead: longer than anything that it does
/// between two notes, waiting for a lock among it.
const DEAD_AFTER: SignedDuration = SignedDuration::from_mins(3);

/// What a request to apply came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// The incident went on to this state.
    Now(State),
    /// There was nothing to do: it was done before, or is not approved.
    Before(State),
    /// Another run is at it.
    Underway,
    /// There is no such incident any more.
    Gone,
}

/// What is to be made.
struct Order {
    plan: Plan,
    journal: Journal,
}

impl<P: Making> Operations<'_, P> {
    /// Makes the changes that were approved, or goes on with it where a run stopped.
    ///
    /// # Errors
    /// [`OperationError`]; the journal beside the incident says how far it got.
    pub async fn apply(&self, id: &IncidentId) -> Result<Applied, OperationError> {
        for _ in 0..ATTEMPTS {
            let Some(incident) = self.store().incident(id).await? else { return Ok(Applied::Gone) };
            let order = match incident.state {
                State::Approved => match self.begin(&incident).await {
                    Err(OperationError::Store(StoreError::Conflict)) => continue,
                    Ok(Err((state, why))) => return self.refuse(id, state, why).await,
                    begun => begun?.ok(),
                },
                State::Applying => match self.resume(id).await? {
                    None => return Ok(Applied::Underway),
                    order => order,
                },
                state => {
                    if !incident.announced {
                        self.announce(&incident).await?;
                    }
                    return Ok(Applied::Before(state));
                }
            };
            return match order {
                Some(order) => self.carry_out(id, order).await,
                None => Ok(Applied::Underway),
            };
        }
        Err(StoreError::Conflict.into())
    }

    /// Checks once more all that was checked when people approved, and writes the journal with the
    /// state that says that somebody works on it.
    async fn begin(
        &self,
        incident: &Incident,
    ) -> Result<Result<Order, (State, Remark)>, OperationError> {
        let (id, now) = (&incident.id, self.now());
        let plan: Option<Plan> = beside::read(self.store(), id, Attachment::Plan).await?;
        let approvals: Option<Approvals> =
            beside::read(self.store(), id, Attachment::Approvals).await?;
        let stored: Option<Journal> = beside::read(self.store(), id, Attachment::Journal).await?;
        let Some(plan) = plan else {
            return Ok(Err((State::Failed, Remark::NoPlan)));
        };
        let way = match self.approved(incident, &plan, &approvals.unwrap_or_default(), now) {
            Ok(way) => way,
            Err(refused) => return Ok(Err(refused)),
        };
        let mut journal =
            Journal::new(&id.to_string(), way.digest.clone(), way.changes.to_vec(), now);
        journal.version = stored.map_or(0, |stored| stored.version) + 1;
        let mut next = incident.clone();
        next.enter(State::Applying, now).map_err(StoreError::Failed)?;
        let attachment = beside::written(id, Attachment::Journal, &journal)?;
        let write = next.to_write(vec![attachment], now);
        self.store().write(&write).await?;
        self.announce(&write.incident).await?;
        Ok(Ok(Order { plan, journal }))
    }

    /// The way that was approved, if it may be gone now.
    fn approved<'p>(
        &self,
        incident: &Incident,
        plan: &'p Plan,
        approvals: &Approvals,
        now: Timestamp,
    ) -> Result<Way<'p>, (State, Remark)> {
        let failed = |why: Remark| (State::Failed, why);
        if !self.configuration.approval.enabled {
            return Err(failed(Remark::TurnedOff));
        }
        let given = approvals.given.first().ok_or_else(|| failed(Remark::NotApproved))?;
        let way = Way::of(plan, &given.digest);
        let way = way.ok_or_else(|| failed(Remark::OtherPlan))?;
        if is_over(incident, plan, self.configuration, now) {
            return Err((State::Expired, Remark::ApprovedTooLongAgo));
        }
        let electorate = Electorate::new(self.configuration, incident, plan, way);
        if let Some(objection) = electorate.objections(approvals, Some(now)).first() {
            let too_late = matches!(objection, Objection::Stale { .. });
            let state = if too_late { State::Expired } else { State::Failed };
            return Err((state, Remark::Objection { objection: objection.clone() }));
        }
        if let Some(account) =
            way.accounts().into_iter().find(|account| !self.configuration.trusts(*account))
        {
            return Err(failed(Remark::NotTrusted { account }));
        }
        Ok(way)
    }

    async fn refuse(
        &self,
        id: &IncidentId,
        state: State,
        why: Remark,
    ) -> Result<Applied, OperationError> {
        let entered = self.enter(id, &[State::Approved], state, Some(why), None).await?;
        Ok(entered.map_or(Applied::Underway, |incident| Applied::Now(incident.state)))
    }

    /// The work that a dead run left.
    async fn resume(&self, id: &IncidentId) -> Result<Option<Order>, OperationError> {
        let plan: Option<Plan> = beside::read(self.store(), id, Attachment::Plan).await?;
        let journal: Option<Journal> = beside::read(self.store(), id, Attachment::Journal).await?;
        let failed = |what: &str| StoreError::Failed(format!("{what} of {id} is missing"));
        let plan = plan.ok_or_else(|| failed("the plan"))?;
        let journal = journal.ok_or_else(|| failed("the journal"))?;
        let last_sign = journal.steps.iter().map(|step| step.at).fold(journal.claimed_at, Ord::max);
        let dead = last_sign.saturating_add(DEAD_AFTER).is_ok_and(|dead| dead <= self.now());
        Ok(dead.then_some(Order { plan, journal }))
    }

    async fn carry_out(&self, id: &IncidentId, order: Order) -> Result<Applied, OperationError> {
        let Order { plan, journal } = order;
        let way = Way::of(&plan, &journal.digest);
        let mut needs = way.map(|way| way.needs()).unwrap_or_default();
        needs.extend(journal.steps.iter().flat_map(|step| step.change.leaves()));
        let until = expires_at(&plan);
        self.announce_needs(id, &needs, &journal, until).await?;
        let unmade = Journal { state: Work::Undone, ..journal.clone() };
        let journals = self.journals();
        let done = match self.changing(&journals).apply(journal).await {
            Ok(done) => done,
            // Nothing was written: these are not the changes that were approved.
            Err(error @ (ChangeError::Digest { .. } | ChangeError::Statements { .. })) => {
                self.settle_needs(id, &needs, &unmade).await?;
                let why = match error {
                    ChangeError::Statements { target } => Remark::Statements { target },
                    _ => Remark::OtherChanges,
                };
                let entered = self.enter(id, &[State::Applying], State::Failed, Some(why), None);
                return Ok(entered.await?.map_or(Applied::Underway, |one| Applied::Now(one.state)));
            }
            Err(ChangeError::Store(StoreError::Conflict)) => return Ok(Applied::Underway),
            Err(error) => return Err(error.into()),
        };
        self.settle_needs(id, &needs, &done).await?;
        let (state, remark, look) = match &done.state {
            Work::Applied => {
                let wait = self.configuration.verify.propagation;
                let look = self.now().saturating_add(wait).unwrap_or(Timestamp::MAX);
                (State::Applied, None, Some(look))
            }
            Work::RolledBack { why } => {
                (State::RolledBack, Some(Remark::NotMade { why: why.clone() }), None)
            }
            Work::Failed { why } => {
                let (why, accounts) = (why.clone(), done.remains());
                (State::Failed, Some(Remark::HalfWay { why, accounts }), None)
            }
            Work::Applying | Work::RollingBack { .. } | Work::Undoing | Work::Undone => {
                return Ok(Applied::Underway);
            }
        };
        let entered = self.enter(id, &[State::Applying], state, remark, look).await?;
        Ok(entered.map_or(Applied::Underway, |incident| Applied::Now(incident.state)))
    }
}
