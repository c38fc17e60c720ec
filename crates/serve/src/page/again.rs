//! What may be done beside deciding: calling again where the accounts are files, and taking back.

use super::decide::reason;
use super::frame::Frame;
use super::incident::Standing;
use crate::rights::{is_concerned, may_be_called_again, may_undo};
use locksmith_app::fix::Fix;
use locksmith_app::incident::{IncidentId, State};
use locksmith_core::plan::Change;
use maud::{Markup, html};

/// The button that makes the call once more.
pub(super) fn call_again(frame: &Frame<'_>, standing: &Standing<'_>) -> Markup {
    let Standing { card, person, configuration, .. } = standing;
    let incident = &card.incident;
    let may = may_be_called_again(incident.state) && is_concerned(card, person, configuration);
    html! {
        @if standing.can_call && may {
            form method="post" action=(format!("/incidents/{}/again", incident.id)) {
                input type="hidden" name="form_token" value=(standing.form_token);
                @if incident.state == State::Applied {
                    button.primary { (frame.say("page-call-again")) }
                } @else {
                    button { (frame.say("page-call-again")) }
                }
                p.soft.small { (frame.say("page-call-again-means")) }
            }
        }
    }
}

/// The form that takes a change back, with what that does.
pub(super) fn undo(frame: &Frame<'_>, standing: &Standing<'_>) -> Markup {
    let Standing { card, relied_on, person, configuration, .. } = standing;
    let incident = &card.incident;
    if relied_on.is_empty() || !incident.state.has_changes() {
        return html! {};
    }
    html! {
        details {
            summary { (frame.say("page-undo")) }
            ul {
                @for change in going(&incident.id, relied_on) {
                    li { (super::prose(&frame.words.inverse(change))) }
                }
            }
            @if may_undo(relied_on, person, configuration) {
                form method="post" action=(format!("/incidents/{}/undo", incident.id))
                    aria-label=(frame.say("page-undo")) {
                    input type="hidden" name="form_token" value=(standing.form_token);
                    input type="hidden" name="since" value=(incident.state_since.to_string());
                    (reason(frame, "undo"))
                    button { (frame.say("page-undo-now")) }
                }
            } @else {
                p.note { (frame.say("page-refused-undo")) }
            }
        }
    }
}

/// The changes that are taken back: what other incidents rely on stays. One change may have made several
/// fixes.
fn going<'a>(id: &IncidentId, relied_on: &'a [Fix]) -> Vec<&'a Change> {
    let mut going: Vec<&Change> = Vec::new();
    for fix in relied_on.iter().filter(|fix| !fix.is_shared(id)) {
        if !going.contains(&&fix.step.change) {
            going.push(&fix.step.change);
        }
    }
    going
}
