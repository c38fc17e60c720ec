//! A plan as code, for people who apply it themselves.

mod cloudformation;
mod hcl;
mod shell;
mod terraform;
mod yaml;

pub use cloudformation::template;
pub use shell::script;
pub use terraform::configuration;

use crate::plain::plain;
use crate::plan::words;
use crate::words::capital;
use core::fmt::Write as _;
use locksmith_core::plan::{Change, Digest, Plan, Tool};

/// How many columns a comment takes.
const WIDTH: usize = 78;

/// What to add to the code from which a tool made the resource.
pub fn snippet(change: &Change, tool: Tool) -> Vec<String> {
    match tool {
        Tool::Cloudformation => cloudformation::part(change),
        Tool::Terraform => terraform::part(change),
    }
}

/// What the code is for, as comments.
fn head(plan: &Plan) -> Vec<String> {
    let mut lines = comment(&capital(&words::headline(plan)));
    lines.extend(comment(&format!("Plan {}", plan.digest)));
    for manual in &plan.manual {
        let owner = words::owner(manual);
        lines.extend(comment(&format!("To do by hand, {owner}: {}", manual.what_to_do)));
    }
    lines
}

/// What a change is and what it is for, as comments.
fn title(number: usize, change: &Change) -> Vec<String> {
    let what = capital(&words::what(change));
    let mut lines = comment(&format!("{number}. {what}, account {}", change.account));
    lines.extend(comment(&capital(&change.why)));
    if let Some(by) = &change.managed_by {
        lines.extend(comment(&capital(&words::maker(change.kind, by))));
    }
    lines
}

/// A comment in all three languages. What others wrote cannot end it.
fn comment(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in plain(text).split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(format!("# {word}")),
        }
    }
    lines
}

/// A name for what a change makes, of letters and digits, the same whenever it is planned.
fn name(change: &Change) -> String {
    Digest::of_changes(core::slice::from_ref(change)).short(8).to_owned()
}

/// A text in double quotes, in which nothing is hidden and nothing ends it. HCL and YAML know the
/// same escapes for characters.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            ' '..='~' => out.push(c),
            // Writing to a string does not fail.
            c if u32::from(c) > 0xFFFF => drop(write!(out, "\\U{:08X}", u32::from(c))),
            c => drop(write!(out, "\\u{:04X}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

fn indented(lines: Vec<String>, by: usize) -> impl Iterator<Item = String> {
    let pad = " ".repeat(by);
    lines.into_iter().map(move |line| if line.is_empty() { line } else { format!("{pad}{line}") })
}

#[cfg(test)]
mod tests;
