//! Owners who want back what was made, denials that are right although nobody is asked, and what is kept
//! of all decisions.

use crate::scene::{OBJECTS, OWNED, Scene};
use crate::world::Fault;
use jiff::SignedDuration;
use locksmith_app::approve::{DecideError, Decided, Decision, Decisions, Objection, Refusal};
use locksmith_app::incident::{IncidentId, State};
use locksmith_app::operations::{Applied, Undone};
use locksmith_core::plan::{Digest, Scope};

fn undo(reason: &str) -> Decision {
    Decision::Undo { reason: reason.to_owned() }
}

fn refused(click: Result<Decided, DecideError>) -> Refusal {
    match click {
        Err(DecideError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

async fn wanted(scene: &Scene, id: &IncidentId) -> Result<Undone, String> {
    let undone = scene.process().operations().undo_wanted(id).await;
    undone.map_err(|error| error.to_string())
}

#[tokio::test]
async fn an_owner_takes_it_back() {
    for verified in [false, true] {
        let (scene, id) = Scene::approved(OWNED).await;
        let before = scene.world.texts();
        scene.apply(&id).await.unwrap();
        if verified {
            *scene.success.lock().unwrap() = Some(scene.now());
            scene.pass(SignedDuration::from_mins(5));
            scene.verify(&id).await.unwrap();
            assert_eq!(scene.state(&id).await, State::Verified);
        }
        let state = scene.state(&id).await;
        assert_eq!(wanted(&scene, &id).await, Ok(Undone::Before(state)), "nobody wants it");
        let decided = scene.click(&id, "carol", undo("it was a test")).await;
        assert_eq!(decided, Ok(Decided::Now(state)));
        assert!(scene.incident(&id).await.undo_wanted);
        assert_eq!(*scene.heard(&id).last().unwrap(), state, "it is announced once more");
        let by = scene.approvals(&id).await.unwrap().undo.unwrap();
        assert_eq!((by.person.as_str(), by.from.as_str()), ("carol", "a test"));
        // The apply function hears of it.
        assert_eq!(scene.apply(&id).await, Ok(Applied::Before(state)));
        assert_eq!(wanted(&scene, &id).await, Ok(Undone::Now(State::RolledBack)));
        assert_eq!(scene.world.texts(), before);
        assert_eq!(scene.remark(&id).await, "it was a test (carol)");
        assert!(!scene.incident(&id).await.undo_wanted);
        let again = refused(scene.click(&id, "carol", undo("once more")).await);
        assert_eq!(again, Refusal::WrongState(State::RolledBack));
    }
}

#[tokio::test]
async fn a_wish_that_nobody_heard_is_found_or_said_again() {
    let (scene, id) = Scene::applied(OWNED).await;
    let digest = scene.plan(&id).await.digest;
    scene.click(&id, "alice", undo("a test")).await.unwrap();
    let heard = scene.heard(&id).len();
    let again = scene.click_on(&id, &digest, "carol", undo("me too")).await;
    assert_eq!(again, Ok(Decided::Before(State::Applied)));
    assert_eq!(scene.heard(&id).len(), heard + 1);
    assert_eq!(scene.sweep().await.undone, std::slice::from_ref(&id));
    assert_eq!(scene.state(&id).await, State::RolledBack);
}

#[tokio::test]
async fn who_may_not_takes_nothing_back() {
    let (mut scene, id) = Scene::asked(OWNED).await;
    let refusal = refused(scene.click(&id, "alice", undo("early")).await);
    assert_eq!(refusal, Refusal::WrongState(State::AwaitingApproval));
    scene.agree(&id).await;
    scene.apply(&id).await.unwrap();
    let refusal = refused(scene.click(&id, "mallory", undo("mine")).await);
    assert!(matches!(refusal, Refusal::Objection(Objection::NotEntitled { .. })), "{refusal}");
    assert_eq!(refused(scene.click(&id, "alice", undo(" ")).await), Refusal::Incomplete);
    let other = Digest::of_changes(&[]);
    let refusal = refused(scene.click_on(&id, &other, "alice", undo("other")).await);
    assert!(matches!(refusal, Refusal::OtherPlan { .. }), "{refusal}");
    let digest = scene.plan(&id).await.digest;
    let earlier = Some(scene.now() - SignedDuration::from_hours(1));
    let refusal = refused(scene.answer(&id, &digest, "alice", undo("old"), earlier, &[]).await);
    assert_eq!(refusal, Refusal::WrongState(State::Applied));
    assert_eq!(wanted(&scene, &id).await, Ok(Undone::Before(State::Applied)));
    // Nothing is approved any more, and what stands is taken back all the same: by whoever may break
    // the glass, too.
    scene.configuration.approval.enabled = false;
    scene.configuration.approval.break_glass.people = vec!["mallory".to_owned()];
    assert_eq!(scene.click(&id, "mallory", undo("now")).await, Ok(Decided::Now(State::Applied)));
    assert_eq!(wanted(&scene, &id).await, Ok(Undone::Now(State::RolledBack)));
}

/// A run that dies anywhere is gone on with by the next.
#[tokio::test]
async fn a_run_that_dies_is_gone_on_with() {
    let (scene, id) = Scene::applied(OWNED).await;
    scene.click(&id, "alice", undo("a test")).await.unwrap();
    let process = scene.process();
    process.operations().undo_wanted(&id).await.unwrap();
    let writes: Vec<usize> =
        (0..process.calls().len()).filter(|at| process.calls()[*at].starts_with("write")).collect();
    assert!(writes.len() > 8, "{:?}", process.calls());
    for point in writes {
        let (scene, id) = Scene::approved(OWNED).await;
        let before = scene.world.texts();
        scene.apply(&id).await.unwrap();
        scene.click(&id, "alice", undo("a test")).await.unwrap();
        let process = scene.failing(point, Fault::DiesBefore);
        let died = process.live(Box::pin(process.operations().undo_wanted(&id))).await.is_none();
        assert!(died, "{point}");
        scene.pass(SignedDuration::from_mins(10));
        scene.sweep().await;
        assert_eq!(scene.state(&id).await, State::RolledBack, "{point}");
        assert_eq!(scene.world.texts(), before, "{point}");
    }
}

/// A guardrail denies, and that is as it should be.
#[tokio::test]
async fn a_denial_is_right_although_nobody_is_asked() {
    let (mut scene, id) = Scene::asked(OWNED).await;
    let now = scene.now();
    for state in [State::Diagnosed, State::Manual] {
        scene
            .forge(&id, Vec::new(), |incident| {
                incident.enter(State::Detected, now).unwrap();
                incident.enter(State::Diagnosed, now).unwrap();
                if state == State::Manual {
                    incident.enter(State::Manual, now).unwrap();
                }
            })
            .await;
        scene.configuration.approval.enabled = false;
        let digest = scene.plan(&id).await.digest;
        let right = |person| {
            let until = scene.now() + SignedDuration::from_hours(24);
            let decision = Decision::Suppress { reason: "as it should be".to_owned(), until };
            scene.answer(&id, &digest, person, decision, Some(now), &[])
        };
        let refusal = refused(right("mallory").await);
        assert!(matches!(refusal, Refusal::Objection(Objection::NotEntitled { .. })), "{refusal}");
        assert_eq!(right("alice").await, Ok(Decided::Now(State::Suppressed)));
        let earlier = Some(now - SignedDuration::from_hours(1));
        let late = Decision::Suppress {
            reason: "late".to_owned(),
            until: scene.now() + SignedDuration::from_hours(24),
        };
        let refusal = refused(scene.answer(&id, &digest, "carol", late, earlier, &[]).await);
        assert_eq!(refusal, Refusal::WrongState(State::Suppressed));
    }
}

/// Approvals go with the plan that they were for; what was decided is kept.
#[tokio::test]
async fn every_decision_is_kept() {
    let (scene, id) = Scene::asked(OWNED).await;
    let first = scene.plan(&id).await.digest;
    scene.click(&id, "alice", Decision::Approve).await.unwrap();
    scene.click(&id, "alice", Decision::Approve).await.unwrap();
    refused(scene.click(&id, "mallory", Decision::Approve).await);
    scene.click(&id, "carol", Decision::Rescope(Scope::Prefix)).await.unwrap();
    scene.diagnose(&id).await;
    assert!(scene.approvals(&id).await.is_none());
    let second = scene.plan(&id).await.digest;
    let reject = Decision::Reject { reason: "too wide".to_owned() };
    scene.click(&id, "alice", reject).await.unwrap();
    let kept = Decisions::load(&scene.store, &id).await.unwrap().0;
    let told: Vec<_> = kept
        .iter()
        .map(|one| (one.person.as_str(), one.decision.as_str(), &one.digest, one.reason.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            ("alice", "approve", &first, None),
            ("carol", "rescope", &first, Some("prefix")),
            ("alice", "reject", &second, Some("too wide")),
        ]
    );
    assert!(kept.iter().all(|one| one.from == "a test" && one.at == scene.now()));
}

/// Whoever asked for another reach waits for its plan, also if nobody heard of it.
#[tokio::test]
async fn what_is_to_be_planned_anew_is_said_again() {
    let scene = Scene::new(OWNED);
    let id = scene.deny(1, OBJECTS[0]).await;
    scene.forge(&id, Vec::new(), |incident| incident.announced = false).await;
    let heard = scene.heard(&id).len();
    scene.sweep().await;
    assert_eq!(scene.heard(&id).len(), heard, "somebody may be just about to say it");
    scene.pass(SignedDuration::from_mins(11));
    scene.sweep().await;
    assert_eq!(scene.heard(&id).len(), heard + 1);
}
