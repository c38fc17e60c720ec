//! Why the call was denied: the causes, what could not be seen, how sure that is.

use super::frame::Frame;
use super::{code, document, prose};
use locksmith_core::diagnosis::{Cause, Diagnosis, Fix, Unknown};
use locksmith_view::plain::plain;
use maud::{Markup, html};

/// The causes, in the order in which to fix them.
pub(super) fn causes(frame: &Frame<'_>, diagnosis: &Diagnosis) -> Markup {
    html! {
        @if diagnosis.causes.is_empty() {
            p { (frame.say("page-no-causes")) }
        } @else {
            ol.causes { @for each in &diagnosis.causes { (cause(frame, each, diagnosis)) } }
        }
    }
}

fn cause(frame: &Frame<'_>, cause: &Cause, diagnosis: &Diagnosis) -> Markup {
    let words = frame.words;
    let fix = match cause.fix {
        Fix::Automatic => "page-fix-automatic",
        Fix::Manual => "page-fix-manual",
        Fix::None => "page-fix-none",
    };
    html! {
        li.cause {
            h3.message { (prose(&capital(&words.cause(cause, diagnosis)))) }
            p.soft {
                (frame.say(fix)) " · " (code(&cause.code.to_string()))
                @if let Some(account) = cause.account { " · " (account.as_str()) }
            }
            @if let Some(note) = &cause.statement {
                figure {
                    figcaption {
                        (plain(&note.policy))
                        @if let Some(sid) = &note.sid { " · " (code(sid)) }
                        @if !note.missed.is_empty() {
                            ul {
                                @for missed in &note.missed {
                                    li {
                                        (words.label(&plain(&missed.element)))
                                        (frame.say("page-expected")) " " (code(&missed.expected)) " · "
                                        (frame.say("page-found")) " " code.found { (plain(&words.found(&missed.found))) }
                                    }
                                }
                            }
                        }
                    }
                    @if let Some(statement) = &note.statement { (document(statement)) }
                }
            }
        }
    }
}

/// What could not be seen.
pub(super) fn unknowns(frame: &Frame<'_>, unknowns: &[Unknown]) -> Markup {
    html! {
        @if !unknowns.is_empty() {
            details {
                summary { (frame.with("page-unknowns", &[("count", (unknowns.len() as u64).into())])) }
                ul.unknowns {
                    @for unknown in unknowns {
                        li {
                            @if let Some(layer) = unknown.layer {
                                strong { (frame.words.label(&frame.words.layer_short(layer))) }
                            }
                            (prose(&frame.words.unknown(unknown)))
                        }
                    }
                }
            }
        }
    }
}

/// The first letter large, as sentences begin; names in code keep theirs.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    first.map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
