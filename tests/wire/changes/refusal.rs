//! What must not be made is not, and what cannot be is taken back.

use crate::layout::Layout;
use crate::scene::{PLAN, Scene, Way, ways};
use locksmith_core::plan::Digest;
use locksmith_wire_tests::wire::{Answer, Fault};
use locksmith_wire_tests::world::{Documents, Place, faults};
use serde_json::{Value, json};

/// A policy was changed since it was planned: nothing is written there, what was written elsewhere is
/// taken back, and it is said what changed.
#[tokio::test(flavor = "multi_thread")]
async fn drift_stops_everything() {
    let (scene, way) = Scene::of_both(Layout::Foreign).await;
    let world = &scene.world;
    let bucket = Place::Bucket(world.bucket.clone());
    let key = Place::Key(world.key.clone());
    let text = |place: &Place| scene.before.text(place).unwrap().to_owned();
    let added = |place: &Place| {
        let mut policy: Value = serde_json::from_str(&text(place)).unwrap();
        let mut theirs = policy["Statement"][0].clone();
        theirs["Sid"] = json!("Theirs");
        policy["Statement"].as_array_mut().unwrap().push(theirs);
        (policy.to_string(), "statement `Theirs` was added")
    };
    let changed = |place: &Place| {
        let mut policy: Value = serde_json::from_str(&text(place)).unwrap();
        policy["Statement"][0]["Sid"] = json!("");
        (policy.to_string(), "was removed")
    };
    // The bucket's policy is the first to be written, the key's is the second.
    for (place, (text, words), writes) in [
        (&bucket, added(&bucket), 0),
        (&bucket, changed(&bucket), 0),
        (&key, added(&key), 2),
        (&key, changed(&key), 2),
    ] {
        world.put(place, &text).await;
        let drifted = world.documents().await;
        let mark = world.wire.mark();
        let looked = scene.program.run(&["apply", "--plan", PLAN, "--dry-run"]).await;
        scene.ended(&looked, 1, &way, mark).unwrap();
        let ran = scene.work("apply", &way).await;
        scene.ended(&ran, 1, &way, mark).unwrap();
        assert!(ran.output.contains(words), "{words}\n{}", scene.story(&ran, mark));
        assert_eq!(world.writes(&world.wire.calls_since(mark)).len(), writes);
        assert_eq!(scene.journal_says().as_deref(), Some("rolled_back"));
        scene.is(&drifted).await.unwrap();
        world.put(place, &self::text(&scene.before, place)).await;
    }
    // As it was, it is made.
    let mark = world.wire.mark();
    scene.ended(&scene.work("apply", &way).await, 0, &way, mark).unwrap();
    scene.ended(&scene.work("undo", &way).await, 0, &way, mark).unwrap();
    scene.is_as_before().await.unwrap();
}

fn text(documents: &Documents, place: &Place) -> String {
    documents.text(place).unwrap().to_owned()
}

/// A plan that somebody edited is another plan.
#[tokio::test(flavor = "multi_thread")]
async fn an_edited_plan() {
    let (scene, way) = Scene::of_both(Layout::Compact).await;
    let path = scene.program.folder().join(PLAN);
    let plan: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let edit = |pointer: &str, value: Value, redigested: bool| {
        let mut plan = plan.clone();
        *plan.pointer_mut(pointer).unwrap() = value;
        if redigested {
            let changes = serde_json::from_value::<Vec<_>>(plan["changes"].clone()).unwrap();
            plan["digest"] = json!(Digest::of_changes(&changes));
        }
        plan
    };
    let last = plan["changes"][0]["after"]["Statement"].as_array().unwrap().len() - 1;
    let wide = format!("/changes/0/after/Statement/{last}/Resource");
    let everybody = format!("/changes/0/after/Statement/{last}/Principal");
    for (edited, yes) in [
        // Without the digest of what it says now.
        (edit(&wide, json!("*"), false), &way.digest),
        (
            edit("/changes/2/target", json!("arn:aws:iam::999999999999:role/Etl"), false),
            &way.digest,
        ),
        // With it, and the consent to what it was.
        (edit(&wide, json!("*"), true), &way.digest),
        // What is added is not what the documents differ by.
        (edit("/changes/0/added/0/Principal", json!("*"), false), &way.digest),
    ] {
        std::fs::write(&path, edited.to_string()).unwrap();
        let mark = scene.world.wire.mark();
        let ran = scene.program.work("apply", PLAN, yes).await;
        scene.ended(&ran, 3, &way, mark).unwrap();
        assert_eq!(scene.world.writes(&scene.world.wire.calls_since(mark)).len(), 0);
    }
    // Even with the digest and the consent the documents have to fit the statements.
    let edited = edit(&everybody, json!("*"), true);
    let digest = Digest::parse(edited["digest"].as_str().unwrap()).unwrap();
    std::fs::write(&path, edited.to_string()).unwrap();
    let mark = scene.world.wire.mark();
    let ran = scene.program.work("apply", PLAN, &digest).await;
    scene.ended(&ran, 3, &way, mark).unwrap();
    scene.is_as_before().await.unwrap();
}

/// AWS refuses a write in the second account: the first one is as it was.
#[tokio::test(flavor = "multi_thread")]
async fn the_second_account_refuses() {
    let (scene, way) = Scene::of_both(Layout::Indented).await;
    let wire = &scene.world.wire;
    let refused = || Fault::of("iam", Answer::AccessDenied).operation("PutRolePolicy");
    wire.inject(refused());
    let mark = wire.mark();
    let ran = scene.work("apply", &way).await;
    scene.ended(&ran, 1, &way, mark).unwrap();
    assert!(ran.output.contains("AccessDenied"), "{}", scene.story(&ran, mark));
    assert_eq!(scene.journal_says().as_deref(), Some("rolled_back"));
    scene.is_as_before().await.unwrap();

    // The first one cannot be taken back either: that is said, and can be done later.
    let again = way.changes[0].added[0]["Sid"].as_str().unwrap().to_owned();
    wire.heal();
    wire.inject(refused());
    // The first write goes through; what takes it back does not have the statement any more.
    wire.inject(Fault::of("s3", Answer::AccessDenied).operation("PutBucketPolicy").lacking(&again));
    let mark = wire.mark();
    let ran = scene.work("apply", &way).await;
    scene.ended(&ran, 6, &way, mark).unwrap();
    let told = scene.world.nicknamed(&ran.output);
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("Owner") && told.contains("could not be taken back"), "{told}");
    assert_eq!(scene.journal_says().as_deref(), Some("failed"));
    wire.heal();
    scene.ended(&scene.work("undo", &way).await, 0, &way, mark).unwrap();
    scene.is_as_before().await.unwrap();
}

/// The answer to a write does not come: whether it was written is looked up.
#[tokio::test(flavor = "multi_thread")]
async fn answers_that_are_lost() {
    let fault = faults::named("nothing allows it, on either side");
    let scene = Scene::of(&fault, Layout::Foreign).await;
    let plan = scene.program.plan(PLAN).await;
    let wire = &scene.world.wire;
    let writes = [
        ("s3", "PutBucketPolicy"),
        ("kms", "PutKeyPolicy"),
        ("kms", "CreateGrant"),
        ("kms", "RevokeGrant"),
        ("iam", "PutRolePolicy"),
        ("iam", "DeleteRolePolicy"),
    ];
    for way in ways(&plan) {
        for answer in [Answer::Lost, Answer::Drop, Answer::Throttled, Answer::Unavailable] {
            for command in ["apply", "undo"] {
                for (service, operation) in writes {
                    wire.inject(Fault::of(service, answer.clone()).operation(operation).times(1));
                }
                let mark = wire.mark();
                let ran = scene.work(command, &way).await;
                scene.ended(&ran, 0, &way, mark).unwrap();
                wire.heal();
                if command == "apply" {
                    let diagnosis = scene.program.explain().await;
                    assert_eq!(diagnosis["verdict"], "allowed", "{diagnosis:#}");
                }
            }
            scene.is_as_before().await.unwrap_or_else(|why| panic!("{answer:?}\n{why}"));
        }
    }
}

/// The answers to the writes of one document never come: what was written all the same counts, and
/// what was not is taken back.
#[tokio::test(flavor = "multi_thread")]
async fn answers_that_never_come() {
    let (scene, way) = Scene::of_both(Layout::Compact).await;
    let wire = &scene.world.wire;
    wire.inject(Fault::of("kms", Answer::Lost).operation("PutKeyPolicy"));
    let mark = wire.mark();
    let ran = scene.work("apply", &way).await;
    scene.ended(&ran, 0, &way, mark).unwrap();
    let ran = scene.work("undo", &way).await;
    scene.ended(&ran, 0, &way, mark).unwrap();
    wire.heal();
    scene.is_as_before().await.unwrap();

    wire.inject(Fault::of("kms", Answer::Drop).operation("PutKeyPolicy"));
    let mark = wire.mark();
    let ran = scene.work("apply", &way).await;
    wire.heal();
    // It may be on its way for all that anybody knows, so it is not said to be as it was unless it
    // was written once more.
    assert!(matches!(ran.status, Some(1 | 6)), "{}", scene.story(&ran, mark));
    scene.ended(&scene.work("undo", &way).await, 0, &way, mark).unwrap();
    scene.is_as_before().await.unwrap();
}

/// A write hangs: it is given up after a while and tried again.
#[tokio::test(flavor = "multi_thread")]
async fn a_write_hangs() {
    let (scene, way) = Scene::of_both(Layout::Compact).await;
    let wire = &scene.world.wire;
    wire.inject(Fault::of("kms", Answer::Hang).operation("PutKeyPolicy").times(1));
    let mark = wire.mark();
    scene.ended(&scene.work("apply", &way).await, 0, &way, mark).unwrap();
    scene.ended(&scene.work("undo", &way).await, 0, &way, mark).unwrap();
    scene.is_as_before().await.unwrap();
}

/// A new principal is not known everywhere yet: the policy is refused for a while.
#[tokio::test(flavor = "multi_thread")]
async fn a_principal_that_is_new() {
    let (scene, way) = Scene::of_both(Layout::Compact).await;
    let says = |status, body: &str| Answer::Says { status, body: body.to_owned() };
    let wire = &scene.world.wire;
    let s3 = "<Error><Code>MalformedPolicy</Code><Message>Invalid principal in policy</Message>\
              </Error>";
    let kms = r#"{"__type": "MalformedPolicyDocumentException",
        "message": "Policy contains a statement with one or more invalid principals."}"#;
    wire.inject(Fault::of("s3", says(400, s3)).operation("PutBucketPolicy").times(1));
    wire.inject(Fault::of("kms", says(400, kms)).operation("PutKeyPolicy").times(1));
    let mark = wire.mark();
    scene.ended(&scene.work("apply", &way).await, 0, &way, mark).unwrap();
    scene.ended(&scene.work("undo", &way).await, 0, &way, mark).unwrap();
    scene.is_as_before().await.unwrap();
}

/// A policy of a plan that has other changes than those that were consented to is not consented to.
#[tokio::test(flavor = "multi_thread")]
async fn consent_to_something_else() {
    let (scene, way) = Scene::of_both(Layout::Compact).await;
    let other = Way { digest: Digest::of(&json!("another plan")), changes: way.changes.clone() };
    let mark = scene.world.wire.mark();
    scene.ended(&scene.work("apply", &other).await, 3, &way, mark).unwrap();
    let nobody = scene.program.run(&["apply", "--plan", PLAN]).await;
    scene.ended(&nobody, 3, &way, mark).unwrap();
    assert!(scene.calls(mark).is_empty(), "{}", scene.story(&nobody, mark));
    scene.is_as_before().await.unwrap();
}
