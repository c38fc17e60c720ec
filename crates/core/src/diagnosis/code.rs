//! The codes of causes.

use crate::evaluate::Layer;
use core::fmt;
use std::borrow::Cow;

/// What blocks a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CauseCode {
    /// A policy layer does not allow, or denies.
    Policy(Layer, PolicyProblem),
    /// `key_policy.no_account_delegation`: nothing lets IAM policies count.
    NoAccountDelegation,
    /// `kms_grant.constraint_not_met`.
    GrantConstraintNotMet,
    /// `kms.aws_managed_key_cross_account`.
    AwsManagedKeyCrossAccount,
    /// `kms.key_disabled`.
    KeyDisabled,
    /// `kms.key_pending_deletion`.
    KeyPendingDeletion,
    /// `kms.key_unavailable`: pending import and such.
    KeyUnavailable,
    /// `kms.key_not_found`.
    KeyNotFound,
    /// `kms.key_wrong_region`.
    KeyWrongRegion,
    /// `bucket_encryption.alias_in_callers_account`.
    AliasInCallersAccount,
    /// `block_public_access.restrict_public_buckets`.
    RestrictPublicBuckets,
    /// `object_ownership.foreign_owner`.
    ForeignOwner,
    /// `object.missing`: 403 in place of 404 for want of `s3:ListBucket`.
    ObjectMissing,
    /// `requester_pays.header_missing`.
    RequesterPaysHeaderMissing,
    /// `sse_c.blocked`.
    SseCBlocked,
    /// `acl.disabled`.
    AclDisabled,
    /// `unexplained`: AWS denied, and the engine finds no reason.
    Unexplained,
}

/// How a policy layer blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PolicyProblem {
    /// No statement allows it.
    MissingAllow,
    /// A statement denies it.
    ExplicitDeny,
    /// A statement would allow it, and only its condition fails.
    ConditionNotMet,
    /// A statement names the unique id of a principal that does not exist.
    DanglingPrincipal,
}

impl CauseCode {
    /// The codes that stand alone.
    pub const ALONE: [Self; 16] = [
        Self::NoAccountDelegation,
        Self::GrantConstraintNotMet,
        Self::AwsManagedKeyCrossAccount,
        Self::KeyDisabled,
        Self::KeyPendingDeletion,
        Self::KeyUnavailable,
        Self::KeyNotFound,
        Self::KeyWrongRegion,
        Self::AliasInCallersAccount,
        Self::RestrictPublicBuckets,
        Self::ForeignOwner,
        Self::ObjectMissing,
        Self::RequesterPaysHeaderMissing,
        Self::SseCBlocked,
        Self::AclDisabled,
        Self::Unexplained,
    ];

    /// Every code that can be written.
    pub fn all() -> impl Iterator<Item = Self> {
        let layers = Layer::ALL.into_iter();
        let of_layers = layers.flat_map(|layer| {
            PolicyProblem::ALL.into_iter().map(move |problem| Self::Policy(layer, problem))
        });
        of_layers.chain(Self::ALONE)
    }

    /// Reads a code as it is displayed.
    pub fn parse(name: &str) -> Option<Self> {
        Self::all().find(|code| code.to_string() == name)
    }
}

impl PolicyProblem {
    /// Every problem.
    pub const ALL: [Self; 4] =
        [Self::MissingAllow, Self::ExplicitDeny, Self::ConditionNotMet, Self::DanglingPrincipal];
}

impl fmt::Display for CauseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Policy(layer, problem) => {
                let problem = match problem {
                    PolicyProblem::MissingAllow => "missing_allow",
                    PolicyProblem::ExplicitDeny => "explicit_deny",
                    PolicyProblem::ConditionNotMet => "condition_not_met",
                    PolicyProblem::DanglingPrincipal => "dangling_principal",
                };
                return write!(f, "{}.{problem}", layer.name());
            }
            Self::NoAccountDelegation => "key_policy.no_account_delegation",
            Self::GrantConstraintNotMet => "kms_grant.constraint_not_met",
            Self::AwsManagedKeyCrossAccount => "kms.aws_managed_key_cross_account",
            Self::KeyDisabled => "kms.key_disabled",
            Self::KeyPendingDeletion => "kms.key_pending_deletion",
            Self::KeyUnavailable => "kms.key_unavailable",
            Self::KeyNotFound => "kms.key_not_found",
            Self::KeyWrongRegion => "kms.key_wrong_region",
            Self::AliasInCallersAccount => "bucket_encryption.alias_in_callers_account",
            Self::RestrictPublicBuckets => "block_public_access.restrict_public_buckets",
            Self::ForeignOwner => "object_ownership.foreign_owner",
            Self::ObjectMissing => "object.missing",
            Self::RequesterPaysHeaderMissing => "requester_pays.header_missing",
            Self::SseCBlocked => "sse_c.blocked",
            Self::AclDisabled => "acl.disabled",
            Self::Unexplained => "unexplained",
        })
    }
}

impl schemars::JsonSchema for CauseCode {
    fn schema_name() -> Cow<'static, str> {
        "CauseCode".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "a layer's problem, such as `bucket_policy.missing_allow`, or one of \
                            the codes that stand alone, such as `kms.key_disabled`"
        })
    }
}
