//! The names of what is ours.

use crate::plan::Digest;
use serde_json::{Value, json};

/// A name made from what a thing says: the same thing has the same name wherever it is needed. One
/// that is taken, by somebody else's thing or by ours that somebody changed, leaves that as it is.
pub(super) fn name(prefix: &str, content: &Value, is_taken: impl Fn(&str) -> bool) -> String {
    let mut digest = Digest::of(content);
    let mut round = 0_u32;
    loop {
        let name = format!("{prefix}{}", digest.short(16));
        if !is_taken(&name) {
            return name;
        }
        round += 1;
        digest = Digest::of(&json!([content, round]));
    }
}
