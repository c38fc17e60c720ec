//! What is printed, by its snapshots.

use super::{Looked, json, render};
use anstream::adapter::strip_str;
use insta::assert_snapshot;
use jiff::Timestamp;
use locksmith_app::config::{Configuration, ConfigurationError};

const GOOD: &str = r##"[accounts]
trusted = ["111111111111", "222222222222"]
organization = "999999999999"
[approval]
enabled = true
[[approval.owners]]
accounts = ["111111111111"]
people = ["alice"]
[approval.break_glass]
people = ["alice"]
[[people]]
id = "alice"
principals = []
[chat]
system = "slack"
secret = "locksmith/chat"
channel = "#denied"
[[chat.rooms]]
accounts = ["222222222222"]
channel = "C0123456781"
[[suppressions]]
reason = "the old exports end with the year"
until = "2026-01-01T00:00:00Z"
"##;

const BAD: &str = "accounts.trusted = [\"111111111111\"]
[[approval.owners]]
accounts = [\"111111111111\"]
people = [\"alice\",\t\"somebody with a name that is so long that nobody can have it\", \"b\u{202e}ob\", \"carol\"]
quorum = 5

[tickets]
secret = \"s\"
webhook.url = \"http://tickets.example.com/a/path/that/makes/this/line/longer/than/any/page/of/a/terminal/is\"
";

fn looked_at(text: &str, width: usize) -> (String, serde_json::Value) {
    let now: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
    let read = Configuration::parse(text);
    let configuration = read.as_ref().ok();
    let warnings = configuration.map(|read| read.warnings(text, now)).unwrap_or_default();
    let problems = read.as_ref().err().map(|error| error.problems().to_vec()).unwrap_or_default();
    let looked = Looked {
        file: "locksmith.toml",
        text,
        configuration,
        problems: &problems,
        breaks_off: read.as_ref().is_err_and(ConfigurationError::breaks_off),
        warnings: &warnings,
    };
    (strip_str(&render(&looked, width)).to_string(), json(&looked))
}

#[test]
fn a_good_one_with_warnings() {
    assert_snapshot!(looked_at(GOOD, 80).0);
}

#[test]
fn a_bad_one_in_80_columns() {
    assert_snapshot!(looked_at(BAD, 80).0);
}

#[test]
fn a_bad_one_in_40_columns() {
    assert_snapshot!(looked_at(BAD, 40).0);
}

#[test]
fn what_is_no_toml_breaks_off_where_it_does() {
    assert_snapshot!(looked_at("[accounts]\ntrusted = [\"111111111111\",\n\n", 80).0);
    assert_snapshot!(looked_at("", 80).0);
}

#[test]
fn for_other_programs() {
    assert_snapshot!(format!("{:#}", looked_at(GOOD, 80).1));
    assert_snapshot!(format!("{:#}", looked_at(BAD, 80).1));
}
