//! `Principal` and `NotPrincipal`.

use super::{refuse, shortened};
use crate::policy::Principal;
use core::fmt;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;

/// `"*"`, or an object of lists.
pub(super) struct Principals;

impl<'de> DeserializeSeed<'de> for Principals {
    type Value = Vec<Principal>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Principals {
    type Value = Vec<Principal>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`*` or an object with `AWS`, `Service`, `Federated` or `CanonicalUser`")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        if text == "*" {
            Ok(vec![Principal::anyone()])
        } else {
            Err(E::custom(format!(
                "`{}` alone is not a principal; write `*` or {{\"AWS\": ...}}",
                shortened(text)
            )))
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut principals = Vec::new();
        let mut seen: Vec<Cow<'de, str>> = Vec::new();
        while let Some(kind) = map.next_key::<Cow<'de, str>>()? {
            if seen.contains(&kind) {
                return Err(refuse(&mut map, "stands here a second time"));
            }
            if !["AWS", "Service", "Federated", "CanonicalUser"].contains(&&*kind) {
                return Err(refuse(&mut map, "unknown kind of principal"));
            }
            map.next_value_seed(PrincipalsOfKind { kind: &kind, into: &mut principals })?;
            seen.push(kind);
        }
        Ok(principals)
    }
}

struct PrincipalsOfKind<'a> {
    kind: &'a str,
    into: &'a mut Vec<Principal>,
}

impl PrincipalsOfKind<'_> {
    fn add<E: serde::de::Error>(&mut self, text: &str) -> Result<(), E> {
        let principal = match Principal::of_kind(self.kind, text) {
            Some(principal) => Ok(principal),
            None => Principal::aws(text),
        };
        self.into.push(
            principal.map_err(|problem| E::custom(format!("`{}`: {problem}", shortened(text))))?,
        );
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for PrincipalsOfKind<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PrincipalsOfKind<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a principal or a list of principals")
    }

    fn visit_str<E: serde::de::Error>(mut self, text: &str) -> Result<(), E> {
        self.add(text)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        struct One<'b, 'a>(&'b mut PrincipalsOfKind<'a>);
        impl<'de> DeserializeSeed<'de> for One<'_, '_> {
            type Value = ();
            fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
                let text = <Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                self.0.add(&text)
            }
        }
        while seq.next_element_seed(One(&mut self))?.is_some() {}
        Ok(())
    }
}
