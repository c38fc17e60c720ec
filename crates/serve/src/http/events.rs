//! The door for events: what EventBridge's API destinations send, and whoever else has the key.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html>

use super::Site;
use super::session::same;
use crate::settings::Key;
use crate::world::World;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use locksmith_app::detect::Message;
use serde_json::Value;
use std::sync::Arc;

/// The most bytes of one request. EventBridge sends an event of at most 256 KB at a time.
pub(crate) const LARGEST: usize = 1 << 20;
/// The most events of one request.
const MOST: usize = 1000;

/// Takes one event or a list of them. What is answered with 202 is stored; anything else has to be sent
/// again, or cannot be taken.
pub(crate) async fn take<W: World>(
    State(site): State<Arc<Site<W>>>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    let Some(key) = &site.settings.events_key else {
        return (StatusCode::NOT_FOUND, "no events are taken here: no key is set\n".to_owned());
    };
    if !has_key(&headers, key) {
        return (StatusCode::UNAUTHORIZED, "the key is missing or wrong\n".to_owned());
    }
    let events = match read(&body) {
        Ok(events) => events,
        Err(why) => return (StatusCode::BAD_REQUEST, format!("{why}\n")),
    };
    let message = |(number, event): (usize, &Value)| Message {
        id: number.to_string(),
        body: event.to_string(),
    };
    let messages: Vec<Message> = events.iter().enumerate().map(message).collect();
    let number = messages.len();
    let detected = site.service.detect(messages).await;
    let Some((_, why)) = detected.failed.first() else {
        return (StatusCode::ACCEPTED, format!("{number} taken\n"));
    };
    tracing::warn!(why, failed = detected.failed.len(), "events failed");
    // Sent again, what is no event stays none; whatever else is worth another try.
    let broken = detected.counts.poisoned;
    if detected.failed.len() as u64 == broken {
        return (StatusCode::BAD_REQUEST, format!("{broken} of {number} are no events: {why}\n"));
    }
    (StatusCode::SERVICE_UNAVAILABLE, "some could not be stored: send all again\n".to_owned())
}

/// Says that the server is there.
pub(crate) async fn healthy() -> StatusCode {
    StatusCode::NO_CONTENT
}

fn read(body: &[u8]) -> Result<Vec<Value>, String> {
    let events = match serde_json::from_slice(body) {
        Ok(Value::Array(events)) => events,
        Ok(event) => vec![event],
        Err(error) => return Err(format!("no JSON: {error}")),
    };
    if events.len() > MOST {
        return Err(format!("{} events at once: send {MOST} at most", events.len()));
    }
    Ok(events)
}

/// The key comes in a header of its own, or in `Authorization` with or without `Bearer`. An API
/// destination with an API key sends whatever header its connection names.
fn has_key(headers: &HeaderMap, key: &Key) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(given) = text("x-api-key") {
        return same(given, key.as_str());
    }
    let given = text(AUTHORIZATION.as_str()).unwrap_or_default();
    same(given.strip_prefix("Bearer ").unwrap_or(given), key.as_str())
}
