//! HTML in which the text of strangers can only be text.

use crate::plain::plain;
use core::fmt::Write as _;

/// HTML that grows. What is not written in this program's source is escaped.
#[derive(Debug, Default)]
pub(super) struct Markup {
    out: String,
}

impl Markup {
    /// Markup from the program's own source.
    pub(super) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// A number, for coordinates and ids.
    pub(super) fn number(&mut self, number: usize) -> &mut Self {
        // Writing to a string does not fail.
        let _ = write!(self.out, "{number}");
        self
    }

    /// Text, in an element or in an attribute in double quotes.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        for c in plain(text).chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\'' => self.out.push_str("&#39;"),
                c => self.out.push(c),
            }
        }
        self
    }

    /// Prose of ours, in which backticks set off code.
    pub(super) fn prose(&mut self, text: &str) -> &mut Self {
        if text.matches('`').count() % 2 == 1 {
            return self.text(text);
        }
        for (place, part) in text.split('`').enumerate() {
            if place % 2 == 1 {
                self.raw("<code>").text(part).raw("</code>");
            } else {
                self.text(part);
            }
        }
        self
    }

    /// A line's end, which `text` would show as a code.
    pub(super) fn newline(&mut self) -> &mut Self {
        self.raw("\n")
    }

    /// The page.
    pub(super) fn into_text(self) -> String {
        self.out
    }
}
