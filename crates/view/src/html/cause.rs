//! A cause, with the statement that decided.

use super::markup::Markup;
use super::parts::{fact, heading};
use crate::view::{Quote, View};
use crate::words;
use locksmith_core::diagnosis::Cause;

/// The width at which quoted statements are laid out.
const QUOTE_WIDTH: usize = 84;

/// Writes a cause as an item of a list; its message is a heading of a level.
pub(super) fn cause(view: &View<'_>, cause: &Cause, level: usize, markup: &mut Markup) {
    markup.raw("<li class=\"cause\">\n");
    heading(level, "message", &words::capital(&cause.message), markup);
    markup.raw("<dl><dt>Cause</dt><dd class=\"code\"><code>").text(&cause.code.to_string());
    markup.raw("</code>, <code>").text(&cause.action).raw("</code>");
    if let Some(account) = &cause.account {
        markup.raw(" in account ").text(account.as_str());
    }
    markup.raw("</dd>");
    fact("Where", &cause.target, true, markup);
    fact("To fix", &words::capital(&words::fix(cause)), false, markup);
    markup.raw("</dl>\n");
    if let Some(quote) = view.quote(cause) {
        statement(&quote, markup);
    }
    markup.raw("</li>\n");
}

fn statement(quote: &Quote<'_>, markup: &mut Markup) {
    markup.raw("<figure><figcaption>").raw(words::role(quote.note)).raw(": ");
    markup.text(&words::statement(quote.note, quote.target));
    if let Some(place) = &quote.place {
        markup.raw("<br><code>").text(place).raw("</code>");
    }
    if !quote.note.missed.is_empty() {
        markup.raw("<ul>");
        for missed in &quote.note.missed {
            markup.raw("<li>").text(&missed.element).raw(": expected <code>");
            markup.text(&missed.expected).raw("</code>, found <code class=\"found\">");
            markup.text(&missed.found).raw("</code></li>");
        }
        markup.raw("</ul>");
    }
    markup.raw("</figcaption>");
    if let Some(json) = &quote.json {
        markup.raw("<pre><code>");
        for (place, line) in json.lines(QUOTE_WIDTH).iter().enumerate() {
            if place > 0 {
                markup.newline();
            }
            markup.text(line);
        }
        markup.raw("</code></pre>");
    }
    markup.raw("</figure>\n");
}
