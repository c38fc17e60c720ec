//! All principals and policies of an account.

use super::shapes::{group_detail, policy_detail, role_detail, user_detail};
use crate::evidence::files::{Put, What};
use crate::evidence::session::Session;
use aws_sdk_iam::operation::get_account_authorization_details::GetAccountAuthorizationDetailsOutput as Details;
use serde_json::Value;

/// Reads `Iam` as a whole.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>
pub(crate) async fn authorization_details(session: &Session) -> Vec<Put> {
    let account = session.account();
    let client = session.iam();
    let request = client.get_account_authorization_details();
    let stream = request.into_paginator().page_size(1000).send();
    let name = "GetAccountAuthorizationDetails";
    let listed = match session.pages(name, stream, |page| vec![page]).await {
        Ok(listed) => listed,
        Err(failure) => {
            let why = failure.to_string();
            return vec![Put::new(account, What::Unreadable { section: "Iam", why })];
        }
    };
    let pages = || listed.entries.iter();
    let users = pages().flat_map(Details::user_detail_list).map(user_detail);
    let groups = pages().flat_map(Details::group_detail_list).map(group_detail);
    let roles = pages().flat_map(Details::role_detail_list).map(role_detail);
    let policies = pages().flat_map(Details::policies).map(policy_detail);
    let lists: [(&str, Value); 4] = [
        ("UserDetailList", users.collect()),
        ("GroupDetailList", groups.collect()),
        ("RoleDetailList", roles.collect()),
        ("Policies", policies.collect()),
    ];
    let truncated = ("IsTruncated", listed.failure.is_some().into());
    let setting = |(name, value)| Put::new(account, What::Setting { section: "Iam", name, value });
    lists.into_iter().chain([truncated]).map(setting).collect()
}
