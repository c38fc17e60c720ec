//! Which key encrypts an object: one that is there, or one that is being written.

use super::super::kms::{EncryptionContext, KeyRef, KeyUse};
use super::super::{Need, S3Target};
use crate::arn::Arn;
use crate::call::Call;
use crate::evidence::{
    Bucket, DefaultEncryption, EncryptionRule, Evidence, Field, Found, Lookup, Object,
};
use std::collections::BTreeMap;

/// The name of the bucket that an access point stands before.
fn bucket_name<'a>(target: &'a S3Target, evidence: &'a Evidence) -> &'a str {
    match evidence.access_point(&target.bucket) {
        Lookup::Found(point) => point.thing.bucket.text(),
        Lookup::Absent | Lookup::Unknown(_) => &target.bucket,
    }
}

pub(super) fn reading(
    call: &Call,
    target: &S3Target,
    evidence: &Evidence,
    actions: &[&str],
) -> Vec<Need> {
    let bucket = bucket_name(target, evidence);
    let unknown = |why: String| {
        let key = match key_in_message(call) {
            Some(arn) => KeyRef::Arn(arn),
            None => KeyRef::Unknown(why),
        };
        Some(KeyUse::for_s3(key, EncryptionContext::Unknown, bucket, target.key.as_deref()))
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
    let name = bucket.thing.name.text();
    let Some(key) = target.key.as_deref() else {
        return ObjectLookup::Unknown(format!("the call names no object of bucket {name}"));
    };
    let objects = &bucket.thing.objects;
    let named =
        objects.entries().find(|object| object.key.is(key).is_yes() && is_version(object, target));
    if let Some(object) = named {
        return ObjectLookup::Found(object);
    }
    let missing = &bucket.thing.missing_keys;
    if missing.entries().any(|missing| missing == key) {
        return ObjectLookup::Missing;
    }
    let why = objects.unreadable().or(missing.unreadable()).unwrap_or("it was not looked up");
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
        bucket.thing.name.text(),
        target,
        &object.bucket_key_enabled,
        &object.server_side_encryption,
    );
    let name = bucket.thing.name.text();
    let key_use = |key| Some(KeyUse::for_s3(key, context, name, target.key.as_deref()));
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
pub(super) fn writing(
    call: &Call,
    target: &S3Target,
    evidence: &Evidence,
    actions: &[&str],
) -> Vec<Need> {
    let name = bucket_name(target, evidence);
    let key_use = match evidence.bucket(name) {
        Lookup::Absent => None,
        Lookup::Unknown(why) => Some(new_object_unseen(call, name, target, why)).flatten(),
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
    /// This key (without one, the caller's `aws/s3`) and this algorithm.
    Key(String, String),
    /// The bucket's default.
    Default,
    /// The event does not tell.
    Unknown,
}

fn header(call: &Call) -> Header {
    if call.parameter("x-amz-server-side-encryption-customer-algorithm").is_some() {
        return Header::None;
    }
    match call.parameter("x-amz-server-side-encryption") {
        Some(algorithm) if algorithm.starts_with("aws:kms") => {
            let id = call.parameter("x-amz-server-side-encryption-aws-kms-key-id");
            Header::Key(id.unwrap_or("alias/aws/s3").to_owned(), algorithm.to_owned())
        }
        Some(_) => Header::None,
        None if call.parameters.is_none() && call.event.is_some() => Header::Unknown,
        None => Header::Default,
    }
}

fn new_object_unseen(call: &Call, bucket: &str, target: &S3Target, why: String) -> Option<KeyUse> {
    let key = match (header(call), key_in_message(call)) {
        (Header::None, _) => return None,
        (Header::Key(id, _), _) => KeyRef::parse(&id, call.caller.account, call.region.as_deref()),
        (Header::Default | Header::Unknown, Some(arn)) => KeyRef::Arn(arn),
        (Header::Default | Header::Unknown, None) => KeyRef::Unknown(why),
    };
    Some(KeyUse::for_s3(key, EncryptionContext::Unknown, bucket, target.key.as_deref()))
}

fn new_object(call: &Call, bucket: &Found<'_, Bucket>, target: &S3Target) -> Option<KeyUse> {
    let name = bucket.thing.name.text();
    let unseen = |why: &str| {
        new_object_unseen(call, name, target, format!("the bucket's encryption: {why}"))
    };
    let region = region(call, bucket);
    let rule = match default_rule(bucket.thing) {
        Ok(rule) => rule,
        Err(why) => return unseen(why),
    };
    let none = DefaultEncryption::default();
    let default = match rule.map(|rule| rule.apply_server_side_encryption_by_default.read()) {
        None | Some(Ok(None)) => &none,
        Some(Ok(Some(default))) => default,
        Some(Err(why)) => return unseen(why),
    };
    let caller = call.caller.account;
    let (key, by_default, algorithm) = match header(call) {
        Header::None => return None,
        Header::Unknown => return unseen("the event does not tell the request's headers"),
        Header::Key(id, algorithm) => {
            (KeyRef::parse(&id, caller, region.as_deref()), false, Field::Set(algorithm))
        }
        Header::Default => {
            let algorithm = match default.sse_algorithm.read() {
                Err(why) => return unseen(why),
                Ok(algorithm) => algorithm.filter(|algorithm| algorithm.starts_with("aws:kms"))?,
            };
            let key = match default.kms_master_key_id.read() {
                Err(why) => KeyRef::Unknown(format!("the bucket's key: {why}")),
                // Without a key the uploader's own `aws/s3` is used.
                Ok(id) => {
                    let id = id.map_or("alias/aws/s3", String::as_str);
                    KeyRef::parse(id, caller, region.as_deref())
                }
            };
            (key, true, Field::Set(algorithm.clone()))
        }
    };
    let off = Field::NotSet;
    let bucket_key = rule.map_or(&off, |rule| &rule.bucket_key_enabled);
    let requested = call.parameter("x-amz-server-side-encryption-bucket-key-enabled");
    let requested = requested.map(|flag| Field::Set(flag.eq_ignore_ascii_case("true")));
    let bucket_key = requested.as_ref().unwrap_or(bucket_key);
    let context = encryption_context(call, name, target, bucket_key, &algorithm);
    let mut key_use = KeyUse::for_s3(key, context, name, target.key.as_deref());
    key_use.by_default = by_default;
    Some(key_use)
}

/// The one rule of a bucket's default encryption.
pub(crate) fn default_rule(bucket: &Bucket) -> Result<Option<&EncryptionRule>, &str> {
    let Some(configuration) = bucket.server_side_encryption_configuration.read()? else {
        return Ok(None);
    };
    match configuration.rules.unreadable() {
        Some(why) => Err(why),
        None => Ok(configuration.rules.entries().next()),
    }
}
