//! Writing documents: what is parsed again is the same policy.

use super::{Clause, Condition, Policy, Principal, PrincipalId, Statement, Version};
use serde::ser::{Serialize, SerializeMap, Serializer};

impl Serialize for Policy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(version) = self.version {
            map.serialize_entry(
                "Version",
                match version {
                    Version::V2008 => "2008-10-17",
                    Version::V2012 => "2012-10-17",
                },
            )?;
        }
        if let Some(id) = &self.id {
            map.serialize_entry("Id", id)?;
        }
        map.serialize_entry("Statement", &self.statements)?;
        map.end()
    }
}

impl Serialize for Statement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(sid) = &self.sid {
            map.serialize_entry("Sid", sid)?;
        }
        map.serialize_entry("Effect", &self.effect.to_string())?;
        if let Some(clause) = &self.principal {
            map.serialize_entry(
                name(clause, "Principal", "NotPrincipal"),
                &Principals(clause.listed()),
            )?;
        }
        if let Some(clause) = &self.action {
            let texts: Vec<_> = clause.listed().iter().map(super::ActionPattern::as_str).collect();
            map.serialize_entry(name(clause, "Action", "NotAction"), &Texts(&texts))?;
        }
        if let Some(clause) = &self.resource {
            let texts: Vec<_> = clause.listed().iter().map(super::Pattern::as_str).collect();
            map.serialize_entry(name(clause, "Resource", "NotResource"), &Texts(&texts))?;
        }
        if !self.conditions.is_empty() {
            map.serialize_entry("Condition", &Conditions(&self.conditions))?;
        }
        map.end()
    }
}

fn name<T>(clause: &Clause<T>, is: &'static str, is_not: &'static str) -> &'static str {
    match clause {
        Clause::Is(_) => is,
        Clause::IsNot(_) => is_not,
    }
}

/// One text alone, several as a list.
struct Texts<'a>(&'a [&'a str]);

impl Serialize for Texts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            [one] => one.serialize(serializer),
            many => many.serialize(serializer),
        }
    }
}

struct Principals<'a>(&'a [Principal]);

impl Serialize for Principals<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let [one] = self.0
            && one.id == PrincipalId::Anyone
        {
            return serializer.serialize_str("*");
        }
        let mut map = serializer.serialize_map(None)?;
        let mut kinds: Vec<&str> = Vec::new();
        for principal in self.0 {
            if !kinds.contains(&principal.kind()) {
                kinds.push(principal.kind());
            }
        }
        for kind in kinds {
            let of_kind = self.0.iter().filter(|principal| principal.kind() == kind);
            let texts: Vec<_> = of_kind.map(|principal| &*principal.written).collect();
            if !texts.is_empty() {
                map.serialize_entry(kind, &Texts(&texts))?;
            }
        }
        map.end()
    }
}

struct Conditions<'a>(&'a [Condition]);

impl Serialize for Conditions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        // The parser keeps an operator's keys together.
        for chunk in self.0.chunk_by(|one, next| one.operator == next.operator) {
            if let Some(first) = chunk.first() {
                map.serialize_entry(&first.operator.to_string(), &Comparisons(chunk))?;
            }
        }
        map.end()
    }
}

struct Comparisons<'a>(&'a [Condition]);

impl Serialize for Comparisons<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for condition in self.0 {
            let texts: Vec<_> = condition.values.iter().map(super::Value::as_str).collect();
            map.serialize_entry(condition.key.as_str(), &Texts(&texts))?;
        }
        map.end()
    }
}
