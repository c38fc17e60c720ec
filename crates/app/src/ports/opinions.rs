//! What AWS's own advisers say of a change that was made.

use crate::change::Journal;
use crate::incident::Incident;
use core::fmt;
use core::future::Future;
use locksmith_core::diagnosis::Diagnosis;
use serde::{Deserialize, Serialize};

/// What somebody else says of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// Whose opinion it is.
    pub of: Adviser,
    /// What it is about: a document, such as `bucket_policy · arn:aws:s3:::reports`, or a permission,
    /// such as `s3:GetObject · arn:aws:s3:::reports/q3.parquet`.
    pub about: String,
    /// What is said.
    pub says: Says,
}

/// Somebody who can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Adviser {
    /// IAM Access Analyzer, on the document alone: whether it is well-formed and without risk.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-policy-validation.html>
    PolicyValidation,
    /// IAM Access Analyzer, on whether a resource's policy lets everybody in.
    /// <https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoPublicAccess.html>
    PublicAccess,
    /// IAM's policy simulator, on whether the caller may.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html>
    Simulator,
}

impl Adviser {
    /// Everybody who can be asked.
    pub const ALL: [Self; 3] = [Self::PolicyValidation, Self::PublicAccess, Self::Simulator];

    /// Whether the opinion is about a text alone, so that it stays the same as long as the text does.
    pub fn judges_text(self) -> bool {
        match self {
            Self::PolicyValidation | Self::PublicAccess => true,
            Self::Simulator => false,
        }
    }
}

impl fmt::Display for Adviser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PolicyValidation => "IAM Access Analyzer's policy validation",
            Self::PublicAccess => "IAM Access Analyzer's check for public access",
            Self::Simulator => "IAM's policy simulator",
        })
    }
}

/// What an adviser says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is", content = "why")]
pub enum Says {
    /// It finds nothing wrong.
    Agrees,
    /// It finds something wrong that was not so before the change, in its own words.
    Objects(String),
    /// It could not be asked, or cannot judge this: why.
    NotAvailable(String),
}

/// Asks those whom an account has.
///
/// Nobody has to have them, so nothing fails here: what is refused, not offered in a Region or not
/// answered in time is [`Says::NotAvailable`]. The answers come within seconds, or are that.
pub trait Opinions: Sync {
    /// What is said of each document as the changes of a journal left it, compared with the document
    /// before.
    fn of_documents(
        &self,
        incident: &Incident,
        journal: &Journal,
    ) -> impl Future<Output = Vec<Opinion>> + Send;

    /// What is said of each permission that an incident's call needs, where the diagnosis found the
    /// call allowed.
    fn of_call(
        &self,
        incident: &Incident,
        journal: &Journal,
        diagnosis: &Diagnosis,
    ) -> impl Future<Output = Vec<Opinion>> + Send;
}
