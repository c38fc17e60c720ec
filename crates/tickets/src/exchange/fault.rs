//! What goes wrong with a call.

use jiff::SignedDuration;
use locksmith_app::ports::TellError;

/// What went wrong with a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It was not done, and may be done later.
    Busy {
        /// Why.
        why: String,
        /// How long the system wants to be left alone.
        after: Option<SignedDuration>,
    },
    /// It may have been done or not: the answer never came, or the system failed on the way.
    Unsure(String),
    /// The system does not take the secret.
    Denied(String),
    /// What was asked for is not there.
    Missing {
        /// Why.
        why: String,
        /// Whether the system says that it was there, and will not be again.
        for_good: bool,
    },
    /// It is not done before somebody changes something.
    Refused(String),
}

impl Fault {
    /// What is told to the caller.
    pub(crate) fn why(&self) -> &str {
        match self {
            Self::Busy { why, .. }
            | Self::Unsure(why)
            | Self::Denied(why)
            | Self::Missing { why, .. }
            | Self::Refused(why) => why,
        }
    }
}

impl From<Fault> for TellError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Busy { why, after } => Self::Later { why, after },
            Fault::Unsure(why) => Self::Later { why, after: None },
            Fault::Denied(why) | Fault::Missing { why, .. } | Fault::Refused(why) => {
                Self::Refused(why)
            }
        }
    }
}
