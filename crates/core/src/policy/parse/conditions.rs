//! `Condition`.

use super::many::Many;
use super::refuse;
use crate::context::Key;
use crate::policy::{Condition, Operator, Value};
use core::fmt;
use core::marker::PhantomData;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use std::borrow::Cow;
use std::collections::HashSet;

/// `{"StringEquals": {"aws:SourceVpce": ["vpce-1"]}}`
pub(super) struct Conditions;

impl<'de> DeserializeSeed<'de> for Conditions {
    type Value = Vec<Condition>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Conditions {
    type Value = Vec<Condition>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of condition operators")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut conditions: Vec<Condition> = Vec::new();
        let mut seen = Vec::new();
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            let Some(operator) = Operator::parse(&name) else {
                return Err(refuse(&mut map, "unknown operator"));
            };
            if seen.contains(&operator) {
                return Err(refuse(&mut map, "stands here a second time"));
            }
            seen.push(operator);
            map.next_value_seed(Comparisons { operator, into: &mut conditions })?;
        }
        Ok(conditions)
    }
}

struct Comparisons<'a> {
    operator: Operator,
    into: &'a mut Vec<Condition>,
}

impl<'de> DeserializeSeed<'de> for Comparisons<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Comparisons<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of condition keys")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        // A handful of keys is compared one by one; only a long list is worth a set.
        const FEW: usize = 16;
        let first = self.into.len();
        let mut others: HashSet<Box<str>> = HashSet::new();
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            let key = Key::new(&name);
            let mut own = self.into.iter().skip(first);
            let repeated = own.by_ref().take(FEW).any(|condition| condition.key == key);
            let long = self.into.len() - first >= FEW;
            if repeated || long && !others.insert(key.lower().into()) {
                return Err(refuse(&mut map, "stands here a second time"));
            }
            if name.is_empty() {
                map.next_value::<IgnoredAny>()?;
                return Err(A::Error::custom("a condition key without a name"));
            }
            let texts = map.next_value_seed(Many(PhantomData::<Scalar<'de>>))?;
            let values = texts.iter().map(|Scalar(text)| Value::new(text, self.operator)).collect();
            self.into.push(Condition { operator: self.operator, key, values });
        }
        Ok(())
    }
}

/// A text, number or boolean, taken as its text.
struct Scalar<'de>(Cow<'de, str>);

impl<'de> serde::Deserialize<'de> for Scalar<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ScalarVisitor;
        impl<'de> Visitor<'de> for ScalarVisitor {
            type Value = Scalar<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, number or boolean, or a list of them")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Scalar(text.into()))
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Scalar(text.to_owned().into()))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
                Ok(Scalar(value.to_string().into()))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
                Ok(Scalar(value.to_string().into()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
                Ok(Scalar(value.to_string().into()))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
                Ok(Scalar(value.to_string().into()))
            }
        }
        deserializer.deserialize_any(ScalarVisitor)
    }
}
