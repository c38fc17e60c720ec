//! The digest that an approval is bound to.

use super::Change;
use core::fmt::{self, Write as _};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;

/// `sha256:` and 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(Box<str>);

/// A text that is no digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestError(Box<str>);

impl fmt::Display for DigestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no digest: expected `sha256:` and 64 hexadecimal digits", self.0)
    }
}

impl core::error::Error for DigestError {}

impl Digest {
    /// The digest of changes: of what they do, not of the words about them.
    pub fn of_changes(changes: &[Change]) -> Self {
        let what: Vec<Value> = changes
            .iter()
            .map(|change| {
                json!({
                    "kind": change.kind,
                    "account": change.account,
                    "target": change.target,
                    "policy_name": change.policy_name,
                    "before": change.before,
                    "after": change.after,
                })
            })
            .collect();
        Self::of(&Value::from(what))
    }

    /// The digest of a JSON value in its canonical form.
    /// <https://www.rfc-editor.org/rfc/rfc8785>
    pub fn of(value: &Value) -> Self {
        // Fails for numbers that are not finite, which a JSON value cannot hold.
        let canonical = serde_json_canonicalizer::to_vec(value).unwrap_or_default();
        let mut text = String::from("sha256:");
        for byte in Sha256::digest(&canonical) {
            // Writing to a text never fails.
            let _ = write!(text, "{byte:02x}");
        }
        Self(text.into())
    }

    /// Reads a digest.
    ///
    /// # Errors
    /// [`DigestError`] for any other text.
    pub fn parse(text: &str) -> Result<Self, DigestError> {
        let hex = text.strip_prefix("sha256:").filter(|hex| {
            hex.len() == 64 && hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        });
        hex.map(|_| Self(text.into())).ok_or_else(|| DigestError(text.into()))
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// So many of the first hexadecimal digits, 64 at most.
    pub fn short(&self, digits: usize) -> &str {
        self.0.get(7..7 + digits.min(64)).unwrap_or_default()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Digest {
    type Error = DigestError;

    fn try_from(text: String) -> Result<Self, DigestError> {
        Self::parse(&text)
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.0.into()
    }
}

impl JsonSchema for Digest {
    fn schema_name() -> Cow<'static, str> {
        "Digest".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"})
    }
}

#[cfg(test)]
mod tests {
    use super::Digest;
    use serde_json::json;

    /// The order of keys does not count, the text of values does.
    /// The expected value: `printf '{"a":1,"b":["x"]}' | sha256sum`.
    #[test]
    fn canonical() {
        let digest = Digest::of(&json!({"b": ["x"], "a": 1}));
        let known = "sha256:fd5e92badbe24726f55b88132dd5fa1ceec0efd960b3bcd44f527b4bcc84af34";
        assert_eq!(digest, Digest::of(&json!({"a": 1, "b": ["x"]})));
        assert_ne!(digest, Digest::of(&json!({"a": 1, "b": "x"})));
        assert_eq!(digest.as_str(), known);
        assert_eq!(Digest::parse(digest.as_str()), Ok(digest));
        assert!(Digest::parse("sha256:ABC").is_err());
    }
}
