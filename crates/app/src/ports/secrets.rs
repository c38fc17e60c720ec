//! Tokens and keys.

use core::fmt;
use core::future::Future;
use serde_json::{Map, Value};

/// Where secrets are kept.
pub trait Secrets: Sync {
    /// A secret by its name or ARN, as one knows it; `fresh` reads it anew, because what was known was
    /// refused: it may have been rotated.
    ///
    /// # Errors
    /// Why it could not be read; never with its content.
    fn secret(
        &self,
        name: &str,
        fresh: bool,
    ) -> impl Future<Output = Result<Secret, String>> + Send;
}

/// A secret: fields by name. Its content is not shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Map<String, Value>);

impl Secret {
    /// Reads a JSON object of texts.
    ///
    /// # Errors
    /// That it is none; never with its content.
    pub fn parse(text: &str) -> Result<Self, String> {
        match serde_json::from_str(text) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            _ => Err("it is no JSON object, such as {\"token\": \"...\"}".to_owned()),
        }
    }

    /// A field.
    ///
    /// # Errors
    /// That there is none.
    pub fn field(&self, name: &str) -> Result<&str, String> {
        let text = self.0.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        text.ok_or_else(|| format!("it has no field `{name}`"))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Secret").field(&self.0.keys().collect::<Vec<_>>()).finish()
    }
}
