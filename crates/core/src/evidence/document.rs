//! Policy documents as AWS's interfaces print them: an object, JSON text, or URL-encoded text.

use crate::policy::{Policy, PolicyError, PolicyKind};
use core::fmt;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// A policy document that has not been parsed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Document {
    /// A JSON object.
    Object(Value),
    /// JSON text, decoded where it was URL-encoded.
    Text(String),
}

impl Document {
    /// Parses and compiles the document.
    ///
    /// # Errors
    /// What AWS would refuse to store.
    pub fn parse(&self, kind: PolicyKind) -> Result<Policy, PolicyError> {
        match self {
            Self::Object(value) => Policy::from_value(value, kind),
            Self::Text(text) => Policy::parse(text, kind).or_else(|error| {
                // Some encoders leave braces and quotes as they are.
                let decoded = percent_encoding::percent_decode_str(text).decode_utf8_lossy();
                if text.contains('%') {
                    Policy::parse(&decoded, kind).map_err(|_| error)
                } else {
                    Err(error)
                }
            }),
        }
    }

    /// The document as JSON, for display.
    pub fn to_value(&self) -> Option<Value> {
        match self {
            Self::Object(value) => Some(value.clone()),
            Self::Text(text) => serde_json::from_str(text).ok(),
        }
    }
}

impl schemars::JsonSchema for Document {
    fn schema_name() -> Cow<'static, str> {
        "PolicyDocument".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "a policy document: a JSON object, JSON text or URL-encoded text",
            "type": ["object", "string"]
        })
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Unique::deserialize(deserializer)?.0 {
            Value::String(text) => Ok(Self::Text(decoded(text))),
            object @ Value::Object(_) => Ok(Self::Object(object)),
            _ => Err(D::Error::custom("a policy document is an object or its text")),
        }
    }
}

/// IAM prints documents URL-encoded (RFC 3986).
fn decoded(text: String) -> String {
    if !text.trim_start().starts_with('%') {
        return text;
    }
    percent_encoding::percent_decode_str(&text).decode_utf8_lossy().into_owned()
}

/// JSON in which no object names a key twice: which of the two AWS would take is anybody's guess.
struct Unique(Value);

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UniqueVisitor).map(Self)
    }
}

struct UniqueVisitor;

impl<'de> Visitor<'de> for UniqueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Unique(value)) = seq.next_element()? {
            list.push(value);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let Unique(value) = map.next_value()?;
            if object.insert(key.clone(), value).is_some() {
                return Err(A::Error::custom(format!("`{key}` stands here a second time")));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::Document;
    use crate::policy::PolicyKind;

    #[test]
    fn three_forms_of_one_document() {
        let object = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#;
        let text = serde_json::to_string(object).unwrap();
        let encoded = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3A%2A%22%2C%22Resource%22%3A%22%2A%22%7D%7D";
        let encoded = serde_json::to_string(encoded).unwrap();
        let parse = |json: &str| {
            serde_json::from_str::<Document>(json).unwrap().parse(PolicyKind::Identity).unwrap()
        };
        assert_eq!(parse(object), parse(&text));
        assert_eq!(parse(object), parse(&encoded));
        assert!(serde_json::from_str::<Document>(r#"{"Version":"a","Version":"b"}"#).is_err());
    }
}
