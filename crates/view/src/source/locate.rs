//! From a path in a JSON file to the line and column, and to what stands there.

use crate::json::Json;
use jsonc_parser::ast::{ObjectProp, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// A place in a file; both count from one, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Position {
    /// The place of a byte.
    fn of(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or("").chars().count() + 1,
        }
    }
}

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it begins.
    pub position: Position,
    /// What stands there; none where the path leads on into a text, such as a policy that is
    /// written as a string.
    pub value: Option<Json>,
}

/// Follows a path such as `S3.Buckets[0].Policy.Statement[1]` as far as it goes. None where the
/// text is no JSON, or nested too deeply for the parser.
pub fn locate(text: &str, path: &str) -> Option<Found> {
    with_value(text, |root| {
        let (value, rest) = follow(root, path);
        Found {
            position: Position::of(text, value.start()),
            value: rest.is_empty().then(|| Json::ast(value)),
        }
    })
}

/// Where the name of a member of the object at a path stands.
pub fn locate_member(text: &str, path: &str, name: &str) -> Option<Position> {
    with_value(text, |root| {
        let (value, _) = follow(root, path);
        let member = value.as_object()?.get(name)?;
        Some(Position::of(text, member.name.start()))
    })?
}

fn with_value<T>(text: &str, answer: impl FnOnce(&Value<'_>) -> T) -> Option<T> {
    let collect = CollectOptions::default();
    let parsed = parse_to_ast(text, &collect, &ParseOptions::default()).ok()?;
    Some(answer(&parsed.value?))
}

/// The value that a path leads to, and what of the path is left where it ends early.
fn follow<'a, 'p>(mut value: &'a Value<'a>, path: &'p str) -> (&'a Value<'a>, &'p str) {
    let mut rest = path.trim_start_matches('.');
    while !rest.is_empty() {
        let Some((next, left)) = step(value, rest) else {
            break;
        };
        value = next;
        rest = left;
    }
    (value, rest)
}

fn step<'a, 'p>(value: &'a Value<'a>, rest: &'p str) -> Option<(&'a Value<'a>, &'p str)> {
    if let Some(inner) = rest.strip_prefix('[') {
        let (index, left) = inner.split_once(']')?;
        let index: usize = index.parse().ok()?;
        let left = left.strip_prefix('.').unwrap_or(left);
        return match value {
            Value::Array(list) => Some((list.elements.get(index)?, left)),
            // A statement that stands alone needs no list.
            alone if index == 0 => Some((alone, left)),
            _ => None,
        };
    }
    // Names may hold dots themselves, so the longest that fits is taken.
    let member = |property: &'a ObjectProp<'a>| {
        let left = rest.strip_prefix(property.name.as_str())?;
        let ends = left.is_empty() || left.starts_with(['.', '[']);
        ends.then(|| (&property.value, left.strip_prefix('.').unwrap_or(left)))
    };
    let properties = &value.as_object()?.properties;
    properties.iter().filter_map(member).min_by_key(|(_, left)| left.len())
}

#[cfg(test)]
mod tests {
    use super::{Position, locate, locate_member};

    const TEXT: &str = "{\n  \"ä\": 1, \"S3\": {\"Buckets\": [\n    {\"Policy\": {\"Statement\": {\"Sid\": \"a\"}}},\n    {\"Policy\": \"{}\", \"a.b\": 2}\n  ]}\n}";

    #[track_caller]
    fn check(path: &str, line: usize, column: usize, whole: bool) {
        let found = locate(TEXT, path).unwrap();
        assert_eq!(found.position, Position { line, column }, "{path}");
        assert_eq!(found.value.is_some(), whole, "{path}");
    }

    #[test]
    fn follows_paths() {
        check("", 1, 1, true);
        check("S3.Buckets[1]", 4, 5, true);
        check("S3.Buckets[1].a.b", 4, 29, true);
        check("S3.Buckets[0].Policy.Statement[0]", 3, 30, true);
        check("S3.Buckets[1].Policy.Statement[0]", 4, 16, false);
        check("S3.Buckets[7].Policy", 2, 29, false);
        let member = locate_member(TEXT, "S3.Buckets[1]", "Policy");
        assert_eq!(member, Some(Position { line: 4, column: 6 }));
        assert_eq!(locate("nonsense{", "a"), None);
    }
}
