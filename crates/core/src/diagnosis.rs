//! The diagnosis: what `locksmith explain` prints as JSON, and what every other view shows.

use crate::arn::AccountId;
use crate::evaluate::{Answer, Layer, Outcome};
use schemars::JsonSchema;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

mod code;

pub use code::{CauseCode, PolicyProblem};

/// Why a call was denied, or that it is allowed, or what keeps that open.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Diagnosis {
    /// Whether the call is denied.
    pub verdict: Verdict,
    /// The call.
    pub call: CallSummary,
    /// The matrix: one row for each permission that the call needs.
    pub permissions: Vec<Permission>,
    /// All that blocks the call, in the order in which to fix it.
    pub causes: Vec<Cause>,
    /// The facts that are missing.
    pub unknowns: Vec<Unknown>,
    /// What AWS itself said; none where the event carries no error.
    pub aws_message: Option<AwsMessage>,
    /// Whether the caller's account trusts the key; none where no key is involved.
    pub key_trust: Option<KeyTrust>,
    /// How sure the diagnosis is.
    pub confidence: Confidence,
}

/// Whether the call is denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Denied, whatever the missing facts are.
    Denied,
    /// Allowed, whatever the missing facts are.
    Allowed,
    /// It depends on missing facts.
    Unknown,
}

/// The call, as the event or the command line tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CallSummary {
    /// The API operation, such as `GetObject`.
    pub operation: String,
    /// The service's namespace, such as `s3`.
    pub service: String,
    /// The caller's ARN, unique id, service or `*`.
    pub principal: String,
    /// The caller's account.
    pub principal_account: Option<AccountId>,
    /// What was called on.
    pub resource: Option<String>,
    /// Its account.
    pub resource_account: Option<AccountId>,
    /// The Region.
    pub region: Option<String>,
    /// CloudTrail's id of the event.
    pub event_id: Option<String>,
    /// When, in ISO 8601.
    pub event_time: Option<String>,
    /// The error code of the event.
    pub error_code: Option<String>,
}

/// A row of the matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Permission {
    /// Such as `kms:Decrypt`.
    pub action: String,
    /// The ARN; `*` where it is not known.
    pub resource: String,
    /// Its account.
    pub resource_account: Option<AccountId>,
    /// Whether the permission is given.
    pub decision: Answer,
    /// The cells, in the order of the layers.
    pub layers: Vec<Cell>,
}

/// What one layer says about one permission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// The layer.
    pub layer: Layer,
    /// Whose it is.
    pub account: Option<AccountId>,
    /// What it says.
    pub outcome: Outcome,
    /// The statements that decided, or those that nearly matched.
    pub statements: Vec<StatementNote>,
}

/// A statement, with what it made of the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StatementNote {
    /// The policy's ARN or name; a grant's id.
    pub policy: String,
    /// Its `Sid`.
    pub sid: Option<String>,
    /// Its place in the policy.
    pub index: u32,
    /// `Allow` or `Deny`.
    pub effect: String,
    /// What did not match; empty for a statement that decided.
    pub missed: Vec<Missed>,
    /// Where it stands in the evidence.
    pub at: Option<Place>,
    /// The statement itself.
    pub statement: Option<serde_json::Value>,
}

/// A place in the evidence.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// The file's name in the evidence folder.
    pub file: String,
    /// The path in it, such as `S3.Buckets[0].Policy.Statement[1]`.
    pub path: String,
}

/// An element of a statement that did not match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Missed {
    /// `Principal`, `Action`, `Resource`, or `Condition.StringEquals.aws:SourceVpce`.
    pub element: String,
    /// What the statement asks for.
    pub expected: String,
    /// What the request has.
    pub found: String,
}

/// One reason for the denial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cause {
    /// What is wrong.
    pub code: CauseCode,
    /// The account in which it is.
    pub account: Option<AccountId>,
    /// The ARN of what has the policy or the setting.
    pub target: String,
    /// The permission that it blocks.
    pub action: String,
    /// The statement that denies or nearly allows.
    pub statement: Option<StatementNote>,
    /// Whether Locksmith can mend it.
    pub fix: Fix,
    /// The cause in plain words.
    pub message: String,
}

/// Whether Locksmith can mend a cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fix {
    /// It can propose a change.
    Automatic,
    /// Somebody has to decide and change it.
    Manual,
    /// There is nothing to change.
    None,
}

/// A missing fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unknown {
    /// The layer that it keeps open.
    pub layer: Option<Layer>,
    /// Whose it is.
    pub account: Option<AccountId>,
    /// The condition key, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// What kind of fact it is.
    #[serde(default)]
    pub code: UnknownCode,
    /// The statement of which it is not known whether it applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<StatementPlace>,
    /// What it is about, where it is one of several: what is not in the evidence, by name. Of what could
    /// not be read, what whoever tried to says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Why it is not known.
    pub why: String,
}

/// A kind of missing fact.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum UnknownCode {
    /// As older versions say it, which gave no codes.
    #[default]
    Told,
    /// A policy or a list of them could not be read.
    Unread,
    /// A policy, or what has policies, is not in the evidence.
    NotInEvidence,
    /// The policies of this service's resources are not read.
    NotReadByDesign,
    /// Whose account the caller belongs to.
    CallersAccount,
    /// Which account manages the organization.
    ManagementAccount,
    /// The policy of a federated session, which has no permissions without one.
    FederatedSession,
    /// Whether the session has a policy, which no event tells.
    SessionPolicy,
    /// Whether Block Public Access restricts the bucket.
    BlockPublicAccess,
    /// The value of a condition key, which the event does not tell.
    ConditionKey,
    /// Whether a statement applies to the call.
    Statement,
    /// Who owns the object, or whom its access control list lets in.
    ObjectOwner,
    /// Whether the caller may list the bucket, so that S3 would say that the object is not there.
    Listing,
    /// Whether the bucket lets its requesters pay.
    RequesterPays,
    /// Whether the request agrees to pay.
    RequesterConsent,
    /// Which kinds of encryption the bucket refuses.
    EncryptionTypes,
    /// Whether the bucket takes access control lists.
    AccessControlLists,
    /// Whether AWS manages the key.
    KeyManager,
    /// The state of the key.
    KeyState,
    /// The key `aws/s3`, which S3 makes with its first use.
    AwsS3Key,
    /// Which permission the call needs.
    Permission,
}

impl UnknownCode {
    /// Every code.
    pub const ALL: [Self; 21] = [
        Self::Told,
        Self::Unread,
        Self::NotInEvidence,
        Self::NotReadByDesign,
        Self::CallersAccount,
        Self::ManagementAccount,
        Self::FederatedSession,
        Self::SessionPolicy,
        Self::BlockPublicAccess,
        Self::ConditionKey,
        Self::Statement,
        Self::ObjectOwner,
        Self::Listing,
        Self::RequesterPays,
        Self::RequesterConsent,
        Self::EncryptionTypes,
        Self::AccessControlLists,
        Self::KeyManager,
        Self::KeyState,
        Self::AwsS3Key,
        Self::Permission,
    ];

    /// Its name in a diagnosis.
    pub fn name(self) -> &'static str {
        match self {
            Self::Told => "told",
            Self::Unread => "unread",
            Self::NotInEvidence => "not_in_evidence",
            Self::NotReadByDesign => "not_read_by_design",
            Self::CallersAccount => "callers_account",
            Self::ManagementAccount => "management_account",
            Self::FederatedSession => "federated_session",
            Self::SessionPolicy => "session_policy",
            Self::BlockPublicAccess => "block_public_access",
            Self::ConditionKey => "condition_key",
            Self::Statement => "statement",
            Self::ObjectOwner => "object_owner",
            Self::Listing => "listing",
            Self::RequesterPays => "requester_pays",
            Self::RequesterConsent => "requester_consent",
            Self::EncryptionTypes => "encryption_types",
            Self::AccessControlLists => "access_control_lists",
            Self::KeyManager => "key_manager",
            Self::KeyState => "key_state",
            Self::AwsS3Key => "aws_s3_key",
            Self::Permission => "permission",
        }
    }
}

/// Where a statement stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StatementPlace {
    /// The policy, by ARN or name; none where it has no name.
    pub policy: Option<String>,
    /// Its place in the policy, counted from 0.
    pub index: u32,
}

/// What AWS said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AwsMessage {
    /// The text.
    pub text: Option<String>,
    /// The layer that it blames; none where it names no layer.
    pub layer: Option<Layer>,
    /// `implicit` or `explicit`.
    pub effect: Option<String>,
    /// The ARN of the policy that it names.
    pub policy_arn: Option<String>,
    /// False where our verdict contradicts it, or it blames a layer that we do not.
    pub agrees: bool,
}

/// Whether the caller's account trusts the key: the second half of AWS's flow chart for KMS.
/// <https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeyTrust {
    /// The key belongs to the caller's account.
    OwnAccount,
    /// A policy or grant of the caller's account names the key.
    ExplicitlyPermitted,
    /// None does.
    NotEstablished,
}

/// How sure a diagnosis is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Nothing that matters is missing, and AWS's message agrees.
    Certain,
    /// Something that may matter is missing, or AWS's message names something else.
    Likely,
    /// What decides is missing.
    Open,
}

impl Serialize for CauseCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CauseCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::parse(&name).ok_or_else(|| D::Error::custom(format!("`{name}` is no cause's code")))
    }
}
