//! S3's operations: which permissions of S3 and of KMS each of them needs.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>;
//! where AWS's pages differ about KMS, what the call needs to succeed
//! (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html>).

use super::kms::{EncryptionContext, KeyRef, KeyUse};
use super::{Need, S3Target, Target, need};
use crate::arn::Arn;
use crate::call::Call;
use crate::evidence::{Bucket, Evidence, Field, Found, Lookup, Object};
use std::collections::BTreeMap;

/// What an operation does with the key of an object.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// It reads an object that is there.
    Read(&'static [&'static str]),
    /// It writes an object anew.
    Write(&'static [&'static str]),
}

/// An operation on an object, with its permission (and the one for a given version).
struct ObjectOperation {
    name: &'static str,
    action: &'static str,
    versioned: Option<&'static str>,
    key: Option<Use>,
}

const fn on_object(
    name: &'static str,
    action: &'static str,
    versioned: Option<&'static str>,
    key: Option<Use>,
) -> ObjectOperation {
    ObjectOperation { name, action, versioned, key }
}

const DECRYPT: Option<Use> = Some(Use::Read(&["Decrypt"]));
const GENERATE: Option<Use> = Some(Use::Write(&["GenerateDataKey"]));
const BOTH: Option<Use> = Some(Use::Write(&["GenerateDataKey", "Decrypt"]));
const FINISH: Option<Use> = Some(Use::Write(&["Decrypt"]));
const VERSION: Option<&str> = Some("GetObjectVersion");

/// Operations whose permission is not called like them, or that use a key.
const ON_OBJECTS: [ObjectOperation; 23] = [
    on_object("GetObject", "GetObject", VERSION, DECRYPT),
    on_object("HeadObject", "GetObject", VERSION, None),
    on_object("GetObjectAttributes", "GetObject", VERSION, DECRYPT),
    on_object("SelectObjectContent", "GetObject", VERSION, DECRYPT),
    on_object("GetObjectTorrent", "GetObjectTorrent", Some("GetObjectVersionTorrent"), None),
    on_object("GetObjectAcl", "GetObjectAcl", Some("GetObjectVersionAcl"), None),
    on_object("PutObjectAcl", "PutObjectAcl", Some("PutObjectVersionAcl"), None),
    on_object("GetObjectTagging", "GetObjectTagging", Some("GetObjectVersionTagging"), None),
    on_object("PutObjectTagging", "PutObjectTagging", Some("PutObjectVersionTagging"), None),
    on_object(
        "DeleteObjectTagging",
        "DeleteObjectTagging",
        Some("DeleteObjectVersionTagging"),
        None,
    ),
    on_object("GetObjectRetention", "GetObjectRetention", None, None),
    on_object("PutObjectRetention", "PutObjectRetention", None, None),
    on_object("GetObjectLegalHold", "GetObjectLegalHold", None, None),
    on_object("PutObjectLegalHold", "PutObjectLegalHold", None, None),
    on_object("PutObject", "PutObject", None, GENERATE),
    on_object("PostObject", "PutObject", None, GENERATE),
    on_object("CreateMultipartUpload", "PutObject", None, BOTH),
    on_object("UploadPart", "PutObject", None, BOTH),
    on_object("CompleteMultipartUpload", "PutObject", None, FINISH),
    on_object("AbortMultipartUpload", "AbortMultipartUpload", None, None),
    on_object("ListParts", "ListMultipartUploadParts", None, None),
    on_object("DeleteObject", "DeleteObject", Some("DeleteObjectVersion"), None),
    on_object("RestoreObject", "RestoreObject", None, None),
];

/// Operations on buckets whose permission is not called like them.
const ON_BUCKETS: [(&str, &str); 22] = [
    ("ListObjects", "ListBucket"),
    ("ListObjectsV2", "ListBucket"),
    ("HeadBucket", "ListBucket"),
    ("ListObjectVersions", "ListBucketVersions"),
    ("ListMultipartUploads", "ListBucketMultipartUploads"),
    ("GetBucketEncryption", "GetEncryptionConfiguration"),
    ("PutBucketEncryption", "PutEncryptionConfiguration"),
    ("DeleteBucketEncryption", "PutEncryptionConfiguration"),
    ("GetBucketLifecycle", "GetLifecycleConfiguration"),
    ("GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"),
    ("PutBucketLifecycle", "PutLifecycleConfiguration"),
    ("PutBucketLifecycleConfiguration", "PutLifecycleConfiguration"),
    ("DeleteBucketLifecycle", "PutLifecycleConfiguration"),
    ("GetBucketReplication", "GetReplicationConfiguration"),
    ("PutBucketReplication", "PutReplicationConfiguration"),
    ("DeleteBucketReplication", "PutReplicationConfiguration"),
    ("GetBucketCors", "GetBucketCORS"),
    ("PutBucketCors", "PutBucketCORS"),
    ("DeleteBucketCors", "PutBucketCORS"),
    ("GetPublicAccessBlock", "GetBucketPublicAccessBlock"),
    ("PutPublicAccessBlock", "PutBucketPublicAccessBlock"),
    ("DeletePublicAccessBlock", "PutBucketPublicAccessBlock"),
];

/// Headers of an upload that need a permission of their own.
const HEADERS: [(&str, &str); 9] = [
    ("x-amz-acl", "PutObjectAcl"),
    ("x-amz-grant-full-control", "PutObjectAcl"),
    ("x-amz-grant-read", "PutObjectAcl"),
    ("x-amz-grant-read-acp", "PutObjectAcl"),
    ("x-amz-grant-write-acp", "PutObjectAcl"),
    ("x-amz-tagging", "PutObjectTagging"),
    ("x-amz-object-lock-mode", "PutObjectRetention"),
    ("x-amz-object-lock-retain-until-date", "PutObjectRetention"),
    ("x-amz-object-lock-legal-hold", "PutObjectLegalHold"),
];

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
pub(crate) fn target(call: &Call) -> Option<S3Target> {
    let version = call.parameter("versionid").map(str::to_owned);
    if let Some(bucket) = call.parameter("bucketname") {
        // The record's resources know an access point that the bucket's name hides.
        let point = call.resource_of("AWS::S3::AccessPoint").and_then(|entry| entry.arn.as_deref());
        let key = call.parameter("key").map(str::to_owned);
        return Some(S3Target { bucket: point.unwrap_or(bucket).to_owned(), key, version });
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
    Some(S3Target { bucket: bucket.to_owned(), key: key.map(str::to_owned), version: None })
}

fn one_object(call: &Call, target: &S3Target, evidence: &Evidence) -> Vec<Need> {
    let operation = ON_OBJECTS.iter().find(|operation| operation.name == call.operation);
    let Some(operation) = operation else { return on_bucket_or_same_name(call, target) };
    let action = match (operation.versioned, &target.version) {
        (Some(versioned), Some(_)) => versioned,
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
        // A record of several deletions does not name the objects.
        None if call.operation == "DeleteObjects" => {
            ("DeleteObject", S3Target { key: Some("*".to_owned()), ..bucket })
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
            S3Target { bucket: bucket.to_owned(), key: Some(key.to_owned()), version: None }
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

/// The name of the bucket that an access point stands before.
fn bucket_name<'a>(target: &'a S3Target, evidence: &'a Evidence) -> &'a str {
    match evidence.access_point(&target.bucket) {
        Lookup::Found(point) => &point.thing.bucket,
        Lookup::Absent | Lookup::Unknown(_) => &target.bucket,
    }
}

fn reading(call: &Call, target: &S3Target, evidence: &Evidence, actions: &[&str]) -> Vec<Need> {
    let bucket = bucket_name(target, evidence);
    let unknown = |why: String| {
        let key = match key_in_message(call) {
            Some(arn) => KeyRef::Arn(arn),
            None => KeyRef::Unknown(why),
        };
        Some(KeyUse::for_s3(key, EncryptionContext::Unknown, bucket))
    };
    let key_use = match evidence.bucket(bucket) {
        Lookup::Unknown(why) => unknown(why),
        Lookup::Absent => None,
        Lookup::Found(found) => match object(&found, target) {
            ObjectLookup::Missing => None,
            ObjectLookup::Unknown(why) => unknown(why),
            ObjectLookup::Found(object) => encryption_of(call, &found, object, target),
        },
    };
    key_use
        .iter()
        .flat_map(|key_use| actions.iter().filter_map(|action| key_use.need(action)))
        .collect()
}

fn key_in_message(call: &Call) -> Option<String> {
    let resource = call.message()?.resource.as_deref()?;
    Arn::parse(resource).filter(|arn| arn.service == "kms").map(|arn| arn.text.to_owned())
}

/// What looking up an object came to.
pub(crate) enum ObjectLookup<'a> {
    Found(&'a Object),
    Missing,
    Unknown(String),
}

pub(crate) fn object<'a>(bucket: &Found<'a, Bucket>, target: &S3Target) -> ObjectLookup<'a> {
    let name = &bucket.thing.name;
    let Some(key) = target.key.as_deref() else {
        return ObjectLookup::Unknown(format!("the call names no object of bucket {name}"));
    };
    let mut unreadable = None;
    match &bucket.thing.objects {
        Field::Set(objects) => {
            for entry in objects {
                match entry {
                    Field::Set(object) if object.key == key && is_version(object, target) => {
                        return ObjectLookup::Found(object);
                    }
                    Field::Unreadable(why) => unreadable = Some(why.clone()),
                    _ => {}
                }
            }
        }
        Field::Unreadable(why) => unreadable = Some(why.clone()),
        Field::NotSet => {}
    }
    match &bucket.thing.missing_keys {
        Field::Set(missing) if missing.iter().any(|missing| missing == key) => {
            return ObjectLookup::Missing;
        }
        Field::Unreadable(why) => unreadable = Some(why.clone()),
        _ => {}
    }
    let why = unreadable.unwrap_or_else(|| "it was not looked up".to_owned());
    ObjectLookup::Unknown(format!("object {key} of bucket {name}: {why}"))
}

fn is_version(object: &Object, target: &S3Target) -> bool {
    match (object.version_id.get(), &target.version) {
        (Some(found), Some(wanted)) => found == wanted,
        _ => true,
    }
}

fn encryption_of(
    call: &Call,
    bucket: &Found<'_, Bucket>,
    object: &Object,
    target: &S3Target,
) -> Option<KeyUse> {
    let context = encryption_context(
        call,
        &bucket.thing.name,
        target,
        &object.bucket_key_enabled,
        &object.server_side_encryption,
    );
    let key_use = |key| Some(KeyUse::for_s3(key, context, &bucket.thing.name));
    match object.server_side_encryption.read() {
        Err(why) => key_use(KeyRef::Unknown(format!("the object's encryption: {why}"))),
        Ok(Some(algorithm)) if algorithm.starts_with("aws:kms") => {
            let key = match object.sse_kms_key_id.read() {
                Err(why) => KeyRef::Unknown(format!("the object's key: {why}")),
                Ok(None) => KeyRef::Unknown("the object's key is not in the evidence".to_owned()),
                Ok(Some(id)) => {
                    KeyRef::parse(id, Some(bucket.account), region(call, bucket).as_deref())
                }
            };
            key_use(key)
        }
        Ok(_) => None,
    }
}

/// The bucket's Region; a bucket without one is in us-east-1.
pub(crate) fn region(call: &Call, bucket: &Found<'_, Bucket>) -> Option<String> {
    match &bucket.thing.bucket_region {
        Field::Set(region) => Some(region.clone()),
        Field::NotSet | Field::Unreadable(_) => call.region.clone(),
    }
}

/// The object's ARN, or with a Bucket Key the bucket's.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#encryption-context>
fn encryption_context(
    call: &Call,
    bucket: &str,
    target: &S3Target,
    bucket_key: &Field<bool>,
    algorithm: &Field<String>,
) -> EncryptionContext {
    let Some(key) = target.key.as_deref() else { return EncryptionContext::Unknown };
    // Dual-layer encryption has no Bucket Keys.
    let dual = algorithm.get().is_some_and(|algorithm| algorithm == "aws:kms:dsse");
    let whole_bucket = match bucket_key.read() {
        Err(_) => return EncryptionContext::Unknown,
        Ok(flag) => flag.copied().unwrap_or(false) && !dual,
    };
    let partition = &call.partition;
    let arn = if whole_bucket {
        format!("arn:{partition}:s3:::{bucket}")
    } else {
        format!("arn:{partition}:s3:::{bucket}/{key}")
    };
    let mut pairs = BTreeMap::from([("aws:s3:arn".to_owned(), arn)]);
    if let Some(own) = call.parameter("x-amz-server-side-encryption-context") {
        // The caller's own pairs, which the record holds as base64 of JSON, are added to S3's.
        match own_pairs(own) {
            Some(own) => pairs.extend(own),
            None => return EncryptionContext::Unknown,
        }
    }
    EncryptionContext::Known(pairs)
}

fn own_pairs(text: &str) -> Option<BTreeMap<String, String>> {
    serde_json::from_str(text).ok()
}

/// The key of a new object: what the request's headers say, else the bucket's default.
fn writing(call: &Call, target: &S3Target, evidence: &Evidence, actions: &[&str]) -> Vec<Need> {
    let name = bucket_name(target, evidence);
    let key_use = match evidence.bucket(name) {
        Lookup::Absent => None,
        Lookup::Unknown(why) => Some(new_object_unseen(call, name, why)).flatten(),
        Lookup::Found(bucket) => new_object(call, &bucket, target),
    };
    key_use
        .iter()
        .flat_map(|key_use| actions.iter().filter_map(|action| key_use.need(action)))
        .collect()
}

/// What the headers say, where they settle it.
enum Header {
    /// No key of KMS.
    None,
    /// This key; without one, the caller's `aws/s3`.
    Key(String),
    /// The bucket's default.
    Default,
}

fn header(call: &Call) -> Header {
    if call.parameter("x-amz-server-side-encryption-customer-algorithm").is_some() {
        return Header::None;
    }
    match call.parameter("x-amz-server-side-encryption") {
        Some(algorithm) if algorithm.starts_with("aws:kms") => {
            let id = call.parameter("x-amz-server-side-encryption-aws-kms-key-id");
            Header::Key(id.unwrap_or("alias/aws/s3").to_owned())
        }
        Some(_) => Header::None,
        None => Header::Default,
    }
}

fn new_object_unseen(call: &Call, bucket: &str, why: String) -> Option<KeyUse> {
    let key = match (header(call), key_in_message(call)) {
        (Header::None, _) => return None,
        (Header::Key(id), _) => KeyRef::parse(&id, call.caller.account, call.region.as_deref()),
        (Header::Default, Some(arn)) => KeyRef::Arn(arn),
        (Header::Default, None) => KeyRef::Unknown(why),
    };
    Some(KeyUse::for_s3(key, EncryptionContext::Unknown, bucket))
}

fn new_object(call: &Call, bucket: &Found<'_, Bucket>, target: &S3Target) -> Option<KeyUse> {
    let rule = match bucket.thing.server_side_encryption_configuration.read() {
        Err(why) => {
            return new_object_unseen(
                call,
                &bucket.thing.name,
                format!("the bucket's encryption: {why}"),
            );
        }
        Ok(configuration) => configuration
            .and_then(|configuration| configuration.rules.get())
            .and_then(|rules| rules.first()),
    };
    let default = rule.and_then(|rule| rule.apply_server_side_encryption_by_default.get());
    let region = region(call, bucket);
    let caller = call.caller.account;
    let (key, by_default) = match header(call) {
        Header::None => return None,
        Header::Key(id) => (KeyRef::parse(&id, caller, region.as_deref()), false),
        Header::Default => match default.map(|default| (&default.sse_algorithm, default)) {
            Some((Field::Set(algorithm), default)) if algorithm.starts_with("aws:kms") => {
                let key = match default.kms_master_key_id.read() {
                    Err(why) => KeyRef::Unknown(format!("the bucket's key: {why}")),
                    // Without a key the uploader's own `aws/s3` is used.
                    Ok(id) => {
                        let id = id.map_or("alias/aws/s3", String::as_str);
                        KeyRef::parse(id, caller, region.as_deref())
                    }
                };
                (key, true)
            }
            Some((Field::Unreadable(why), _)) => {
                (KeyRef::Unknown(format!("the bucket's encryption: {why}")), true)
            }
            _ => return None,
        },
    };
    let not_set = Field::NotSet;
    let algorithm = default.map_or(&not_set, |default| &default.sse_algorithm);
    let off = Field::NotSet;
    let bucket_key = rule.map_or(&off, |rule| &rule.bucket_key_enabled);
    let requested = call.parameter("x-amz-server-side-encryption-bucket-key-enabled");
    let requested = requested.map(|flag| Field::Set(flag.eq_ignore_ascii_case("true")));
    let context = encryption_context(
        call,
        &bucket.thing.name,
        target,
        requested.as_ref().unwrap_or(bucket_key),
        algorithm,
    );
    let mut key_use = KeyUse::for_s3(key, context, &bucket.thing.name);
    key_use.by_default = by_default;
    Some(key_use)
}
