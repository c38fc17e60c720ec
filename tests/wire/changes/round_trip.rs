//! Every fault: what we may mend is planned, made, found to help, and taken back byte for byte; what
//! we may not stays as it is.

use crate::layout::Layout;
use crate::scene::{PLAN, Scene, Way, ways};
use futures_util::StreamExt as _;
use locksmith_core::plan::Plan;
use locksmith_wire_tests::world::faults::{self, Fault};

/// So many scenarios at a time: the emulator is the bottleneck, and it has one processor.
const AT_ONCE: usize = 4;

const BUCKET: &str = "put_bucket_policy";
const KEY: &str = "put_key_policy";
const GRANT: &str = "create_grant";
const ROLE: &str = "put_role_policy";

/// The kinds of change that mend a fault; none where people have to. First the plan's own, then
/// those of its alternatives.
const MENDABLE: [(&str, &[&[&str]]); 15] = [
    ("the bucket has no policy", &[&[BUCKET]]),
    ("the bucket policy lacks the statement", &[&[BUCKET]]),
    ("the bucket's default encryption names an alias", &[&["put_bucket_encryption"]]),
    ("the key policy lacks the statement", &[&[KEY], &[GRANT]]),
    ("the key policy names a deleted role", &[&[KEY], &[GRANT]]),
    ("the key policy delegates nothing to its own account", &[&[KEY], &[GRANT]]),
    ("a grant asks for another encryption context", &[&[KEY], &[GRANT]]),
    ("the access point has no policy", &[&["put_access_point_policy"]]),
    ("the access point's policy names another role", &[&["put_access_point_policy"]]),
    ("the role's trust policy lets nobody in", &[&["put_trust_policy"]]),
    ("the role's policies lack s3:GetObject", &[&[ROLE]]),
    ("the role's policies lack kms:Decrypt", &[&[ROLE]]),
    ("a condition of the role's policy is not met", &[&[ROLE]]),
    ("the user's group lacks kms:Decrypt", &[&["put_user_policy"]]),
    ("nothing allows it, on either side", &[&[BUCKET, KEY, ROLE], &[BUCKET, GRANT, ROLE]]),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_is_mended_and_taken_back() {
    let run = |(fault, layout): (Fault, Layout)| async move {
        let told = Box::pin(round_trip(&fault, layout)).await;
        told.err().map(|why| format!("=== {}, {layout:?}\n{why}", fault.name))
    };
    let all = faults::all().zip(Layout::ALL.into_iter().cycle()).map(run);
    let failed: Vec<String> = futures_util::stream::iter(all)
        .buffer_unordered(AT_ONCE)
        .filter_map(async |it| it)
        .collect()
        .await;
    assert!(failed.is_empty(), "{} faults:\n{}", failed.len(), failed.join("\n"));
}

async fn round_trip(fault: &Fault, layout: Layout) -> Result<(), String> {
    let scene = Scene::of(fault, layout).await;
    let plan = scene.program.plan(PLAN).await;
    let expected = MENDABLE.iter().find(|(name, _)| *name == fault.name);
    let expected = expected.map_or(&[][..], |(_, kinds)| *kinds);
    let named = kinds(&plan);
    if named != expected {
        let plan = format!("{plan:#?}");
        return Err(format!("{expected:?} was expected: {named:?}\n{plan}"));
    }
    if expected.is_empty() {
        return left_to_people(&scene, &plan).await;
    }
    for way in ways(&plan) {
        there_and_back(&scene, &way).await?;
    }
    Ok(())
}

fn kinds(plan: &Plan) -> Vec<Vec<&'static str>> {
    let of = |way: &Way| way.changes.iter().map(|change| change.kind.name()).collect();
    let all: Vec<Vec<_>> = ways(plan).iter().map(of).collect();
    if plan.resolves { all } else { Vec::new() }
}

async fn there_and_back(scene: &Scene, way: &Way) -> Result<(), String> {
    let (wire, program) = (&scene.world.wire, &scene.program);
    let mark = wire.mark();
    let ran = scene.work("apply", way).await;
    scene.ended(&ran, 0, way, mark)?;
    let calls = wire.calls_since(mark);
    let writes = scene.world.writes(&calls).len();
    // Had nothing been planned, the audit would have said so.
    let unplanned = scene.world.audit(&calls, &[]).len();
    if writes != way.changes.len() || unplanned <= writes {
        return Err(format!("{writes} writes, {unplanned} unplanned\n{}", scene.story(&ran, mark)));
    }
    let diagnosis = program.explain().await;
    if diagnosis["verdict"] != "allowed" {
        return Err(format!("{diagnosis:#}\n{}", scene.story(&ran, mark)));
    }
    let made = scene.world.documents().await;
    let mark = wire.mark();
    let again = scene.work("apply", way).await;
    scene.ended(&again, 0, way, mark)?;
    if made == scene.before || !scene.world.writes(&wire.calls_since(mark)).is_empty() {
        return Err(format!("made once, and not again\n{}", scene.story(&again, mark)));
    }
    let mark = wire.mark();
    let ran = scene.work("undo", way).await;
    scene.ended(&ran, 0, way, mark)?;
    scene.is_as_before().await.map_err(|why| format!("{why}\n{}", scene.story(&ran, mark)))
}

/// Nothing is offered, and nothing is written, whatever is consented to.
async fn left_to_people(scene: &Scene, plan: &Plan) -> Result<(), String> {
    let way = ways(plan).remove(0);
    let mark = scene.world.wire.mark();
    let ran = scene.work("apply", &way).await;
    scene.ended(&ran, 3, &Way { changes: Vec::new(), ..way }, mark)?;
    let verdict = scene.program.explain().await["verdict"].clone();
    if verdict == "allowed" && !plan.manual.is_empty() {
        return Err(format!("{verdict}\n{plan:#?}"));
    }
    scene.is_as_before().await
}
