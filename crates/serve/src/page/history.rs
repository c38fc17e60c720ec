//! What happened to the incident so far.

use super::frame::Frame;
use super::{prose, time};
use locksmith_app::approve::{Approval, Ended};
use locksmith_app::card::Card;
use locksmith_app::change::{Status, Step};
use locksmith_view::plain::plain;
use maud::{Markup, html};

/// What happened, in the order in which it did.
pub(super) fn history(frame: &Frame<'_>, card: &Card) -> Markup {
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
    events.extend(card.approvals.given.iter().map(|given| (given.at, approval(frame, given))));
    let undo = card.approvals.undo.iter().map(|undo| ("page-did-undo", undo));
    for (id, ended) in card.approvals.ended.iter().map(refused).chain(undo) {
        events.push((ended.at, end(frame, id, ended)));
    }
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

fn approval(frame: &Frame<'_>, given: &Approval) -> Markup {
    let id = if given.break_glass.is_some() { "page-broke-glass" } else { "page-gave-approval" };
    let args = [("person", (&given.person).into()), ("account", given.account.as_str().into())];
    html! {
        (plain(&frame.with(id, &args)))
        @if let Some(reason) = &given.break_glass { " " q { (plain(reason)) } }
    }
}

fn refused(ended: &Ended) -> (&'static str, &Ended) {
    (if ended.until.is_some() { "page-did-suppress" } else { "page-did-reject" }, ended)
}

fn end(frame: &Frame<'_>, id: &str, ended: &Ended) -> Markup {
    html! {
        (plain(&frame.with(id, &[("person", (&ended.person).into())])))
        " " q { (plain(&ended.reason)) }
        @if let Some(until) = ended.until { " (" (frame.say("page-until")) " " (time(until)) ")" }
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
