//! The same line, written in another order.

use serde_json::Value;

/// Turns every list of statements around.
pub(crate) fn reverse_statements(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::Array(list) if name == "Statement" => list.reverse(),
                    field => reverse_statements(field),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(reverse_statements),
        _ => {}
    }
}

/// Turns documents within a layer, levels, grants and the entries of elements around.
pub(crate) fn reverse_lists(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                reverse_lists(field);
                if let Value::Array(list) = field
                    && name != "Statement"
                {
                    list.reverse();
                }
            }
        }
        Value::Array(list) => {
            list.iter_mut().for_each(reverse_lists);
            // A level within the levels.
            list.iter_mut().filter_map(Value::as_array_mut).for_each(|level| level.reverse());
        }
        _ => {}
    }
}

/// JSON with the members of every object in reverse order.
pub(crate) fn print_reversed(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let members: Vec<String> = fields
                .iter()
                .rev()
                .map(|(name, field)| format!("{}:{}", Value::from(&**name), print_reversed(field)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(list) => {
            let entries: Vec<String> = list.iter().map(print_reversed).collect();
            format!("[{}]", entries.join(","))
        }
        other => other.to_string(),
    }
}

/// Writes condition keys, variables' keys and actions in another case.
pub(crate) fn change_case(line: &mut Value) {
    let request = &mut line["request"];
    request["action"] = swapped(request["action"].as_str().unwrap()).into();
    let context = request["context"].as_object().unwrap();
    request["context"] = context.iter().map(|(key, value)| (swapped(key), value.clone())).collect();
    for key in line["unknown_context"].as_array_mut().unwrap() {
        *key = swapped(key.as_str().unwrap()).into();
    }
    in_documents(&mut line["policies"]);
}

fn in_documents(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                match &**name {
                    "Action" | "NotAction" => texts(field, swapped),
                    "Resource" | "NotResource" => texts(field, variables),
                    "Condition" => conditions(field),
                    _ => in_documents(field),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(in_documents),
        _ => {}
    }
}

fn conditions(block: &mut Value) {
    for comparisons in block.as_object_mut().unwrap().values_mut() {
        let changed = comparisons.as_object().unwrap().iter().map(|(key, values)| {
            let mut values = values.clone();
            texts(&mut values, variables);
            (swapped(key), values)
        });
        *comparisons = changed.collect();
    }
}

fn texts(value: &mut Value, change: impl Fn(&str) -> String) {
    match value {
        Value::Array(list) => {
            for one in list {
                *one = change(one.as_str().unwrap()).into();
            }
        }
        one => *one = change(one.as_str().unwrap()).into(),
    }
}

/// The keys of variables, but not their defaults.
fn variables(text: &str) -> String {
    let Some((before, rest)) = text.split_once("${") else { return text.to_owned() };
    let end = rest.find([',', '}']).unwrap_or(rest.len());
    format!("{before}${{{}{}", swapped(&rest[..end]), &rest[end..])
}

fn swapped(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
        .collect()
}
