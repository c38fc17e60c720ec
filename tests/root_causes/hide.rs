//! Hiding facts: what could not be read, or was not looked up.

use super::check::evidence;
use super::random::Random;
use super::setup::at;
use serde_json::{Value, json};

/// The world with some facts hidden, and which.
pub(crate) fn some(world: &Value, count: usize, random: &mut Random) -> (Value, Vec<String>) {
    let places = places(world);
    let (mut hidden, mut facts) = (world.clone(), Vec::new());
    while facts.len() < count {
        let place = random.one_of(&places);
        let mut attempt = hidden.clone();
        // Another fact may have been hidden together with it.
        if attempt.pointer(place).is_none() {
            continue;
        }
        let removed = random.below(3) == 0 && leave_out(&mut attempt, place);
        if !removed {
            *at(&mut attempt, place) = json!({"unreadable": "AccessDenied"});
        }
        // The names by which things are found cannot be hidden by themselves.
        if evidence(&attempt).is_ok() {
            hidden = attempt;
            facts.push(format!("{}{place}", if removed { "removed " } else { "" }));
        }
    }
    (hidden, facts)
}

/// Every place of the evidence, down to whole documents.
pub(crate) fn places(world: &Value) -> Vec<String> {
    let mut places = Vec::new();
    for (id, account) in world["accounts"].as_object().unwrap() {
        walk(account, format!("/accounts/{id}"), &mut places);
    }
    if !world["organization"].is_null() {
        walk(&world["organization"], "/organization".into(), &mut places);
    }
    places
}

fn walk(value: &Value, place: String, places: &mut Vec<String>) {
    let documents = ["Policy", "PolicyDocument", "Content", "Document", "AssumeRolePolicyDocument"];
    let whole = place.rsplit('/').next().is_some_and(|name| documents.contains(&name));
    match value {
        Value::Object(fields) if !whole => {
            for (name, field) in fields {
                walk(field, format!("{place}/{name}"), places);
            }
        }
        Value::Array(entries) if !whole => {
            for (index, entry) in entries.iter().enumerate() {
                walk(entry, format!("{place}/{index}"), places);
            }
        }
        _ => {}
    }
    places.push(place);
}

/// Takes something out of the evidence in a way that leaves open whether it exists; false where
/// there is no such way, because what is absent from a listing that was read does not exist.
fn leave_out(world: &mut Value, place: &str) -> bool {
    let parts: Vec<&str> = place.split('/').skip(1).collect();
    match parts.as_slice() {
        ["accounts", _]
        | ["accounts", _, "Iam" | "S3" | "Kms" | "Ec2"]
        | ["accounts", _, "S3", "Buckets" | "AccessPoints", _]
        | ["accounts", _, "S3", "Buckets", _, "Objects", _]
        | ["accounts", _, "Ec2", "VpcEndpoints", _] => {}
        // The listing goes on, and this is on the next page.
        ["accounts", id, "Iam", _, _] => {
            at(world, &format!("/accounts/{id}/Iam"))["IsTruncated"] = true.into();
        }
        // The key's Region was not read.
        ["accounts", id, "Kms", "Keys", _] => {
            at(world, &format!("/accounts/{id}/Kms"))["Regions"] = json!(["eu-west-1"]);
        }
        _ => return false,
    }
    let (parent, name) = place.rsplit_once('/').unwrap();
    match at(world, parent) {
        Value::Object(fields) => drop(fields.remove(name)),
        Value::Array(entries) => drop(entries.remove(name.parse().unwrap())),
        _ => return false,
    }
    true
}
