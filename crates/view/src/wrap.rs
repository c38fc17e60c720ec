//! Styled text in lines of a width.

use crate::style::DIM;
use anstyle::Style;
use core::fmt::Write as _;

/// A piece of text in one style.
pub(crate) type Span = (Style, String);

/// Lines of styled text.
pub(crate) struct Page {
    out: String,
    width: usize,
}

impl Page {
    /// An empty page.
    pub(crate) fn new(width: usize) -> Self {
        Self { out: String::new(), width }
    }

    /// How many columns a line has.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The text.
    pub(crate) fn into_text(self) -> String {
        self.out
    }

    /// An empty line.
    pub(crate) fn gap(&mut self) {
        self.out.push('\n');
    }

    /// A rule across the page, which numbers what follows.
    pub(crate) fn rule(&mut self, number: usize, of: usize) {
        let title = format!("── {number} of {of} ");
        let rule = "─".repeat(self.width.saturating_sub(length(&title)));
        self.line(0, &[(DIM, title + &rule)]);
    }

    /// A line as it is; what is too long is left to the terminal, so that it can be copied whole.
    pub(crate) fn line(&mut self, indent: usize, spans: &[Span]) {
        self.out.push_str(&" ".repeat(indent));
        let last = spans.len().saturating_sub(1);
        for (place, (style, text)) in spans.iter().enumerate() {
            let text = if place == last { text.trim_end() } else { text };
            // Writing to a string does not fail.
            let _ = if *style == Style::new() {
                self.out.write_str(text)
            } else {
                write!(self.out, "{style}{text}{style:#}")
            };
        }
        self.out.push('\n');
    }

    /// A paragraph behind a label; its further lines are indented as far as the label reaches.
    /// Words are never broken.
    pub(crate) fn paragraph(&mut self, indent: usize, label: Span, spans: &[Span]) {
        let left = indent + length(&label.1);
        let mut line = vec![label];
        let mut at = indent;
        let mut taken = left;
        for word in words(spans) {
            let wanted: usize = word.iter().map(|(_, text)| length(text)).sum();
            if taken > left && taken + 1 + wanted > self.width {
                self.line(at, &line);
                line.clear();
                at = left;
                taken = left;
            }
            if taken > left {
                line.push((Style::new(), " ".to_owned()));
                taken += 1;
            }
            taken += wanted;
            line.extend(word);
        }
        self.line(at, &line);
    }
}

/// Wraps a text whose lines are paragraphs, some behind a bullet (`- `). Further lines are indented as
/// far as the words of the first; words, such as ARNs, are never broken.
pub fn prose(text: &str, width: usize) -> String {
    let mut page = Page::new(width);
    for line in text.lines() {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let words = line.trim_start_matches(' ');
        let (bullet, words) = match words.strip_prefix("- ") {
            Some(words) => ("- ", words),
            None => ("", words),
        };
        if words.is_empty() {
            page.gap();
        } else {
            let label = (Style::new(), bullet.to_owned());
            page.paragraph(indent, label, &[(Style::new(), words.to_owned())]);
        }
    }
    page.into_text()
}

/// How many columns a text takes.
pub(crate) fn length(text: &str) -> usize {
    text.chars().count()
}

/// Splits at spaces; what stands together stays together, also where its style changes.
fn words(spans: &[Span]) -> Vec<Vec<Span>> {
    let mut words: Vec<Vec<Span>> = Vec::new();
    let mut joined = false;
    for (style, text) in spans {
        for (place, part) in text.split(' ').enumerate() {
            joined &= place == 0;
            if part.is_empty() {
                continue;
            }
            let part = (*style, part.to_owned());
            match words.last_mut() {
                Some(word) if joined => word.push(part),
                _ => words.push(vec![part]),
            }
            joined = true;
        }
        joined &= !text.ends_with(' ');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{Page, Style, prose};

    #[test]
    fn a_text_keeps_its_indents_and_bullets() {
        let text =
            "Why\n  - no policy allows it\n\n  arn:aws:iam::222222222222:role/R\nNow: it waits\n";
        assert_eq!(
            prose(text, 20),
            "Why\n  - no policy allows\n    it\n\n  arn:aws:iam::222222222222:role/R\nNow: it waits\n"
        );
    }

    #[test]
    fn words_stay_whole_and_lines_stay_short() {
        let mut page = Page::new(20);
        let plain = |text: &str| (Style::new(), text.to_owned());
        let spans = [plain("one two, "), plain("thr"), plain("ee four five")];
        page.paragraph(1, plain("a: "), &spans);
        page.paragraph(1, plain("b: "), &[plain("much-longer-than-the-width c")]);
        assert_eq!(
            page.into_text(),
            " a: one two, three\n    four five\n b: much-longer-than-the-width\n    c\n"
        );
    }
}
