//! Lists of incidents.

use super::causes::capital;
use super::frame::Frame;
use super::{names, time};
use axum::response::Html;
use locksmith_app::incident::{Incident, State};
use locksmith_app::ports::Page;
use locksmith_view::plain::plain;
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// The states in the order of the overview: first what waits for people, then what is under way, then
/// what ended.
pub(crate) const ORDER: [State; 14] = [
    State::AwaitingApproval,
    State::Failed,
    State::Manual,
    State::Diagnosed,
    State::Detected,
    State::Approved,
    State::Applying,
    State::Applied,
    State::Verified,
    State::RolledBack,
    State::NoChangeNeeded,
    State::Rejected,
    State::Expired,
    State::Suppressed,
];

/// One page of the incidents of a state.
pub(crate) struct Listed<'a> {
    pub(crate) state: State,
    pub(crate) page: &'a Page<Incident>,
    /// Whether it is the first page.
    pub(crate) is_first: bool,
}

/// The first incidents of each state that has some.
pub(crate) fn overview(frame: &Frame<'_>, groups: &[(State, Page<Incident>)]) -> Html<String> {
    let title = frame.say("page-incidents");
    let words = frame.words;
    let mut some = groups.iter().filter(|(_, page)| !page.items.is_empty()).peekable();
    let is_empty = some.peek().is_none();
    let content = html! {
        h1 { (title) }
        (filter(frame, None))
        @if is_empty {
            p.lead { (frame.say("page-none")) }
        }
        @for (state, page) in some {
            section.group {
                h2 { (badge(frame, *state)) }
                p.soft { (words.state_sentence(*state)) }
                (table(frame, *state, &page.items))
                @if page.next.is_some() {
                    p { a href=(format!("/incidents?state={}", state.name())) {
                        (frame.with("page-all-of", &[("state", (&words.state(*state)).into())]))
                    } }
                }
            }
        }
    };
    frame.page(&title, &content)
}

/// The incidents of a state.
pub(crate) fn list(frame: &Frame<'_>, listed: &Listed<'_>) -> Html<String> {
    let Listed { state, page, is_first } = listed;
    let name = frame.words.state(*state);
    let title = frame.with("page-list-title", &[("state", (&name).into())]);
    let content = html! {
        h1 { (title) }
        p.lead { (frame.words.state_sentence(*state)) }
        (filter(frame, Some(*state)))
        @if page.items.is_empty() {
            p { (frame.say("page-none-of")) }
        } @else {
            (table(frame, *state, &page.items))
        }
        nav.pages aria-label=(frame.say("page-pages")) {
            @if !is_first {
                a href=(format!("/incidents?state={}", state.name())) { (frame.say("page-first")) }
            }
            @if let Some(next) = &page.next {
                @let next = utf8_percent_encode(next, NON_ALPHANUMERIC);
                a rel="next" href=(format!("/incidents?state={}&after={next}", state.name())) {
                    (frame.say("page-next"))
                }
            }
        }
    };
    frame.page(&title, &content)
}

/// A state with a sign of its own, so that it is not told by colour alone.
pub(super) fn badge(frame: &Frame<'_>, state: State) -> Markup {
    let (class, sign) = match state {
        State::AwaitingApproval => ("asks", "?"),
        State::Failed => ("bad", "!"),
        State::Manual => ("asks", "✎"),
        State::Detected | State::Diagnosed | State::Approved | State::Applying => ("moves", "…"),
        State::Applied => ("moves", "✓"),
        State::Verified => ("good", "✓"),
        State::RolledBack => ("rests", "↶"),
        State::NoChangeNeeded => ("rests", "="),
        State::Rejected => ("rests", "✗"),
        State::Expired => ("rests", "⌛︎"),
        State::Suppressed => ("rests", "–"),
    };
    html! {
        span class={ "state " (class) } {
            span.sign aria-hidden="true" { (sign) } " " (frame.words.state(state))
        }
    }
}

fn filter(frame: &Frame<'_>, chosen: Option<State>) -> Markup {
    html! {
        form.filter method="get" action="/incidents" {
            label for="state" { (frame.say("page-state")) }
            select #state name="state" {
                option value="" { (frame.say("page-every-state")) }
                @for state in ORDER {
                    option value=(state.name()) selected[chosen == Some(state)] {
                        (frame.words.state(state))
                    }
                }
            }
            button { (frame.say("page-show")) }
        }
    }
}

fn table(frame: &Frame<'_>, state: State, incidents: &[Incident]) -> Markup {
    let title = frame.with("page-list-title", &[("state", (&frame.words.state(state)).into())]);
    html! {
        div.scroll role="group" tabindex="0" aria-label=(title) {
            table.incidents {
                thead { tr {
                    @for id in ["page-what", "page-why", "page-count", "page-last-seen"] {
                        th scope="col" { (frame.say(id)) }
                    }
                } }
                tbody {
                    @for incident in incidents { (row(frame, incident)) }
                }
            }
        }
    }
}

fn row(frame: &Frame<'_>, incident: &Incident) -> Markup {
    let class = capital(&frame.words.class(incident.class));
    html! {
        tr {
            th scope="row" {
                a href=(format!("/incidents/{}", incident.id)) {
                    (plain(&names::caller(incident))) " → " (plain(&names::place(incident)))
                }
                small { (class)
                    @if let Some(account) = incident.principal_account {
                        " · " (account.as_str())
                        @if let Some(owner) = incident.resource_account.filter(|owner| *owner != account) {
                            " → " (owner.as_str())
                        }
                    }
                }
            }
            td.why {
                @if let Some(cause) = incident.causes.first() {
                    (super::prose(&frame.words.brief(cause)))
                }
                @if incident.causes.len() > 1 {
                    " " span.more { "+" (incident.causes.len() - 1) }
                }
            }
            td.number { (incident.count) }
            td { (time(incident.last_seen)) }
        }
    }
}
