//! A difference in words.

use super::circumstances::Circumstance;
use crate::context::Fact;
use crate::evaluate::{Naming, Request, Says};
use crate::tri::Tri;

pub(super) fn difference(
    request: &Request<'_>,
    circumstance: &Circumstance,
    [before, after]: [Says; 2],
) -> String {
    let who = match (&*request.caller.name, request.caller.entity.arn()) {
        ("*", _) => "everybody".to_owned(),
        (name, Some(entity)) if entity != name => format!("{name} (of {entity})"),
        (name, _) => name.to_owned(),
    };
    let what = request.resource.unwrap_or("an unknown resource");
    let action = request.action.as_str();
    let change = change(before, after);
    format!("{who}: {action} on {what}{}: {change}", under(circumstance))
}

fn under(circumstance: &Circumstance) -> String {
    let told = circumstance.iter().map(|(key, fact)| match fact {
        Fact::One(value) => format!("{key} is {value}"),
        Fact::Many(values) => format!("{key} is [{}]", values.join(", ")),
        Fact::Absent | Fact::Unknown | Fact::NoneOf(_) => format!("{key} is not known"),
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() { String::new() } else { format!(", where {}", told.join(" and ")) }
}

fn change(before: Says, after: Says) -> &'static str {
    let allows = |says: Says| says.allow.iter().fold(Tri::No, |sum, one| sum | *one);
    let by = |says: Says, naming: Naming| says.allow.get(naming as usize).copied();
    if before.deny != after.deny {
        return if before.deny < after.deny { "newly denied" } else { "no longer denied" };
    }
    if allows(before) != allows(after) {
        return if allows(before) < allows(after) { "newly allowed" } else { "no longer allowed" };
    }
    if by(before, Naming::Account) < by(after, Naming::Account) {
        return "newly left to the account's own policies";
    }
    "allowed by another naming of the caller than before"
}
