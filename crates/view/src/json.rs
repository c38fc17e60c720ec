//! JSON that keeps the order in which it was written, laid out for reading.

use crate::plain::plain_json;
use jsonc_parser::ast;
use serde_json::{Map, Value};

/// JSON for display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// A text, number, boolean or null, as JSON writes it.
    Scalar(String),
    /// A list.
    List(Vec<Json>),
    /// An object in its order; the names as JSON writes them.
    Object(Vec<(String, Json)>),
}

/// The order in which AWS's pages write the elements of a policy and of a statement.
const ELEMENTS: [&str; 12] = [
    "Version",
    "Id",
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
    "Statement",
];

/// The members of an object: elements of a policy in the usual order, then others by name.
pub fn ordered(map: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let place = |name: &str| ELEMENTS.iter().position(|element| *element == name);
    let mut members: Vec<_> = map.iter().collect();
    members.sort_by_key(|(name, _)| place(name).unwrap_or(ELEMENTS.len()));
    members
}

impl Json {
    /// A policy or a statement, its elements in the usual order.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Array(items) => Self::List(items.iter().map(Self::of).collect()),
            Value::Object(map) => {
                let member = |(name, value): (&String, &Value)| (quoted(name), Self::of(value));
                Self::Object(ordered(map).into_iter().map(member).collect())
            }
            Value::String(text) => Self::Scalar(quoted(text)),
            scalar => Self::Scalar(scalar.to_string()),
        }
    }

    /// A value as it stands in a file.
    pub fn ast(value: &ast::Value<'_>) -> Self {
        match value {
            ast::Value::StringLit(text) => Self::Scalar(quoted(&text.value)),
            ast::Value::NumberLit(number) => Self::Scalar(number.value.to_owned()),
            ast::Value::BooleanLit(flag) => Self::Scalar(flag.value.to_string()),
            ast::Value::NullKeyword(_) => Self::Scalar("null".to_owned()),
            ast::Value::Array(list) => Self::List(list.elements.iter().map(Self::ast).collect()),
            ast::Value::Object(object) => {
                let member = |property: &ast::ObjectProp<'_>| {
                    let name = quoted(property.name.as_str());
                    (name, Self::ast(&property.value))
                };
                Self::Object(object.properties.iter().map(member).collect())
            }
        }
    }

    /// Lays it out in lines of a width, as far as its words allow: what fits stands on one line.
    /// The outermost object is always opened up.
    pub fn lines(&self, width: usize) -> Vec<String> {
        let mut lines = vec![String::new()];
        self.write(&mut lines, 0, width, true);
        lines
    }

    fn write(&self, lines: &mut Vec<String>, indent: usize, width: usize, open: bool) {
        let inline = self.inline();
        let taken = lines.last().map_or(0, |line| line.chars().count());
        // One more for the comma that may follow.
        if !open && taken + inline.chars().count() < width {
            push(lines, &inline);
            return;
        }
        match self {
            Self::Scalar(text) => push(lines, text),
            Self::List(items) if items.iter().all(Self::is_scalar) => {
                push(lines, "[");
                fill(lines, items, indent + 2, width);
                lines.push(" ".repeat(indent) + "]");
            }
            Self::List(items) => {
                push(lines, "[");
                for (place, item) in items.iter().enumerate() {
                    lines.push(" ".repeat(indent + 2));
                    item.write(lines, indent + 2, width, false);
                    push(lines, comma(place, items.len()));
                }
                lines.push(" ".repeat(indent) + "]");
            }
            Self::Object(members) => {
                push(lines, "{");
                for (place, (name, value)) in members.iter().enumerate() {
                    lines.push(" ".repeat(indent + 2) + name + ": ");
                    value.write(lines, indent + 2, width, false);
                    push(lines, comma(place, members.len()));
                }
                lines.push(" ".repeat(indent) + "}");
            }
        }
    }

    fn is_scalar(&self) -> bool {
        matches!(self, Self::Scalar(_))
    }

    fn inline(&self) -> String {
        match self {
            Self::Scalar(text) => text.clone(),
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(Self::inline).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Object(members) if members.is_empty() => "{}".to_owned(),
            Self::Object(members) => {
                let member = |(name, value): &(String, Self)| format!("{name}: {}", value.inline());
                let members: Vec<_> = members.iter().map(member).collect();
                format!("{{ {} }}", members.join(", "))
            }
        }
    }
}

fn comma(place: usize, length: usize) -> &'static str {
    if place + 1 < length { "," } else { "" }
}

fn push(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

/// Several items on a line, as many as fit.
fn fill(lines: &mut Vec<String>, items: &[Json], indent: usize, width: usize) {
    lines.push(" ".repeat(indent));
    for (place, item) in items.iter().enumerate() {
        let text = item.inline() + comma(place, items.len());
        let taken = lines.last().map_or(0, |line| line.chars().count());
        if taken == indent {
            push(lines, &text);
        } else if taken + 1 + text.chars().count() <= width {
            push(lines, " ");
            push(lines, &text);
        } else {
            lines.push(" ".repeat(indent) + &text);
        }
    }
}

/// A text as JSON writes it, with nothing hidden in it.
fn quoted(text: &str) -> String {
    plain_json(&Value::from(text).to_string()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::Json;

    fn lines(value: &serde_json::Value, width: usize) -> String {
        Json::of(value).lines(width).join("\n")
    }

    #[test]
    fn what_fits_stands_on_one_line() {
        let statement = serde_json::json!({
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"}},
            "Action": ["kms:Create*", "kms:Describe*", "kms:Enable*", "kms:List*", "kms:Put*"],
            "Effect": "Allow",
            "Sid": "Administration",
        });
        insta::assert_snapshot!(lines(&statement, 54), @r#"
        {
          "Sid": "Administration",
          "Effect": "Allow",
          "Action": [
            "kms:Create*", "kms:Describe*", "kms:Enable*",
            "kms:List*", "kms:Put*"
          ],
          "Resource": "*",
          "Condition": {
            "StringEquals": { "aws:SourceVpce": "vpce-1" }
          }
        }
        "#);
    }
}
