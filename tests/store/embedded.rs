//! The store in a file.

#![expect(clippy::unwrap_used, reason = "what goes wrong in a test has to fail it")]

use jiff::SignedDuration;
use locksmith_app::incident::State;
use locksmith_app::ports::{
    Attachment, Inventory as _, Ledger as _, Locks as _, Store as _, StoreError,
};
use locksmith_store::EmbeddedStore;
use locksmith_store_tests::samples::{account, incident, later, now, store_with};
use redb::TableHandle as _;
use serde_json::json;
use tempfile::TempDir;

locksmith_store_tests::suite!(open);

async fn open() -> (EmbeddedStore, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (EmbeddedStore::open(&folder.path().join("locksmith.redb")).unwrap(), folder)
}

#[test]
fn random_operations_agree_with_a_model() {
    locksmith_store_tests::model::holds(100, open);
}

#[tokio::test]
async fn what_was_written_is_there_after_opening_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("locksmith.redb");
    let written = {
        let store = EmbeddedStore::open(&path).unwrap();
        store_with(&store, &incident("a", 1), vec![(Attachment::Sample, json!(1))]).await.unwrap()
    };
    let store = EmbeddedStore::open(&path).unwrap();
    assert_eq!(store.incident(&written.id).await, Ok(Some(written.clone())));
    assert_eq!(store.attachment(&written.id, Attachment::Sample).await, Ok(Some(json!(1))));
    assert_eq!(store.in_state(State::Detected, 9, None).await.unwrap().items, [written]);
}

#[test]
fn what_cannot_be_opened_is_told_with_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |name: &str| match EmbeddedStore::open(&folder.path().join(name)) {
        Err(StoreError::Failed(why)) => why.replace(&folder.path().display().to_string(), "."),
        other => panic!("{other:?}"),
    };
    let _held = EmbeddedStore::open(&folder.path().join("held")).unwrap();
    assert_eq!(
        refused("held"),
        "./held: another process has it open: stop that one, or name another file"
    );
    std::fs::write(folder.path().join("text"), "x".repeat(10_000)).unwrap();
    assert_eq!(refused("text"), "./text: not a store of locksmith: name another file");
    std::fs::write(folder.path().join("short"), "{}").unwrap();
    assert_eq!(refused("short"), "./short: not a store of locksmith: name another file");
    assert_eq!(refused("missing/x"), "./missing/x: No such file or directory (os error 2)");

    let newer = redb::Database::create(folder.path().join("newer")).unwrap();
    let transaction = newer.begin_write().unwrap();
    let about = redb::TableDefinition::<&str, u32>::new("about");
    transaction.open_table(about).unwrap().insert("layout", 3).unwrap();
    transaction.commit().unwrap();
    drop(newer);
    assert_eq!(
        refused("newer"),
        "./newer: written by a newer locksmith (layout 3, this one knows 2): update locksmith, or \
         name another file"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn others_on_the_machine_cannot_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_store, folder) = open().await;
    let file = std::fs::metadata(folder.path().join("locksmith.redb")).unwrap();
    assert_eq!(file.permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn what_need_not_be_kept_is_forgotten() {
    let (store, _folder) = open().await;
    let mut kept = Vec::new();
    for number in 1..=4 {
        let beside = vec![(Attachment::Sample, json!(number)), (Attachment::Diagnosis, json!({}))];
        let mut write = incident("a", number).to_write(beside, now());
        write.incident.kept_until = later(i64::from(number) - 3);
        store.write(&write).await.unwrap();
        kept.push(write.incident);
    }
    store.learned("old", account("111111111111"), later(0)).await.unwrap();
    store.learned("new", account("111111111111"), later(9999)).await.unwrap();
    assert_eq!(store.admit("AROA1", 1, now()).await, Ok(true));

    assert_eq!(store.forget_expired(now()).await, Ok(2));
    let kept = kept.split_off(2);
    assert_eq!(store.group(kept[0].id.group()).await, Ok(kept.clone()));
    assert_eq!(store.in_state(State::Detected, 9, None).await.unwrap().items, kept);
    for (number, expected) in [(1, None), (2, None), (3, Some(json!(3))), (4, Some(json!(4)))] {
        let id = incident("a", number).id;
        assert_eq!(store.attachment(&id, Attachment::Sample).await, Ok(expected));
    }
    assert_eq!(store.admit("AROA1", 1, now()).await, Ok(false), "the hour is not over");
    assert_eq!(store.forget_expired(now()).await, Ok(0));

    let much_later = later(0) + SignedDuration::from_hours(24 * 7);
    assert_eq!(store.forget_expired(much_later + SignedDuration::from_secs(1)).await, Ok(2));
    assert_eq!(store.owner("old", now()).await, Ok(None));
    assert_eq!(store.owner("new", now()).await, Ok(Some(account("111111111111"))));
    store_with(&store, &incident("a", 1), vec![]).await.unwrap();
}

/// A file of layout 1 gets the tables that came later, and keeps what it holds.
#[tokio::test]
async fn an_older_file_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("locksmith.redb");
    let written = {
        let store = EmbeddedStore::open(&path).unwrap();
        store_with(&store, &incident("a", 1), vec![]).await.unwrap()
    };
    let older = redb::Database::create(&path).unwrap();
    let transaction = older.begin_write().unwrap();
    let about = redb::TableDefinition::<&str, u32>::new("about");
    transaction.open_table(about).unwrap().insert("layout", 1).unwrap();
    for later in ["fixes", "locks"] {
        let table = transaction.list_tables().unwrap().find(|table| table.name() == later);
        assert!(transaction.delete_table(table.unwrap()).unwrap(), "{later}");
    }
    transaction.commit().unwrap();
    drop(older);
    let store = EmbeddedStore::open(&path).unwrap();
    assert_eq!(store.incident(&written.id).await, Ok(Some(written)));
    assert!(store.fixes(1, None).await.unwrap().items.is_empty());
    assert_eq!(store.lock("arn:aws:s3:::b", "one", now(), later(60)).await, Ok(true));
}
