//! The layers that decide a call, and the policies in force at each.

use super::grant::{Grant, Grants};
use super::reason::Reason;
use super::unread::Unread;
use crate::policy::{Policy, Statement};
use crate::tri::Tri;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A layer of policies, in the order in which a matrix shows them.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// Policies of the caller: inline, attached, of its groups.
    IdentityPolicy,
    /// The caller's permissions boundary.
    PermissionsBoundary,
    /// The policy that narrows a session.
    SessionPolicy,
    /// Service control policies along the caller's account's path.
    Scp,
    /// Resource control policies along the resource's account's path.
    Rcp,
    /// The policy of the VPC endpoint that the call came through.
    VpcEndpointPolicy,
    /// The bucket's policy.
    BucketPolicy,
    /// The policy of the access point that was addressed.
    AccessPointPolicy,
    /// The KMS key's policy.
    KeyPolicy,
    /// Grants on the KMS key.
    KmsGrant,
    /// The role's trust policy.
    TrustPolicy,
    /// A resource policy of another service.
    ResourcePolicy,
    /// S3 Block Public Access.
    BlockPublicAccess,
    /// Who owns the object, and its access control list.
    ObjectOwnership,
}

impl Layer {
    /// All layers in their order.
    pub const ALL: [Self; 14] = [
        Self::IdentityPolicy,
        Self::PermissionsBoundary,
        Self::SessionPolicy,
        Self::Scp,
        Self::Rcp,
        Self::VpcEndpointPolicy,
        Self::BucketPolicy,
        Self::AccessPointPolicy,
        Self::KeyPolicy,
        Self::KmsGrant,
        Self::TrustPolicy,
        Self::ResourcePolicy,
        Self::BlockPublicAccess,
        Self::ObjectOwnership,
    ];

    /// The name in every format.
    pub fn name(self) -> &'static str {
        match self {
            Self::IdentityPolicy => "identity_policy",
            Self::PermissionsBoundary => "permissions_boundary",
            Self::SessionPolicy => "session_policy",
            Self::Scp => "scp",
            Self::Rcp => "rcp",
            Self::VpcEndpointPolicy => "vpc_endpoint_policy",
            Self::BucketPolicy => "bucket_policy",
            Self::AccessPointPolicy => "access_point_policy",
            Self::KeyPolicy => "key_policy",
            Self::KmsGrant => "kms_grant",
            Self::TrustPolicy => "trust_policy",
            Self::ResourcePolicy => "resource_policy",
            Self::BlockPublicAccess => "block_public_access",
            Self::ObjectOwnership => "object_ownership",
        }
    }

    /// The layer's place in [`Layer::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }
}

/// What a layer says to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A statement allows it, and none denies it.
    Allow,
    /// No statement allows it, and none denies it.
    NoAllow,
    /// A statement denies it.
    ExplicitDeny,
    /// The layer has no say in this request.
    NotApplicable,
    /// It depends on a fact that is not known.
    Unknown,
}

impl Outcome {
    /// The name in every format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::NoAllow => "no_allow",
            Self::ExplicitDeny => "explicit_deny",
            Self::NotApplicable => "not_applicable",
            Self::Unknown => "unknown",
        }
    }

    pub(super) fn of(deny: Tri, allow: Tri) -> Self {
        match (deny, allow) {
            (Tri::Yes, _) => Self::ExplicitDeny,
            (Tri::Unknown, _) | (_, Tri::Unknown) => Self::Unknown,
            (Tri::No, Tri::Yes) => Self::Allow,
            (Tri::No, Tri::No) => Self::NoAllow,
        }
    }
}

/// One document of a layer.
#[derive(Clone, Debug)]
pub enum Source {
    /// What it says.
    Read(Arc<Policy>),
    /// It is in force, but could not be read.
    Unreadable(Unread),
}

/// The documents of a layer, or of one level of an organization.
pub type Documents = Vec<Source>;

/// The policy of the resource, or of what stands before it.
#[derive(Clone, Debug)]
pub struct ResourcePolicy {
    /// Which layer it is.
    pub layer: Layer,
    /// The policy; none where the resource has none.
    pub documents: Documents,
    /// The resource as this policy sees it, where that is not the request's: a bucket behind an
    /// access point.
    pub resource: Option<Box<str>>,
}

/// Who owns an object that is read, and whom its access control list lets in.
#[derive(Clone, Copy, Debug)]
pub struct ObjectAccess {
    /// Whether the bucket's owner owns the object, so that the bucket policy's allows count.
    pub policy_counts: Tri,
    /// Whether the list lets everybody in.
    pub acl_everyone: Tri,
    /// Whether the list lets the caller's account in.
    pub acl_account: Tri,
}

/// The policies in force for one request. `None` means that the layer is not in force.
#[derive(Clone, Debug, Default)]
pub struct Policies {
    /// Identity policies.
    pub identity: Option<Documents>,
    /// Permissions boundary.
    pub permissions_boundary: Option<Documents>,
    /// Session policy.
    pub session: Option<Documents>,
    /// Service control policies by level, root first.
    pub scps: Option<Vec<Documents>>,
    /// Resource control policies by level, root first, without the implied `RCPFullAWSAccess`.
    pub rcps: Option<Vec<Documents>>,
    /// VPC endpoint policy.
    pub vpc_endpoint: Option<Documents>,
    /// Resource policies, all of which have a say: a bucket's, and its access point's.
    pub resource: Vec<ResourcePolicy>,
    /// Grants on the key.
    pub grants: Option<Grants>,
    /// Ownership and access control list of the object that is read.
    pub object: Option<ObjectAccess>,
    /// Whether S3 Block Public Access restricts public buckets here; `None` where the request is
    /// not about a bucket.
    pub restrict_public_buckets: Option<Tri>,
}

impl Policies {
    /// The documents of a layer, those of SCPs and RCPs through all levels.
    pub fn documents(&self, layer: Layer) -> impl Iterator<Item = &Source> {
        let single = match layer {
            Layer::IdentityPolicy => self.identity.as_ref(),
            Layer::PermissionsBoundary => self.permissions_boundary.as_ref(),
            Layer::SessionPolicy => self.session.as_ref(),
            Layer::VpcEndpointPolicy => self.vpc_endpoint.as_ref(),
            _ => self
                .resource
                .iter()
                .find(|resource| resource.layer == layer)
                .map(|resource| &resource.documents),
        };
        let levels = match layer {
            Layer::Scp => self.scps.as_deref(),
            Layer::Rcp => self.rcps.as_deref(),
            _ => None,
        };
        single.into_iter().flatten().chain(levels.into_iter().flatten().flatten())
    }

    /// The statement that a reason is about; none for a grant.
    pub fn statement(&self, reason: &Reason) -> Option<&Statement> {
        match self.documents(reason.layer).nth(reason.policy as usize)? {
            Source::Read(policy) => policy.statements.get(reason.index as usize),
            Source::Unreadable(_) => None,
        }
    }

    /// The grant that a reason is about; none for a statement.
    pub fn grant(&self, reason: &Reason) -> Option<&Grant> {
        let grants = self.grants.as_ref()?;
        grants.read.get(reason.policy as usize).filter(|_| reason.layer == Layer::KmsGrant)
    }

    /// Why documents of a layer could not be read.
    pub fn unreadable(&self, layer: Layer) -> Vec<Unread> {
        if layer == Layer::KmsGrant {
            let unreadable = self.grants.iter().flat_map(|grants| &grants.unreadable);
            return unreadable.map(|why| Unread::Said(Arc::clone(why))).collect();
        }
        self.documents(layer)
            .filter_map(|source| match source {
                Source::Unreadable(why) => Some(why.clone()),
                Source::Read(_) => None,
            })
            .collect()
    }
}
