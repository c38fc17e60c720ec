//! Coming in, going out, and acting as somebody else where that is possible.

use super::Site;
use super::sent::Sent;
use super::visitor::{Visitor, own};
use crate::page::{self, Frame};
use crate::settings::Entrance;
use crate::world::World;
use axum::extract::{Query, State};
use axum::http::header::{LOCATION, REFRESH, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use locksmith_words::Words;
use serde::Deserialize;
use std::sync::Arc;

/// What the link holds.
#[derive(Deserialize)]
pub(crate) struct Ticket {
    #[serde(default)]
    token: String,
}

/// A form without fields.
#[derive(Deserialize)]
pub(crate) struct Plain {}

/// A choice as whom to act.
#[derive(Deserialize)]
pub(crate) struct Role {
    person: String,
    #[serde(default)]
    back: String,
}

/// Lets in whoever has the link, once. The answer is a page and no redirection: where the link was
/// clicked on another site, the browser would keep the cookie from the page that it is led to.
pub(crate) async fn login<W: World>(
    State(site): State<Arc<Site<W>>>,
    Query(Ticket { token }): Query<Ticket>,
    headers: HeaderMap,
) -> Response {
    let words = Words::new(super::language::of(&headers, None));
    let Entrance::Link { people } = &site.settings.entrance else { return unknown(words) };
    let person = people.first().map(String::as_str).unwrap_or_default();
    match site.sessions.enter(&token, person) {
        Some(cookie) => {
            let page = page::welcome(&Frame::outside(words, "/"));
            ([(SET_COOKIE, cookie), (REFRESH, "0; url=/".to_owned())], page).into_response()
        }
        None if site.sessions.find(&headers).is_some() => to("/"),
        None => {
            site.sessions.tell_link(&site);
            ask(words, "/")
        }
    }
}

/// Says where the link is to be found.
pub(crate) fn ask(words: Words, path: &str) -> Response {
    let page = page::log_in(&Frame::outside(words, path));
    (StatusCode::UNAUTHORIZED, page).into_response()
}

/// Says that the proxy names nobody whom the configuration knows.
pub(crate) fn unknown(words: Words) -> Response {
    let page = page::nobody(&Frame::outside(words, "/"));
    (StatusCode::FORBIDDEN, page).into_response()
}

/// Ends the session.
pub(crate) async fn logout<W: World>(
    State(site): State<Arc<Site<W>>>,
    Sent { visitor, .. }: Sent<Plain>,
) -> Response {
    let Some(session) = &visitor.session else { return to("/") };
    let cookie = site.sessions.leave(session);
    ([(SET_COOKIE, cookie)], page::left(&Frame::outside(visitor.words, "/"))).into_response()
}

/// Goes on as somebody else.
pub(crate) async fn act_as<W: World>(
    State(site): State<Arc<Site<W>>>,
    Sent { visitor, fields: role }: Sent<Role>,
) -> Response {
    match &visitor.session {
        Some(session) if visitor.roles.contains(&role.person) => {
            site.sessions.act_as(session, &role.person);
            to(own(&role.back))
        }
        _ => unknown(visitor.words),
    }
}

/// Says that a form is not the visitor's own, or of a session that ended.
pub(crate) fn stale<W>(site: &Site<W>, visitor: &Visitor) -> Response {
    let frame = Frame::inside(visitor, &site.settings.place);
    (StatusCode::FORBIDDEN, page::stale_form(&frame)).into_response()
}

/// Leads to another page, by reading it.
pub(crate) fn to(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, path.to_owned())]).into_response()
}
