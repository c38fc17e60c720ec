//! Two incidents that need the same statements, which stand once.

use crate::scene::{OBJECTS, OWNED, Scene, bucket_policy, key_policy, put, statement};
use crate::world::Texts;
use jiff::SignedDuration;
use locksmith_app::approve::Decision;
use locksmith_app::fix::FixState;
use locksmith_app::incident::{IncidentId, State};
use locksmith_app::operations::{Applied, Undone};

/// Two incidents on one bucket, planned before either is applied, so that both want to make the same.
async fn two(more: &str) -> (Scene, [IncidentId; 2], Texts) {
    let scene = Scene::new(&format!("plan.scope = \"bucket\"\n{more}{OWNED}"));
    let before = scene.world.texts();
    let mut ids = Vec::new();
    for (number, object) in (1..).zip(OBJECTS) {
        let id = scene.deny(number, object).await;
        scene.diagnose(&id).await;
        scene.agree(&id).await;
        ids.push(id);
    }
    let ids: [IncidentId; 2] = ids.try_into().unwrap();
    assert_ne!(ids[0], ids[1]);
    assert_eq!(scene.plan(&ids[0]).await.digest, scene.plan(&ids[1]).await.digest);
    (scene, ids, before)
}

async fn rely(scene: &Scene, ids: &[&IncidentId]) {
    for fix in scene.fixes().await {
        let relying: Vec<_> = fix.relied_on_by.keys().collect();
        let mut ids = ids.to_vec();
        ids.sort();
        assert_eq!(relying, ids, "{:?}", fix.what);
        let state = if ids.is_empty() { FixState::Removed } else { FixState::Active };
        assert_eq!(fix.state, state, "{:?}", fix.what);
    }
}

#[tokio::test]
async fn the_last_one_takes_it_away() {
    for first in [0, 1] {
        let (scene, ids, before) = two("").await;
        assert_eq!(scene.apply(&ids[0]).await, Ok(Applied::Now(State::Applied)));
        let written = scene.world.texts();
        assert_eq!(scene.apply(&ids[1]).await, Ok(Applied::Now(State::Applied)));
        assert_eq!(scene.world.texts(), written, "it stands once");
        rely(&scene, &[&ids[0], &ids[1]]).await;

        assert_eq!(scene.undo(&ids[first]).await, Ok(Undone::Now(State::RolledBack)));
        assert_eq!(scene.world.texts(), written, "the other one needs it");
        rely(&scene, &[&ids[1 - first]]).await;
        assert_eq!(scene.state(&ids[1 - first]).await, State::Applied);
        assert!(scene.reconcile().await.findings.is_empty());

        assert_eq!(scene.undo(&ids[1 - first]).await, Ok(Undone::Now(State::RolledBack)));
        assert_eq!(scene.world.texts(), before, "byte for byte");
        rely(&scene, &[]).await;
    }
}

/// Neither finds itself alone first; nothing is left behind.
#[tokio::test]
async fn both_end_at_once() {
    let (scene, ids, before) = two("").await;
    scene.apply(&ids[0]).await.unwrap();
    scene.apply(&ids[1]).await.unwrap();
    scene.crowd(2);
    let undo = async |id: &IncidentId| {
        let undone = scene.undo(id).await;
        scene.leave();
        undone
    };
    let (one, other) = tokio::join!(undo(&ids[0]), undo(&ids[1]));
    one.unwrap();
    other.unwrap();
    scene.crowd(1);
    assert_eq!(scene.world.texts(), before);
    rely(&scene, &[]).await;
    assert_eq!(scene.state(&ids[0]).await, State::RolledBack);
    assert_eq!(scene.state(&ids[1]).await, State::RolledBack);
}

/// Who comes second while the first is at work waits, and has it afterwards.
#[tokio::test]
async fn both_begin_at_once() {
    let (scene, ids, before) = two("").await;
    scene.crowd(2);
    let apply = async |id: &IncidentId| {
        let applied = scene.apply(id).await;
        scene.leave();
        applied
    };
    let (one, other) = tokio::join!(apply(&ids[0]), apply(&ids[1]));
    assert!(one.is_ok() || other.is_ok(), "{one:?} {other:?}");
    scene.crowd(1);
    for _ in 0..2 {
        scene.pass(SignedDuration::from_mins(11));
        scene.sweep().await;
    }
    for id in &ids {
        assert_eq!(scene.state(id).await, State::Applied);
    }
    rely(&scene, &[&ids[0], &ids[1]]).await;
    scene.undo(&ids[0]).await.unwrap();
    scene.undo(&ids[1]).await.unwrap();
    assert_eq!(scene.world.texts(), before);
}

#[tokio::test]
async fn the_time_of_one_is_over() {
    let (scene, ids, _) = two("").await;
    scene.apply(&ids[0]).await.unwrap();
    scene.apply(&ids[1]).await.unwrap();
    let written = scene.world.texts();
    for mut fix in scene.fixes().await {
        let until = scene.now() + SignedDuration::from_hours(1);
        fix.relied_on_by.insert(ids[0].clone(), Some(until));
        fix.version += 1;
        locksmith_app::ports::Ledger::write_fix(&scene.store, &fix).await.unwrap();
    }
    assert!(scene.sweep().await.undone.is_empty());
    scene.pass(SignedDuration::from_hours(2));
    assert_eq!(scene.sweep().await.undone, [ids[0].clone()]);
    assert_eq!(scene.remark(&ids[0]).await, "its time is over");
    assert_eq!(scene.world.texts(), written);
    rely(&scene, &[&ids[1]]).await;
    assert!(scene.sweep().await.undone.is_empty());
}

/// The second one fails for a reason of its own: the first keeps what it relies on.
#[tokio::test]
async fn the_second_one_is_rolled_back() {
    let (scene, ids, _) = two("").await;
    scene.apply(&ids[0]).await.unwrap();
    scene.world.edit(|texts| {
        let text = texts.get_mut(&key_policy()).unwrap();
        let mut document: serde_json::Value = serde_json::from_str(text).unwrap();
        document["Statement"].as_array_mut().unwrap().pop();
        *text = format!("{document:#}");
    });
    scene.world.edit(|texts| put(texts, &key_policy(), statement("Allow", "Theirs")));
    let standing = scene.world.texts();
    assert_eq!(scene.apply(&ids[1]).await, Ok(Applied::Now(State::RolledBack)));
    assert_eq!(scene.world.texts(), standing, "what the first one relies on still stands");
    for fix in scene.fixes().await {
        assert!(!fix.relied_on_by.contains_key(&ids[1]), "{fix:#?}");
    }
    assert_eq!(scene.undo(&ids[0]).await, Ok(Undone::Now(State::RolledBack)));
    assert!(scene.world.texts().values().all(|text| !text.contains("Locksmith")));
}

/// A plan that finds a part of what it needs standing relies on it as well.
#[tokio::test]
async fn what_was_found_standing_is_relied_on() {
    let scene = Scene::new(&format!("plan.scope = \"bucket\"{OWNED}"));
    let before = scene.world.texts();
    let one = scene.deny(1, OBJECTS[0]).await;
    scene.diagnose(&one).await;
    scene.agree(&one).await;
    scene.apply(&one).await.unwrap();
    // Infrastructure as code takes the bucket's statement away.
    scene.world.edit(|texts| {
        texts.insert(bucket_policy(), before[&bucket_policy()].clone());
    });
    let other = scene.deny(2, OBJECTS[1]).await;
    scene.diagnose(&other).await;
    let plan = scene.plan(&other).await;
    assert_eq!((plan.changes.len(), plan.relies_on.len()), (1, 3), "{plan:#?}");
    scene.click(&other, "alice", Decision::Approve).await.unwrap();
    assert_eq!(scene.state(&other).await, State::Approved);
    assert_eq!(scene.apply(&other).await, Ok(Applied::Now(State::Applied)));
    rely(&scene, &[&one, &other]).await;
    let written = scene.world.texts();
    scene.undo(&one).await.unwrap();
    assert_eq!(scene.world.texts(), written);
    assert_eq!(scene.undo(&other).await, Ok(Undone::Now(State::RolledBack)));
    assert_eq!(scene.world.texts(), before);
}
