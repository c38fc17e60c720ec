//! An access point with its policy.

use super::shapes::account_block;
use crate::evidence::answer::{Answer, OrAbsent};
use crate::evidence::files::Put;
use crate::evidence::json::{field, text_of, unreadable};
use crate::evidence::session::{Listed, Session};
use aws_sdk_s3control::types::AccessPoint;
use futures_util::future::join;
use locksmith_core::arn::Arn;
use serde_json::{Value, json};

/// Reads an access point by its ARN.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetAccessPoint.html>
pub(crate) async fn access_point(session: &Session, arn: &str) -> Vec<Put> {
    let parsed = Arn::parse(arn);
    let name = parsed.map_or(arn, |arn| arn.resource.trim_start_matches("accesspoint/"));
    let name = name.split('/').next().unwrap_or_default();
    let client = session.s3control();
    let account = session.account();
    let account = account.as_str();
    let request = client.get_access_point().account_id(account).name(name).send();
    let (found, policy) =
        join(session.call("GetAccessPoint", request), policy(session, name)).await;
    let value = match found {
        Err(failure) => unreadable(failure),
        Ok(found) => json!({
            "Name": found.name,
            "AccessPointArn": found.access_point_arn.as_deref().unwrap_or(arn),
            "Alias": found.alias,
            "Bucket": found.bucket,
            // The bucket of an access point without this is the same account's.
            "BucketAccountId": found.bucket_account_id.as_deref().unwrap_or(account),
            "NetworkOrigin": found.network_origin.as_ref().map(text_of),
            "VpcConfiguration": found.vpc_configuration.as_ref().map(|vpc| json!({
                "VpcId": vpc.vpc_id()
            })),
            "PublicAccessBlockConfiguration":
                found.public_access_block_configuration.as_ref().map(account_block),
            "Policy": field(policy),
        }),
    };
    vec![Put::entry(session.account(), "S3", "AccessPoints", "AccessPointArn", value)]
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetAccessPointPolicy.html>
async fn policy(session: &Session, name: &str) -> Answer<Option<Value>> {
    let client = session.s3control();
    let account = session.account();
    let account = account.as_str();
    let request = client.get_access_point_policy().account_id(account).name(name).send();
    let answer = session.call("GetAccessPointPolicy", request).await;
    let answer = answer.or_absent(&["NoSuchAccessPointPolicy"])?;
    Ok(answer.and_then(|answer| answer.policy).map(Value::from))
}

/// The access points of an account and Region.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListAccessPoints.html>
pub(crate) async fn access_points(session: &Session) -> Answer<Listed<AccessPoint>> {
    let client = session.s3control();
    let request = client.list_access_points().account_id(session.account().as_str());
    let stream = request.into_paginator().send();
    let take = |page: aws_sdk_s3control::operation::list_access_points::ListAccessPointsOutput| {
        page.access_point_list.unwrap_or_default()
    };
    session.pages("ListAccessPoints", stream, take).await
}

/// The access point of an alias, if it is this account's: its ARN, and what its bucket's reading
/// can begin with.
pub(crate) async fn alias_owner(session: &Session, alias: &str) -> Answer<Option<(String, Put)>> {
    let listed = access_points(session).await?;
    let Some(found) = listed.entries.iter().find(|point| point.alias() == Some(alias)) else {
        return listed.failure.map_or(Ok(None), Err);
    };
    let account = session.account();
    let arn = found.access_point_arn().unwrap_or_default().to_owned();
    let not_yet = || unreadable("it was not read yet");
    let value = json!({
        "Name": found.name(),
        "AccessPointArn": arn,
        "Alias": alias,
        "Bucket": found.bucket(),
        "BucketAccountId": found.bucket_account_id().unwrap_or(account.as_str()),
        "NetworkOrigin": found.network_origin().as_str(),
        "VpcConfiguration": found.vpc_configuration().map(|vpc| json!({"VpcId": vpc.vpc_id()})),
        "PublicAccessBlockConfiguration": not_yet(),
        "Policy": not_yet(),
    });
    let put = Put::entry(account, "S3", "AccessPoints", "AccessPointArn", value);
    Ok(Some((arn, put)))
}
