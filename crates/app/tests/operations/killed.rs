//! A process dies, or one of its calls fails, at each of its calls in turn: whoever comes later
//! finishes or takes back, and incident, journal, ledger and documents agree.

use crate::process::Process;
use crate::scene::{OWNED, Scene, enough};
use crate::world::{Fault, Texts};
use jiff::SignedDuration;
use locksmith_app::change::State as Work;
use locksmith_app::fix::FixState;
use locksmith_app::incident::{IncidentId, State};
use locksmith_app::operations::Applied;

/// Longer than a run may be silent.
const DEAD_AFTER: SignedDuration = SignedDuration::from_mins(4);

/// How somebody else finds the incident, and whether all that is stored agrees with the documents.
async fn agree(scene: &Scene, id: &IncidentId, before: &Texts, what: &str) {
    let incident = scene.incident(id).await;
    let journal = scene.journal(id).await;
    let now = scene.world.texts();
    let fixes = scene.fixes().await;
    let ours: usize = now.values().map(|text| text.matches("\"Locksmith").count()).sum();
    match incident.state {
        State::Applied => {
            assert_eq!(journal.unwrap().state, Work::Applied, "{what}");
            assert_eq!(fixes.len(), 3, "{what}");
            for fix in fixes {
                assert_eq!(fix.state, FixState::Active, "{what}: {fix:#?}");
                assert!(fix.relied_on_by.contains_key(id), "{what}");
            }
            assert!(ours >= 2, "{what}: {now:#?}");
            assert!(incident.look_again_at.is_some(), "{what}");
            assert!(scene.reconcile().await.findings.is_empty(), "{what}");
        }
        State::RolledBack => {
            assert_eq!(now, *before, "{what}");
            for fix in fixes {
                assert_eq!(fix.state, FixState::Removed, "{what}: {fix:#?}");
                assert!(fix.relied_on_by.is_empty(), "{what}");
            }
        }
        State::Approved => {
            assert_eq!(now, *before, "{what}");
            assert!(fixes.is_empty() && journal.is_none(), "{what}");
        }
        other => panic!("{what}: {other}"),
    }
}

/// Calls that have an effect: dying elsewhere is dying before the next of these.
fn effects(calls: &[&str]) -> Vec<usize> {
    calls
        .iter()
        .enumerate()
        .filter(|(_, call)| call.starts_with("write"))
        .map(|(at, _)| at)
        .collect()
}

#[tokio::test]
async fn dying_while_applying() {
    let (scene, id) = Scene::approved(OWNED).await;
    let process = scene.process();
    process.operations().apply(&id).await.unwrap();
    let points = effects(&process.calls());
    assert!(points.len() > 20, "{:?}", process.calls());
    for point in points {
        for sweeps in [true, false] {
            let (scene, id) = Scene::approved(OWNED).await;
            let before = scene.world.texts();
            let process = scene.failing(point, Fault::DiesBefore);
            let died = process.live(Box::pin(process.operations().apply(&id))).await.is_none();
            let what = format!("{point}: {:?}", process.calls().last());
            assert!(died, "{what}");
            if scene.state(&id).await == State::Applying {
                let early = scene.apply(&id).await.unwrap();
                assert_eq!(early, Applied::Underway, "{what}: it may only be slow");
                let swept = scene.sweep().await;
                assert!(swept.applied.is_empty() && swept.failed.is_empty(), "{what}: {swept:?}");
            }
            scene.pass(DEAD_AFTER * 3);
            if sweeps {
                let swept = scene.sweep().await;
                assert!(swept.failed.is_empty(), "{what}: {swept:?}");
            } else {
                scene.apply(&id).await.unwrap();
            }
            assert_eq!(scene.state(&id).await, State::Applied, "{what}");
            agree(&scene, &id, &before, &what).await;
            scene.undo(&id).await.unwrap();
            assert_eq!(scene.state(&id).await, State::RolledBack, "{what}");
            agree(&scene, &id, &before, &what).await;
        }
    }
}

#[tokio::test]
async fn dying_while_taking_back() {
    let (scene, id) = Scene::applied(OWNED).await;
    let process = scene.process();
    process.operations().undo(&id, &enough()).await.unwrap();
    let points = effects(&process.calls());
    assert!(points.len() > 15, "{:?}", process.calls());
    for point in points {
        for sweeps in [true, false] {
            let (scene, id) = Scene::approved(OWNED).await;
            let before = scene.world.texts();
            scene.apply(&id).await.unwrap();
            let process = scene.failing(point, Fault::DiesBefore);
            let died =
                process.live(Box::pin(process.operations().undo(&id, &enough()))).await.is_none();
            let what = format!("{point}: {:?}", process.calls().last());
            assert!(died, "{what}");
            scene.pass(DEAD_AFTER);
            if sweeps {
                let swept = scene.sweep().await;
                assert!(swept.failed.is_empty(), "{what}: {swept:?}");
                // Who goes on with it says why it was begun.
                if scene.state(&id).await == State::RolledBack {
                    assert_eq!(scene.remark(&id).await, "enough (carol)", "{what}");
                }
            }
            // The message comes again.
            scene.undo(&id).await.unwrap();
            assert_eq!(scene.state(&id).await, State::RolledBack, "{what}");
            agree(&scene, &id, &before, &what).await;
            assert!(scene.incident(&id).await.announced, "{what}");
        }
    }
}

/// Runs a work with a fault at each call, then once more without, and looks.
async fn every_fault(
    make: impl AsyncFn() -> (Scene, IncidentId, Texts),
    work: impl AsyncFn(&Process<'_>, &IncidentId) -> bool,
    is_meant: State,
) {
    let (scene, id, _) = make().await;
    let process = scene.process();
    assert!(work(&process, &id).await);
    let calls = process.calls();
    for (point, call) in calls.iter().enumerate() {
        for fault in [Fault::Refused, Fault::DoneAndLost] {
            if fault == Fault::DoneAndLost && !call.starts_with("write") {
                continue;
            }
            let (scene, id, before) = make().await;
            let process = scene.failing(point, fault);
            let what = format!("{point}: {call} {fault:?}");
            let finished = work(&process, &id).await;
            scene.pass(DEAD_AFTER);
            if !finished {
                work(&scene.process(), &id).await;
            }
            let state = scene.state(&id).await;
            // What AWS refuses is taken back, and is no reason to try again.
            let given_up = call.ends_with("document") || call.ends_with("lock");
            assert!(state == is_meant || given_up && state == State::RolledBack, "{what}: {state}");
            agree(&scene, &id, &before, &what).await;
            let heard = scene.heard(&id);
            assert!(heard.contains(&state), "{what}: {heard:?}");
            let twice = heard.iter().filter(|one| **one == state).count();
            assert!(twice == 1 || *call == "write announcement", "{what}: {heard:?}");
        }
    }
}

#[tokio::test]
async fn what_fails_while_applying_is_tried_again() {
    let make = async || {
        let (scene, id) = Scene::approved(OWNED).await;
        let before = scene.world.texts();
        (scene, id, before)
    };
    let work = async |process: &Process<'_>, id: &IncidentId| {
        matches!(process.operations().apply(id).await, Ok(Applied::Now(_) | Applied::Before(_)))
    };
    every_fault(make, work, State::Applied).await;
}

#[tokio::test]
async fn what_fails_while_taking_back_is_tried_again() {
    let make = async || {
        let (scene, id) = Scene::approved(OWNED).await;
        let before = scene.world.texts();
        scene.apply(&id).await.unwrap();
        (scene, id, before)
    };
    let work = async |process: &Process<'_>, id: &IncidentId| {
        use locksmith_app::operations::Undone;
        let undone = process.operations().undo(id, &enough()).await;
        matches!(undone, Ok(Undone::Now(State::RolledBack) | Undone::Before(State::RolledBack)))
    };
    Box::pin(every_fault(make, work, State::RolledBack)).await;
}

/// The queue gives the same incident to two at once.
#[tokio::test]
async fn two_apply_at_once() {
    let (scene, id) = Scene::approved(OWNED).await;
    let before = scene.world.texts();
    let (one, other) = tokio::join!(scene.apply(&id), scene.apply(&id));
    let (one, other) = (one.unwrap(), other.unwrap());
    let done = [&one, &other].into_iter().filter(|one| **one == Applied::Now(State::Applied));
    assert_eq!(done.count(), 1, "{one:?} {other:?}");
    agree(&scene, &id, &before, "two at once").await;
    assert_eq!(scene.heard(&id).iter().filter(|one| **one == State::Applied).count(), 1);

    // And two take it back.
    let (one, other) = tokio::join!(scene.undo(&id), scene.undo(&id));
    one.unwrap();
    other.unwrap();
    scene.undo(&id).await.unwrap();
    assert_eq!(scene.state(&id).await, State::RolledBack);
    agree(&scene, &id, &before, "two take back").await;
}

/// It wakes up when all was taken back already.
#[tokio::test]
async fn a_slow_run_comes_after_the_end() {
    let (scene, id) = Scene::approved(OWNED).await;
    let before = scene.world.texts();
    let slow = scene.process();
    let mut work = Box::pin(async { slow.operations().apply(&id).await });
    while scene.journal(&id).await.is_none() {
        let _ = futures_util::poll!(&mut work);
        tokio::task::yield_now().await;
    }
    scene.pass(DEAD_AFTER);
    scene.apply(&id).await.unwrap();
    scene.undo(&id).await.unwrap();
    assert_eq!(work.await, Ok(Applied::Underway));
    scene.sweep().await;
    scene.sweep().await;
    agree(&scene, &id, &before, "after the end").await;
}

/// One that was thought dead goes on: it finds that another has taken over, and stops.
#[tokio::test]
async fn a_slow_run_is_overtaken() {
    let (scene, id) = Scene::approved(OWNED).await;
    let before = scene.world.texts();
    let slow = scene.process();
    let mut work = Box::pin(async { slow.operations().apply(&id).await });
    while scene.journal(&id).await.is_none() {
        let _ = futures_util::poll!(&mut work);
        tokio::task::yield_now().await;
    }
    scene.pass(DEAD_AFTER);
    assert_eq!(scene.apply(&id).await, Ok(Applied::Now(State::Applied)));
    let late = work.await.unwrap();
    assert!(matches!(late, Applied::Underway | Applied::Before(_)), "{late:?}");
    // What it announced to make last is settled by what was made.
    let swept = scene.sweep().await;
    assert!(swept.failed.is_empty(), "{swept:?}");
    agree(&scene, &id, &before, "overtaken").await;
}
