//! Exit statuses: part of the interface, so scripts may rely on them.

use locksmith_core::diagnosis::Verdict;
use std::process::ExitCode;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: the call is allowed, or there was nothing to explain, or the work is done.
    Done,
    /// 1: the call is denied, and explained.
    Denied,
    /// 1: something is left to people, or what was begun is taken back.
    NotDone,
    /// 2: facts are missing that decide.
    Unknown,
    /// 3: the arguments, the event or a line of input cannot be understood.
    BadInput,
    /// 4: the evidence could not be read.
    Evidence,
    /// 5: the answer could not be written.
    Output,
    /// 6: a change is half made: something stands that should not.
    HalfWay,
}

/// What holds for every command, for the program's own `--help`.
pub(crate) const COMMON: &str = "Exit status; --help of each command lists its own:
  0  done, or the call is allowed
  3  bad input
  5  the answer could not be written\n";

/// What `explain` ends with.
pub(crate) const EXPLAIN: &str = "Exit status:
  0  allowed, or nothing to explain
  1  denied and explained
  2  unknown: facts are missing that decide
  3  bad input
  4  the evidence could not be read
  5  the answer could not be written\n";

/// What `plan` ends with.
pub(crate) const PLAN: &str = "Exit status:
  0  the changes make every call succeed
  1  something is left to people, or there is nothing to change
  2  unknown: facts are missing that decide
  3  bad input
  4  the evidence could not be read
  5  the plan could not be written\n";

/// What `apply` and `undo` end with.
pub(crate) const APPLY: &str = "Exit status:
  0  done: every change stands, or with undo none
  1  not done, and nothing is changed that was not before
  3  bad input, or no consent
  4  AWS could not be reached
  5  the journal or the answer could not be written
  6  half-way: something stands that should not, and is named\n";

/// What `collect` ends with.
pub(crate) const COLLECT: &str = "Exit status:
  0  the folder was written; what could not be read is named
  3  bad input
  4  there are no AWS credentials
  5  the folder could not be written\n";

/// What `demo` ends with.
pub(crate) const DEMO: &str = "Exit status:
  0  it was told to stop
  3  bad input, or the port or the folder cannot be had
  5  the answer could not be written\n";

/// What only prints ends with.
pub(crate) const PRINTED: &str = "Exit status:
  0  it was printed
  3  bad input
  5  it could not be written\n";

/// What `config check` ends with.
pub(crate) const CONFIG: &str = "Exit status:
  0  the functions would take it; warnings may stand there
  3  they would refuse it, or it could not be read
  5  the answer could not be written\n";

impl Exit {
    /// The status of one answer.
    pub(crate) fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Allowed => Self::Done,
            Verdict::Denied => Self::Denied,
            Verdict::Unknown => Self::Unknown,
        }
    }

    /// The status of several answers: denied or not done if any is, else unknown if any is.
    pub(crate) fn of_all(exits: impl IntoIterator<Item = Self>) -> Self {
        let weight = |exit: &Self| match exit.status() {
            0 => 0,
            2 => 1,
            _ => 2,
        };
        exits.into_iter().max_by_key(weight).unwrap_or(Self::Done)
    }

    /// The number that the shell sees.
    pub(crate) fn status(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Denied | Self::NotDone => 1,
            Self::Unknown => 2,
            Self::BadInput => 3,
            Self::Evidence => 4,
            Self::Output => 5,
            Self::HalfWay => 6,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.status())
    }
}

#[cfg(test)]
mod tests {
    use super::Exit;
    use locksmith_core::diagnosis::Verdict::{self, Allowed, Denied, Unknown};

    #[test]
    fn the_worst_of_several_answers() {
        let all = |verdicts: &[Verdict]| Exit::of_all(verdicts.iter().copied().map(Exit::of));
        assert_eq!(all(&[]), Exit::Done);
        assert_eq!(all(&[Allowed, Allowed]), Exit::Done);
        assert_eq!(all(&[Allowed, Unknown]), Exit::Unknown);
        assert_eq!(all(&[Unknown, Denied, Allowed]), Exit::Denied);
    }
}
