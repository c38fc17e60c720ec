//! HTML in which the text of strangers can only be text.

use crate::plain::plain;
use core::fmt::Write as _;

/// HTML that grows. What is not written in this program's source is escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup {
    out: String,
}

impl Markup {
    /// Markup from the program's own source.
    pub fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// A number, for coordinates and ids.
    pub fn number(&mut self, number: usize) -> &mut Self {
        // Writing to a string does not fail.
        let _ = write!(self.out, "{number}");
        self
    }

    /// Text, in an element or in an attribute in double quotes.
    pub fn text(&mut self, text: &str) -> &mut Self {
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
    pub fn prose(&mut self, text: &str) -> &mut Self {
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
    pub fn newline(&mut self) -> &mut Self {
        self.raw("\n")
    }

    /// Markup that was made before.
    pub fn add(&mut self, markup: &Self) -> &mut Self {
        self.out.push_str(&markup.out);
        self
    }

    /// The HTML.
    pub fn as_str(&self) -> &str {
        &self.out
    }

    /// The HTML.
    pub fn into_text(self) -> String {
        self.out
    }
}
