//! One user with its groups, policies, boundary and tags.

use super::policy::ManagedPolicies;
use super::shapes::{attachment, boundary, group_detail, tag_list};
use crate::evidence::answer::{Answer, Failure};
use crate::evidence::cache::Cache;
use crate::evidence::files::{Put, What};
use crate::evidence::json::{list, read, unreadable};
use crate::evidence::session::{Listed, Session};
use aws_sdk_iam::types::{AttachedPolicy, EntityType, Group, GroupDetail, User};
use futures_util::future::{join, join_all, join4};
use locksmith_core::arn::AccountId;
use serde_json::{Value, json};

/// Reads a user. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html>
pub(crate) async fn user(
    session: &Session,
    policies: &ManagedPolicies,
    versions: &Cache<String>,
    name: &str,
) -> Vec<Put> {
    let account = session.account();
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
    let (inline, (head, bound), (attached, mut puts), (groups, group_puts)) =
        join4(inline(session, name), head, managed, memberships(session, policies, versions, name))
            .await;
    puts.extend(bound);
    puts.extend(group_puts);
    let detail = match head {
        Err(failure) => unreadable(failure),
        Ok(user) => json!({
            "Path": user.path,
            "UserName": user.user_name,
            "UserId": user.user_id,
            "Arn": user.arn,
            "UserPolicyList": list(inline),
            "GroupList": list(groups.map(|listed| listed.map(|group| group.group_name().into()))),
            "AttachedManagedPolicies": list(attached.map(|listed| listed.map(attachment))),
            "PermissionsBoundary": user.permissions_boundary.as_ref().map(boundary),
            "Tags": tag_list(user.tags()),
        }),
    };
    puts.push(Put::entry(account, "Iam", "UserDetailList", "Arn", detail));
    puts
}

async fn head(session: &Session, name: &str) -> Answer<User> {
    let client = session.iam();
    let answer = session.call("GetUser", client.get_user().user_name(name).send()).await?;
    answer.user.ok_or_else(|| Failure::because("GetUser", "the answer is empty"))
}

fn boundary_arn(user: &User) -> Option<String> {
    user.permissions_boundary.as_ref()?.permissions_boundary_arn.clone()
}

async fn attached(session: &Session, name: &str) -> Answer<Listed<AttachedPolicy>> {
    let client = session.iam();
    let stream = client.list_attached_user_policies().user_name(name).into_paginator().send();
    let take = |page: aws_sdk_iam::operation::list_attached_user_policies::ListAttachedUserPoliciesOutput| {
        page.attached_policies.unwrap_or_default()
    };
    session.pages("ListAttachedUserPolicies", stream, take).await
}

async fn inline(session: &Session, user: &str) -> Answer<Listed<Value>> {
    let client = session.iam();
    let stream = client.list_user_policies().user_name(user).into_paginator().send();
    let names = session.pages("ListUserPolicies", stream, |page| page.policy_names).await?;
    let after = &names.after;
    let document = async |name: &String| {
        let request = client.get_user_policy().user_name(user).policy_name(name).send();
        let answer = after.call("GetUserPolicy", request).await;
        let document = answer.map(|policy| policy.policy_document.into());
        json!({"PolicyName": name, "PolicyDocument": read(document)})
    };
    let entries = join_all(names.entries.iter().map(document)).await;
    Ok(Listed { entries, failure: names.failure, after: names.after })
}

/// The user's groups. What all groups hold is read beside their names: to ask for the policies of
/// each by name would make the chain one call longer.
async fn memberships(
    session: &Session,
    policies: &ManagedPolicies,
    versions: &Cache<String>,
    user: &str,
) -> (Answer<Listed<Group>>, Vec<Put>) {
    let client = session.iam();
    let names = client.list_groups_for_user().user_name(user).into_paginator().send();
    let names = session.pages("ListGroupsForUser", names, |page| page.groups);
    let (groups, all) = join(names, all_groups(session)).await;
    let own: Vec<_> = match &groups {
        Ok(groups) => groups.entries.iter().map(Group::group_name).collect(),
        Err(_) => Vec::new(),
    };
    let puts = group_puts(session.account(), policies, versions, all, &own).await;
    (groups, puts)
}

/// The groups of these names, with their managed policies.
pub(super) async fn group_puts(
    account: AccountId,
    policies: &ManagedPolicies,
    versions: &Cache<String>,
    all: Answer<Listed<GroupDetail>>,
    names: &[&str],
) -> Vec<Put> {
    if names.is_empty() {
        return Vec::new();
    }
    let name = "GroupDetailList";
    let all = match all {
        Ok(all) => all,
        Err(failure) => {
            let value = unreadable(failure);
            return vec![Put::new(account, What::Setting { section: "Iam", name, value })];
        }
    };
    let own = |group: &&GroupDetail| group.group_name().is_some_and(|name| names.contains(&name));
    let own: Vec<_> = all.entries.iter().filter(own).collect();
    let put = |group| Put::entry(account, "Iam", name, "Arn", group_detail(group));
    let mut puts: Vec<_> = own.iter().copied().map(put).collect();
    let attached = own.iter().flat_map(|group| group.attached_managed_policies());
    let arns = attached.filter_map(AttachedPolicy::policy_arn);
    let read = arns.map(|arn| policies.policy(&all.after, versions, arn));
    puts.extend(join_all(read).await);
    puts
}

/// Every group of the account with what it holds.
pub(super) async fn all_groups(session: &Session) -> Answer<Listed<GroupDetail>> {
    let client = session.iam();
    let request = client.get_account_authorization_details().filter(EntityType::Group);
    let take = |page: aws_sdk_iam::operation::get_account_authorization_details::GetAccountAuthorizationDetailsOutput| {
        page.group_detail_list.unwrap_or_default()
    };
    let stream = request.into_paginator().send();
    session.pages("GetAccountAuthorizationDetails", stream, take).await
}
