//! What is wrong with a configuration, where, and what to do about it.

use super::place::Place;
use core::fmt;
use serde::Serialize;

/// Something in a configuration that is wrong, or that should be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The field, such as `approval.owners[0].people[1]`; empty where no field can be named.
    pub path: String,
    /// Where it stands in the text; none where it is about the whole file.
    pub place: Option<Place>,
    /// What is wrong there.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl Problem {
    /// A problem of a field, whose place in the text is not looked for yet.
    pub(super) fn new(
        path: impl Into<String>,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { path: path.into(), place: None, what: what.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Place { line, column, .. }) = self.place {
            write!(f, "line {line}, column {column}: ")?;
        }
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{}; {}", self.what, self.remedy)
    }
}

/// A configuration that cannot be used, and all that is wrong with it, in the order of the text. What
/// is no TOML, or has a field of the wrong kind, is told alone: the rest was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigurationError {
    problems: Vec<Problem>,
    breaks_off: bool,
}

impl ConfigurationError {
    pub(super) fn new(problems: Vec<Problem>) -> Self {
        Self { problems, breaks_off: false }
    }

    /// An error of the parser, behind which nothing was read.
    pub(super) fn unread(problem: Problem) -> Self {
        Self { problems: vec![problem], breaks_off: true }
    }

    /// Everything that is wrong; never empty.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether there may be more that is wrong, because the text could not be read to its end.
    pub fn breaks_off(&self) -> bool {
        self.breaks_off
    }
}

impl fmt::Display for ConfigurationError {
    /// A line for each problem.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl core::error::Error for ConfigurationError {}
