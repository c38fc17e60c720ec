//! The colours of the terminal. None carries meaning alone: a symbol or a word says the same.

use super::path::Signal;
use super::plan::difference::Line;
use super::plan::words::Outcome;
use anstyle::{AnsiColor, Style};
use locksmith_core::diagnosis::Verdict;
use locksmith_core::evaluate::Answer;

/// As it is.
pub(super) const NORMAL: Style = Style::new();
/// What matters.
pub(super) const BOLD: Style = Style::new().bold();
/// What is there for completeness.
pub(super) const DIM: Style = Style::new().dimmed();
/// The word `error`.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
/// The word `help`.
pub(crate) const HELP: Style = AnsiColor::Cyan.on_default().bold();
/// What to look at twice.
pub(super) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// What is as it should be.
pub(super) const GOOD: Style = AnsiColor::Green.on_default().bold();
const GREEN: Style = AnsiColor::Green.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();
const BLUE: Style = AnsiColor::Blue.on_default();

/// The colour of what a layer says.
pub(super) fn signal(signal: Signal) -> Style {
    match signal {
        Signal::Pass => GREEN,
        Signal::Silent => DIM,
        Signal::Stop => YELLOW,
        Signal::Deny => ERROR,
        Signal::Open => BLUE,
    }
}

/// The colour of a decision.
pub(super) fn answer(answer: Answer) -> Style {
    match answer {
        Answer::Allowed => GREEN.bold(),
        Answer::ImplicitlyDenied | Answer::ExplicitlyDenied => ERROR,
        Answer::Unknown => BLUE.bold(),
    }
}

/// The colour of a verdict.
pub(super) fn verdict(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Denied => ERROR,
        Verdict::Allowed => GREEN.bold(),
        Verdict::Unknown => BLUE.bold(),
    }
}

/// The colour of what a plan amounts to.
pub(super) fn outcome(outcome: Outcome) -> Style {
    match outcome {
        Outcome::Fix | Outcome::Nothing => GREEN.bold(),
        Outcome::Part | Outcome::ByHand => WARNING,
        Outcome::Unknown => BLUE.bold(),
    }
}

/// The colour of a line of a difference.
pub(super) fn line(line: &Line) -> Style {
    match line {
        Line::Kept(_) | Line::Skipped => DIM,
        Line::Added(_) => GREEN,
        Line::Removed(_) => ERROR,
    }
}
