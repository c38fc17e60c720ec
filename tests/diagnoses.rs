//! The corpus of diagnoses: a working set-up and the patches that break it, with the causes that
//! must come out, and the examples that the program ships.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

mod cases;

use locksmith_core::diagnosis::Diagnosis;
use locksmith_core::evidence::Evidence;
use locksmith_core::explain::{explain_record, explain_request};
use locksmith_core::record::records;
use serde_json::{Value, json};
use std::fmt::Write as _;

fn diagnose(world: &Value) -> Diagnosis {
    let evidence = cases::evidence(world);
    match cases::record(world) {
        Some(record) => explain_record(&record, &evidence),
        None => explain_request(&cases::request(world), &evidence).unwrap(),
    }
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
    let (mut count, mut failures) = (0, String::new());
    for case in cases::all("diagnosis") {
        count += 1;
        let diagnosis = diagnose(&case.world);
        for difference in differences(&case.told["expect"], &diagnosis, false) {
            writeln!(failures, "{}: {difference}", case.id()).unwrap();
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
