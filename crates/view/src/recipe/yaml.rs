//! YAML, as CloudFormation reads it.

use super::{indented, quoted};
use crate::json::ordered;
use serde_json::Value;

/// What YAML 1.1 takes for something else than a text.
const WORDS: [&str; 10] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan"];

/// A value in lines, its elements in the usual order.
pub(super) fn lines(value: &Value) -> Vec<String> {
    match value {
        Value::Object(map) if !map.is_empty() => {
            let member = |(name, value): (&String, &Value)| member(name, value);
            ordered(map).into_iter().flat_map(member).collect()
        }
        Value::Array(list) if !list.is_empty() => list.iter().flat_map(item).collect(),
        Value::String(text) => vec![quoted(text)],
        scalar => vec![scalar.to_string()],
    }
}

fn member(name: &str, value: &Value) -> Vec<String> {
    let name = key(name);
    let mut inner = lines(value);
    if let (true, [one]) = (is_flat(value), inner.as_slice()) {
        return vec![format!("{name}: {one}")];
    }
    let mut out = vec![format!("{name}:")];
    out.extend(indented(core::mem::take(&mut inner), 2));
    out
}

fn item(value: &Value) -> Vec<String> {
    let mut out: Vec<String> = indented(lines(value), 2).collect();
    if let Some(rest) = out.first().and_then(|first| first.get(2..)).map(str::to_owned)
        && let Some(first) = out.first_mut()
    {
        *first = format!("- {rest}");
    }
    out
}

fn is_flat(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => true,
    }
}

fn key(name: &str) -> String {
    let word = name.to_ascii_lowercase();
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
        && !WORDS.contains(&&*word);
    if plain { name.to_owned() } else { quoted(name) }
}
