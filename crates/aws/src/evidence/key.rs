//! A KMS key with its policy, grants, aliases and tags.

use super::answer::{Answer, Failure};
use super::files::{Put, What};
use super::json::{compact, list, read, text_of, unreadable, with};
use super::session::{Listed, Session};
use aws_sdk_kms::types::{AliasListEntry, GrantListEntry, KeyListEntry, KeyMetadata};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use futures_util::future::{join, join4};
use locksmith_core::arn::Arn;
use serde_json::{Value, json};

/// Reads a key by its ARN, bare id or alias.
pub(super) async fn key(session: &Session, id: &str) -> Vec<Put> {
    let named = Arn::parse(id).map_or(id, |arn| arn.resource);
    let answer = if named.starts_with("alias/") {
        // An alias tells its key to DescribeKey alone.
        match metadata(session, id).await {
            Ok(metadata) => {
                let rest = rest(&session.after(), metadata.key_id()).await;
                Ok((Ok(metadata), rest))
            }
            Err(failure) => Err(failure),
        }
    } else {
        let (metadata, rest) = join(metadata(session, id), rest(session, id)).await;
        match metadata {
            Err(failure) if is_not_there(&failure) => Err(failure),
            metadata => Ok((metadata, rest)),
        }
    };
    let account = session.account();
    let region = || Put::new(account, What::KeyRegion(session.region().to_owned()));
    match answer {
        // That there is no such key is known now.
        Err(failure) if is_not_there(&failure) => vec![region()],
        Err(failure) => {
            let value = json!({
                "KeyMetadata": unreadable(&failure),
                "Policy": unreadable(&failure),
                "Grants": unreadable(&failure),
                "Aliases": [{"AliasName": named}],
                "Tags": unreadable(&failure),
            });
            vec![Put::entry(account, "Kms", "Keys", "KeyMetadata", value)]
        }
        Ok((metadata, rest)) => {
            let metadata = match metadata {
                Ok(metadata) => shape(&metadata),
                Err(failure) => asked_for(id, &failure),
            };
            let value = with(rest, "KeyMetadata", compact(metadata));
            vec![Put::entry(account, "Kms", "Keys", "KeyMetadata", value), region()]
        }
    }
}

fn is_not_there(failure: &Failure) -> bool {
    failure.is(&["NotFoundException"])
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html>
async fn metadata(session: &Session, id: &str) -> Answer<KeyMetadata> {
    let client = session.kms();
    let answer = session.call("DescribeKey", client.describe_key().key_id(id).send()).await?;
    answer.key_metadata.ok_or_else(|| Failure::because("DescribeKey", "the answer is empty"))
}

/// What belongs to a key besides its metadata.
async fn rest(session: &Session, id: &str) -> Value {
    let client = session.kms();
    let take_grants = |page: aws_sdk_kms::operation::list_grants::ListGrantsOutput| {
        page.grants.unwrap_or_default().iter().map(grant).collect()
    };
    let take_aliases = |page: aws_sdk_kms::operation::list_aliases::ListAliasesOutput| {
        page.aliases.unwrap_or_default().iter().map(alias).collect()
    };
    let take_tags = |page: aws_sdk_kms::operation::list_resource_tags::ListResourceTagsOutput| {
        let tags = page.tags.unwrap_or_default();
        let tag = |tag: &aws_sdk_kms::types::Tag| json!({"TagKey": tag.tag_key(), "TagValue": tag.tag_value()});
        tags.iter().map(tag).collect()
    };
    let (policy, grants, aliases, tags) = join4(
        session
            .call("GetKeyPolicy", client.get_key_policy().key_id(id).policy_name("default").send()),
        session.pages(
            "ListGrants",
            client.list_grants().key_id(id).into_paginator().send(),
            take_grants,
        ),
        session.pages(
            "ListAliases",
            client.list_aliases().key_id(id).into_paginator().send(),
            take_aliases,
        ),
        session.pages(
            "ListResourceTags",
            client.list_resource_tags().key_id(id).into_paginator().send(),
            take_tags,
        ),
    )
    .await;
    let none = || Failure::because("GetKeyPolicy", "the answer is empty");
    let policy = policy.and_then(|answer| answer.policy.map(Value::from).ok_or_else(none));
    json!({
        "Policy": read(policy),
        "Grants": list(grants),
        "Aliases": list(aliases),
        "Tags": list(tags),
    })
}

fn shape(metadata: &KeyMetadata) -> Value {
    let time = |time: &DateTime| time.fmt(Format::DateTime).ok();
    json!({
        "AWSAccountId": metadata.aws_account_id(),
        "KeyId": metadata.key_id(),
        "Arn": metadata.arn(),
        "CreationDate": metadata.creation_date().and_then(time),
        "DeletionDate": metadata.deletion_date().and_then(time),
        "Enabled": metadata.enabled(),
        "KeyUsage": metadata.key_usage().map(text_of),
        "KeyState": metadata.key_state().map(text_of),
        "Origin": metadata.origin().map(text_of),
        "KeyManager": metadata.key_manager().map(text_of),
        "KeySpec": metadata.key_spec().map(text_of),
        "MultiRegion": metadata.multi_region(),
    })
}

/// The metadata of a key that did not tell it: what it was asked by is known.
fn asked_for(id: &str, failure: &Failure) -> Value {
    let why = || unreadable(failure);
    let Some(arn) = Arn::parse(id) else { return why() };
    json!({
        "Arn": id,
        "KeyId": arn.resource.trim_start_matches("key/"),
        "KeyManager": why(),
        "KeyState": why(),
        "MultiRegion": why(),
        "KeySpec": why(),
        "KeyUsage": why(),
        "Origin": why(),
    })
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html>
fn grant(grant: &GrantListEntry) -> Value {
    let operations = grant.operations().iter().map(text_of);
    json!({
        "KeyId": grant.key_id(),
        "GrantId": grant.grant_id(),
        "Name": grant.name(),
        "GranteePrincipal": grant.grantee_principal(),
        "GranteeServicePrincipal": grant.grantee_service_principal(),
        "RetiringPrincipal": grant.retiring_principal(),
        "IssuingAccount": grant.issuing_account(),
        "Operations": operations.collect::<Vec<_>>(),
        "Constraints": grant.constraints().map(|constraints| json!({
            "EncryptionContextSubset": constraints.encryption_context_subset(),
            "EncryptionContextEquals": constraints.encryption_context_equals(),
            "SourceArn": constraints.source_arn(),
        })),
    })
}

fn alias(alias: &AliasListEntry) -> Value {
    json!({"AliasName": alias.alias_name(), "AliasArn": alias.alias_arn()})
}

/// The keys of the account and Region.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html>
pub(super) async fn keys(session: &Session) -> Answer<Listed<KeyListEntry>> {
    let client = session.kms();
    let stream = client.list_keys().into_paginator().send();
    session.pages("ListKeys", stream, |page| page.keys.unwrap_or_default()).await
}
