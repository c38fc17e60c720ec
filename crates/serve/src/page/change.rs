//! What is proposed: the changes, their risk and proof, other ways, and what people have to do.

use super::causes::capital;
use super::frame::Frame;
use super::{code, document, part, prose};
use locksmith_core::plan::{Alternative, Change, Manual, Plan};
use locksmith_view::html::difference;
use locksmith_view::plain::plain;
use locksmith_view::plan::difference::of_change;
use maud::{Markup, html};

/// The width of a difference, in letters.
const WIDTH: usize = 88;

/// The changes of a plan, with what was proved of them.
pub(super) fn proposal(frame: &Frame<'_>, plan: &Plan) -> Markup {
    let words = frame.words;
    html! {
        p { (words.proof(&plan.proof)) }
        dl {
            dt { (frame.say("page-scope")) } dd { (words.scope(plan.scope)) }
            @if let Some(until) = &plan.expires_at {
                dt { (frame.say("page-ends")) } dd { (plain(until)) }
            }
        }
        (changes(frame, &plan.changes))
        p.soft.digest { (frame.say("page-digest")) " " (code(&plan.digest.to_string())) }
    }
}

/// Changes one after the other, each with its difference.
pub(super) fn changes(frame: &Frame<'_>, changes: &[Change]) -> Markup {
    html! {
        ol.changes { @for each in changes { li { (change(frame, each)) } } }
    }
}

fn change(frame: &Frame<'_>, change: &Change) -> Markup {
    let words = frame.words;
    html! {
        h3 { (prose(&capital(&words.change(change)))) }
        p { (prose(&capital(&words.change_why(change)))) }
        p.soft {
            (words.label(&frame.say("page-risk"))) strong { (words.risk(change.risk)) }
            " · " (words.risk_sentence(change.risk))
        }
        figure.change {
            figcaption { (plain(&change.target)) }
            div tabindex="0" role="group" aria-label=(frame.say("page-difference")) {
                (part(difference(&of_change(change, WIDTH))))
            }
        }
    }
}

/// Other ways to the same end. What may be approved of them stands in the form `decide` makes.
pub(super) fn alternatives(
    frame: &Frame<'_>,
    plan: &Plan,
    decide: impl Fn(&Alternative) -> Markup,
) -> Markup {
    let words = frame.words;
    html! {
        @for other in &plan.alternatives {
            details.way {
                summary {
                    (prose(&capital(&words.alternative(other))))
                    " · " (words.label(&frame.say("page-risk"))) (words.risk(other.risk))
                }
                @if let Some(proof) = &other.proof { p { (words.proof(proof)) } }
                @if !other.changes.is_empty() { (changes(frame, &other.changes)) }
                @if let Some(digest) = &other.digest {
                    p.soft.digest { (frame.say("page-digest")) " " (code(&digest.to_string())) }
                }
                (decide(other))
            }
        }
    }
}

/// What people have to do.
pub(super) fn by_hand(frame: &Frame<'_>, steps: &[Manual]) -> Markup {
    html! {
        ol.changes {
            @for step in steps {
                li {
                    p { (prose(&capital(&frame.words.manual(step)))) }
                    p.soft { (plain(&frame.words.manual_owner(step))) " · " (code(&step.target)) }
                    @if let Some(statement) = &step.statement {
                        figure { (document(statement)) }
                    }
                }
            }
        }
    }
}
