//! What changes are made to: one document in one account each.

use core::fmt;
use core::future::Future;
use locksmith_core::arn::AccountId;
use locksmith_core::plan::{Change, ChangeKind};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where one document stands: a bucket's policy, a role's inline policy of a name, a grant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Slot {
    /// What kind of document it is.
    pub kind: ChangeKind,
    /// The account.
    pub account: AccountId,
    /// The ARN of the bucket, access point, key, role or user.
    pub target: String,
    /// The Region; none for IAM.
    pub region: Option<String>,
    /// The name of the inline policy or of the grant.
    pub name: Option<String>,
}

impl Slot {
    /// What a change writes to.
    pub fn of(change: &Change) -> Self {
        let name = match change.kind {
            ChangeKind::CreateGrant => change.after.get("Name").and_then(Value::as_str),
            _ => change.policy_name.as_deref(),
        };
        Self {
            kind: change.kind,
            account: change.account,
            target: change.target.clone(),
            region: change.region.clone(),
            name: name.map(str::to_owned),
        }
    }
}

/// For what the accounts are entered: it names the session and narrows what the session may do.
#[derive(Clone, Copy, Debug)]
pub struct Work<'a> {
    /// The incident's id, or another short name of letters, digits and hyphens.
    pub name: &'a str,
    /// Every document that the work may touch.
    pub slots: &'a [Slot],
}

/// A document that could not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteError {
    /// It was refused, and nothing was written.
    Refused(String),
    /// Whether it was written is not known: the answer did not come.
    Unclear(String),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => f.write_str(why),
            Self::Unclear(why) => write!(f, "{why}; whether it was written is not known"),
        }
    }
}

impl core::error::Error for WriteError {}

/// Reads and replaces documents in the accounts, as the role that may write.
pub trait Documents: Sync {
    /// The document as AWS holds it, byte for byte; none where there is none, also where the resource
    /// itself is gone. A grant is told as the request of `CreateGrant` that makes it, default
    /// encryption as its configuration.
    ///
    /// # Errors
    /// Why it could not be read.
    fn read(
        &self,
        work: Work<'_>,
        slot: &Slot,
    ) -> impl Future<Output = Result<Option<String>, String>> + Send;

    /// Replaces the document; none deletes it, which also succeeds where it is gone already.
    ///
    /// # Errors
    /// [`WriteError`].
    fn write(
        &self,
        work: Work<'_>,
        slot: &Slot,
        text: Option<&str>,
    ) -> impl Future<Output = Result<(), WriteError>> + Send;
}
