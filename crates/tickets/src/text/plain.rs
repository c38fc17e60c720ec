//! Text without markup.

use super::{Block, Report};

/// A report as text without markup.
pub(crate) fn text(report: &Report) -> String {
    pieces(report).join("\n")
}

/// The lines of a report.
pub(crate) fn pieces(report: &Report) -> Vec<String> {
    let mut lines = Vec::new();
    for section in &report.sections {
        if let Some(heading) = &section.heading {
            lines.push(String::new());
            lines.push(heading.to_uppercase());
        }
        for block in &section.blocks {
            match block {
                Block::Say { text } => lines.push(text.clone()),
                Block::Facts { facts } => {
                    lines.extend(facts.iter().map(|fact| format!("{} {}", fact.label, fact.value)));
                }
                Block::List { items } => lines.extend(items.iter().map(|item| format!("* {item}"))),
                Block::Code { lines: code, .. } => {
                    lines.extend(code.iter().map(|line| format!("    {line}")));
                }
                Block::Link { label, url } => lines.push(format!("{label} {url}")),
            }
        }
    }
    lines
}
