//! Events: what is taken, what is refused, and what strangers write into them.

use super::client::Client;
use super::scene::{KEY, Scene, event};
use locksmith_app::incident::State;
use locksmith_app::ports::Clock as _;
use locksmith_serve::{Entrance, Inbox, Received};
use serde_json::json;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

#[tokio::test]
async fn events_are_taken_from_whoever_has_the_key() {
    let scene = Scene::new();
    let running = scene.run(&["alice"]).await;
    let client = Client::new(running.client.address);
    let one = |number| event(number, "a/b", &format!("bucket-{number}"), scene.clock.now());
    let send = async |headers: &[(&str, &str)], body: String| {
        client.send("POST", "/events", headers, &body).await.status
    };
    let key: &[(&str, &str)] = &[("x-api-key", KEY)];
    let bearer = format!("Bearer {KEY}");
    for (headers, body, status) in [
        (&[][..], one(1).to_string(), 401),
        (&[("x-api-key", "0123456789abcdef")], one(1).to_string(), 401),
        (&[("authorization", "Bearer ")], one(1).to_string(), 401),
        (key, "{".to_owned(), 400),
        (key, json!({"source": "aws.s3"}).to_string(), 400),
        (key, json!(["nonsense"]).to_string(), 400),
        (key, one(1).to_string(), 202),
        (&[("authorization", KEY)], one(2).to_string(), 202),
        (&[("authorization", &bearer)], json!([one(3), one(4)]).to_string(), 202),
        // What is no denial is no fault of the sender.
        (key, json!({"source": "aws.ec2", "account": "111111111111"}).to_string(), 202),
        (key, json!(vec![json!({}); 1001]).to_string(), 400),
        (key, format!("\"{}\"", "x".repeat(2 << 20)), 413),
        // A proxy may give the door another name.
        (&[("x-api-key", KEY), ("host", "events.example.com")], one(1).to_string(), 202),
    ] {
        assert_eq!(send(headers, body).await, status, "{headers:?}");
    }
    assert_eq!(scene.all().await.len(), 4);
    assert_eq!(client.get("/events").await.status, 405);
    running.stop().await;

    // Without a key there is no door.
    let people = vec!["alice".to_owned()];
    let mut settings = scene.settings(Entrance::Link { people });
    settings.events_key = None;
    let running = scene.run_with(settings, locksmith_serve::NoInbox).await;
    let answer = running.client.send("POST", "/events", key, &one(9).to_string()).await;
    assert_eq!(answer.status, 404);
    running.stop().await;
}

/// Object keys and session names are chosen by whoever makes the call.
#[tokio::test]
async fn strangers_write_no_markup() {
    let scene = Scene::new();
    let running = scene.logged_in(&["alice"]).await;
    let hostile = "<script>alert(1)</script>/\"><img src=x onerror=alert(1)>\u{202e}'`";
    let mut denied = event(7, hostile, "reports", scene.clock.now());
    let session = "arn:aws:sts::222222222222:assumed-role/ReportReader/<svg onload=alert(2)>";
    denied["detail"]["userIdentity"]["arn"] = json!(session);
    let body = denied.to_string();
    let client = &running.client;
    assert_eq!(client.send("POST", "/events", &[("x-api-key", KEY)], &body).await.status, 202);
    let id = scene.all().await.pop().unwrap().id;
    let diagnosed =
        async || Some(scene.incident(&id).await).filter(|one| one.state != State::Detected);
    super::scene::until("a diagnosis", diagnosed).await;
    for lang in ["en", "ja"] {
        for path in [format!("/?lang={lang}"), format!("/incidents/{id}?lang={lang}")] {
            let page = client.get(&path).await;
            assert_eq!(page.status, 200);
            for element in ["<script", "<img", "<svg onload", "\u{202e}"] {
                assert!(!page.body.contains(element), "{path}: {element}");
            }
        }
        let page = client.get(&format!("/incidents/{id}?lang={lang}")).await;
        assert!(page.body.contains("&lt;script&gt;alert(1)"), "{}", page.body);
    }
    running.stop().await;
}

/// A queue that gives what it holds, and takes it back where it is not deleted.
#[derive(Clone, Default)]
struct Fake {
    waiting: Arc<Mutex<VecDeque<Received>>>,
    deleted: Arc<Mutex<Vec<String>>>,
    asked: Arc<Mutex<u32>>,
}

impl Inbox for Fake {
    async fn receive(&self) -> Result<Vec<Received>, String> {
        *self.asked.lock().unwrap() += 1;
        let all: Vec<_> = self.waiting.lock().unwrap().drain(..).collect();
        if all.is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        Ok(all)
    }

    async fn delete(&self, receipts: Vec<String>) -> Result<(), String> {
        self.deleted.lock().unwrap().extend(receipts);
        Ok(())
    }
}

#[tokio::test]
async fn a_queue_is_read_and_what_failed_stays_in_it() {
    let scene = Scene::new();
    let inbox = Fake::default();
    let received = |receipt: &str, body: String| Received { receipt: receipt.to_owned(), body };
    inbox.waiting.lock().unwrap().extend([
        received("good", event(1, "a/b", "one", scene.clock.now()).to_string()),
        received("broken", "{".to_owned()),
        received("other", json!({"source": "aws.ec2", "account": "111111111111"}).to_string()),
    ]);
    let people = vec!["alice".to_owned()];
    let settings = scene.settings(Entrance::Link { people });
    let running = scene.run_with(settings, inbox.clone()).await;
    let deleted = async || {
        let deleted = inbox.deleted.lock().unwrap().clone();
        Some(deleted).filter(|deleted| !deleted.is_empty())
    };
    assert_eq!(super::scene::until("a deletion", deleted).await, ["good", "other"]);
    assert_eq!(scene.all().await.len(), 1);
    running.stop().await;
    let asked = *inbox.asked.lock().unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    assert_eq!(*inbox.asked.lock().unwrap(), asked, "who stopped asks no more");
}
