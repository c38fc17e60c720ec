//! A webhook: what comes, and how it is signed.

use crate::cards::{INCIDENT, card, moved};
use crate::closing::Stage;
use crate::server::{Seen, Server, Trouble, Vendor};
use crate::system::{TOKEN, Vault, tickets};
use hmac::{Hmac, KeyInit as _, Mac as _};
use locksmith_app::config::Locale;
use locksmith_app::incident::State;
use locksmith_app::ports::TellError;
use serde_json::{Value, json};

#[derive(Default)]
pub(crate) struct Webhook {
    pub(crate) came: Vec<(String, Value)>,
    pub(crate) answer: Option<(u16, Value)>,
}

pub(crate) async fn stage(locale: Locale, vault: Vault) -> Stage<Webhook> {
    let server = Server::start(Webhook::default()).await;
    let settings = json!({"url": format!("{}/hooks/1?team=sec", server.url)});
    Stage { tickets: tickets("webhook", settings, locale), server, vault }
}

impl Vendor for Webhook {
    fn admits(&self, request: &Seen) -> bool {
        let at = request.header("x-locksmith-timestamp");
        let age = jiff::Timestamp::now().as_second() - at.parse::<i64>().unwrap();
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(TOKEN.as_bytes()).unwrap();
        mac.update(format!("{at}.").as_bytes());
        mac.update(&request.raw);
        let given = request.header("x-locksmith-signature");
        let given = given.strip_prefix("v1=").unwrap_or_default().as_bytes().chunks(2);
        let digits = given.map(|pair| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16));
        let digits: Vec<u8> = digits.map(Result::unwrap).collect();
        (0..300).contains(&age) && mac.verify_slice(&digits).is_ok()
    }

    fn answer(&mut self, request: &Seen) -> Result<(u16, Value), String> {
        if request.raw.len() > 256 * 1024 {
            return Err(format!("{} bytes", request.raw.len()));
        }
        if request.query("team") != "sec" || request.header("content-type") != "application/json" {
            return Err("not as configured".to_owned());
        }
        let key = request.header("idempotency-key").to_owned();
        if !self.came.iter().any(|(known, _)| *known == key) {
            self.came.push((key, request.body.clone()));
        }
        Ok(self.answer.clone().unwrap_or((202, Value::Null)))
    }
}

#[tokio::test]
async fn what_comes() {
    let stage = stage(Locale::En, Vault::new(TOKEN, TOKEN)).await;
    let first = card(State::AwaitingApproval);
    // The answer is lost: it comes again, with the same key.
    stage.server.trouble("POST", "/hooks/1", Trouble::LosesTheAnswer);
    let known = stage.upsert(None, &first, false).await.unwrap();
    assert_eq!(
        (known.id.as_str(), known.url.as_deref()),
        (&*format!("locksmith-{INCIDENT}"), None)
    );
    assert_eq!(stage.server.count("POST", "/hooks/1"), 2);
    stage.server.inner().vendor.answer =
        Some((200, json!({"id": "77", "name": "T-77", "url": "https://tickets.example/77"})));
    let known = stage.upsert(Some(&known), &moved(&first, State::Verified), true).await.unwrap();
    assert_eq!((known.id.as_str(), known.name.as_str()), ("77", "T-77"));
    stage.server.check();
    let inner = stage.server.inner();
    let came: Vec<_> = inner
        .vendor
        .came
        .iter()
        .map(|(_, body)| {
            (
                body["key"].clone(),
                body["open"].clone(),
                body["state"].clone(),
                body["comment"].is_null(),
            )
        })
        .collect();
    let key = json!(format!("locksmith-{INCIDENT}"));
    assert_eq!(
        came,
        [
            (key.clone(), json!(true), json!("awaiting_approval"), true),
            (key, json!(false), json!("verified"), false),
        ]
    );
}

/// An answer is a stranger's as well.
#[tokio::test]
async fn what_is_answered() {
    let stage = stage(Locale::En, Vault::new(TOKEN, TOKEN)).await;
    let answer = json!({"id": "7\u{1b}", "url": "javascript:alert(1)", "name": "n".repeat(9_999)});
    stage.server.inner().vendor.answer = Some((200, answer));
    let known = stage.upsert(None, &card(State::Manual), false).await.unwrap();
    assert_eq!((known.id.as_str(), known.url.as_deref()), ("7\\u{1b}", None));
    assert_eq!(known.name.chars().count(), 1_000);
    stage.server.inner().vendor.answer = Some((410, Value::Null));
    let error = stage.upsert(Some(&known), &card(State::Applied), false).await.unwrap_err();
    assert_eq!(error, TellError::Gone);
}
