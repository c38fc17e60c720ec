//! From the denial to the last undo, as it should be; and nothing at all where nobody turned it on.

use crate::scene::{OBJECTS, OWNED, Scene};
use crate::world::World;
use jiff::SignedDuration;
use locksmith_app::approve::{DecideError, Decided, Decision, Refusal};
use locksmith_app::fix::FixState;
use locksmith_app::incident::State;
use locksmith_app::operations::{Applied, Undone, Verified};

#[tokio::test]
async fn asked_approved_applied_verified_and_taken_back() {
    let (scene, id) = Scene::asked(OWNED).await;
    let before = scene.world.texts();
    let plan = scene.plan(&id).await;
    assert!(plan.resolves && plan.changes.len() == 3, "{plan:#?}");

    assert!(matches!(scene.click(&id, "alice", Decision::Approve).await, Ok(Decided::Counted(_))));
    let decided = scene.click(&id, "carol", Decision::Approve).await;
    assert_eq!(decided, Ok(Decided::Now(State::Approved)));
    assert_eq!(scene.world.texts(), before, "nothing is written before it is applied");

    assert_eq!(scene.apply(&id).await, Ok(Applied::Now(State::Applied)));
    assert_eq!(scene.apply(&id).await, Ok(Applied::Before(State::Applied)));
    assert!(scene.incident(&id).await.look_again_at.is_some());
    for fix in scene.fixes().await {
        assert_eq!((fix.state, fix.relied_on_by.keys().next()), (FixState::Active, Some(&id)));
    }

    scene.pass(SignedDuration::from_mins(1));
    *scene.success.lock().unwrap() = Some(scene.now());
    assert_eq!(scene.verify(&id).await, Ok(Verified::Now(State::Verified)));
    assert!(scene.remark(&id).await.starts_with("the call succeeded at "));
    assert_eq!(scene.verify(&id).await, Ok(Verified::Before(State::Verified)));

    assert_eq!(scene.undo(&id).await, Ok(Undone::Now(State::RolledBack)));
    assert_eq!(scene.remark(&id).await, "enough (carol)");
    assert_eq!(scene.world.texts(), before, "byte for byte");
    assert_eq!(scene.undo(&id).await, Ok(Undone::Before(State::RolledBack)));
    assert!(
        scene
            .fixes()
            .await
            .iter()
            .all(|fix| { fix.state == FixState::Removed && fix.relied_on_by.is_empty() })
    );
    let all = [
        State::Detected,
        State::AwaitingApproval,
        // The first of two approvals counted.
        State::AwaitingApproval,
        State::Approved,
        State::Applying,
        State::Applied,
        State::Verified,
        State::RolledBack,
    ];
    assert_eq!(scene.heard(&id), all);
    assert!(scene.incident(&id).await.announced);
}

/// S3 tells a policy in its own words, not in ours.
#[tokio::test]
async fn what_s3_writes_down_in_its_own_way() {
    let mut scene = Scene::new(OWNED);
    scene.world = World::collapsing(&scene.world.texts());
    let before = scene.world.texts();
    let id = scene.deny(1, OBJECTS[0]).await;
    scene.diagnose(&id).await;
    scene.agree(&id).await;
    assert_eq!(scene.apply(&id).await, Ok(Applied::Now(State::Applied)));
    assert!(scene.reconcile().await.findings.is_empty());
    assert_eq!(scene.undo(&id).await, Ok(Undone::Now(State::RolledBack)));
    assert_eq!(scene.world.texts(), before);
}

#[tokio::test]
async fn nothing_is_changed_unless_it_was_turned_on() {
    let (mut scene, id) = Scene::asked("").await;
    let before = scene.world.texts();
    for person in ["alice", "carol", "mallory"] {
        let refused = scene.click(&id, person, Decision::Approve).await;
        assert_eq!(refused, Err(DecideError::Refused(Refusal::Off)));
    }
    let nothing = async |scene: &Scene, state| {
        assert_eq!(scene.apply(&id).await, Ok(Applied::Before(state)));
        assert_eq!(scene.verify(&id).await, Ok(Verified::Before(state)));
        assert_eq!(scene.undo(&id).await, Ok(Undone::Before(state)));
        scene.pass(SignedDuration::from_hours(48));
        let swept = scene.sweep().await;
        assert!(swept.applied.is_empty() && swept.failed.is_empty(), "{swept:?}");
        assert_eq!(scene.world.texts(), before);
        assert!(scene.fixes().await.is_empty());
    };
    nothing(&scene, State::Diagnosed).await;

    // It was on while people approved, and is off again.
    let (approved, id) = Scene::approved(OWNED).await;
    scene = approved;
    scene.configuration.approval.enabled = false;
    assert_eq!(scene.apply(&id).await, Ok(Applied::Now(State::Failed)));
    assert!(scene.remark(&id).await.contains("approval.enabled"), "{}", scene.remark(&id).await);
    assert_eq!(scene.world.texts(), before);
}
