//! HCL: Terraform's language.
//! <https://developer.hashicorp.com/terraform/language/expressions/strings>

use super::indented;
use crate::json::ordered;
use serde_json::Value;

/// A text. `${` and `%{` begin an expression in HCL, and a policy's variables begin like that; one
/// more of the sign takes that away, unless one stands there already.
pub(super) fn text(text: &str) -> String {
    let escaped = super::quoted(text).replace("$${", "\\u0024${").replace("%%{", "\\u0025%{");
    escaped.replace("${", "$${").replace("%{", "%%{")
}

/// A list of texts.
pub(super) fn texts<'a>(list: impl IntoIterator<Item = &'a str>) -> String {
    let list: Vec<String> = list.into_iter().map(text).collect();
    format!("[{}]", list.join(", "))
}

/// A value as an expression; its first line follows a name.
pub(super) fn expression(value: &Value) -> Vec<String> {
    match value {
        Value::String(one) => vec![text(one)],
        Value::Array(list) if list.iter().all(Value::is_string) => {
            vec![texts(list.iter().filter_map(Value::as_str))]
        }
        Value::Array(list) => {
            let mut lines = vec!["[".to_owned()];
            for item in list {
                let mut item = expression(item);
                if let Some(last) = item.last_mut() {
                    last.push(',');
                }
                lines.extend(indented(item, 2));
            }
            lines.push("]".to_owned());
            lines
        }
        Value::Object(map) => {
            let members = ordered(map).into_iter();
            let members = members.map(|(name, value)| (text(name), expression(value)));
            enclosed("{", attributes(&members.collect::<Vec<_>>()), "}")
        }
        scalar => vec![scalar.to_string()],
    }
}

/// A policy document as the text that it is.
pub(super) fn json(document: &Value) -> Vec<String> {
    let mut lines = expression(document);
    if let Some(first) = lines.first_mut() {
        first.insert_str(0, "jsonencode(");
    }
    if let Some(last) = lines.last_mut() {
        last.push(')');
    }
    lines
}

/// Names and values, aligned as `terraform fmt` does: those that follow each other on lines of
/// their own.
pub(super) fn attributes<N: AsRef<str>>(members: &[(N, Vec<String>)]) -> Vec<String> {
    let length = |name: &N| name.as_ref().chars().count();
    let mut lines = Vec::new();
    for group in members.chunk_by(|one, other| one.1.len() == 1 && other.1.len() == 1) {
        let widest = group.iter().map(|(name, _)| length(name)).max().unwrap_or(0);
        for (name, value) in group {
            let gap = " ".repeat(widest.saturating_sub(length(name)));
            let first = value.first().map_or("", String::as_str);
            lines.push(format!("{}{gap} = {first}", name.as_ref()));
            lines.extend(value.iter().skip(1).cloned());
        }
    }
    lines
}

/// A block.
pub(super) fn block(head: &str, body: Vec<String>) -> Vec<String> {
    enclosed(&format!("{head} {{"), body, "}")
}

fn enclosed(open: &str, body: Vec<String>, close: &str) -> Vec<String> {
    let mut lines = vec![open.to_owned()];
    lines.extend(indented(body, 2));
    lines.push(close.to_owned());
    lines
}
