//! The role or user of a unique id.
//!
//! No operation takes an id, so the account's principals are listed until it is found, with their
//! policies: to list names alone would be no faster, and their policies had to be asked for then.

use super::policy::ManagedPolicies;
use super::shapes::{role_detail, user_detail};
use super::user::{all_groups, group_puts};
use super::{role, user};
use crate::evidence::answer::{Answer, Failure};
use crate::evidence::cache::Cache;
use crate::evidence::files::Put;
use crate::evidence::json::unreadable;
use crate::evidence::session::Session;
use aws_sdk_iam::operation::get_account_authorization_details::GetAccountAuthorizationDetailsOutput as Details;
use aws_sdk_iam::types::{
    AttachedPermissionsBoundary, AttachedPolicy, EntityType, RoleDetail, UserDetail,
};
use futures_util::future::{join, join_all};
use locksmith_core::arn::AccountId;

/// Reads the principal of an id, `AROA...` or `AIDA...`; that of a session goes on with its name.
pub(crate) async fn principal(
    session: &Session,
    policies: &ManagedPolicies,
    versions: &Cache<String>,
    names: &Cache<String>,
    id: &str,
) -> Vec<Put> {
    let id = id.split(':').next().unwrap_or_default();
    match (names.get(id), id.starts_with("AROA")) {
        (Some(name), true) => role(session, policies, versions, &name).await,
        (Some(name), false) => user(session, policies, versions, &name).await,
        (None, true) => role_of(session, policies, versions, names, id).await,
        (None, false) => user_of(session, policies, versions, names, id).await,
    }
}

async fn role_of(
    session: &Session,
    policies: &ManagedPolicies,
    versions: &Cache<String>,
    names: &Cache<String>,
    id: &str,
) -> Vec<Put> {
    let account = session.account();
    let list = "RoleDetailList";
    let has = |role: &RoleDetail| role.role_id() == Some(id);
    let take = |page: Details| page.role_detail_list.unwrap_or_default();
    let (found, after) = match find(session, EntityType::Role, take, has).await {
        Ok(found) => found,
        Err(failure) => return vec![nobody(account, list, failure)],
    };
    let Some(role) = found else { return vec![nobody(account, list, deleted(id))] };
    names.put(id, role.role_name().unwrap_or_default().to_owned());
    let arns = managed(role.attached_managed_policies(), role.permissions_boundary());
    let read = arns.map(|arn| policies.policy(&after, versions, arn));
    let mut puts = join_all(read).await;
    puts.push(Put::entry(account, "Iam", list, "Arn", role_detail(&role)));
    puts
}

async fn user_of(
    session: &Session,
    policies: &ManagedPolicies,
    versions: &Cache<String>,
    names: &Cache<String>,
    id: &str,
) -> Vec<Put> {
    let account = session.account();
    let list = "UserDetailList";
    let has = |user: &UserDetail| user.user_id() == Some(id);
    let take = |page: Details| page.user_detail_list.unwrap_or_default();
    let (found, groups) =
        join(find(session, EntityType::User, take, has), all_groups(session)).await;
    let (found, after) = match found {
        Ok(found) => found,
        Err(failure) => return vec![nobody(account, list, failure)],
    };
    let Some(user) = found else { return vec![nobody(account, list, deleted(id))] };
    names.put(id, user.user_name().unwrap_or_default().to_owned());
    let arns = managed(user.attached_managed_policies(), user.permissions_boundary());
    let own: Vec<_> = user.group_list().iter().map(String::as_str).collect();
    let (mut puts, of_groups) = join(
        join_all(arns.map(|arn| policies.policy(&after, versions, arn))),
        group_puts(account, policies, versions, groups, &own),
    )
    .await;
    puts.extend(of_groups);
    puts.push(Put::entry(account, "Iam", list, "Arn", user_detail(&user)));
    puts
}

fn managed<'a>(
    attached: &'a [AttachedPolicy],
    boundary: Option<&'a AttachedPermissionsBoundary>,
) -> impl Iterator<Item = &'a str> {
    let boundary = boundary.and_then(AttachedPermissionsBoundary::permissions_boundary_arn);
    attached.iter().filter_map(AttachedPolicy::policy_arn).chain(boundary)
}

/// Lists principals until the one that is looked for.
async fn find<T>(
    session: &Session,
    kind: EntityType,
    take: impl Fn(Details) -> Vec<T>,
    has: impl Fn(&T) -> bool,
) -> Answer<(Option<T>, Session)> {
    let client = session.iam();
    let stream = client.get_account_authorization_details().filter(kind).into_paginator().send();
    let enough = |found: &[T]| found.iter().any(&has);
    let listed =
        session.pages_until("GetAccountAuthorizationDetails", stream, take, enough).await?;
    match (listed.entries.into_iter().find(&has), listed.failure) {
        (None, Some(failure)) => Err(failure),
        (found, _) => Ok((found, listed.after)),
    }
}

fn deleted(id: &str) -> Failure {
    let why = format!("nobody has the unique id {id}; who had it may be deleted");
    Failure::because("GetAccountAuthorizationDetails", why)
}

fn nobody(account: AccountId, list: &'static str, failure: Failure) -> Put {
    Put::entry(account, "Iam", list, "Arn", unreadable(failure))
}
