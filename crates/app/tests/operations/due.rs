//! What is due by the clock, and what a look at everything finds.

use crate::scene::{
    BUCKET, KEY, OBJECTS, OWNED, Scene, bucket_policy, enough, key_policy, put, statement,
};
use crate::world::Fault;
use jiff::SignedDuration;
use locksmith_app::fix::FixState;
use locksmith_app::incident::State;
use locksmith_app::operations::{Applied, Finding};
use serde_json::json;
use std::slice::from_ref;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

#[tokio::test]
async fn nobody_answers() {
    let (scene, id) = Scene::asked(OWNED).await;
    scene.pass(DAY - MINUTE);
    assert!(scene.sweep().await.expired.is_empty());
    scene.pass(MINUTE * 2);
    assert_eq!(scene.sweep().await.expired, from_ref(&id));
    assert_eq!(scene.state(&id).await, State::Expired);
    assert_eq!(scene.remark(&id).await, "nobody answered in time");
    assert!(scene.sweep().await.expired.is_empty());
    assert_eq!(scene.heard(&id).last(), Some(&State::Expired));
    assert_eq!(scene.apply(&id).await, Ok(Applied::Before(State::Expired)));
}

/// The message that an incident was approved never came.
#[tokio::test]
async fn an_approval_that_was_lost() {
    let (scene, id) = Scene::approved(OWNED).await;
    scene.pass(MINUTE * 9);
    assert!(scene.sweep().await.applied.is_empty());
    scene.pass(MINUTE * 2);
    assert_eq!(scene.sweep().await.applied, from_ref(&id));
    assert_eq!(scene.state(&id).await, State::Applied);

    let (scene, id) = Scene::approved(OWNED).await;
    scene.pass(DAY + MINUTE);
    let before = scene.world.texts();
    assert_eq!(scene.sweep().await.expired, from_ref(&id));
    assert_eq!(scene.remark(&id).await, "it was approved, and not applied in time");
    assert_eq!(scene.world.texts(), before);
}

#[tokio::test]
async fn what_ends_is_taken_back() {
    let (scene, id) = Scene::approved(&format!("plan.expires_after = \"48h\"{OWNED}")).await;
    let before = scene.world.texts();
    scene.apply(&id).await.unwrap();
    assert!(scene.world.texts()[&bucket_policy()].contains("aws:CurrentTime"));
    *scene.success.lock().unwrap() = Some(scene.now() + MINUTE);
    scene.verify(&id).await.unwrap();
    scene.pass(DAY * 2 - MINUTE);
    assert!(scene.sweep().await.undone.is_empty());
    scene.pass(MINUTE * 2);
    assert_eq!(scene.sweep().await.undone, from_ref(&id));
    assert_eq!(scene.state(&id).await, State::RolledBack);
    assert_eq!(scene.remark(&id).await, "its time is over");
    assert_eq!(scene.world.texts(), before);
    assert!(scene.sweep().await.undone.is_empty());
}

/// A verified incident that was opened again does not keep what ended from being taken back.
#[tokio::test]
async fn what_ends_while_the_incident_is_open_again() {
    let (scene, id) = Scene::approved(&format!("plan.expires_after = \"48h\"{OWNED}")).await;
    scene.apply(&id).await.unwrap();
    *scene.success.lock().unwrap() = Some(scene.now() + MINUTE);
    scene.verify(&id).await.unwrap();
    scene.world.edit(|texts| put(texts, &bucket_policy(), statement("Deny", "Frozen")));
    scene.pass(MINUTE * 10);
    scene.deny(2, OBJECTS[0]).await;
    scene.diagnose(&id).await;
    assert_eq!(scene.state(&id).await, State::Manual);
    scene.pass(DAY * 3);
    let swept = scene.sweep().await;
    assert!(swept.failed.is_empty(), "{swept:?}");
    assert_eq!(scene.state(&id).await, State::Manual);
    assert!(scene.world.texts().values().all(|text| !text.contains("Locksmith")));
    assert!(scene.fixes().await.iter().all(|fix| fix.state == FixState::Removed));
}

/// What AWS refuses to take back is told, and tried again with each sweep.
#[tokio::test]
async fn what_cannot_be_taken_back_is_tried_again() {
    let (scene, id) = Scene::approved(OWNED).await;
    let before = scene.world.texts();
    scene.apply(&id).await.unwrap();
    let process = scene.process();
    process.operations().undo(&id, &enough()).await.unwrap();
    let calls = process.calls();
    let write = calls.iter().position(|call| *call == "write document").unwrap();

    let (scene, id) = Scene::applied(OWNED).await;
    let process = scene.failing(write, Fault::Refused);
    process.operations().undo(&id, &enough()).await.unwrap();
    assert_eq!(scene.state(&id).await, State::Failed);
    let remark = scene.remark(&id).await;
    assert!(remark.contains("could not be taken back: AccessDenied"), "{remark}");
    scene.pass(MINUTE * 5);
    assert_eq!(scene.sweep().await.undone, from_ref(&id));
    assert_eq!(scene.state(&id).await, State::RolledBack);
    assert_eq!(scene.world.texts(), before);
}

#[tokio::test]
async fn one_that_fails_stops_no_other() {
    let (scene, id) = Scene::approved(OWNED).await;
    let other = scene.deny(2, OBJECTS[1]).await;
    scene.diagnose(&other).await;
    scene.agree(&other).await;
    scene.pass(MINUTE * 11);
    let process = scene.process();
    let first = process.operations().sweep().await.unwrap();
    // Both were planned from the same documents: the second one finds them changed.
    assert_eq!(first.applied.len(), 2);
    let mut states = [scene.state(&id).await, scene.state(&other).await];
    states.sort();
    assert_eq!(states, [State::Applied, State::RolledBack]);
}

/// The announcement of an end fails, and no sweep comes back to it: the next reconciliation announces
/// it, once.
#[tokio::test]
async fn an_end_of_which_nobody_heard() {
    let (scene, id) = Scene::asked(OWNED).await;
    scene.pass(DAY + MINUTE);
    let process = scene.process();
    process.operations().sweep().await.unwrap();
    let calls = process.calls();
    let announcing = calls.iter().rposition(|call| *call == "write announcement").unwrap();

    for fault in [Fault::Refused, Fault::DiesBefore] {
        let (scene, id) = Scene::asked(OWNED).await;
        scene.pass(DAY + MINUTE);
        let process = scene.failing(announcing, fault);
        let swept = process.live(Box::pin(process.operations().sweep())).await;
        assert_eq!(swept.is_none(), fault == Fault::DiesBefore);
        assert_eq!(scene.state(&id).await, State::Expired);
        scene.sweep().await;
        assert!(!scene.heard(&id).contains(&State::Expired), "no sweep comes back to it");
        assert_eq!(scene.reconcile().await.announced, [], "somebody may be just about to");
        scene.pass(MINUTE * 11);
        assert_eq!(scene.reconcile().await.announced, from_ref(&id));
        assert_eq!(scene.heard(&id).last(), Some(&State::Expired));
        assert_eq!(scene.reconcile().await.announced, []);
    }
    assert_eq!(scene.heard(&id).last(), Some(&State::Expired));
}

#[tokio::test]
async fn reconciling_finds_what_others_did() {
    let (scene, id) = Scene::applied(OWNED).await;
    let written = scene.world.texts();
    let fine = scene.reconcile().await;
    assert_eq!((fine.checked, fine.findings.len()), (3, 0));

    let looks = async |expected: FixState| {
        let before = scene.world.texts();
        let found = scene.reconcile().await;
        assert_eq!(scene.world.texts(), before, "it only looks");
        assert_eq!(found.checked, 3);
        let fixes = scene.fixes().await;
        let state = fixes.iter().find(|fix| fix.what.target == BUCKET).unwrap().state;
        assert_eq!(state, expected);
        assert_eq!(scene.reconcile().await, found, "it finds the same each time");
        found.findings
    };
    // Others wrote beside ours.
    scene.world.edit(|texts| put(texts, &bucket_policy(), statement("Allow", "Theirs")));
    assert_eq!(looks(FixState::Active).await, []);
    // Infrastructure as code wrote the whole document.
    let bare = json!({"Version": "2012-10-17", "Statement": [statement("Allow", "Theirs")]});
    scene.world.edit(|texts| drop(texts.insert(bucket_policy(), bare.to_string())));
    let found = looks(FixState::Reverted).await;
    assert!(matches!(&found[..], [Finding::Reverted(what)] if what.target == BUCKET), "{found:?}");
    // It came back, changed.
    let changed = written[&bucket_policy()].replace("reports/2026/q3.parquet", "reports/*");
    scene.world.edit(|texts| drop(texts.insert(bucket_policy(), changed)));
    let found = looks(FixState::ChangedByOthers).await;
    assert!(
        matches!(&found[..], [Finding::Changed(what, _)] if what.target == BUCKET),
        "{found:?}"
    );
    // All is as it was.
    scene.world.edit(|texts| *texts = written.clone());
    assert_eq!(looks(FixState::Active).await, []);
    // Something that bears our name and that nobody knows.
    let orphan = statement("Allow", "Locksmith0123456789abcdef");
    scene.world.edit(|texts| put(texts, &key_policy(), orphan));
    let found = looks(FixState::Active).await;
    assert!(
        matches!(&found[..], [Finding::Orphan(what)]
            if what.target == KEY && what.name == "Locksmith0123456789abcdef"),
        "{found:?}"
    );
    scene.world.edit(|texts| *texts = written.clone());
    scene.undo(&id).await.unwrap();
    let ended = scene.reconcile().await;
    assert_eq!((ended.checked, ended.findings.len()), (0, 0));
}

#[tokio::test]
async fn reconciling_says_what_it_could_not_read() {
    let (scene, _) = Scene::applied(OWNED).await;
    let process = scene.process();
    process.operations().reconcile().await.unwrap();
    let calls = process.calls();
    assert!(!calls.contains(&"write document") && !calls.contains(&"write fix"), "{calls:?}");
    let mut unreadable = 0;
    for (at, call) in calls.iter().enumerate().filter(|(_, call)| **call == "read document") {
        let process = scene.failing(at, Fault::Refused);
        let found = process.operations().reconcile().await.unwrap();
        assert_eq!(found.checked, 3, "{at}: {call}");
        unreadable += found.findings.len();
        assert!(found.findings.iter().all(|one| matches!(one, Finding::Unreadable(..))));
        assert!(scene.fixes().await.iter().all(|fix| fix.state == FixState::Active));
    }
    assert!(unreadable >= 3, "{unreadable}");
}
