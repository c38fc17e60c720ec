//! `<account-id>.json`: one account, in the shapes of AWS's answers.
//!
//! Where a struct is ours, unknown fields are refused; where it is what a call returned, they are
//! passed over.

use super::{Document, Field, GrantEntry};
use crate::arn::AccountId;
use schemars::JsonSchema;
use serde::Deserialize;

/// A list of things, each of which may be unreadable.
pub type List<T> = Field<Vec<Field<T>>>;

/// One account.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct AccountFile {
    /// The account.
    pub account_id: AccountId,
    /// When it was read, in ISO 8601.
    #[serde(default)]
    pub collected_at: Field<String>,
    /// `aws iam get-account-authorization-details`.
    #[serde(default)]
    pub iam: Field<Iam>,
    /// Buckets and what belongs to them.
    #[serde(default)]
    pub s3: Field<S3>,
    /// KMS keys.
    #[serde(default)]
    pub kms: Field<Kms>,
    /// VPC endpoints.
    #[serde(default)]
    pub ec2: Field<Ec2>,
}

/// Users, groups, roles and managed policies.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default, deny_unknown_fields)]
pub struct Iam {
    /// Users.
    pub user_detail_list: List<UserDetail>,
    /// Groups.
    pub group_detail_list: List<GroupDetail>,
    /// Roles.
    pub role_detail_list: List<RoleDetail>,
    /// Managed policies.
    pub policies: List<ManagedPolicyDetail>,
    /// Whether the listing goes on; then what is not listed is unknown.
    pub is_truncated: Field<bool>,
    /// Where the listing goes on.
    pub marker: Field<String>,
}

/// A user.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct UserDetail {
    /// Its ARN, with the path.
    pub arn: Field<String>,
    /// `AIDA...`.
    pub user_id: Field<String>,
    /// Its name.
    pub user_name: Field<String>,
    /// Inline policies.
    pub user_policy_list: List<InlinePolicy>,
    /// Names of its groups.
    pub group_list: List<String>,
    /// Managed policies.
    pub attached_managed_policies: List<AttachedPolicy>,
    /// Its boundary.
    pub permissions_boundary: Field<AttachedBoundary>,
    /// Its tags.
    pub tags: List<Tag>,
}

/// A group.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct GroupDetail {
    /// Its name.
    pub group_name: Field<String>,
    /// Its ARN.
    pub arn: Field<String>,
    /// Inline policies.
    pub group_policy_list: List<InlinePolicy>,
    /// Managed policies.
    pub attached_managed_policies: List<AttachedPolicy>,
}

/// A role.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct RoleDetail {
    /// Its ARN, with the path.
    pub arn: Field<String>,
    /// `AROA...`.
    pub role_id: Field<String>,
    /// Its name.
    pub role_name: Field<String>,
    /// Its trust policy.
    pub assume_role_policy_document: Field<Document>,
    /// Inline policies.
    pub role_policy_list: List<InlinePolicy>,
    /// Managed policies.
    pub attached_managed_policies: List<AttachedPolicy>,
    /// Its boundary.
    pub permissions_boundary: Field<AttachedBoundary>,
    /// Its tags.
    pub tags: List<Tag>,
}

/// An inline policy.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct InlinePolicy {
    /// Its name.
    pub policy_name: Field<String>,
    /// The document.
    pub policy_document: Field<Document>,
}

/// A managed policy that is attached.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct AttachedPolicy {
    /// Its ARN.
    pub policy_arn: Field<String>,
    /// Its name.
    pub policy_name: Field<String>,
}

/// A permissions boundary that is attached.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct AttachedBoundary {
    /// The ARN of the managed policy.
    pub permissions_boundary_arn: Field<String>,
}

/// A managed policy with its versions.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct ManagedPolicyDetail {
    /// Its ARN.
    pub arn: Field<String>,
    /// Its name.
    pub policy_name: Field<String>,
    /// The version in force.
    pub default_version_id: Field<String>,
    /// Its versions.
    pub policy_version_list: List<PolicyVersion>,
}

/// A version of a managed policy.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct PolicyVersion {
    /// Such as `v2`.
    pub version_id: Field<String>,
    /// Whether it is in force.
    pub is_default_version: Field<bool>,
    /// The document.
    pub document: Field<Document>,
}

/// A tag.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct Tag {
    /// Its key; KMS calls it `TagKey`.
    #[serde(alias = "TagKey", rename = "Key", default)]
    pub key: Field<String>,
    /// Its value; KMS calls it `TagValue`.
    #[serde(alias = "TagValue", rename = "Value", default)]
    pub value: Field<String>,
}

/// S3 in one account.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default, deny_unknown_fields)]
pub struct S3 {
    /// Block Public Access of the account.
    pub public_access_block_configuration: Field<PublicAccessBlock>,
    /// Buckets that were looked up.
    pub buckets: List<Bucket>,
    /// Access points that were looked up.
    pub access_points: List<AccessPoint>,
}

/// Block Public Access.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct PublicAccessBlock {
    /// New public ACLs are refused.
    pub block_public_acls: Field<bool>,
    /// Public ACLs have no effect.
    pub ignore_public_acls: Field<bool>,
    /// New public policies are refused.
    pub block_public_policy: Field<bool>,
    /// Public policies serve the account and AWS services alone.
    pub restrict_public_buckets: Field<bool>,
}

/// A bucket.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default, deny_unknown_fields)]
pub struct Bucket {
    /// Its name.
    pub name: Field<String>,
    /// Its Region.
    pub bucket_region: Field<String>,
    /// Its policy.
    pub policy: Field<Document>,
    /// Default encryption.
    pub server_side_encryption_configuration: Field<EncryptionConfiguration>,
    /// Block Public Access of the bucket.
    pub public_access_block_configuration: Field<PublicAccessBlock>,
    /// Object ownership.
    pub ownership_controls: Field<OwnershipControls>,
    /// `Requester` or `BucketOwner`.
    pub request_payment: Field<String>,
    /// Its tags.
    pub tag_set: List<Tag>,
    /// Objects that were looked up.
    pub objects: List<Object>,
    /// Keys that were looked up and are not there.
    pub missing_keys: List<String>,
}

/// Default encryption.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct EncryptionConfiguration {
    /// One rule.
    pub rules: List<EncryptionRule>,
}

/// A rule of the default encryption.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct EncryptionRule {
    /// What new objects are encrypted with.
    pub apply_server_side_encryption_by_default: Field<DefaultEncryption>,
    /// Whether an S3 Bucket Key is used.
    pub bucket_key_enabled: Field<bool>,
    /// Encryption that is refused.
    pub blocked_encryption_types: Field<BlockedEncryptionTypes>,
}

/// What new objects are encrypted with.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DefaultEncryption {
    /// `AES256`, `aws:kms` or `aws:kms:dsse`.
    #[serde(rename = "SSEAlgorithm")]
    pub sse_algorithm: Field<String>,
    /// A key's ARN or id, or an alias.
    #[serde(rename = "KMSMasterKeyID")]
    pub kms_master_key_id: Field<String>,
}

/// Encryption that is refused.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct BlockedEncryptionTypes {
    /// `SSE-C` or `NONE`.
    pub encryption_type: List<String>,
}

/// Object ownership.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct OwnershipControls {
    /// One rule.
    pub rules: List<OwnershipRule>,
}

/// A rule of object ownership.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct OwnershipRule {
    /// `BucketOwnerEnforced`, `BucketOwnerPreferred` or `ObjectWriter`.
    pub object_ownership: Field<String>,
}

/// An object that was looked up as the bucket's owner.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default, deny_unknown_fields)]
pub struct Object {
    /// Its key, literally.
    pub key: Field<String>,
    /// Its version.
    pub version_id: Field<String>,
    /// `AES256`, `aws:kms` or `aws:kms:dsse`.
    pub server_side_encryption: Field<String>,
    /// The key's ARN.
    #[serde(rename = "SSEKMSKeyId")]
    pub sse_kms_key_id: Field<String>,
    /// Set where the object is encrypted with a customer provided key.
    #[serde(rename = "SSECustomerAlgorithm")]
    pub sse_customer_algorithm: Field<String>,
    /// Whether an S3 Bucket Key was used.
    pub bucket_key_enabled: Field<bool>,
    /// The account that owns it.
    pub owner: Field<AccountId>,
    /// Its tags.
    pub tag_set: List<Tag>,
    /// Its access control list, as `get-object-acl` prints it.
    pub grants: List<AclGrant>,
}

/// An entry of an access control list.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct AclGrant {
    /// To whom.
    pub grantee: Field<AclGrantee>,
    /// `READ`, `FULL_CONTROL` ...
    pub permission: Field<String>,
}

/// To whom an access control list grants.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct AclGrantee {
    /// A canonical user id.
    #[serde(rename = "ID")]
    pub id: Field<String>,
    /// A group.
    #[serde(rename = "URI")]
    pub uri: Field<String>,
}

/// An access point, as `s3control get-access-point` prints it, with its policy.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct AccessPoint {
    /// Its name.
    pub name: Field<String>,
    /// Its ARN.
    pub access_point_arn: Field<String>,
    /// Its alias, which may stand in place of a bucket's name.
    pub alias: Field<String>,
    /// The bucket behind it.
    pub bucket: Field<String>,
    /// The bucket's account.
    pub bucket_account_id: Field<AccountId>,
    /// `Internet` or `VPC`.
    pub network_origin: Field<String>,
    /// The VPC that it is open to.
    pub vpc_configuration: Field<VpcConfiguration>,
    /// Block Public Access of the access point.
    pub public_access_block_configuration: Field<PublicAccessBlock>,
    /// Its policy.
    pub policy: Field<Document>,
}

/// The VPC that an access point is open to.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct VpcConfiguration {
    /// Its id.
    pub vpc_id: Field<String>,
}

/// KMS in one account.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default, deny_unknown_fields)]
pub struct Kms {
    /// Keys.
    pub keys: List<Key>,
    /// The Regions that were read; absent means all.
    pub regions: List<String>,
}

/// A key.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default, deny_unknown_fields)]
pub struct Key {
    /// `DescribeKey`.
    pub key_metadata: Field<KeyMetadata>,
    /// Its policy.
    pub policy: Field<Document>,
    /// Its grants.
    pub grants: List<GrantEntry>,
    /// Its aliases.
    pub aliases: List<Alias>,
    /// Its tags.
    pub tags: List<Tag>,
}

/// `KeyMetadata`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct KeyMetadata {
    /// Its ARN.
    pub arn: Field<String>,
    /// Its id.
    pub key_id: Field<String>,
    /// `CUSTOMER` or `AWS`.
    pub key_manager: Field<String>,
    /// `Enabled`, `Disabled`, `PendingDeletion` ...
    pub key_state: Field<String>,
    /// Whether it is a multi-Region key.
    pub multi_region: Field<bool>,
    /// Such as `SYMMETRIC_DEFAULT`.
    pub key_spec: Field<String>,
    /// Such as `ENCRYPT_DECRYPT`.
    pub key_usage: Field<String>,
    /// Such as `AWS_KMS`.
    pub origin: Field<String>,
}

/// An alias of a key.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct Alias {
    /// Such as `alias/reports`.
    pub alias_name: Field<String>,
}

/// EC2 in one account.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default, deny_unknown_fields)]
pub struct Ec2 {
    /// VPC endpoints.
    pub vpc_endpoints: List<VpcEndpoint>,
}

/// A VPC endpoint.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct VpcEndpoint {
    /// Its id.
    pub vpc_endpoint_id: Field<String>,
    /// Such as `com.amazonaws.us-west-2.s3`.
    pub service_name: Field<String>,
    /// Its VPC.
    pub vpc_id: Field<String>,
    /// Its policy; absent means full access.
    pub policy_document: Field<Document>,
}
