//! The roles' permissions beside the calls in the code of `crates/aws`: none is missing, and none is
//! there for nothing.

use crate::ask::Problems;
use crate::stack::Stack;
use crate::world::{World, role_policies};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The permissions of each operation of the SDK that is called in the accounts.
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
const PERMISSIONS: [(&str, &[&str]); 62] = [
    ("assume_role", &[]),
    ("create_grant", &["kms:CreateGrant"]),
    ("delete_access_point_policy", &["s3:DeleteAccessPointPolicy"]),
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html
    ("delete_bucket_encryption", &["s3:PutEncryptionConfiguration"]),
    ("delete_bucket_policy", &["s3:DeleteBucketPolicy"]),
    ("delete_role_policy", &["iam:DeleteRolePolicy"]),
    ("delete_user_policy", &["iam:DeleteUserPolicy"]),
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
    ("put_access_point_policy", &["s3:PutAccessPointPolicy"]),
    ("put_bucket_encryption", &["s3:PutEncryptionConfiguration"]),
    ("put_bucket_policy", &["s3:PutBucketPolicy"]),
    ("put_key_policy", &["kms:PutKeyPolicy"]),
    ("put_role_policy", &["iam:PutRolePolicy"]),
    ("put_user_policy", &["iam:PutUserPolicy"]),
    ("revoke_grant", &["kms:RevokeGrant"]),
    ("simulate_principal_policy", &["iam:SimulatePrincipalPolicy"]),
    ("update_assume_role_policy", &["iam:UpdateAssumeRolePolicy"]),
];

/// What reading whole accounts asks for besides.
const WHOLE: [&str; 2] =
    ["organizations:ListAccountsForParent", "organizations:ListOrganizationalUnitsForParent"];

/// What is called without the SDK's client: the file, the operation in it, the permission.
const BY_HAND: [(&str, &str, &str); 4] = [
    ("evidence/ec2.rs", "DescribeVpcEndpoints", "ec2:DescribeVpcEndpoints"),
    ("opinions/access_analyzer.rs", "CheckNoPublicAccess", "access-analyzer:CheckNoPublicAccess"),
    ("opinions/access_analyzer.rs", "ValidatePolicy", "access-analyzer:ValidatePolicy"),
    ("witness.rs", "LookupEvents", "cloudtrail:LookupEvents"),
];

/// The management account's read role may call what the code calls, and nothing else.
pub(crate) fn read_role_is_what_the_code_calls(world: &World) -> Problems {
    let mut problems = Problems::default();
    let mut wanted = permissions(&mut problems, &source("evidence"));
    wanted.extend(permissions(&mut problems, &source("opinions")));
    wanted.extend(WHOLE.map(str::to_owned));
    for (file, operation, permission) in BY_HAND {
        let calls = text(&source(file)).contains(operation);
        problems.must(calls, || format!("{file} does not call {operation} any more"));
        wanted.insert(permission.to_owned());
    }
    assert!(wanted.len() >= 30, "the calls were not found: {wanted:?}");
    compare(&mut problems, "LocksmithRead", &wanted, &granted(&world.management, "ReadRole"));
    problems
}

/// So may the write role, where trust policies may be written too; and a session gets no more.
pub(crate) fn write_role_is_what_the_code_calls(world: &World) -> Problems {
    let mut problems = Problems::default();
    let granted = granted(&world.trusting, "WriteRole");
    let mut wanted = permissions(&mut problems, &source("documents"));
    wanted.extend(permissions(&mut problems, &source("documents.rs")));
    assert!(wanted.len() >= 20, "the calls were not found: {wanted:?}");
    compare(&mut problems, "LocksmithWrite", &wanted, &granted);
    compare(&mut problems, "the session policy", &granted, &session_actions());
    problems
}

fn compare(
    problems: &mut Problems,
    whose: &str,
    wanted: &BTreeSet<String>,
    granted: &BTreeSet<String>,
) {
    for action in wanted.difference(granted) {
        problems.0.push(format!("{action} is needed, and {whose} lacks it"));
    }
    for action in granted.difference(wanted) {
        problems.0.push(format!("{whose} has {action}, and nothing needs it"));
    }
}

/// The actions that a role's policies allow.
fn granted(stack: &Stack, role: &str) -> BTreeSet<String> {
    let policies = role_policies(stack, role);
    let statements = policies.iter().flat_map(|policy| policy["Statement"].as_array().unwrap());
    let allowed = statements.filter(|statement| statement["Effect"] == "Allow");
    let actions = allowed.flat_map(|statement| match &statement["Action"] {
        Value::Array(actions) => actions.clone(),
        action => vec![action.clone()],
    });
    actions.map(|action| action.as_str().unwrap().to_owned()).collect()
}

/// The permissions of what a file, or the files in a folder, call.
fn permissions(problems: &mut Problems, path: &Path) -> BTreeSet<String> {
    let mut wanted = BTreeSet::new();
    for operation in operations(path) {
        match PERMISSIONS.iter().find(|(name, _)| *name == operation) {
            Some((_, permissions)) => wanted.extend(permissions.iter().map(|p| (*p).to_owned())),
            None => problems.0.push(format!("which permissions does {operation} need?")),
        }
    }
    wanted
}

/// The actions that sessions of the write role are narrowed to.
fn session_actions() -> BTreeSet<String> {
    let text = text(&source("documents/narrowing.rs"));
    let code = text.split("#[cfg(test)]").next().unwrap();
    let words = code.split('"').filter(|word| {
        let mut parts = word.split(':');
        let service = parts.next().is_some_and(|name| ["iam", "kms", "s3"].contains(&name));
        let action = parts.next().is_some_and(|name| name.starts_with(char::is_uppercase));
        service && action && parts.next().is_none()
    });
    words.map(str::to_owned).collect()
}

/// The operations that a file, or the files in a folder, call: `.get_role()` and the like.
fn operations(path: &Path) -> BTreeSet<String> {
    if path.is_dir() {
        let entries = std::fs::read_dir(path).unwrap().flatten();
        return entries.flat_map(|entry| operations(&entry.path())).collect();
    }
    let verbs = [
        "assume_",
        "create_",
        "delete_",
        "describe_",
        "get_",
        "head_",
        "list_",
        "put_",
        "revoke_",
        "simulate_",
        "update_",
    ];
    let named = |name: &&str| {
        verbs.iter().any(|verb| name.starts_with(verb))
            && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
    };
    let text = text(path);
    let calls = text.split("()").filter_map(|before| before.rsplit_once('.'));
    calls.map(|(_, name)| name).filter(named).map(str::to_owned).collect()
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn source(path: &str) -> PathBuf {
    locksmith_tests::root().join("../crates/aws/src").join(path)
}
