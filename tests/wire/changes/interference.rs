//! Others write the same documents in the same moment. What they write is never lost, but in the one
//! moment that docs/plan.md names: between our last reading and our write.

use crate::layout::Layout;
use crate::scene::{PLAN, Scene, Way};
use locksmith_wire_tests::program::Program;
use locksmith_wire_tests::program::Ran;
use locksmith_wire_tests::wire::{Call, Moment};
use locksmith_wire_tests::world::{Place, World, faults};
use serde_json::{Value, json};

/// A statement of somebody else's.
fn theirs(world: &World, place: &Place) -> Value {
    let of = |account: &str| format!("arn:aws:iam::{account}:role/data/Audit");
    let (action, resource) = match place {
        Place::Bucket(bucket) => ("s3:ListBucket", format!("arn:aws:s3:::{bucket}")),
        _ => ("kms:DescribeKey", "*".to_owned()),
    };
    json!({"Sid": "Theirs", "Effect": "Allow", "Principal": {"AWS": of(&world.owner.id)},
        "Action": action, "Resource": resource})
}

fn parsed(text: &str) -> Value {
    let mut policy: Value = serde_json::from_str(text).unwrap();
    if policy["Statement"].is_object() {
        policy["Statement"] = json!([policy["Statement"]]);
    }
    policy
}

/// Somebody else adds a statement to what stands there.
async fn add(world: &World, place: &Place) {
    let now = world.documents().await;
    let mut policy = parsed(now.text(place).unwrap());
    policy["Statement"].as_array_mut().unwrap().insert(0, theirs(world, place));
    world.put(place, &policy.to_string()).await;
}

/// Whether a call reads or writes a document.
fn is_about(call: &Call, place: &Place) -> bool {
    match place {
        Place::Bucket(bucket) => {
            call.operation.ends_with("BucketPolicy") && call.bucket() == bucket
        }
        _ => call.operation.ends_with("KeyPolicy"),
    }
}

/// Where others might come in between: each call about a document, and after each write.
fn moments(calls: &[Call], place: &Place) -> Vec<(usize, Moment, bool)> {
    let about = calls.iter().enumerate().filter(|(_, call)| is_about(call, place));
    let of = |(number, call): (usize, &Call)| {
        let is_write = !call.is_read();
        let after = is_write.then_some((number, Moment::After, false));
        std::iter::once((number, Moment::Before, is_write)).chain(after)
    };
    about.flat_map(of).collect()
}

/// Runs a command while something else happens at one of its calls.
async fn meanwhile(
    scene: &Scene,
    command: &str,
    way: &Way,
    (number, moment): (usize, Moment),
    other: impl Future<Output = ()>,
) -> Ran {
    let mut held = scene.world.wire.hold(number, moment);
    let run = scene.program.start_work(command, PLAN, &way.digest);
    (&mut held.reached).await.expect("the program makes this call");
    other.await;
    held.release();
    run.ended().await
}

/// Whether the documents are those of before, with the statement of somebody else and without ours.
async fn only_theirs(scene: &Scene, place: &Place, lost: bool) -> Result<(), String> {
    let now = scene.world.documents().await;
    let mut expected = parsed(scene.before.text(place).unwrap());
    if !lost {
        expected["Statement"].as_array_mut().unwrap().insert(0, theirs(&scene.world, place));
    }
    let found = now.text(place).unwrap();
    // The others are as they were, byte for byte.
    let rest = now.clone().with(place, scene.before.text(place).unwrap());
    if parsed(found) == expected && rest == scene.before {
        return Ok(());
    }
    Err(format!("{expected:#}\n{}", scene.before.difference(&now)))
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_else_writes_between_any_two_calls() {
    let (scene, way) = Scene::of_both(Layout::Foreign).await;
    let world = &scene.world;
    for place in [Place::Bucket(world.bucket.clone()), Place::Key(world.key.clone())] {
        let mark = world.wire.mark();
        scene.ended(&scene.work("apply", &way).await, 0, &way, mark).unwrap();
        let applying = moments(&scene.calls(mark), &place);
        let mark = world.wire.mark();
        scene.ended(&scene.work("undo", &way).await, 0, &way, mark).unwrap();
        let undoing = moments(&scene.calls(mark), &place);
        assert!(applying.len() >= 5 && undoing.len() >= 4, "{applying:?} {undoing:?}");

        for (number, moment, window) in applying {
            let mark = world.wire.mark();
            let other = add(world, &place);
            let ran = meanwhile(&scene, "apply", &way, (number, moment), other).await;
            let status = ran.status.unwrap_or_default();
            scene.ended(&ran, status, &way, mark).unwrap();
            let says = scene.journal_says();
            let mut checked = match (status, says.as_deref()) {
                (0, Some("applied")) => {
                    let undone = scene.work("undo", &way).await;
                    scene.ended(&undone, 0, &way, mark)
                }
                (1, Some("rolled_back")) => Ok(()),
                _ => Err(format!("{status} {says:?}")),
            };
            if checked.is_ok() {
                checked = only_theirs(&scene, &place, window).await;
            }
            if let Err(why) = checked {
                panic!("{place:?} at {number} {moment:?}\n{why}\n{}", scene.story(&ran, mark));
            }
            world.put(&place, scene.before.text(&place).unwrap()).await;
        }

        for (number, moment, window) in undoing {
            let mark = world.wire.mark();
            scene.ended(&scene.work("apply", &way).await, 0, &way, mark).unwrap();
            let other = add(world, &place);
            let ran = meanwhile(&scene, "undo", &way, (number, moment), other).await;
            let checked = match scene.ended(&ran, 0, &way, mark) {
                Ok(()) => only_theirs(&scene, &place, window).await,
                wrong => wrong,
            };
            if let Err(why) = checked {
                panic!(
                    "{place:?}, undo at {number} {moment:?}\n{why}\n{}",
                    scene.story(&ran, mark)
                );
            }
            world.put(&place, scene.before.text(&place).unwrap()).await;
        }
    }
}

/// Two plans for one bucket policy: while one is made, the other is made as a whole.
#[tokio::test(flavor = "multi_thread")]
async fn two_plans_for_one_policy() {
    let fault = faults::named("the bucket policy lacks the statement");
    let scene = Scene::of(&fault, Layout::Indented).await;
    let (world, object) = (&scene.world, "2026/q4.parquet");
    let put = world.owner.s3().put_object().bucket(&world.bucket).key(object);
    put.body(b"report".to_vec().into()).send().await.unwrap();
    let other = Program::new(world, &scene.denial.clone().of_object(object));
    let way = Way::of(scene.program.plan(PLAN).await);
    let others = Way::of(other.plan(PLAN).await);
    let sid = |way: &Way| way.changes[0].added[0]["Sid"].clone();
    assert_ne!(sid(&way), sid(&others));
    let place = Place::Bucket(world.bucket.clone());

    let mark = world.wire.mark();
    scene.ended(&scene.work("apply", &way).await, 0, &way, mark).unwrap();
    let moments = moments(&scene.calls(mark), &place);
    scene.ended(&scene.work("undo", &way).await, 0, &way, mark).unwrap();
    let both = Way { changes: [&*way.changes, &*others.changes].concat(), ..others.clone() };

    for (number, moment, window) in moments {
        let mark = world.wire.mark();
        let mut theirs = None;
        let meanwhile = meanwhile(&scene, "apply", &way, (number, moment), async {
            theirs = Some(other.work("apply", PLAN, &others.digest).await);
        });
        let (ran, theirs) = (meanwhile.await, theirs.unwrap());
        let now = world.documents().await;
        let statements = parsed(now.text(&place).unwrap())["Statement"].clone();
        let stands = |way: &Way| {
            let statements = statements.as_array().unwrap();
            statements.iter().any(|statement| statement["Sid"] == sid(way))
        };
        let story = || format!("{theirs:#?}\n{}", scene.story(&ran, mark));
        assert_eq!(stands(&way), ran.status == Some(0), "{number} {moment:?}\n{}", story());
        if !window {
            assert_eq!(stands(&others), theirs.status == Some(0), "{number}\n{}", story());
        }
        assert!(stands(&way) || stands(&others), "{number} {moment:?}\n{}", story());
        for (program, way) in [(&other, &others), (&scene.program, &way)] {
            let undone = program.work("undo", PLAN, &way.digest).await;
            scene.ended(&undone, 0, &both, mark).unwrap();
        }
        scene.is_as_before().await.unwrap();
    }
}
