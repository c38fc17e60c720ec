//! The record of a work: what is to be changed, and how far it got. It is stored before each write
//! and after it, so that whoever finds it knows what may stand in the accounts.

use super::{Differences, Why};
use crate::ports::Opinion;
use core::fmt;
use jiff::Timestamp;
use locksmith_core::arn::AccountId;
use locksmith_core::plan::{Change, ChangeKind, Digest};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A work: changes, and what became of each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Journal {
    /// The incident's id, or another short name of letters, digits and hyphens.
    pub name: String,
    /// The digest that was approved.
    pub digest: Digest,
    /// Counts the times it was stored.
    pub version: u64,
    /// When the run began that works on it, or worked on it last. It tells two runs apart that
    /// began with the same journal.
    pub claimed_at: Timestamp,
    /// How far the work as a whole is.
    pub state: State,
    /// The changes in the order in which they are made.
    pub steps: Vec<Step>,
    /// What AWS's own advisers said last of the changes, once they were made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opinions: Vec<Opinion>,
}

/// How far a work is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum State {
    /// The changes are being made.
    Applying,
    /// Every change stands.
    Applied,
    /// What was made is being taken back, because not all could be made.
    RollingBack {
        /// Why not.
        why: Why,
    },
    /// Nothing stands that was not there before.
    RolledBack {
        /// Why the changes could not be made.
        why: Why,
    },
    /// The changes are being taken back.
    Undoing,
    /// Nothing of it stands, but for what others rely on ([`Status::Kept`]).
    Undone,
    /// Not everything could be taken back.
    /// [`Journal::remains`] says what state each account is in.
    Failed {
        /// Why the changes were taken back.
        why: Why,
    },
}

/// What state an account is in after changes were taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remains {
    /// The account.
    pub account: AccountId,
    /// What still stands there or may stand there; empty where the account is as it was.
    pub what: Vec<Left>,
}

/// What a change left in an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// What kind of change.
    pub kind: ChangeKind,
    /// The ARN of what was changed.
    pub target: String,
    /// How it stands.
    pub how: LeftHow,
}

/// How stands what a change left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum LeftHow {
    /// As it was made.
    Stands,
    /// It may stand or not.
    Open,
    /// Others changed it, so it was left.
    Changed {
        /// What they changed.
        what: Differences,
    },
    /// It could not be taken back.
    Stuck {
        /// Why not.
        why: Why,
    },
}

/// One change, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The change.
    pub change: Change,
    /// How far it is.
    pub status: Status,
    /// Since when.
    pub at: Timestamp,
    /// The exact texts before and after; none where nothing was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub texts: Option<Texts>,
}

/// The exact texts of a document around our write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    /// What stood there; none where nothing did.
    pub before: Option<String>,
    /// What is to be written while the step is [`Status::Writing`], afterwards what was read back;
    /// none where somebody else wrote before it was.
    pub after: Option<String>,
}

/// How far a change is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Status {
    /// Nothing was written.
    Planned,
    /// It is being written: it may stand or not.
    Writing,
    /// It was written, and read back.
    Written,
    /// It stood there before we wrote anything. Another work made it and will take it back.
    Stood,
    /// It could not be made, and nothing was written.
    Failed {
        /// Why not.
        why: Why,
    },
    /// It is being taken back: it may stand or not.
    Undoing,
    /// It does not stand any more.
    Undone,
    /// It stands, wholly or in part, because others rely on it.
    Kept,
    /// Others changed it, so it was left as it is.
    ChangedByOthers {
        /// What they changed.
        what: Differences,
    },
    /// It could not be taken back: it may stand or not.
    Stuck {
        /// Why not.
        why: Why,
    },
}

impl Journal {
    /// The journal of changes that are still to be made.
    pub fn new(name: &str, digest: Digest, changes: Vec<Change>, now: Timestamp) -> Self {
        let planned = |change| Step { change, status: Status::Planned, at: now, texts: None };
        Self {
            name: name.to_owned(),
            digest,
            version: 0,
            claimed_at: now,
            state: State::Applying,
            steps: changes.into_iter().map(planned).collect(),
            opinions: Vec::new(),
        }
    }

    /// The digest of the changes as they stand here.
    pub fn recomputed(&self) -> Digest {
        let changes: Vec<Change> = self.steps.iter().map(|step| step.change.clone()).collect();
        Digest::of_changes(&changes)
    }

    /// What state each account is in, by what became of its changes.
    pub fn remains(&self) -> Vec<Remains> {
        let accounts: BTreeSet<AccountId> =
            self.steps.iter().map(|step| step.change.account).collect();
        let of = |account| {
            let own = self.steps.iter().filter(|step| step.change.account == account);
            Remains { account, what: own.filter_map(Step::remains).collect() }
        };
        accounts.into_iter().map(of).collect()
    }
}

impl Step {
    /// Whether something of it may stand that this work would take back.
    pub fn may_stand(&self) -> bool {
        !matches!(
            self.status,
            Status::Planned | Status::Failed { .. } | Status::Stood | Status::Undone
        )
    }

    fn remains(&self) -> Option<Left> {
        let how = match &self.status {
            Status::Planned
            | Status::Failed { .. }
            | Status::Stood
            | Status::Undone
            | Status::Kept => return None,
            Status::Written => LeftHow::Stands,
            Status::Writing | Status::Undoing => LeftHow::Open,
            Status::ChangedByOthers { what } => LeftHow::Changed { what: what.clone() },
            Status::Stuck { why } => LeftHow::Stuck { why: why.clone() },
        };
        let Change { kind, target, .. } = &self.change;
        Some(Left { kind: *kind, target: target.clone(), how })
    }
}

/// In English, as part of a remark.
impl fmt::Display for Remains {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "account {}: ", self.account)?;
        if self.what.is_empty() {
            return f.write_str("as it was");
        }
        for (place, left) in self.what.iter().enumerate() {
            let between = if place == 0 { "" } else { "; " };
            write!(f, "{between}{left}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, target, how } = self;
        write!(f, "{} on `{target}` ", kind.name())?;
        match how {
            LeftHow::Stands => f.write_str("is in place"),
            LeftHow::Open => f.write_str("may be in place or not"),
            LeftHow::Changed { what } => {
                write!(f, "was left, because others changed it: {what}")
            }
            LeftHow::Stuck { why } => write!(f, "could not be taken back: {why}"),
        }
    }
}
