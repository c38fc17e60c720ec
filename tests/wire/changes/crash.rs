//! The process is killed at every single call, and started again: all changes stand, or none, and
//! until then the journal says what may stand.

use crate::layout::Layout;
use crate::scene::{PLAN, Scene, Way};
use locksmith_wire_tests::program::Running;
use locksmith_wire_tests::wire::{Answer, Call, Fault, Moment};
use locksmith_wire_tests::world::Documents;
use serde_json::Value;

/// Where a run may be killed: at which of its calls, before or after AWS does what it asks for.
/// Before and after are one for calls that change nothing.
fn moments(calls: &[Call]) -> Vec<(usize, Moment)> {
    let of = |(number, call): (usize, &Call)| {
        let after = (!call.is_read()).then_some((number, Moment::After));
        std::iter::once((number, Moment::Before)).chain(after)
    };
    calls.iter().enumerate().flat_map(of).collect()
}

/// Kills a run at a call; false if it ended before it came to that.
async fn killed(scene: &Scene, mut run: Running, (number, moment): (usize, Moment)) -> bool {
    let mut held = scene.world.wire.hold(number, moment);
    // It was started before, but needs much longer for its first call than this.
    tokio::select! {
        reached = &mut held.reached => reached.expect("the proxy runs"),
        () = run.gone() => return false,
    };
    run.kill().await;
    held.gone().await;
    true
}

/// All that the program may do to the end, by itself: what was made, and its calls.
async fn undisturbed(scene: &Scene, way: &Way) -> (Documents, Vec<(usize, Moment)>) {
    let mark = scene.world.wire.mark();
    let ran = scene.work("apply", way).await;
    scene.ended(&ran, 0, way, mark).unwrap();
    let calls = scene.calls(mark);
    let made = scene.world.documents().await;
    let mark = scene.world.wire.mark();
    let ran = scene.work("undo", way).await;
    scene.ended(&ran, 0, way, mark).unwrap();
    scene.is_as_before().await.unwrap();
    (made, moments(&calls))
}

/// Whether the documents that differ from before are those that the journal names.
async fn the_journal_knows(scene: &Scene) -> Result<(), String> {
    let now = scene.world.documents().await;
    let differing = now.differing(&scene.before).count();
    let journal = scene.program.journal(PLAN);
    let steps = journal.as_ref().and_then(|journal| journal["steps"].as_array());
    let count = |all: &[&str]| {
        let is = |step: &&Value| all.iter().any(|status| step["status"]["is"] == *status);
        steps.map_or(0, |steps| steps.iter().filter(is).count())
    };
    let (stand, may) = (count(&["written"]), count(&["writing", "undoing"]));
    if (stand..=stand + may).contains(&differing) {
        return Ok(());
    }
    Err(format!("{differing} differ: {}\n{journal:#?}", scene.before.difference(&now)))
}

/// Killed, and taken back; killed again, and finished; killed while it is taken back.
async fn there_and_back(
    scene: &Scene,
    way: &Way,
    made: &Documents,
    at: (usize, Moment),
) -> Result<(), String> {
    let start = |command| scene.program.start_work(command, PLAN, &way.digest);
    scene.program.without_journal(PLAN);
    let mark = scene.world.wire.mark();
    assert!(killed(scene, start("apply"), at).await, "as many calls as undisturbed");
    the_journal_knows(scene).await?;
    let begun = scene.program.journal(PLAN).is_some();
    let ran = scene.work("undo", way).await;
    scene.ended(&ran, if begun { 0 } else { 3 }, way, mark)?;
    scene.is_as_before().await?;

    let mark = scene.world.wire.mark();
    assert!(killed(scene, start("apply"), at).await, "as many calls as undisturbed");
    the_journal_knows(scene).await?;
    let ran = scene.work("apply", way).await;
    scene.ended(&ran, 0, way, mark)?;
    scene.is(made).await?;

    let mark = scene.world.wire.mark();
    killed(scene, start("undo"), at).await;
    the_journal_knows(scene).await?;
    let ran = scene.work("undo", way).await;
    scene.ended(&ran, 0, way, mark)?;
    scene.is_as_before().await
}

/// One half of the moments, so that two scenes share the work.
async fn every(half: usize, layout: Layout) {
    let (scene, way) = Scene::of_both(layout).await;
    let (made, moments) = undisturbed(&scene, &way).await;
    for at in moments.into_iter().skip(half).step_by(2) {
        if let Err(why) = Box::pin(there_and_back(&scene, &way, &made, at)).await {
            panic!("killed at {at:?}\n{why}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_every_other_call() {
    every(0, Layout::Indented).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_the_calls_between() {
    every(1, Layout::Foreign).await;
}

/// What is made is taken back because the second account refuses; killed at every call of that, it
/// is taken back by the next run.
#[tokio::test(flavor = "multi_thread")]
async fn killed_while_rolling_back() {
    let (scene, way) = Scene::of_both(Layout::Compact).await;
    let refused = Fault::of("iam", Answer::AccessDenied).operation("PutRolePolicy");
    scene.world.wire.inject(refused);
    let mark = scene.world.wire.mark();
    let ran = scene.work("apply", &way).await;
    scene.ended(&ran, 1, &way, mark).unwrap();
    scene.is_as_before().await.unwrap();
    for at in moments(&scene.calls(mark)) {
        let mark = scene.world.wire.mark();
        let run = scene.program.start_work("apply", PLAN, &way.digest);
        assert!(killed(&scene, run, at).await, "as many calls as undisturbed");
        the_journal_knows(&scene).await.unwrap();
        let ran = scene.work("apply", &way).await;
        scene.ended(&ran, 1, &way, mark).unwrap();
        assert_eq!(scene.journal_says().as_deref(), Some("rolled_back"), "{at:?}");
        if let Err(why) = scene.is_as_before().await {
            panic!("killed at {at:?}\n{why}\n{}", scene.story(&ran, mark));
        }
    }
}
