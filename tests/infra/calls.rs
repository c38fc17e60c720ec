//! The read role's permissions beside the calls in the code of `crates/aws`: none is missing, and
//! none is there for nothing.

use crate::ask::Problems;
use crate::world::{World, role_policies};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// The permissions of each operation of the SDK that the evidence calls.
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
const PERMISSIONS: [(&str, &[&str]); 47] = [
    ("assume_role", &[]),
    ("describe_account", &["organizations:DescribeAccount"]),
    ("describe_key", &["kms:DescribeKey"]),
    ("describe_organization", &["organizations:DescribeOrganization"]),
    ("describe_policy", &["organizations:DescribePolicy"]),
    ("describe_vpc_endpoints", &["ec2:DescribeVpcEndpoints"]),
    ("get_access_point", &["s3:GetAccessPoint"]),
    ("get_access_point_policy", &["s3:GetAccessPointPolicy"]),
    ("get_account_authorization_details", &["iam:GetAccountAuthorizationDetails"]),
    ("get_bucket_acl", &["s3:GetBucketAcl"]),
    ("get_bucket_encryption", &["s3:GetEncryptionConfiguration"]),
    ("get_bucket_location", &["s3:GetBucketLocation"]),
    ("get_bucket_ownership_controls", &["s3:GetBucketOwnershipControls"]),
    ("get_bucket_policy", &["s3:GetBucketPolicy"]),
    ("get_bucket_request_payment", &["s3:GetBucketRequestPayment"]),
    ("get_bucket_tagging", &["s3:GetBucketTagging"]),
    ("get_caller_identity", &[]),
    ("get_group_policy", &["iam:GetGroupPolicy"]),
    ("get_key_policy", &["kms:GetKeyPolicy"]),
    ("get_object_acl", &["s3:GetObjectAcl", "s3:GetObjectVersionAcl"]),
    ("get_object_tagging", &["s3:GetObjectTagging", "s3:GetObjectVersionTagging"]),
    ("get_policy", &["iam:GetPolicy"]),
    ("get_policy_version", &["iam:GetPolicyVersion"]),
    // The same name for a bucket's in S3 and an account's in S3 Control.
    (
        "get_public_access_block",
        &["s3:GetBucketPublicAccessBlock", "s3:GetAccountPublicAccessBlock"],
    ),
    ("get_role", &["iam:GetRole"]),
    ("get_role_policy", &["iam:GetRolePolicy"]),
    ("get_user", &["iam:GetUser"]),
    ("get_user_policy", &["iam:GetUserPolicy"]),
    ("head_bucket", &["s3:ListBucket"]),
    ("head_object", &["s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket"]),
    ("list_access_points", &["s3:ListAccessPoints"]),
    ("list_accounts_for_parent", &["organizations:ListAccountsForParent"]),
    ("list_aliases", &["kms:ListAliases"]),
    ("list_attached_role_policies", &["iam:ListAttachedRolePolicies"]),
    ("list_attached_user_policies", &["iam:ListAttachedUserPolicies"]),
    ("list_buckets", &["s3:ListAllMyBuckets"]),
    ("list_children", &["organizations:ListChildren"]),
    ("list_grants", &["kms:ListGrants"]),
    ("list_groups_for_user", &["iam:ListGroupsForUser"]),
    ("list_keys", &["kms:ListKeys"]),
    ("list_organizational_units_for_parent", &["organizations:ListOrganizationalUnitsForParent"]),
    ("list_parents", &["organizations:ListParents"]),
    ("list_policies_for_target", &["organizations:ListPoliciesForTarget"]),
    ("list_resource_tags", &["kms:ListResourceTags"]),
    ("list_role_policies", &["iam:ListRolePolicies"]),
    ("list_roots", &["organizations:ListRoots"]),
    ("list_user_policies", &["iam:ListUserPolicies"]),
];

/// What reading whole accounts asks for besides.
const WHOLE: [&str; 2] =
    ["organizations:ListAccountsForParent", "organizations:ListOrganizationalUnitsForParent"];

/// The management account's read role may call what the code calls, and nothing else.
pub(crate) fn read_role_is_what_the_code_calls(world: &World) -> Problems {
    let mut problems = Problems::default();
    // EC2 is called without its SDK.
    let mut wanted = BTreeSet::from(["ec2:DescribeVpcEndpoints"]);
    wanted.extend(WHOLE);
    let folder = locksmith_tests::root().join("../crates/aws/src/evidence");
    for operation in operations(&folder) {
        match PERMISSIONS.iter().find(|(name, _)| *name == operation) {
            Some((_, permissions)) => wanted.extend(*permissions),
            None => problems.0.push(format!("which permissions does {operation} need?")),
        }
    }
    assert!(wanted.len() >= 30, "the calls were not found: {wanted:?}");
    let mut allowed = BTreeSet::new();
    let policies = role_policies(&world.management, "ReadRole");
    for statement in policies.iter().flat_map(|policy| policy["Statement"].as_array().unwrap()) {
        if statement["Effect"] == "Allow" {
            match &statement["Action"] {
                Value::Array(actions) => {
                    allowed.extend(actions.iter().map(|a| a.as_str().unwrap()));
                }
                action => allowed.extend(action.as_str()),
            }
        }
    }
    for action in wanted.difference(&allowed) {
        problems.0.push(format!("the code needs {action}, and LocksmithRead lacks it"));
    }
    for action in allowed.difference(&wanted) {
        problems.0.push(format!("LocksmithRead has {action}, and no code needs it"));
    }
    problems
}

/// The operations that the sources in a folder call: `.get_role()` and the like.
fn operations(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(operations(&path));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let calls = text.split("()").filter_map(|before| before.rsplit_once('.'));
        let verbs = ["assume_", "describe_", "get_", "head_", "list_"];
        let named = |name: &&str| {
            verbs.iter().any(|verb| name.starts_with(verb))
                && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        };
        found.extend(calls.map(|(_, name)| name).filter(named).map(str::to_owned));
    }
    found
}
