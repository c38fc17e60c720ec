//! Who may decide what, and for how long it counts.

use crate::scene::{OBJECTS, OWNED, Scene, account};
use jiff::{SignedDuration, Timestamp};
use locksmith_app::approve::{
    Click, Decide, DecideError, Decided, Decision, Missing, Objection, Refusal,
};
use locksmith_app::config::Glob;
use locksmith_app::incident::{IncidentId, State};
use locksmith_app::operations::Applied;
use locksmith_app::ports::Attachment;
use locksmith_core::plan::Digest;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const CLOSED: SignedDuration = SignedDuration::from_hours(25);

fn refused(click: Result<Decided, DecideError>) -> Refusal {
    match click {
        Err(DecideError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

/// Applying what was approved comes to this state, and nothing is written.
async fn nothing_is_written(scene: &Scene, id: &IncidentId, state: State, why: &str) {
    let before = scene.world.texts();
    assert_eq!(scene.apply(id).await, Ok(Applied::Now(state)));
    assert!(scene.remark(id).await.contains(why), "{}", scene.remark(id).await);
    assert_eq!(scene.apply(id).await, Ok(Applied::Before(state)));
    assert_eq!(scene.world.texts(), before);
    assert!(scene.fixes().await.is_empty() && scene.journal(id).await.is_none());
}

#[tokio::test]
async fn an_approval_ends() {
    let (scene, id) = Scene::asked(OWNED).await;
    scene.pass(CLOSED);
    let late = refused(scene.click(&id, "alice", Decision::Approve).await);
    assert_eq!(late, Refusal::TooLate);

    let (scene, id) = Scene::approved(OWNED).await;
    scene.pass(CLOSED);
    nothing_is_written(&scene, &id, State::Expired, "too long ago").await;

    // The last one agreed in time; the first one too long ago.
    let (scene, id) = Scene::asked(OWNED).await;
    scene.click(&id, "alice", Decision::Approve).await.unwrap();
    scene.pass(SignedDuration::from_hours(23));
    scene.click(&id, "carol", Decision::Approve).await.unwrap();
    scene.pass(SignedDuration::from_hours(2));
    nothing_is_written(&scene, &id, State::Expired, "alice approved at").await;

    // The changes would have ended before they begin.
    let (scene, id) = Scene::approved(&format!("plan.expires_after = \"2h\"{OWNED}")).await;
    scene.pass(SignedDuration::from_hours(3));
    nothing_is_written(&scene, &id, State::Expired, "too long ago").await;
}

#[tokio::test]
async fn an_approval_is_for_exact_changes() {
    let (scene, id) = Scene::asked(OWNED).await;
    let other = Digest::of(&json!("something else"));
    let refusal = refused(scene.click_on(&id, &other, "alice", Decision::Approve).await);
    assert!(matches!(refusal, Refusal::OtherPlan { .. }), "{refusal}");

    // One agrees to the plan, the other to an alternative: neither is approved.
    let plan = scene.plan(&id).await;
    let alternative = plan.alternatives.iter().find_map(|other| other.digest.clone()).unwrap();
    scene.click_on(&id, &alternative, "alice", Decision::Approve).await.unwrap();
    let refusal = refused(scene.click(&id, "carol", Decision::Approve).await);
    assert!(matches!(refusal, Refusal::OtherWay { .. }), "{refusal}");
    let decided = scene.click_on(&id, &alternative, "carol", Decision::Approve).await;
    assert_eq!(decided, Ok(Decided::Now(State::Approved)));
    assert_eq!(scene.apply(&id).await, Ok(Applied::Now(State::Applied)));
    let journal = scene.journal(&id).await.unwrap();
    assert_eq!(journal.digest, alternative);
    let made: Vec<_> = journal.steps.iter().map(|step| &step.change).collect();
    let meant = plan.alternatives.iter().find(|other| other.digest.as_ref() == Some(&alternative));
    assert_eq!(made, meant.unwrap().changes.iter().collect::<Vec<_>>());
}

#[tokio::test]
async fn a_plan_that_is_made_anew_begins_without_approvals() {
    let (scene, id) = Scene::asked(OWNED).await;
    scene.click(&id, "alice", Decision::Approve).await.unwrap();
    let now = scene.now();
    scene.forge(&id, Vec::new(), |incident| incident.enter(State::Detected, now).unwrap()).await;
    scene.diagnose(&id).await;
    assert_eq!(scene.approvals(&id).await, None);
    let decided = scene.click(&id, "carol", Decision::Approve).await;
    assert!(matches!(decided, Ok(Decided::Counted(_))), "{decided:?}");
    assert_eq!(scene.apply(&id).await, Ok(Applied::Before(State::AwaitingApproval)));
}

#[tokio::test]
async fn only_owners_count() {
    let (scene, id) = Scene::asked(OWNED).await;
    for person in ["mallory", "nobody"] {
        let refusal = refused(scene.click(&id, person, Decision::Approve).await);
        assert!(matches!(refusal, Refusal::Objection(Objection::NotEntitled { .. })), "{refusal}");
    }
    // Both are owners of the one account and not of the other.
    scene.click(&id, "alice", Decision::Approve).await.unwrap();
    let decided = scene.click(&id, "bob", Decision::Approve).await;
    let missing = Missing { account: account("222222222222"), given: 0, quorum: Some(1) };
    assert_eq!(decided, Ok(Decided::Counted(vec![missing])));
    assert_eq!(scene.apply(&id).await, Ok(Applied::Before(State::AwaitingApproval)));
    let digest = scene.plan(&id).await.digest;
    for (person, account_id) in [("alice", "222222222222"), ("carol", "111111111111")] {
        let process = scene.process();
        let decide = Decide {
            store: &process,
            announcer: &process,
            configuration: &scene.configuration,
            trace: None,
        };
        let click = Click {
            incident: &id,
            digest: &digest,
            person,
            groups: &BTreeSet::new(),
            asked_at: None,
            account: Some(account(account_id)),
            decision: Decision::Approve,
            from: "a test",
        };
        let refusal = refused(decide.decide(&click, scene.now()).await);
        assert!(matches!(refusal, Refusal::Objection(Objection::NotEntitled { .. })), "{refusal}");
    }
}

#[tokio::test]
async fn a_quorum_is_of_different_people() {
    let more = OWNED.replace(r#""bob"]"#, r#""bob"], quorum = 2"#);
    let (scene, id) = Scene::asked(&more).await;
    for person in ["carol", "alice", "alice", "alice"] {
        let decided = scene.click(&id, person, Decision::Approve).await.unwrap();
        assert!(!matches!(decided, Decided::Now(_)), "{decided:?}");
    }
    let decided = scene.click(&id, "bob", Decision::Approve).await;
    assert_eq!(decided, Ok(Decided::Now(State::Approved)));
    assert_eq!(scene.apply(&id).await, Ok(Applied::Now(State::Applied)));
}

/// What was right when people approved need not be when it is applied.
#[tokio::test]
async fn who_counts_is_looked_at_again() {
    let (mut scene, id) = Scene::approved(OWNED).await;
    scene.configuration.approval.owners[0].people.retain(|person| person != "alice");
    nothing_is_written(&scene, &id, State::Failed, "alice may not approve").await;

    let (mut scene, id) = Scene::approved(OWNED).await;
    scene.configuration.people.retain(|person| person.id != "carol");
    nothing_is_written(&scene, &id, State::Failed, "carol may not approve").await;

    let (mut scene, id) = Scene::approved(OWNED).await;
    scene.configuration.approval.owners[1].quorum = 2;
    nothing_is_written(&scene, &id, State::Failed, "1 of 2 approved").await;

    let (mut scene, id) = Scene::approved(OWNED).await;
    scene.configuration.people[2].principals = vec![Glob::new("*:assumed-role/ReportReader/*")];
    nothing_is_written(&scene, &id, State::Failed, "lets themself in").await;

    let (mut scene, id) = Scene::approved(OWNED).await;
    scene.configuration.accounts.trusted.retain(|one| *one != account("111111111111"));
    nothing_is_written(&scene, &id, State::Failed, "111111111111 is not among").await;
}

#[tokio::test]
async fn nobody_lets_themself_in() {
    for (glob, benefits) in [
        ("arn:aws:sts::222222222222:assumed-role/ReportReader/carol", true),
        ("arn:aws:sts::*:assumed-role/*/carol@example.com", true),
        ("arn:aws:iam::222222222222:role/data/ReportReader", true),
        ("arn:aws:sts::222222222222:assumed-role/ReportWriter/*", false),
    ] {
        let (mut scene, id) = Scene::asked(OWNED).await;
        scene.configuration.people[2].principals = vec![Glob::new(glob)];
        let decided = scene.click(&id, "carol", Decision::Approve).await;
        if benefits {
            let refusal = refused(decided);
            assert!(matches!(refusal, Refusal::Objection(Objection::Benefits { .. })), "{refusal}");
            let reason = "not for me".to_owned();
            let decided = scene.click(&id, "carol", Decision::Reject { reason }).await;
            assert_eq!(decided, Ok(Decided::Now(State::Rejected)), "refusing is no benefit");
        } else {
            assert!(matches!(decided, Ok(Decided::Counted(_))), "{decided:?}");
        }
    }
}

/// Two containers take clicks at the same moment: each counts, once.
#[tokio::test]
async fn two_clicks_at_once() {
    for (one, other) in [("alice", "carol"), ("carol", "carol"), ("alice", "bob")] {
        let (scene, id) = Scene::asked(OWNED).await;
        let (first, second) = tokio::join!(
            scene.click(&id, one, Decision::Approve),
            scene.click(&id, other, Decision::Approve)
        );
        let (first, second) = (first.unwrap(), second.unwrap());
        let given = scene.approvals(&id).await.unwrap().given;
        let people = if one == other { 1 } else { 2 };
        assert_eq!(given.len(), people, "{given:?}");
        let now = [&first, &second].into_iter().filter(|one| matches!(one, Decided::Now(_)));
        assert_eq!(now.count(), usize::from(one == "alice" && other == "carol"));
        let approved = scene.heard(&id).iter().filter(|one| **one == State::Approved).count();
        assert_eq!(approved, usize::from(scene.state(&id).await == State::Approved));
    }
}

#[tokio::test]
async fn an_old_approval_is_no_new_one() {
    let (scene, id) = Scene::applied(OWNED).await;
    let digest = scene.plan(&id).await.digest;
    let given = scene.approvals(&id).await;
    scene.undo(&id).await.unwrap();
    scene.pass(SignedDuration::from_hours(30));
    assert_eq!(scene.deny(2, OBJECTS[0]).await, id);
    assert_eq!(scene.state(&id).await, State::Detected);
    let replayed = scene.click_on(&id, &digest, "alice", Decision::Approve).await;
    assert_eq!(replayed, Ok(Decided::Before(State::Detected)));
    scene.diagnose(&id).await;
    assert_eq!(scene.state(&id).await, State::AwaitingApproval);
    assert_eq!(scene.approvals(&id).await, None);

    // Somebody puts the old approvals back beside it.
    let given = serde_json::to_value(given).unwrap();
    let now = scene.now();
    let approve = |incident: &mut locksmith_app::incident::Incident| {
        incident.enter(State::Approved, now).unwrap();
    };
    scene.forge(&id, vec![(Attachment::Approvals, given)], approve).await;
    let before = scene.world.texts();
    assert_eq!(scene.apply(&id).await, Ok(Applied::Now(State::Expired)));
    assert_eq!(scene.world.texts(), before);
}

#[tokio::test]
async fn refused_and_suppressed() {
    let (scene, id) = Scene::asked(OWNED).await;
    let reject = |reason: &str| Decision::Reject { reason: reason.to_owned() };
    assert_eq!(refused(scene.click(&id, "alice", reject("  ")).await), Refusal::Incomplete);
    let refusal = refused(scene.click(&id, "mallory", reject("no")).await);
    assert!(matches!(refusal, Refusal::Objection(_)), "{refusal}");
    scene.click(&id, "alice", Decision::Approve).await.unwrap();
    let decided = scene.click(&id, "bob", reject("it moved")).await;
    assert_eq!(decided, Ok(Decided::Now(State::Rejected)));
    assert_eq!(scene.remark(&id).await, "it moved (bob)");
    assert_eq!(
        scene.click(&id, "bob", reject("it moved")).await,
        Ok(Decided::Before(State::Rejected))
    );
    let late = refused(scene.click(&id, "carol", Decision::Approve).await);
    assert_eq!(late, Refusal::WrongState(State::Rejected));
    assert_eq!(scene.apply(&id).await, Ok(Applied::Before(State::Rejected)));

    // Until it is applied, what was approved may still be refused.
    let (scene, id) = Scene::approved(OWNED).await;
    let decided = scene.click(&id, "carol", reject("stop")).await;
    assert_eq!(decided, Ok(Decided::Now(State::Rejected)));
    assert_eq!(scene.apply(&id).await, Ok(Applied::Before(State::Rejected)));
    assert!(scene.fixes().await.is_empty());

    let (scene, id) = Scene::asked(OWNED).await;
    let suppress = |until: Timestamp| Decision::Suppress { reason: "audit".to_owned(), until };
    let over = refused(scene.click(&id, "alice", suppress(scene.now())).await);
    assert_eq!(over, Refusal::Incomplete);
    let until = scene.now() + SignedDuration::from_hours(24 * 30);
    let decided = scene.click(&id, "alice", suppress(until)).await;
    assert_eq!(decided, Ok(Decided::Now(State::Suppressed)));
    scene.pass(SignedDuration::from_hours(24 * 20));
    scene.deny(2, OBJECTS[0]).await;
    assert_eq!(scene.state(&id).await, State::Suppressed);
    scene.pass(SignedDuration::from_hours(24 * 20));
    scene.deny(3, OBJECTS[0]).await;
    assert_eq!(scene.state(&id).await, State::Detected);
}

/// Somebody who may write the table changes what stands beside an approved incident.
#[tokio::test]
async fn a_forged_plan() {
    type Forge = fn(&mut Value);
    let forgeries: [(&str, Forge, &str); 4] = [
        (
            "for everybody",
            |plan| {
                let changes = plan["changes"].as_array_mut().unwrap();
                let shared = changes.iter_mut().find(|one| one["kind"] == "put_bucket_policy");
                let statements = shared.unwrap()["after"]["Statement"].as_array_mut().unwrap();
                statements.last_mut().unwrap()["Principal"] = json!("*");
            },
            "another one than was approved",
        ),
        (
            "with its digest",
            |plan| {
                plan["changes"].as_array_mut().unwrap().pop();
                let plan_now: locksmith_core::plan::Plan =
                    serde_json::from_value(plan.clone()).unwrap();
                plan["digest"] = json!(Digest::of_changes(&plan_now.changes));
            },
            "another one than was approved",
        ),
        (
            "other statements",
            |plan| {
                let changes = plan["changes"].as_array_mut().unwrap();
                let shared = changes.iter_mut().find(|one| one["kind"] == "put_bucket_policy");
                shared.unwrap()["added"][0]["Principal"] = json!("*");
            },
            "are not what tells the documents",
        ),
        ("none", |plan| *plan = Value::Null, "no plan"),
    ];
    for (name, forge, why) in forgeries {
        let (scene, id) = Scene::approved(OWNED).await;
        let before = scene.world.texts();
        let mut plan = serde_json::to_value(scene.plan(&id).await).unwrap();
        forge(&mut plan);
        scene.forge(&id, vec![(Attachment::Plan, plan)], |_| {}).await;
        assert_eq!(scene.apply(&id).await, Ok(Applied::Now(State::Failed)), "{name}");
        assert!(scene.remark(&id).await.contains(why), "{name}: {}", scene.remark(&id).await);
        assert_eq!(scene.world.texts(), before, "{name}");
        let open = scene.fixes().await.into_iter().find(|fix| !fix.relied_on_by.is_empty());
        assert_eq!(open, None, "{name}: nobody waits for what is never made");
    }
}
