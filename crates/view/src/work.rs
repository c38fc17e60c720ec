//! What became of changes, for a terminal.

use crate::plain::plain;
use crate::plan::difference::difference;
use crate::plan::words::{changes, what};
use crate::style::{self, BOLD, DIM, NORMAL};
use crate::words::capital;
use crate::wrap::{Page, Span};
use anstyle::Style;
use locksmith_app::change::{Journal, State, Status, Step};
use locksmith_core::arn::AccountId;
use locksmith_core::plan::Change;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// What a dry run finds of one change.
#[derive(Clone, Debug, PartialEq)]
pub enum Look {
    /// The document is the one that the plan was made from.
    AsPlanned,
    /// The change stands already.
    Stands,
    /// It is another document now.
    Drifted(Option<Value>),
    /// It could not be read.
    Unreadable(String),
}

/// Renders what became of a work.
pub fn render(journal: &Journal, file: &Path, plan: &Path, width: usize) -> String {
    let mut page = Page::new(width);
    let made: Vec<Change> = journal.steps.iter().map(|step| step.change.clone()).collect();
    let many = changes(&made);
    let (mark, label, sentence) = match &journal.state {
        State::Applied => (style::GOOD, "APPLIED", format!("{many}; each was read back.")),
        State::Undone => (style::GOOD, "UNDONE", format!("{many}; nothing of it stands.")),
        State::RolledBack { why } => (
            style::WARNING,
            "NOT APPLIED",
            format!("nothing of it stands: {}.", plain(&why.to_string())),
        ),
        State::Failed { why, .. } => {
            let sentence =
                format!("something stands that should not: {}.", plain(&why.to_string()));
            (style::ERROR, "HALF-WAY", sentence)
        }
        State::Applying | State::RollingBack { .. } | State::Undoing => {
            (style::ERROR, "CUT OFF", "the same command goes on.".to_owned())
        }
    };
    let label = (mark, format!("{label}  "));
    page.paragraph(0, label, &[(BOLD, capital(&sentence))]);
    let accounts: BTreeSet<AccountId> = made.iter().map(|change| change.account).collect();
    for account in accounts {
        page.gap();
        page.line(2, &[dim(format!("account {account}"))]);
        for step in journal.steps.iter().filter(|step| step.change.account == account) {
            let (mark, style, became) = became(&step.status);
            let what = capital(&what(&step.change));
            let mark = (style, format!("{mark} "));
            page.paragraph(2, mark, &[normal(format!("{what}: {became}"))]);
        }
    }
    page.gap();
    page.line(0, &[dim("Journal  "), normal(plain(&file.display().to_string()))]);
    if journal.steps.iter().any(Step::may_stand) {
        let plan = plain(&plan.display().to_string()).into_owned();
        page.line(0, &[dim("Undo     "), normal(format!("locksmith undo --plan {plan}"))]);
    }
    page.into_text()
}

/// What became of a change: a mark, its colour, and words.
fn became(status: &Status) -> (&'static str, Style, String) {
    let good = |words: &str| ("✓", style::GOOD, words.to_owned());
    let none = |words: &str| ("–", DIM, words.to_owned());
    let open = |words: String| ("✗", style::ERROR, words);
    match status {
        Status::Planned => none("not begun, so as it was"),
        Status::Failed { why } => {
            none(&format!("not made, so as it was: {}", plain(&why.to_string())))
        }
        Status::Written => good("stands"),
        Status::Stood => good("stood there before, and stays"),
        Status::Undone => good("as it was"),
        Status::Kept => good("stays, because others rely on it"),
        Status::Writing | Status::Undoing => open("may stand or not".to_owned()),
        Status::ChangedByOthers { what } => {
            open(format!("left as it is, because others changed it: {}", plain(&what.to_string())))
        }
        Status::Stuck { why } => {
            open(format!("may stand, as it could not be taken back: {}", plain(&why.to_string())))
        }
    }
}

/// Renders what a dry run found.
pub fn render_looks(changes: &[Change], looks: &[Look], width: usize) -> String {
    let mut page = Page::new(width);
    for (change, look) in changes.iter().zip(looks) {
        let (mark, style, words) = match look {
            Look::AsPlanned => ("✓", style::GOOD, "as it was when the plan was made".to_owned()),
            Look::Stands => ("✓", style::GOOD, "stands there already".to_owned()),
            Look::Drifted(_) => {
                ("✗", style::ERROR, "changed since the plan was made; plan again".to_owned())
            }
            Look::Unreadable(why) => ("?", style::ERROR, format!("not readable: {}", plain(why))),
        };
        let what = capital(&what(change));
        let text = format!("{what}, account {}: {words}", change.account);
        page.paragraph(0, (style, format!("{mark} ")), &[normal(text)]);
        let Look::Drifted(Some(now)) = look else { continue };
        let lines = difference(change.before.as_ref(), Some(now), width.saturating_sub(8));
        for line in lines {
            page.line(6, &[(style::line(&line), line.text())]);
        }
    }
    page.gap();
    page.line(0, &[dim("Nothing was written.")]);
    page.into_text()
}

fn dim(text: impl Into<String>) -> Span {
    (DIM, text.into())
}

fn normal(text: impl Into<String>) -> Span {
    (NORMAL, text.into())
}

#[cfg(test)]
mod tests {
    use super::{Look, render, render_looks};
    use crate::plan::sample;
    use anstream::adapter::strip_str;
    use jiff::Timestamp;
    use locksmith_app::change::{Journal, State, Status, Why};
    use locksmith_core::plan::Change;
    use std::path::Path;

    fn journal() -> Journal {
        let plan = sample::plan();
        Journal::new("cli-1", plan.digest, plan.changes, Timestamp::UNIX_EPOCH)
    }

    fn shown(journal: &Journal) -> String {
        let text = render(journal, Path::new("plan.json.journal.json"), Path::new("plan.json"), 80);
        strip_str(&text).to_string()
    }

    #[test]
    fn how_a_work_ends() {
        let mut journal = journal();
        journal.state = State::Applied;
        for step in &mut journal.steps {
            step.status = Status::Written;
        }
        journal.steps[1].status = Status::Stood;
        insta::assert_snapshot!("applied", shown(&journal));

        let told = |words: &str| Why::Told(words.to_owned());
        let Change { kind, account, target, .. } = journal.steps[2].change.clone();
        let why = Why::At { kind, account, target, why: Box::new(told("AccessDenied")) };
        journal.steps[0].status = Status::Undone;
        journal.steps[2].status = Status::Failed { why: told("AccessDenied") };
        journal.state = State::RolledBack { why: why.clone() };
        insta::assert_snapshot!("not_applied", shown(&journal));

        journal.steps[0].status = Status::Stuck { why: told("no answer came") };
        journal.state = State::Failed { why };
        insta::assert_snapshot!("half_way", shown(&journal));
    }

    #[test]
    fn what_a_dry_run_finds() {
        let changes = sample::plan().changes;
        let mut theirs = changes[1].before.clone().unwrap();
        theirs["Statement"][0]["Action"] = "kms:Put*".into();
        let unreadable = Look::Unreadable("AccessDenied".to_owned());
        let looks = [Look::AsPlanned, Look::Drifted(Some(theirs)), unreadable];
        insta::assert_snapshot!(strip_str(&render_looks(&changes, &looks, 80)).to_string());
    }
}
