//! The sample configuration: the functions read it, and it explains every field.

use crate::world::MEMBER;
use locksmith_app::config::Configuration;
use schemars::schema_for;
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn the_sample_is_read() {
    let sample = Configuration::parse(&sample()).unwrap();
    assert!(sample.trusts(locksmith_core::arn::AccountId::parse(MEMBER).unwrap()));
    assert_eq!(sample.suppressions.len(), 1);
}

#[test]
fn the_sample_names_every_field() {
    let schema = schema_for!(Configuration).to_value();
    let mut fields = BTreeSet::new();
    collect_fields(&schema, &mut fields);
    assert!(fields.contains("trusted") && fields.contains("until"), "{fields:?}");
    let sample = sample();
    for field in fields {
        let set = sample.contains(&format!("\n{field} = "));
        let table =
            sample.contains(&format!("[{field}]")) || sample.contains(&format!(".{field}]"));
        assert!(set || table, "infra/locksmith.example.toml does not explain {field}");
    }
}

fn sample() -> String {
    let file = locksmith_tests::root().join("../infra/locksmith.example.toml");
    std::fs::read_to_string(file).unwrap()
}

fn collect_fields(schema: &Value, fields: &mut BTreeSet<String>) {
    let properties = schema["properties"].as_object().into_iter().flatten();
    fields.extend(properties.map(|(name, _)| name.clone()));
    for definition in schema["$defs"].as_object().into_iter().flat_map(|all| all.values()) {
        collect_fields(definition, fields);
    }
}
