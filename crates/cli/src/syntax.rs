//! Whether a text is JSON, and where it stops being so.

use crate::exit::Exit;
use crate::problem::Problem;
use locksmith_view::source::Position;

/// Whether a text is JSON at all; if not, where it ends to be.
pub(crate) fn is_json(text: &str, exit: Exit) -> Result<(), Problem> {
    let parsed: Result<serde::de::IgnoredAny, _> = serde_json::from_str(text);
    parsed.map(drop).map_err(|error| {
        let (line, column) = (error.line(), error.column().max(1));
        let words = error.to_string();
        Problem::new(exit, format!("not JSON: {}", without_place(&words)))
            .at(Some(Position { line, column }))
            .help("`jq . FILE` shows where it breaks off")
    })
}

/// A message of the JSON parser without its own account of the place.
pub(crate) fn without_place(message: &str) -> &str {
    match message.rsplit_once(" at line ") {
        Some((words, place)) if place.contains(" column ") => words,
        _ => message,
    }
}
