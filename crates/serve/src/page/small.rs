//! Pages that say one thing.

use super::Frame;
use axum::response::Html;
use maud::html;

fn one(frame: &Frame<'_>, id: &str, back: bool) -> Html<String> {
    let title = frame.say(&format!("{id}.title"));
    let content = html! {
        h1 { (title) }
        p.lead { (frame.say(id)) }
        @if back { p { a.button href="/" { (frame.say("page-to-incidents")) } } }
    };
    frame.page(&title, &content)
}

/// Somebody came in.
pub(crate) fn welcome(frame: &Frame<'_>) -> Html<String> {
    one(frame, "page-welcome", true)
}

/// Where the link is to be found. Whoever comes from another site is logged in all the same: the browser
/// shows the cookie to a click on this page.
pub(crate) fn log_in(frame: &Frame<'_>) -> Html<String> {
    one(frame, "page-log-in", true)
}

/// The proxy names nobody who is known.
pub(crate) fn nobody(frame: &Frame<'_>) -> Html<String> {
    one(frame, "page-nobody", false)
}

/// Somebody went out.
pub(crate) fn left(frame: &Frame<'_>) -> Html<String> {
    one(frame, "page-left", false)
}

/// A form of a session that ended.
pub(crate) fn stale_form(frame: &Frame<'_>) -> Html<String> {
    one(frame, "page-stale", true)
}

/// There is no such page or incident.
pub(crate) fn not_found(frame: &Frame<'_>) -> Html<String> {
    one(frame, "page-not-found", true)
}

/// The store could not be asked.
pub(crate) fn failed(frame: &Frame<'_>) -> Html<String> {
    one(frame, "page-failed", true)
}
