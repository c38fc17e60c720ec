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
    /// 2: facts are missing that decide.
    Unknown,
    /// 3: the arguments, the event or a line of input cannot be understood.
    BadInput,
    /// 4: the evidence could not be read.
    Evidence,
    /// 5: the answer could not be written.
    Output,
}

/// The table that `--help` shows.
pub(crate) const TABLE: &str = "Exit status:
  0  allowed, or nothing to explain
  1  denied and explained
  2  unknown: facts are missing that decide
  3  bad input
  4  the evidence could not be read
  5  the answer could not be written\n";

/// What `collect` ends with.
pub(crate) const COLLECT: &str = "Exit status:
  0  the folder was written; what could not be read is named
  3  bad input
  4  there are no AWS credentials
  5  the folder could not be written\n";

impl Exit {
    /// The status of one answer.
    pub(crate) fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Allowed => Self::Done,
            Verdict::Denied => Self::Denied,
            Verdict::Unknown => Self::Unknown,
        }
    }

    /// The status of several answers: denied if any is, else unknown if any is.
    pub(crate) fn of_all(verdicts: impl IntoIterator<Item = Verdict>) -> Self {
        verdicts.into_iter().map(Self::of).fold(Self::Done, |worst, exit| match (worst, exit) {
            (Self::Denied, _) | (_, Self::Denied) => Self::Denied,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            _ => Self::Done,
        })
    }

    /// The number that the shell sees.
    pub(crate) fn status(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Denied => 1,
            Self::Unknown => 2,
            Self::BadInput => 3,
            Self::Evidence => 4,
            Self::Output => 5,
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
    use locksmith_core::diagnosis::Verdict::{Allowed, Denied, Unknown};

    #[test]
    fn the_worst_of_several_answers() {
        assert_eq!(Exit::of_all([]), Exit::Done);
        assert_eq!(Exit::of_all([Allowed, Allowed]), Exit::Done);
        assert_eq!(Exit::of_all([Allowed, Unknown]), Exit::Unknown);
        assert_eq!(Exit::of_all([Unknown, Denied, Allowed]), Exit::Denied);
    }
}
