//! Calls to a ticket system: how long, how often, with which secret, and what an answer means.

mod fault;
mod pace;
mod plain;
mod session;

pub(crate) use fault::Fault;
pub use pace::Pace;
pub(crate) use plain::{Plain, checked, client, failed};
pub(crate) use session::Session;

use core::future::Future;
use jiff::{SignedDuration, Timestamp};
use locksmith_app::ports::Secret;
use reqwest::Method;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use serde_json::Value;

/// What is asked of a ticket system.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    /// The method.
    pub(crate) method: Method,
    /// The path below the system's address, with its query.
    pub(crate) path: String,
    /// The body.
    pub(crate) body: Option<Value>,
    /// Whether it does the same however often it is done. What is not is never sent again where the
    /// first one may have been done.
    pub(crate) repeatable: bool,
}

/// What it answered.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// How long it wants to be left alone.
    pub(crate) wait: Option<SignedDuration>,
    /// The body, null where it is no JSON.
    pub(crate) body: Value,
}

/// What sends one request. It judges nothing: any status is an answer.
pub(crate) trait Wire: Sync {
    /// The fields of the secret, which no error may show.
    const FIELDS: &'static [&'static str];

    /// Sends one request.
    fn send(
        &self,
        ask: &Ask,
        secret: &Secret,
    ) -> impl Future<Output = Result<Answer, Fault>> + Send;
}

impl Ask {
    /// Reads something.
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self { method: Method::GET, path: path.into(), body: None, repeatable: true }
    }

    /// Makes something, each time anew.
    pub(crate) fn post(path: impl Into<String>, body: Value) -> Self {
        Self { method: Method::POST, path: path.into(), body: Some(body), repeatable: false }
    }

    /// Reads something, with the question in the body.
    pub(crate) fn query(path: impl Into<String>, body: Value) -> Self {
        Self { repeatable: true, ..Self::post(path, body) }
    }

    /// Sets something to what it is to be.
    pub(crate) fn set(method: Method, path: impl Into<String>, body: Value) -> Self {
        Self { method, path: path.into(), body: Some(body), repeatable: true }
    }
}

impl Answer {
    /// Puts an answer together.
    pub(crate) fn new(status: u16, headers: &HeaderMap, body: &[u8]) -> Self {
        let body = serde_json::from_slice(body).unwrap_or(Value::Null);
        Self { status, wait: wait(headers), body }
    }

    /// A text in the body, by its JSON pointer.
    pub(crate) fn text(&self, pointer: &str) -> Option<&str> {
        self.body.pointer(pointer).and_then(Value::as_str)
    }
}

/// A path with its query, whose values are escaped.
pub(crate) fn with_query(path: &str, query: &[(&str, &str)]) -> String {
    // Any address will do: only the query is taken of it.
    let url = reqwest::Url::parse_with_params("https://localhost/", query).ok();
    let query = url.as_ref().and_then(reqwest::Url::query);
    query.map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"))
}

/// How long a system wants to be left alone: `Retry-After` in seconds or as a date
/// (<https://www.rfc-editor.org/rfc/rfc9110#field.retry-after>), else GitHub's `x-ratelimit-reset`,
/// where nothing remains
/// (<https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api>).
fn wait(headers: &HeaderMap) -> Option<SignedDuration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let until = |at: Timestamp| Timestamp::now().duration_until(at).max(SignedDuration::ZERO);
    if let Some(after) = text(RETRY_AFTER.as_str()) {
        if let Ok(seconds) = after.parse::<u32>() {
            return Some(SignedDuration::from_secs(seconds.into()));
        }
        let date = jiff::fmt::rfc2822::parse(after).ok()?;
        return Some(until(date.timestamp()));
    }
    text("x-ratelimit-remaining").filter(|remaining| *remaining == "0")?;
    let at = text("x-ratelimit-reset")?.parse().ok()?;
    Timestamp::from_second(at).ok().map(until)
}

#[cfg(test)]
mod tests {
    use super::wait;
    use jiff::SignedDuration;
    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    #[test]
    fn how_long_to_wait() {
        let check = |headers: &[(&'static str, &str)]| {
            let pairs = headers.iter().map(|(name, value)| {
                (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
            });
            wait(&pairs.collect::<HeaderMap>()).map(|wait| wait.as_secs())
        };
        assert_eq!(check(&[]), None);
        assert_eq!(check(&[("retry-after", "7")]), Some(7));
        assert_eq!(check(&[("retry-after", "soon")]), None);
        assert_eq!(check(&[("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT")]), Some(0));
        let later = jiff::Timestamp::now() + SignedDuration::from_secs(100);
        let reset = later.as_second().to_string();
        let left = [("x-ratelimit-remaining", "1"), ("x-ratelimit-reset", reset.as_str())];
        assert_eq!(check(&left), None);
        let none = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", reset.as_str())];
        assert!((95..=100).contains(&check(&none).unwrap()));
    }
}
