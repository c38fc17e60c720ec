//! What a plan is meant to allow, said independently of the statements that do it: the proof
//! compares what was opened with this.

use crate::policy::Action;
use std::collections::BTreeMap;

/// What a plan is meant to allow, and to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Intent {
    /// The ARN of the role whose sessions, or of the user who, is let in.
    pub(crate) entity: String,
    /// What for.
    pub(crate) permissions: Vec<Intended>,
    /// When it ends, in seconds since 1970; none where it does not.
    pub(crate) until: Option<i64>,
}

/// One action that is meant to be allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Intended {
    /// The action.
    pub(crate) action: Action,
    /// On what: an object, a bucket, a key, a role.
    pub(crate) resource: Reach,
    /// How the key is used; none for what is no key, and for calls of which nothing of it is known.
    pub(crate) usage: Option<Usage>,
    /// The access point through which a bucket is reached; none where it does not matter.
    pub(crate) point: Option<String>,
}

/// A text, or all texts that begin alike. Nothing in it is a wildcard.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// This text alone.
    Exactly(String),
    /// Everything that begins with this.
    Below(String),
}

/// How a key is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Usage {
    /// The value of `kms:ViaService`; none where it does not matter: for calls to KMS itself.
    pub(crate) via: Option<String>,
    /// The encryption context's pairs, each with the values that are meant.
    pub(crate) context: BTreeMap<String, Vec<Reach>>,
}

impl Intended {
    /// Whether another action is meant on the same, in the same way.
    pub(crate) fn is_alike(&self, other: &Self) -> bool {
        (&self.resource, &self.usage, &self.point) == (&other.resource, &other.usage, &other.point)
    }
}

impl Reach {
    /// Whether it holds a text.
    pub(crate) fn holds(&self, text: &str) -> bool {
        match self {
            Self::Exactly(one) => one == text,
            Self::Below(start) => text.starts_with(start.as_str()),
        }
    }
}
