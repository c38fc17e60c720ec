//! The matrix: a row for each permission, a column for each layer that has a say.

use super::frame::Frame;
use super::names;
use locksmith_core::diagnosis::{Diagnosis, Permission};
use locksmith_core::evaluate::{Answer, Layer, Outcome};
use locksmith_view::plain::plain;
use maud::{Markup, html};

/// The matrix of a diagnosis.
pub(super) fn matrix(frame: &Frame<'_>, diagnosis: &Diagnosis) -> Markup {
    let words = frame.words;
    let rows = &diagnosis.permissions;
    let has_say = |layer: &Layer| rows.iter().any(|row| shown(row, *layer).is_some());
    let columns: Vec<Layer> = Layer::ALL.into_iter().filter(has_say).collect();
    html! {
        div.scroll role="group" tabindex="0" aria-label=(frame.say("page-matrix")) {
            table.matrix {
                thead { tr {
                    th scope="col" { (frame.say("page-permission")) }
                    th scope="col" { (frame.say("page-answer")) }
                    @for layer in &columns { th scope="col" { (words.layer_short(*layer)) } }
                } }
                tbody {
                    @for row in rows {
                        tr {
                            th scope="row" {
                                (plain(&row.action))
                                small { (plain(&names::resource(&row.resource))) }
                            }
                            (answer(frame, row.decision))
                            @for layer in &columns {
                                @match shown(row, *layer) {
                                    Some(outcome) => (cell(frame, outcome)),
                                    None => td.none { "·" span.quiet { (words.outcome(Outcome::NotApplicable)) } },
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What a layer says, if it has a say.
fn shown(row: &Permission, layer: Layer) -> Option<Outcome> {
    let cell = row.layers.iter().find(|cell| cell.layer == layer)?;
    Some(cell.outcome).filter(|outcome| *outcome != Outcome::NotApplicable)
}

fn cell(frame: &Frame<'_>, outcome: Outcome) -> Markup {
    let (class, sign) = match outcome {
        Outcome::Allow => ("pass", "✓"),
        Outcome::NoAllow => ("stop", "∅"),
        Outcome::ExplicitDeny => ("deny", "✗"),
        Outcome::Unknown => ("unseen", "?"),
        Outcome::NotApplicable => ("none", "·"),
    };
    html! {
        td class=(class) {
            span.sign aria-hidden="true" { (sign) } " " (frame.words.outcome(outcome))
        }
    }
}

fn answer(frame: &Frame<'_>, answer: Answer) -> Markup {
    let (class, sign) = match answer {
        Answer::Allowed => ("pass", "✓"),
        Answer::ImplicitlyDenied | Answer::ExplicitlyDenied => ("deny", "✗"),
        Answer::Unknown => ("unseen", "?"),
    };
    html! {
        td class=(class) { span.sign aria-hidden="true" { (sign) } " " (frame.words.answer(answer)) }
    }
}
