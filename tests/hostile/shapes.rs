//! Odd input of ordinary size: bytes that are no text, keys that stand twice, wrong types,
//! empty everything.

use super::{decision, document, every_reader, line, statement};
use locksmith_core::evidence::Evidence;
use locksmith_core::explain::explain_record;
use locksmith_core::policy::{Policy, PolicyKind};
use locksmith_core::record::records;
use serde_json::{Value, json};

/// Wrong types and odd values for any field.
fn odd_values() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!(-1),
        json!(u64::MAX),
        json!(1.5e300),
        json!(""),
        json!("*"),
        json!("\u{0}\u{1}\u{7f}\u{202e}\u{feff}"),
        json!(":::::"),
        json!("arn:::::"),
        json!("arn:aws:s3:::"),
        json!("é".repeat(300)),
        json!([]),
        json!([[], {}]),
        json!([null, 1, "a"]),
        json!({}),
        json!({"": ""}),
        json!({"arn": 1, "accountId": [], "type": {}}),
        json!({"unreadable": "why"}),
        json!({"unreadable": 1}),
    ]
}

/// Every place in a value, by its JSON pointer.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(object) => {
            for (key, inner) in object {
                places(
                    inner,
                    &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")),
                    found,
                );
            }
        }
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate() {
                places(inner, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// Every value with one place changed to something odd, or taken away.
fn variations(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    places(value, "", &mut found);
    let odd = |place: &String| {
        let change = |new: Value| {
            let mut changed = value.clone();
            *changed.pointer_mut(place).unwrap() = new;
            changed.to_string()
        };
        odd_values().into_iter().map(change).collect::<Vec<_>>()
    };
    found.iter().flat_map(odd).collect()
}

fn example(file: &str) -> Value {
    let path = locksmith_tests::root().join("../examples/03-no-key-policy-statement").join(file);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn evidence(files: &[(&str, &str)]) -> Option<Evidence> {
    let mut builder = Evidence::builder();
    for (name, json) in files {
        builder.add(name, json.as_bytes()).ok()?;
    }
    Some(builder.build())
}

#[test]
fn a_record_with_any_field_of_any_type() {
    let (owner, caller) =
        (example("evidence/111111111111.json"), example("evidence/222222222222.json"));
    let (owner, caller) = (owner.to_string(), caller.to_string());
    let evidence =
        evidence(&[("111111111111.json", &owner), ("222222222222.json", &caller)]).unwrap();
    for record in variations(&example("event.json")) {
        match records(record.as_bytes()) {
            Ok(records) => records.iter().for_each(|record| {
                serde_json::to_string(&explain_record(record, &evidence)).unwrap();
            }),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
    let fields = example("event.json");
    let mut all_wrong = fields.as_object().unwrap().clone();
    for odd in odd_values() {
        all_wrong.values_mut().for_each(|value| *value = odd.clone());
        every_reader(Value::from(all_wrong.clone()).to_string().as_bytes());
    }
}

#[test]
fn evidence_with_any_field_of_any_type() {
    let event = records(example("event.json").to_string().as_bytes()).unwrap();
    let (owner, caller) =
        (example("evidence/111111111111.json"), example("evidence/222222222222.json"));
    let (owner_text, caller_text) = (owner.to_string(), caller.to_string());
    let explain = |files: &[(&str, &str)]| {
        if let Some(evidence) = evidence(files) {
            serde_json::to_string(&explain_record(&event[0], &evidence)).unwrap();
        }
    };
    for varied in variations(&owner) {
        explain(&[("111111111111.json", &varied), ("222222222222.json", &caller_text)]);
    }
    for varied in variations(&caller) {
        explain(&[("111111111111.json", &owner_text), ("222222222222.json", &varied)]);
    }
}

#[test]
fn a_line_with_any_field_of_any_type() {
    let condition = json!({"StringLike": {"aws:UserAgent": ["a*"]}});
    let one =
        statement(&json!({"AWS": ["222222222222"]}), &json!(["s3:*"]), &json!(["*"]), &condition);
    let policies = json!({"identity": [document(&[json!({"Effect": "Allow", "Action": "*", "Resource": "*"})])],
                          "resource": document(&[one]), "scps": [[], [document(&[])]],
                          "grants": [{"GrantId": "1", "Constraints": {"SourceArn": "x"}}]});
    let line: Value =
        serde_json::from_slice(&line(&json!({"aws:UserAgent": "a"}), &policies)).unwrap();
    for varied in variations(&line) {
        decision(varied.as_bytes());
    }
}

#[test]
fn bytes_that_are_no_text() {
    let good = br#"{"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#;
    let pieces: [&[u8]; 9] = [
        b"\xff",
        b"\xc0\x80",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\x00",
        b"\x1b[2J",
        b"\\ud800",
        b"\\udc00\\ud800",
        b"\\u0000",
    ];
    for piece in pieces {
        for at in 0..good.len() {
            let mut input = good.to_vec();
            input.splice(at..at, piece.iter().copied());
            every_reader(&input);
        }
    }
    every_reader(b"\xef\xbb\xbf{}");
    every_reader(&[0xff; 10_000]);
    let error = Policy::parse_bytes(b"{\"Version\":\"\xff\"}", PolicyKind::Identity).unwrap_err();
    assert_eq!(error.to_string(), "not UTF-8 at byte 12");
}

#[test]
fn keys_that_stand_twice() {
    let texts = [
        r#"{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}"#,
        r#"{"Id":"a","Id":"a","Statement":[]}"#,
        r#"{"Statement":[],"Statement":[]}"#,
        r#"{"Statement":{"Effect":"Allow","Effect":"Deny"}}"#,
        r#"{"Statement":{"Principal":{"AWS":"*","AWS":"*"}}}"#,
        r#"{"Statement":{"Condition":{},"Condition":{}}}"#,
        r#"{"Statement":{"Condition":{"Bool":{},"Bool":{}}}}"#,
        r#"{"Statement":{"Condition":{"Bool":{},"bool":{}}}}"#,
        r#"{"Statement":{"Condition":{"Bool":{"aws:A":"true","AWS:a":"true"}}}}"#,
    ];
    for text in texts {
        let error = Policy::parse(text, PolicyKind::Resource).unwrap_err().to_string();
        assert!(error.ends_with("stands here a second time"), "{text}: {error}");
    }
    // Within a line, policies have not lost their second key either.
    for text in texts {
        let line = format!(
            r#"{{"request":{{"principal":"*","action":"s3:GetObject","resource":"*"}},"policies":{{"resource":{text}}}}}"#
        );
        assert!(decision(line.as_bytes()).contains("a second time"), "{line}");
    }
    for text in [
        r#"{"id":1,"id":2,"request":{}}"#,
        r#"{"request":{"principal":"*","principal":"*"}}"#,
        r#"{"request":{"principal":"*","action":"a:b","resource":"*"},"policies":{"scps":[],"scps":[]}}"#,
    ] {
        assert!(decision(text.as_bytes()).contains("duplicate field"), "{text}");
    }
    every_reader(
        br#"{"eventSource":"a","eventSource":"b","eventName":"c","detail":{},"detail":{}}"#,
    );
    let account = r#"{"AccountId":"111111111111","Iam":{},"Iam":{}}"#;
    assert!(Evidence::builder().add("111111111111.json", account.as_bytes()).is_err());
}

#[test]
fn empty_everything() {
    for text in [
        "",
        " ",
        "\n",
        "\"\"",
        "{}",
        "[]",
        "null",
        "0",
        "{\"\":\"\"}",
        "[{}]",
        "{\"Records\":[]}",
        "{\"detail\":{}}",
        r#"{"Statement":[]}"#,
        r#"{"Statement":{}}"#,
        r#"{"Statement":[{}]}"#,
        r#"{"Statement":[{"Effect":"Allow","Action":[],"Resource":[]}]}"#,
        r#"{"Statement":[{"Effect":"Allow","Principal":{},"Action":"","Resource":""}]}"#,
        r#"{"Statement":[{"Effect":"Allow","Principal":{"AWS":[]},"Action":"*","Resource":"*","Condition":{"":{"":""}}}]}"#,
        r#"{"request":{"principal":"","action":"","resource":""}}"#,
        r#"{"eventSource":"","eventName":"","userIdentity":{},"requestParameters":{},"resources":[{}]}"#,
        r#"{"AccountId":"111111111111","Iam":{},"S3":{},"Kms":{},"Ec2":{}}"#,
        r#"{"Id":"","Nodes":[{}]}"#,
    ] {
        every_reader(text.as_bytes());
    }
    let nothing = Policy::parse(r#"{"Statement":[]}"#, PolicyKind::Identity).unwrap();
    assert!(nothing.statements.is_empty(), "a document without statements says nothing");
}
