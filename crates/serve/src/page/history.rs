//! What happened to the incident so far.

use super::frame::Frame;
use super::{prose, time};
use locksmith_app::approve::{Decisions, Recorded};
use locksmith_app::card::Card;
use locksmith_app::change::{Status, Step};
use locksmith_core::plan::Scope;
use locksmith_view::plain::plain;
use maud::{Markup, html};

/// What happened, in the order in which it did.
pub(super) fn history(frame: &Frame<'_>, card: &Card, decisions: &Decisions) -> Markup {
    let incident = &card.incident;
    let mut events = vec![
        (incident.first_seen, html! { (frame.say("page-first-seen")) }),
        (incident.opened_at, html! { (frame.say("page-opened")) }),
    ];
    if incident.count > 1 {
        events.push((
            incident.last_seen,
            html! {
                (frame.with("page-seen", &[("count", incident.count.into())]))
            },
        ));
    }
    if incident.openings > 1 {
        let times = u64::from(incident.openings);
        events.push((
            incident.opened_at,
            html! {
                (frame.with("page-openings", &[("count", times.into())]))
            },
        ));
    }
    events.extend(decisions.0.iter().map(|one| (one.at, decision(frame, one))));
    for step in card.journal.iter().flat_map(|journal| &journal.steps) {
        if step.status != Status::Planned {
            events.push((step.at, done(frame, step)));
        }
    }
    events.push((
        incident.state_since,
        html! {
            (super::list::badge(frame, incident.state))
            @if let Some(remark) = &incident.remark { " " (prose(&frame.words.remark(remark))) }
        },
    ));
    events.sort_by_key(|(at, _)| *at);
    html! {
        ol.history {
            @for (at, what) in events { li { span.at { (time(at)) } div { (what) } } }
        }
    }
}

/// Who decided what, and why.
fn decision(frame: &Frame<'_>, one: &Recorded) -> Markup {
    let is_reach =
        |scope: &Scope| one.decision == "rescope" && one.reason.as_deref() == Some(scope.name());
    let scope = Scope::ALL.into_iter().find(is_reach).map(|scope| frame.words.scope(scope));
    let scope = scope.unwrap_or_default();
    let account = one.account.map(|account| account.as_str().to_owned()).unwrap_or_default();
    let id = match one.decision.as_str() {
        "approve" if account.is_empty() => "page-gave-approval",
        "approve" => "page-gave-approval-for",
        "break_glass" => "page-broke-glass",
        "rescope" => "page-did-rescope",
        "reject" => "page-did-reject",
        "suppress" => "page-did-suppress",
        _ => "page-did-undo",
    };
    let args = [
        ("person", (&one.person).into()),
        ("account", (&account).into()),
        ("scope", (&scope).into()),
    ];
    html! {
        (plain(&frame.with(id, &args)))
        @if let Some(reason) = one.reason.as_ref().filter(|_| scope.is_empty()) {
            " " q { (plain(reason)) }
        }
        @if let Some(until) = one.until { " (" (frame.say("page-until")) " " (time(until)) ")" }
    }
}

fn done(frame: &Frame<'_>, step: &Step) -> Markup {
    let id = match &step.status {
        Status::Planned => "page-step-planned",
        Status::Writing => "page-step-writing",
        Status::Written => "page-step-written",
        Status::Stood => "page-step-stood",
        Status::Failed { .. } => "page-step-failed",
        Status::Undoing => "page-step-undoing",
        Status::Undone => "page-step-undone",
        Status::Kept => "page-step-kept",
        Status::ChangedByOthers { .. } => "page-step-changed-by-others",
        Status::Stuck { .. } => "page-step-stuck",
    };
    html! {
        strong { (frame.say(id)) } " " (prose(&frame.words.change(&step.change)))
        @if let Some(why) = frame.words.why_status(&step.status) { " " (prose(&why)) }
    }
}
