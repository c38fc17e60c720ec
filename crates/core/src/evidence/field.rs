//! A value that was read, is not set, or could not be read.

use crate::tri::Tri;
use core::fmt;
use core::marker::PhantomData;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};
use std::borrow::Cow;

/// A value of the evidence. `{"unreadable": "why"}` may stand for any of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Field<T> {
    /// It was read.
    Set(T),
    /// The thing was read, and has no such value: AWS's default holds.
    #[default]
    NotSet,
    /// It could not be read, and why.
    Unreadable(String),
}

impl<T> Field<T> {
    /// The value where it was read.
    pub fn get(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::NotSet | Self::Unreadable(_) => None,
        }
    }

    /// Whether this is the value that is looked for; unknown where it could not be read.
    pub fn is<U: ?Sized>(&self, wanted: &U) -> Tri
    where
        T: PartialEq<U>,
    {
        match self {
            Self::Set(value) => (*value == *wanted).into(),
            Self::NotSet => Tri::No,
            Self::Unreadable(_) => Tri::Unknown,
        }
    }

    /// The value or that it is not set.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn read(&self) -> Result<Option<&T>, &str> {
        match self {
            Self::Set(value) => Ok(Some(value)),
            Self::NotSet => Ok(None),
            Self::Unreadable(why) => Err(why),
        }
    }
}

impl Field<String> {
    /// The text, or nothing where there is none to be read.
    pub fn text(&self) -> &str {
        self.get().map_or("", String::as_str)
    }
}

impl<T> Field<Vec<Field<T>>> {
    /// The entries of a list that could be read.
    pub fn entries(&self) -> impl Iterator<Item = &T> {
        self.get().into_iter().flatten().filter_map(Field::get)
    }

    /// Why the list, or an entry of it, could not be read.
    pub fn unreadable(&self) -> Option<&str> {
        match self {
            Self::Unreadable(why) => Some(why),
            Self::NotSet => None,
            Self::Set(entries) => entries.iter().find_map(|entry| match entry {
                Field::Unreadable(why) => Some(why.as_str()),
                Field::Set(_) | Field::NotSet => None,
            }),
        }
    }
}

impl<T: schemars::JsonSchema> schemars::JsonSchema for Field<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Readable_{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let value = generator.subschema_for::<T>();
        schemars::json_schema!({
            "anyOf": [
                value,
                {"type": "null"},
                {
                    "type": "object",
                    "description": "the value could not be read",
                    "properties": {"unreadable": {"type": "string", "description": "why"}},
                    "required": ["unreadable"],
                    "additionalProperties": false
                }
            ]
        })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FieldVisitor(PhantomData))
    }
}

struct FieldVisitor<T>(PhantomData<T>);

macro_rules! scalar {
    ($visit:ident, $kind:ty) => {
        fn $visit<E: serde::de::Error>(self, value: $kind) -> Result<Self::Value, E> {
            T::deserialize(value.into_deserializer()).map(Field::Set)
        }
    };
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for FieldVisitor<T> {
    type Value = Field<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value, null or {\"unreadable\": \"why\"}")
    }

    scalar!(visit_str, &str);
    scalar!(visit_bool, bool);
    scalar!(visit_i64, i64);
    scalar!(visit_u64, u64);
    scalar!(visit_f64, f64);

    fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        Ok(Field::NotSet)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        T::deserialize(SeqAccessDeserializer::new(seq)).map(Field::Set)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let first = map.next_key::<Cow<'de, str>>()?;
        if first.as_deref() == Some("unreadable") {
            let why = map.next_value()?;
            return match map.next_key::<Cow<'de, str>>()? {
                None => Ok(Field::Unreadable(why)),
                Some(other) => Err(A::Error::custom(format!(
                    "`unreadable` stands alone, but `{other}` stands beside it"
                ))),
            };
        }
        T::deserialize(MapAccessDeserializer::new(Unread { first, map })).map(Field::Set)
    }
}

/// A map whose first key was read already.
struct Unread<'de, A> {
    first: Option<Cow<'de, str>>,
    map: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Unread<'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        match self.first.take() {
            Some(key) => seed.deserialize(key.into_deserializer()).map(Some),
            None => self.map.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

#[cfg(test)]
mod tests {
    use super::Field;

    #[derive(serde::Deserialize, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Thing {
        #[serde(default)]
        name: Field<String>,
    }

    fn read(json: &str) -> Result<Field<Thing>, String> {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        serde_path_to_error::deserialize(&mut deserializer).map_err(|error| error.to_string())
    }

    #[test]
    fn values_stand_at_any_depth() {
        let thing = |name| Ok(Field::Set(Thing { name }));
        assert_eq!(read(r#"{"name":"a"}"#), thing(Field::Set("a".into())));
        assert_eq!(read("{}"), thing(Field::NotSet));
        assert_eq!(read(r#"{"name":null}"#), thing(Field::NotSet));
        assert_eq!(read(r#"{"name":{"unreadable":"no"}}"#), thing(Field::Unreadable("no".into())));
        assert_eq!(read(r#"{"unreadable":"no"}"#), Ok(Field::Unreadable("no".into())));
        assert_eq!(read("null"), Ok(Field::NotSet));
    }

    #[test]
    fn errors_keep_their_path() {
        let error = read(r#"{"nam":1}"#).unwrap_err();
        assert!(error.starts_with("unknown field `nam`"), "{error}");
        let error = read(r#"{"name":[]}"#).unwrap_err();
        assert!(error.starts_with("name: invalid type"), "{error}");
    }
}
