//! The view for a terminal.

use super::difference::difference;
use super::words::{self, Outcome};
use crate::json::Json;
use crate::plain::plain;
use crate::recipe;
use crate::style::{self, BOLD, DIM, NORMAL};
use crate::words::capital;
use crate::wrap::{Page, Span};
use locksmith_core::plan::{Alternative, Change, Manual, Plan};
use serde_json::Value;

/// More of a document than this hides the rest of the plan.
const LONGEST: usize = 60;

/// Renders plans, coloured, for a width.
pub fn render(plans: &[Plan], width: usize) -> String {
    let mut page = Page::new(width);
    for (place, each) in plans.iter().enumerate() {
        if plans.len() > 1 {
            if place > 0 {
                page.gap();
            }
            page.rule(place + 1, plans.len());
            page.gap();
        }
        plan(each, &mut page);
    }
    page.into_text()
}

/// Renders changes alone, as somebody sees them who is asked for consent.
pub fn render_changes(changes: &[Change], width: usize) -> String {
    let mut page = Page::new(width);
    list(changes, &mut page);
    page.into_text()
}

/// Renders what taking changes back does to their documents.
pub fn render_back(changes: &[&Change], width: usize) -> String {
    let mut page = Page::new(width);
    for change in changes {
        page.gap();
        page.line(0, &[(BOLD, format!("Takes back: {}", words::what(change)))]);
        page.line(4, &[dim(words::place(change))]);
        page.line(4, &[normal(plain(&change.target))]);
        page.gap();
        document(Some(&change.after), change.before.as_ref(), &mut page);
    }
    page.into_text()
}

fn plan(plan: &Plan, page: &mut Page) {
    let outcome = Outcome::of(plan);
    let label = outcome.name().to_uppercase() + "  ";
    let sentence = capital(&words::headline(plan));
    page.paragraph(0, (style::outcome(outcome), label), &[(BOLD, sentence)]);
    list(&plan.changes, page);
    if !plan.manual.is_empty() {
        page.gap();
        page.line(0, &[(BOLD, "To do by hand".to_owned())]);
        for each in &plan.manual {
            page.gap();
            manual(each, page);
        }
    }
    if !plan.alternatives.is_empty() {
        page.gap();
        page.line(0, &[(BOLD, "Other ways, by rising risk".to_owned())]);
        for each in &plan.alternatives {
            alternative(each, plan, page);
        }
    }
    if !plan.changes.is_empty() {
        page.gap();
        end(plan, page);
    }
}

fn list(changes: &[Change], page: &mut Page) {
    for (place, each) in changes.iter().enumerate() {
        page.gap();
        change(place + 1, each, page);
    }
}

fn change(number: usize, change: &Change, page: &mut Page) {
    let label = format!("{number:>2}  ");
    page.paragraph(0, (BOLD, label), &[(BOLD, capital(&words::what(change)))]);
    page.line(4, &[dim(words::place(change))]);
    page.line(4, &[normal(plain(&change.target))]);
    page.paragraph(4, dim(""), &[normal(capital(&plain(&change.why)))]);
    if let Some(near) = change.size.and_then(|size| words::near_limit(change.kind, size)) {
        page.paragraph(4, (style::WARNING, "Size: ".to_owned()), &[normal(near)]);
    }
    if let Some(by) = &change.managed_by {
        let warning = capital(&words::managed(change.kind, by));
        page.paragraph(4, (style::WARNING, "! ".to_owned()), &[normal(warning)]);
        page.gap();
        for line in recipe::snippet(change, by.tool) {
            page.line(6, &[normal(line)]);
        }
    }
    page.gap();
    document(change.before.as_ref(), Some(&change.after), page);
}

fn document(before: Option<&Value>, after: Option<&Value>, page: &mut Page) {
    let lines = difference(before, after, page.width().saturating_sub(8));
    if lines.is_empty() {
        page.line(6, &[dim("nothing changes: it stands there already")]);
    }
    for line in lines.iter().take(LONGEST) {
        page.line(6, &[(style::line(line), line.text())]);
    }
    if let Some(more @ 1..) = lines.len().checked_sub(LONGEST) {
        page.line(6, &[dim(format!("… {more} more lines; --format json has them all"))]);
    }
}

fn manual(manual: &Manual, page: &mut Page) {
    let label = (style::WARNING, "  · ".to_owned());
    page.paragraph(0, label, &[(BOLD, capital(&words::owner(manual)))]);
    page.line(4, &[dim(plain(&manual.cause))]);
    page.line(4, &[normal(plain(&manual.target))]);
    page.paragraph(4, dim(""), &[normal(capital(&plain(&manual.what_to_do)))]);
    let Some(statement) = &manual.statement else { return };
    page.gap();
    let lines = Json::of(statement).lines(page.width().saturating_sub(6));
    for line in lines.iter().take(LONGEST) {
        page.line(6, &[normal(line)]);
    }
}

fn alternative(alternative: &Alternative, plan: &Plan, page: &mut Page) {
    let label = format!("  {:<8}", words::risk(alternative.risk));
    page.paragraph(0, dim(label), &[normal(capital(&plain(&alternative.why)))]);
    page.paragraph(10, dim(""), &[dim(words::alternative(alternative, plan))]);
}

fn end(plan: &Plan, page: &mut Page) {
    let mut fact = |label: &str, text: String| {
        page.paragraph(0, dim(format!("{label:<8}")), &[normal(text)]);
    };
    fact("Reach", capital(&words::reach(plan)));
    fact("Proof", capital(&words::proof(&plan.proof)));
    fact("Digest", plan.digest.to_string());
    fact("Save", "the same command with --format json > plan.json".to_owned());
    let partly = if plan.resolves { "" } else { " --partly" };
    fact("Apply", format!("locksmith apply --plan plan.json{partly}"));
    fact("Undo", "locksmith undo --plan plan.json".to_owned());
}

fn dim(text: impl Into<String>) -> Span {
    (DIM, text.into())
}

fn normal(text: impl Into<String>) -> Span {
    (NORMAL, text.into())
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::plan::sample;
    use anstream::adapter::strip_str;
    use locksmith_core::plan::Plan;

    fn plain(plan: &Plan) -> String {
        strip_str(&render(core::slice::from_ref(plan), 80)).to_string()
    }

    #[test]
    fn everything_in_80_columns() {
        insta::assert_snapshot!(plain(&sample::plan()));
    }

    #[test]
    fn what_is_left_to_people() {
        insta::assert_snapshot!(plain(&sample::by_hand()));
    }

    #[test]
    fn strangers_do_not_steer_the_terminal() {
        let text = plain(&sample::hostile());
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'));
        assert!(!text.contains('\u{202e}'));
        assert!(text.contains("\\u001b[2J"));
    }
}
