//! What goes wrong on the way: nothing is made twice, and what is told is true.

use crate::cards::{card, moved};
use crate::closing::{Keeps, Stage};
use crate::server::{Trouble, Vendor};
use crate::system::{TOKEN, Vault};
use crate::{github, jira, servicenow};
use locksmith_app::config::Locale;
use locksmith_app::incident::State;
use locksmith_app::ports::TellError;

fn vault() -> Vault {
    Vault::new(TOKEN, TOKEN)
}

/// The creation that may have been done, and what was answered.
async fn create<V: Vendor + Keeps>(
    stage: Stage<V>,
    path: &'static str,
    trouble: Trouble,
) -> Result<(), TellError> {
    stage.server.trouble("POST", path, trouble.clone());
    let answer = stage.upsert(None, &card(State::AwaitingApproval), false).await;
    stage.server.check();
    let kept = stage.server.inner().vendor.kept();
    assert!(kept.len() <= 1, "{trouble:?}: {kept:?}");
    answer.map(|known| assert_eq!(known.id, kept[0].id))
}

/// The same trouble with the creation in every system over HTTP.
async fn check(trouble: Trouble, expected: impl Fn(Result<(), TellError>)) {
    let en = Locale::En;
    expected(create(github::stage(en, vault()).await, "/issues", trouble.clone()).await);
    expected(create(jira::stage(en, vault()).await, "/issue", trouble.clone()).await);
    expected(create(servicenow::stage(en, vault()).await, "/incident", trouble).await);
}

fn after(seconds: &str) -> Vec<(&'static str, String)> {
    vec![("retry-after", seconds.to_owned())]
}

#[tokio::test]
async fn the_answer_is_lost() {
    check(Trouble::LosesTheAnswer, |answer| answer.unwrap()).await;
}

#[tokio::test]
async fn no_answer_comes() {
    check(Trouble::Hangs, |answer| answer.unwrap()).await;
}

#[tokio::test]
async fn too_many_requests() {
    check(Trouble::Answer(429, after("1")), |answer| answer.unwrap()).await;
    check(Trouble::Answer(503, after("0")), |answer| answer.unwrap()).await;
    check(Trouble::Answer(429, after("90")), |answer| match answer {
        Err(TellError::Later { after: Some(after), .. }) => assert_eq!(after.as_secs(), 90),
        other => panic!("{other:?}"),
    })
    .await;
}

/// What failed on the other side may have been done: it is not sent again, but told.
#[tokio::test]
async fn the_other_side_failed() {
    check(Trouble::Answer(500, Vec::new()), |answer| match answer {
        Err(TellError::Later { why, .. }) => assert!(why.contains("500"), "{why}"),
        other => panic!("{other:?}"),
    })
    .await;
}

/// GitHub's second limit comes as 403.
#[tokio::test]
async fn a_limit_that_looks_like_a_refusal() {
    let stage = github::stage(Locale::En, vault()).await;
    stage.server.trouble("GET", "/issues", Trouble::Answer(403, after("60")));
    let error = stage.upsert(None, &card(State::Manual), false).await.unwrap_err();
    assert!(matches!(error, TellError::Later { after: Some(_), .. }), "{error:?}");
    assert_eq!(*stage.vault.read_anew.lock().unwrap(), 0);
}

/// Reading and setting are done again.
#[tokio::test]
async fn what_does_no_harm_is_done_again() {
    let stage = github::stage(Locale::En, vault()).await;
    let first = card(State::AwaitingApproval);
    let known = stage.upsert(None, &first, false).await.unwrap();
    stage.server.trouble("GET", "/1", Trouble::Answer(502, Vec::new()));
    stage.server.trouble("GET", "/1", Trouble::LosesTheAnswer);
    stage.server.trouble("PATCH", "/1", Trouble::LosesTheAnswer);
    stage.server.trouble("PATCH", "/1", Trouble::Answer(500, Vec::new()));
    stage.upsert(Some(&known), &moved(&first, State::Verified), true).await.unwrap();
    stage.server.check();
    assert!(!stage.server.inner().vendor.kept()[0].is_open);
}

/// A comment whose answer was lost is not said twice, however often the run is done over.
#[tokio::test]
async fn a_comment_is_said_once() {
    async fn check<V: Vendor + Keeps>(stage: Stage<V>, path: &'static str) {
        let first = card(State::AwaitingApproval);
        let known = stage.upsert(None, &first, false).await.unwrap();
        let next = moved(&first, State::Verified);
        stage.server.trouble("POST", path, Trouble::LosesTheAnswer);
        let error = stage.upsert(Some(&known), &next, true).await.unwrap_err();
        assert!(matches!(error, TellError::Later { .. }), "{error:?}");
        stage.upsert(Some(&known), &next, true).await.unwrap();
        stage.server.check();
        let kept = stage.server.inner().vendor.kept();
        assert_eq!((kept[0].comments.len(), kept[0].is_open), (1, false));
    }
    check(github::stage(Locale::En, vault()).await, "/comments").await;
    check(jira::stage(Locale::En, vault()).await, "/comment").await;
}

/// A run that dies between any two requests is finished by the next one.
#[tokio::test]
async fn cut_off_anywhere() {
    let cuts = [
        ("PUT", "/10001"),
        ("GET", "/transitions"),
        ("POST", "/transitions"),
        ("PUT", "/properties/locksmith"),
    ];
    for (method, path) in cuts {
        let stage = jira::stage(Locale::En, vault()).await;
        let first = card(State::AwaitingApproval);
        let known = stage.upsert(None, &first, false).await.unwrap();
        let next = moved(&first, State::Verified);
        stage.server.trouble(method, path, Trouble::Answer(400, Vec::new()));
        stage.upsert(Some(&known), &next, true).await.unwrap_err();
        stage.upsert(Some(&known), &next, true).await.unwrap();
        stage.server.check();
        let kept = stage.server.inner().vendor.kept();
        assert_eq!((kept[0].comments.len(), kept[0].is_open), (1, false), "{method} {path}");
    }
}

/// A token that was rotated is read anew, once; one that is wrong is told, and never shown.
#[tokio::test]
async fn tokens() {
    async fn check<V: Vendor>(stage: impl AsyncFn(Vault) -> Stage<V>) {
        let good = stage(Vault::new("rotated-away", TOKEN)).await;
        good.upsert(None, &card(State::Manual), false).await.unwrap();
        assert_eq!(*good.vault.read_anew.lock().unwrap(), 1);
        good.server.check();
        let bad = stage(Vault::new("wrong-secret-1", "wrong-secret-2")).await;
        let error = bad.upsert(None, &card(State::Manual), false).await.unwrap_err();
        let said = format!("{error:?}");
        assert!(matches!(error, TellError::Refused(_)), "{said}");
        assert!(
            said.contains("locksmith/tickets")
                && !said.contains("wrong-secret")
                && !said.contains("Basic"),
            "{said}"
        );
        assert_eq!(*bad.vault.read_anew.lock().unwrap(), 1);
    }
    check(async |vault| github::stage(Locale::En, vault).await).await;
    check(async |vault| jira::stage(Locale::En, vault).await).await;
    check(async |vault| servicenow::stage(Locale::En, vault).await).await;
    check(async |vault| crate::webhook::stage(Locale::En, vault).await).await;
}

/// An issue that was moved to another repository is not the incident's any more; a repository that was
/// renamed is told.
#[tokio::test]
async fn moved_elsewhere() {
    let stage = github::stage(Locale::En, vault()).await;
    let first = card(State::AwaitingApproval);
    let known = stage.upsert(None, &first, false).await.unwrap();
    stage.server.trouble("GET", "/1", Trouble::Answer(301, Vec::new()));
    let error = stage.upsert(Some(&known), &first, false).await.unwrap_err();
    assert_eq!(error, TellError::Gone);
    stage.server.trouble("GET", "/issues", Trouble::Answer(301, Vec::new()));
    let error = stage.upsert(None, &first, false).await.unwrap_err();
    assert!(matches!(error, TellError::Refused(_)), "{error:?}");
    stage.server.check();
}

/// Nobody answers at the address.
#[tokio::test]
async fn nobody_is_there() {
    let mut stage = github::stage(Locale::En, vault()).await;
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let github = stage.tickets.github.as_mut().unwrap();
    github.url = format!("http://{unused}");
    let error = stage.upsert(None, &card(State::Manual), false).await.unwrap_err();
    assert!(matches!(error, TellError::Later { .. }), "{error:?}");
}
