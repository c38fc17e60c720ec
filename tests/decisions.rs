//! The corpus of decisions: cases as data, each with the page of AWS's documentation that it
//! comes from, through the very format of `locksmith simulate`.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test")]

use locksmith_core::simulate::{LineResult, answer};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::fmt::Write as _;

fn differences(case: &Value) -> Vec<String> {
    let line = json!({
        "id": case["id"],
        "request": case["request"],
        "policies": case.get("policies").cloned().unwrap_or(json!({})),
        "options": case.get("options").cloned().unwrap_or(json!({})),
        "unknown_context": case.get("unknown_context").cloned().unwrap_or(json!([])),
    });
    let answer = answer(line.to_string().as_bytes());
    let expect = &case["expect"];
    let mut differences = Vec::new();
    let mut differs = |what: &str, expected: &Value, found: &Value| {
        differences.push(format!("{what}: expected {expected}, found {found}"));
    };
    match answer.result {
        LineResult::Refused { error } => match expect["error"].as_str() {
            Some(expected) if error.contains(expected) => {}
            _ => differs("refused", expect, &json!(error)),
        },
        LineResult::Decided { decision, layers, unknown_because } => {
            let decision = serde_json::to_value(decision).unwrap();
            if decision != expect["decision"] {
                differs("decision", &expect["decision"], &decision);
            }
            let layers = serde_json::to_value(layers).unwrap();
            let layer = |name: &str| {
                let found = layers.as_array().unwrap().iter().find(|layer| layer["layer"] == name);
                found.unwrap_or_else(|| panic!("unknown layer {name}"))
            };
            for (name, outcome) in expect["layers"].as_object().into_iter().flatten() {
                if layer(name)["outcome"] != *outcome {
                    differs(name, outcome, &layer(name)["outcome"]);
                }
            }
            for deciding in expect["deciding"].as_array().into_iter().flatten() {
                let statements = &layer(deciding["layer"].as_str().unwrap())["statements"];
                let found = statements.as_array().unwrap().iter().any(|statement| {
                    statement["policy"] == deciding["policy"]
                        && statement["index"] == deciding["index"]
                });
                if !found {
                    differs("deciding", deciding, statements);
                }
            }
            for because in expect["unknown_because"].as_array().into_iter().flatten() {
                let text = because.as_str().unwrap();
                if !unknown_because.iter().any(|found| found.contains(text)) {
                    differs("unknown_because", because, &json!(unknown_because));
                }
            }
        }
    }
    differences
}

#[test]
fn every_case_is_decided_as_documented() {
    let folder = locksmith_tests::root().join("corpus");
    let (mut count, mut failures, mut ids) = (0, String::new(), HashSet::new());
    for file in locksmith_tests::json_files(&folder) {
        // Whole calls have tests of their own.
        if ["diagnosis", "plan"].iter().any(|calls| file.starts_with(folder.join(calls))) {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
        for case in cases {
            count += 1;
            let id = case["id"].as_str().unwrap().to_owned();
            assert!(case["page"].as_str().is_some_and(|page| !page.is_empty()), "{id}: no page");
            for difference in differences(&case) {
                writeln!(failures, "{id}: {difference}").unwrap();
            }
            assert!(ids.insert(id), "an id stands twice");
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(count >= 1000, "the corpus has shrunk to {count} cases");
}
