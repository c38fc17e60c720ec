//! One decision on one incident as it stands: pure, so that it can be taken again after somebody else
//! wrote in between.

use super::electorate::missing;
use super::{
    Approval, Approvals, Click, Decided, Decision, Electorate, Ended, Objection, Refusal, is_over,
};
use crate::config::Configuration;
use crate::incident::{Incident, State};
use crate::remark::Remark;
use crate::way::Way;
use jiff::Timestamp;
use locksmith_core::arn::AccountId;
use locksmith_core::plan::{Digest, Plan, Scope};
use std::collections::BTreeSet;

/// What is known of an incident when somebody decides.
pub(super) struct Asked<'a> {
    pub(super) incident: Incident,
    pub(super) approvals: Approvals,
    pub(super) plan: &'a Plan,
}

impl Asked<'_> {
    pub(super) fn take(
        &mut self,
        click: &Click<'_>,
        configuration: &Configuration,
        now: Timestamp,
    ) -> Result<Decided, Refusal> {
        if self.was_taken(click) {
            return Ok(Decided::Before(self.incident.state));
        }
        if self.incident.state == State::AwaitingApproval && !self.is_about_now(click) {
            return Err(Refusal::OtherQuestion);
        }
        match &click.decision {
            Decision::Approve => self.approve(click, None, configuration, now),
            Decision::BreakGlass { reason } if reason.trim().is_empty() => Err(Refusal::Incomplete),
            Decision::BreakGlass { reason } => {
                self.approve(click, Some(reason), configuration, now)
            }
            Decision::Rescope(scope) => self.rescope(click, *scope, configuration, now),
            Decision::Reject { reason } => {
                self.end(click, configuration, State::Rejected, (reason, None), now)
            }
            Decision::Suppress { reason, until } => {
                self.end(click, configuration, State::Suppressed, (reason, Some(*until)), now)
            }
            Decision::Undo { reason } => self.undo(click, configuration, reason, now),
        }
    }

    /// Whether the same click came before.
    fn was_taken(&self, click: &Click<'_>) -> bool {
        let given = &self.approvals.given;
        match &click.decision {
            Decision::Approve | Decision::BreakGlass { .. } => given.iter().any(|given| {
                given.person == click.person
                    && given.digest == *click.digest
                    && click.asked_at.is_none_or(|at| given.asked_at == Some(at))
                    && given.break_glass.is_some() == click.decision.breaks_glass()
                    && match click.account {
                        Some(account) => account == given.account,
                        None => self.incident.state != State::AwaitingApproval,
                    }
            }),
            Decision::Rescope(scope) => {
                self.incident.state == State::Detected && self.incident.scope == Some(*scope)
            }
            Decision::Reject { .. } => self.was_ended(click, State::Rejected),
            Decision::Suppress { .. } => self.was_ended(click, State::Suppressed),
            Decision::Undo { .. } => self.incident.undo_wanted,
        }
    }

    fn was_ended(&self, click: &Click<'_>, state: State) -> bool {
        let ended = self.approvals.ended.as_ref();
        self.incident.state == state && ended.is_some_and(|ended| ended.person == click.person)
    }

    /// Whether the click is about the question that is asked now, or that was answered last. A click
    /// that names no question is about the incident as it is.
    fn is_about_now(&self, click: &Click<'_>) -> bool {
        let Some(asked_at) = click.asked_at else { return true };
        match self.incident.state {
            State::AwaitingApproval | State::Manual | State::Diagnosed => {
                asked_at == self.incident.state_since
            }
            _ => self.approvals.given.iter().any(|given| given.asked_at == Some(asked_at)),
        }
    }

    fn approve(
        &mut self,
        click: &Click<'_>,
        break_glass: Option<&str>,
        configuration: &Configuration,
        now: Timestamp,
    ) -> Result<Decided, Refusal> {
        let other_plan = || Refusal::OtherPlan { now: self.plan.digest.clone() };
        let way = Way::of(self.plan, click.digest).ok_or_else(other_plan)?;
        if self.incident.state != State::AwaitingApproval {
            return Err(Refusal::WrongState(self.incident.state));
        }
        if is_over(&self.incident, self.plan, configuration, now) {
            return Err(Refusal::TooLate);
        }
        let touched = way.accounts();
        if let Some(account) = click.account.filter(|account| !touched.contains(account)) {
            return Err(Refusal::Untouched(account));
        }
        let electorate = Electorate::new(configuration, &self.incident, self.plan, way);
        let asked = click.account.map_or(touched, |account| BTreeSet::from([account]));
        let (mut admitted, mut objection) = (Vec::new(), None);
        for account in asked {
            let approval = Approval {
                account,
                person: click.person.to_owned(),
                digest: click.digest.clone(),
                at: now,
                from: click.from.to_owned(),
                asked_at: Some(self.incident.state_since),
                group: None,
                break_glass: break_glass.map(str::to_owned),
            };
            match electorate.admits(approval, click.groups) {
                Ok(approval) => admitted.push(approval),
                Err(why) => objection = Some(why),
            }
        }
        if let (true, Some(objection)) = (admitted.is_empty(), objection) {
            return Err(Refusal::Objection(objection));
        }
        // Whoever breaks the glass does not wait for others to agree on the way.
        if break_glass.is_some() {
            self.approvals.given.retain(|given| given.digest == *click.digest);
        }
        let mut given = self.approvals.given.iter();
        if let Some(other) = given.find(|given| given.digest != *click.digest) {
            let Approval { person, digest, .. } = other.clone();
            return Err(Refusal::OtherWay { person, digest });
        }
        admitted.retain(|approval| {
            let is_it = |given: &Approval| {
                given.account == approval.account
                    && given.person == approval.person
                    && given.break_glass.is_some() == approval.break_glass.is_some()
            };
            !self.approvals.given.iter().any(is_it)
        });
        if admitted.is_empty() {
            return Ok(Decided::Before(self.incident.state));
        }
        self.approvals.given.extend(admitted);
        let objections = electorate.objections(&self.approvals, Some(now));
        if objections.is_empty() {
            return Ok(self.enter(State::Approved, now));
        }
        Ok(Decided::Counted(missing(&objections)))
    }

    fn end(
        &mut self,
        click: &Click<'_>,
        configuration: &Configuration,
        state: State,
        (reason, until): (&str, Option<Timestamp>),
        now: Timestamp,
    ) -> Result<Decided, Refusal> {
        if !self.digests().any(|digest| digest == click.digest) {
            return Err(Refusal::OtherPlan { now: self.plan.digest.clone() });
        }
        // What was asked and is over is not ended once more: it went on in the meantime.
        let asked_still = matches!(
            self.incident.state,
            State::AwaitingApproval | State::Approved | State::Manual | State::Diagnosed
        );
        let over = click.asked_at.is_some() && !(asked_still && self.is_about_now(click));
        if over || !self.incident.state.leads_to(state) {
            return Err(Refusal::WrongState(self.incident.state));
        }
        if reason.trim().is_empty() || until.is_some_and(|until| until <= now) {
            return Err(Refusal::Incomplete);
        }
        self.is_concerned(click, configuration)?;
        self.approvals.ended = Some(Ended {
            person: click.person.to_owned(),
            reason: reason.to_owned(),
            until,
            at: now,
            from: click.from.to_owned(),
        });
        let decided = self.enter(state, now);
        let (reason, person) = (reason.to_owned(), click.person.to_owned());
        self.incident.remark = Some(Remark::Said { reason, person, until });
        self.incident.look_again_at = until;
        Ok(decided)
    }

    /// Has what was made taken back. Of several owners one suffices, and whoever may break the glass:
    /// nothing is opened by it.
    fn undo(
        &mut self,
        click: &Click<'_>,
        configuration: &Configuration,
        reason: &str,
        now: Timestamp,
    ) -> Result<Decided, Refusal> {
        let state = self.incident.state;
        if !state.has_changes() || !self.is_about_now(click) {
            return Err(Refusal::WrongState(state));
        }
        let approved = self.approvals.given.first().map(|given| &given.digest);
        let way = approved.filter(|digest| *digest == click.digest);
        let way = way.and_then(|digest| Way::of(self.plan, digest));
        let way = way.ok_or_else(|| Refusal::OtherPlan { now: self.plan.digest.clone() })?;
        if reason.trim().is_empty() {
            return Err(Refusal::Incomplete);
        }
        if !configuration.may_break_glass(click.person) {
            self.is_entitled(click, configuration, way.accounts().into_iter())?;
        }
        self.approvals.undo = Some(Ended {
            person: click.person.to_owned(),
            reason: reason.to_owned(),
            until: None,
            at: now,
            from: click.from.to_owned(),
        });
        self.incident.undo_wanted = true;
        self.incident.announced = false;
        self.incident.told = false;
        Ok(Decided::Now(state))
    }

    /// Has the call planned anew, with another reach.
    fn rescope(
        &mut self,
        click: &Click<'_>,
        scope: Scope,
        configuration: &Configuration,
        now: Timestamp,
    ) -> Result<Decided, Refusal> {
        if self.incident.state != State::AwaitingApproval {
            return Err(Refusal::WrongState(self.incident.state));
        }
        if !self.digests().any(|digest| digest == click.digest) {
            return Err(Refusal::OtherPlan { now: self.plan.digest.clone() });
        }
        if self.plan.scope == scope {
            return Err(Refusal::SameScope(scope));
        }
        self.is_concerned(click, configuration)?;
        self.incident.scope = Some(scope);
        let decided = self.enter(State::Detected, now);
        self.incident.remark = Some(Remark::Rescoped { scope, person: click.person.to_owned() });
        Ok(decided)
    }

    fn digests(&self) -> impl Iterator<Item = &Digest> {
        let others = self.plan.alternatives.iter().filter_map(|other| other.digest.as_ref());
        others.chain([&self.plan.digest])
    }

    /// Whoever may approve any part may refuse all of it, or ask for another reach, also where it
    /// lets themself in.
    fn is_concerned(
        &self,
        click: &Click<'_>,
        configuration: &Configuration,
    ) -> Result<(), Refusal> {
        let incident = &self.incident;
        let accounts = Way::all(self.plan).flat_map(|way| way.accounts());
        let accounts = accounts.chain(incident.principal_account).chain(incident.resource_account);
        self.is_entitled(click, configuration, accounts)
    }

    /// Whether whoever clicked may approve in any of these accounts, or in the one of them for which the
    /// click is.
    fn is_entitled(
        &self,
        click: &Click<'_>,
        configuration: &Configuration,
        accounts: impl Iterator<Item = AccountId>,
    ) -> Result<(), Refusal> {
        let incident = &self.incident;
        let mut accounts =
            accounts.filter(|account| click.account.is_none_or(|one| one == *account));
        let entitled =
            |account| configuration.entitles(click.person, click.groups, account).is_some();
        if accounts.any(entitled) {
            return Ok(());
        }
        let of_incident = incident.resource_account.or(incident.principal_account);
        let account = click.account.or(of_incident);
        Err(account.map_or(Refusal::WrongState(incident.state), |account| {
            let person = click.person.to_owned();
            Refusal::Objection(Objection::NotEntitled { person, account })
        }))
    }

    /// The states were checked before.
    fn enter(&mut self, state: State, now: Timestamp) -> Decided {
        match self.incident.enter(state, now) {
            Ok(()) => Decided::Now(state),
            Err(why) => {
                tracing::debug!(why, "state kept");
                Decided::Before(self.incident.state)
            }
        }
    }
}
