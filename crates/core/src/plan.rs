//! The plan: the smallest change after which a call succeeds, with its proof. What `locksmith plan`
//! prints as JSON, what owners approve, and what is applied.

use crate::arn::AccountId;
use crate::diagnosis::{CallSummary, Verdict};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

mod digest;
pub mod document;
pub mod limits;

pub use digest::{Digest, DigestError};

/// What would have to change for a call to succeed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// Names exactly these changes: SHA-256 over each change's kind, account, target, policy name,
    /// documents before and after, as canonical JSON (RFC 8785).
    pub digest: Digest,
    /// Whether the call succeeds once the changes are made, with nothing left for people to do.
    pub resolves: bool,
    /// The changes, in the order in which to make them.
    pub changes: Vec<Change>,
    /// Other ways, by rising risk.
    pub alternatives: Vec<Alternative>,
    /// What people have to do or to know.
    pub manual: Vec<Manual>,
    /// What the engine says of the call with and without the changes.
    pub proof: Proof,
    /// The call.
    pub call: CallSummary,
    /// What the changes let the caller reach.
    pub scope: Scope,
    /// When the changes stop having effect, in ISO 8601; none where they stay.
    pub expires_at: Option<String>,
    /// Statements and grants of ours that the call needs, those that this plan adds among them.
    pub relies_on: Vec<Reliance>,
}

/// How much of a bucket a change lets the caller reach.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The object that was called on.
    #[default]
    Object,
    /// What is in the object's folder, and below.
    Prefix,
    /// Every object of the bucket.
    Bucket,
}

impl Scope {
    /// Every reach, the narrowest first.
    pub const ALL: [Self; 3] = [Self::Object, Self::Prefix, Self::Bucket];

    /// The name in every format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Object => "object",
            Self::Prefix => "prefix",
            Self::Bucket => "bucket",
        }
    }
}

/// What a change does.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Adds statements to a bucket's policy, or makes it.
    PutBucketPolicy,
    /// Adds statements to an access point's policy, or makes it.
    PutAccessPointPolicy,
    /// Adds statements to a KMS key's policy.
    PutKeyPolicy,
    /// Makes a grant on a KMS key.
    CreateGrant,
    /// Sets a bucket's default encryption.
    PutBucketEncryption,
    /// Adds statements to a role's trust policy.
    PutTrustPolicy,
    /// Gives a role an inline policy.
    PutRolePolicy,
    /// Gives a user an inline policy.
    PutUserPolicy,
}

impl ChangeKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::PutBucketPolicy,
        Self::PutAccessPointPolicy,
        Self::PutKeyPolicy,
        Self::CreateGrant,
        Self::PutBucketEncryption,
        Self::PutTrustPolicy,
        Self::PutRolePolicy,
        Self::PutUserPolicy,
    ];

    /// The name in every format.
    pub fn name(self) -> &'static str {
        match self {
            Self::PutBucketPolicy => "put_bucket_policy",
            Self::PutAccessPointPolicy => "put_access_point_policy",
            Self::PutKeyPolicy => "put_key_policy",
            Self::CreateGrant => "create_grant",
            Self::PutBucketEncryption => "put_bucket_encryption",
            Self::PutTrustPolicy => "put_trust_policy",
            Self::PutRolePolicy => "put_role_policy",
            Self::PutUserPolicy => "put_user_policy",
        }
    }

    /// Whether what is changed is a policy document to which statements are added, which others may
    /// have statements in.
    pub fn is_shared_document(self) -> bool {
        matches!(
            self,
            Self::PutBucketPolicy
                | Self::PutAccessPointPolicy
                | Self::PutKeyPolicy
                | Self::PutTrustPolicy
        )
    }

    /// Whether what is changed is an inline policy of our own.
    pub fn is_inline_policy(self) -> bool {
        matches!(self, Self::PutRolePolicy | Self::PutUserPolicy)
    }
}

/// One change to one resource.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// What it does.
    pub kind: ChangeKind,
    /// Whose the resource is.
    pub account: AccountId,
    /// The ARN of what is changed: the bucket, access point, key, role or user.
    pub target: String,
    /// The Region of the resource; none for IAM.
    pub region: Option<String>,
    /// The name of the inline policy, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_name: Option<String>,
    /// The codes of the causes that it removes.
    pub removes_causes: Vec<String>,
    /// What stands there now; none where nothing does. A policy's `Statement` is always a list.
    pub before: Option<Value>,
    /// What will stand there: the whole document, or the request of `CreateGrant`.
    pub after: Value,
    /// The statements that are added; empty where no policy document is changed.
    pub added: Vec<Value>,
    /// How the change is undone, in one sentence.
    pub inverse: String,
    /// How much could go wrong.
    pub risk: Risk,
    /// Why it is needed and what it grants.
    pub why: String,
    /// How large the document becomes, where AWS sets a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<Size>,
    /// Which tool made the resource, if its tags tell: it would take the change back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub managed_by: Option<ManagedBy>,
}

/// How much could go wrong with a change.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// One principal gets what it was denied, and nothing else is touched.
    Low,
    /// More than the one call becomes possible, or a shared document is rewritten.
    Medium,
    /// Much more becomes possible, or a mistake would be hard to take back.
    High,
}

/// The size of a document beside AWS's limit, in the unit in which AWS counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Size {
    /// How large it becomes.
    pub used: usize,
    /// How large it may be.
    pub limit: usize,
}

impl Size {
    /// Whether less than a tenth of the limit is left.
    pub fn is_near(self) -> bool {
        self.used.saturating_mul(10) > self.limit.saturating_mul(9)
    }

    /// Whether AWS would refuse it.
    pub fn is_over(self) -> bool {
        self.used > self.limit
    }
}

/// The tool that made a resource and would take a change back with its next run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ManagedBy {
    /// Which tool.
    pub tool: Tool,
    /// The stack's name, or what the tag says.
    pub what: String,
}

/// A tool that makes resources from code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tool {
    /// AWS `CloudFormation`, also behind the CDK and SAM.
    Cloudformation,
    /// Terraform or `OpenTofu`.
    Terraform,
}

/// Another way to the same end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Alternative {
    /// Names these changes; none where people would have to make them.
    pub digest: Option<Digest>,
    /// All changes of this way, in place of the plan's own; empty where people would have to make
    /// them.
    pub changes: Vec<Change>,
    /// How much could go wrong.
    pub risk: Risk,
    /// What is better and what is worse about it.
    pub why: String,
    /// What people would have to do, where we may not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what_to_do: Option<String>,
    /// Its proof; none where people would have to make it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
    /// Statements and grants of ours that the call then needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relies_on: Vec<Reliance>,
}

/// What people have to do, or to know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Manual {
    /// The code of the cause.
    pub cause: String,
    /// Who can do it.
    pub owner: String,
    /// The account in which it is to be done.
    pub account: Option<AccountId>,
    /// The ARN of what is to be changed.
    pub target: String,
    /// What is to be done, in words that do not take an expert.
    pub what_to_do: String,
    /// The statement that denies, or one to add.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<Value>,
}

/// What the engine says of the call with and without the changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Proof {
    /// Of the call as things are.
    pub before: Verdict,
    /// Of the call with the changes made.
    pub after: Verdict,
    /// Whether no request outside of what is intended was decided differently.
    pub nothing_else_opened: bool,
    /// How many requests were compared.
    pub checked: u64,
}

/// Something of ours that lets a call through.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Reliance {
    /// In which kind of place it stands.
    pub kind: ChangeKind,
    /// Whose that is.
    pub account: AccountId,
    /// The ARN of what it stands on.
    pub target: String,
    /// Its `Sid`, the name of the inline policy, or the grant's name.
    pub name: String,
}

/// What begins every `Sid`, policy name and grant name of ours.
pub const OURS: &str = "Locksmith";

impl Change {
    /// What this change leaves behind: one entry for each statement, policy or grant of ours. Default
    /// encryption leaves nothing that has a name; it is named by its kind.
    pub fn leaves(&self) -> Vec<Reliance> {
        let named = |name: String| Reliance {
            kind: self.kind,
            account: self.account,
            target: self.target.clone(),
            name,
        };
        let text = |value: &Value, key: &str| {
            value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        match self.kind {
            ChangeKind::PutRolePolicy | ChangeKind::PutUserPolicy => {
                vec![named(self.policy_name.clone().unwrap_or_default())]
            }
            ChangeKind::CreateGrant => vec![named(text(&self.after, "Name"))],
            ChangeKind::PutBucketEncryption => vec![named(self.kind.name().to_owned())],
            _ => self.added.iter().map(|statement| named(text(statement, "Sid"))).collect(),
        }
    }
}
