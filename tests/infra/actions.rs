//! What is asked of the roles in the member accounts: the calls that the evidence makes, and calls
//! that it must never make.

pub(crate) const KEY: &str =
    "arn:aws:kms:us-west-2:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
pub(crate) const BUCKET: &str = "arn:aws:s3:::reports";
pub(crate) const OBJECT: &str = "arn:aws:s3:::reports/2026/q3.parquet";
pub(crate) const ACCESS_POINT: &str = "arn:aws:s3:us-west-2:111111111111:accesspoint/reports";
pub(crate) const ROLE: &str = "arn:aws:iam::111111111111:role/etl/Etl";
pub(crate) const USER: &str = "arn:aws:iam::111111111111:user/alice";
pub(crate) const POLICY: &str = "arn:aws:iam::111111111111:policy/team/Etl";

/// What the evidence reads in every account.
pub(crate) const READS: [(&str, &[&str]); 7] = [
    (
        ROLE,
        &[
            "iam:GetRole",
            "iam:GetRolePolicy",
            "iam:ListAttachedRolePolicies",
            "iam:ListRolePolicies",
            "iam:SimulatePrincipalPolicy",
        ],
    ),
    (
        USER,
        &[
            "iam:GetUser",
            "iam:GetUserPolicy",
            "iam:ListAttachedUserPolicies",
            "iam:ListGroupsForUser",
            "iam:ListUserPolicies",
            "iam:SimulatePrincipalPolicy",
        ],
    ),
    (POLICY, &["iam:GetPolicy", "iam:GetPolicyVersion"]),
    ("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", &["iam:GetPolicy", "iam:GetPolicyVersion"]),
    (KEY, &["kms:DescribeKey", "kms:GetKeyPolicy", "kms:ListGrants", "kms:ListResourceTags"]),
    (ACCESS_POINT, &["s3:GetAccessPointPolicy"]),
    (
        "*",
        &[
            "access-analyzer:CheckNoPublicAccess",
            "access-analyzer:ValidatePolicy",
            "cloudtrail:LookupEvents",
            "ec2:DescribeVpcEndpoints",
            "iam:GetAccountAuthorizationDetails",
            "kms:ListAliases",
            "kms:ListKeys",
            "organizations:DescribeOrganization",
            "s3:GetAccessPoint",
            "s3:GetAccountPublicAccessBlock",
            "s3:ListAccessPoints",
            "s3:ListAllMyBuckets",
        ],
    ),
];

pub(crate) const BUCKET_READS: [&str; 8] = [
    "s3:GetBucketAcl",
    "s3:GetBucketOwnershipControls",
    "s3:GetBucketPolicy",
    "s3:GetBucketPublicAccessBlock",
    "s3:GetBucketRequestPayment",
    "s3:GetBucketTagging",
    "s3:GetEncryptionConfiguration",
    "s3:ListBucket",
];

pub(crate) const OBJECT_READS: [&str; 4] = [
    "s3:GetObjectAcl",
    "s3:GetObjectTagging",
    "s3:GetObjectVersionAcl",
    "s3:GetObjectVersionTagging",
];

pub(crate) const HEAD_READS: [&str; 2] = ["s3:GetObject", "s3:GetObjectVersion"];

pub(crate) const ORGANIZATION_READS: [(&str, &str); 9] = [
    ("organizations:DescribeAccount", "account/o-abcdefghij/111111111111"),
    ("organizations:ListParents", "account/o-abcdefghij/111111111111"),
    ("organizations:ListParents", "ou/o-abcdefghij/ou-ab12-11111111"),
    ("organizations:ListPoliciesForTarget", "account/o-abcdefghij/111111111111"),
    ("organizations:ListPoliciesForTarget", "ou/o-abcdefghij/ou-ab12-11111111"),
    ("organizations:ListPoliciesForTarget", "root/o-abcdefghij/r-ab12"),
    ("organizations:ListOrganizationalUnitsForParent", "root/o-abcdefghij/r-ab12"),
    ("organizations:ListAccountsForParent", "ou/o-abcdefghij/ou-ab12-11111111"),
    ("organizations:DescribePolicy", "policy/o-abcdefghij/service_control_policy/p-1"),
];

/// Calls that change something, use a key, or hand out credentials.
pub(crate) const WRITES: [(&str, &[&str]); 9] = [
    (
        BUCKET,
        &[
            "s3:CreateBucket",
            "s3:DeleteBucket",
            "s3:DeleteBucketPolicy",
            "s3:PutBucketAcl",
            "s3:PutBucketCORS",
            "s3:PutBucketLogging",
            "s3:PutBucketNotification",
            "s3:PutBucketOwnershipControls",
            "s3:PutBucketPolicy",
            "s3:PutBucketPublicAccessBlock",
            "s3:PutBucketRequestPayment",
            "s3:PutBucketTagging",
            "s3:PutBucketVersioning",
            "s3:PutBucketWebsite",
            "s3:PutEncryptionConfiguration",
            "s3:PutInventoryConfiguration",
            "s3:PutLifecycleConfiguration",
            "s3:PutReplicationConfiguration",
        ],
    ),
    (
        OBJECT,
        &[
            "s3:AbortMultipartUpload",
            "s3:BypassGovernanceRetention",
            "s3:DeleteObject",
            "s3:DeleteObjectTagging",
            "s3:DeleteObjectVersion",
            "s3:PutObject",
            "s3:PutObjectAcl",
            "s3:PutObjectLegalHold",
            "s3:PutObjectRetention",
            "s3:PutObjectTagging",
            "s3:ReplicateObject",
            "s3:RestoreObject",
        ],
    ),
    (
        ACCESS_POINT,
        &["s3:CreateAccessPoint", "s3:DeleteAccessPointPolicy", "s3:PutAccessPointPolicy"],
    ),
    (
        KEY,
        &[
            "kms:CreateGrant",
            "kms:Decrypt",
            "kms:DisableKey",
            "kms:Encrypt",
            "kms:GenerateDataKey",
            "kms:GenerateDataKeyWithoutPlaintext",
            "kms:PutKeyPolicy",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo",
            "kms:ReplicateKey",
            "kms:RevokeGrant",
            "kms:ScheduleKeyDeletion",
            "kms:Sign",
            "kms:TagResource",
            "kms:UpdateAlias",
        ],
    ),
    (
        ROLE,
        &[
            "iam:AttachRolePolicy",
            "iam:CreateRole",
            "iam:DeleteRole",
            "iam:DeleteRolePermissionsBoundary",
            "iam:DeleteRolePolicy",
            "iam:PassRole",
            "iam:PutRolePermissionsBoundary",
            "iam:PutRolePolicy",
            "iam:TagRole",
            "iam:UpdateAssumeRolePolicy",
            "iam:UpdateRole",
            "sts:AssumeRole",
            "sts:TagSession",
        ],
    ),
    (
        USER,
        &[
            "iam:AddUserToGroup",
            "iam:AttachUserPolicy",
            "iam:CreateAccessKey",
            "iam:CreateLoginProfile",
            "iam:CreateUser",
            "iam:DeleteUserPolicy",
            "iam:PutUserPolicy",
            "iam:UpdateAccessKey",
        ],
    ),
    (POLICY, &["iam:CreatePolicy", "iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"]),
    (
        "arn:aws:ec2:us-west-2:111111111111:vpc-endpoint/vpce-0a1b",
        &["ec2:CreateVpcEndpoint", "ec2:DeleteVpcEndpoints", "ec2:ModifyVpcEndpoint"],
    ),
    (
        "*",
        &[
            "iam:CreateServiceLinkedRole",
            "organizations:AttachPolicy",
            "organizations:CreateAccount",
            "organizations:DetachPolicy",
            "organizations:LeaveOrganization",
            "organizations:MoveAccount",
            "organizations:UpdatePolicy",
            "s3:GetDataAccess",
            "s3:PutAccountPublicAccessBlock",
            "sts:GetFederationToken",
            "sts:GetSessionToken",
        ],
    ),
];
