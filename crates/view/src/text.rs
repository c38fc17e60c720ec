//! The view for a terminal.

use crate::matrix::Matrix;
use crate::path::Signal;
use crate::plain::plain;
use crate::style::{self, BOLD, DIM, NORMAL};
use crate::view::{Quote, View};
use crate::words::{self, ENGLISH};
use crate::wrap::{Page, Span};
use locksmith_core::diagnosis::{Cause, Diagnosis, Missed};

/// More of a statement than this hides the rest of the answer.
const LONGEST_QUOTE: usize = 30;

/// Renders answers, coloured, for a width.
pub fn render(views: &[View<'_>], width: usize) -> String {
    let mut page = Page::new(width);
    for (place, view) in views.iter().enumerate() {
        if views.len() > 1 {
            if place > 0 {
                page.gap();
            }
            page.rule(place + 1, views.len());
            page.gap();
        }
        answer(view, &mut page);
    }
    page.into_text()
}

/// What to do next, below the last answer, for a width.
pub fn next(remedy: &str, width: usize) -> String {
    let mut page = Page::new(width);
    page.gap();
    page.paragraph(0, (style::HELP, "Next: ".to_owned()), &[normal(plain(remedy))]);
    page.into_text()
}

fn answer(view: &View<'_>, page: &mut Page) {
    let diagnosis = view.diagnosis;
    let verdict = words::verdict(diagnosis.verdict).to_uppercase();
    let label = (style::verdict(diagnosis.verdict), verdict + "  ");
    let sentence = words::capital(&words::headline(diagnosis));
    page.paragraph(0, label, &[bold(sentence)]);
    page.gap();
    call(diagnosis, page);
    if !diagnosis.permissions.is_empty() {
        page.gap();
        Matrix::new(diagnosis).print(page);
    }
    if !diagnosis.causes.is_empty() {
        page.gap();
        heading(&words::causes_heading(&diagnosis.causes), page);
        for (place, each) in diagnosis.causes.iter().enumerate() {
            page.gap();
            cause(view, place + 1, each, page);
        }
    }
    if !diagnosis.unknowns.is_empty() {
        page.gap();
        heading("What could not be seen", page);
        for (place, why) in words::unknowns(ENGLISH, diagnosis) {
            unknown(&place, &why, page);
        }
    }
    page.gap();
    assessment(diagnosis, page);
}

fn call(diagnosis: &Diagnosis, page: &mut Page) {
    let call = &diagnosis.call;
    let mut fact = |label: &str, value: &str| {
        if !value.is_empty() {
            page.line(2, &[dim(format!("{label:<10}")), normal(plain(value))]);
        }
    };
    fact("caller", &call.principal);
    fact("resource", call.resource.as_deref().unwrap_or_default());
    fact("when", &words::when(diagnosis));
    fact("event", call.event_id.as_deref().unwrap_or_default());
}

fn cause(view: &View<'_>, number: usize, cause: &Cause, page: &mut Page) {
    let label = format!("{number:>2}  ");
    page.paragraph(0, bold(label), &[bold(words::capital(&plain(&cause.message)))]);
    let account = cause.account.map_or(String::new(), |id| format!(" in account {id}"));
    let code = format!("{}, {}{account}", cause.code, plain(&cause.action));
    page.line(4, &[dim(code)]);
    page.line(4, &[normal(plain(&cause.target))]);
    page.paragraph(4, dim("To fix: "), &[normal(words::fix(cause))]);
    if let Some(quote) = view.quote(cause) {
        page.gap();
        statement(&quote, page);
    }
}

fn statement(quote: &Quote<'_>, page: &mut Page) {
    let label = format!("{}: ", words::role(quote.note));
    page.paragraph(4, dim(label), &[normal(words::statement(quote.note, quote.target))]);
    if let Some(place) = &quote.place {
        page.line(4, &[dim(plain(place))]);
    }
    for each in &quote.note.missed {
        missed(each, page);
    }
    let Some(json) = &quote.json else { return };
    if !quote.note.missed.is_empty() {
        page.gap();
    }
    let lines = json.lines(page.width().saturating_sub(6));
    for line in lines.iter().take(LONGEST_QUOTE) {
        page.line(6, &[normal(line)]);
    }
    if let Some(more @ 1..) = lines.len().checked_sub(LONGEST_QUOTE) {
        page.line(6, &[dim(format!("… {more} more lines"))]);
    }
}

fn missed(missed: &Missed, page: &mut Page) {
    page.line(6, &[normal(plain(&missed.element))]);
    page.paragraph(8, dim("expected  "), &[normal(plain(&missed.expected))]);
    let found = (style::signal(Signal::Stop), plain(&missed.found).into_owned());
    page.paragraph(8, dim("found     "), &[found]);
}

fn unknown(place: &str, why: &str, page: &mut Page) {
    let mark = (style::signal(Signal::Open), "? ".to_owned());
    let place = if place.is_empty() { String::new() } else { format!("{}: ", plain(place)) };
    page.paragraph(2, mark, &[normal(place), normal(plain(why))]);
}

fn assessment(diagnosis: &Diagnosis, page: &mut Page) {
    if let Some(message) = &diagnosis.aws_message {
        let label = dim(format!("{:<12}", "AWS said"));
        if let Some(text) = &message.text {
            page.paragraph(0, label.clone(), &[normal(format!("“{}”", plain(text)))]);
            page.paragraph(12, dim(""), &[normal(ENGLISH.aws_message(message, diagnosis.verdict))]);
        } else {
            page.paragraph(0, label, &[normal(ENGLISH.aws_message(message, diagnosis.verdict))]);
        }
    }
    if let Some(trust) = diagnosis.key_trust {
        let label = dim(format!("{:<12}", "Key trust"));
        page.paragraph(0, label, &[normal(words::capital(&ENGLISH.key_trust(trust)) + ".")]);
    }
    let label = dim(format!("{:<12}", "Confidence"));
    page.paragraph(0, label, &[normal(words::capital(words::confidence(diagnosis)))]);
}

fn heading(text: &str, page: &mut Page) {
    page.line(0, &[bold(text)]);
}

fn bold(text: impl Into<String>) -> Span {
    (BOLD, text.into())
}

fn dim(text: impl Into<String>) -> Span {
    (DIM, text.into())
}

fn normal(text: impl Into<String>) -> Span {
    (NORMAL, text.into())
}

#[cfg(test)]
mod tests {
    use super::{next, render};
    use crate::View;
    use crate::sample;
    use anstream::adapter::strip_str;
    use locksmith_core::diagnosis::Diagnosis;

    fn plain(diagnosis: &Diagnosis, width: usize) -> String {
        let sources = sample::sources();
        strip_str(&render(&[View::new(diagnosis, &sources)], width)).to_string()
    }

    #[test]
    fn everything_in_80_columns() {
        insta::assert_snapshot!(plain(&sample::diagnosis(), 80));
    }

    #[test]
    fn everything_in_120_columns() {
        insta::assert_snapshot!(plain(&sample::diagnosis(), 120));
    }

    #[test]
    fn what_to_do_next_is_wrapped() {
        let text = strip_str(&next("give --evidence DIR, or ask those who know", 30)).to_string();
        assert_eq!(text, "\nNext: give --evidence DIR, or\n      ask those who know\n");
    }

    #[test]
    fn strangers_do_not_steer_the_terminal() {
        let text = plain(&sample::hostile(), 80);
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'));
        assert!(!text.contains('\u{202e}'));
        assert!(text.contains("\\u{1b}[2J"));
    }
}
