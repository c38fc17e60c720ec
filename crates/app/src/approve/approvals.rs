//! What owners decided on a plan, as it is stored beside the incident.

use jiff::Timestamp;
use locksmith_core::arn::AccountId;
use locksmith_core::plan::Digest;
use serde::{Deserialize, Serialize};

/// What owners decided on a plan. A plan that is made anew begins without any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approvals {
    /// Who agreed.
    pub given: Vec<Approval>,
    /// Who refused, or wanted to hear no more of it.
    pub ended: Option<Ended>,
    /// Who wants back what was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo: Option<Ended>,
}

/// One person's agreement, for one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The account in which changes are agreed to.
    pub account: AccountId,
    /// Who agreed.
    pub person: String,
    /// To exactly which changes.
    pub digest: Digest,
    /// When.
    pub at: Timestamp,
    /// By which means, such as an address or a channel.
    pub from: String,
    /// To the question asked at this time; a question that is asked anew begins without approvals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<Timestamp>,
    /// The user group to which the person belonged, where that gave the right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Why it could not wait for the owners, where it was given by break-glass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub break_glass: Option<String>,
}

/// The end of asking, or of what was agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Who ended it.
    pub person: String,
    /// Why.
    pub reason: String,
    /// Until when nobody wants to hear of it; none where it is not a denial that is right.
    pub until: Option<Timestamp>,
    /// When.
    pub at: Timestamp,
    /// By which means, such as an address or a channel.
    pub from: String,
}
