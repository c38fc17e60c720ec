//! The whole way, without a browser: denied, explained, approved by both owners, made, verified, taken
//! back.

use super::scene::Scene;
use locksmith_app::incident::State;

#[tokio::test]
async fn from_the_denial_to_the_proof_and_back() {
    let scene = Scene::new();
    let before = scene.files();
    let running = scene.logged_in(&["alice", "bob"]).await;
    let id = running.asked(&scene).await;
    let at = format!("/incidents/{id}");

    let overview = running.client.get("/").await;
    assert!(overview.body.contains(&at) && overview.body.contains("ReportReader"));
    let page = running.client.get(&at).await;
    for text in ["Awaiting approval", "kms:Decrypt", "reports/2026/q3.parquet", "class=\"added\""] {
        assert!(page.body.contains(text), "{text}");
    }

    let answer = running.decide(&id, &[("decision", "approve")]).await;
    assert_eq!(answer.header("location"), Some(format!("{at}?done=counted").as_str()));
    assert_eq!(scene.incident(&id).await.state, State::AwaitingApproval);
    assert_eq!(scene.files(), before, "one owner is not enough");

    running.act_as("bob").await;
    let answer = running.decide(&id, &[("decision", "approve")]).await;
    assert_eq!(answer.header("location"), Some(format!("{at}?done=approved").as_str()));
    // The answer waited for the change.
    assert_eq!(scene.incident(&id).await.state, State::Applied);
    assert_ne!(scene.files(), before);

    let form_token = running.client.get(&at).await.field("form_token");
    let answer = running.client.post(&format!("{at}/again"), &[("form_token", &form_token)]).await;
    assert_eq!(answer.header("location"), Some(format!("{at}?done=succeeded").as_str()));
    assert_eq!(scene.incident(&id).await.state, State::Verified);

    let fields = [("form_token", form_token.as_str()), ("reason", "it was a test")];
    let answer = running.client.post(&format!("{at}/undo"), &fields).await;
    assert_eq!(answer.header("location"), Some(format!("{at}?done=undone").as_str()));
    assert_eq!(scene.incident(&id).await.state, State::RolledBack);
    assert_eq!(scene.incident(&id).await.remark.as_deref(), Some("it was a test (bob)"));
    assert_eq!(scene.files(), before, "every byte is as it was");

    let answer = running.client.post(&format!("{at}/again"), &[("form_token", &form_token)]).await;
    assert_eq!(answer.header("location"), Some(format!("{at}?done=denied").as_str()));
    let incident = scene.incident(&id).await;
    assert_eq!((incident.state, incident.openings), (State::AwaitingApproval, 2));
    running.stop().await;
}
