//! The shapes of AWS's answers as JSON.

use super::answer::Answer;
use super::session::Listed;
use core::fmt::Display;
use serde_json::{Map, Value, json};

/// A value that could not be read.
pub(super) fn unreadable(why: impl Display) -> Value {
    json!({"unreadable": why.to_string()})
}

/// A value that must be there.
pub(super) fn read(answer: Answer<Value>) -> Value {
    answer.unwrap_or_else(unreadable)
}

/// A value that may not be set.
pub(super) fn field(answer: Answer<Option<Value>>) -> Value {
    match answer {
        Ok(value) => value.unwrap_or(Value::Null),
        Err(failure) => unreadable(failure),
    }
}

/// A list that could be read in part: what failed stands at its end.
pub(super) fn list(answer: Answer<Listed<Value>>) -> Value {
    match answer {
        Ok(mut listed) => {
            listed.entries.extend(listed.failure.map(unreadable));
            Value::Array(listed.entries)
        }
        Err(failure) => unreadable(failure),
    }
}

/// Without what is null, which is how AWS writes it too.
pub(super) fn compact(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let set = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(set.map(|(name, value)| (name, compact(value))).collect::<Map<_, _>>())
        }
        Value::Array(entries) => Value::Array(entries.into_iter().map(compact).collect()),
        other => other,
    }
}

/// The text of an enumeration of the SDK's, also where it is newer than the SDK.
pub(super) fn text_of<T: AsRef<str>>(value: &T) -> &str {
    value.as_ref()
}

/// A value with another field.
pub(super) fn with(mut value: Value, name: &str, field: Value) -> Value {
    if let Some(fields) = value.as_object_mut() {
        fields.insert(name.to_owned(), field);
    }
    value
}

/// Tags by the names of `Key` and `Value`.
pub(super) fn tags<'a>(tags: impl IntoIterator<Item = (&'a str, &'a str)>) -> Value {
    tags.into_iter().map(|(key, value)| json!({"Key": key, "Value": value})).collect()
}
