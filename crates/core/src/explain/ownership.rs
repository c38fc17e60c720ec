//! Who owns an object, and whom its access control list lets in.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html>

use super::facts::{Facts, S3Subject};
use crate::evaluate::ObjectAccess;
use crate::evidence::{AclGrant, Bucket, Field, Found, Lookup, Object};
use crate::need::{ObjectLookup, object};
use crate::policy::Action;
use crate::tri::Tri;

/// What ownership means for reading an object; none for a bucket that is not known, a missing
/// object, or no object at all.
pub(super) fn access(facts: &Facts<'_>, s3: &S3Subject<'_>) -> Option<ObjectAccess> {
    let Lookup::Found(bucket) = &s3.bucket else { return None };
    s3.target.key.as_ref()?;
    let lists_off =
        ObjectAccess { policy_counts: Tri::Yes, acl_everyone: Tri::No, acl_account: Tri::No };
    let unknown = ObjectAccess {
        policy_counts: Tri::Unknown,
        acl_everyone: Tri::Unknown,
        acl_account: Tri::Unknown,
    };
    match is_enforced(bucket.thing) {
        Tri::Yes => return Some(lists_off),
        Tri::Unknown => return Some(unknown),
        Tri::No => {}
    }
    match object(bucket, &s3.target) {
        ObjectLookup::Missing => None,
        ObjectLookup::Unknown(_) => Some(unknown),
        ObjectLookup::Found(object) => Some(of_object(facts, bucket, object)),
    }
}

/// Actions that read what an object's owner grants.
pub(super) fn is_read(action: &Action) -> bool {
    ["s3:GetObject", "s3:GetObjectVersion"].iter().any(|read| action.is(read))
}

/// Whether the bucket owns all its objects, and access control lists have no effect.
pub(super) fn is_enforced(bucket: &Bucket) -> Tri {
    let controls = match &bucket.ownership_controls {
        Field::Set(controls) => controls,
        Field::NotSet => return Tri::No,
        Field::Unreadable(_) => return Tri::Unknown,
    };
    if controls.rules.unreadable().is_some() {
        return Tri::Unknown;
    }
    let rule = controls.rules.entries().next();
    rule.map_or(Tri::No, |rule| rule.object_ownership.is("BucketOwnerEnforced"))
}

fn of_object(facts: &Facts<'_>, bucket: &Found<'_, Bucket>, object: &Object) -> ObjectAccess {
    let caller = facts.call.caller.account;
    let policy_counts = match &object.owner {
        Field::Set(owner) => (*owner == bucket.account).into(),
        Field::NotSet | Field::Unreadable(_) => Tri::Unknown,
    };
    // The owner is on its own list.
    let owns = match (&object.owner, caller) {
        (_, None) => Tri::No,
        (Field::Set(owner), Some(caller)) => (*owner == caller).into(),
        (Field::NotSet | Field::Unreadable(_), Some(_)) => Tri::Unknown,
    };
    let (everyone, another) = listed(facts, bucket, object);
    let member = Tri::from(facts.call.caller.is_member());
    ObjectAccess { policy_counts, acl_everyone: everyone, acl_account: owns | another & member }
}

/// Whether the list lets everybody read, and whether it lets in an account besides the owner's: a
/// canonical id does not tell which.
fn listed(facts: &Facts<'_>, bucket: &Found<'_, Bucket>, object: &Object) -> (Tri, Tri) {
    let mut everyone = Tri::No;
    let mut ids: Vec<&str> = Vec::new();
    if object.grants.unreadable().is_some() {
        return (Tri::Unknown, Tri::Unknown);
    }
    let reads = |grant: &&AclGrant| {
        matches!(grant.permission, Field::Unreadable(_))
            || ["READ", "FULL_CONTROL"].contains(&grant.permission.text())
    };
    for grant in object.grants.entries().filter(reads) {
        let Some(grantee) = grant.grantee.get() else { continue };
        ids.extend(grantee.id.get().map(String::as_str));
        let group = grantee.uri.text();
        let signed = facts.call.caller.is_member();
        let meant =
            group.ends_with("/AllUsers") || group.ends_with("/AuthenticatedUsers") && signed;
        everyone = everyone | Tri::from(meant);
    }
    ids.sort_unstable();
    ids.dedup();
    let another = if ids.len() > 1 { Tri::Unknown } else { Tri::No };
    (everyone & !ignores_public_acls(facts, bucket), another)
}

fn ignores_public_acls(facts: &Facts<'_>, bucket: &Found<'_, Bucket>) -> Tri {
    let of = |field: &Field<crate::evidence::PublicAccessBlock>| match field {
        Field::Set(block) => block.ignore_public_acls.is(&true),
        Field::NotSet => Tri::No,
        Field::Unreadable(_) => Tri::Unknown,
    };
    let account = facts.evidence.s3(bucket.account);
    let account =
        account.map_or(Tri::Unknown, |section| of(&section.public_access_block_configuration));
    account | of(&bucket.thing.public_access_block_configuration)
}
