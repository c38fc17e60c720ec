//! Answers to questions that were asked anew, user groups, emergencies, and other reaches.

use crate::scene::{CALLER, OBJECTS, OWNED, OWNER, Scene};
use jiff::SignedDuration;
use locksmith_app::approve::{DecideError, Decided, Decision, Objection, Refusal};
use locksmith_app::incident::State;
use locksmith_app::operations::Applied;
use locksmith_core::plan::Scope;

fn refused(click: Result<Decided, DecideError>) -> Refusal {
    match click {
        Err(DecideError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

/// The plan is the same, word for word, and the click is an old one.
#[tokio::test]
async fn a_question_that_was_asked_anew_needs_new_answers() {
    let (scene, id) = Scene::asked(OWNED).await;
    let (digest, asked_at) = (scene.plan(&id).await.digest, scene.incident(&id).await.state_since);
    let answer =
        |person| scene.answer(&id, &digest, person, Decision::Approve, Some(asked_at), &[]);
    answer("alice").await.unwrap();
    scene.pass(SignedDuration::from_secs(1));
    let now = scene.now();
    scene.forge(&id, Vec::new(), |incident| incident.enter(State::Detected, now).unwrap()).await;
    scene.diagnose(&id).await;
    assert_eq!(scene.plan(&id).await.digest, digest);
    for person in ["alice", "carol"] {
        assert_eq!(refused(answer(person).await), Refusal::OtherQuestion);
    }
    // The same after the owners agreed to the new question: an old click is no news.
    scene.agree(&id).await;
    assert_eq!(refused(answer("alice").await), Refusal::WrongState(State::Approved));
    let asked_at = scene.approvals(&id).await.unwrap().given[0].asked_at;
    let again = scene.answer(&id, &digest, "alice", Decision::Approve, asked_at, &[]).await;
    assert_eq!(again, Ok(Decided::Before(State::Approved)));
}

#[tokio::test]
async fn members_of_a_group_count() {
    let grouped = OWNED.replace("people = [\"alice\", \"bob\"]", "groups = [\"S1\"], quorum = 2");
    let (mut scene, id) = Scene::asked(&grouped).await;
    let digest = scene.plan(&id).await.digest;
    let with = async |scene: &Scene, person: &str, groups: &[&str]| {
        scene.answer(&id, &digest, person, Decision::Approve, None, groups).await
    };
    for (person, groups) in [("alice", &[][..]), ("alice", &["S2"]), ("stranger", &["S1"])] {
        let refusal = refused(with(&scene, person, groups).await);
        assert!(matches!(refusal, Refusal::Objection(Objection::NotEntitled { .. })), "{refusal}");
    }
    with(&scene, "alice", &["S2", "S1"]).await.unwrap();
    with(&scene, "carol", &[]).await.unwrap();
    let decided = with(&scene, "bob", &["S1"]).await;
    assert_eq!(decided, Ok(Decided::Now(State::Approved)));
    let given = scene.approvals(&id).await.unwrap().given;
    let by_group: Vec<_> = given.iter().map(|one| one.group.as_deref()).collect();
    assert_eq!(by_group, [Some("S1"), None, Some("S1")]);

    // The group lost the right before the changes were made.
    scene.configuration.approval.owners[0].groups = vec!["S2".to_owned()];
    assert_eq!(scene.apply(&id).await, Ok(Applied::Now(State::Failed)));
    assert!(scene.journal(&id).await.is_none());
}

const EMERGENCY: &str = "approval.break_glass.people = [\"mallory\", \"dave\"]\n";

#[tokio::test]
async fn an_emergency_takes_a_reason_and_one_person() {
    let break_glass = |reason: &str| Decision::BreakGlass { reason: reason.to_owned() };
    let people = OWNED.replace(
        "{ id = \"mallory\", principals = [] },",
        "{ id = \"mallory\", principals = [] },
         { id = \"dave\", principals = [\"arn:aws:sts::222222222222:assumed-role/ReportReader/*\"] },",
    );
    let (mut scene, id) = Scene::asked(&format!("{EMERGENCY}{people}")).await;
    let refusal = refused(scene.click(&id, "mallory", break_glass(" ")).await);
    assert_eq!(refusal, Refusal::Incomplete);
    // An owner is not somebody who may break the glass, and the other way round.
    for (person, decision) in [("alice", break_glass("fire")), ("mallory", Decision::Approve)] {
        let refusal = refused(scene.click(&id, person, decision).await);
        assert!(matches!(refusal, Refusal::Objection(Objection::NotEntitled { .. })), "{refusal}");
    }
    // Not even now does anybody let themself in.
    let refusal = refused(scene.click(&id, "dave", break_glass("fire")).await);
    assert!(matches!(refusal, Refusal::Objection(Objection::Benefits { .. })), "{refusal}");

    let decided = scene.click(&id, "mallory", break_glass("fire")).await;
    assert_eq!(decided, Ok(Decided::Now(State::Approved)));
    let again = scene.click(&id, "mallory", break_glass("fire")).await;
    assert_eq!(again, Ok(Decided::Before(State::Approved)));
    let given = scene.approvals(&id).await.unwrap().given;
    let accounts: Vec<_> = given.iter().map(|one| one.account.to_string()).collect();
    assert_eq!(accounts, [OWNER, CALLER]);
    assert!(given.iter().all(|one| one.break_glass.as_deref() == Some("fire")));

    scene.configuration.approval.break_glass.people.clear();
    assert_eq!(scene.apply(&id).await, Ok(Applied::Now(State::Failed)));
    assert!(scene.journal(&id).await.is_none());
}

/// An owner who approved may still break the glass, and that counts although the digest is the same.
#[tokio::test]
async fn an_owner_may_break_the_glass_after_approving() {
    let (scene, id) =
        Scene::asked(&format!("approval.break_glass.people = [\"alice\"]\n{OWNED}")).await;
    scene.click(&id, "alice", Decision::Approve).await.unwrap();
    let decided = scene.click(&id, "alice", Decision::BreakGlass { reason: "fire".into() }).await;
    assert_eq!(decided, Ok(Decided::Now(State::Approved)));
    assert_eq!(scene.apply(&id).await, Ok(Applied::Now(State::Applied)));
}

#[tokio::test]
async fn another_reach_is_planned_and_asked_anew() {
    let (scene, id) = Scene::asked(OWNED).await;
    let object = scene.plan(&id).await;
    scene.click(&id, "alice", Decision::Approve).await.unwrap();
    let refusal = refused(scene.click(&id, "mallory", Decision::Rescope(Scope::Prefix)).await);
    assert!(matches!(refusal, Refusal::Objection(Objection::NotEntitled { .. })), "{refusal}");
    let refusal = refused(scene.click(&id, "carol", Decision::Rescope(Scope::Object)).await);
    assert_eq!(refusal, Refusal::SameScope(Scope::Object));

    let decided = scene.click(&id, "carol", Decision::Rescope(Scope::Prefix)).await;
    assert_eq!(decided, Ok(Decided::Now(State::Detected)));
    let asked_at = scene.now();
    scene.diagnose(&id).await;
    let prefix = scene.plan(&id).await;
    assert_eq!((prefix.scope, scene.state(&id).await), (Scope::Prefix, State::AwaitingApproval));
    assert_ne!(prefix.digest, object.digest);
    assert_eq!(scene.approvals(&id).await, None, "what was approved was another plan");
    let old = scene.click_on(&id, &object.digest, "carol", Decision::Approve).await;
    assert!(matches!(refused(old), Refusal::OtherPlan { .. }));
    assert!(asked_at <= scene.incident(&id).await.state_since);

    // A denial that comes back later begins with the configured reach.
    scene.click(&id, "alice", Decision::Reject { reason: "no".into() }).await.unwrap();
    scene.pass(SignedDuration::from_hours(48));
    assert_eq!(scene.deny(2, OBJECTS[0]).await, id);
    scene.diagnose(&id).await;
    assert_eq!(scene.plan(&id).await.scope, Scope::Object);
}

/// A dialog that was open for long is sent off after the others went on: nothing is ended any more.
#[tokio::test]
async fn a_late_dialog_ends_nothing() {
    let (scene, id) = Scene::asked(OWNED).await;
    let (digest, asked_at) = (scene.plan(&id).await.digest, scene.incident(&id).await.state_since);
    scene.pass(SignedDuration::from_secs(1));
    let until = scene.now() + SignedDuration::from_hours(48);
    let answer = |decision| scene.answer(&id, &digest, "alice", decision, Some(asked_at), &[]);
    let suppress = || Decision::Suppress { reason: "right".into(), until };
    answer(Decision::Approve).await.unwrap();
    scene.click(&id, "carol", Decision::Approve).await.unwrap();
    scene.apply(&id).await.unwrap();
    let now = scene.now();
    scene.forge(&id, Vec::new(), |incident| incident.enter(State::Failed, now).unwrap()).await;
    assert_eq!(refused(answer(suppress()).await), Refusal::WrongState(State::Failed));
    // Who refused and then finds the denial right says two things.
    let (scene, id) = Scene::asked(OWNED).await;
    scene.click(&id, "alice", Decision::Reject { reason: "no".into() }).await.unwrap();
    let both = scene.click(&id, "alice", suppress()).await;
    assert_eq!(both, Ok(Decided::Now(State::Suppressed)));
}

/// The wish for another reach was stored and not announced: the same click announces it.
#[tokio::test]
async fn a_wish_that_was_not_announced() {
    let (scene, id) = Scene::asked(OWNED).await;
    scene.click(&id, "carol", Decision::Rescope(Scope::Prefix)).await.unwrap();
    scene.forge(&id, Vec::new(), |incident| incident.announced = false).await;
    let heard = scene.heard(&id).len();
    let again = scene.click(&id, "carol", Decision::Rescope(Scope::Prefix)).await;
    assert_eq!(again, Ok(Decided::Before(State::Detected)));
    assert_eq!(scene.heard(&id).len(), heard + 1);
}

/// Somebody agreed to another way: in an emergency that is no reason to wait.
#[tokio::test]
async fn an_emergency_does_not_wait_for_one_way() {
    let (scene, id) =
        Scene::asked(&format!("approval.break_glass.people = [\"mallory\"]\n{OWNED}")).await;
    let plan = scene.plan(&id).await;
    let other = plan.alternatives.iter().find_map(|other| other.digest.clone()).unwrap();
    scene.click_on(&id, &other, "alice", Decision::Approve).await.unwrap();
    let decided = scene.click(&id, "mallory", Decision::BreakGlass { reason: "fire".into() }).await;
    assert_eq!(decided, Ok(Decided::Now(State::Approved)));
    assert_eq!(scene.apply(&id).await, Ok(Applied::Now(State::Applied)));
    assert_eq!(scene.journal(&id).await.unwrap().digest, plan.digest);
}
