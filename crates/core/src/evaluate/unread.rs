//! Why a policy that is in force could not be read.

use core::fmt;
use std::sync::Arc;

/// Why a policy, or a list of policies, could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is not in the evidence: its name, or of whom it is.
    NotInEvidence(Arc<str>),
    /// The caller is not in the evidence. It made the call, so it was there: it may have been deleted since.
    CallerNotInEvidence(Arc<str>),
    /// Nobody reads the policies of this service's resources.
    NotReadByDesign,
    /// Whose account the caller belongs to is not known, and so its policies are not.
    CallersAccount,
    /// Which account manages the organization, whose policies do not restrict that one.
    ManagementAccount,
    /// A federated session's policy, which is in no event and without which it has no permissions.
    FederatedSession,
    /// As whoever tried to read it says.
    Said(Arc<str>),
}

impl Unread {
    /// That something is not in the evidence.
    pub fn not_in_evidence(what: &str) -> Self {
        Self::NotInEvidence(what.into())
    }
}

impl From<&str> for Unread {
    fn from(said: &str) -> Self {
        Self::Said(said.into())
    }
}

impl From<&String> for Unread {
    fn from(said: &String) -> Self {
        Self::Said(said.as_str().into())
    }
}

impl From<String> for Unread {
    fn from(said: String) -> Self {
        Self::Said(said.into())
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInEvidence(what) => write!(f, "{what} is not in the evidence"),
            Self::CallerNotInEvidence(arn) => {
                write!(f, "{arn} is not in the evidence; it may have been deleted since")
            }
            Self::NotReadByDesign => {
                f.write_str("the policies of this service's resources are not read")
            }
            Self::CallersAccount => f.write_str("whose account the caller belongs to is not known"),
            Self::ManagementAccount => {
                f.write_str("which account manages the organization could not be read")
            }
            Self::FederatedSession => f.write_str("a session policy is not part of the event"),
            Self::Said(why) => f.write_str(why),
        }
    }
}
