//! One role with its policies, boundary, trust policy and tags.

use super::policy::ManagedPolicies;
use super::shapes::{attachment, boundary, tag_list};
use crate::evidence::answer::{Answer, Failure};
use crate::evidence::cache::Cache;
use crate::evidence::files::Put;
use crate::evidence::json::{list, read, unreadable};
use crate::evidence::session::{Listed, Session};
use aws_sdk_iam::types::{AttachedPolicy, Role};
use futures_util::future::{join_all, join3};
use serde_json::{Value, json};

/// Reads a role. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html>
pub(crate) async fn role(
    session: &Session,
    policies: &ManagedPolicies,
    versions: &Cache<String>,
    name: &str,
) -> Vec<Put> {
    let head = async {
        let answer = head(session, name).await;
        let arn = answer.as_ref().ok().and_then(boundary_arn);
        let policy = match arn {
            Some(arn) => Some(policies.policy(&session.after(), versions, &arn).await),
            None => None,
        };
        (answer, policy)
    };
    let managed = async {
        let answer = attached(session, name).await;
        let puts = policies.policies(versions, &answer).await;
        (answer, puts)
    };
    let (inline, (head, bound), (attached, mut puts)) =
        join3(inline(session, name), head, managed).await;
    puts.extend(bound);
    let detail = match head {
        Err(failure) => unreadable(failure),
        Ok(role) => json!({
            "Path": role.path,
            "RoleName": role.role_name,
            "RoleId": role.role_id,
            "Arn": role.arn,
            "AssumeRolePolicyDocument": role.assume_role_policy_document,
            "RolePolicyList": list(inline),
            "AttachedManagedPolicies": list(attached.map(|listed| listed.map(attachment))),
            "PermissionsBoundary": role.permissions_boundary.as_ref().map(boundary),
            "Tags": tag_list(role.tags()),
        }),
    };
    puts.push(Put::entry(session.account(), "Iam", "RoleDetailList", "Arn", detail));
    puts
}

async fn head(session: &Session, name: &str) -> Answer<Role> {
    let client = session.iam();
    let answer = session.call("GetRole", client.get_role().role_name(name).send()).await?;
    answer.role.ok_or_else(|| Failure::because("GetRole", "the answer is empty"))
}

fn boundary_arn(role: &Role) -> Option<String> {
    role.permissions_boundary.as_ref()?.permissions_boundary_arn.clone()
}

async fn attached(session: &Session, name: &str) -> Answer<Listed<AttachedPolicy>> {
    let client = session.iam();
    let stream = client.list_attached_role_policies().role_name(name).into_paginator().send();
    let take = |page: aws_sdk_iam::operation::list_attached_role_policies::ListAttachedRolePoliciesOutput| {
        page.attached_policies.unwrap_or_default()
    };
    session.pages("ListAttachedRolePolicies", stream, take).await
}

async fn inline(session: &Session, role: &str) -> Answer<Listed<Value>> {
    let client = session.iam();
    let stream = client.list_role_policies().role_name(role).into_paginator().send();
    let names = session.pages("ListRolePolicies", stream, |page| page.policy_names).await?;
    let after = &names.after;
    let document = async |name: &String| {
        let request = client.get_role_policy().role_name(role).policy_name(name).send();
        let answer = after.call("GetRolePolicy", request).await;
        let document = answer.map(|policy| policy.policy_document.into());
        json!({"PolicyName": name, "PolicyDocument": read(document)})
    };
    let entries = join_all(names.entries.iter().map(document)).await;
    Ok(Listed { entries, failure: names.failure, after: names.after })
}
