//! What happens between the approval and the write, and whether the change helped.

use crate::scene::{BUCKET, OBJECTS, OWNED, Scene, bucket_policy, key_policy, put, statement};
use jiff::SignedDuration;
use locksmith_app::fix::FixState;
use locksmith_app::incident::State;
use locksmith_app::operations::{Applied, Undone, Verified};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// Somebody else changed a policy after it was planned: nothing stands afterwards but what they wrote.
#[tokio::test]
async fn drift_between_approval_and_write() {
    for slot in [bucket_policy(), key_policy()] {
        let (scene, id) = Scene::approved(OWNED).await;
        scene.world.edit(|texts| put(texts, &slot, statement("Allow", "Theirs")));
        let theirs = scene.world.texts();
        assert_eq!(scene.apply(&id).await, Ok(Applied::Now(State::RolledBack)));
        let remark = scene.remark(&id).await;
        assert!(remark.contains(&slot.target) && remark.contains("plan again"), "{remark}");
        assert!(remark.contains("Theirs"), "{remark}");
        assert_eq!(scene.world.texts(), theirs);
        assert!(scene.fixes().await.iter().all(|fix| fix.relied_on_by.is_empty()));
        assert_eq!(scene.apply(&id).await, Ok(Applied::Before(State::RolledBack)));
        assert_eq!(scene.undo(&id).await, Ok(Undone::Before(State::RolledBack)));
        assert_eq!(scene.world.texts(), theirs);
    }
}

/// What others write after us stays when our own is taken back.
#[tokio::test]
async fn others_write_afterwards() {
    let (scene, id) = Scene::approved(OWNED).await;
    let before = scene.world.texts();
    scene.apply(&id).await.unwrap();
    for slot in [bucket_policy(), key_policy()] {
        scene.world.edit(|texts| put(texts, &slot, statement("Allow", "Theirs")));
    }
    assert_eq!(scene.undo(&id).await, Ok(Undone::Now(State::RolledBack)));
    let mut expected = before;
    for slot in [bucket_policy(), key_policy()] {
        put(&mut expected, &slot, statement("Allow", "Theirs"));
    }
    let read = |text: &String| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let now: Vec<_> = scene.world.texts().values().map(read).collect();
    assert_eq!(now, expected.values().map(read).collect::<Vec<_>>());
}

/// Others changed our own statement: it is left to them, and said.
#[tokio::test]
async fn others_change_what_is_ours() {
    let (scene, id) = Scene::applied(OWNED).await;
    let written = scene.world.texts();
    scene.world.edit(|texts| {
        let text = texts.get_mut(&bucket_policy()).unwrap();
        *text = text.replace("reports/2026/q3.parquet", "reports/*");
    });
    assert_eq!(scene.undo(&id).await, Ok(Undone::Now(State::Failed)));
    let remark = scene.remark(&id).await;
    assert!(remark.contains(BUCKET) && remark.contains("others changed it"), "{remark}");
    assert!(remark.contains("account 222222222222: as it was"), "{remark}");
    assert!(scene.world.texts()[&bucket_policy()].contains("reports/*"));
    assert!(!scene.world.texts()[&key_policy()].contains("Locksmith"));
    let fixes = scene.fixes().await;
    let changed = fixes.iter().find(|fix| fix.what.target == BUCKET).unwrap();
    assert_eq!(changed.state, FixState::ChangedByOthers);
    assert_ne!(scene.world.texts(), written);
    // Nothing more is done to it, however often somebody asks.
    let left = scene.world.texts();
    assert_eq!(scene.undo(&id).await, Ok(Undone::Before(State::Failed)));
    scene.pass(MINUTE);
    assert!(scene.sweep().await.undone.is_empty());
    assert_eq!(scene.world.texts(), left);
}

#[tokio::test]
async fn a_deny_that_was_added_meanwhile() {
    let (scene, id) = Scene::applied(OWNED).await;
    scene.world.edit(|texts| put(texts, &bucket_policy(), statement("Deny", "Frozen")));
    // Within the time that AWS takes it may still be on its way.
    assert_eq!(scene.verify(&id).await, Ok(Verified::NotYet));
    assert_eq!(scene.state(&id).await, State::Applied);
    scene.pass(MINUTE * 6);
    let swept = scene.sweep().await;
    assert_eq!(swept.verified, [(id.clone(), State::Failed)]);
    let remark = scene.remark(&id).await;
    assert!(
        remark.starts_with("the change is in place, but ") && remark.contains("Frozen"),
        "{remark}"
    );
    assert_eq!(scene.undo(&id).await, Ok(Undone::Now(State::RolledBack)));
    assert!(!scene.world.texts()[&bucket_policy()].contains("Locksmith"));
    assert!(scene.world.texts()[&bucket_policy()].contains("Frozen"));
}

#[tokio::test]
async fn denied_again() {
    let (scene, id) = Scene::applied(OWNED).await;
    scene.pass(MINUTE * 3);
    assert_eq!(scene.deny(2, OBJECTS[0]).await, id);
    scene.pass(MINUTE * 3);
    assert_eq!(scene.verify(&id).await, Ok(Verified::NotYet), "it was on its way");
    assert_eq!(scene.deny(3, OBJECTS[0]).await, id);
    assert_eq!(scene.incident(&id).await.count, 3);
    *scene.success.lock().unwrap() = Some(scene.now());
    assert_eq!(scene.verify(&id).await, Ok(Verified::Now(State::Failed)));
    assert!(scene.remark(&id).await.starts_with("denied again at 2026-11-20 "));
    assert_eq!(scene.undo(&id).await, Ok(Undone::Now(State::RolledBack)));
}

/// A success before the change says nothing about it.
#[tokio::test]
async fn no_success_is_seen() {
    let (scene, id) = Scene::approved(OWNED).await;
    *scene.success.lock().unwrap() = Some(scene.now());
    scene.apply(&id).await.unwrap();
    let (applied_at, mut pauses) = (scene.now(), Vec::new());
    let mut looks = 0;
    while let Some(at) = scene.incident(&id).await.look_again_at {
        let pause = at.duration_since(scene.now());
        pauses.push(pause);
        scene.pass(pause - MINUTE);
        assert!(scene.sweep().await.verified.is_empty());
        assert_eq!(scene.incident(&id).await.look_again_at, Some(at), "not before its time");
        scene.pass(MINUTE);
        assert!(scene.sweep().await.verified.is_empty());
        assert_eq!(scene.state(&id).await, State::Applied);
        let remark = scene.remark(&id).await;
        assert!(remark.starts_with("unverified: every policy allows the call"), "{remark}");
        looks += 1;
        assert!(looks < 40);
    }
    assert!(pauses.is_sorted(), "{pauses:?}");
    let stood = scene.now().duration_since(applied_at);
    let most = SignedDuration::from_hours(72 + 7);
    assert!(stood > SignedDuration::from_hours(72) && stood < most, "{stood}");
    // Who looks nevertheless, and sees it, is believed.
    *scene.success.lock().unwrap() = Some(scene.now());
    assert_eq!(scene.verify(&id).await, Ok(Verified::Now(State::Verified)));
}

#[tokio::test]
async fn accounts_that_cannot_be_read_verify_nothing() {
    let (scene, id) = Scene::applied(OWNED).await;
    *scene.success.lock().unwrap() = Some(scene.now());
    *scene.dark.lock().unwrap() = true;
    scene.pass(MINUTE * 6);
    assert_eq!(scene.verify(&id).await, Ok(Verified::NotYet));
    let remark = scene.remark(&id).await;
    assert!(remark.starts_with("not verified: "), "{remark}");
    *scene.dark.lock().unwrap() = false;
    assert_eq!(scene.verify(&id).await, Ok(Verified::Now(State::Verified)));
}

/// A verified change that stops to help: the incident opens again, its change can still be undone.
#[tokio::test]
async fn verified_and_denied_again() {
    let (scene, id) = Scene::applied(OWNED).await;
    *scene.success.lock().unwrap() = Some(scene.now() + MINUTE);
    assert_eq!(scene.verify(&id).await, Ok(Verified::Now(State::Verified)));
    let written = scene.world.texts();
    scene.pass(MINUTE * 10);
    scene.world.edit(|texts| put(texts, &bucket_policy(), statement("Deny", "Frozen")));
    assert_eq!(scene.deny(2, OBJECTS[0]).await, id);
    assert_eq!(scene.state(&id).await, State::Detected);
    scene.diagnose(&id).await;
    assert_eq!(scene.state(&id).await, State::Manual);
    scene.undo(&id).await.unwrap();
    assert_eq!(scene.state(&id).await, State::Manual);
    assert!(scene.world.texts().values().all(|text| !text.contains("Locksmith")));
    assert!(scene.fixes().await.iter().all(|fix| fix.state == FixState::Removed));
    assert!(written.values().any(|text| text.contains("Locksmith")));
}
