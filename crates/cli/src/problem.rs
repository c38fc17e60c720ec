//! What is wrong with the input, where, and what to do about it.

use crate::exit::Exit;
use core::fmt;
use locksmith_view::plain::plain;
use locksmith_view::source::Position;

/// A reason to stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// How the program ends.
    pub(crate) exit: Exit,
    /// The file, as it was named; `-` for standard input.
    pub(crate) file: Option<Box<str>>,
    /// Where in the file.
    pub(crate) position: Option<Position>,
    /// Where in the JSON, such as `S3.Buckets[0]`.
    pub(crate) path: Option<Box<str>>,
    /// What is wrong.
    pub(crate) text: Box<str>,
    /// The remedy.
    pub(crate) help: Option<Box<str>>,
}

impl Problem {
    /// A problem that belongs to no file.
    pub(crate) fn new(exit: Exit, text: impl Into<Box<str>>) -> Self {
        Self { exit, file: None, position: None, path: None, text: text.into(), help: None }
    }

    /// Names the file.
    pub(crate) fn in_file(mut self, file: impl Into<Box<str>>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// Names the place in the file.
    pub(crate) fn at(mut self, position: Option<Position>) -> Self {
        self.position = position;
        self
    }

    /// Names the place in the JSON; an empty path is none.
    pub(crate) fn under(mut self, path: &str) -> Self {
        self.path = (!path.is_empty()).then(|| path.into());
        self
    }

    /// Adds the remedy.
    pub(crate) fn help(mut self, help: impl Into<Box<str>>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}:", plain(file))?;
            if let Some(Position { line, column }) = self.position {
                write!(f, "{line}:{column}:")?;
            }
            f.write_str(" ")?;
        }
        if let Some(path) = &self.path {
            write!(f, "{}: ", plain(path))?;
        }
        f.write_str(&plain(&self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::{Exit, Position, Problem};

    #[test]
    fn names_the_place_as_far_as_it_is_known() {
        let problem = Problem::new(Exit::Evidence, "unknown field `Foo`");
        assert_eq!(problem.to_string(), "unknown field `Foo`");
        let problem = problem.in_file("evidence/111111111111.json");
        assert_eq!(problem.to_string(), "evidence/111111111111.json: unknown field `Foo`");
        let position = Position { line: 3, column: 7 };
        let problem = problem.at(Some(position)).under("S3.Buckets[0]");
        assert_eq!(
            problem.to_string(),
            "evidence/111111111111.json:3:7: S3.Buckets[0]: unknown field `Foo`"
        );
    }
}
