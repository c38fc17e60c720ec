//! Keys of the service that is called.

use super::tags;
use crate::arn::Arn;
use crate::context::{Context, Fact, Key};
use crate::evidence::{Field, Lookup};
use crate::explain::facts::{Facts, KeySubject, S3Subject};
use crate::need::{EncryptionContext, ObjectLookup, object};

pub(super) fn s3_keys(facts: &Facts<'_>, s3: &S3Subject<'_>, context: &mut Context) {
    let call = facts.call;
    existing_tags(s3, context);
    access_point(s3, context);
    let Some(parameters) = &call.parameters else { return };
    // What the record lists is what the request held.
    for (name, value) in parameters.iter().filter(|(name, _)| name.starts_with("x-amz-")) {
        context.set(&format!("s3:{name}"), Fact::one(value));
    }
    context.set_family("s3:x-amz-content-sha256", Fact::Unknown);
    context.set_family("s3:x-amz-", Fact::Absent);
    for name in ["prefix", "delimiter", "max-keys", "versionid", "if-match", "if-none-match"] {
        context.set(&format!("s3:{name}"), Fact::maybe(parameters.get(name).map(String::as_str)));
    }
    if call.parameter("x-amz-tagging").is_none() && !call.operation.contains("Tagging") {
        context.set("s3:RequestObjectTagKeys", Fact::Absent);
        context.set_family("s3:requestobjecttag/", Fact::Absent);
    }
    let Some(event) = &call.event else { return };
    let signature = match event.signature.as_deref() {
        Some("SigV4") => Fact::one("AWS4-HMAC-SHA256"),
        Some("SigV2") => Fact::one("AWS"),
        _ => Fact::Unknown,
    };
    context.set("s3:signatureversion", signature);
    let authentication = match event.authentication.as_deref() {
        Some("AuthHeader") => Fact::one("REST-HEADER"),
        Some("QueryString") => Fact::one("REST-QUERY-STRING"),
        _ => Fact::Unknown,
    };
    context.set("s3:authType", authentication);
    let tls = event.tls_version.as_deref().map(|version| version.trim_start_matches("TLSv"));
    context.set("s3:TlsVersion", tls.map_or(Fact::Unknown, Fact::one));
}

fn existing_tags(s3: &S3Subject<'_>, context: &mut Context) {
    let Lookup::Found(bucket) = &s3.bucket else { return };
    if let ObjectLookup::Found(object) = object(bucket, &s3.target) {
        tags(context, "s3:ExistingObjectTag/", "s3:existingobjecttag/", Some(&object.tag_set));
    }
}

fn access_point(s3: &S3Subject<'_>, context: &mut Context) {
    match &s3.point {
        None => {
            for key in [
                "s3:DataAccessPointArn",
                "s3:DataAccessPointAccount",
                "s3:AccessPointNetworkOrigin",
            ] {
                context.set(key, Fact::Absent);
            }
        }
        Some(Lookup::Found(point)) => {
            let arn = point.thing.access_point_arn.get();
            context.set("s3:DataAccessPointArn", arn.map_or(Fact::Unknown, |arn| Fact::one(arn)));
            context.set("s3:DataAccessPointAccount", Fact::one(point.account.as_str()));
            if let Field::Set(origin) = &point.thing.network_origin {
                context.set("s3:AccessPointNetworkOrigin", Fact::one(origin));
            }
        }
        Some(_) => {
            let point = Arn::parse(&s3.target.bucket);
            context.set("s3:DataAccessPointArn", Fact::one(&s3.target.bucket));
            if let Some(account) = point.and_then(|arn| arn.account_id()) {
                context.set("s3:DataAccessPointAccount", Fact::one(account.as_str()));
            }
        }
    }
}

pub(super) fn kms_keys(
    facts: &Facts<'_>,
    key: &KeySubject<'_>,
    forwarded: bool,
    context: &mut Context,
) {
    let call = facts.call;
    let caller = call.caller.account;
    context.set("kms:CallerAccount", caller.map_or(Fact::Unknown, |id| Fact::one(id.as_str())));
    via(facts, key, forwarded, context);
    match &key.usage.context {
        EncryptionContext::Known(pairs) => {
            context.set_all(pairs.iter().map(|(name, value)| {
                (Key::new(&format!("kms:EncryptionContext:{name}")), Fact::one(value))
            }));
            let names = if pairs.is_empty() { Fact::Absent } else { Fact::many(pairs.keys()) };
            context.set("kms:EncryptionContextKeys", names);
            context.set_family("kms:encryptioncontext:", Fact::Absent);
        }
        EncryptionContext::Unknown => {}
    }
    let symmetric = key.usage.bucket.is_some();
    let algorithm =
        call.parameter("encryptionalgorithm").or(symmetric.then_some("SYMMETRIC_DEFAULT"));
    if let Some(algorithm) = algorithm {
        context.set("kms:EncryptionAlgorithm", Fact::one(algorithm));
    }
    let alias = call.parameter("keyid").filter(|id| id.starts_with("alias/"));
    if call.service == "kms" && call.parameters.is_some() {
        context.set("kms:RequestAlias", Fact::maybe(alias));
    }
    let Lookup::Found(found) = &key.found else { return };
    tags(context, "aws:ResourceTag/", "aws:resourcetag/", Some(&found.thing.tags));
    let aliases = &found.thing.aliases;
    if aliases.unreadable().is_none() {
        let names = aliases.entries().filter_map(|alias| alias.alias_name.get());
        context.set("kms:ResourceAliases", Fact::many(names));
    }
    let Some(metadata) = found.thing.key_metadata.get() else { return };
    let pairs = [
        ("kms:KeySpec", &metadata.key_spec),
        ("kms:KeyUsage", &metadata.key_usage),
        ("kms:KeyOrigin", &metadata.origin),
    ];
    for (name, field) in pairs {
        if let Field::Set(value) = field {
            context.set(name, Fact::one(value));
        }
    }
    if let Field::Set(flag) = &metadata.multi_region {
        context.set("kms:MultiRegion", Fact::one(if *flag { "true" } else { "false" }));
    }
}

/// `kms:ViaService` and its kin. The suffix is `.amazonaws.com` in all partitions.
/// <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service>
fn via(facts: &Facts<'_>, key: &KeySubject<'_>, forwarded: bool, context: &mut Context) {
    if !forwarded {
        let known = facts.call.event.is_some();
        context.set("kms:ViaService", if known { Fact::Absent } else { Fact::Unknown });
        return;
    }
    let service = key.usage.via.as_deref().and_then(|via| via.split('.').next());
    let bucket_region = match (&key.usage.bucket, &key.arn) {
        // S3 calls KMS in the bucket's Region.
        (Some(bucket), _) => match facts.evidence.bucket(bucket) {
            Lookup::Found(found) => crate::need::region(facts.call, &found),
            _ => facts.call.region.clone(),
        },
        _ => facts.call.region.clone(),
    };
    let named = service.filter(|service| *service != "AWS Internal").zip(bucket_region);
    let via = named.map(|(service, region)| format!("{service}.{region}.amazonaws.com"));
    context.set("kms:ViaService", via.as_deref().map_or(Fact::Unknown, Fact::one));
    let last = service.filter(|service| *service != "AWS Internal");
    let last = last.map(|service| format!("{service}.amazonaws.com"));
    // Another service may have called this one for the caller.
    let first = facts.call.forwarded_by.clone().filter(|first| first != "AWS Internal");
    let chain: Vec<String> = match (first, last) {
        (Some(first), Some(last)) if first != last => vec![first, last],
        (_, Some(last)) => vec![last],
        (_, None) => Vec::new(),
    };
    let named = |name: Option<&String>| name.map_or(Fact::Unknown, |name| Fact::one(name));
    context.set("aws:CalledViaFirst", named(chain.first()));
    context.set("aws:CalledViaLast", named(chain.last()));
    context.set("aws:CalledVia", if chain.is_empty() { Fact::Unknown } else { Fact::many(chain) });
}

/// What a request to assume a role holds, where the record shows it.
pub(super) fn sts_keys(facts: &Facts<'_>, context: &mut Context) {
    let call = facts.call;
    if call.parameters.is_none() {
        return;
    }
    context.set("sts:ExternalId", Fact::maybe(call.parameter("externalid")));
    context.set("sts:RoleSessionName", Fact::maybe(call.parameter("rolesessionname")));
    context.set("sts:SourceIdentity", Fact::maybe(call.parameter("sourceidentity")));
    let tags = call.structures.get("tags").and_then(serde_json::Value::as_array);
    let field = |tag: &serde_json::Value, name: &str| {
        tag.get(name).and_then(serde_json::Value::as_str).map(str::to_owned)
    };
    let pairs: Vec<(String, String)> = tags
        .into_iter()
        .flatten()
        .filter_map(|tag| Some((field(tag, "key")?, field(tag, "value").unwrap_or_default())))
        .collect();
    for (key, value) in &pairs {
        context.set(&format!("aws:RequestTag/{key}"), Fact::one(value));
    }
    let keys =
        if pairs.is_empty() { Fact::Absent } else { Fact::many(pairs.iter().map(|(key, _)| key)) };
    context.set("aws:TagKeys", keys);
    context.set_family("aws:requesttag/", Fact::Absent);
}
