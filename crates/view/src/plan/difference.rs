//! What a change does to a document, line by line.

use crate::json::Json;
use locksmith_core::plan::Change;
use serde_json::Value;
use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

/// How many lines are shown around what changes.
const AROUND: usize = 2;

/// A line of a difference, without a sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// It stays.
    Kept(String),
    /// It is new.
    Added(String),
    /// It goes.
    Removed(String),
    /// Lines that stay are left out here.
    Skipped,
}

/// What a change does to its document, laid out for a width in columns. No lines where it does
/// nothing.
pub fn of_change(change: &Change, width: usize) -> Vec<Line> {
    difference(change.before.as_ref(), Some(&change.after), width)
}

/// What changes between two documents, with what stands around it. A document may be missing: then
/// all of the other comes or goes. The lines hold nothing hidden, and have to be escaped for the
/// markup that they are put into.
pub fn difference(before: Option<&Value>, after: Option<&Value>, width: usize) -> Vec<Line> {
    let laid_out = |document: &Value| Json::of(document).lines(width);
    let old = before.map(laid_out).unwrap_or_default();
    let new = after.map(laid_out).unwrap_or_default();
    // A comma after what was the last statement is no change.
    let words = |lines: &[String]| -> Vec<String> {
        lines.iter().map(|line| line.trim_end_matches(',').to_owned()).collect()
    };
    let operations = capture_diff_slices(Algorithm::Patience, &words(&old), &words(&new));
    let mut lines = Vec::new();
    let mut seen = 0;
    for operation in group_diff_ops(operations, AROUND).iter().flatten() {
        if operation.new_range().start > seen {
            lines.push(Line::Skipped);
        }
        seen = operation.new_range().end;
        let take = |lines: &[String], range| {
            lines.get::<core::ops::Range<usize>>(range).unwrap_or_default().to_vec()
        };
        if matches!(operation, DiffOp::Equal { .. }) {
            lines.extend(take(&new, operation.new_range()).into_iter().map(Line::Kept));
        } else {
            lines.extend(take(&old, operation.old_range()).into_iter().map(Line::Removed));
            lines.extend(take(&new, operation.new_range()).into_iter().map(Line::Added));
        }
    }
    if seen < new.len() && !lines.is_empty() {
        lines.push(Line::Skipped);
    }
    lines
}

impl Line {
    /// The line as a unified difference writes it: two columns for its sign come first.
    pub fn text(&self) -> String {
        match self {
            Self::Kept(line) => format!("  {line}"),
            Self::Added(line) => format!("+ {line}"),
            Self::Removed(line) => format!("- {line}"),
            Self::Skipped => "  …".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, difference};
    use serde_json::{Value, json};

    fn text(before: Option<&Value>, after: &Value) -> String {
        let lines = difference(before, Some(after), 60);
        lines.iter().map(|line| line.text() + "\n").collect()
    }

    fn statement(sid: &str, resource: &str) -> Value {
        json!({"Sid": sid, "Effect": "Allow", "Action": "s3:GetObject", "Resource": resource})
    }

    #[test]
    fn a_statement_more() {
        let theirs = statement("Theirs", "arn:aws:s3:::reports/a-rather-long-key");
        let before = json!({"Version": "2012-10-17", "Statement": [theirs]});
        let mut after = before.clone();
        let ours = statement("LocksmithA", "arn:aws:s3:::reports/another-rather-long-key");
        after["Statement"].as_array_mut().unwrap().push(ours);
        insta::assert_snapshot!(text(Some(&before), &after), @r#"
          …
                "Resource": "arn:aws:s3:::reports/a-rather-long-key"
              },
        +     {
        +       "Sid": "LocksmithA",
        +       "Effect": "Allow",
        +       "Action": "s3:GetObject",
        +       "Resource": "arn:aws:s3:::reports/another-rather-long-key"
        +     }
            ]
          }
        "#);
        assert_eq!(text(Some(&before), &before), "");
    }

    #[test]
    fn a_new_document_is_all_new() {
        let after = json!({"Version": "2012-10-17", "Statement": [statement("A", "*")]});
        assert!(
            difference(None, Some(&after), 60).iter().all(|line| matches!(line, Line::Added(_)))
        );
    }
}
