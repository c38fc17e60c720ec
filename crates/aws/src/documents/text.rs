//! Settings that are no policies, as text: the same text for the same setting.

use crate::evidence::{Answer, Failure};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// As plans print it: without white space, names in order.
pub(super) fn print(setting: &impl Serialize) -> String {
    // Neither strings nor lists of them can fail.
    serde_json::to_value(setting).unwrap_or_default().to_string()
}

/// Reads what is to be written. The failure tells the place and nothing of the text.
pub(super) fn parse<T: DeserializeOwned>(writing: &str, text: &str) -> Answer<T> {
    serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let why = format!("what is to be written is not understood, line {line} column {column}");
        Failure::because(writing, why)
    })
}
