//! A diagnosis together with what can be quoted for it.

use crate::json::Json;
use crate::path;
use crate::source::Sources;
use locksmith_core::diagnosis::{Cause, Diagnosis, StatementNote};

/// A diagnosis, and the files to quote from.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    pub(crate) diagnosis: &'a Diagnosis,
    sources: Option<&'a Sources>,
}

/// A statement for display.
pub(crate) struct Quote<'a> {
    pub(crate) note: &'a StatementNote,
    /// What has its policy, by the cause.
    pub(crate) target: &'a str,
    /// `file:line:column`, or the path where the file is not at hand.
    pub(crate) place: Option<String>,
    /// What stands there.
    pub(crate) json: Option<Json>,
}

impl<'a> View<'a> {
    /// A diagnosis whose evidence was read from files: statements are quoted as they stand there.
    pub fn new(diagnosis: &'a Diagnosis, sources: &'a Sources) -> Self {
        Self { diagnosis, sources: Some(sources) }
    }

    /// A diagnosis by itself: statements are quoted as it holds them.
    pub fn alone(diagnosis: &'a Diagnosis) -> Self {
        Self { diagnosis, sources: None }
    }

    /// The statement that decided a cause, or else the one that came nearest to allowing.
    pub(crate) fn quote(&self, cause: &'a Cause) -> Option<Quote<'a>> {
        let note = cause.statement.as_ref().or_else(|| self.nearest(cause))?;
        let found = note.at.as_ref().and_then(|place| self.sources?.find(place));
        let place = note.at.as_ref().map(|at| match self.sources.zip(found.as_ref()) {
            Some((sources, found)) => {
                let file = sources.path(&at.file);
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

#[cfg(test)]
mod tests {
    use super::View;
    use crate::json::Json;
    use crate::sample;

    #[test]
    fn what_is_quoted_stands_in_the_file_or_else_in_the_diagnosis() {
        let (diagnosis, sources) = (sample::diagnosis(), sample::sources());
        let cause = &diagnosis.causes[2];
        let quote = View::new(&diagnosis, &sources).quote(cause).unwrap();
        assert_eq!(quote.place.unwrap(), "evidence/111111111111.json:10:13");
        assert!(quote.json.is_some());

        let quote = View::alone(&diagnosis).quote(cause).unwrap();
        assert_eq!(quote.place.unwrap(), "111111111111.json: Kms.Keys[0].Policy.Statement[1]");
        assert_eq!(quote.json, None);

        let cause = &diagnosis.causes[0];
        let statement = cause.statement.as_ref().unwrap().statement.as_ref().unwrap();
        let quote = View::alone(&diagnosis).quote(cause).unwrap();
        assert_eq!(quote.json, Some(Json::of(statement)));
    }
}
