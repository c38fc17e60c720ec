//! A VPC endpoint with its policy.

use super::answer::Answer;
use super::ec2::{VpcEndpoint, describe_vpc_endpoints};
use super::files::Put;
use super::json::unreadable;
use super::session::Session;
use core::fmt::Display;
use locksmith_core::arn::AccountId;
use serde_json::json;

/// Reads an endpoint; nothing where the account has none of this id.
pub(super) async fn vpc_endpoint(session: &Session, id: &str) -> Answer<Option<Put>> {
    let found = describe_vpc_endpoints(session, Some(id)).await?;
    Ok(found
        .iter()
        .find(|endpoint| endpoint.id == id)
        .map(|endpoint| put(session.account(), endpoint)))
}

/// All endpoints of the account and Region.
pub(super) async fn vpc_endpoints(session: &Session) -> Answer<Vec<Put>> {
    let found = describe_vpc_endpoints(session, None).await?;
    Ok(found.iter().map(|endpoint| put(session.account(), endpoint)).collect())
}

fn put(account: AccountId, endpoint: &VpcEndpoint) -> Put {
    let value = json!({
        "VpcEndpointId": endpoint.id,
        "VpcEndpointType": endpoint.kind,
        "ServiceName": endpoint.service_name,
        "VpcId": endpoint.vpc_id,
        "State": endpoint.state,
        "OwnerId": endpoint.owner_id,
        "PolicyDocument": endpoint.policy_document,
    });
    Put::entry(account, "Ec2", "VpcEndpoints", "VpcEndpointId", value)
}

/// An endpoint of a known account that could not be read.
pub(super) fn unread(account: AccountId, id: &str, why: impl Display) -> Put {
    let why = || unreadable(&why);
    let value = json!({
        "VpcEndpointId": id,
        "ServiceName": why(),
        "VpcId": why(),
        "PolicyDocument": why(),
    });
    Put::entry(account, "Ec2", "VpcEndpoints", "VpcEndpointId", value)
}
