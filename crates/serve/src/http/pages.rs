//! What is read: lists, one incident, the style sheet.

use super::Site;
use super::visitor::Visitor;
use crate::page::{self, Frame, Listed, Standing};
use crate::world::World;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use locksmith_app::card::Card;
use locksmith_app::fix::Fix;
use locksmith_app::incident::{IncidentId, State as Stands};
use locksmith_app::ports::StoreError;
use serde::Deserialize;
use std::sync::Arc;

/// How many incidents of a state the overview shows.
const FIRST: usize = 8;
/// How many a list shows.
const PAGE: usize = 50;

/// Which part of a list.
#[derive(Deserialize)]
pub(crate) struct Part {
    #[serde(default)]
    state: String,
    after: Option<String>,
}

/// What was done just before.
#[derive(Deserialize)]
pub(crate) struct After {
    #[serde(default)]
    done: String,
}

/// The first incidents of each state, those that wait for people first.
pub(crate) async fn overview<W: World>(
    State(site): State<Arc<Site<W>>>,
    visitor: Visitor,
) -> Response {
    let frame = Frame::inside(&visitor, &site.settings.place);
    let mut groups = Vec::new();
    for state in page::ORDER {
        match site.service.in_state(state, FIRST, None).await {
            Ok(page) => groups.push((state, page)),
            Err(error) => return failed(&frame, &error),
        }
    }
    page::overview(&frame, &groups).into_response()
}

/// The incidents of one state, page by page.
pub(crate) async fn list<W: World>(
    State(site): State<Arc<Site<W>>>,
    visitor: Visitor,
    Query(part): Query<Part>,
) -> Response {
    let frame = Frame::inside(&visitor, &site.settings.place);
    let Some(state) = Stands::ALL.into_iter().find(|state| state.name() == part.state) else {
        return super::login::to("/");
    };
    match site.service.in_state(state, PAGE, part.after.as_deref()).await {
        Ok(page) => {
            let listed = Listed { state, page: &page, is_first: part.after.is_none() };
            page::list(&frame, &listed).into_response()
        }
        // A place that no page named.
        Err(StoreError::Failed(_)) if part.after.is_some() => {
            super::login::to(&format!("/incidents?state={}", state.name()))
        }
        Err(error) => failed(&frame, &error),
    }
}

/// One incident.
pub(crate) async fn incident<W: World>(
    State(site): State<Arc<Site<W>>>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(After { done }): Query<After>,
) -> Response {
    let mut frame = Frame::inside(&visitor, &site.settings.place);
    frame.done(&done);
    let Ok(id) = IncidentId::try_from(id) else { return gone(&frame) };
    show(&site, &frame, &visitor, &id, StatusCode::OK).await
}

/// Shows an incident as it stands now.
pub(crate) async fn show<W: World>(
    site: &Site<W>,
    frame: &Frame<'_>,
    visitor: &Visitor,
    id: &IncidentId,
    status: StatusCode,
) -> Response {
    let decisions = match site.service.decisions(id).await {
        Ok(decisions) => decisions,
        Err(error) => return failed(frame, &error),
    };
    match shown(site, id).await {
        Ok(Some((card, relied_on))) => {
            let standing = Standing {
                card: &card,
                decisions: &decisions,
                relied_on: &relied_on,
                person: &visitor.person,
                form_token: &visitor.form_token,
                configuration: site.service.configuration(),
                can_call: site.service.world().can_call(),
                now: site.service.now(),
            };
            (status, page::incident(frame, &standing)).into_response()
        }
        Ok(None) => gone(frame),
        Err(error) => failed(frame, &error),
    }
}

/// An incident, and what stands for it.
pub(crate) async fn shown<W: World>(
    site: &Site<W>,
    id: &IncidentId,
) -> Result<Option<(Card, Vec<Fix>)>, StoreError> {
    let Some(card) = site.service.card(id).await? else { return Ok(None) };
    Ok(Some((card, site.service.relied_on(id).await?)))
}

pub(crate) fn gone(frame: &Frame<'_>) -> Response {
    (StatusCode::NOT_FOUND, page::not_found(frame)).into_response()
}

pub(crate) fn failed(frame: &Frame<'_>, error: &dyn core::fmt::Display) -> Response {
    tracing::error!(%error, "a page could not be made");
    (StatusCode::SERVICE_UNAVAILABLE, page::failed(frame)).into_response()
}

/// What no page is for; also a form that is asked for, or a page that is sent.
pub(crate) async fn nothing_here<W: World>(
    State(site): State<Arc<Site<W>>>,
    visitor: Visitor,
) -> Response {
    gone(&Frame::inside(&visitor, &site.settings.place))
}

/// The style sheet, which holds nothing of anybody.
pub(crate) async fn style() -> Response {
    let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "max-age=3600")];
    (headers, page::style()).into_response()
}

/// The picture in the browser's tab.
pub(crate) async fn icon() -> Response {
    ([(CONTENT_TYPE, "image/svg+xml")], page::ICON).into_response()
}
