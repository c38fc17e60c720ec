//! The states of an incident, and which leads to which.

use core::fmt;
use serde::{Deserialize, Serialize};

/// Where an incident stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// A denial was seen.
    Detected,
    /// Its causes are known as far as they can be.
    Diagnosed,
    /// The owners were asked.
    AwaitingApproval,
    /// The owners agreed.
    Approved,
    /// The change is being made.
    Applying,
    /// The change was made; that it helped is not proved.
    Applied,
    /// The call works.
    Verified,
    /// The denial is right.
    NoChangeNeeded,
    /// People have to change something.
    Manual,
    /// An owner refused.
    Rejected,
    /// Nobody answered in time.
    Expired,
    /// Nobody wants to hear of it until a date.
    Suppressed,
    /// The change could not be made.
    Failed,
    /// The change was taken back.
    RolledBack,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 14] = [
        Self::Detected,
        Self::Diagnosed,
        Self::AwaitingApproval,
        Self::Approved,
        Self::Applying,
        Self::Applied,
        Self::Verified,
        Self::NoChangeNeeded,
        Self::Manual,
        Self::Rejected,
        Self::Expired,
        Self::Suppressed,
        Self::Failed,
        Self::RolledBack,
    ];

    /// Its name in events, in the store and in texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Detected => "detected",
            Self::Diagnosed => "diagnosed",
            Self::AwaitingApproval => "awaiting_approval",
            Self::Approved => "approved",
            Self::Applying => "applying",
            Self::Applied => "applied",
            Self::Verified => "verified",
            Self::NoChangeNeeded => "no_change_needed",
            Self::Manual => "manual",
            Self::Rejected => "rejected",
            Self::Expired => "expired",
            Self::Suppressed => "suppressed",
            Self::Failed => "failed",
            Self::RolledBack => "rolled_back",
        }
    }

    /// Whether nothing more is done unless the denial recurs.
    pub fn is_end(self) -> bool {
        matches!(
            self,
            Self::Verified
                | Self::NoChangeNeeded
                | Self::Manual
                | Self::Rejected
                | Self::Expired
                | Self::Suppressed
                | Self::Failed
                | Self::RolledBack
        )
    }

    /// Whether somebody still has something to do, or to wait for.
    pub fn is_open(self) -> bool {
        !matches!(
            self,
            Self::Verified
                | Self::NoChangeNeeded
                | Self::Rejected
                | Self::Expired
                | Self::Suppressed
        )
    }

    /// Whether changes were made that may stand, and nobody is at work on them.
    pub fn has_changes(self) -> bool {
        matches!(self, Self::Applied | Self::Verified | Self::Failed)
    }

    /// Whether an incident may go from this state to another.
    pub fn leads_to(self, next: Self) -> bool {
        use State as S;
        next != self
            && match self {
                S::Detected => matches!(next, S::Diagnosed | S::Suppressed),
                S::Diagnosed => matches!(
                    next,
                    S::Detected
                        | S::AwaitingApproval
                        | S::NoChangeNeeded
                        | S::Manual
                        | S::Suppressed
                ),
                S::AwaitingApproval => matches!(
                    next,
                    S::Detected | S::Approved | S::Rejected | S::Expired | S::Suppressed
                ),
                S::Approved => {
                    matches!(next, S::Applying | S::Expired | S::Failed | S::Rejected)
                }
                S::Applying => matches!(next, S::Applied | S::Failed | S::RolledBack),
                S::Applied => matches!(next, S::Verified | S::Failed | S::RolledBack),
                S::Verified => matches!(next, S::Detected | S::RolledBack),
                S::Failed => matches!(next, S::Detected | S::Suppressed | S::RolledBack),
                S::Suppressed
                | S::NoChangeNeeded
                | S::Manual
                | S::Rejected
                | S::Expired
                | S::RolledBack => matches!(next, S::Detected | S::Suppressed),
            }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::State;

    /// Every end can be reopened, nothing leads to itself, and each state but the first is reached
    /// from some other.
    #[test]
    fn the_ways_are_whole() {
        for state in State::ALL {
            assert!(!state.leads_to(state), "{state}");
            assert!(!state.is_end() || state.leads_to(State::Detected), "{state} cannot reopen");
            let reached = State::ALL.into_iter().any(|from| from.leads_to(state));
            assert!(reached, "{state} is never reached");
            assert_eq!(serde_json::to_value(state).unwrap(), state.name());
        }
    }
}
