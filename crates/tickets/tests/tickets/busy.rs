//! Too much was asked, the other side failed, or no answer came: the webhook and OpsCenter. The systems
//! that keep tickets over HTTP are in `faults.rs`.

use crate::cards::{card, moved};
use crate::closing::{Keeps as _, Stage};
use crate::opscenter::{OpsCenter, under};
use crate::server::Trouble;
use crate::system::{TOKEN, Vault};
use crate::webhook::{Webhook, stage};
use core::time::Duration;
use locksmith_app::config::Locale;
use locksmith_app::incident::State;
use locksmith_app::ports::TellError;
use locksmith_tickets::CallError;
use serde_json::json;
use std::time::Instant;

const HOOK: &str = "/hooks/1";

async fn hook(troubles: &[Trouble]) -> Stage<Webhook> {
    let stage = stage(Locale::En, Vault::new(TOKEN, TOKEN)).await;
    for trouble in troubles {
        stage.server.trouble("POST", HOOK, trouble.clone());
    }
    stage
}

fn answer(status: u16, retry_after: Option<&str>) -> Trouble {
    let header = retry_after.map(|seconds| ("retry-after", seconds.to_owned()));
    Trouble::Answer(status, header.into_iter().collect())
}

/// Whoever takes it knows by its key what came before, so everything is sent again.
#[tokio::test]
async fn a_webhook_is_called_again() {
    for (trouble, waits) in [
        (answer(429, Some("1")), Duration::from_secs(1)),
        (answer(429, None), Duration::ZERO),
        (answer(503, Some("1")), Duration::from_secs(1)),
        (answer(500, None), Duration::ZERO),
        (Trouble::LosesTheAnswer, Duration::ZERO),
        (Trouble::Hangs, Duration::ZERO),
    ] {
        let stage = hook(core::slice::from_ref(&trouble)).await;
        let began = Instant::now();
        stage.upsert(None, &card(State::AwaitingApproval), false).await.unwrap();
        assert!(began.elapsed() >= waits, "{trouble:?}: {:?}", began.elapsed());
        stage.server.check();
        assert_eq!(stage.server.count("POST", HOOK), 2, "{trouble:?}");
        assert_eq!(stage.server.inner().vendor.came.len(), 1, "{trouble:?}");
    }
}

/// There is no time for a longer wait: it is told how long, and nothing is asked meanwhile.
#[tokio::test]
async fn a_webhook_that_wants_to_be_left_alone() {
    let stage = hook(&[answer(429, Some("90"))]).await;
    match stage.upsert(None, &card(State::AwaitingApproval), false).await {
        Err(TellError::Later { why, after: Some(after) }) => {
            assert_eq!(after.as_secs(), 90);
            assert!(why.contains("429"), "{why}");
        }
        other => panic!("{other:?}"),
    }
    stage.server.check();
    assert_eq!(stage.server.count("POST", HOOK), 1);
}

/// It is not tried for ever.
#[tokio::test]
async fn a_webhook_that_goes_on_failing() {
    let stage = hook(&[500; 4].map(|status| answer(status, None))).await;
    let first = card(State::AwaitingApproval);
    match stage.upsert(None, &first, false).await {
        Err(TellError::Later { why, after: None }) => assert!(why.contains("500"), "{why}"),
        other => panic!("{other:?}"),
    }
    stage.server.check();
    assert_eq!(stage.server.count("POST", HOOK), 4, "once, and three times again");
    assert_eq!(stage.server.inner().vendor.came.len(), 0);
    stage.upsert(None, &first, false).await.unwrap();
    assert_eq!(stage.server.inner().vendor.came.len(), 1);
}

/// What AWS or the network says of a call that was done, or was not.
struct Said {
    error: CallError,
    /// Whoever hears it cannot know.
    is_unsure: bool,
    was_done: bool,
}

fn of_aws() -> Vec<Said> {
    let said = |code: &str| CallError::Answered {
        code: code.to_owned(),
        body: json!({"Message": "not now"}),
    };
    let busy = [
        "ThrottlingException",
        "TooManyRequestsException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "ServiceUnavailableException",
    ];
    let busy = busy.map(|code| Said { error: said(code), is_unsure: false, was_done: false });
    let unsure = [
        said("InternalServerError"),
        said("InternalFailure"),
        CallError::Unanswered("no answer in time".to_owned()),
    ];
    let unsure = unsure.into_iter().flat_map(|error| {
        [false, true].map(|was_done| Said { error: error.clone(), is_unsure: true, was_done })
    });
    busy.into_iter().chain(unsure).collect()
}

/// Whoever calls AWS calls again where that is safe; here the last of those calls failed. It is told that
/// it may be tried later, and the next run finds what was done, and does the rest once.
#[tokio::test]
async fn opscenter_is_finished_by_the_next_run() {
    for operation in ["DescribeOpsItems", "CreateOpsItem", "GetOpsItem", "UpdateOpsItem"] {
        for Said { error, is_unsure, was_done } in of_aws() {
            let case = format!("{operation} {error:?} {was_done}");
            let (ops, vault) = (OpsCenter::default(), Vault::new("", ""));
            let under = under(&ops, &vault, Locale::En);
            let trouble =
                || ops.inner.lock().unwrap().troubles.push((operation, was_done, error.clone()));
            // Where it may have been made, it is looked for at once; else it is not made again so soon.
            let may_be_made = is_unsure && operation == "CreateOpsItem";
            let later = |answer| match answer {
                Ok(_) => assert!(may_be_made && was_done, "{case}"),
                Err(TellError::Later { why, after }) => {
                    assert!(why.starts_with("OpsCenter: "), "{case}: {why}");
                    assert!(!(may_be_made && was_done), "{case}: it was not found");
                    assert_eq!(after.is_some(), may_be_made, "{case}: {after:?}");
                }
                other => panic!("{case}: {other:?}"),
            };
            let first = card(State::AwaitingApproval);
            let makes = matches!(operation, "DescribeOpsItems" | "CreateOpsItem");
            if makes {
                trouble();
                later(under.upsert(None, &first, false).await);
            }
            let known = under.upsert(None, &first, false).await.unwrap();
            let next = moved(&first, State::Verified);
            if !makes {
                trouble();
                later(under.upsert(Some(&known), &next, true).await);
            }
            under.upsert(Some(&known), &next, true).await.unwrap();
            let items = ops.inner.lock().unwrap();
            assert!(items.troubles.is_empty(), "{case}: it never came");
            let kept = items.kept();
            assert_eq!(kept.len(), 1, "{case}: {kept:?}");
            assert_eq!((kept[0].comments.len(), kept[0].is_open), (1, false), "{case}: {kept:?}");
        }
    }
}
