//! The client of Slack, against a server that stands in for it, and everything that people click.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what is wrong by failing")]
#![expect(clippy::indexing_slicing, reason = "a test says what is wrong by failing")]

#[path = "slack/clicks.rs"]
mod clicks;
mod common;
#[path = "slack/payloads.rs"]
mod payloads;
#[path = "slack/posts.rs"]
mod posts;
#[path = "slack/recorded.rs"]
mod recorded;
#[path = "slack/scopes.rs"]
mod scopes;

use common::{Scene, Vault, block_kit};
use locksmith_app::config::Chat;
use locksmith_chat::slack::{Client, Slack};
use locksmith_chat::{Memory, Messenger};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

/// What Slack answers to a call: one answer after the other, the last one again and again.
type Answers = BTreeMap<String, Vec<ResponseTemplate>>;

/// A call that Slack got: the method, the body, the token.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) body: Value,
    pub(crate) token: String,
}

/// A server that stands in for Slack.
pub(crate) struct FakeSlack {
    server: MockServer,
    calls: Arc<Mutex<Vec<Call>>>,
    answers: Arc<Mutex<Answers>>,
    pub(crate) memory: Memory,
}

struct Answering {
    calls: Arc<Mutex<Vec<Call>>>,
    answers: Arc<Mutex<Answers>>,
}

impl Respond for Answering {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let method = request.url.path().rsplit('/').next().unwrap().to_owned();
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_else(|_| {
            let pairs = form_urlencoded::parse(&request.body).into_owned();
            pairs.map(|(name, value)| (name, Value::from(value))).collect::<Map<_, _>>().into()
        });
        let token = request.headers.get("authorization").map(|value| value.to_str().unwrap());
        let token = token.unwrap_or_default().to_owned();
        if body.get("blocks").is_some() {
            block_kit::message(&body);
        }
        if let Some(view) = body.get("view") {
            block_kit::view(view);
        }
        self.calls.lock().unwrap().push(Call { method: method.clone(), body, token });
        let answers = &mut self.answers.lock().unwrap();
        match answers.get_mut(&method) {
            Some(list) if list.len() > 1 => list.remove(0),
            Some(list) => list[0].clone(),
            None => ok(json!({"ok": true, "ts": "1503435956.000247", "channel": "C0EVERYTH"})),
        }
    }
}

pub(crate) fn ok(body: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

pub(crate) fn error(code: &str) -> ResponseTemplate {
    ok(json!({"ok": false, "error": code}))
}

/// How long a server hangs that does not answer.
pub(crate) const HANGS: Duration = Duration::from_mins(1);

pub(crate) fn late(body: Value) -> ResponseTemplate {
    ok(body).set_delay(HANGS)
}

impl FakeSlack {
    pub(crate) async fn new() -> Self {
        let server = MockServer::start().await;
        let (calls, answers) = (Arc::default(), Arc::default());
        let answering = Answering { calls: Arc::clone(&calls), answers: Arc::clone(&answers) };
        Mock::given(method("POST")).respond_with(answering).mount(&server).await;
        Self { server, calls, answers, memory: Memory::new().unwrap() }
    }

    pub(crate) fn answers(&self, method: &str, answers: Vec<ResponseTemplate>) {
        self.answers.lock().unwrap().insert(method.to_owned(), answers);
    }

    pub(crate) fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }

    pub(crate) fn methods(&self) -> Vec<String> {
        self.calls().into_iter().map(|call| call.method).collect()
    }

    pub(crate) fn hook(&self) -> String {
        format!("{}/hooks/actions/T0/1/x", self.server.uri())
    }

    pub(crate) fn messenger<'a>(
        &'a self,
        scene: &'a Scene,
        vault: &'a Vault,
    ) -> Messenger<'a, Vault> {
        let chat = scene.configuration.chat.clone().unwrap();
        let client =
            Client::new(&Chat { url: Some(self.server.uri()), ..chat }, vault, &self.memory);
        Messenger::Slack(Slack::new(&scene.configuration, client))
    }
}
