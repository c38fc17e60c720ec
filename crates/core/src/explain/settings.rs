//! What blocks a call besides policies: the state of the key, settings of the bucket, the owner
//! of the object.

use super::facts::{Facts, KeySubject, S3Subject, Subject};
use super::ownership;
use super::row::Row;
use crate::arn::{AccountId, Arn};
use crate::diagnosis::{CauseCode, Unknown, UnknownCode};
use crate::evaluate::{Answer, CallerKind, Decision, Layer, Outcome};
use crate::evidence::{Bucket, Field, Found, Lookup};
use crate::need::{KeyRef, Need, ObjectLookup, S3Target, Target, default_rule, object, region};
use crate::policy::Action;
use crate::tri::Tri;

/// What settings do to one permission.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) blocks: Vec<Block>,
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

    /// A setting that blocks, does not, or could not be read.
    fn tri(
        &mut self,
        blocks: Tri,
        code: CauseCode,
        account: Option<AccountId>,
        target: &str,
        (unread, why): (UnknownCode, &str),
    ) {
        match blocks {
            Tri::Yes => self.block(code, account, target),
            Tri::Unknown => self.open(unread, None, account, (why, None)),
            Tri::No => {}
        }
    }

    fn open(
        &mut self,
        code: UnknownCode,
        layer: Option<Layer>,
        account: Option<AccountId>,
        (what, detail): (&str, Option<&str>),
    ) {
        let why = match detail {
            Some(detail) => format!("{what}: {detail}"),
            None => what.to_owned(),
        };
        let detail = detail.map(str::to_owned);
        self.unknown.push(Unknown {
            layer,
            account,
            key: None,
            code,
            statement: None,
            detail,
            why,
        });
    }
}

pub(super) fn of(
    facts: &Facts<'_>,
    need: &Need,
    subject: &Subject<'_>,
    decision: &Decision,
) -> Settings {
    let mut settings = Settings { blocks: Vec::new(), unknown: Vec::new() };
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
    let bucket_arn = format!("arn:{}:s3:::{}", facts.call.partition, bucket.thing.name.text());
    if ownership::is_read(action) {
        ownership(s3, bucket, decision, settings);
        missing(facts, s3, bucket, settings);
    }
    requester_pays(facts, bucket, &bucket_arn, decision, settings);
    let writes = action.is("s3:PutObject");
    if writes && facts.call.parameter(SSE_C).is_some() {
        let why = "which kinds of encryption the bucket refuses could not be read";
        let unread = (UnknownCode::EncryptionTypes, why);
        let blocks = blocks_sse_c(bucket.thing);
        settings.tri(blocks, CauseCode::SseCBlocked, account, &bucket_arn, unread);
    }
    let sets_acl = writes || action.is("s3:PutObjectAcl") && facts.call.operation == "PutObjectAcl";
    if sets_acl && asks_for_acl(facts) {
        let why = "whether the bucket takes access control lists could not be read";
        let unread = (UnknownCode::AccessControlLists, why);
        let enforced = ownership::is_enforced(bucket.thing);
        settings.tri(enforced, CauseCode::AclDisabled, account, &bucket_arn, unread);
    }
}

const SSE_C: &str = "x-amz-server-side-encryption-customer-algorithm";

/// An object that its bucket's owner does not own is out of reach of the bucket's policy.
fn ownership(
    s3: &S3Subject<'_>,
    bucket: &Found<'_, Bucket>,
    decision: &Decision,
    settings: &mut Settings,
) {
    let layer = Layer::ObjectOwnership;
    match decision.outcome(layer) {
        Outcome::NoAllow => {
            settings.block(CauseCode::ForeignOwner, Some(bucket.account), &s3.bucket_arn);
        }
        Outcome::Unknown => {
            let object = object(bucket, &s3.target);
            let why = match (ownership::is_enforced(bucket.thing), &object) {
                (Tri::Unknown, _) => ("who owns the bucket's objects could not be read", None),
                (_, ObjectLookup::Unknown(why)) => ("who owns the object", Some(why.as_str())),
                _ => (
                    "who owns the object, or whom its access control list lets in, is not in the \
                     evidence",
                    None,
                ),
            };
            settings.open(UnknownCode::ObjectOwner, Some(layer), Some(bucket.account), why);
        }
        Outcome::Allow | Outcome::ExplicitDeny | Outcome::NotApplicable => {}
    }
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
    let target =
        S3Target { bucket: s3.target.bucket.clone(), key: None, version: None, some_object: false };
    let Some(action) = Action::parse("s3:ListBucket") else { return };
    let listing = Row::evaluate(facts, Need { action, target: Target::S3(target) });
    match listing.decision.answer {
        Answer::Allowed => {}
        Answer::ImplicitlyDenied | Answer::ExplicitlyDenied => {
            settings.block(CauseCode::ObjectMissing, Some(bucket.account), &s3.bucket_arn);
        }
        Answer::Unknown => settings.open(
            UnknownCode::Listing,
            Some(Layer::BucketPolicy),
            Some(bucket.account),
            (
                "the object is not there, and whether the caller may list the bucket is not known",
                None,
            ),
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
            let why = ("who pays for requests", Some(why.as_str()));
            return settings.open(UnknownCode::RequesterPays, None, account, why);
        }
        _ => return,
    }
    match (&facts.call.parameters, facts.call.parameter("x-amz-request-payer")) {
        (Some(_), None) => {
            settings.block(CauseCode::RequesterPaysHeaderMissing, account, bucket_arn);
        }
        (None, None) => {
            let why = ("whether the request says that the requester pays", None);
            settings.open(UnknownCode::RequesterConsent, None, account, why);
        }
        _ => {}
    }
}

fn blocks_sse_c(bucket: &Bucket) -> Tri {
    let rule = match default_rule(bucket) {
        Ok(Some(rule)) => rule,
        Ok(None) => return Tri::No,
        Err(_) => return Tri::Unknown,
    };
    let types = match &rule.blocked_encryption_types {
        Field::Set(types) => &types.encryption_type,
        Field::NotSet => return Tri::No,
        Field::Unreadable(_) => return Tri::Unknown,
    };
    let unread = Tri::from(types.unreadable().is_some()) & Tri::Unknown;
    unread | types.entries().any(|kind| kind == "SSE-C").into()
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
    if decision.same_account.is_no() {
        match key.is_aws_managed() {
            Tri::Yes => {
                return settings.block(CauseCode::AwsManagedKeyCrossAccount, key.account, arn);
            }
            Tri::Unknown => {
                let why = ("whether AWS manages the key could not be read", None);
                let layer = Some(Layer::KeyPolicy);
                settings.open(UnknownCode::KeyManager, layer, key.account, why);
            }
            Tri::No => {}
        }
    }
    let metadata = found.thing.key_metadata.read();
    match metadata.map(|metadata| metadata.map(|metadata| metadata.key_state.read())) {
        Err(why) | Ok(Some(Err(why))) => {
            let why = ("the key's state", Some(why));
            settings.open(UnknownCode::KeyState, Some(Layer::KeyPolicy), key.account, why);
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
            let why = (why, None);
            let layer = Some(Layer::KeyPolicy);
            settings.open(UnknownCode::AwsS3Key, layer, key.account, why);
        }
        KeyRef::Named { by_arn: false, .. } if key.usage.by_default => {
            if let Some(bucket) = bucket {
                let arn = format!("arn:{}:s3:::{}", facts.call.partition, bucket.thing.name.text());
                settings.block(CauseCode::AliasInCallersAccount, Some(bucket.account), &arn);
            }
        }
        KeyRef::Named { name, .. } => settings.block(CauseCode::KeyNotFound, key.account, name),
        KeyRef::Arn(arn) => settings.block(CauseCode::KeyNotFound, key.account, arn),
        KeyRef::Unknown(_) => {}
    }
}
