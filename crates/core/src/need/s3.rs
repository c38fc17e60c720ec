//! S3's operations: which permissions of S3 and of KMS each of them needs.

mod key;
mod table;

pub(crate) use self::key::{ObjectLookup, default_rule, object, region};

use self::key::{reading, writing};
use self::table::{HEADERS, ON_BUCKETS, ON_OBJECTS, Use};
use super::{Need, S3Target, Target, need};
use crate::arn::Arn;
use crate::call::Call;
use crate::evidence::Evidence;

pub(super) fn needs(call: &Call, evidence: &Evidence) -> Vec<Need> {
    if ["ListBuckets", "ListAllMyBuckets"].contains(&&*call.operation) {
        return need("s3", "ListAllMyBuckets", Target::Service).into_iter().collect();
    }
    let Some(target) = target(call) else {
        return super::other(call);
    };
    match &*call.operation {
        "CopyObject" | "UploadPartCopy" => copy(call, &target, evidence),
        "UpdateObjectEncryption" => update_encryption(call, &target, evidence),
        _ => one_object(call, &target, evidence),
    }
}

/// What the call is about: from the request's parameters, the resources, or the ARN asked about.
fn target(call: &Call) -> Option<S3Target> {
    let version = call.parameter("versionid").map(str::to_owned);
    if let Some(bucket) = call.parameter("bucketname") {
        // The record's resources know an access point that the bucket's name hides.
        let point = call.resource_of("AWS::S3::AccessPoint").and_then(|entry| entry.arn.as_deref());
        let key = call.parameter("key").map(str::to_owned);
        return Some(S3Target {
            bucket: point.unwrap_or(bucket).to_owned(),
            key,
            version,
            some_object: false,
        });
    }
    let kinds = ["AWS::S3::Object", "AWS::S3::AccessPoint", "AWS::S3::Bucket"];
    let listed = kinds.iter().find_map(|kind| call.resource_of(kind)?.arn.as_deref());
    let message = call.message().and_then(|message| message.resource.as_deref());
    let arn = call.resource.as_deref().or(listed).or(message)?;
    let mut target = parse_arn(arn)?;
    target.version = version;
    Some(target)
}

fn parse_arn(arn: &str) -> Option<S3Target> {
    let arn = Arn::parse(arn).filter(|arn| arn.service == "s3")?;
    let (bucket, key) = if arn.resource.starts_with("accesspoint/") {
        let whole = arn.text;
        match whole.split_once("/object/") {
            Some((point, key)) => (point, Some(key)),
            None => (whole, None),
        }
    } else {
        match arn.resource.split_once('/') {
            Some((bucket, key)) => (bucket, Some(key)),
            None => (arn.resource, None),
        }
    };
    Some(S3Target {
        bucket: bucket.to_owned(),
        key: key.map(str::to_owned),
        version: None,
        some_object: false,
    })
}

fn one_object(call: &Call, target: &S3Target, evidence: &Evidence) -> Vec<Need> {
    // Without an event it is the action that is asked for, perhaps that for a version.
    let operation = ON_OBJECTS.iter().find(|operation| {
        operation.name == call.operation
            || call.event.is_none() && operation.versioned == Some(&*call.operation)
    });
    let Some(operation) = operation else { return on_bucket_or_same_name(call, target) };
    let action = match (operation.versioned, &target.version) {
        (Some(versioned), Some(_)) => versioned,
        (Some(versioned), None) if versioned == call.operation => versioned,
        _ => operation.action,
    };
    let mut needs: Vec<Need> = need("s3", action, Target::S3(target.clone())).into_iter().collect();
    match operation.key {
        None => {}
        Some(Use::Read(actions)) => needs.extend(reading(call, target, evidence, actions)),
        Some(Use::Write(actions)) => {
            needs.extend(extras(call, target));
            needs.extend(writing(call, target, evidence, actions));
        }
    }
    needs
}

fn on_bucket_or_same_name(call: &Call, target: &S3Target) -> Vec<Need> {
    let bucket = S3Target { key: None, version: None, ..target.clone() };
    let renamed = ON_BUCKETS.iter().find(|(name, _)| *name == call.operation);
    let (action, target) = match renamed {
        Some((_, action)) => (*action, bucket),
        None if call.operation == "DeleteObjects" => {
            ("DeleteObject", S3Target { some_object: true, ..bucket })
        }
        None => (&*call.operation, target.clone()),
    };
    need("s3", action, Target::S3(target)).into_iter().collect()
}

/// Permissions for what the request's headers set.
fn extras(call: &Call, target: &S3Target) -> Vec<Need> {
    let mut actions: Vec<&str> = Vec::new();
    for (header, action) in HEADERS {
        if call.parameter(header).is_some() && !actions.contains(&action) {
            actions.push(action);
        }
    }
    actions.iter().filter_map(|action| need("s3", action, Target::S3(target.clone()))).collect()
}

fn copy(call: &Call, target: &S3Target, evidence: &Evidence) -> Vec<Need> {
    let mut needs = Vec::new();
    match source_of_copy(call) {
        Some(source) => {
            let action = if source.version.is_some() { "GetObjectVersion" } else { "GetObject" };
            needs.extend(need("s3", action, Target::S3(source.clone())));
            needs.extend(need("s3", "PutObject", Target::S3(target.clone())));
            needs.extend(extras(call, target));
            needs.extend(reading(call, &source, evidence, &["Decrypt"]));
        }
        None => {
            needs.extend(need("s3", "GetObject", Target::Other(None)));
            needs.extend(need("s3", "PutObject", Target::S3(target.clone())));
            needs.extend(extras(call, target));
        }
    }
    needs.extend(writing(call, target, evidence, &["GenerateDataKey"]));
    needs
}

/// `x-amz-copy-source`: `bucket/key`, URL-encoded, perhaps with a version, or an access point's
/// ARN.
fn source_of_copy(call: &Call) -> Option<S3Target> {
    let written = call.parameter("x-amz-copy-source")?;
    let (path, version) = match written.split_once("?versionId=") {
        Some((path, version)) => (path, Some(version.to_owned())),
        None => (written, None),
    };
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
    let mut source = match parse_arn(&decoded) {
        Some(source) => source,
        None => {
            let (bucket, key) = decoded.trim_start_matches('/').split_once('/')?;
            S3Target {
                bucket: bucket.to_owned(),
                key: Some(key.to_owned()),
                version: None,
                some_object: false,
            }
        }
    };
    source.version = version;
    Some(source)
}

fn update_encryption(call: &Call, target: &S3Target, evidence: &Evidence) -> Vec<Need> {
    let mut needs: Vec<Need> = ["UpdateObjectEncryption", "PutObject"]
        .iter()
        .filter_map(|action| need("s3", action, Target::S3(target.clone())))
        .collect();
    let actions = ["Encrypt", "Decrypt", "GenerateDataKey", "ReEncryptFrom", "ReEncryptTo"];
    needs.extend(writing(call, target, evidence, &actions));
    needs
}
