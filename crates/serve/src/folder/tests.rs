//! Documents of every kind in a folder.

use super::Folder;
use crate::world::{Called, World as _};
use jiff::Timestamp;
use locksmith_app::ports::{Documents as _, Slot, Work};
use locksmith_core::arn::AccountId;
use locksmith_core::plan::ChangeKind;
use locksmith_core::record::Record;
use serde_json::{Value, json};
use std::path::Path;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/06-nothing-allows-it");
const OWNER: &str = "111111111111";
const CALLER: &str = "222222222222";
const BUCKET: &str = "arn:aws:s3:::reports";
const KEY: &str = "arn:aws:kms:us-west-2:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const ROLE: &str = "arn:aws:iam::222222222222:role/data/ReportReader";
const WORK: Work<'_> = Work { name: "test", slots: &[] };

fn folder() -> (tempfile::TempDir, Folder) {
    let dir = tempfile::tempdir().unwrap();
    for account in [OWNER, CALLER] {
        let name = format!("{account}.json");
        std::fs::copy(Path::new(EXAMPLE).join("evidence").join(&name), dir.path().join(name))
            .unwrap();
    }
    let folder = Folder::open(dir.path()).unwrap();
    (dir, folder)
}

fn slot(kind: ChangeKind, account: &str, target: &str, name: Option<&str>) -> Slot {
    Slot {
        kind,
        account: AccountId::parse(account).unwrap(),
        target: target.to_owned(),
        region: None,
        name: name.map(str::to_owned),
    }
}

fn texts(dir: &Path) -> Vec<String> {
    let text = |account| std::fs::read_to_string(dir.join(format!("{account}.json"))).unwrap();
    [OWNER, CALLER].map(text).into()
}

/// Each kind of document is written, read back as it was written, and put back: every byte of the
/// files is then as it was.
#[tokio::test]
async fn documents_are_written_and_put_back() {
    let (dir, folder) = folder();
    let before = texts(dir.path());
    let policy = r#"{"Version": "2012-10-17",  "Statement": []}"#;
    let request = json!({"KeyId": KEY, "GranteePrincipal": ROLE, "Name": "Locksmith-1",
        "Operations": ["Decrypt"]});
    let request = request.to_string();
    for (slot, text) in [
        (slot(ChangeKind::PutBucketPolicy, OWNER, BUCKET, None), policy),
        (slot(ChangeKind::PutKeyPolicy, OWNER, KEY, None), policy),
        (slot(ChangeKind::PutBucketEncryption, OWNER, BUCKET, None), r#"{"Rules": []}"#),
        (slot(ChangeKind::CreateGrant, OWNER, KEY, Some("Locksmith-1")), request.as_str()),
        (slot(ChangeKind::PutTrustPolicy, CALLER, ROLE, None), policy),
        (slot(ChangeKind::PutRolePolicy, CALLER, ROLE, Some("Locksmith1")), policy),
        (
            slot(
                ChangeKind::PutUserPolicy,
                OWNER,
                "arn:aws:iam::111111111111:user/Alice",
                Some("L"),
            ),
            policy,
        ),
    ] {
        let stood = folder.read(WORK, &slot).await.unwrap();
        folder.write(WORK, &slot, Some(text)).await.unwrap();
        assert_eq!(folder.read(WORK, &slot).await.unwrap().as_deref(), Some(text), "{slot:?}");
        assert_ne!(texts(dir.path()), before, "{slot:?}");
        // The engine still takes the files.
        Folder::open(dir.path()).unwrap();
        folder.write(WORK, &slot, stood.as_deref()).await.unwrap();
        assert_eq!(texts(dir.path()), before, "{slot:?}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_told() {
    let (_dir, folder) = folder();
    let gone = slot(ChangeKind::PutBucketPolicy, OWNER, "arn:aws:s3:::other", None);
    assert_eq!(folder.read(WORK, &gone).await, Ok(None));
    let error = folder.write(WORK, &gone, Some("{}")).await.unwrap_err();
    assert!(error.to_string().contains("there is no such resource"), "{error}");
    let elsewhere = slot(ChangeKind::PutBucketPolicy, "333333333333", BUCKET, None);
    assert!(folder.read(WORK, &elsewhere).await.is_err());
    let key = slot(ChangeKind::PutKeyPolicy, OWNER, KEY, None);
    assert!(folder.write(WORK, &key, None).await.is_err(), "a key has a policy");
    let broken = folder.write(WORK, &key, Some("{")).await.unwrap_err();
    assert!(broken.to_string().contains("no JSON"), "{broken}");
}

/// A policy may be written as a text, also URL-encoded, and may be unreadable.
#[tokio::test]
async fn policies_are_read_in_every_form() {
    let (dir, folder) = folder();
    let key = slot(ChangeKind::PutKeyPolicy, OWNER, KEY, None);
    let file = dir.path().join(format!("{OWNER}.json"));
    let with = |policy: Value| {
        let mut owner: Value = serde_json::from_str(&texts(dir.path())[0]).unwrap();
        owner["Kms"]["Keys"][0]["Policy"] = policy;
        std::fs::write(&file, owner.to_string()).unwrap();
    };
    with(json!(r#"{"Statement": []}"#));
    assert_eq!(folder.read(WORK, &key).await, Ok(Some(r#"{"Statement": []}"#.to_owned())));
    folder.write(WORK, &key, Some(r#"{"Statement": "é"}"#)).await.unwrap();
    assert_eq!(folder.read(WORK, &key).await, Ok(Some(r#"{"Statement": "é"}"#.to_owned())));
    with(json!("%7B%22Statement%22%3A%20%5B%5D%7D"));
    assert_eq!(folder.read(WORK, &key).await, Ok(Some(r#"{"Statement": []}"#.to_owned())));
    with(json!({"unreadable": "AccessDenied"}));
    assert!(folder.read(WORK, &key).await.unwrap_err().contains("AccessDenied"));
}

#[tokio::test]
async fn a_call_is_decided_by_what_stands_in_the_files() {
    let (dir, folder) = folder();
    let event = std::fs::read_to_string(Path::new(EXAMPLE).join("event.json")).unwrap();
    let record = Record::from_value(&serde_json::from_str(&event).unwrap()).unwrap();
    let now = Timestamp::now();
    assert_eq!(folder.call_again(&record, now).await, Some(Called::Denied));
    std::fs::write(dir.path().join(format!("{CALLER}.json")), "{").unwrap();
    assert_eq!(
        folder.call_again(&record, now).await,
        Some(Called::Denied),
        "the owner's side denies"
    );
    std::fs::write(dir.path().join(format!("{OWNER}.json")), "{").unwrap();
    assert_eq!(folder.call_again(&record, now).await, Some(Called::Unknown));
}

#[test]
fn a_folder_that_cannot_be_used_is_refused_with_the_place() {
    let dir = tempfile::tempdir().unwrap();
    assert!(Folder::open(dir.path()).unwrap_err().contains("no *.json file"));
    std::fs::write(dir.path().join("111111111111.json"), r#"{"Nonsense": 1}"#).unwrap();
    let error = Folder::open(dir.path()).unwrap_err();
    assert!(error.contains("111111111111.json") && error.contains("Nonsense"), "{error}");
}
