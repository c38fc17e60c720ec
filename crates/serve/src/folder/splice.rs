//! Changing one value in a JSON text and leaving every other byte as it is.

use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// A step on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The member of this name.
    Member(&'static str),
    /// The entry of a list in which the member at this path has this text.
    Entry {
        /// The names of members, one within the other.
        key: &'static [&'static str],
        /// What the innermost has to be.
        is: String,
    },
}

/// What stands at the end of a way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing, or `null`.
    Nothing,
    /// An object or list, as it is written.
    Json(String),
    /// A text, without its quotes.
    Text(String),
}

/// Reads the value at the end of a way.
///
/// # Errors
/// That the text is no JSON.
pub(super) fn find(text: &str, way: &[Step]) -> Result<Found, String> {
    with_root(text, |root| {
        Ok(match follow(root, way) {
            None | Some(Value::NullKeyword(_)) => Found::Nothing,
            Some(Value::StringLit(string)) => Found::Text(string.value.to_string()),
            Some(value) => Found::Json(slice(text, value.range()).to_owned()),
        })
    })
}

/// Puts a value at the end of a way. What is missing is added: a member to its object, or an entry
/// to the end of its list. The container has to be there.
///
/// # Errors
/// That the text is no JSON, or that there is no such container.
pub(super) fn put(text: &str, way: &[Step], json: &str) -> Result<String, String> {
    with_root(text, |root| {
        if let Some(value) = follow(root, way) {
            return Ok(replaced(text, value.start(), value.end(), json));
        }
        let none = || "there is no such place".to_owned();
        let (end, before) = way.split_last().ok_or_else(none)?;
        match (follow(root, before).ok_or_else(none)?, end) {
            (Value::Object(object), Step::Member(name)) => {
                let entries = object.properties.iter().map(Ranged::range).collect::<Vec<_>>();
                let member = format!("{}: {json}", serde_json::Value::from(*name));
                Ok(added(text, object.range, &entries, &member))
            }
            (Value::Array(list), Step::Entry { .. }) => {
                let entries = list.elements.iter().map(Ranged::range).collect::<Vec<_>>();
                Ok(added(text, list.range, &entries, json))
            }
            _ => Err(none()),
        }
    })
}

/// Takes the value at the end of a way out, with the comma that it leaves; the text as it is where
/// nothing stands there.
///
/// # Errors
/// That the text is no JSON.
pub(super) fn take(text: &str, way: &[Step]) -> Result<String, String> {
    with_root(text, |root| {
        let Some((end, before)) = way.split_last() else { return Ok(text.to_owned()) };
        let Some(container) = follow(root, before) else { return Ok(text.to_owned()) };
        let (whole, entries, gone) = match (container, end) {
            (Value::Object(object), Step::Member(name)) => {
                let is_it =
                    |entry: &jsonc_parser::ast::ObjectProp<'_>| entry.name.as_str() == *name;
                let entries = object.properties.iter().map(Ranged::range).collect::<Vec<_>>();
                (object.range, entries, object.properties.iter().position(is_it))
            }
            (Value::Array(list), Step::Entry { key, is }) => {
                let entries = list.elements.iter().map(Ranged::range).collect::<Vec<_>>();
                let position = list.elements.iter().position(|entry| is_entry(entry, key, is));
                (list.range, entries, position)
            }
            _ => return Ok(text.to_owned()),
        };
        let Some(gone) = gone else { return Ok(text.to_owned()) };
        Ok(removed(text, whole, &entries, gone))
    })
}

fn with_root<T>(
    text: &str,
    answer: impl FnOnce(&Value<'_>) -> Result<T, String>,
) -> Result<T, String> {
    let parsed = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
    let parsed = parsed.map_err(|error| error.to_string())?;
    answer(&parsed.value.ok_or_else(|| "the file is empty".to_owned())?)
}

fn follow<'a>(root: &'a Value<'a>, way: &[Step]) -> Option<&'a Value<'a>> {
    way.iter().try_fold(root, |value, step| match (value, step) {
        (Value::Object(object), Step::Member(name)) => member(object, name),
        (Value::Array(list), Step::Entry { key, is }) => {
            list.elements.iter().find(|entry| is_entry(entry, key, is))
        }
        _ => None,
    })
}

fn member<'a>(object: &'a Object<'a>, name: &str) -> Option<&'a Value<'a>> {
    object.properties.iter().find(|one| one.name.as_str() == name).map(|one| &one.value)
}

fn is_entry(entry: &Value<'_>, key: &[&str], is: &str) -> bool {
    let found = key.iter().try_fold(entry, |value, name| match value {
        Value::Object(object) => member(object, name),
        _ => None,
    });
    matches!(found, Some(Value::StringLit(text)) if text.value == is)
}

fn slice(text: &str, range: Range) -> &str {
    text.get(range.start..range.end).unwrap_or_default()
}

fn replaced(text: &str, start: usize, end: usize, with: &str) -> String {
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    format!("{before}{with}{after}")
}

/// Behind the last entry, as far from it as the first is from the beginning.
fn added(text: &str, whole: Range, entries: &[Range], json: &str) -> String {
    match (entries.first(), entries.last()) {
        (Some(first), Some(last)) => {
            let indent = text.get(whole.start + 1..first.start).unwrap_or_default();
            replaced(text, last.end, last.end, &format!(",{indent}{json}"))
        }
        _ => replaced(text, whole.start + 1, whole.start + 1, json),
    }
}

fn removed(text: &str, whole: Range, entries: &[Range], gone: usize) -> String {
    let before = gone.checked_sub(1).and_then(|before| entries.get(before));
    let (start, end) = match (entries.get(gone), before, entries.get(gone + 1)) {
        (Some(entry), Some(before), _) => (before.end, entry.end),
        (Some(entry), None, Some(next)) => (entry.start, next.start),
        (Some(entry), None, None) => {
            // What was put into an empty container leaves it as it was; other space stays.
            let alone = entry.start == whole.start + 1;
            if alone { (entry.start, entry.end) } else { (whole.start + 1, whole.end - 1) }
        }
        (None, ..) => return text.to_owned(),
    };
    replaced(text, start, end, "")
}

#[cfg(test)]
mod tests {
    use super::{Found, Step, find, put, take};

    const TEXT: &str = "{\n  \"A\": [\n    {\"N\": \"x\", \"M\": {\"T\": \"ä\"}},\n    {\"N\":\"y\"}\n  ],\n  \"B\": [],\n  \"C\": \"{}\", \"D\" : {}\n}\n";

    fn entry(is: &str) -> Step {
        Step::Entry { key: &["N"], is: is.to_owned() }
    }

    #[test]
    fn values_are_found() {
        for (way, expected) in [
            (
                vec![Step::Member("A"), entry("x"), Step::Member("M")],
                Found::Json("{\"T\": \"ä\"}".into()),
            ),
            (vec![Step::Member("A"), entry("z")], Found::Nothing),
            (vec![Step::Member("C")], Found::Text("{}".into())),
            (vec![Step::Member("X"), Step::Member("Y")], Found::Nothing),
            (
                vec![
                    Step::Member("A"),
                    Step::Entry { key: &["M", "T"], is: "ä".into() },
                    Step::Member("N"),
                ],
                Found::Text("x".into()),
            ),
        ] {
            assert_eq!(find(TEXT, &way), Ok(expected), "{way:?}");
        }
        assert!(find("{", &[]).is_err());
    }

    /// What was put in and taken out again leaves every byte as it was.
    #[test]
    fn what_is_put_in_comes_out_again() {
        for way in [
            vec![Step::Member("A"), entry("z")],
            vec![Step::Member("B"), entry("z")],
            vec![Step::Member("D"), Step::Member("P")],
            vec![Step::Member("A"), entry("y"), Step::Member("P")],
            vec![Step::Member("P")],
        ] {
            let put_in = put(TEXT, &way, r#"{"N": "z", "more": [1]}"#).unwrap();
            serde_json::from_str::<serde_json::Value>(&put_in).unwrap();
            assert_ne!(put_in, TEXT);
            assert!(matches!(find(&put_in, &way), Ok(Found::Json(_))), "{put_in}");
            assert_eq!(take(&put_in, &way).as_deref(), Ok(TEXT), "{way:?}");
        }
    }

    #[test]
    fn what_is_replaced_leaves_the_rest() {
        let way = [Step::Member("A"), entry("x"), Step::Member("M")];
        assert_eq!(put(TEXT, &way, "[]").unwrap(), TEXT.replace("{\"T\": \"ä\"}", "[]"));
    }

    #[test]
    fn first_and_only_entries_go_with_their_commas() {
        let first = take(TEXT, &[Step::Member("A"), entry("x")]).unwrap();
        assert!(first.contains("[\n    {\"N\":\"y\"}\n  ]"), "{first}");
        let none = take(&first, &[Step::Member("A"), entry("y")]).unwrap();
        assert!(none.contains("\"A\": []"), "{none}");
        assert_eq!(take(TEXT, &[Step::Member("B"), entry("x")]).as_deref(), Ok(TEXT));
        assert!(put(TEXT, &[Step::Member("X"), Step::Member("Y")], "1").is_err());
    }
}
