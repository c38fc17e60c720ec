//! One incident: what was denied, why, what would mend it, what owners are asked, what was done.

use super::frame::Frame;
use super::list::badge;
use super::{again, causes, change, code, decide, history, matrix, names, part, prose, time};
use axum::response::Html;
use jiff::Timestamp;
use locksmith_app::approve::Decisions;
use locksmith_app::card::Card;
use locksmith_app::config::Configuration;
use locksmith_app::fix::Fix;
use locksmith_app::incident::State;
use locksmith_core::diagnosis::Diagnosis;
use locksmith_core::plan::Plan;
use locksmith_view::View;
use locksmith_view::html::Parts;
use locksmith_view::plain::plain;
use maud::{Markup, html};

/// An incident, and who looks at it.
pub(crate) struct Standing<'a> {
    pub(crate) card: &'a Card,
    /// Everything that was ever decided on the incident.
    pub(crate) decisions: &'a Decisions,
    /// What stands by our doing and is relied on by the incident.
    pub(crate) relied_on: &'a [Fix],
    pub(crate) person: &'a str,
    pub(crate) form_token: &'a str,
    pub(crate) configuration: &'a Configuration,
    /// Whether calls can be made here.
    pub(crate) can_call: bool,
    pub(crate) now: Timestamp,
}

/// The page of an incident.
pub(crate) fn incident(frame: &Frame<'_>, standing: &Standing<'_>) -> Html<String> {
    let card = standing.card;
    let title = headline(frame, card);
    let content = html! {
        (head(frame, card, &title))
        div.columns {
            div.read { (why(frame, card)) (what(frame, standing)) }
            aside.decide aria-labelledby="now" { (now(frame, standing)) }
            div.more { (details(frame, standing)) }
        }
    };
    frame.page(&title, &content)
}

/// Who was denied what.
fn headline(frame: &Frame<'_>, card: &Card) -> String {
    let who = names::caller(&card.incident);
    let what = names::target(card);
    match &card.diagnosis {
        Some(diagnosis) => frame.with(
            "page-headline",
            &[
                ("who", (&who).into()),
                ("operation", (&diagnosis.call.operation).into()),
                ("what", (&what).into()),
            ],
        ),
        None => {
            frame.with("page-headline-early", &[("who", (&who).into()), ("what", (&what).into())])
        }
    }
}

fn head(frame: &Frame<'_>, card: &Card, title: &str) -> Markup {
    let incident = &card.incident;
    let caller = incident.principal_arn.as_ref().unwrap_or(&incident.principal);
    let call = card.diagnosis.as_ref().map(|diagnosis| &diagnosis.call);
    let resource = call.and_then(|call| call.resource.as_ref()).unwrap_or(&incident.resource);
    html! {
        header.head {
            p { (badge(frame, incident.state)) }
            h1 { (plain(title)) }
            p.lead { (frame.words.state_sentence(incident.state)) }
            dl {
                dt { (frame.say("page-caller")) } dd { (code(caller)) }
                dt { (frame.say("page-resource")) } dd { (code(resource)) }
                dt { (frame.say("page-denials")) }
                dd {
                    (frame.with("page-denials-since", &[("count", incident.count.into())])) " "
                    (time(incident.first_seen))
                    @if incident.last_seen != incident.first_seen {
                        ", " (frame.say("page-lately")) " " (time(incident.last_seen))
                    }
                }
            }
        }
    }
}

fn why(frame: &Frame<'_>, card: &Card) -> Markup {
    html! {
        section aria-labelledby="why" {
            h2 #why { (frame.say("page-why-denied")) }
            @match &card.diagnosis {
                None => p { (frame.say("page-not-diagnosed")) },
                Some(diagnosis) => {
                    (causes::causes(frame, diagnosis))
                    p.soft { (causes::capital(&frame.words.confidence(diagnosis.confidence))) }
                    (causes::unknowns(frame, &diagnosis.unknowns))
                },
            }
        }
    }
}

fn what(frame: &Frame<'_>, standing: &Standing<'_>) -> Markup {
    let Some(plan) = &standing.card.plan else { return html! {} };
    html! {
        @if !plan.changes.is_empty() {
            section aria-labelledby="change" {
                h2 #change { (frame.say(proposed(standing.card, plan))) }
                (change::proposal(frame, plan))
            }
        }
        @if !plan.manual.is_empty() {
            section aria-labelledby="by-hand" {
                h2 #by-hand { (frame.say("page-by-hand")) }
                (change::by_hand(frame, &plan.manual))
            }
        }
        @if !plan.alternatives.is_empty() {
            section aria-labelledby="ways" {
                h2 #ways { (frame.say("page-other-ways")) }
                (change::alternatives(frame, plan, |other| {
                    decide::other_way(frame, standing, plan, other)
                }))
            }
        }
    }
}

/// The changes are proposed, were made, or are a part of what is needed.
fn proposed(card: &Card, plan: &Plan) -> &'static str {
    match card.incident.state {
        State::Applied | State::Verified => "page-change-made",
        State::RolledBack => "page-change-undone",
        _ if plan.resolves => "page-change",
        _ => "page-change-part",
    }
}

/// What the incident waits for, and what can be done.
fn now(frame: &Frame<'_>, standing: &Standing<'_>) -> Markup {
    let card = standing.card;
    let moves = matches!(card.incident.state, State::Detected | State::Approved | State::Applying);
    html! {
        h2 #now {
            @if card.question.is_some() { (frame.say("page-decision")) } @else { (frame.say("page-now")) }
        }
        @if let (Some(question), Some(plan)) = (&card.question, &card.plan) {
            (decide::question(frame, standing, plan, question))
        } @else {
            p { (badge(frame, card.incident.state)) }
            p { (frame.say("page-since")) " " (time(card.incident.state_since)) }
            @if let Some(remark) = &card.incident.remark {
                p.note { (prose(&frame.words.remark(remark))) }
            }
            @if let Some(at) = card.incident.look_again_at {
                p.soft { (frame.say("page-look-again")) " " (time(at)) }
            }
        }
        @if moves {
            p { a.button href=(format!("/incidents/{}", card.incident.id)) { (frame.say("page-reload")) } }
        }
        (again::call_again(frame, standing))
        (again::undo(frame, standing))
    }
}

fn details(frame: &Frame<'_>, standing: &Standing<'_>) -> Markup {
    let card = standing.card;
    html! {
        @if let Some(diagnosis) = &card.diagnosis { (evidence(frame, diagnosis)) }
        section aria-labelledby="history" {
            h2 #history { (frame.say("page-history")) }
            (history::history(frame, card, standing.decisions))
            p.soft { (frame.say("page-incident")) " " (code(&card.incident.id.to_string())) }
        }
    }
}

fn evidence(frame: &Frame<'_>, diagnosis: &Diagnosis) -> Markup {
    if diagnosis.permissions.is_empty() {
        return html! {};
    }
    let parts = Parts::new(View::alone(diagnosis)).words(frame.words);
    html! {
        section aria-labelledby="matrix" {
            h2 #matrix { (frame.say("page-matrix")) }
            (matrix::matrix(frame, diagnosis))
        }
        section aria-labelledby="path" {
            h2 #path { (frame.say("page-path")) }
            (part(parts.paths()))
        }
    }
}
