//! Slack as Locksmith sees it: channels with messages, dialogs, user groups; and people who click.

#[path = "../../crates/chat/tests/slack/recorded.rs"]
mod recorded;

use crate::http::{Server, serve};
use core::fmt::Write as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use hyper::body::Bytes;
use hyper::{Request, Response};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::Sha256;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// The token that Slack knows.
pub const BOT_TOKEN: &str = "xoxb-000000000000-tests";
/// The secret that Slack signs with.
pub const SIGNING_SECRET: &str = "8f742231b10e8888abcd99yyyzzz85a5";

/// A workspace.
#[derive(Debug)]
pub struct Slack {
    workspace: Arc<Mutex<Workspace>>,
    server: Server,
}

/// What stands in a workspace.
#[derive(Debug, Default)]
struct Workspace {
    messages: BTreeMap<String, Message>,
    /// The dialogs that were opened, with the trigger that opened them.
    dialogs: Vec<(String, Value)>,
    /// What was said to one person alone.
    whispers: Vec<Value>,
    /// Every call: method and body.
    calls: Vec<(String, Value)>,
    /// How many calls still fail.
    down: usize,
}

/// A message, by its timestamp.
#[derive(Clone, Debug)]
pub struct Message {
    /// The channel's id.
    pub channel: String,
    /// What it shows.
    pub blocks: Value,
    /// What a notification shows.
    pub text: String,
    /// The message that it is below of.
    pub thread: Option<String>,
    /// What programs read.
    pub metadata: Value,
}

impl Slack {
    /// An empty workspace.
    pub async fn new() -> Self {
        let workspace = Arc::new(Mutex::new(Workspace::default()));
        let shared = workspace.clone();
        let server = serve(move |request: Request<Bytes>| {
            let answer = shared.lock().unwrap().answer(&request);
            async move { answer }
        });
        Self { workspace, server: server.await }
    }

    /// Where it is, in place of `https://slack.com`.
    pub fn address(&self) -> String {
        format!("http://{}", self.server.address)
    }

    /// The next calls fail.
    pub fn go_down_for(&self, calls: usize) {
        self.workspace.lock().unwrap().down = calls;
    }

    /// The messages of a channel that are below no other, the earliest first.
    pub fn messages(&self, channel: &str) -> Vec<Message> {
        self.all(channel, |message| message.thread.is_none())
    }

    /// What was said below messages of a channel.
    pub fn threads(&self, channel: &str) -> Vec<Message> {
        self.all(channel, |message| message.thread.is_some())
    }

    fn all(&self, channel: &str, which: fn(&Message) -> bool) -> Vec<Message> {
        let workspace = self.workspace.lock().unwrap();
        let of_channel = workspace.messages.values().filter(|one| one.channel == channel);
        of_channel.filter(|one| which(one)).cloned().collect()
    }

    /// The dialogs that were opened.
    pub fn dialogs(&self) -> Vec<Value> {
        let workspace = self.workspace.lock().unwrap();
        workspace.dialogs.iter().map(|(_, view)| view.clone()).collect()
    }

    /// What was said to one person alone.
    pub fn whispers(&self) -> Vec<Value> {
        self.workspace.lock().unwrap().whispers.clone()
    }

    /// The calls of a method so far.
    pub fn calls(&self, method: &str) -> usize {
        let workspace = self.workspace.lock().unwrap();
        workspace.calls.iter().filter(|(name, _)| name == method).count()
    }

    /// What Slack sends when somebody clicks a button of a message: the button whose action begins
    /// with this.
    ///
    /// # Panics
    /// If the message has no such button.
    pub fn click(&self, user: &str, channel: &str, action: &str) -> Value {
        let message = self.messages(channel).pop().expect("a message");
        let mut blocks = message.blocks.as_array().into_iter().flatten();
        let button = blocks.find_map(|block| {
            let accessory = block.get("accessory");
            let elements = block.get("elements").and_then(Value::as_array);
            let mut buttons = elements.into_iter().flatten().chain(accessory);
            let is_it = |button: &&Value| {
                button["action_id"].as_str().is_some_and(|id| id.starts_with(action))
            };
            let button = buttons.find(is_it)?;
            Some((block["block_id"].clone(), button.clone()))
        });
        let (block_id, button) =
            button.unwrap_or_else(|| panic!("no button {action} in {:#}", message.blocks));
        let (action, value) = (button["action_id"].as_str(), button["value"].as_str());
        let answer_at = format!("http://{}/hooks/response", self.server.address);
        let (action, value) = (action.unwrap_or_default(), value.unwrap_or_default());
        let click = recorded::click(user, action, value, &answer_at);
        let click = recorded::with(click, "/actions/0/block_id", block_id);
        let click = recorded::with(click, "/actions/0/text", button["text"].clone());
        let click = recorded::with(click, "/container/channel_id", channel);
        let click = recorded::with(click, "/channel/id", channel);
        recorded::with(click, "/message/blocks", message.blocks)
    }

    /// What Slack sends when somebody fills in the latest dialog: each input by the beginning of its
    /// action.
    ///
    /// # Panics
    /// If no dialog was opened, or it has no such input.
    pub fn submit(&self, user: &str, inputs: &[(&str, Value)]) -> Value {
        let view = self.dialogs().pop().expect("a dialog");
        let mut values = json!({});
        for block in view["blocks"].as_array().into_iter().flatten() {
            let (Some(block_id), Some(action)) =
                (block["block_id"].as_str(), block["element"]["action_id"].as_str())
            else {
                continue;
            };
            let given = inputs.iter().find(|(name, _)| action.starts_with(name));
            let mut value = given.map_or(json!({}), |(_, value)| value.clone());
            value["type"] = block["element"]["type"].clone();
            values[block_id][action] = value;
        }
        recorded::submission(user, &view, values)
    }
}

impl Workspace {
    fn answer(&mut self, request: &Request<Bytes>) -> Option<Response<Bytes>> {
        let path = request.uri().path().to_owned();
        let body: Value = serde_json::from_slice(request.body()).unwrap_or_default();
        if path.starts_with("/hooks/") {
            self.whispers.push(body);
            return Some(Response::new("ok".into()));
        }
        let method = path.strip_prefix("/api/")?.to_owned();
        // Methods that only read take their arguments as a form or in the query.
        let form = [request.uri().query().unwrap_or_default().as_bytes(), request.body()];
        let body = if body.is_object() { body } else { form.into_iter().map(read_form).collect() };
        self.calls.push((method.clone(), body.clone()));
        if self.down > 0 {
            self.down -= 1;
            let answer = Response::builder().status(503).body("down".into());
            return Some(answer.unwrap());
        }
        let token = request.headers().get("authorization").and_then(|token| token.to_str().ok());
        let answer = if token == Some(&format!("Bearer {BOT_TOKEN}")) {
            self.call(&method, &body)
        } else {
            json!({"ok": false, "error": "invalid_auth"})
        };
        Some(Response::new(answer.to_string().into()))
    }

    fn call(&mut self, method: &str, body: &Value) -> Value {
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        match method {
            "chat.postMessage" => {
                let ts = format!("1503435956.{:06}", self.calls.len());
                let message = Message {
                    channel: text("channel"),
                    blocks: body["blocks"].clone(),
                    text: text("text"),
                    thread: body["thread_ts"].as_str().map(str::to_owned),
                    metadata: body["metadata"].clone(),
                };
                self.messages.insert(ts.clone(), message);
                json!({"ok": true, "channel": text("channel"), "ts": ts})
            }
            "chat.update" => match self.messages.get_mut(&text("ts")) {
                Some(message) => {
                    message.blocks = body["blocks"].clone();
                    message.text = text("text");
                    json!({"ok": true, "channel": text("channel"), "ts": text("ts")})
                }
                None => json!({"ok": false, "error": "message_not_found"}),
            },
            "conversations.history" => {
                let of_channel = self.messages.iter().rev();
                let of_channel = of_channel.filter(|(_, one)| one.channel == text("channel"));
                let messages: Vec<Value> = of_channel
                    .map(|(ts, one)| json!({"ts": ts, "text": one.text, "metadata": one.metadata}))
                    .collect();
                json!({"ok": true, "messages": messages, "has_more": false})
            }
            "usergroups.users.list" => json!({"ok": true, "users": ["U0BOB"]}),
            "views.open" => {
                let view = body["view"].clone();
                self.dialogs.push((text("trigger_id"), view));
                json!({"ok": true, "view": {"id": "V0123456789"}})
            }
            "chat.postEphemeral" => {
                self.whispers.push(body.clone());
                json!({"ok": true})
            }
            other => json!({"ok": false, "error": "unknown_method", "method": other}),
        }
    }
}

fn read_form(form: &[u8]) -> (String, Value) {
    let fields = form_urlencoded::parse(form);
    fields
        .map(|(name, value)| (name.into_owned(), Value::from(value.into_owned())))
        .next()
        .unwrap_or_default()
}

/// A request as API Gateway hands it to a function, signed as Slack signs.
///
/// <https://docs.slack.dev/authentication/verifying-requests-from-slack/>
pub fn signed(payload: &Value, at: Timestamp, secret: &str) -> Value {
    let body: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("payload", &payload.to_string())
        .finish();
    let time = at.as_second();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("v0:{time}:{body}").as_bytes());
    let signature = mac.finalize().into_bytes();
    let signature = signature.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    let headers = json!({
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": time.to_string(),
        "x-slack-signature": format!("v0={signature}"),
        "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    });
    request("POST", "/slack", &headers, &body)
}

/// A request as API Gateway hands it to a function.
///
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>
pub fn request(method: &str, path: &str, headers: &Value, body: &str) -> Value {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    json!({
        "version": "2.0",
        "routeKey": format!("{method} {path}"),
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers,
        "requestContext": {
            "accountId": "999999999999",
            "apiId": "api-id",
            "domainName": "id.execute-api.us-west-2.amazonaws.com",
            "http": {
                "method": method, "path": path, "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1", "userAgent": "agent"
            },
            "requestId": "id",
            "routeKey": format!("{method} {path}"),
            "stage": "$default",
            "time": "22/Nov/2026:19:03:58 +0000",
            "timeEpoch": 1_795_374_238_390_u64
        },
        "body": body,
        "isBase64Encoded": false
    })
}
