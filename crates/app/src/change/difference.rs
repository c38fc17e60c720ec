//! What tells two documents apart, in words that name statements and show none.

use locksmith_core::plan::document::{same_statement, statements};
use serde_json::{Map, Value};

/// What was added, removed and changed on the way from one document to another.
pub(super) fn difference(before: Option<&Value>, now: Option<&Value>) -> String {
    let (before, now) = match (before, now) {
        (Some(before), Some(now)) => (before, now),
        (Some(_), None) => return "it was deleted".to_owned(),
        (None, Some(_)) => return "it was made, and none stood there".to_owned(),
        (None, None) => return "none stands there".to_owned(),
    };
    let mut found = members(before, now);
    found.extend(of_statements(before, now));
    if found.is_empty() {
        // An order or a form in which nothing else was said.
        found.push("it was written anew".to_owned());
    }
    found.join("; ")
}

/// What differs beside the statements.
fn members(before: &Value, now: &Value) -> Vec<String> {
    let none = Map::new();
    let before = before.as_object().unwrap_or(&none);
    let now = now.as_object().unwrap_or(&none);
    let mut names: Vec<&String> = before.keys().chain(now.keys()).collect();
    names.sort();
    names.dedup();
    let differs = |name: &&String| *name != "Statement" && before.get(*name) != now.get(*name);
    let words = |name: &String| match (before.get(name), now.get(name)) {
        (None, _) => format!("`{name}` was added"),
        (_, None) => format!("`{name}` was removed"),
        _ => format!("`{name}` was changed"),
    };
    names.into_iter().filter(differs).map(words).collect()
}

fn of_statements(before: &Value, now: &Value) -> Vec<String> {
    let mut removed: Vec<(usize, &Value)> = statements(before).enumerate().collect();
    let mut added: Vec<(usize, &Value)> = Vec::new();
    for (place, statement) in statements(now).enumerate() {
        match removed.iter().position(|(_, other)| same_statement(statement, other)) {
            Some(same) => drop(removed.remove(same)),
            None => added.push((place, statement)),
        }
    }
    let mut found = Vec::new();
    removed.retain(|(_, statement)| {
        let changed = sid(statement)
            .and_then(|name| added.iter().position(|(_, other)| sid(other) == Some(name)));
        if let Some(changed) = changed {
            added.remove(changed);
            found.push(format!("statement `{}` was changed", sid(statement).unwrap_or_default()));
        }
        changed.is_none()
    });
    let words = |(place, statement): &(usize, &Value), what: &str| match sid(statement) {
        Some(sid) => format!("statement `{sid}` was {what}"),
        None => format!("`Statement[{place}]`, which has no `Sid`, was {what}"),
    };
    found.extend(removed.iter().map(|one| words(one, "removed")));
    found.extend(added.iter().map(|one| words(one, "added")));
    found
}

fn sid(statement: &Value) -> Option<&str> {
    statement.get("Sid").and_then(Value::as_str).filter(|sid| !sid.is_empty())
}

#[cfg(test)]
mod tests {
    use super::difference;
    use serde_json::{Value, json};

    #[test]
    fn in_words() {
        let document = |list: Value| json!({"Version": "2012-10-17", "Statement": list});
        let before = document(json!([{"Sid": "A"}, {"Sid": "B"}, {"Effect": "Deny"}]));
        let check = |now: Option<Value>, expected: &str| {
            assert_eq!(difference(Some(&before), now.as_ref()), expected);
        };
        check(None, "it was deleted");
        check(
            Some(document(json!([{"Sid": "A"}, {"Sid": "B", "Action": "x"}, {"Effect": "Deny"}]))),
            "statement `B` was changed",
        );
        check(
            Some(document(json!([{"Sid": "A"}, {"Sid": "C"}, {"Effect": "Allow"}]))),
            "statement `B` was removed; `Statement[2]`, which has no `Sid`, was removed; \
               statement `C` was added; `Statement[2]`, which has no `Sid`, was added",
        );
        let mut other = before.clone();
        other["Version"] = json!("2008-10-17");
        other["Id"] = json!("x");
        check(Some(other), "`Id` was added; `Version` was changed");
        assert_eq!(difference(None, Some(&before)), "it was made, and none stood there");
    }
}
