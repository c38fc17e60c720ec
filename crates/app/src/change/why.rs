//! Why a change could not be made, or not be taken back: told as what happened, not as a sentence, so that
//! everybody reads it in their own language.

use super::Differences;
use core::fmt;
use locksmith_core::arn::AccountId;
use locksmith_core::plan::{Change, ChangeKind};
use serde::{Deserialize, Serialize};

/// Why a change could not be made, or not be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Why {
    /// It was this change of several.
    At {
        /// What kind of change.
        kind: ChangeKind,
        /// In which account.
        account: AccountId,
        /// The ARN of what would be changed.
        target: String,
        /// Why it could not.
        why: Box<Why>,
    },
    /// The document is not the one that the change was planned from.
    ChangedSincePlanned {
        /// What is different.
        how: Differences,
    },
    /// Somebody wrote in the moment before we did.
    ChangedMeanwhile {
        /// What is different.
        how: Differences,
    },
    /// What was written does not stand there afterwards.
    NotThere {
        /// What is different.
        how: Differences,
    },
    /// What was taken out stands there afterwards.
    StillThere,
    /// What was written could not be read back.
    NotReadBack {
        /// Why not, as AWS says it.
        why: String,
    },
    /// Others write as often as we look.
    KeepsChanging,
    /// Another work has the lock.
    Held {
        /// The ARN that is locked.
        resource: String,
    },
    /// The lock ran out while we worked.
    LockLost {
        /// The ARN that is locked.
        resource: String,
    },
    /// Adding the statements would not make the document that was planned.
    OtherOutcome,
    /// Something stands that was to be taken back; what state each account is in says more.
    NotAllTakenBack,
    /// What AWS said, or a program about a text that it could not read, in their own words.
    #[serde(untagged)]
    Told(String),
}

impl Why {
    /// Why a change could not be made, with the change.
    pub(super) fn at(change: &Change, why: Self) -> Self {
        let Change { kind, account, target, .. } = change;
        let (kind, account) = (*kind, *account);
        Self::At { kind, account, target: target.clone(), why: Box::new(why) }
    }
}

impl From<String> for Why {
    fn from(told: String) -> Self {
        Self::Told(told)
    }
}

/// In English, for the command line.
impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At { kind, account, target, why } => {
                write!(f, "{} on `{target}` in {account}: {why}", kind.name())
            }
            Self::ChangedSincePlanned { how } => {
                write!(f, "it changed since it was planned: {how}; plan again")
            }
            Self::ChangedMeanwhile { how } => {
                write!(f, "it changed while it was about to be written: {how}; plan again")
            }
            Self::NotThere { how } => {
                write!(f, "what was written is not there: {how}")
            }
            Self::StillThere => f.write_str("it was taken out, and is still there"),
            Self::NotReadBack { why } => write!(f, "it could not be read back: {why}"),
            Self::KeepsChanging => f.write_str("others keep changing it; try again later"),
            Self::Held { resource } => {
                write!(f, "another work holds `{resource}`; try again later")
            }
            Self::LockLost { resource } => {
                write!(f, "the lock of `{resource}` ran out, and another work has taken it")
            }
            Self::OtherOutcome => {
                f.write_str("with the statements added it would not become what was planned")
            }
            Self::NotAllTakenBack => f.write_str("not everything could be taken back"),
            Self::Told(words) => f.write_str(words),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Why;

    #[test]
    fn is_read_back() {
        for why in [
            Why::Told("AccessDenied".to_owned()),
            Why::KeepsChanging,
            Why::NotReadBack { why: "Throttling".to_owned() },
            Why::Held { resource: "arn:aws:s3:::reports".to_owned() },
        ] {
            let json = serde_json::to_value(&why).unwrap();
            assert_eq!(serde_json::from_value::<Why>(json).unwrap(), why);
        }
        // As it was noted before reasons had names.
        let before: Why = serde_json::from_str("\"no answer came\"").unwrap();
        assert_eq!(before.to_string(), "no answer came");
    }
}
