//! A bucket with its policy and settings, read as its owner.

use super::shapes::{account_block, block, encryption, ownership, tag_set};
use crate::evidence::answer::{Answer, Failure, OrAbsent};
use crate::evidence::files::{Put, What};
use crate::evidence::json::{field, read, unreadable, with};
use crate::evidence::session::{Listed, Session};
use aws_sdk_s3::types::{Bucket, ServerSideEncryptionConfiguration};
use futures_util::future::join;
use locksmith_core::arn::AccountId;
use serde_json::{Value, json};

/// A bucket of which nothing was read, and why.
pub(crate) fn unread(name: &str, why: &str) -> Value {
    json!({
        "Name": name,
        "BucketRegion": unreadable(why),
        "Policy": unreadable(why),
        "ServerSideEncryptionConfiguration": unreadable(why),
        "PublicAccessBlockConfiguration": unreadable(why),
        "OwnershipControls": unreadable(why),
        "RequestPayment": unreadable(why),
        "TagSet": unreadable(why),
    })
}

/// A bucket and its account's settings behind a door that did not open.
pub(crate) fn bucket_behind(account: AccountId, name: &str, failure: &Failure) -> Vec<Put> {
    let bucket = unread(name, &failure.to_string());
    let bucket = What::Bucket(with(bucket, "Objects", unreadable(failure)));
    let (section, name) = ("S3", "PublicAccessBlockConfiguration");
    let blocked = What::Setting { section, name, value: unreadable(failure) };
    vec![Put::new(account, bucket), Put::new(account, blocked)]
}

/// Reads a bucket and its account's Block Public Access.
pub(crate) async fn bucket(session: &Session, name: &str) -> Vec<Put> {
    let account = session.account();
    let (bucket, blocked) = join(settings(session, name), account_settings(session)).await;
    vec![Put::new(account, What::Bucket(bucket)), blocked]
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetPublicAccessBlock.html>
pub(crate) async fn account_settings(session: &Session) -> Put {
    let client = session.s3control();
    let request = client.get_public_access_block().account_id(session.account().as_str()).send();
    let answer = session.call("GetPublicAccessBlock of the account", request).await;
    let answer = answer.or_absent(&["NoSuchPublicAccessBlockConfiguration"]);
    let found = answer.map(|answer| answer?.public_access_block_configuration);
    let value = field(found.map(|found| found.as_ref().map(account_block)));
    let name = "PublicAccessBlockConfiguration";
    Put::new(session.account(), What::Setting { section: "S3", name, value })
}

/// The settings, in the bucket's Region: a bucket elsewhere says where it is.
pub(crate) async fn settings(session: &Session, name: &str) -> Value {
    let (elsewhere, value) = settings_here(session, name).await;
    match elsewhere {
        Some(region) => settings_here(&session.after().moved(&region), name).await.1,
        None => value,
    }
}

/// The settings, and the Region that the bucket is in instead.
async fn settings_here(session: &Session, name: &str) -> (Option<String>, Value) {
    let (head, policy, encryption, block, ownership, payment, tags) = tokio::join!(
        region(session, name),
        policy(session, name),
        default_encryption(session, name),
        public_access(session, name),
        ownership_controls(session, name),
        request_payment(session, name),
        bucket_tags(session, name),
    );
    let elsewhere = head.as_ref().err().and_then(Failure::redirected).map(str::to_owned);
    let value = json!({
        "Name": name,
        "BucketRegion": read(head.map(Value::from)),
        "Policy": field(policy),
        "ServerSideEncryptionConfiguration": encryption_field(encryption),
        "PublicAccessBlockConfiguration": field(block),
        "OwnershipControls": field(ownership),
        "RequestPayment": field(payment),
        "TagSet": field(tags.map(|tags| tags.or_else(|| Some(json!([]))))),
    });
    (elsewhere, value)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html>
pub(super) async fn region(session: &Session, name: &str) -> Answer<String> {
    let client = session.s3();
    let request =
        client.head_bucket().bucket(name).expected_bucket_owner(session.account().as_str());
    let answer = session.call("HeadBucket", request.send()).await?;
    Ok(answer.bucket_region.unwrap_or_else(|| session.region().to_owned()))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html>
async fn policy(session: &Session, name: &str) -> Answer<Option<Value>> {
    let client = session.s3();
    let request =
        client.get_bucket_policy().bucket(name).expected_bucket_owner(session.account().as_str());
    let answer = session.call("GetBucketPolicy", request.send()).await;
    let answer = answer.or_absent(&["NoSuchBucketPolicy"])?;
    Ok(answer.and_then(|answer| answer.policy).map(Value::from))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html>
pub(super) async fn default_encryption(
    session: &Session,
    name: &str,
) -> Answer<Option<ServerSideEncryptionConfiguration>> {
    let client = session.s3();
    let request = client
        .get_bucket_encryption()
        .bucket(name)
        .expected_bucket_owner(session.account().as_str());
    let answer = session.call("GetBucketEncryption", request.send()).await;
    let answer = answer.or_absent(&["ServerSideEncryptionConfigurationNotFoundError"])?;
    Ok(answer.and_then(|answer| answer.server_side_encryption_configuration))
}

pub(super) fn encryption_field(answer: Answer<Option<ServerSideEncryptionConfiguration>>) -> Value {
    field(answer.map(|found| found.as_ref().map(encryption)))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html>
async fn public_access(session: &Session, name: &str) -> Answer<Option<Value>> {
    let client = session.s3();
    let request = client
        .get_public_access_block()
        .bucket(name)
        .expected_bucket_owner(session.account().as_str());
    let answer = session.call("GetPublicAccessBlock", request.send()).await;
    let answer = answer.or_absent(&["NoSuchPublicAccessBlockConfiguration"])?;
    let found = answer.and_then(|answer| answer.public_access_block_configuration);
    Ok(found.as_ref().map(block))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html>
async fn ownership_controls(session: &Session, name: &str) -> Answer<Option<Value>> {
    let client = session.s3();
    let request = client
        .get_bucket_ownership_controls()
        .bucket(name)
        .expected_bucket_owner(session.account().as_str());
    let answer = session.call("GetBucketOwnershipControls", request.send()).await;
    let answer = answer.or_absent(&["OwnershipControlsNotFoundError"])?;
    Ok(answer.and_then(|answer| answer.ownership_controls).as_ref().map(ownership))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html>
async fn request_payment(session: &Session, name: &str) -> Answer<Option<Value>> {
    let client = session.s3();
    let request = client
        .get_bucket_request_payment()
        .bucket(name)
        .expected_bucket_owner(session.account().as_str());
    let answer = session.call("GetBucketRequestPayment", request.send()).await?;
    Ok(answer.payer.map(|payer| payer.as_str().into()))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html>
async fn bucket_tags(session: &Session, name: &str) -> Answer<Option<Value>> {
    let client = session.s3();
    let request =
        client.get_bucket_tagging().bucket(name).expected_bucket_owner(session.account().as_str());
    let answer = session.call("GetBucketTagging", request.send()).await;
    let answer = answer.or_absent(&["NoSuchTagSet"])?;
    Ok(answer.map(|answer| tag_set(answer.tag_set())))
}

/// The account's buckets. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html>
pub(crate) async fn buckets(session: &Session) -> Answer<Listed<Bucket>> {
    let client = session.s3();
    let stream = client.list_buckets().into_paginator().page_size(1000).send();
    session.pages("ListBuckets", stream, |page| page.buckets.unwrap_or_default()).await
}

/// Whether access control lists may count in a bucket, as it was read.
pub(crate) fn lists_may_count(bucket: &Value) -> bool {
    let first = bucket.pointer("/OwnershipControls/Rules/0/ObjectOwnership");
    first.is_none_or(|ownership| ownership != "BucketOwnerEnforced")
}
