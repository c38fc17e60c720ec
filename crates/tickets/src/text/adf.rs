//! Atlassian Document Format, as Jira takes it.
//! <https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/>

use super::{Block, Report};
use serde_json::{Value, json};

/// A report as a document. Text in it is no markup, whatever it says.
pub(crate) fn adf(report: &Report) -> Value {
    let mut content = Vec::new();
    for section in &report.sections {
        if let Some(heading) = &section.heading {
            content.push(json!({
                "type": "heading", "attrs": {"level": 3}, "content": [plain(heading)],
            }));
        }
        content.extend(section.blocks.iter().filter_map(block));
    }
    json!({"version": 1, "type": "doc", "content": content})
}

fn block(block: &Block) -> Option<Value> {
    Some(match block {
        Block::Say { text } => paragraph(&[plain(text)]),
        Block::Facts { facts } if facts.is_empty() => return None,
        Block::Facts { facts } => list(facts.iter().map(|fact| {
            let value = if fact.value.is_empty() { " " } else { fact.value.as_str() };
            let label = format!("{} ", fact.label);
            paragraph(&[
                marked(&label, &json!({"type": "strong"})),
                marked(value, &json!({"type": "code"})),
            ])
        })),
        Block::List { items } if items.is_empty() => return None,
        Block::List { items } => list(items.iter().map(|item| paragraph(&[plain(item)]))),
        Block::Code { lines, .. } if lines.is_empty() => return None,
        Block::Code { lines, difference } => {
            let language = if *difference { "diff" } else { "text" };
            let text = plain(&lines.join("\n"));
            json!({"type": "codeBlock", "attrs": {"language": language}, "content": [text]})
        }
        Block::Link { label, url } => {
            let mark = json!({"type": "link", "attrs": {"href": url}});
            paragraph(&[marked(label, &mark)])
        }
    })
}

fn list(paragraphs: impl Iterator<Item = Value>) -> Value {
    let items = paragraphs.map(|one| json!({"type": "listItem", "content": [one]}));
    json!({"type": "bulletList", "content": items.collect::<Vec<_>>()})
}

fn paragraph(content: &[Value]) -> Value {
    json!({"type": "paragraph", "content": content})
}

/// A node of text, which may not be empty.
fn plain(text: &str) -> Value {
    json!({"type": "text", "text": if text.is_empty() { " " } else { text }})
}

fn marked(text: &str, mark: &Value) -> Value {
    json!({"type": "text", "text": text, "marks": [mark]})
}
