//! Posting and changing messages.

use crate::common::{OWNED, Scene, Vault, now, room};
use crate::{FakeSlack, error, ok};
use jiff::SignedDuration;
use locksmith_app::config::{Chat, Locale};
use locksmith_app::ports::{Chat as _, Notice, TellError};
use locksmith_chat::Memory;
use locksmith_chat::slack::{Client, Slack};
use serde_json::json;
use std::sync::atomic::Ordering;
use wiremock::ResponseTemplate;

#[tokio::test]
async fn a_message_is_posted_once_and_then_changed() {
    let (scene, slack) = (Scene::asked(OWNED).await, FakeSlack::new().await);
    let vault = Vault::new(&json!({}));
    let (chat, card, room) =
        (slack.messenger(&scene, &vault), scene.card().await, room(Locale::En));
    let id = chat.show(&room, None, &card).await.unwrap();
    assert_eq!(id, "C0EVERYTH/1503435956.000247");
    assert_eq!(slack.methods(), ["conversations.history", "chat.postMessage"]);
    let post = slack.calls().pop().unwrap();
    assert_eq!(post.token, "Bearer xoxb-known");
    assert_eq!(post.body["channel"], "C0EVERYTH");
    assert_eq!(post.body["metadata"]["event_payload"]["incident"], scene.id.to_string());
    assert_eq!(post.body["unfurl_links"], false);
    assert_eq!(chat.show(&room, Some(&id), &card).await, Ok(id));
    let update = slack.calls().pop().unwrap();
    assert_eq!(update.method, "chat.update");
    assert_eq!(update.body["ts"], "1503435956.000247");
}

/// It was posted, and whoever posted it died before that was noted.
#[tokio::test]
async fn after_a_crash_the_message_is_found() {
    let (scene, slack) = (Scene::asked(OWNED).await, FakeSlack::new().await);
    let vault = Vault::new(&json!({}));
    let message = |ts: &str, kind: &str, incident: &str| json!({"ts": ts, "metadata": {"event_type": kind, "event_payload": {"incident": incident}}});
    let id = scene.id.to_string();
    let page = |messages, next: &str| {
        let next = json!({"next_cursor": next});
        ok(json!({"ok": true, "messages": messages, "response_metadata": next}))
    };
    slack.answers("conversations.history", vec![
        page(json!([message("9", "locksmith_incident", "another"), message("8", "other", &id), {"ts": "7"}]), "more"),
        page(json!([message("5", "locksmith_incident", &id)]), ""),
    ]);
    let (chat, card, room) =
        (slack.messenger(&scene, &vault), scene.card().await, room(Locale::En));
    assert_eq!(chat.show(&room, None, &card).await, Ok("C0EVERYTH/5".to_owned()));
    let methods = ["conversations.history", "conversations.history", "chat.update"];
    assert_eq!(slack.methods(), methods, "nothing is posted a second time");
    assert_eq!(slack.calls()[1].body["cursor"], "more");

    // Another app pretends that its message is ours: nobody changes it, so ours is posted.
    slack.answers("chat.update", vec![error("cant_update_message")]);
    let posted = chat.show(&room, None, &card).await;
    assert_eq!(posted, Ok("C0EVERYTH/1503435956.000247".to_owned()));

    // Where the channel may not be read, a second message does less harm than none.
    slack.answers("conversations.history", vec![error("missing_scope")]);
    assert!(chat.show(&room, None, &card).await.is_ok());
    assert_eq!(slack.methods().last().unwrap(), "chat.postMessage");
}

/// Whether an error is the right one.
type Check = Box<dyn Fn(&TellError) -> bool>;

#[tokio::test]
async fn what_slack_says_no_with() {
    let (scene, slack) = (Scene::asked(OWNED).await, FakeSlack::new().await);
    let vault = Vault::new(&json!({}));
    let (chat, card, room) =
        (slack.messenger(&scene, &vault), scene.card().await, room(Locale::En));
    let later = |after: Option<i64>| {
        move |error: &TellError| {
            matches!(error, TellError::Later { after: told, .. }
                if *told == after.map(SignedDuration::from_secs))
        }
    };
    let status = ResponseTemplate::new;
    let cases: Vec<(ResponseTemplate, Check)> = vec![
        (status(429).insert_header("retry-after", "30"), Box::new(later(Some(30)))),
        (status(429).insert_header("retry-after", "999999999"), Box::new(later(Some(3600)))),
        (status(429).insert_header("retry-after", "soon"), Box::new(later(None))),
        (status(500), Box::new(later(None))),
        (status(503), Box::new(later(None))),
        (status(200).set_body_string("<html>"), Box::new(later(None))),
        (error("ratelimited"), Box::new(later(None))),
        (error("internal_error"), Box::new(later(None))),
        (error("message_not_found"), Box::new(|error| *error == TellError::Gone)),
        (error("cant_update_message"), Box::new(|error| *error == TellError::Gone)),
        (status(403), Box::new(|error| matches!(error, TellError::Refused(_)))),
        (
            status(302).insert_header("location", "https://evil.example"),
            Box::new(|error| matches!(error, TellError::Refused(_))),
        ),
        (error("channel_not_found"), Box::new(|error| error.to_string().contains("invited"))),
        (error("is_archived"), Box::new(|error| matches!(error, TellError::Refused(_)))),
        (error("msg_blocks_too_long"), Box::new(|error| matches!(error, TellError::Refused(_)))),
    ];
    for (answer, check) in cases {
        slack.answers("chat.update", vec![answer]);
        let error = chat.show(&room, Some("C0EVERYTH/1"), &card).await.unwrap_err();
        assert!(check(&error), "{error:?}");
        assert!(!error.to_string().contains("xoxb"), "{error}");
    }
    let error = chat.show(&room, Some("nonsense"), &card).await.unwrap_err();
    assert_eq!(error, TellError::Gone);
}

/// Nobody is there; that an answer that does not come is not waited for is seen with dialogs.
#[tokio::test]
async fn without_slack_it_is_tried_later() {
    let scene = Scene::asked(OWNED).await;
    let vault = Vault::new(&json!({}));
    let nowhere = Some("http://127.0.0.1:1".to_owned());
    let chat = Chat { url: nowhere, ..scene.configuration.chat.clone().unwrap() };
    let memory = Memory::new().unwrap();
    let client = Client::new(&chat, &vault, &memory);
    let chat = Slack::new(&scene.configuration, client);
    let card = scene.card().await;
    let error = chat.show(&room(Locale::En), Some("C0EVERYTH/1"), &card).await.unwrap_err();
    assert!(matches!(&error, TellError::Later { after: None, .. }), "{error}");
}

#[tokio::test]
async fn a_rotated_token_is_read_anew_once() {
    let (scene, slack) = (Scene::asked(OWNED).await, FakeSlack::new().await);
    let vault = Vault::new(&json!({}));
    vault.rotate("bot_token", "xoxb-fresh");
    slack.answers("chat.update", vec![error("invalid_auth"), ok(json!({"ok": true}))]);
    let (chat, card, room) =
        (slack.messenger(&scene, &vault), scene.card().await, room(Locale::En));
    chat.show(&room, Some("C0EVERYTH/1"), &card).await.unwrap();
    let tokens: Vec<String> = slack.calls().into_iter().map(|call| call.token).collect();
    assert_eq!(tokens, ["Bearer xoxb-known", "Bearer xoxb-fresh"]);

    slack.answers("chat.update", vec![error("token_revoked")]);
    let error = chat.show(&room, Some("C0EVERYTH/1"), &card).await.unwrap_err();
    assert!(matches!(&error, TellError::Refused(why) if why.contains("`bot_token`")), "{error}");
    assert_eq!(vault.read_anew.load(Ordering::SeqCst), 2, "once for each call");
}

#[tokio::test]
async fn a_message_that_was_deleted_is_gone() {
    let (scene, slack) = (Scene::asked(OWNED).await, FakeSlack::new().await);
    let vault = Vault::new(&json!({}));
    slack.answers("chat.update", vec![error("message_not_found")]);
    let (chat, card, room) =
        (slack.messenger(&scene, &vault), scene.card().await, room(Locale::En));
    assert_eq!(chat.show(&room, Some("C0EVERYTH/1"), &card).await, Err(TellError::Gone));
    // What is to be said below it is said in the channel.
    slack.answers(
        "chat.postMessage",
        vec![error("thread_not_found"), ok(json!({"ok": true, "ts": "2"}))],
    );
    chat.notify(&room, Some("C0EVERYTH/1"), &card, &Notice::Reminder(1)).await.unwrap();
    let last = slack.calls().pop().unwrap();
    assert!(last.body.get("thread_ts").is_none());
}

#[tokio::test]
async fn notices_call_those_whose_answer_is_missing() {
    let (scene, slack) = (Scene::asked(OWNED).await, FakeSlack::new().await);
    let vault = Vault::new(&json!({}));
    let (chat, card, room) =
        (slack.messenger(&scene, &vault), scene.card().await, room(Locale::En));
    let (person, reason) = ("dave".to_owned(), "payroll <!channel>".to_owned());
    let broken = Notice::BreakGlass { at: now(), person, reason };
    for notice in [Notice::Reminder(1), Notice::Reminder(2), Notice::Escalation, broken] {
        chat.notify(&room, Some("C0EVERYTH/1.5"), &card, &notice).await.unwrap();
    }
    let texts: Vec<String> = slack
        .calls()
        .iter()
        .map(|call| {
            assert_eq!(call.body["thread_ts"], "1.5");
            call.body["text"].as_str().unwrap().to_owned()
        })
        .collect();
    insta::assert_snapshot!("notices", texts.join("\n\n"));
}
