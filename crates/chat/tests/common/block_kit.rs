//! Whether Slack would take a message or a dialog: the limits of the pages of Block Kit, looked at from
//! outside. Lengths are counted in UTF-16 units, the strictest way of counting.
//! <https://docs.slack.dev/reference/block-kit/blocks>,
//! <https://docs.slack.dev/reference/block-kit/block-elements>,
//! <https://docs.slack.dev/reference/block-kit/composition-objects>,
//! <https://docs.slack.dev/reference/views/modal-views>

use serde_json::Value;
use std::collections::BTreeSet;

/// Letters that Slack takes in the blocks of one message; more is refused as `msg_blocks_too_long`. The
/// pages do not name the number; this is what others measured.
const WHOLE: usize = 13_200;
/// Bytes of a view, as `views.open` takes it.
const VIEW: usize = 250_000;

fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

fn text<'v>(value: &'v Value, place: &str) -> &'v str {
    value.as_str().unwrap_or_else(|| panic!("{place}: no text: {value}"))
}

fn within(value: &Value, most: usize, place: &str) {
    let text = text(value, place);
    assert!((1..=most).contains(&length(text)), "{place}: {} of {most}: {text}", length(text));
}

/// A message: its blocks and the text beside them.
pub(crate) fn message(message: &Value) {
    let blocks = message["blocks"].as_array().unwrap();
    assert!((1..=50).contains(&blocks.len()), "{} blocks", blocks.len());
    within(&message["text"], 4000, "text");
    markup(text(&message["text"], "text"));
    let mut ids = BTreeSet::new();
    blocks.iter().enumerate().for_each(|(at, one)| block(one, &format!("blocks[{at}]"), &mut ids));
    let all: usize = blocks.iter().map(letters).sum();
    assert!(all <= WHOLE, "{all} letters");
}

/// A dialog.
pub(crate) fn view(view: &Value) {
    assert_eq!(view["type"], "modal");
    for part in ["title", "submit", "close"] {
        if let Some(shown) = view.get(part) {
            plain(shown, 24, part);
        } else {
            assert_eq!(part, "submit", "it has no {part}");
        }
    }
    within(&view["callback_id"], 255, "callback_id");
    assert!(length(text(&view["private_metadata"], "private_metadata")) <= 3000);
    let blocks = view["blocks"].as_array().unwrap();
    assert!((1..=100).contains(&blocks.len()), "{} blocks", blocks.len());
    let mut ids = BTreeSet::new();
    blocks.iter().enumerate().for_each(|(at, one)| block(one, &format!("blocks[{at}]"), &mut ids));
    let asks = blocks.iter().any(|block| block["type"] == "input");
    assert_eq!(asks, view.get("submit").is_some(), "input needs submit");
    assert!(view.to_string().len() <= VIEW, "{} bytes", view.to_string().len());
}

fn block(block: &Value, place: &str, ids: &mut BTreeSet<String>) {
    if let Some(id) = block.get("block_id") {
        within(id, 255, place);
        assert!(ids.insert(id.to_string()), "{place}: the id stands there twice");
    }
    match text(&block["type"], place) {
        "header" => plain(&block["text"], 150, place),
        "section" => any(&block["text"], 3000, place),
        "divider" => assert_eq!(block.as_object().unwrap().len(), 1),
        "context" => {
            let elements = block["elements"].as_array().unwrap();
            assert!((1..=10).contains(&elements.len()), "{place}: {} elements", elements.len());
            for element in elements {
                any(element, 3000, place);
            }
        }
        "actions" => {
            let elements = block["elements"].as_array().unwrap();
            assert!((1..=25).contains(&elements.len()), "{place}: {} elements", elements.len());
            let names: BTreeSet<_> =
                elements.iter().map(|one| one["action_id"].to_string()).collect();
            assert_eq!(names.len(), elements.len(), "{place}: names of buttons are not unique");
            for element in elements {
                button(element, place);
            }
        }
        "input" => {
            plain(&block["label"], 2000, place);
            plain(&block["hint"], 2000, place);
            field(&block["element"], place);
        }
        other => panic!("{place}: {other} is used nowhere"),
    }
}

fn button(button: &Value, place: &str) {
    assert_eq!(button["type"], "button");
    plain(&button["text"], 75, place);
    within(&button["action_id"], 255, place);
    within(&button["value"], 2000, place);
    if let Some(style) = button.get("style") {
        assert!(["primary", "danger"].contains(&text(style, place)), "{place}: {style}");
    }
    if let Some(confirm) = button.get("confirm") {
        plain(&confirm["title"], 100, place);
        plain(&confirm["text"], 300, place);
        plain(&confirm["confirm"], 30, place);
        plain(&confirm["deny"], 30, place);
    }
}

fn field(field: &Value, place: &str) {
    within(&field["action_id"], 255, place);
    match text(&field["type"], place) {
        "plain_text_input" => {
            let (least, most) = (field["min_length"].as_u64(), field["max_length"].as_u64());
            assert!(least.unwrap() <= 3000 && (1..=3000).contains(&most.unwrap()), "{place}");
        }
        "datepicker" => {
            let day: Result<jiff::civil::Date, _> = text(&field["initial_date"], place).parse();
            assert!(day.is_ok(), "{place}: {field}");
        }
        other => panic!("{place}: {other} is used nowhere"),
    }
}

fn plain(shown: &Value, most: usize, place: &str) {
    assert_eq!(shown["type"], "plain_text", "{place}");
    assert_eq!(shown["emoji"], false, "{place}");
    within(&shown["text"], most, place);
    harmless(text(&shown["text"], place), place);
}

fn any(shown: &Value, most: usize, place: &str) {
    if shown["type"] == "plain_text" {
        return plain(shown, most, place);
    }
    assert_eq!(shown["type"], "mrkdwn", "{place}");
    assert_eq!(shown["verbatim"], true, "{place}");
    within(&shown["text"], most, place);
    markup(text(&shown["text"], place));
}

fn harmless(shown: &str, place: &str) {
    let hidden = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!shown.contains(hidden), "{place}: something hidden: {shown:?}");
}

/// What stands between `<` and `>` is ours, entities are whole, fences are closed, and nothing that a
/// stranger wrote sets off words or shows a picture.
pub(crate) fn markup(shown: &str) {
    harmless(shown, shown);
    let mut rest = shown;
    while let Some((_, after)) = rest.split_once('<') {
        let (inside, after) = after.split_once('>').unwrap_or_else(|| panic!("open <: {shown}"));
        let ours = ["!date^", "@U", "@W", "!subteam^S", "https://"];
        assert!(ours.iter().any(|one| inside.starts_with(one)), "<{inside}> in {shown}");
        rest = after;
    }
    assert!(!rest.contains('>'), "{shown}");
    for entity in shown.split('&').skip(1) {
        let known = ["amp;", "lt;", "gt;"];
        assert!(known.iter().any(|one| entity.starts_with(one)), "&{entity} in {shown}");
    }
    let fences: Vec<&str> = shown.split("```").collect();
    assert!(fences.len() % 2 == 1, "a fence is open: {shown}");
    for outside in fences.iter().step_by(2) {
        for line in outside.lines() {
            let codes: Vec<&str> = line.split('`').collect();
            assert!(codes.len() % 2 == 1, "a code is open: {line}");
            let prose: String = codes.iter().step_by(2).copied().collect();
            let stars = prose.matches('*').count();
            assert!(stars.is_multiple_of(2), "a star too many: {line}");
            assert!(!prose.contains('~'), "{line}");
        }
    }
}

fn letters(block: &Value) -> usize {
    match block {
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| *name != "value" && *name != "action_id")
            .map(|(_, value)| letters(value))
            .sum(),
        Value::Array(all) => all.iter().map(letters).sum(),
        Value::String(text) => length(text),
        _ => 0,
    }
}
