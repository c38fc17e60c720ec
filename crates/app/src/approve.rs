//! What owners decide: approvals that are bound to exact changes, refusals, and suppressions.

mod approvals;
mod asked;
mod electorate;
mod record;
mod refusal;

pub use approvals::{Approval, Approvals, Ended};
pub use electorate::{Missing, Objection};
pub use record::{Decisions, Recorded};
pub use refusal::Refusal;

pub(crate) use electorate::{Electorate, missing};

use crate::announcement::announce;
use crate::beside;
use crate::config::Configuration;
use crate::incident::{ATTEMPTS, Incident, IncidentId, State};
use crate::ports::{Announcer, Attachment, Store, StoreError};
use asked::Asked;
use core::fmt;
use jiff::Timestamp;
use locksmith_core::arn::AccountId;
use locksmith_core::plan::{Digest, Plan, Scope};
use std::collections::BTreeSet;

/// What decisions are taken with.
#[derive(Clone, Copy, Debug)]
pub struct Decide<'a, S, A> {
    /// Where incidents are kept.
    pub store: &'a S,
    /// Who hears of decisions.
    pub announcer: &'a A,
    /// Who may decide.
    pub configuration: &'a Configuration,
    /// The trace that the decision belongs to, as X-Ray's header.
    pub trace: Option<&'a str>,
}

/// One click of a button.
#[derive(Clone, Debug)]
pub struct Click<'a> {
    /// The incident.
    pub incident: &'a IncidentId,
    /// The digest of what the person saw: of the plan, or of one of its alternatives; to take it back,
    /// of what was approved.
    pub digest: &'a Digest,
    /// Who clicked, by the id in the configuration. That it is that person was checked before.
    pub person: &'a str,
    /// The user groups to which the person belongs, of those that the configuration names. That was
    /// checked before.
    pub groups: &'a BTreeSet<String>,
    /// When the question was asked that the person saw; none where it is asked in the same moment.
    /// The answer to an earlier question counts no more, even if the changes are the same.
    pub asked_at: Option<Timestamp>,
    /// For which account; none for all that the person may decide for.
    pub account: Option<AccountId>,
    /// What was decided.
    pub decision: Decision,
    /// By which means, such as an address or a channel; it is kept with the decision.
    pub from: &'a str,
}

/// What may be decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The changes may be made.
    Approve,
    /// The changes may be made without waiting for the owners.
    BreakGlass {
        /// Why it cannot wait.
        reason: String,
    },
    /// Another reach is to be planned, and asked about.
    Rescope(Scope),
    /// The changes are not to be made.
    Reject {
        /// Why not.
        reason: String,
    },
    /// The denial is right.
    Suppress {
        /// Why.
        reason: String,
        /// Until when nobody wants to hear of it.
        until: Timestamp,
    },
    /// What was made is to be taken back.
    Undo {
        /// Why.
        reason: String,
    },
}

impl Decision {
    /// Whether it is an approval that does not wait for the owners.
    fn breaks_glass(&self) -> bool {
        matches!(self, Self::BreakGlass { .. })
    }
}

/// What a click came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decided {
    /// The approval counts, and others are missing.
    Counted(Vec<Missing>),
    /// The incident went on to this state.
    Now(State),
    /// The same was decided before, and changed nothing now.
    Before(State),
}

/// A click that has no effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecideError {
    /// It was refused; trying again will not help.
    Refused(Refusal),
    /// The store failed.
    Store(StoreError),
    /// It was stored and could not be announced; the same click again announces it.
    Announce(String),
    /// Time ran out: whether it was stored is not known; the same click again finds out.
    Late,
}

impl fmt::Display for DecideError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Store(error) => error.fmt(f),
            Self::Announce(why) => write!(f, "announcing the decision: {why}"),
            Self::Late => f.write_str("no answer in time; whether it was stored is not known"),
        }
    }
}

impl core::error::Error for DecideError {}

impl From<StoreError> for DecideError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Refusal> for DecideError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl<S: Store, A: Announcer> Decide<'_, S, A> {
    /// Takes one click into account, once, however often it comes, and logs what it came to.
    ///
    /// # Errors
    /// [`DecideError`].
    pub async fn decide(&self, click: &Click<'_>, now: Timestamp) -> Result<Decided, DecideError> {
        let came_to = self.in_turn(click, now).await;
        match &came_to {
            Ok(decided) => tracing::info!(
                incident = %click.incident,
                person = click.person,
                decision = click.decision.name(),
                digest = %click.digest,
                from = click.from,
                ?decided,
            ),
            Err(why) => {
                tracing::warn!(incident = %click.incident, person = click.person, %why, "no effect");
            }
        }
        came_to
    }

    /// Again as often as somebody else wrote in between.
    async fn in_turn(&self, click: &Click<'_>, now: Timestamp) -> Result<Decided, DecideError> {
        for _ in 0..ATTEMPTS {
            match self.once(click, now).await {
                Err(DecideError::Store(StoreError::Conflict)) => {}
                result => return result,
            }
        }
        Err(StoreError::Conflict.into())
    }

    /// The incident is read first: whoever writes beside it afterwards makes the write a conflict.
    async fn once(&self, click: &Click<'_>, now: Timestamp) -> Result<Decided, DecideError> {
        // Where nothing is approved, a denial may be right, and something may stand still.
        let needs_none =
            matches!(click.decision, Decision::Suppress { .. } | Decision::Undo { .. });
        if !self.configuration.approval.enabled && !needs_none {
            return Err(Refusal::Off.into());
        }
        let id = click.incident;
        let incident = self.store.incident(id).await?.ok_or(Refusal::Gone)?;
        let plan: Option<Plan> = beside::read(self.store, id, Attachment::Plan).await?;
        let plan = plan.ok_or(Refusal::WrongState(incident.state))?;
        let approvals = beside::read(self.store, id, Attachment::Approvals).await?;
        let mut asked = Asked { incident, approvals: approvals.unwrap_or_default(), plan: &plan };
        let decided = asked.take(click, self.configuration, now)?;
        if let Decided::Before(_) = decided {
            // Where nobody took it back although it was wanted, it is said once more.
            if !asked.incident.announced || asked.incident.undo_wanted {
                self.announce(&asked.incident, now).await?;
            }
            return Ok(decided);
        }
        let mut decisions = Decisions::load(self.store, id).await?;
        decisions.add(click, now);
        let beside = vec![
            beside::written(id, Attachment::Approvals, &asked.approvals)?,
            beside::written(id, Attachment::Decisions, &decisions)?,
        ];
        let write = asked.incident.to_write(beside, now);
        self.store.write(&write).await?;
        // Of an approval that counts people are told although the state is the same.
        self.announce(&write.incident, now).await?;
        Ok(decided)
    }

    async fn announce(&self, incident: &Incident, now: Timestamp) -> Result<(), DecideError> {
        let announced = announce(self.store, self.announcer, incident, self.trace, now).await;
        announced.map_err(DecideError::Announce)
    }
}

/// Whether it is too late to agree to a plan.
pub(crate) fn is_over(
    incident: &Incident,
    plan: &Plan,
    configuration: &Configuration,
    now: Timestamp,
) -> bool {
    let until = incident.state_since.saturating_add(configuration.approval.valid_for);
    until.is_ok_and(|until| now > until) || expires_at(plan).is_some_and(|at| at <= now)
}

/// When a plan's changes end; none where they stay.
pub(crate) fn expires_at(plan: &Plan) -> Option<Timestamp> {
    // Who wrote the plan wrote a time; what cannot be read is over.
    plan.expires_at.as_ref().map(|at| at.parse().unwrap_or(Timestamp::MIN))
}
