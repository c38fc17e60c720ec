//! Real CloudTrail records, and made ones for shapes that nobody has published, explained
//! without any evidence: the call and its caller are right, and the rest is unknown.

use locksmith_core::diagnosis::{Confidence, Verdict};
use locksmith_core::evidence::Evidence;
use locksmith_core::explain::explain_record;
use locksmith_core::record::records;
use serde_json::{Value, json};

#[test]
fn every_record_is_understood() {
    let folder = locksmith_tests::root().join("records");
    let expected = std::fs::read_to_string(folder.join("EXPECTED.json")).unwrap();
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let expected = expected.as_object().unwrap();
    assert!(expected.len() >= 46, "there were 46 records");
    let evidence = Evidence::builder().build();
    for (name, expected) in expected {
        let records = records(&std::fs::read(folder.join(name)).unwrap()).unwrap();
        let diagnosis = explain_record(&records[0], &evidence);
        let call = serde_json::to_value(&diagnosis.call).unwrap();
        let found = json!({
            "operation": call["operation"],
            "principal": call["principal"],
            "principal_account": call["principal_account"],
            "resource": call["resource"],
        });
        assert_eq!(&found, expected, "{name}");
        assert_eq!(diagnosis.verdict, Verdict::Unknown, "{name}");
        assert_eq!(diagnosis.confidence, Confidence::Open, "{name}");
        assert!(!diagnosis.unknowns.is_empty(), "{name} does not say what is unknown");
        assert!(diagnosis.causes.is_empty(), "{name} guesses: {:?}", diagnosis.causes);
    }
}

#[test]
fn every_record_has_its_attribution() {
    let folder = locksmith_tests::root().join("records");
    let attribution = std::fs::read_to_string(folder.join("ATTRIBUTION.json")).unwrap();
    let attribution: Vec<Value> = serde_json::from_str(&attribution).unwrap();
    for file in locksmith_tests::json_files(&folder) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let ours = file.parent().unwrap().ends_with("made") || name.starts_with(char::is_uppercase);
        let entry = attribution.iter().find(|entry| entry["file"] == *name);
        assert!(ours || entry.is_some_and(|entry| entry["license"].is_string()), "{name}");
    }
}
