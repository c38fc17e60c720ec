//! What a look at a configuration found, for a terminal and for other programs.

mod excerpt;
mod summary;

use crate::plain::plain;
use crate::style::{self, BOLD, HELP, NORMAL};
use crate::wrap::Page;
use anstyle::Style;
use locksmith_app::config::{Configuration, Place, Problem};
use serde_json::{Value, json};

/// A configuration that somebody looked at.
#[derive(Clone, Copy, Debug)]
pub struct Looked<'a> {
    /// The file, as it was named; `-` for standard input.
    pub file: &'a str,
    /// What stands in it.
    pub text: &'a str,
    /// What it is, where it can be used.
    pub configuration: Option<&'a Configuration>,
    /// What is wrong, where it cannot be used.
    pub problems: &'a [Problem],
    /// Whether more may be wrong, because it could not be read to its end.
    pub breaks_off: bool,
    /// What should be looked at.
    pub warnings: &'a [Problem],
}

/// Renders it for a terminal: good and what it holds, or what is wrong.
pub fn render(looked: &Looked<'_>, width: usize) -> String {
    let Looked { file, problems, warnings, .. } = looked;
    let mut page = Page::new(width);
    if let Some(configuration) = looked.configuration {
        let label = (BOLD, format!("{}: ", plain(file)));
        page.paragraph(0, label, &[(style::GOOD, "good".to_owned())]);
        for (label, value) in summary::rows(configuration) {
            let label = (style::DIM, format!("{label:<14}"));
            page.paragraph(2, label, &[(NORMAL, plain(&value).into_owned())]);
        }
    }
    let errors = problems.iter().map(|problem| ("error", style::ERROR, problem));
    let warnings = warnings.iter().map(|problem| ("warning", style::WARNING, problem));
    for (index, (kind, style, problem)) in errors.chain(warnings).enumerate() {
        if index > 0 || looked.configuration.is_some() {
            page.gap();
        }
        complain(&mut page, looked, (kind, style), problem);
    }
    if looked.configuration.is_none() {
        page.gap();
        let label = if looked.breaks_off {
            "The rest was not looked at yet: ".to_owned()
        } else {
            summary::count(problems.len(), "problem", "problems") + ": "
        };
        let consequence = (NORMAL, "the functions would refuse this file.".to_owned());
        page.paragraph(0, (BOLD, label), &[consequence]);
    }
    page.into_text()
}

fn complain(page: &mut Page, looked: &Looked<'_>, (kind, style): (&str, Style), one: &Problem) {
    let place = one.place.map(|Place { line, column, .. }| format!("{line}:{column}:"));
    let path = if one.path.is_empty() { String::new() } else { format!(" {}:", one.path) };
    let text = format!("{}:{}{path} {}", looked.file, place.unwrap_or_default(), one.what);
    page.paragraph(0, (style, format!("{kind}: ")), &[(NORMAL, plain(&text).into_owned())]);
    if let Some(place) = one.place {
        excerpt::draw(page, looked.text, place, style);
    }
    let remedy = plain(&one.remedy).into_owned();
    page.paragraph(0, (HELP, "help: ".to_owned()), &[(NORMAL, remedy)]);
}

/// The same for other programs.
pub fn json(looked: &Looked<'_>) -> Value {
    json!({
        "file": looked.file,
        "good": looked.configuration.is_some(),
        "problems": looked.problems,
        "warnings": looked.warnings,
        "summary": looked.configuration.map(summary::json),
    })
}

#[cfg(test)]
mod tests;
