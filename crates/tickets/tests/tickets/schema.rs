//! Requests as the vendors describe them.

use crate::server::Seen;
use jsonschema::Validator;
use serde_json::{Value, json};
use std::sync::LazyLock;

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

static GITHUB: LazyLock<Value> = LazyLock::new(|| read(include_str!("../openapi/github.json")));
static JIRA: LazyLock<Value> = LazyLock::new(|| read(include_str!("../openapi/jira.json")));
static SSM: LazyLock<Value> = LazyLock::new(|| read(include_str!("../openapi/ssm.json")));
static ADF: LazyLock<Validator> = LazyLock::new(|| {
    let file = read(include_str!("../openapi/adf.json"));
    jsonschema::validator_for(&file["schema"]).unwrap()
});

fn valid(validator: &Validator, value: &Value) -> Result<(), String> {
    let problems: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.join("; ").chars().take(2_000).collect())
    }
}

/// Whether the vendor describes a request to the operation of this name.
fn described(file: &Value, operation: &str, request: &Seen) -> Result<(), String> {
    let known = file["operations"].get(operation);
    let known = known.ok_or_else(|| format!("`{operation}` is not described"))?;
    for (name, _) in &request.query {
        if !known["query"].as_array().unwrap().iter().any(|known| known == name) {
            return Err(format!("`{operation}` has no query parameter `{name}`"));
        }
    }
    match &known["body"] {
        Value::Null if request.body.is_null() => Ok(()),
        Value::Null => Err(format!("`{operation}` takes no body")),
        schema => {
            let defs = file.get("$defs").cloned().unwrap_or_else(|| json!({}));
            let schema = json!({"$defs": defs, "allOf": [schema]});
            valid(&jsonschema::validator_for(&schema).unwrap(), &request.body)
        }
    }
}

pub(crate) fn github(operation: &str, request: &Seen) -> Result<(), String> {
    described(&GITHUB, operation, request)
}

pub(crate) fn jira(operation: &str, request: &Seen) -> Result<(), String> {
    described(&JIRA, operation, request)
}

pub(crate) fn adf(document: &Value) -> Result<(), String> {
    valid(&ADF, document)
}

pub(crate) fn ssm(operation: &str, body: &Value) -> Result<(), String> {
    let known = SSM["operations"].get(operation);
    let known = known.ok_or_else(|| format!("`{operation}` is not described"))?;
    valid(&jsonschema::validator_for(known).unwrap(), body)
}

#[test]
fn what_is_not_described_is_found() {
    let request = |query: &str, body: Value| Seen {
        method: "POST".to_owned(),
        path: String::new(),
        query: Some((query.to_owned(), String::new()))
            .filter(|_| !query.is_empty())
            .into_iter()
            .collect(),
        headers: Vec::new(),
        raw: Vec::new(),
        body,
    };
    let create = "POST /repos/{owner}/{repo}/issues";
    github(create, &request("", json!({"title": "a", "labels": ["b"]}))).unwrap();
    github(create, &request("", json!({"titel": "a"}))).unwrap_err();
    github(create, &request("page", json!({"title": "a"}))).unwrap_err();
    jira("POST /rest/api/3/search/jql", &request("", json!({"jql": "a", "max": 1}))).unwrap_err();
    ssm("GetOpsItem", &json!({"OpsItemId": "7"})).unwrap_err();
    adf(&json!({"version": 1, "type": "doc", "content": [{"type": "text", "text": ""}]}))
        .unwrap_err();
}
