//! What may be done beside deciding: calling again where the accounts are files, and taking back.

use super::decide::reason;
use super::frame::Frame;
use super::incident::Standing;
use crate::rights::{may_be_undone, may_undo};
use locksmith_app::change::Step;
use locksmith_app::incident::State;
use maud::{Markup, html};

/// The button that makes the call once more.
pub(super) fn call_again(frame: &Frame<'_>, standing: &Standing<'_>) -> Markup {
    let incident = &standing.card.incident;
    let makes_sense =
        !matches!(incident.state, State::Detected | State::Approved | State::Applying);
    html! {
        @if standing.can_call && makes_sense {
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
    let card = standing.card;
    if !may_be_undone(card) {
        return html! {};
    }
    let steps = card.journal.iter().flat_map(|journal| &journal.steps);
    let standing_steps: Vec<&Step> = steps.filter(|step| step.may_stand()).collect();
    html! {
        details {
            summary { (frame.say("page-undo")) }
            ul {
                @for step in standing_steps { li { (super::prose(&frame.words.inverse(&step.change))) } }
            }
            @if may_undo(card, standing.person, standing.configuration) {
                form method="post" action=(format!("/incidents/{}/undo", card.incident.id))
                    aria-label=(frame.say("page-undo")) {
                    input type="hidden" name="form_token" value=(standing.form_token);
                    (reason(frame, "undo"))
                    button { (frame.say("page-undo-now")) }
                }
            } @else {
                p.note { (frame.say("page-refused-undo")) }
            }
        }
    }
}
