//! What holds for every request: who may ask at all, and what browsers are told not to do.

use super::{Site, language};
use crate::settings::Origin;
use crate::world::World;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, ORIGIN, REFERRER_POLICY, SET_COOKIE,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use core::time::Duration;
use std::sync::Arc;

/// How long an answer may take.
const ANSWER_WITHIN: Duration = Duration::from_mins(1);

/// No script, nothing from elsewhere, in no frame.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// What browsers are told.
///
/// The referrer stays within the site. Without any (`no-referrer`) browsers would send `Origin: null`
/// with forms, and whose form it is could not be seen.
/// <https://fetch.spec.whatwg.org/#append-a-request-origin-header>
const HEADERS: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_FRAME_OPTIONS, "DENY"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "same-origin"),
    (CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Every answer comes in time, and with these headers.
pub(crate) async fn every(request: Request, next: Next) -> Response {
    let answer = tokio::time::timeout(ANSWER_WITHIN, next.run(request)).await;
    let mut answer = answer.unwrap_or_else(|_| StatusCode::SERVICE_UNAVAILABLE.into_response());
    for (name, value) in HEADERS {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}

/// A browser asks for this site by its own name, and forms come from its own pages. A page elsewhere
/// whose name leads here (DNS rebinding) names itself in `Host`, and one that sends a form names itself
/// in `Origin`.
pub(crate) async fn browsers<W: World>(
    State(site): State<Arc<Site<W>>>,
    request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    if !is_own_host(headers, &site.origins) {
        let names: Vec<&str> = site.origins.iter().map(Origin::as_str).collect();
        let text = format!("this is not the address of the page; it is {}\n", names.join(", "));
        return (StatusCode::MISDIRECTED_REQUEST, text).into_response();
    }
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads && !is_own_form(headers, &site.origins) {
        let text = "the form is not from this page: open the page anew and try again\n";
        return (StatusCode::FORBIDDEN, text).into_response();
    }
    let chosen = language::asked(request.uri().query()).filter(|_| reads);
    let mut answer = next.run(request).await;
    if let Some(locale) = chosen {
        let name = language::COOKIE;
        let cookie =
            format!("{name}={locale}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            answer.headers_mut().append(SET_COOKIE, cookie);
        }
    }
    answer
}

fn is_own_host(headers: &HeaderMap, origins: &[Origin]) -> bool {
    let mut hosts = headers.get_all(HOST).into_iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let Ok(host) = host.to_str() else { return false };
    origins.iter().any(|origin| origin.is_host(host))
}

/// Browsers name the origin of every form. One that hides it says at least that it is the same site.
fn is_own_form(headers: &HeaderMap, origins: &[Origin]) -> bool {
    let text =
        |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match text(&ORIGIN) {
        Some("null") | None => {
            text(&HeaderName::from_static("sec-fetch-site")) == Some("same-origin")
        }
        Some(origin) => origins.iter().any(|own| own.is_origin(origin)),
    }
}
