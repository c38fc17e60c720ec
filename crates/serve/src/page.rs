//! The pages: what stands on them, in the reader's language, without any script.
//!
//! What comes from events and policies was written by strangers. It goes through
//! [`plain`](locksmith_view::plain::plain), which shows what is hidden, and maud escapes it.

mod again;
mod causes;
mod change;
mod decide;
mod frame;
mod history;
mod incident;
mod list;
mod matrix;
mod names;
mod small;

pub(crate) use frame::Frame;
pub(crate) use incident::{Standing, incident};
pub(crate) use list::{Listed, ORDER, list, overview};
pub(crate) use small::{failed, left, log_in, nobody, not_found, stale_form, welcome};

use jiff::Timestamp;
use locksmith_app::card::minute;
use locksmith_view::html::Markup as Escaped;
use locksmith_view::plain::plain;
use maud::{Markup, PreEscaped, html};

/// The picture in the browser's tab: a keyhole.
pub(crate) const ICON: &str = include_str!("page/icon.svg");

/// The style sheet: that of the answers, and the page's own.
pub(crate) fn style() -> String {
    [locksmith_view::html::STYLE, include_str!("page/style.css")].concat()
}

/// A name that a stranger chose.
fn code(text: &str) -> Markup {
    html! { code { (plain(text)) } }
}

/// Prose in which backticks set off code.
fn prose(text: &str) -> Markup {
    let mut escaped = Escaped::default();
    escaped.prose(text);
    PreEscaped(escaped.into_text())
}

/// A part that another crate made, and escaped.
fn part(escaped: Escaped) -> Markup {
    PreEscaped(escaped.into_text())
}

/// A time, to the minute, in UTC.
fn time(at: Timestamp) -> Markup {
    html! { time datetime=(format!("{at:.0}")) { (minute(at)) } }
}

/// A policy document or a statement, laid out.
fn document(value: &serde_json::Value) -> Markup {
    let lines = locksmith_view::json::Json::of(value).lines(80);
    html! { pre tabindex="0" { code { (lines.join("\n")) } } }
}
