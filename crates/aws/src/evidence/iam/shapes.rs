//! What `get-account-authorization-details` prints.

use crate::evidence::json::tags;
use aws_sdk_iam::types::{
    AttachedPermissionsBoundary, AttachedPolicy, GroupDetail, ManagedPolicyDetail,
    PermissionsBoundaryAttachmentType, PolicyDetail, RoleDetail, Tag, UserDetail,
};
use serde_json::{Value, json};

pub(crate) fn role_detail(role: &RoleDetail) -> Value {
    json!({
        "Path": role.path,
        "RoleName": role.role_name,
        "RoleId": role.role_id,
        "Arn": role.arn,
        "AssumeRolePolicyDocument": role.assume_role_policy_document,
        "RolePolicyList": inline(role.role_policy_list()),
        "AttachedManagedPolicies": attached(role.attached_managed_policies()),
        "PermissionsBoundary": role.permissions_boundary.as_ref().map(boundary),
        "Tags": tag_list(role.tags()),
    })
}

pub(crate) fn user_detail(user: &UserDetail) -> Value {
    json!({
        "Path": user.path,
        "UserName": user.user_name,
        "UserId": user.user_id,
        "Arn": user.arn,
        "UserPolicyList": inline(user.user_policy_list()),
        "GroupList": user.group_list(),
        "AttachedManagedPolicies": attached(user.attached_managed_policies()),
        "PermissionsBoundary": user.permissions_boundary.as_ref().map(boundary),
        "Tags": tag_list(user.tags()),
    })
}

pub(crate) fn group_detail(group: &GroupDetail) -> Value {
    json!({
        "Path": group.path,
        "GroupName": group.group_name,
        "GroupId": group.group_id,
        "Arn": group.arn,
        "GroupPolicyList": inline(group.group_policy_list()),
        "AttachedManagedPolicies": attached(group.attached_managed_policies()),
    })
}

pub(crate) fn policy_detail(policy: &ManagedPolicyDetail) -> Value {
    let versions = policy.policy_version_list().iter().map(|version| {
        json!({
            "VersionId": version.version_id,
            "IsDefaultVersion": version.is_default_version,
            "Document": version.document,
        })
    });
    json!({
        "PolicyName": policy.policy_name,
        "PolicyId": policy.policy_id,
        "Arn": policy.arn,
        "Path": policy.path,
        "DefaultVersionId": policy.default_version_id,
        "PolicyVersionList": versions.collect::<Value>(),
    })
}

pub(super) fn boundary(boundary: &AttachedPermissionsBoundary) -> Value {
    let kind = boundary.permissions_boundary_type.as_ref();
    json!({
        "PermissionsBoundaryType": kind.map(PermissionsBoundaryAttachmentType::as_str),
        "PermissionsBoundaryArn": boundary.permissions_boundary_arn,
    })
}

pub(super) fn attachment(policy: &AttachedPolicy) -> Value {
    json!({"PolicyName": policy.policy_name, "PolicyArn": policy.policy_arn})
}

pub(super) fn tag_list(list: &[Tag]) -> Value {
    tags(list.iter().map(|tag| (tag.key(), tag.value())))
}

fn attached(policies: &[AttachedPolicy]) -> Value {
    policies.iter().map(attachment).collect()
}

fn inline(policies: &[PolicyDetail]) -> Value {
    let policy = |policy: &PolicyDetail| json!({"PolicyName": policy.policy_name, "PolicyDocument": policy.policy_document});
    policies.iter().map(policy).collect()
}
