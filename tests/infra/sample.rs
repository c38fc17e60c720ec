//! The sample configuration: the functions read it, and it explains every field.

use crate::world::MEMBER;
use locksmith_app::config::{ChatSystem, Configuration};
use schemars::schema_for;
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn the_sample_is_read() {
    let sample = Configuration::parse(&sample()).unwrap();
    assert!(sample.trusts(locksmith_core::arn::AccountId::parse(MEMBER).unwrap()));
    assert_eq!(sample.suppressions.len(), 1);
}

/// What may stand in the sample in place of what: a table in comments, and the table that it replaces.
const ALTERNATIVES: [(&str, &str); 5] = [
    ("chat", "chat"),
    ("tickets.github", "tickets.jira"),
    ("tickets.servicenow", "tickets.jira"),
    ("tickets.opscenter", "tickets.jira"),
    ("tickets.webhook", "tickets.jira"),
];

#[test]
fn each_alternative_in_the_sample_is_read() {
    let sample = sample();
    let commented: Vec<_> = sample.lines().filter_map(|line| line.strip_prefix("#[")).collect();
    let below = |name: &str, table: &str| name == table || name.starts_with(&format!("{table}."));
    for name in &commented {
        let name = name.trim_end_matches(']');
        assert!(ALTERNATIVES.iter().any(|(own, _)| below(name, own)), "{name} is not tested");
    }
    for (own, replaced) in ALTERNATIVES {
        let (mut text, mut taken, mut found) = (String::new(), true, false);
        for line in sample.lines() {
            let setting = uncommented(line);
            let header = setting.trim_matches(['[', ']']);
            let is_alternative = setting != line;
            if setting.starts_with('[') {
                taken = if is_alternative { below(header, own) } else { !below(header, replaced) };
                found |= is_alternative && taken;
            }
            if taken {
                text.push_str(setting);
            }
            text.push('\n');
        }
        assert!(found, "{own}");
        let read = Configuration::parse(&text).unwrap_or_else(|error| panic!("{own}: {error}"));
        let system = read.tickets.unwrap().systems().join(" ");
        assert_eq!(system, own.strip_prefix("tickets.").unwrap_or("jira"));
        let is_teams = read.chat.unwrap().system == ChatSystem::Teams;
        assert_eq!(is_teams, own == "chat");
    }
}

#[test]
fn nothing_in_the_sample_needs_a_second_look() {
    let sample = sample();
    let now = "2026-12-31T00:00:00Z".parse().unwrap();
    assert_eq!(Configuration::parse(&sample).unwrap().warnings(&sample, now), []);
}

#[test]
fn the_sample_names_every_field() {
    let schema = schema_for!(Configuration).to_value();
    let mut fields = BTreeSet::new();
    collect_fields(&schema, &mut fields);
    assert!(fields.contains("trusted") && fields.contains("until"), "{fields:?}");
    let sample = sample();
    let settings: String = sample.lines().flat_map(|line| ["\n", uncommented(line)]).collect();
    for field in fields {
        let set = settings.contains(&format!("\n{field} = "));
        let table =
            settings.contains(&format!("[{field}]")) || settings.contains(&format!(".{field}]"));
        assert!(set || table, "infra/locksmith.example.toml does not explain {field}");
    }
}

/// A setting that is not in use, as it would stand if it were. Comments have a space behind the sign.
fn uncommented(line: &str) -> &str {
    line.strip_prefix('#').filter(|rest| !rest.starts_with(' ') && !rest.is_empty()).unwrap_or(line)
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
