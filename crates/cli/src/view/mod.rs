//! Views of a diagnosis, and of a plan.

pub(crate) mod html;
pub(crate) mod markdown;
mod markup;
mod matrix;
mod path;
mod path_svg;
pub(crate) mod plan;
#[cfg(test)]
pub(crate) mod sample;
pub(crate) mod style;
pub(crate) mod text;
pub(crate) mod words;
pub(crate) mod work;
mod wrap;

use crate::evidence_dir::Sources;
use crate::json::Json;
use locksmith_core::diagnosis::{Cause, Diagnosis, StatementNote};

/// A diagnosis, and the files to quote from.
pub(crate) struct View<'a> {
    diagnosis: &'a Diagnosis,
    sources: &'a Sources,
}

/// A statement for display.
struct Quote<'a> {
    note: &'a StatementNote,
    /// What has its policy, by the cause.
    target: &'a str,
    /// `file:line:column`, or the path where the file is not at hand.
    place: Option<String>,
    /// What stands there.
    json: Option<Json>,
}

impl<'a> View<'a> {
    /// Puts them together.
    pub(crate) fn new(diagnosis: &'a Diagnosis, sources: &'a Sources) -> Self {
        Self { diagnosis, sources }
    }

    /// The statement that decided a cause, or else the one that came nearest to allowing.
    fn quote(&self, cause: &'a Cause) -> Option<Quote<'a>> {
        let note = cause.statement.as_ref().or_else(|| self.nearest(cause))?;
        let found = note.at.as_ref().and_then(|place| self.sources.find(place));
        let place = note.at.as_ref().map(|at| match &found {
            Some(found) => {
                let file = self.sources.path(&at.file);
                let position = found.position;
                format!("{file}:{}:{}", position.line, position.column)
            }
            None => format!("{}: {}", at.file, at.path),
        });
        let json = found
            .and_then(|found| found.value.clone())
            .or_else(|| note.statement.as_ref().map(Json::of));
        Some(Quote { note, target: &cause.target, place, json })
    }

    fn nearest(&self, cause: &Cause) -> Option<&'a StatementNote> {
        let layer = path::layer_of(cause.code)?;
        self.diagnosis
            .permissions
            .iter()
            .filter(|permission| permission.action == cause.action)
            .flat_map(|permission| &permission.layers)
            .filter(|cell| cell.layer == layer)
            .flat_map(|cell| &cell.statements)
            .filter(|note| !note.missed.is_empty() && note.effect == "Allow")
            .min_by_key(|note| note.missed.len())
    }
}
