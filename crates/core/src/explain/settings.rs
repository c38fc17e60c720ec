//! What blocks a call besides policies: the state of the key, settings of the bucket, the owner
//! of the object.

use super::facts::{Facts, KeySubject, S3Subject, Subject};
use super::row::Row;
use crate::arn::{AccountId, Arn};
use crate::diagnosis::{CauseCode, Unknown};
use crate::evaluate::{Answer, CallerKind, Decision, Layer, Outcome};
use crate::evidence::{AclGrant, Bucket, Field, Found, Lookup, Object};
use crate::need::{KeyRef, Need, ObjectLookup, S3Target, Target, object, region};
use crate::policy::Action;
use crate::tri::Tri;

/// What settings do to one permission.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) blocks: Vec<Block>,
    pub(crate) ownership: Outcome,
    pub(crate) unknown: Vec<Unknown>,
}

/// A setting or state that blocks.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) code: CauseCode,
    pub(crate) account: Option<AccountId>,
    pub(crate) target: String,
}

impl Settings {
    /// Whether the permission itself is void; a missing object is no matter of permission.
    pub(crate) fn blocks_permission(&self) -> bool {
        self.blocks.iter().any(|block| block.code != CauseCode::ObjectMissing)
    }

    /// Whether the key's own policy has nothing to say, because it is the wrong key.
    pub(crate) fn replaces_key_policy(&self) -> bool {
        self.blocks.iter().any(|block| {
            matches!(
                block.code,
                CauseCode::AwsManagedKeyCrossAccount
                    | CauseCode::KeyNotFound
                    | CauseCode::KeyWrongRegion
                    | CauseCode::AliasInCallersAccount
            )
        })
    }

    /// Whether there is no key of which policies could speak.
    pub(crate) fn has_no_key(&self) -> bool {
        self.blocks.iter().any(|block| block.code == CauseCode::AliasInCallersAccount)
    }

    fn block(&mut self, code: CauseCode, account: Option<AccountId>, target: &str) {
        self.blocks.push(Block { code, account, target: target.to_owned() });
    }

    fn open(&mut self, layer: Option<Layer>, account: Option<AccountId>, why: String) {
        self.unknown.push(Unknown { layer, account, key: None, why });
    }
}

pub(super) fn of(
    facts: &Facts<'_>,
    need: &Need,
    subject: &Subject<'_>,
    decision: &Decision,
) -> Settings {
    let mut settings =
        Settings { blocks: Vec::new(), ownership: Outcome::NotApplicable, unknown: Vec::new() };
    match subject {
        Subject::S3(s3) => {
            if let Lookup::Found(bucket) = &s3.bucket {
                of_bucket(facts, &need.action, s3, bucket, decision, &mut settings);
            }
        }
        Subject::Key(key) => of_key(facts, key, decision, &mut settings),
        Subject::Role { .. } | Subject::Service | Subject::Other(_) => {}
    }
    settings
}

fn of_bucket(
    facts: &Facts<'_>,
    action: &Action,
    s3: &S3Subject<'_>,
    bucket: &Found<'_, Bucket>,
    decision: &Decision,
    settings: &mut Settings,
) {
    let account = Some(bucket.account);
    let bucket_arn = format!("arn:{}:s3:::{}", facts.call.partition, bucket.thing.name);
    if reads_object(action) {
        ownership(facts, s3, bucket, settings);
        missing(facts, s3, bucket, settings);
    }
    requester_pays(facts, bucket, &bucket_arn, decision, settings);
    if action.is("s3:PutObject") && blocks_sse_c(bucket.thing) {
        let header = "x-amz-server-side-encryption-customer-algorithm";
        if facts.call.parameter(header).is_some() {
            settings.block(CauseCode::SseCBlocked, account, &bucket_arn);
        }
    }
    let sets_acl = action.is("s3:PutObject")
        || action.is("s3:PutObjectAcl") && facts.call.operation == "PutObjectAcl";
    if sets_acl && is_enforced(bucket.thing) && asks_for_acl(facts) {
        settings.block(CauseCode::AclDisabled, account, &bucket_arn);
    }
}

/// Actions that read what an object's owner grants.
fn reads_object(action: &Action) -> bool {
    ["s3:GetObject", "s3:GetObjectVersion"].iter().any(|read| action.is(read))
}

fn is_enforced(bucket: &Bucket) -> bool {
    let rules = bucket.ownership_controls.get().and_then(|controls| controls.rules.get());
    let rule = rules.and_then(|rules| rules.first());
    rule.and_then(|rule| rule.object_ownership.get())
        .is_some_and(|kind| kind == "BucketOwnerEnforced")
}

/// Whether the bucket's owner owns the object; its policy counts for no others.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html>
fn ownership(
    facts: &Facts<'_>,
    s3: &S3Subject<'_>,
    bucket: &Found<'_, Bucket>,
    settings: &mut Settings,
) {
    let layer = Layer::ObjectOwnership;
    if is_enforced(bucket.thing) {
        settings.ownership = Outcome::Allow;
        return;
    }
    let mut open = |why: String| {
        settings.ownership = Outcome::Unknown;
        settings.open(Some(layer), Some(bucket.account), why);
    };
    if let Field::Unreadable(why) = &bucket.thing.ownership_controls {
        return open(format!("who owns the bucket's objects: {why}"));
    }
    let object = match object(bucket, &s3.target) {
        ObjectLookup::Missing => return,
        ObjectLookup::Unknown(why) => return open(why),
        ObjectLookup::Found(object) => object,
    };
    match object.owner.read() {
        Err(why) => open(format!("who owns the object: {why}")),
        Ok(None) => open("who owns the object is not in the evidence".into()),
        Ok(Some(owner)) if *owner == bucket.account => settings.ownership = Outcome::Allow,
        Ok(Some(owner)) => {
            let own = facts.call.caller.account == Some(*owner);
            match acl_allows(facts, bucket, object) {
                Tri::Yes => settings.ownership = Outcome::Allow,
                Tri::No if !own => {
                    settings.ownership = Outcome::NoAllow;
                    settings.block(CauseCode::ForeignOwner, Some(bucket.account), &s3.bucket_arn);
                }
                _ => open("the object belongs to another account, and its access control list does not tell which accounts it lets in".into()),
            }
        }
    }
}

/// Whether the object's access control list lets everybody read it; unknown where somebody
/// besides the owner is on it, since a canonical id does not tell which account it is.
fn acl_allows(facts: &Facts<'_>, bucket: &Found<'_, Bucket>, object: &Object) -> Tri {
    let grants = match &object.grants {
        Field::Set(grants) => grants,
        Field::NotSet => return Tri::No,
        Field::Unreadable(_) => return Tri::Unknown,
    };
    let reads =
        |grant: &&AclGrant| matches!(grant.permission.as_deref(), Some("READ" | "FULL_CONTROL"));
    let mut ids: Vec<&str> = Vec::new();
    let mut public = false;
    for grantee in grants.iter().filter(reads).filter_map(|grant| grant.grantee.as_ref()) {
        ids.extend(grantee.id.as_deref());
        public |= grantee.uri.is_some();
    }
    if public && !ignores_public_acls(facts, bucket) {
        return Tri::Yes;
    }
    ids.sort_unstable();
    ids.dedup();
    if ids.len() > 1 { Tri::Unknown } else { Tri::No }
}

fn ignores_public_acls(facts: &Facts<'_>, bucket: &Found<'_, Bucket>) -> bool {
    let account = facts.evidence.s3(bucket.account).ok();
    let blocks = [
        Some(&bucket.thing.public_access_block_configuration),
        account.map(|section| &section.public_access_block_configuration),
    ];
    blocks
        .into_iter()
        .flatten()
        .filter_map(Field::get)
        .any(|block| block.ignore_public_acls.get().copied().unwrap_or(false))
}

/// 403 in place of 404: S3 tells only those who may list the bucket that an object is not there.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html>
fn missing(
    facts: &Facts<'_>,
    s3: &S3Subject<'_>,
    bucket: &Found<'_, Bucket>,
    settings: &mut Settings,
) {
    if !matches!(object(bucket, &s3.target), ObjectLookup::Missing) {
        return;
    }
    let target = S3Target { bucket: s3.target.bucket.clone(), key: None, version: None };
    let Some(action) = Action::parse("s3:ListBucket") else { return };
    let listing = Row::evaluate(facts, Need { action, target: Target::S3(target) });
    match listing.decision.answer {
        Answer::Allowed => {}
        Answer::ImplicitlyDenied | Answer::ExplicitlyDenied => {
            settings.block(CauseCode::ObjectMissing, Some(bucket.account), &s3.bucket_arn);
        }
        Answer::Unknown => settings.open(
            Some(Layer::BucketPolicy),
            Some(bucket.account),
            "the object is not there, and whether the caller may list the bucket is not known"
                .into(),
        ),
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html>
fn requester_pays(
    facts: &Facts<'_>,
    bucket: &Found<'_, Bucket>,
    bucket_arn: &str,
    decision: &Decision,
    settings: &mut Settings,
) {
    if decision.same_account.is_yes() || facts.call.caller.kind == CallerKind::Service {
        return;
    }
    let account = Some(bucket.account);
    match &bucket.thing.request_payment {
        Field::Set(payer) if payer == "Requester" => {}
        Field::Unreadable(why) => {
            return settings.open(None, account, format!("who pays for requests: {why}"));
        }
        _ => return,
    }
    let stated = facts.call.stated.iter().any(|(key, _)| key.ends_with("x-amz-request-payer"));
    match (&facts.call.parameters, facts.call.parameter("x-amz-request-payer")) {
        (Some(_), None) if !stated => {
            settings.block(CauseCode::RequesterPaysHeaderMissing, account, bucket_arn);
        }
        (None, _) if !stated => {
            settings.open(None, account, "whether the request says that the requester pays".into());
        }
        _ => {}
    }
}

fn blocks_sse_c(bucket: &Bucket) -> bool {
    let configuration = bucket.server_side_encryption_configuration.get();
    let rules = configuration.and_then(|configuration| configuration.rules.get());
    rules.into_iter().flatten().any(|rule| {
        let types =
            rule.blocked_encryption_types.get().and_then(|types| types.encryption_type.get());
        types.into_iter().flatten().any(|kind| kind == "SSE-C")
    })
}

/// Whether the request sets an access control list other than the one that is always taken.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html>
fn asks_for_acl(facts: &Facts<'_>) -> bool {
    let call = facts.call;
    let canned = call.parameter("x-amz-acl").is_some_and(|acl| acl != "bucket-owner-full-control");
    let grants = call
        .parameters
        .as_ref()
        .is_some_and(|parameters| parameters.keys().any(|name| name.starts_with("x-amz-grant-")));
    canned || grants
}

fn of_key(facts: &Facts<'_>, key: &KeySubject<'_>, decision: &Decision, settings: &mut Settings) {
    let arn = key.arn.as_deref().unwrap_or_default();
    let bucket = key.usage.bucket.as_deref().map(|name| facts.evidence.bucket(name));
    let bucket = match &bucket {
        Some(Lookup::Found(bucket)) => Some(bucket),
        _ => None,
    };
    let wrong_region = Arn::parse(arn).zip(bucket.and_then(|bucket| region(facts.call, bucket)));
    if wrong_region.is_some_and(|(arn, region)| arn.region != region) {
        return settings.block(CauseCode::KeyWrongRegion, key.account, arn);
    }
    let found = match &key.found {
        Lookup::Found(found) => found,
        Lookup::Unknown(_) => return,
        Lookup::Absent => return absent(facts, key, bucket, settings),
    };
    if key.is_aws_managed() && decision.same_account.is_no() {
        return settings.block(CauseCode::AwsManagedKeyCrossAccount, key.account, arn);
    }
    let metadata = found.thing.key_metadata.read();
    match metadata.map(|metadata| metadata.map(|metadata| metadata.key_state.read())) {
        Err(why) | Ok(Some(Err(why))) => {
            let why = format!("the key's state: {why}");
            settings.open(Some(Layer::KeyPolicy), key.account, why);
        }
        Ok(Some(Ok(Some(state)))) => {
            if let Some(code) = state_code(state) {
                settings.block(code, key.account, arn);
            }
        }
        Ok(None | Some(Ok(None))) => {}
    }
}

/// <https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html>
fn state_code(state: &str) -> Option<CauseCode> {
    match state {
        "Disabled" => Some(CauseCode::KeyDisabled),
        "PendingDeletion" | "PendingReplicaDeletion" => Some(CauseCode::KeyPendingDeletion),
        "Enabled" => None,
        _ => Some(CauseCode::KeyUnavailable),
    }
}

/// A key that is known not to be there.
fn absent(
    facts: &Facts<'_>,
    key: &KeySubject<'_>,
    bucket: Option<&Found<'_, Bucket>>,
    settings: &mut Settings,
) {
    match &key.usage.key {
        // S3 makes this key when it first needs it.
        KeyRef::Named { name, .. } if name == "alias/aws/s3" => {
            let why = "the caller's account has no aws/s3 key yet; S3 makes it with the first use";
            settings.open(Some(Layer::KeyPolicy), key.account, why.into());
        }
        KeyRef::Named { .. } if key.usage.by_default => {
            if let Some(bucket) = bucket {
                let arn = format!("arn:{}:s3:::{}", facts.call.partition, bucket.thing.name);
                settings.block(CauseCode::AliasInCallersAccount, Some(bucket.account), &arn);
            }
        }
        KeyRef::Named { name, .. } => settings.block(CauseCode::KeyNotFound, key.account, name),
        KeyRef::Arn(arn) => settings.block(CauseCode::KeyNotFound, key.account, arn),
        KeyRef::Unknown(_) => {}
    }
}
