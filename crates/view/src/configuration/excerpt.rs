//! The line that a problem stands on, with what is meant underlined.

use crate::plain::plain;
use crate::style::{DIM, NORMAL};
use crate::wrap::{Page, length};
use anstyle::Style;
use locksmith_app::config::Place;

/// Draws the line, and below it a mark in a colour. Of a line that is longer than the page the part
/// around the place is shown.
pub(super) fn draw(page: &mut Page, text: &str, place: Place, style: Style) {
    let Some(line) = text.lines().nth(place.line.saturating_sub(1)) else { return };
    let part = |skip: usize, take: usize| {
        let part: String = line.chars().skip(skip).take(take).collect();
        // A tab is one character, as in the column.
        plain(&part.replace('\t', " ")).into_owned()
    };
    let skip = place.column.saturating_sub(1);
    let shown = part(0, skip) + &part(skip, usize::MAX);
    let (at, wide) = (length(&part(0, skip)), length(&part(skip, place.width)).max(1));

    let number = place.line.to_string();
    let room = page.width().saturating_sub(number.len() + 3).max(20);
    let window = Window::around(at, wide, length(&shown), room);
    let gutter = " ".repeat(number.len());
    page.line(0, &[(DIM, format!("{number} | ")), (NORMAL, window.cut(&shown))]);
    let marks = "^".repeat(wide.min(window.end.saturating_sub(at)).max(1));
    let mark = (style, " ".repeat(window.column(at)) + &marks);
    page.line(0, &[(DIM, format!("{gutter} | ")), mark]);
}

/// The characters of a line that are shown.
struct Window {
    start: usize,
    end: usize,
    length: usize,
}

impl Window {
    fn around(at: usize, wide: usize, length: usize, room: usize) -> Self {
        if length <= room {
            return Self { start: 0, end: length, length };
        }
        // A sign for what is left out stands at either end.
        let room = room - 2;
        let end = (at + wide.min(room)).max(room).min(length);
        Self { start: end.saturating_sub(room), end, length }
    }

    fn cut(&self, line: &str) -> String {
        let before = if self.start > 0 { "…" } else { "" };
        let after = if self.end < self.length { "…" } else { "" };
        let shown: String = line.chars().skip(self.start).take(self.end - self.start).collect();
        [before, &shown, after].concat()
    }

    fn column(&self, at: usize) -> usize {
        at.saturating_sub(self.start) + usize::from(self.start > 0)
    }
}
