//! How a change is written: nothing of others is touched, and what is added has the form that a
//! statement or grant of ours always has.

use crate::plan::document::{self, same_statement};
use crate::plan::{Change, ChangeKind, OURS};
use crate::propose::intent::Intent;
use serde_json::{Map, Value};

/// The elements that a statement of ours may have. `NotAction` and its like are not among them.
const ELEMENTS: [&str; 6] = ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"];

/// What about a change is not as it always has to be.
pub(super) fn breaches(change: &Change, intent: &Intent) -> Vec<String> {
    match change.kind {
        ChangeKind::PutBucketEncryption => encryption(change),
        ChangeKind::CreateGrant => grant(change, intent),
        _ => document(change, intent),
    }
}

/// Only the key of the default rule may change.
fn encryption(change: &Change) -> Vec<String> {
    let without_key = |settings: &Value| {
        let mut settings = settings.clone();
        let place = "/Rules/0/ApplyServerSideEncryptionByDefault/KMSMasterKeyID";
        let key = settings.pointer_mut(place)?.take();
        key.is_string().then_some(settings)
    };
    let before = change.before.as_ref().and_then(without_key);
    if before.is_some() && before == without_key(&change.after) {
        return Vec::new();
    }
    vec!["more than the key of the default encryption would change".to_owned()]
}

fn document(change: &Change, intent: &Intent) -> Vec<String> {
    let mut breaches = Vec::new();
    if change.kind.is_inline_policy() {
        if change.target != intent.entity {
            breaches.push(format!("the policy would be given to {}", change.target));
        }
        if !change.policy_name.as_deref().is_some_and(|name| name.starts_with(OURS)) {
            breaches.push(format!("the policy's name does not begin with `{OURS}`"));
        }
    }
    breaches.extend(others(change));
    for statement in &change.added {
        let name = statement.get("Sid").and_then(Value::as_str).unwrap_or("without a `Sid`");
        let problems = statement_problems(statement, change, intent);
        breaches.extend(problems.into_iter().map(|problem| format!("statement {name}: {problem}")));
    }
    breaches
}

/// The document after is the one before with what is added, and nothing else.
fn others(change: &Change) -> Vec<String> {
    let mut breaches = Vec::new();
    let stood: Vec<&Value> = change.before.iter().flat_map(document::statements).collect();
    let stands: Vec<&Value> = document::statements(&change.after).collect();
    let missing =
        |list: &[&Value], one: &Value| !list.iter().any(|other| same_statement(other, one));
    let name = |statement: &Value, place: usize| {
        let sid = statement.get("Sid").and_then(Value::as_str);
        sid.map_or_else(|| format!("number {place}"), |sid| format!("`{sid}`"))
    };
    for (place, statement) in stood.iter().enumerate() {
        if missing(&stands, statement) {
            let name = name(statement, place);
            breaches.push(format!("statement {name}, which stands there, would not stay as it is"));
        }
    }
    for (place, statement) in stands.iter().enumerate() {
        let added: Vec<&Value> = change.added.iter().collect();
        if missing(&stood, statement) && missing(&added, statement) {
            let name = name(statement, place);
            breaches.push(format!("statement {name} would be added without being announced"));
        }
    }
    if change.added.iter().any(|statement| missing(&stands, statement)) {
        breaches.push("a statement that is announced would not be added".to_owned());
    }
    if stands.len() != stood.len() + change.added.len() {
        breaches.push("the number of statements is not what it would have to be".to_owned());
    }
    let expected = change.before.as_ref().map_or_else(|| Some(new_frame()), frame);
    if frame(&change.after) != expected {
        breaches.push("more than the statements of the document would change".to_owned());
    }
    breaches
}

/// All of a document but its statements.
fn frame(document: &Value) -> Option<Map<String, Value>> {
    let mut frame = document.as_object().cloned()?;
    frame.remove("Statement");
    Some(frame)
}

/// That of a document that is made.
fn new_frame() -> Map<String, Value> {
    Map::from_iter([("Version".to_owned(), Value::from("2012-10-17"))])
}

fn statement_problems(statement: &Value, change: &Change, intent: &Intent) -> Vec<String> {
    let mut problems = Vec::new();
    let mut unless = |good: bool, problem: &str| {
        if !good {
            problems.push(problem.to_owned());
        }
    };
    let Some(elements) = statement.as_object() else { return vec!["is no object".to_owned()] };
    let known = elements.keys().all(|name| ELEMENTS.contains(&&**name));
    unless(known, "has an element that no statement of ours has");
    unless(
        statement.get("Effect") == Some(&Value::from("Allow")),
        "does something else than allow",
    );
    let sid = statement.get("Sid").and_then(Value::as_str).unwrap_or_default();
    unless(sid.starts_with(OURS), "its `Sid` does not tell that it is ours");
    let mut stood = change.before.iter().flat_map(document::statements);
    let taken = stood.any(|one| one.get("Sid").and_then(Value::as_str) == Some(sid));
    unless(!taken, "its `Sid` is taken already");
    if change.kind.is_inline_policy() {
        unless(!elements.contains_key("Principal"), "names a principal in an inline policy");
    } else {
        let named = texts(statement.pointer("/Principal/AWS"));
        let principal = statement.get("Principal").and_then(Value::as_object);
        let only = principal.is_some_and(|principal| principal.len() == 1);
        let one = only && named.as_deref() == Some(&[&*intent.entity]);
        unless(one, "does not name exactly the principal that is to be let in");
    }
    let meant = |action: &&str| intent.permissions.iter().any(|one| one.action.is(action));
    let actions = texts(statement.get("Action")).unwrap_or_default();
    unless(!actions.is_empty() && actions.iter().all(meant), "has an action that is not meant");
    let resources = texts(statement.get("Resource"));
    if change.kind == ChangeKind::PutTrustPolicy {
        unless(!elements.contains_key("Resource"), "has a resource in a trust policy");
    } else {
        unless(resources.as_ref().is_some_and(|list| !list.is_empty()), "has no resource");
    }
    problems
}

/// A text, or a list of texts.
fn texts(value: Option<&Value>) -> Option<Vec<&str>> {
    match value? {
        Value::String(text) => Some(vec![text]),
        Value::Array(list) => list.iter().map(Value::as_str).collect(),
        _ => None,
    }
}

fn grant(change: &Change, intent: &Intent) -> Vec<String> {
    const FIELDS: [&str; 5] = ["KeyId", "GranteePrincipal", "Operations", "Constraints", "Name"];
    let request = &change.after;
    let text = |field: &str| request.get(field).and_then(Value::as_str).unwrap_or_default();
    let mut breaches = Vec::new();
    let mut unless = |good: bool, problem: &str| {
        if !good {
            breaches.push(format!("grant: {problem}"));
        }
    };
    let known = request
        .as_object()
        .is_some_and(|fields| fields.keys().all(|field| FIELDS.contains(&&**field)));
    unless(known, "it has a field that no grant of ours has");
    unless(change.before.is_none() && change.added.is_empty(), "it would change what stands there");
    unless(text("Name").starts_with(OURS), "its name does not tell that it is ours");
    unless(text("KeyId") == change.target, "it is made on another key");
    unless(text("GranteePrincipal") == intent.entity, "it is given to somebody else");
    let operations = texts(request.get("Operations")).unwrap_or_default();
    let meant = |operation: &&str| {
        intent.permissions.iter().any(|one| one.action.is(&format!("kms:{operation}")))
    };
    unless(
        !operations.is_empty() && operations.iter().all(meant),
        "it allows an operation that is not meant",
    );
    unless(intent.until.is_none(), "it does not end by itself, and the rest of the plan does");
    breaches
}
