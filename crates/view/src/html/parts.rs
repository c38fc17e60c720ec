//! An answer in parts, to be put into a page.

use super::cause::cause;
use super::markup::Markup;
use super::path_svg;
use crate::matrix::Matrix;
use crate::view::View;
use crate::words::{self, ENGLISH};
use locksmith_core::diagnosis::Verdict;
use locksmith_words::Words;

/// The parts of an answer.
///
/// They have no inline styles and no scripts, so that they stand in a page whose policy forbids
/// both; the page brings [`STYLE`](super::STYLE).
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    view: View<'a>,
    words: Words,
    number: usize,
    level: usize,
}

impl<'a> Parts<'a> {
    /// The parts of the only answer of a page, below its first heading.
    pub fn new(view: View<'a>) -> Self {
        Self { view, words: ENGLISH, number: 1, level: 1 }
    }

    /// The language of the picture, of the table, of what could not be seen and of how sure that is. The
    /// other parts belong to the command line, which speaks English.
    #[must_use]
    pub fn words(self, words: Words) -> Self {
        Self { words, ..self }
    }

    /// Which answer of its page it is. It makes ids, so no two of a page have the same number.
    #[must_use]
    pub fn number(self, number: usize) -> Self {
        Self { number, ..self }
    }

    /// The level of the answer's own heading, from 1 to 4, because HTML knows six and headings
    /// within it are one and two lower.
    #[must_use]
    pub fn level(self, level: usize) -> Self {
        Self { level: level.clamp(1, 4), ..self }
    }

    /// The whole answer.
    pub fn article(&self) -> Markup {
        let diagnosis = self.view.diagnosis;
        let mut markup = Markup::default();
        markup.raw("<article id=\"answer").number(self.number).raw("\">\n<header>\n");
        let class = match diagnosis.verdict {
            Verdict::Denied => "<p class=\"verdict denied\">✗ ",
            Verdict::Allowed => "<p class=\"verdict allowed\">✓ ",
            Verdict::Unknown => "<p class=\"verdict unknown\">? ",
        };
        markup.raw(class).raw(words::verdict(diagnosis.verdict)).raw("</p>\n");
        let headline = words::capital(&words::headline(diagnosis));
        heading(self.level, "headline", &headline, &mut markup);
        markup.add(&self.facts()).raw("</header>\n");
        if !diagnosis.permissions.is_empty() {
            self.section("The way of the call", &self.paths(), &mut markup);
            let mut table = self.table();
            table.add(&self.beside());
            self.section("Every permission, every policy", &table, &mut markup);
        }
        if !diagnosis.causes.is_empty() {
            let title = words::causes_heading(&diagnosis.causes);
            self.section(&title, &self.causes(), &mut markup);
        }
        if !diagnosis.unknowns.is_empty() {
            self.section("What could not be seen", &self.unknowns(), &mut markup);
        }
        self.section("How sure this is", &self.assessment(), &mut markup);
        markup.raw("</article>\n");
        markup
    }

    fn section(&self, title: &str, content: &Markup, markup: &mut Markup) {
        markup.raw("<section>\n");
        heading(self.level + 1, "title", title, markup);
        markup.add(content).raw("</section>\n");
    }

    /// Who called, on what, when, in which event: a list of terms.
    pub fn facts(&self) -> Markup {
        let call = &self.view.diagnosis.call;
        let when = words::when(self.view.diagnosis);
        let mut markup = Markup::default();
        markup.raw("<dl>");
        fact("Caller", &call.principal, true, &mut markup);
        fact("Resource", call.resource.as_deref().unwrap_or_default(), true, &mut markup);
        fact("When", &when, false, &mut markup);
        fact("Event", call.event_id.as_deref().unwrap_or_default(), true, &mut markup);
        markup.raw("</dl>\n");
        markup
    }

    /// The path of each permission through the policies as a picture, and what its symbols mean.
    pub fn paths(&self) -> Markup {
        let diagnosis = self.view.diagnosis;
        let matrix = Matrix::new(diagnosis);
        let level = self.level + 2;
        let mut markup = Markup::default();
        for (place, track) in matrix.rows.iter().enumerate() {
            markup.raw("<section class=\"track\">\n<h").number(level).raw(" class=\"name\">");
            markup.text(&track.permission.action).raw(" <small>");
            markup.text(&self.words.answer(track.permission.decision)).raw("</small></h");
            markup.number(level).raw(">\n");
            let id = self.number * 1000 + place;
            path_svg::draw(self.words, track, diagnosis, id, &mut markup);
            markup.raw("</section>\n");
        }
        path_svg::legend(self.words, &mut markup);
        markup
    }

    /// The matrix: a row for each permission, a column for each layer that has a say.
    pub fn table(&self) -> Markup {
        let matrix = Matrix::new(self.view.diagnosis);
        let mut markup = Markup::default();
        let text = |id: &str| self.words.say(id, &[]);
        markup.raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
        markup.text(&text("page-matrix")).raw("\">\n<table>\n<thead><tr>");
        for id in ["page-permission", "page-answer"] {
            markup.raw("<th scope=\"col\">").text(&text(id)).raw("</th>");
        }
        for layer in &matrix.columns {
            markup.raw("<th scope=\"col\" title=\"").text(&self.words.layer(*layer));
            markup.raw("\">").text(&self.words.layer_short(*layer)).raw("</th>");
        }
        markup.raw("</tr></thead>\n<tbody>\n");
        for row in &matrix.rows {
            let permission = row.permission;
            markup.raw("<tr><th scope=\"row\">").text(&permission.action).raw("<small>");
            markup.text(&words::target(self.words, permission, 28)).raw("</small></th><td>");
            markup.text(&self.words.answer(permission.decision)).raw("</td>");
            for layer in &matrix.columns {
                path_svg::cell(self.words, row.station(*layer), &mut markup);
            }
            markup.raw("</tr>\n");
        }
        markup.raw("</tbody></table></div>\n");
        markup
    }

    /// Which causes no cell of the table shows, by their numbers in the list.
    fn beside(&self) -> Markup {
        let mut markup = Markup::default();
        for (permission, note) in Matrix::new(self.view.diagnosis).beside() {
            markup
                .raw("<p><code>")
                .text(&permission.action)
                .raw("</code>: ")
                .text(&note)
                .raw("</p>\n");
        }
        markup
    }

    /// The causes in the order in which to fix them: a numbered list, with statements quoted.
    pub fn causes(&self) -> Markup {
        let mut markup = Markup::default();
        markup.raw("<ol class=\"causes\">\n");
        for each in &self.view.diagnosis.causes {
            cause(&self.view, each, self.level + 2, &mut markup);
        }
        markup.raw("</ol>\n");
        markup
    }

    /// What could not be seen: a list.
    pub fn unknowns(&self) -> Markup {
        let mut markup = Markup::default();
        markup.raw("<ul class=\"unknowns\">\n");
        for (place, why) in words::unknowns(self.words, self.view.diagnosis) {
            markup.raw("<li>");
            path_svg::unseen(&mut markup);
            if !place.is_empty() {
                markup.raw("<strong>").text(&self.words.label(&place)).raw("</strong>");
            }
            markup.prose(&why).raw("</li>\n");
        }
        markup.raw("</ul>\n");
        markup
    }

    /// What AWS said, whether the key is trusted, how sure the diagnosis is.
    pub fn assessment(&self) -> Markup {
        let diagnosis = self.view.diagnosis;
        let mut markup = Markup::default();
        if let Some(message) = &diagnosis.aws_message {
            if let Some(text) = &message.text {
                markup.raw("<blockquote>").text(text).raw("</blockquote>\n");
            }
            let means = self.words.aws_message(message, diagnosis.verdict);
            markup.raw("<p>").text(&means).raw("</p>\n");
        }
        markup.raw("<dl>");
        if let Some(trust) = diagnosis.key_trust {
            let trust = words::capital(&self.words.key_trust(trust));
            fact(&self.words.say("key-trust", &[]), &trust, false, &mut markup);
        }
        let confidence = words::capital(&self.words.confidence(diagnosis.confidence));
        fact(&self.words.say("label-confidence", &[]), &confidence, false, &mut markup);
        markup.raw("</dl>\n");
        markup
    }
}

/// A heading of ours, in which backticks set off code.
pub(super) fn heading(level: usize, class: &'static str, text: &str, markup: &mut Markup) {
    markup.raw("<h").number(level).raw(" class=\"").raw(class).raw("\">");
    markup.prose(text).raw("</h").number(level).raw(">\n");
}

/// A term and what it is, where it is known.
pub(super) fn fact(name: &str, value: &str, is_code: bool, markup: &mut Markup) {
    if value.is_empty() {
        return;
    }
    markup.raw("<dt>").text(name).raw("</dt><dd>");
    if is_code {
        markup.raw("<code>").text(value).raw("</code>");
    } else {
        markup.text(value);
    }
    markup.raw("</dd>");
}
