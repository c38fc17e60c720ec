//! What is to be known of an incident's state besides the state: told as what happened, not as a sentence,
//! so that everybody reads it in their own language.

use crate::approve::Objection;
use crate::card::minute;
use crate::change::{Differences, Remains, Why};
use crate::ports::{Opinion, Says};
use core::fmt;
use jiff::Timestamp;
use locksmith_core::arn::AccountId;
use locksmith_core::diagnosis::{Cause, CauseCode, Unknown};
use locksmith_core::plan::Scope;
use serde::{Deserialize, Serialize};

/// A remark on a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Remark {
    /// Nothing is planned, because facts are missing that decide.
    FactsMissing,
    /// There is a plan, and approvals are turned off.
    ApprovalsOff,
    /// There is a plan, and nobody may approve it in this account.
    NobodyOwns {
        /// The account.
        account: AccountId,
    },
    /// The configuration passes over the caller.
    PassedOver,
    /// The configuration says that the denial is right.
    Suppressed {
        /// Why.
        reason: String,
        /// Until when.
        until: Timestamp,
    },
    /// Somebody decided, in their own words.
    Said {
        /// Why.
        reason: String,
        /// Who.
        person: String,
        /// Until when it counts, where it does not for good.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// Somebody wants it planned with another reach.
    Rescoped {
        /// The reach.
        scope: Scope,
        /// Who.
        person: String,
    },
    /// Nobody answered in time.
    Unanswered,
    /// It was approved, and not made in time.
    NotMadeInTime,
    /// What was made may stand no longer.
    Over,
    /// The plan is missing.
    NoPlan,
    /// Approvals were turned off before what was approved was made.
    TurnedOff,
    /// There are no approvals.
    NotApproved,
    /// What was approved is no way of the plan.
    OtherPlan,
    /// It was approved too long ago.
    ApprovedTooLongAgo,
    /// An approval does not count.
    Objection {
        /// Why not.
        objection: Objection,
    },
    /// An account that the plan changes is not trusted any more.
    NotTrusted {
        /// The account.
        account: AccountId,
    },
    /// The changes have another digest than was approved.
    OtherChanges,
    /// A change adds other statements than its documents show.
    Statements {
        /// The ARN of what it would change.
        target: String,
    },
    /// Nothing stands, because not everything could be made.
    NotMade {
        /// Why not.
        why: Why,
    },
    /// Not everything could be taken back.
    HalfWay {
        /// Why it was taken back.
        why: Why,
        /// What state each account is in.
        accounts: Vec<Remains>,
    },
    /// What was made was changed by others.
    ChangedByOthers {
        /// What they changed.
        what: Differences,
    },
    /// The call was denied again.
    DeniedAgain {
        /// When.
        at: Timestamp,
    },
    /// An adviser says that a document lets everybody in.
    Public {
        /// What was objected to.
        objections: Vec<Opinion>,
    },
    /// By the evidence the call is still denied.
    StillDenied {
        /// The first cause.
        cause: Option<Box<Brief>>,
    },
    /// Facts are missing that decide.
    NotVerified {
        /// The first of them.
        unknown: Option<Box<Unknown>>,
    },
    /// Nothing shows for certain that the call works.
    Unverified {
        /// What was seen.
        seen: Seen,
        /// What advisers objected to.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        objections: Vec<Opinion>,
    },
    /// The call succeeded.
    Succeeded {
        /// When.
        at: Timestamp,
    },
    /// As it was stored before remarks had names.
    #[serde(untagged)]
    Told(String),
}

/// What was seen of a call that every policy allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Seen {
    /// It succeeded.
    Success {
        /// When.
        at: Timestamp,
    },
    /// No later success.
    Nothing,
    /// It could not be looked for.
    NotLooked {
        /// Why not, as whoever looked says it.
        why: String,
    },
}

/// A cause, or a fact that could not be seen, in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Brief {
    /// A cause.
    Cause {
        /// Its code.
        code: CauseCode,
        /// The action that it blocks.
        action: String,
        /// The engine's English sentence.
        message: String,
    },
    /// A fact that could not be seen.
    Unknown {
        /// Which.
        unknown: Box<Unknown>,
    },
    /// As it was stored before lines had codes.
    #[serde(untagged)]
    Told(String),
}

impl From<&Cause> for Brief {
    fn from(cause: &Cause) -> Self {
        let Cause { code, action, message, .. } = cause;
        Self::Cause { code: *code, action: action.clone(), message: message.clone() }
    }
}

impl From<&Unknown> for Brief {
    fn from(unknown: &Unknown) -> Self {
        Self::Unknown { unknown: Box::new(unknown.clone()) }
    }
}

/// In English.
impl fmt::Display for Brief {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cause { message, .. } => message,
            Self::Unknown { unknown } => &unknown.why,
            Self::Told(words) => words,
        })
    }
}

/// In English, for logs; whoever reads it elsewhere has it said in their language.
impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FactsMissing => f.write_str("facts are missing that decide: nothing is planned"),
            Self::ApprovalsOff => f.write_str("a plan is there; approval.enabled is not true"),
            Self::NobodyOwns { account } => {
                write!(f, "a plan is there; approval.owners names nobody for {account}")
            }
            Self::PassedOver => f.write_str("the configuration passes over this principal"),
            Self::Suppressed { reason, until } => write!(f, "{reason} (until {})", minute(*until)),
            Self::Said { reason, person, until: None } => write!(f, "{reason} ({person})"),
            Self::Said { reason, person, until: Some(until) } => {
                write!(f, "{reason} ({person}, until {})", minute(*until))
            }
            Self::Rescoped { scope, person } => {
                write!(f, "planned again with another reach: {} ({person})", scope.name())
            }
            Self::Unanswered => f.write_str("nobody answered in time"),
            Self::NotMadeInTime => f.write_str("it was approved, and not applied in time"),
            Self::Over => f.write_str("its time is over"),
            Self::NoPlan => f.write_str("there is no plan beside the incident"),
            Self::TurnedOff => {
                f.write_str("nothing is changed: approval.enabled is not true any more")
            }
            Self::NotApproved => f.write_str("nobody approved anything"),
            Self::OtherPlan => f.write_str("the plan is another one than was approved"),
            Self::ApprovedTooLongAgo => f.write_str("it was approved too long ago"),
            Self::Objection { objection } => objection.fmt(f),
            Self::NotTrusted { account } => {
                write!(f, "account {account} is not among accounts.trusted")
            }
            Self::OtherChanges => {
                f.write_str("the changes are not those that were approved; plan again")
            }
            Self::Statements { target } => write!(
                f,
                "`{target}`: the statements to add are not what tells the documents before and \
                 after apart; plan again"
            ),
            Self::NotMade { why } => why.fmt(f),
            Self::HalfWay { why, accounts } => {
                why.fmt(f)?;
                accounts.iter().try_for_each(|account| write!(f, " – {account}"))
            }
            Self::ChangedByOthers { what } => what.fmt(f),
            Self::DeniedAgain { at } => {
                write!(f, "denied again at {}, although the change is in place", minute(*at))
            }
            Self::Public { objections } => {
                f.write_str("the change is in place, but it may let everybody in: ")?;
                list(objections, f)
            }
            Self::StillDenied { cause } => {
                f.write_str("the change is in place, but the call is still denied")?;
                cause.iter().try_for_each(|cause| write!(f, ": {cause}"))
            }
            Self::NotVerified { unknown } => {
                let why = unknown.as_ref().map_or("facts are missing", |unknown| &unknown.why);
                write!(f, "not verified: {why}")
            }
            Self::Unverified { seen, objections } => {
                seen.fmt(f)?;
                if objections.is_empty() {
                    return Ok(());
                }
                f.write_str(" – ")?;
                list(objections, f)
            }
            Self::Succeeded { at } => write!(f, "the call succeeded at {}", minute(*at)),
            Self::Told(words) => f.write_str(words),
        }
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unverified: ")?;
        match self {
            Self::Success { at } => write!(f, "the call succeeded at {}", minute(*at)),
            Self::Nothing => {
                f.write_str("every policy allows the call, and no later success was seen")
            }
            Self::NotLooked { why } => f.write_str(why),
        }
    }
}

/// What was objected to, a clause each.
fn list(opinions: &[Opinion], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut between = "";
    for Opinion { of, about, says } in opinions {
        if let Says::Objects(why) = says {
            write!(f, "{between}{of} objects to {about}: {why}")?;
            between = "; ";
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Brief, Remark};
    use crate::change::Why;

    #[test]
    fn is_read_back() {
        let why = Why::Told("AccessDenied".to_owned());
        for remark in [
            Remark::Unanswered,
            Remark::Told("enough (bob)".to_owned()),
            Remark::HalfWay { why, accounts: Vec::new() },
        ] {
            let json = serde_json::to_value(&remark).unwrap();
            assert_eq!(serde_json::from_value::<Remark>(json).unwrap(), remark);
        }
        // As they were stored before they had names.
        let before: Remark = serde_json::from_str("\"its time is over\"").unwrap();
        assert_eq!(before, Remark::Told("its time is over".to_owned()));
        let before: Brief = serde_json::from_str("\"The key is disabled.\"").unwrap();
        assert_eq!(before, Brief::Told("The key is disabled.".to_owned()));
    }
}
