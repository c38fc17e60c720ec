//! Changes made by hand, and the documents that they change.

use super::world::Texts;
use jiff::Timestamp;
use locksmith_app::change::Journal;
use locksmith_app::ports::Slot;
use locksmith_core::arn::AccountId;
use locksmith_core::plan::document;
use locksmith_core::plan::{Change, ChangeKind, Digest, Risk};
use serde_json::{Value, json};

pub(crate) const OWNER: &str = "111111111111";
pub(crate) const CALLER: &str = "222222222222";

fn account(id: &str) -> AccountId {
    AccountId::parse(id).unwrap()
}

/// A statement of ours.
pub(crate) fn ours(sid: &str) -> Value {
    json!({"Sid": sid, "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::222222222222:role/reader"},
        "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::bucket/a/file"})
}

fn change(kind: ChangeKind, id: &str, target: &str, region: Option<&str>) -> Change {
    Change {
        kind,
        account: account(id),
        target: target.to_owned(),
        region: region.map(str::to_owned),
        policy_name: None,
        removes_causes: Vec::new(),
        before: None,
        after: Value::Null,
        added: Vec::new(),
        inverse: String::new(),
        risk: Risk::Low,
        why: String::new(),
        size: None,
        managed_by: None,
    }
}

/// A change that adds statements to what stands there.
fn adding(mut change: Change, texts: &Texts, added: Vec<Value>) -> Change {
    let text = texts.get(&Slot::of(&change)).map(String::as_str);
    change.before = text.map(|text| document::normal(text).unwrap());
    change.after = document::normal(&document::with(text, &added).unwrap()).unwrap();
    change.added = added;
    change
}

pub(crate) fn bucket(texts: &Texts, name: &str, sids: &[&str]) -> Change {
    let target = format!("arn:aws:s3:::{name}");
    let change = change(ChangeKind::PutBucketPolicy, OWNER, &target, Some("us-east-1"));
    adding(change, texts, sids.iter().map(|sid| ours(sid)).collect())
}

pub(crate) fn key(texts: &Texts, sids: &[&str]) -> Change {
    let target = "arn:aws:kms:us-east-1:111111111111:key/k";
    let change = change(ChangeKind::PutKeyPolicy, OWNER, target, Some("us-east-1"));
    adding(change, texts, sids.iter().map(|sid| ours(sid)).collect())
}

pub(crate) fn role(texts: &Texts) -> Change {
    let target = "arn:aws:iam::222222222222:role/reader";
    let mut change = change(ChangeKind::PutRolePolicy, CALLER, target, None);
    change.policy_name = Some("Locksmith-0123456789abcdef".to_owned());
    let mut statement = ours("LocksmithRole");
    statement.as_object_mut().unwrap().remove("Principal");
    adding(change, texts, vec![statement])
}

pub(crate) fn grant() -> Change {
    let target = "arn:aws:kms:us-east-1:111111111111:key/k";
    let mut change = change(ChangeKind::CreateGrant, OWNER, target, Some("us-east-1"));
    change.after = json!({"Name": "Locksmith-0123456789abcdef", "KeyId": target,
        "GranteePrincipal": "arn:aws:iam::222222222222:role/reader",
        "Operations": ["GenerateDataKey", "Decrypt"]});
    change
}

pub(crate) fn encryption(texts: &Texts) -> Change {
    let target = "arn:aws:s3:::bucket";
    let mut change = change(ChangeKind::PutBucketEncryption, CALLER, target, Some("us-east-1"));
    let text = texts.get(&Slot::of(&change));
    let rule = |id: &str| {
        json!({"Rules": [{"ApplyServerSideEncryptionByDefault":
            {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": id}}]})
    };
    change.before =
        Some(text.map_or_else(|| rule("alias/k"), |text| serde_json::from_str(text).unwrap()));
    change.after = rule("arn:aws:kms:us-east-1:111111111111:key/k");
    change
}

/// What others wrote: a key's policy over many lines, a bucket's policy with lists of one, default
/// encryption; no inline policy and no grant.
pub(crate) fn world() -> Texts {
    let none = Texts::new();
    let key_text = "{\n  \"Version\" : \"2012-10-17\",\n  \"Id\" : \"key\",\n  \"Statement\" : [ {\n    \
        \"Sid\" : \"Admin\",\n    \"Effect\" : \"Allow\",\n    \"Principal\" : { \"AWS\" : \
        \"arn:aws:iam::111111111111:root\" },\n    \"Action\" : \"kms:*\",\n    \"Resource\" : \
        \"*\"\n  } ]\n}";
    let bucket_text = r#"{"Version":"2012-10-17","Statement":[{"Sid":"Theirs","Effect":"Deny","Principal":"*","Action":["s3:*"],"Resource":["arn:aws:s3:::bucket/*"],"Condition":{"Bool":{"aws:SecureTransport":["false"]}}},{"Effect":"Allow","Principal":{"AWS":["111111111111"]},"Action":"s3:ListBucket","Resource":"arn:aws:s3:::bucket"}]}"#;
    let encryption_text = r#"{ "Rules": [ { "ApplyServerSideEncryptionByDefault": { "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "alias/k" }, "BucketKeyEnabled": false } ] }"#;
    Texts::from([
        (Slot::of(&key(&none, &[])), key_text.to_owned()),
        (Slot::of(&bucket(&none, "bucket", &[])), bucket_text.to_owned()),
        (Slot::of(&encryption(&none)), encryption_text.to_owned()),
    ])
}

/// Two plans of three changes in two accounts, which together hold every way to change something.
pub(crate) fn plans(texts: &Texts) -> [Vec<Change>; 2] {
    [
        vec![
            key(texts, &["LocksmithKey"]),
            bucket(texts, "bucket", &["LocksmithA", "LocksmithB"]),
            role(texts),
        ],
        vec![grant(), encryption(texts), bucket(texts, "bare", &["LocksmithA"])],
    ]
}

pub(crate) fn journal(name: &str, changes: &[Change]) -> Journal {
    let digest = Digest::of_changes(changes);
    Journal::new(name, digest, changes.to_vec(), Timestamp::UNIX_EPOCH)
}

/// A statement of somebody else.
pub(crate) fn theirs(sid: &str) -> Value {
    json!({"Sid": sid, "Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject",
        "Resource": "arn:aws:s3:::bucket/*"})
}

/// Somebody adds a statement to every policy.
pub(crate) fn somebody_adds(texts: &mut Texts) {
    for (slot, text) in texts.iter_mut().filter(|(slot, _)| slot.kind.is_shared_document()) {
        *text = document::with(Some(text), &[theirs("Somebody")]).unwrap();
        assert!(slot.name.is_none());
    }
}

/// The `Sid`s in a document, in order; empty without one.
pub(crate) fn sids(texts: &Texts, change: &Change) -> Vec<String> {
    let Some(text) = texts.get(&Slot::of(change)) else { return Vec::new() };
    let document = document::normal(text).unwrap();
    let sid = |one: &Value| one["Sid"].as_str().unwrap_or_default().to_owned();
    document::statements(&document).map(sid).collect()
}
