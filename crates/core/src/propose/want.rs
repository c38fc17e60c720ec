//! From a cause to what is meant to be allowed, and where.

use super::grantable::may_be_granted;
use super::intent::{Intended, Reach, Usage};
use super::{Choice, KeyWay, OwnWay};
use crate::arn::{AccountId, Arn};
use crate::context::Fact;
use crate::diagnosis::{Cause, CauseCode};
use crate::evaluate::Layer;
use crate::evidence::{Bucket, Field, Found, Lookup};
use crate::explain::{Facts, KeySubject, Row, Subject};
use crate::need::{EncryptionContext, default_rule, region};
use crate::plan::{ChangeKind, Scope};
use std::collections::BTreeMap;

/// One cause with what removes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Want {
    pub(super) kind: ChangeKind,
    pub(super) account: AccountId,
    pub(super) target: String,
    pub(super) region: Option<String>,
    pub(super) code: String,
    /// None for what allows nothing by itself: default encryption.
    pub(super) intended: Option<Intended>,
}

/// Why a cause that could be mended is left to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reluctance {
    /// The permission is one to change permissions.
    Administrative,
    /// The event does not tell which objects it is about.
    UnnamedObjects,
    /// What it is about has no ARN that could be named.
    Unnamed,
    /// The role belongs to AWS or to IAM Identity Center.
    ForeignRole,
    /// The key cannot serve the call, whoever may use it: another one has to take its place.
    UselessKey,
}

/// What removes a cause.
pub(super) fn want(
    facts: &Facts<'_>,
    row: &Row<'_>,
    cause: &Cause,
    scope: Scope,
    choice: Choice,
) -> Result<Want, Reluctance> {
    let (kind, target, account) = place(facts, row, cause, choice)?;
    let region = match kind {
        ChangeKind::PutBucketPolicy | ChangeKind::PutBucketEncryption => {
            bucket_region(facts, &target)
        }
        _ => Arn::parse(&target).map(|arn| arn.region.to_owned()),
    };
    let region = region.filter(|region| !region.is_empty());
    let intended = if kind == ChangeKind::PutBucketEncryption {
        None
    } else {
        if !may_be_granted(&row.need.action) {
            return Err(Reluctance::Administrative);
        }
        if row.causes(facts).iter().any(|other| is_of_useless_key(other.code)) {
            return Err(Reluctance::UselessKey);
        }
        Some(Intended {
            action: row.need.action.clone(),
            resource: reach(row, kind, scope)?,
            usage: usage(facts, row, scope),
            point: point(row, kind),
        })
    };
    Ok(Want { kind, account, target, region, code: cause.code.to_string(), intended })
}

fn is_of_useless_key(code: CauseCode) -> bool {
    matches!(
        code,
        CauseCode::AwsManagedKeyCrossAccount | CauseCode::KeyNotFound | CauseCode::KeyWrongRegion
    )
}

/// Which document is to be changed.
fn place(
    facts: &Facts<'_>,
    row: &Row<'_>,
    cause: &Cause,
    choice: Choice,
) -> Result<(ChangeKind, String, AccountId), Reluctance> {
    let by_resource = choice.own == OwnWay::Resource && row.decision.same_account.is_yes();
    let key_kind = match choice.key {
        KeyWay::Statement => ChangeKind::PutKeyPolicy,
        KeyWay::Grant => ChangeKind::CreateGrant,
    };
    let kind = match cause.code {
        CauseCode::AliasInCallersAccount => ChangeKind::PutBucketEncryption,
        CauseCode::NoAccountDelegation | CauseCode::GrantConstraintNotMet => key_kind,
        CauseCode::Policy(layer, _) => match layer {
            Layer::BucketPolicy => ChangeKind::PutBucketPolicy,
            Layer::AccessPointPolicy => ChangeKind::PutAccessPointPolicy,
            Layer::KeyPolicy => key_kind,
            Layer::TrustPolicy => ChangeKind::PutTrustPolicy,
            Layer::IdentityPolicy if by_resource => match &row.subject {
                Subject::S3(s3) if s3.point.is_some() => return Err(Reluctance::Unnamed),
                Subject::S3(_) => ChangeKind::PutBucketPolicy,
                Subject::Key(_) => key_kind,
                Subject::Role { .. } => ChangeKind::PutTrustPolicy,
                Subject::Service | Subject::Other(_) => return Err(Reluctance::Unnamed),
            },
            Layer::IdentityPolicy if cause.target.contains(":user/") => ChangeKind::PutUserPolicy,
            Layer::IdentityPolicy => ChangeKind::PutRolePolicy,
            _ => return Err(Reluctance::Unnamed),
        },
        _ => return Err(Reluctance::Unnamed),
    };
    let target = if by_resource && matches!(cause.code, CauseCode::Policy(Layer::IdentityPolicy, _))
    {
        match &row.subject {
            Subject::S3(s3) => format!("arn:{}:s3:::{}", facts.call.partition, s3.bucket_name),
            subject => subject.arn().ok_or(Reluctance::Unnamed)?.to_owned(),
        }
    } else {
        cause.target.clone()
    };
    let of_aws = [":role/aws-service-role/", ":role/aws-reserved/"];
    if of_aws.iter().any(|path| target.contains(path)) {
        return Err(Reluctance::ForeignRole);
    }
    if Arn::parse(&target).is_none() {
        return Err(Reluctance::Unnamed);
    }
    let account = cause.account.or(row.account).ok_or(Reluctance::Unnamed)?;
    Ok((kind, target, account))
}

fn bucket_region(facts: &Facts<'_>, target: &str) -> Option<String> {
    match facts.evidence.bucket(Arn::parse(target)?.resource) {
        Lookup::Found(found) => region(facts.call, &found),
        Lookup::Absent | Lookup::Unknown(_) => None,
    }
}

/// On what the action is meant to be allowed.
fn reach(row: &Row<'_>, kind: ChangeKind, scope: Scope) -> Result<Reach, Reluctance> {
    match &row.subject {
        Subject::S3(s3) => {
            let bucket = kind == ChangeKind::PutBucketPolicy;
            let arn = if bucket { &s3.bucket_arn } else { &s3.arn };
            match &s3.target.key {
                _ if s3.target.some_object => Err(Reluctance::UnnamedObjects),
                None => Ok(Reach::Exactly(arn.clone())),
                Some(key) => Ok(of_object(arn, key, scope)),
            }
        }
        // An action that is about no resource.
        Subject::Service => Ok(Reach::Below(String::new())),
        subject => {
            let arn = subject.arn().ok_or(Reluctance::Unnamed)?;
            Ok(Reach::Exactly(arn.to_owned()))
        }
    }
}

/// The access point that a bucket was reached through: its policy is to stay in force.
fn point(row: &Row<'_>, kind: ChangeKind) -> Option<String> {
    match &row.subject {
        Subject::S3(s3) if kind == ChangeKind::PutBucketPolicy => match &s3.point {
            Some(Lookup::Found(found)) => found.thing.access_point_arn.get().cloned(),
            _ => None,
        },
        _ => None,
    }
}

/// An object, its folder or its bucket. An object without a folder stays alone: its folder would be
/// the whole bucket.
fn of_object(arn: &str, key: &str, scope: Scope) -> Reach {
    let before = arn.strip_suffix(key).unwrap_or(arn);
    match (scope, key.rfind('/')) {
        (Scope::Bucket, _) => Reach::Below(before.to_owned()),
        (Scope::Prefix, Some(slash)) => {
            Reach::Below(format!("{before}{}", key.get(..=slash).unwrap_or_default()))
        }
        (Scope::Prefix, None) | (Scope::Object, _) => Reach::Exactly(arn.to_owned()),
    }
}

/// How the key is used: through S3 for an object, or directly with the event's own context.
fn usage(facts: &Facts<'_>, row: &Row<'_>, scope: Scope) -> Option<Usage> {
    let Subject::Key(key) = &row.subject else { return None };
    let via = key.usage.via.as_ref().and_then(|service| {
        match row.context.get("kms:viaservice") {
            Fact::One(via) => Some(via.to_string()),
            // S3 uses keys of the bucket's own Region alone.
            _ => {
                let region = Arn::parse(key.arn.as_deref()?)?.region;
                let service = service.strip_suffix(".amazonaws.com")?;
                Some(format!("{service}.{region}.amazonaws.com"))
            }
        }
    });
    let pairs = match &key.usage.context {
        EncryptionContext::Known(pairs) => pairs.clone(),
        EncryptionContext::Unknown => stated_pairs(facts),
    };
    let context: BTreeMap<String, Vec<Reach>> = pairs
        .into_iter()
        .map(|(name, value)| {
            let values = if name == "aws:s3:arn" && via.is_some() {
                forms(facts, key, &value, scope)
            } else {
                vec![Reach::Exactly(value)]
            };
            (name, values)
        })
        .collect();
    (via.is_some() || !context.is_empty()).then_some(Usage { via, context })
}

/// The encryption context of a call without an event, as far as it is stated.
fn stated_pairs(facts: &Facts<'_>) -> BTreeMap<String, String> {
    const START: &str = "kms:EncryptionContext:";
    let pair = |(key, fact): &(String, Fact)| match fact {
        Fact::One(value) if key.get(..START.len())?.eq_ignore_ascii_case(START) => {
            Some((key.get(START.len()..)?.to_owned(), value.to_string()))
        }
        _ => None,
    };
    facts.call.stated.iter().filter_map(pair).collect()
}

/// The encryption contexts of what is in scope: an object's own ARN, or with Bucket Keys the
/// bucket's. Both are found in one bucket, since objects keep the form that they were written with.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html>
fn forms(facts: &Facts<'_>, key: &KeySubject<'_>, value: &str, scope: Scope) -> Vec<Reach> {
    let exact = vec![Reach::Exactly(value.to_owned())];
    let name = key.usage.bucket.as_deref().unwrap_or_default();
    let bucket_arn = format!("arn:{}:s3:::{name}", facts.call.partition);
    let whole = match (scope, key.usage.object.as_deref()) {
        (Scope::Bucket, _) => Reach::Below(format!("{bucket_arn}/")),
        (Scope::Prefix, Some(object)) => {
            of_object(&format!("{bucket_arn}/{object}"), object, scope)
        }
        (Scope::Prefix, None) | (Scope::Object, _) => return exact,
    };
    if matches!(whole, Reach::Exactly(_)) {
        return exact;
    }
    let Lookup::Found(bucket) = facts.evidence.bucket(name) else { return exact };
    let mut plain = value != bucket_arn;
    let mut bucket_key = !plain;
    for uses in kinds(&bucket, key.arn.as_deref().unwrap_or_default(), |key| {
        whole.holds(&format!("{bucket_arn}/{key}"))
    }) {
        plain |= !uses;
        bucket_key |= uses;
    }
    let plain = plain.then_some(whole);
    plain.into_iter().chain(bucket_key.then_some(Reach::Exactly(bucket_arn))).collect()
}

/// Whether each object in scope that is encrypted with the key has a Bucket Key; and, for what will
/// be written, the bucket's default.
fn kinds(bucket: &Found<'_, Bucket>, key: &str, in_scope: impl Fn(&str) -> bool) -> Vec<bool> {
    let flag = |field: &Field<bool>| field.get().copied().unwrap_or(false);
    let objects = bucket.thing.objects.entries().filter(|object| {
        object.sse_kms_key_id.is(key).is_yes() && object.key.get().is_some_and(|key| in_scope(key))
    });
    let mut kinds: Vec<bool> = objects
        .map(|object| {
            flag(&object.bucket_key_enabled)
                && !object.server_side_encryption.is("aws:kms:dsse").is_yes()
        })
        .collect();
    if let Ok(Some(rule)) = default_rule(bucket.thing)
        && let Some(default) = rule.apply_server_side_encryption_by_default.get()
        && default.kms_master_key_id.is(key).is_yes()
    {
        kinds.push(
            flag(&rule.bucket_key_enabled) && !default.sse_algorithm.is("aws:kms:dsse").is_yes(),
        );
    }
    kinds
}
