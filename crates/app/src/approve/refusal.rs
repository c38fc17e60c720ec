//! Why a decision is refused.

use super::Objection;
use crate::incident::State;
use core::fmt;
use locksmith_core::arn::AccountId;
use locksmith_core::plan::{Digest, Scope};

/// Why a click was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such incident.
    Gone,
    /// Approvals are turned off.
    Off,
    /// The plan was made anew since the person saw it, or was never this one.
    OtherPlan {
        /// The plan's digest now.
        now: Digest,
    },
    /// The question was asked anew since the person saw it.
    OtherQuestion,
    /// It is planned like this already.
    SameScope(Scope),
    /// The incident is not in a state in which this is decided.
    WrongState(State),
    /// It was asked too long ago, or the changes would end before they begin.
    TooLate,
    /// Nothing is changed in this account.
    Untouched(AccountId),
    /// Others approved another way of the plan.
    OtherWay {
        /// Who did.
        person: String,
        /// What was approved.
        digest: Digest,
    },
    /// The person may not.
    Objection(Objection),
    /// A reason is missing, or the time until which to suppress is over.
    Incomplete,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone => f.write_str("there is no such incident any more"),
            Self::Off => f.write_str(
                "nothing is approved here: approval.enabled is not true in the configuration",
            ),
            Self::OtherPlan { now } => {
                write!(f, "the plan is another one by now ({now}): look at it and decide again")
            }
            Self::OtherQuestion => f.write_str(
                "this was asked anew since: look at the message as it is now, and decide again",
            ),
            Self::SameScope(scope) => write!(f, "the plan is for the {} already", scope.name()),
            Self::WrongState(state) => write!(f, "the incident is {state}: nothing is asked now"),
            Self::TooLate => f.write_str("it is too late: the plan has to be made and asked anew"),
            Self::Untouched(account) => write!(f, "the plan changes nothing in {account}"),
            Self::OtherWay { person, digest } => write!(
                f,
                "{person} approved another way ({digest}): approve that one, or reject the plan"
            ),
            Self::Objection(objection) => objection.fmt(f),
            Self::Incomplete => f.write_str("a reason is needed, and a time that is not over"),
        }
    }
}
