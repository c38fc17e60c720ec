//! The view for a ticket.

use super::difference::{Line, of_change};
use super::words::{self, Outcome};
use crate::json::Json;
use crate::markdown::{code, escaped, fenced, prose};
use crate::recipe;
use crate::words::capital;
use core::fmt::{self, Write as _};
use locksmith_core::plan::{Alternative, Change, Manual, Plan, Tool};

/// The width at which documents are laid out.
const WIDTH: usize = 96;

/// Renders plans, with a rule between them.
pub fn render(plans: &[Plan]) -> String {
    let rendered = |plan| {
        let mut out = String::new();
        // Writing to a string does not fail.
        let _ = write(plan, &mut out);
        out
    };
    let plans: Vec<_> = plans.iter().map(rendered).collect();
    plans.join("\n---\n\n")
}

fn write(plan: &Plan, out: &mut String) -> fmt::Result {
    let headline = capital(&words::headline(plan));
    writeln!(out, "## {}\n\n{}", Outcome::of(plan).name(), prose(&headline))?;
    for (place, each) in plan.changes.iter().enumerate() {
        change(place + 1, each, out)?;
    }
    if !plan.manual.is_empty() {
        writeln!(out, "\n### To do by hand\n")?;
        for each in &plan.manual {
            manual(each, out)?;
        }
    }
    if !plan.alternatives.is_empty() {
        writeln!(out, "\n### Other ways, by rising risk\n")?;
        for each in &plan.alternatives {
            alternative(each, plan, out)?;
        }
    }
    if plan.changes.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n### How sure this is\n")?;
    writeln!(out, "- Reach: {}", prose(&words::reach(plan)))?;
    writeln!(out, "- Proof: {}", words::proof(&plan.proof))?;
    writeln!(out, "- Digest: {}", code(plan.digest.as_str()))
}

fn change(number: usize, change: &Change, out: &mut String) -> fmt::Result {
    writeln!(out, "\n### {number}. {}\n", escaped(&capital(&words::what(change))))?;
    writeln!(out, "{}\n", prose(&capital(&change.why)))?;
    writeln!(out, "- Where: {}, {}", code(&change.target), escaped(&words::place(change)))?;
    let causes: Vec<_> = change.removes_causes.iter().map(|cause| code(cause)).collect();
    if !causes.is_empty() {
        writeln!(out, "- Removes: {}", causes.join(", "))?;
    }
    if let Some(near) = change.size.and_then(|size| words::near_limit(change.kind, size)) {
        writeln!(out, "- Size: {near}")?;
    }
    writeln!(out, "- To undo: {}", prose(&change.inverse))?;
    if let Some(by) = &change.managed_by {
        writeln!(out, "\n**{}**\n", escaped(&capital(&words::managed(change.kind, by))))?;
        let language = match by.tool {
            Tool::Cloudformation => "yaml",
            Tool::Terraform => "hcl",
        };
        fenced(&recipe::snippet(change, by.tool), language, "", out)?;
    }
    out.push('\n');
    let lines = of_change(change, WIDTH);
    let lines: Vec<_> = lines.iter().map(Line::text).collect();
    fenced(&lines, "diff", "", out)
}

fn manual(manual: &Manual, out: &mut String) -> fmt::Result {
    let (owner, to_do) = (escaped(&capital(&words::owner(manual))), prose(&manual.what_to_do));
    writeln!(out, "- **{owner}**: {to_do}")?;
    writeln!(out, "  - Where: {}", code(&manual.target))?;
    writeln!(out, "  - Cause: {}", code(&manual.cause))?;
    let Some(statement) = &manual.statement else { return Ok(()) };
    out.push('\n');
    fenced(&Json::of(statement).lines(WIDTH), "json", "  ", out)
}

fn alternative(alternative: &Alternative, plan: &Plan, out: &mut String) -> fmt::Result {
    let why = prose(&capital(&alternative.why));
    let what = escaped(&words::alternative(alternative, plan));
    writeln!(out, "- {} risk: {why} ({what})", capital(words::risk(alternative.risk)))
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::plan::sample;

    #[test]
    fn everything() {
        insta::assert_snapshot!(render(&[sample::plan(), sample::by_hand()]));
    }

    #[test]
    fn strangers_write_no_markup() {
        let text = render(&[sample::hostile()]);
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'));
        assert!(!text.contains("\n- <script>"), "{text}");
    }
}
