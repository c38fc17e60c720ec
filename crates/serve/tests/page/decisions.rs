//! Decisions that count, and those that do not.

use super::scene::{Running, Scene};
use locksmith_app::incident::{IncidentId, State};

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
    let answer = running.decide(&id, &[("decision", "rescope"), ("scope", "prefix")]).await;
    assert_eq!(answer.status, 303);
    scene.comes_to(&id, State::AwaitingApproval).await;
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
    assert!(incident.remark.unwrap().contains("changed since it was planned"));
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
