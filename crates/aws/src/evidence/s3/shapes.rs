//! What the AWS CLI prints of S3's answers.

use crate::evidence::json::{tags, text_of};
use aws_sdk_s3::types::{
    Grant, OwnershipControls, PublicAccessBlockConfiguration, ServerSideEncryptionConfiguration,
    Tag,
};
use serde_json::{Value, json};

pub(super) fn encryption(configuration: &ServerSideEncryptionConfiguration) -> Value {
    let rules = configuration.rules().iter().map(|rule| {
        let default = rule.apply_server_side_encryption_by_default();
        let blocked = rule.blocked_encryption_types();
        json!({
            "ApplyServerSideEncryptionByDefault": default.map(|default| json!({
                "SSEAlgorithm": default.sse_algorithm().as_str(),
                "KMSMasterKeyID": default.kms_master_key_id(),
            })),
            "BucketKeyEnabled": rule.bucket_key_enabled(),
            "BlockedEncryptionTypes": blocked.map(|blocked| json!({
                "EncryptionType":
                    blocked.encryption_type().iter().map(text_of).collect::<Vec<_>>(),
            })),
        })
    });
    json!({"Rules": rules.collect::<Value>()})
}

pub(super) fn ownership(controls: &OwnershipControls) -> Value {
    let rules = controls.rules().iter();
    let rules = rules.map(|rule| json!({"ObjectOwnership": rule.object_ownership().as_str()}));
    json!({"Rules": rules.collect::<Value>()})
}

pub(super) fn block(block: &PublicAccessBlockConfiguration) -> Value {
    json!({
        "BlockPublicAcls": block.block_public_acls(),
        "IgnorePublicAcls": block.ignore_public_acls(),
        "BlockPublicPolicy": block.block_public_policy(),
        "RestrictPublicBuckets": block.restrict_public_buckets(),
    })
}

pub(super) fn account_block(
    block: &aws_sdk_s3control::types::PublicAccessBlockConfiguration,
) -> Value {
    json!({
        "BlockPublicAcls": block.block_public_acls(),
        "IgnorePublicAcls": block.ignore_public_acls(),
        "BlockPublicPolicy": block.block_public_policy(),
        "RestrictPublicBuckets": block.restrict_public_buckets(),
    })
}

pub(super) fn tag_set(set: &[Tag]) -> Value {
    tags(set.iter().map(|tag| (tag.key(), tag.value())))
}

pub(super) fn grants(grants: &[Grant]) -> Value {
    let grant = |grant: &Grant| {
        let grantee = grant.grantee();
        json!({
            "Grantee": grantee.map(|grantee| json!({
                "ID": grantee.id(),
                "URI": grantee.uri(),
                "Type": grantee.r#type().as_str(),
            })),
            "Permission": grant.permission().map(text_of),
        })
    };
    grants.iter().map(grant).collect()
}
