//! The view for a ticket: Markdown that GitHub, GitLab and Jira's importers read.

use crate::matrix::Matrix;
use crate::plain::plain;
use crate::view::{Quote, View};
use crate::words::{self, ENGLISH};
use core::fmt::{self, Write as _};
use locksmith_core::diagnosis::{Cause, Diagnosis, Permission};

/// The width at which quoted statements are laid out.
const QUOTE_WIDTH: usize = 96;

/// Renders answers, with a rule between them.
pub fn render(views: &[View<'_>]) -> String {
    let answers: Vec<_> = views.iter().map(answer).collect();
    answers.join("\n---\n\n")
}

fn answer(view: &View<'_>) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = write(view, &mut out);
    out
}

fn write(view: &View<'_>, out: &mut String) -> fmt::Result {
    let diagnosis = view.diagnosis;
    let verdict = words::verdict(diagnosis.verdict);
    let headline = words::capital(&words::headline(diagnosis));
    writeln!(out, "## {verdict}: {}\n", escaped(&words::title(diagnosis)))?;
    writeln!(out, "{}\n", escaped(&headline))?;
    facts(diagnosis, out)?;
    if !diagnosis.permissions.is_empty() {
        out.push('\n');
        table(diagnosis, out)?;
    }
    if !diagnosis.causes.is_empty() {
        let heading = words::causes_heading(&diagnosis.causes);
        writeln!(out, "\n### {heading}")?;
        for (place, each) in diagnosis.causes.iter().enumerate() {
            out.push('\n');
            cause(view, place + 1, each, out)?;
        }
    }
    if !diagnosis.unknowns.is_empty() {
        writeln!(out, "\n### What could not be seen\n")?;
        for (place, why) in words::unknowns(ENGLISH, diagnosis) {
            let colon = if place.is_empty() { "" } else { ": " };
            writeln!(out, "- {}{colon}{}", escaped(&plain(&place)), prose(&why))?;
        }
    }
    writeln!(out, "\n### How sure this is\n")?;
    assessment(diagnosis, out)
}

fn facts(diagnosis: &Diagnosis, out: &mut String) -> fmt::Result {
    let call = &diagnosis.call;
    writeln!(out, "- Caller: {}", code(&call.principal))?;
    if let Some(resource) = &call.resource {
        writeln!(out, "- Resource: {}", code(resource))?;
    }
    let when = words::when(diagnosis);
    if !when.is_empty() {
        writeln!(out, "- When: {}", escaped(&when))?;
    }
    if let Some(id) = &call.event_id {
        writeln!(out, "- CloudTrail event: {}", code(id))?;
    }
    Ok(())
}

fn table(diagnosis: &Diagnosis, out: &mut String) -> fmt::Result {
    let matrix = Matrix::new(diagnosis);
    out.push_str("| Needed | On |");
    for layer in &matrix.columns {
        write!(out, " {} |", ENGLISH.layer(*layer))?;
    }
    out.push_str(" Decision |\n|---|---|");
    out.push_str(&"---|".repeat(matrix.columns.len() + 1));
    out.push('\n');
    for row in &matrix.rows {
        let Permission { action, decision, .. } = row.permission;
        let (action, resource) = (code(action), code(&words::target(ENGLISH, row.permission, 40)));
        write!(out, "| {} | {} |", cell_text(&action), cell_text(&resource))?;
        for layer in &matrix.columns {
            match row.station(*layer) {
                Some(station) => {
                    write!(
                        out,
                        " {} {} |",
                        words::signal_mark(station.signal),
                        station.says(ENGLISH)
                    )?;
                }
                None => out.push_str(" · |"),
            }
        }
        let (mark, answer) = (words::mark(*decision), ENGLISH.answer(*decision));
        writeln!(out, " **{mark} {answer}** |")?;
    }
    let mut gap = "\n";
    for (permission, note) in matrix.beside() {
        writeln!(out, "{gap}- {}: {note}", code(&permission.action))?;
        gap = "";
    }
    Ok(())
}

fn cause(view: &View<'_>, number: usize, cause: &Cause, out: &mut String) -> fmt::Result {
    writeln!(out, "{number}. **{}**\n", prose(&words::capital(&cause.message)))?;
    let pad = " ".repeat(number.to_string().len() + 2);
    let account = cause.account.map_or(String::new(), |id| format!(" in account {id}"));
    let kind = code(&cause.code.to_string());
    writeln!(out, "{pad}- Cause: {kind}, {}{account}", code(&cause.action))?;
    writeln!(out, "{pad}- Where: {}", code(&cause.target))?;
    let fix = words::fix(cause);
    writeln!(out, "{pad}- To fix: {}", escaped(&fix))?;
    let Some(quote) = view.quote(cause) else {
        return Ok(());
    };
    statement(&quote, &pad, out)
}

fn statement(quote: &Quote<'_>, pad: &str, out: &mut String) -> fmt::Result {
    let role = words::role(quote.note);
    let name = escaped(&words::statement(quote.note, quote.target));
    write!(out, "{pad}- {role}: {name}")?;
    if let Some(place) = &quote.place {
        write!(out, ", {}", code(place))?;
    }
    out.push('\n');
    for missed in &quote.note.missed {
        let (expected, found) = (code(&missed.expected), code(&missed.found));
        let element = code(&missed.element);
        writeln!(out, "{pad}  - {element}: expected {expected}, found {found}")?;
    }
    let Some(json) = &quote.json else {
        return Ok(());
    };
    out.push('\n');
    let lines = json.lines(QUOTE_WIDTH);
    fenced(&lines, "json", pad, out)
}

fn assessment(diagnosis: &Diagnosis, out: &mut String) -> fmt::Result {
    writeln!(out, "- Confidence: {}", words::confidence(diagnosis))?;
    if let Some(trust) = diagnosis.key_trust {
        writeln!(out, "- Key trust: {}.", ENGLISH.key_trust(trust))?;
    }
    let Some(message) = &diagnosis.aws_message else {
        return Ok(());
    };
    writeln!(
        out,
        "- AWS's message: {}",
        escaped(&ENGLISH.aws_message(message, diagnosis.verdict))
    )?;
    match &message.text {
        Some(text) => {
            out.push('\n');
            fenced(&[plain(text).into_owned()], "text", "  ", out)
        }
        None => Ok(()),
    }
}

/// A block of code that its content cannot end, each of its lines behind `pad`.
pub fn fenced(lines: &[String], language: &str, pad: &str, out: &mut String) -> fmt::Result {
    let longest = lines.iter().map(|line| longest_run(line)).max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    writeln!(out, "{pad}{fence}{language}")?;
    for line in lines {
        writeln!(out, "{pad}{line}")?;
    }
    writeln!(out, "{pad}{fence}")
}

/// A span of code that its content cannot end.
pub fn code(text: &str) -> String {
    let text = plain(text);
    let ticks = "`".repeat(longest_run(&text) + 1);
    // A space on both sides is no part of the code; it keeps backticks apart.
    let pad =
        if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

/// Within a table a bar ends the cell, even in code.
fn cell_text(text: &str) -> String {
    text.replace('|', "\\|")
}

fn longest_run(text: &str) -> usize {
    let runs = text.split(|c| c != '`').map(str::len);
    runs.max().unwrap_or(0)
}

/// Prose of ours, in which backticks set off the words of others.
pub fn prose(text: &str) -> String {
    let text = plain(text);
    if text.matches('`').count() % 2 == 1 {
        return escaped(&text);
    }
    let piece = |(place, part): (usize, &str)| {
        if place % 2 == 1 { code(part) } else { escaped(part) }
    };
    text.split('`').enumerate().map(piece).collect()
}

/// Text in which nothing is markup, and nobody is called by name.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            // What looks like an address would become a link.
            '/' if out.ends_with(':') => out.push_str("\\/"),
            '.' if out.ends_with("www") => out.push_str("\\."),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!'
            | '&' => out.extend(['\\', c]),
            // Whoever is written so would be notified.
            '@' => out.push_str("@\u{2060}"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{code, escaped, render};
    use crate::View;
    use crate::sample;

    #[test]
    fn everything() {
        let (diagnosis, sources) = (sample::diagnosis(), sample::sources());
        insta::assert_snapshot!(render(&[View::new(&diagnosis, &sources)]));
    }

    #[test]
    fn strangers_write_no_markup() {
        let (diagnosis, sources) = (sample::hostile(), sample::sources());
        insta::assert_snapshot!(render(&[View::new(&diagnosis, &sources)]));
    }

    #[test]
    fn code_cannot_be_ended() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(escaped("a_b <c>"), "a\\_b \\<c\\>");
        assert_eq!(escaped("https://www.a"), "https:\\//www\\.a");
    }
}
