//! What is done: decisions, undoing, calling again. Each leads back to the incident by reading it, so
//! that loading the page anew does nothing twice.

use super::Site;
use super::decision::Filled;
use super::login::{Plain, to};
use super::pages::{failed, gone, show, shown};
use super::sent::Sent;
use crate::page::Frame;
use crate::rights;
use crate::service::CalledAgain;
use crate::world::{Called, World};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use core::time::Duration;
use locksmith_app::approve::{Click, DecideError, Decided, Decision, Refusal};
use locksmith_app::incident::{IncidentId, State as Stands};
use locksmith_app::operations::Undone;
use locksmith_app::remark::Remark;
use locksmith_core::plan::Digest;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Where decisions come from, as it is kept with them.
const PAGE: &str = "the page of locksmith serve";
/// How long the answer waits for what follows by itself, so that people see what came of it.
const SEE_WITHIN: Duration = Duration::from_secs(3);
/// How often it is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(40);

/// A form that takes back what was made.
#[derive(Deserialize)]
pub(crate) struct Undoing {
    #[serde(default)]
    reason: String,
    /// Since when the incident was in the state that the page showed.
    #[serde(default)]
    since: String,
}

/// Takes a decision.
pub(crate) async fn decide<W: World>(
    State(site): State<Arc<Site<W>>>,
    Path(id): Path<String>,
    Sent { visitor, fields: form }: Sent<Filled>,
) -> Response {
    let mut frame = Frame::inside(&visitor, &site.settings.place);
    let Ok(id) = IncidentId::try_from(id) else { return gone(&frame) };
    frame.at(&id);
    let Some(read) = form.read() else {
        frame.refused("page-refused-form");
        return show(&site, &frame, &visitor, &id, StatusCode::BAD_REQUEST).await;
    };
    let click = Click {
        incident: &id,
        digest: &read.digest,
        person: &visitor.person,
        groups: &BTreeSet::new(),
        asked_at: read.asked_at,
        account: None,
        decision: read.decision,
        from: PAGE,
    };
    let done = match site.service.decide(&click).await {
        Ok(Decided::Counted(_)) => "counted",
        Ok(Decided::Now(Stands::Approved)) => "approved",
        Ok(Decided::Now(Stands::Rejected)) => "rejected",
        Ok(Decided::Now(Stands::Suppressed)) => "suppressed",
        Ok(Decided::Now(_)) => "rescoped",
        Ok(Decided::Before(_)) => "before",
        Err(DecideError::Refused(refusal)) => {
            frame.refusal(&refusal);
            return show(&site, &frame, &visitor, &id, status(&refusal)).await;
        }
        Err(error) => return failed(&frame, &error),
    };
    settle(&site, &id).await;
    back(&id, done)
}

/// Takes back what was made.
pub(crate) async fn undo<W: World>(
    State(site): State<Arc<Site<W>>>,
    Path(id): Path<String>,
    Sent { visitor, fields: form }: Sent<Undoing>,
) -> Response {
    let mut frame = Frame::inside(&visitor, &site.settings.place);
    let Ok(id) = IncidentId::try_from(id) else { return gone(&frame) };
    frame.at(&id);
    let (card, relied_on) = match shown(&site, &id).await {
        Ok(Some(shown)) => shown,
        Ok(None) => return gone(&frame),
        Err(error) => return failed(&frame, &error),
    };
    let (person, configuration) = (&visitor.person, site.service.configuration());
    let stands = !relied_on.is_empty();
    let may = if stands {
        rights::may_undo(&relied_on, person, configuration)
    } else {
        rights::is_concerned(&card, person, configuration)
    };
    if !may {
        frame.refused("page-refused-undo");
        return show(&site, &frame, &visitor, &id, StatusCode::FORBIDDEN).await;
    }
    if !stands || !card.incident.state.has_changes() {
        frame.refusal(&Refusal::WrongState(card.incident.state));
        return show(&site, &frame, &visitor, &id, StatusCode::CONFLICT).await;
    }
    if form.since != card.incident.state_since.to_string() {
        frame.refusal(&Refusal::OtherQuestion);
        return show(&site, &frame, &visitor, &id, StatusCode::CONFLICT).await;
    }
    let reason: String = form.reason.trim().chars().take(2000).collect();
    if reason.is_empty() {
        frame.refused("page-refused-incomplete");
        return show(&site, &frame, &visitor, &id, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let Ok(begun) = Arc::clone(&site.under_way).try_read_owned() else {
        return failed(&frame, &"the server was told to stop, and nothing new is begun");
    };
    let changes: Vec<_> = relied_on.iter().map(|fix| fix.step.change.clone()).collect();
    let click = Click {
        incident: &id,
        digest: &Digest::of_changes(&changes),
        person,
        groups: &BTreeSet::new(),
        asked_at: None,
        account: None,
        decision: Decision::Undo { reason: reason.clone() },
        from: PAGE,
    };
    if let Err(error) = site.service.keep(&click).await {
        return failed(&frame, &error);
    }
    // To its end, also if the browser goes away or the server is told to stop.
    let why = Remark::Said { reason, person: person.clone(), until: None };
    let (service, of) = (Arc::clone(&site.service), id.clone());
    let undoing = async move {
        let undone = Box::pin(service.undo(&of, &why)).await;
        drop(begun);
        undone
    };
    match tokio::spawn(undoing).await {
        Ok(Ok(Undone::Now(Stands::RolledBack))) => back(&id, "undone"),
        Ok(Ok(Undone::Underway)) => back(&id, "underway"),
        Ok(Ok(_)) => back(&id, "looked"),
        Ok(Err(error)) => failed(&frame, &error),
        Err(error) => failed(&frame, &error),
    }
}

/// Makes the call once more, where the accounts are files.
pub(crate) async fn call_again<W: World>(
    State(site): State<Arc<Site<W>>>,
    Path(id): Path<String>,
    Sent { visitor, .. }: Sent<Plain>,
) -> Response {
    let mut frame = Frame::inside(&visitor, &site.settings.place);
    let Ok(id) = IncidentId::try_from(id) else { return gone(&frame) };
    frame.at(&id);
    if !site.service.world().can_call() {
        return gone(&frame);
    }
    let card = match site.service.card(&id).await {
        Ok(Some(card)) => card,
        Ok(None) => return gone(&frame),
        Err(error) => return failed(&frame, &error),
    };
    if !rights::is_concerned(&card, &visitor.person, site.service.configuration()) {
        frame.not_yours(&visitor.person);
        return show(&site, &frame, &visitor, &id, StatusCode::FORBIDDEN).await;
    }
    if !rights::may_be_called_again(card.incident.state) {
        frame.refusal(&Refusal::WrongState(card.incident.state));
        return show(&site, &frame, &visitor, &id, StatusCode::CONFLICT).await;
    }
    let done = match site.service.call_again(&id).await {
        Ok(CalledAgain::Made(Called::Succeeded)) => "succeeded",
        Ok(CalledAgain::Made(Called::Denied)) => "denied",
        Ok(CalledAgain::Made(Called::Unknown)) => "unknown",
        Ok(CalledAgain::Never) => return gone(&frame),
        Err(why) => return failed(&frame, &why),
    };
    settle(&site, &id).await;
    back(&id, done)
}

fn back(id: &IncidentId, done: &str) -> Response {
    to(&format!("/incidents/{id}?done={done}"))
}

/// Waits a little while until nothing follows by itself any more.
async fn settle<W: World>(site: &Site<W>, id: &IncidentId) {
    let settled = async {
        while let Ok(Some(card)) = site.service.card(id).await {
            let state = card.incident.state;
            let moves = matches!(state, Stands::Approved | Stands::Applying | Stands::Detected);
            if !moves && !site.service.queue.is_at(id) {
                return;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    };
    // Later than that the page says that it is under way.
    let _ = tokio::time::timeout(SEE_WITHIN, settled).await;
}

fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::Gone => StatusCode::NOT_FOUND,
        Refusal::Off | Refusal::Objection(_) => StatusCode::FORBIDDEN,
        Refusal::Incomplete | Refusal::Untouched(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::OtherPlan { .. }
        | Refusal::OtherQuestion
        | Refusal::SameScope(_)
        | Refusal::WrongState(_)
        | Refusal::TooLate
        | Refusal::OtherWay { .. } => StatusCode::CONFLICT,
    }
}
