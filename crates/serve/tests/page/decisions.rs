//! Decisions that count, and those that do not.

use super::scene::{Running, Scene};
use locksmith_app::incident::{IncidentId, State};
use locksmith_app::ports::{Attachment, Store as _, Write};
use std::collections::BTreeSet;

async fn given(scene: &Scene, id: &IncidentId) -> Vec<String> {
    let card = scene.service().card(id).await.unwrap().unwrap();
    card.approvals.given.into_iter().map(|one| one.person).collect()
}

async fn asked(people: &[&str]) -> (Scene, Running, IncidentId) {
    let scene = Scene::new();
    let running = scene.logged_in(people).await;
    let id = running.asked(&scene).await;
    (scene, running, id)
}

#[tokio::test]
async fn who_owns_nothing_decides_nothing() {
    let (scene, running, id) = asked(&["mallory"]).await;
    let page = running.client.get(&format!("/incidents/{id}")).await;
    assert!(!page.body.contains("Approve this change"), "no form is offered");
    // As if the form were there: its fields are no secret.
    let card = scene.service().card(&id).await.unwrap().unwrap();
    let (digest, asked_at) =
        (card.plan.unwrap().digest.to_string(), card.question.unwrap().asked_at.to_string());
    let token = running.client.get("/").await.field("form_token");
    for (decision, more) in [
        ("approve", &[][..]),
        ("break_glass", &[("reason", "now")]),
        ("reject", &[("reason", "no")]),
        ("suppress", &[("reason", "no"), ("until", "2099-01-01")]),
        ("rescope", &[("scope", "bucket")]),
    ] {
        let mut fields = vec![
            ("form_token", token.as_str()),
            ("digest", &digest),
            ("asked_at", &asked_at),
            ("decision", decision),
        ];
        fields.extend(more);
        let answer = running.client.post(&format!("/incidents/{id}/decision"), &fields).await;
        assert_eq!(answer.status, 403, "{decision}: {}", answer.body);
        assert!(answer.body.contains("role=\"alert\""), "{decision}");
    }
    assert_eq!(scene.incident(&id).await.state, State::AwaitingApproval);
    assert_eq!(given(&scene, &id).await, Vec::<String>::new());
    let undo = [("form_token", token.as_str()), ("reason", "no")];
    assert_eq!(running.client.post(&format!("/incidents/{id}/undo"), &undo).await.status, 403);
    running.stop().await;
}

#[tokio::test]
async fn a_double_click_counts_once() {
    let (scene, running, id) = asked(&["alice"]).await;
    let form = running.form(&id).await;
    let mut fields: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.push(("decision", "approve"));
    let path = format!("/incidents/{id}/decision");
    let (one, other) =
        tokio::join!(running.client.post(&path, &fields), running.client.post(&path, &fields));
    assert_eq!((one.status, other.status), (303, 303));
    assert_eq!(given(&scene, &id).await, ["alice"]);
    running.stop().await;
}

/// What was seen is another plan by now, or was asked anew.
#[tokio::test]
async fn what_was_seen_before_counts_no_more() {
    let (scene, running, id) = asked(&["alice", "bob"]).await;
    let old = running.form(&id).await;
    running.decide(&id, &[("decision", "approve")]).await;
    let answer = running.decide(&id, &[("decision", "rescope"), ("scope", "prefix")]).await;
    assert_eq!(answer.status, 303);
    scene.comes_to(&id, State::AwaitingApproval).await;
    // What was decided is told, also where it counts no more.
    let page = running.client.get(&format!("/incidents/{id}")).await.body;
    for told in ["alice approved", "alice asked for another reach: "] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let mut fields: Vec<_> = old.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.push(("decision", "approve"));
    let path = format!("/incidents/{id}/decision");
    let answer = running.client.post(&path, &fields).await;
    assert_eq!(answer.status, 409);
    assert!(answer.body.contains("role=\"alert\"") && answer.body.contains("Nothing was done"));
    // The same plan once more, but the question is another one.
    running.decide(&id, &[("decision", "rescope"), ("scope", "object")]).await;
    scene.comes_to(&id, State::AwaitingApproval).await;
    assert_eq!(running.form(&id).await[1], old[1], "the digest is the same");
    assert_eq!(running.client.post(&path, &fields).await.status, 409);
    assert_eq!(given(&scene, &id).await, Vec::<String>::new());
    running.stop().await;
}

#[tokio::test]
async fn a_document_that_others_changed_stops_the_change() {
    let (scene, running, id) = asked(&["alice", "bob"]).await;
    running.decide(&id, &[("decision", "approve")]).await;
    let file = scene.dir.path().join("111111111111.json");
    let others = scene.file("111111111111").replace("\"TlsOnly\"", "\"Other\"");
    std::fs::write(&file, &others).unwrap();
    running.act_as("bob").await;
    running.decide(&id, &[("decision", "approve")]).await;
    let incident = scene.comes_to(&id, State::RolledBack).await;
    assert!(incident.remark.unwrap().to_string().contains("changed since it was planned"));
    assert_eq!(scene.file("111111111111"), others);
    running.stop().await;
}

#[tokio::test]
async fn refusals_need_a_reason_and_end_it() {
    let (scene, running, id) = asked(&["alice"]).await;
    for fields in [
        &[("decision", "reject"), ("reason", "  ")][..],
        &[("decision", "suppress"), ("reason", "right")],
        &[("decision", "suppress"), ("reason", "right"), ("until", "2001-01-01")],
    ] {
        assert_eq!(running.decide(&id, fields).await.status, 422, "{fields:?}");
    }
    assert_eq!(running.decide(&id, &[("decision", "explode")]).await.status, 400);
    let fields = [("decision", "suppress"), ("reason", "<b>right</b>"), ("until", "2099-01-01")];
    assert_eq!(running.decide(&id, &fields).await.status, 303);
    let incident = scene.incident(&id).await;
    assert_eq!(incident.state, State::Suppressed);
    let page = running.client.get(&format!("/incidents/{id}")).await;
    assert!(page.body.contains("&lt;b&gt;right&lt;/b&gt;") && !page.body.contains("<b>right"));
    assert!(!page.body.contains("name=\"decision\""), "nothing is asked any more");
    running.stop().await;
}

#[tokio::test]
async fn the_glass_is_broken_by_those_who_may() {
    let (scene, running, id) = asked(&["carol"]).await;
    let card = scene.service().card(&id).await.unwrap().unwrap();
    assert!(card.question.is_some());
    assert_eq!(running.decide(&id, &[("decision", "approve")]).await.status, 403);
    assert_eq!(
        running.decide(&id, &[("decision", "break_glass"), ("reason", "")]).await.status,
        422
    );
    let answer =
        running.decide(&id, &[("decision", "break_glass"), ("reason", "the bank is down")]).await;
    assert_eq!(answer.status, 303);
    scene.comes_to(&id, State::Applied).await;
    let page = running.client.get(&format!("/incidents/{id}")).await;
    assert!(page.body.contains("the bank is down"));
    running.stop().await;
}

/// Another way of the plan is approved by its own digest.
#[tokio::test]
async fn another_way_may_be_gone() {
    let (scene, running, id) = asked(&["alice", "bob"]).await;
    let card = scene.service().card(&id).await.unwrap().unwrap();
    let plan = card.plan.unwrap();
    let other =
        plan.alternatives.iter().find_map(|other| other.digest.as_ref()).unwrap().to_string();
    for person in ["alice", "bob"] {
        running.act_as(person).await;
        let [(_, token), _, (_, asked_at)] = running.form(&id).await;
        let fields = [
            ("form_token", token.as_str()),
            ("digest", &other),
            ("asked_at", &asked_at),
            ("decision", "approve"),
        ];
        let answer = running.client.post(&format!("/incidents/{id}/decision"), &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
    }
    scene.comes_to(&id, State::Applied).await;
    assert!(scene.file("111111111111").contains("\"GranteePrincipal\""));
    running.stop().await;
}

#[tokio::test]
async fn a_long_reason_is_taken_in_any_script() {
    let (scene, running, id) = asked(&["alice"]).await;
    let reason = "語".repeat(2000);
    let answer = running.decide(&id, &[("decision", "reject"), ("reason", &reason)]).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let page = running.client.get(&format!("/incidents/{id}")).await;
    assert!(page.body.contains(&reason));
    assert_eq!(scene.incident(&id).await.state, State::Rejected);
    running.stop().await;
}

/// Everything that the incident relies on is taken back, whatever its last journal tells; so whoever owns
/// an account in which that stands may do it, in a state in which it stands.
#[tokio::test]
async fn what_is_taken_back_is_what_stands() {
    let (scene, running, id) = asked(&["alice", "bob", "mallory"]).await;
    let before = scene.files();
    for person in ["alice", "bob"] {
        running.act_as(person).await;
        assert_eq!(running.decide(&id, &[("decision", "approve")]).await.status, 303);
    }
    scene.comes_to(&id, State::Applied).await;
    let made = scene.files();
    let stands = scene.service().relied_on(&id).await.unwrap();
    let accounts: BTreeSet<_> = stands.iter().map(|fix| fix.what.account.to_string()).collect();
    assert!(accounts.contains("222222222222"), "{accounts:?}");
    // A later journal, in which nothing was made.
    let mut journal = scene.service().card(&id).await.unwrap().unwrap().journal.unwrap();
    journal.steps.clear();
    let mut incident = scene.incident(&id).await;
    incident.version += 1;
    let attachments = vec![(Attachment::Journal, serde_json::to_value(&journal).unwrap())];
    let write = Write { incident, attachments, renews: false };
    scene.store.write(&write).await.unwrap();

    let at = format!("/incidents/{id}");
    let undo = async |person: &str| {
        running.act_as(person).await;
        let page = running.client.get(&at).await;
        let token = page.field("form_token");
        let since = scene.incident(&id).await.state_since.to_string();
        let fields =
            [("form_token", token.as_str()), ("since", &since), ("reason", "it was a test")];
        (page.body, running.client.post(&format!("{at}/undo"), &fields).await)
    };
    let (page, answer) = undo("mallory").await;
    assert!(page.contains("Take the change back") && !page.contains("/undo\""));
    assert_eq!(answer.status, 403);
    for state in [State::AwaitingApproval, State::Approved, State::Rejected] {
        scene.forge(&id, |incident| incident.state = state).await;
        let (page, answer) = undo("bob").await;
        assert!(!page.contains("/undo\""), "{state}");
        assert_eq!(answer.status, 409, "{state}");
    }
    assert_eq!(scene.files(), made);
    scene.forge(&id, |incident| incident.state = State::Verified).await;
    // A page that was shown before the incident came to where it is.
    let token = running.client.get(&at).await.field("form_token");
    for since in ["", "2026-01-01T00:00:00Z"] {
        let fields =
            [("form_token", token.as_str()), ("since", since), ("reason", "it was a test")];
        assert_eq!(running.client.post(&format!("{at}/undo"), &fields).await.status, 409);
    }
    assert_eq!(scene.files(), made);
    let (page, answer) = undo("bob").await;
    assert!(page.contains("/undo\""));
    assert_eq!(answer.header("location"), Some(format!("{at}?done=undone").as_str()));
    assert_eq!(scene.incident(&id).await.state, State::RolledBack);
    assert_eq!(scene.files(), before);
    // A second click finds nothing that stands.
    assert_eq!(undo("bob").await.1.status, 409);
    running.stop().await;
}

#[tokio::test]
async fn the_call_is_made_again_by_those_whom_it_concerns_and_when_nothing_moves() {
    let (scene, running, id) = asked(&["alice", "mallory"]).await;
    let at = format!("/incidents/{id}");
    let again = async |person: &str| {
        running.act_as(person).await;
        let page = running.client.get(&at).await;
        let token = page.field("form_token");
        let answer = running.client.post(&format!("{at}/again"), &[("form_token", &token)]).await;
        (page.body.contains("/again\""), answer.status)
    };
    assert_eq!(again("mallory").await, (false, 403));
    assert_eq!(scene.incident(&id).await.count, 1);
    // Nobody works on what is forged here.
    for state in [State::Detected, State::Approved, State::Applying] {
        scene.forge(&id, |incident| incident.state = state).await;
        assert_eq!(again("alice").await, (false, 409), "{state}");
    }
    assert_eq!(scene.incident(&id).await.count, 1);
    scene.forge(&id, |incident| incident.state = State::AwaitingApproval).await;
    assert_eq!(again("alice").await, (true, 303));
    assert_eq!(scene.incident(&id).await.count, 2);
    running.stop().await;
}
