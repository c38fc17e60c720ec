//! What a denied call was about, seen the same way whether S3 or KMS told of it.

use super::{Class, observed_prefix};
use locksmith_core::arn::Arn;
use locksmith_core::message::Message;
use locksmith_core::record::Record;

pub(super) struct Subject {
    pub(super) class: Class,
    pub(super) resource: String,
    pub(super) prefix: Option<String>,
    pub(super) key: Option<String>,
    /// Whether S3 called KMS for the caller: the call to S3 tells more.
    pub(super) forwarded: bool,
}

pub(super) fn of(record: &Record, message: &Message) -> Subject {
    match record.service() {
        "s3" => s3(record, message),
        "kms" => kms(record, message),
        _ => other(record, message),
    }
}

fn s3(record: &Record, message: &Message) -> Subject {
    let listed = record.resources.iter().find_map(|entry| entry.arn.as_deref());
    let arn = listed.or(message.resource.as_deref()).and_then(Arn::parse);
    let (bucket, object) = match (record.parameter("bucketName"), arn.filter(is_s3)) {
        (Some(bucket), _) => (bucket, record.parameter("key")),
        (None, Some(arn)) => bucket_and_key(arn.resource),
        (None, None) => ("*".to_owned(), None),
    };
    let key = message.resource.as_deref().and_then(Arn::parse).filter(|arn| arn.service == "kms");
    Subject {
        class: s3_class(&record.event_name, object.is_some()),
        resource: bucket,
        prefix: object.as_deref().map(observed_prefix),
        key: key.map(|arn| arn.text.to_owned()),
        forwarded: false,
    }
}

fn is_s3(arn: &Arn<'_>) -> bool {
    arn.service == "s3"
}

fn bucket_and_key(resource: &str) -> (String, Option<String>) {
    match resource.split_once('/') {
        Some((bucket, key)) => (bucket.to_owned(), Some(key.to_owned())),
        None => (resource.to_owned(), None),
    }
}

fn s3_class(operation: &str, on_object: bool) -> Class {
    let begins = |starts: &[&str]| starts.iter().any(|start| operation.starts_with(start));
    match operation {
        "HeadBucket" => Class::List,
        _ if begins(&["List"]) => Class::List,
        _ if begins(&["Delete", "Abort"]) && (on_object || operation == "DeleteObjects") => {
            Class::Delete
        }
        _ if !on_object => Class::Configure,
        _ if begins(&["Get", "Head", "Select"]) => Class::Read,
        _ => Class::Write,
    }
}

fn kms(record: &Record, message: &Message) -> Subject {
    let named = record.resource("AWS::KMS::Key").and_then(|entry| entry.arn.clone());
    let key = named.or_else(|| message.resource.clone()).or_else(|| record.parameter("keyId"));
    let decrypts = record.event_name.starts_with("Decrypt");
    let encrypts = ["Encrypt", "GenerateDataKey", "ReEncrypt"];
    let encrypts = encrypts.iter().any(|start| record.event_name.starts_with(start));
    // S3 always names the object or the bucket in the encryption context.
    let context = record.request.as_ref().and_then(|request| request.get("encryptionContext"));
    let object = context.and_then(|context| context.get("aws:s3:arn"));
    let object = object.and_then(serde_json::Value::as_str).and_then(Arn::parse).filter(is_s3);
    if let Some(arn) = object
        && record.identity.invoked_by.is_some()
    {
        let (bucket, object) = bucket_and_key(arn.resource);
        return Subject {
            class: if decrypts { Class::Read } else { Class::Write },
            resource: bucket,
            prefix: object.as_deref().map(observed_prefix),
            key,
            forwarded: true,
        };
    }
    let class = match (decrypts, encrypts) {
        (true, _) => Class::Decrypt,
        (_, true) => Class::Encrypt,
        _ => Class::Configure,
    };
    let resource = key.clone().unwrap_or_else(|| "*".to_owned());
    Subject { class, resource, prefix: None, key, forwarded: false }
}

/// A denied `AssumeRole` often names its role in the message alone.
fn other(record: &Record, message: &Message) -> Subject {
    let listed = record.resources.iter().find_map(|entry| entry.arn.clone());
    let resource = record.parameter("roleArn").or_else(|| message.resource.clone()).or(listed);
    let assumes = record.event_name.starts_with("AssumeRole");
    Subject {
        class: if assumes { Class::Assume } else { Class::Configure },
        resource: resource.unwrap_or_else(|| "*".to_owned()),
        prefix: None,
        key: None,
        forwarded: false,
    }
}
