//! The colours of the terminal. None carries meaning alone: a symbol or a word says the same.

use crate::path::Signal;
use crate::plan::difference::Line;
use crate::plan::words::Outcome;
use anstyle::{AnsiColor, Style};
use locksmith_core::diagnosis::Verdict;
use locksmith_core::evaluate::Answer;

/// As it is.
pub(crate) const NORMAL: Style = Style::new();
/// What matters.
pub(crate) const BOLD: Style = Style::new().bold();
/// What is there for completeness.
pub(crate) const DIM: Style = Style::new().dimmed();
/// The word `error`.
pub const ERROR: Style = AnsiColor::Red.on_default().bold();
/// The word `help`.
pub const HELP: Style = AnsiColor::Cyan.on_default().bold();
/// What to look at twice.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// What is as it should be.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
const GREEN: Style = AnsiColor::Green.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();
const BLUE: Style = AnsiColor::Blue.on_default();

/// The colour of what a layer says.
pub(crate) fn signal(signal: Signal) -> Style {
    match signal {
        Signal::Pass => GREEN,
        Signal::Silent => DIM,
        Signal::Stop => YELLOW,
        Signal::Deny => ERROR,
        Signal::Open => BLUE,
    }
}

/// The colour of a decision.
pub(crate) fn answer(answer: Answer) -> Style {
    match answer {
        Answer::Allowed => GREEN.bold(),
        Answer::ImplicitlyDenied | Answer::ExplicitlyDenied => ERROR,
        Answer::Unknown => BLUE.bold(),
    }
}

/// The colour of a verdict.
pub(crate) fn verdict(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Denied => ERROR,
        Verdict::Allowed => GREEN.bold(),
        Verdict::Unknown => BLUE.bold(),
    }
}

/// The colour of what a plan amounts to.
pub(crate) fn outcome(outcome: Outcome) -> Style {
    match outcome {
        Outcome::Fix | Outcome::Nothing => GREEN.bold(),
        Outcome::Part | Outcome::ByHand => WARNING,
        Outcome::Unknown => BLUE.bold(),
    }
}

/// The colour of a line of a difference.
pub(crate) fn line(line: &Line) -> Style {
    match line {
        Line::Kept(_) | Line::Skipped => DIM,
        Line::Added(_) => GREEN,
        Line::Removed(_) => ERROR,
    }
}
