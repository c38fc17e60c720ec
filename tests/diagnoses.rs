//! The corpus of diagnoses: a working set-up and the patches that break it, with the causes that
//! must come out, and the examples that the program ships.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use locksmith_core::call::PlainRequest;
use locksmith_core::diagnosis::Diagnosis;
use locksmith_core::evidence::Evidence;
use locksmith_core::explain::{explain_record, explain_request};
use locksmith_core::record::records;
use serde_json::{Value, json};
use std::fmt::Write as _;

fn evidence(case: &Value) -> Evidence {
    let mut builder = Evidence::builder();
    for (id, account) in case["accounts"].as_object().into_iter().flatten() {
        builder.add(&format!("{id}.json"), account.to_string().as_bytes()).unwrap();
    }
    for (index, organization) in case["organizations"].as_array().into_iter().flatten().enumerate()
    {
        let name = format!("organization-{index}.json");
        builder.add(&name, organization.to_string().as_bytes()).unwrap();
    }
    builder.build()
}

fn diagnose(case: &Value, evidence: &Evidence) -> Diagnosis {
    if case["event"].is_object() {
        let records = records(case["event"].to_string().as_bytes()).unwrap();
        return explain_record(&records[0], evidence);
    }
    let call = &case["call"];
    let text = |key: &str| call[key].as_str().unwrap().to_owned();
    let context = call["context"].as_object().into_iter().flatten();
    let values = |value: &Value| match value {
        Value::Array(values) => values.iter().map(|v| v.as_str().unwrap().to_owned()).collect(),
        value => vec![value.as_str().unwrap().to_owned()],
    };
    let request = PlainRequest {
        principal: text("principal"),
        action: text("action"),
        resource: text("resource"),
        context: context.map(|(key, value)| (key.clone(), values(value))).collect(),
    };
    explain_request(&request, evidence).unwrap()
}

/// Whether every field that is expected is there as expected.
fn matches(expected: &Value, found: &Value) -> bool {
    expected.as_object().unwrap().iter().all(|(key, value)| found[key] == *value)
}

fn differences(expect: &Value, diagnosis: &Diagnosis, ordered: bool) -> Vec<String> {
    let found = serde_json::to_value(diagnosis).unwrap();
    let mut differences = Vec::new();
    for key in ["verdict", "key_trust", "confidence"] {
        if expect.get(key).is_some_and(|expected| found[key] != *expected) {
            differences.push(format!("{key}: expected {}, found {}", expect[key], found[key]));
        }
    }
    if expect.get("agrees").is_some_and(|expected| found["aws_message"]["agrees"] != *expected) {
        let agrees = &found["aws_message"]["agrees"];
        differences.push(format!("agrees: expected {}, found {agrees}", expect["agrees"]));
    }
    let short = |cause: &Value| {
        json!([cause["code"], cause["account"], cause["target"], cause["action"]]).to_string()
    };
    let causes = found["causes"].as_array().unwrap();
    if let Some(expected) = expect["causes"].as_array() {
        let same = if ordered {
            expected.len() == causes.len()
                && expected.iter().zip(causes).all(|(expected, found)| matches(expected, found))
        } else {
            expected.len() == causes.len()
                && expected
                    .iter()
                    .all(|expected| causes.iter().any(|found| matches(expected, found)))
        };
        if !same {
            let expected: Vec<String> = expected.iter().map(short).collect();
            let found: Vec<String> = causes.iter().map(short).collect();
            differences.push(format!(
                "causes:\n    expected {}\n    found    {}",
                expected.join("\n             "),
                found.join("\n             ")
            ));
        }
    }
    for expected in expect["unknowns"].as_array().into_iter().flatten() {
        let unknowns = found["unknowns"].as_array().unwrap();
        if !unknowns.iter().any(|found| matches(expected, found)) {
            differences.push(format!("unknown: expected {expected}, found {}", found["unknowns"]));
        }
    }
    for cause in causes {
        assert!(!cause["message"].as_str().unwrap().is_empty(), "a cause without words: {cause}");
    }
    differences
}

#[test]
fn every_case_has_its_causes() {
    let folder = locksmith_tests::root().join("corpus/diagnosis");
    let (mut count, mut failures) = (0, String::new());
    for file in locksmith_tests::json_files(&folder) {
        let corpus: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        for case in corpus["cases"].as_array().unwrap() {
            count += 1;
            let mut whole = corpus["base"].clone();
            let patch: json_patch::Patch = serde_json::from_value(case["patch"].clone()).unwrap();
            json_patch::patch(&mut whole, &patch)
                .unwrap_or_else(|error| panic!("{}: {error}", case["id"]));
            let diagnosis = diagnose(&whole, &evidence(&whole));
            for difference in differences(&case["expect"], &diagnosis, false) {
                writeln!(failures, "{}: {difference}", case["id"].as_str().unwrap()).unwrap();
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(count >= 300, "the corpus has shrunk to {count} cases");
}

#[test]
fn the_examples_explain_themselves() {
    let folder = locksmith_tests::root().join("../examples");
    let mut failures = String::new();
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.is_dir())
        .collect();
    names.sort();
    for example in &names {
        let mut builder = Evidence::builder();
        for file in locksmith_tests::json_files(&example.join("evidence")) {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            builder.add(&name, &std::fs::read(&file).unwrap()).unwrap();
        }
        let event = records(&std::fs::read(example.join("event.json")).unwrap()).unwrap();
        let diagnosis = explain_record(&event[0], &builder.build());
        let expect = std::fs::read_to_string(example.join("expected.json")).unwrap();
        let expect: Value = serde_json::from_str(&expect).unwrap();
        for difference in differences(&expect, &diagnosis, true) {
            writeln!(failures, "{}: {difference}", example.file_name().unwrap().display()).unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(names.len() >= 25, "there were 25 examples");
}
