//! The client for calls to the outside.

use core::time::Duration;
use jiff::SignedDuration;
use locksmith_app::ports::TellError;
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};

/// The most that an answer may hold: Slack's pages of a hundred messages with blocks stay below.
const MOST: usize = 8 * 1024 * 1024;

/// A client that goes where it is sent and nowhere else: no redirects, and TLS by rustls on ring.
///
/// # Errors
/// Why there is none, such as a machine without root certificates.
pub(crate) fn client() -> Result<Client, String> {
    // Somebody else of this process may have chosen it before; it is the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder()
        .redirect(Policy::none())
        .connect_timeout(Duration::from_secs(3))
        .pool_idle_timeout(Duration::from_mins(1))
        .user_agent(concat!("locksmith/", env!("CARGO_PKG_VERSION")))
        .build();
    client.map_err(|error| format!("no HTTP client can be made: {}", error.without_url()))
}

/// Whether nobody listens on the way to an address: it is one of TLS, or of this machine.
pub(crate) fn is_private(address: &str) -> bool {
    let here = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"];
    address.starts_with("https://") || here.iter().any(|start| address.starts_with(start))
}

/// What a call that did not get through means. The address stays out of it: it may be a secret.
pub(crate) fn not_sent(to: &str, error: reqwest::Error) -> TellError {
    let why = if error.is_timeout() {
        "it did not answer in time".to_owned()
    } else {
        error.without_url().to_string()
    };
    TellError::Later { why: format!("{to}: {why}"), after: None }
}

/// What an answer's status means; none where it is a success.
pub(crate) fn status(to: &str, answer: &Response) -> Option<TellError> {
    let status = answer.status();
    if status.is_success() {
        return None;
    }
    let why = format!("{to} answered {status}");
    if status == StatusCode::TOO_MANY_REQUESTS {
        return Some(TellError::Later { why, after: retry_after(answer) });
    }
    if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT {
        return Some(TellError::Later { why, after: None });
    }
    Some(TellError::Refused(why))
}

/// How long the other side wants to be left alone: whole seconds, of which an hour is believed.
fn retry_after(answer: &Response) -> Option<SignedDuration> {
    let header = answer.headers().get(reqwest::header::RETRY_AFTER)?.to_str().ok()?;
    let seconds: i64 = header.trim().parse().ok()?;
    Some(SignedDuration::from_secs(seconds.clamp(1, 3600)))
}

/// An answer's body, up to a limit.
pub(crate) async fn body(to: &str, mut answer: Response) -> Result<Vec<u8>, TellError> {
    let mut body = Vec::new();
    loop {
        match answer.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() <= MOST => body.extend_from_slice(&chunk),
            Ok(Some(_)) => return Err(TellError::Refused(format!("{to} answered too much"))),
            Ok(None) => return Ok(body),
            Err(error) => return Err(not_sent(to, error)),
        }
    }
}
