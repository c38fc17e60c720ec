//! Where a field stands in the text of a configuration.
//!
//! The text is read a second time, and only when there is something to point at, so that a good
//! configuration pays nothing for it.

use super::problem::Problem;
use core::ops::Range;
use serde::Serialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A place in a text. Line and column count from one, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// How many characters it takes on its line; none at the end of a text that breaks off.
    pub width: usize,
}

impl Place {
    /// The place of a range of bytes.
    fn of(text: &str, span: &Range<usize>) -> Option<Self> {
        // What is missing at the end is shown behind the last thing that is there.
        let start = span.start.min(text.trim_end().len());
        let before = text.get(..start)?;
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let shown = text.get(start..span.end.max(start))?.lines().next().unwrap_or_default();
        Some(Self {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..)?.chars().count() + 1,
            width: shown.chars().count(),
        })
    }
}

/// A text of TOML and where everything stands in it.
pub(super) struct Outline<'t> {
    text: &'t str,
    /// None where the text is no TOML.
    root: Option<DeTable<'t>>,
}

impl<'t> Outline<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, root: DeTable::parse(text).ok().map(Spanned::into_inner) }
    }

    /// Finds the places of problems, and puts them into the order of the text.
    pub(super) fn locate(&self, mut problems: Vec<Problem>) -> Vec<Problem> {
        for problem in &mut problems {
            let span = self.find(&problem.path);
            problem.place = span.and_then(|span| Place::of(self.text, &span));
        }
        problems.sort_by_key(|problem| problem.place);
        problems
    }

    /// An error of the parser, with the field that it is about.
    pub(super) fn of_parser(&self, error: &toml::de::Error) -> Problem {
        // What the whole file lacks stands nowhere.
        let span = error.span().filter(|span| *span != (0..0));
        let path = span.as_ref().and_then(|span| path_in(self.root.as_ref()?, "", span));
        let remedy = match self.root {
            None => "the file is TOML, https://toml.io; infra/locksmith.example.toml shows how",
            Some(_) => "infra/locksmith.example.toml explains every field",
        };
        let mut problem = Problem::new(path.unwrap_or_default(), error.message(), remedy);
        problem.place = span.and_then(|span| Place::of(self.text, &span));
        problem
    }

    /// Where a field stands; one that is missing, where that stands which should hold it.
    fn find(&self, path: &str) -> Option<Range<usize>> {
        let mut steps = path.split(['.', '[']).map(|step| step.trim_end_matches(']'));
        let mut here = member(self.root.as_ref()?, steps.next()?)?;
        for step in steps {
            let next = match here.get_ref() {
                DeValue::Table(table) => member(table, step),
                DeValue::Array(items) => step.parse().ok().and_then(|at: usize| items.get(at)),
                _ => None,
            };
            let Some(next) = next else { break };
            here = next;
        }
        Some(here.span())
    }
}

fn member<'v, 't>(table: &'v DeTable<'t>, name: &str) -> Option<&'v Spanned<DeValue<'t>>> {
    table.iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value)
}

/// The field whose name or value stands at a range of bytes. The last table of a list has the place of
/// the list too, so what is within comes first.
fn path_in(table: &DeTable<'_>, above: &str, span: &Range<usize>) -> Option<String> {
    let dot = if above.is_empty() { "" } else { "." };
    table.iter().find_map(|(key, value)| {
        let path = format!("{above}{dot}{}", key.get_ref());
        let is_key = key.span() == *span;
        path_of(value, &path, span).or_else(|| is_key.then_some(path))
    })
}

fn path_of(value: &Spanned<DeValue<'_>>, path: &str, span: &Range<usize>) -> Option<String> {
    let within = match value.get_ref() {
        DeValue::Table(table) => path_in(table, path, span),
        DeValue::Array(items) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(index, item)| path_of(item, &format!("{path}[{index}]"), span))
        }
        _ => None,
    };
    within.or_else(|| (value.span() == *span).then(|| path.to_owned()))
}
