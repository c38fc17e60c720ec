//! Text of strangers, made harmless for a terminal, a ticket or a page.
//!
//! Object keys, session names and Sids are chosen by whoever made the call. A control character
//! could move the cursor or change its colour, a bidirectional override could swap what is read.

use core::fmt::Write as _;
use std::borrow::Cow;

/// Replaces what is not printable by its code, such as `\u{1b}`.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hidden(c) {
            // Writing to a string does not fail.
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// The same for JSON text, where such characters stand in strings alone: it stays the same JSON.
pub fn plain_json(json: &str) -> Cow<'_, str> {
    let is_hidden = |c: char| c != '\n' && is_hidden(c);
    if !json.chars().any(is_hidden) {
        return Cow::Borrowed(json);
    }
    let mut shown = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_hidden(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Control characters, marks of direction, invisible spaces and tags.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::{plain, plain_json};

    #[test]
    fn nothing_moves_the_cursor_or_the_direction() {
        assert_eq!(plain("2026/q3 – größe.parquet"), "2026/q3 – größe.parquet");
        assert_eq!(plain("a\u{1b}[31mb\n"), "a\\u{1b}[31mb\\u{a}");
        assert_eq!(plain("a\u{202e}b\u{9b}"), "a\\u{202e}b\\u{9b}");
    }

    #[test]
    fn json_stays_the_same() {
        let value = serde_json::json!({"k": "\u{202e}\u{9b}\u{e0041}\u{1b}"});
        let text = serde_json::to_string_pretty(&value).unwrap();
        let shown = plain_json(&text);
        assert!(!shown.contains('\u{9b}'));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value);
    }
}
