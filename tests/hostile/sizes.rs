//! Large input: documents of 10 MB, lists without end, deep nesting.

use super::{A, OBJECT, SESSION, decision, document, every_reader, line, proportional, quickly};
use super::{answer, statement};
use locksmith_core::evidence::Evidence;
use locksmith_core::explain::explain_record;
use locksmith_core::message::Message;
use locksmith_core::policy::{Policy, PolicyKind};
use locksmith_core::record::records;
use serde_json::{Value, json};

const MB: usize = 1 << 20;

#[test]
fn deep_nesting() {
    let opened = [
        "[",
        "{\"a\":",
        "{\"Statement\":[",
        "[{\"Condition\":",
        "{\"Records\":[",
        "{\"detail\":",
        "{\"Iam\":",
        "{\"unreadable\":",
        "{\"policies\":",
        "{\"id\":",
    ];
    for unit in opened {
        let input = unit.repeat(MB / unit.len());
        quickly(unit, || every_reader(input.as_bytes()));
    }
    for start in [
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"#,
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Condition":{"Bool":{"a":"#,
        r#"{"eventSource":"s3.amazonaws.com","eventName":"GetObject","requestParameters":"#,
        r#"{"AccountId":"111111111111","S3":{"Buckets":[{"Policy":"#,
        r#"{"request":{"context":{"a":"#,
        r#"{"id":"#,
    ] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            for depth in [100, 127, 128, 129, 100_000] {
                let nested = format!("{start}{}0{}", open.repeat(depth), close.repeat(depth));
                quickly(start, || every_reader(nested.as_bytes()));
            }
        }
    }
}

#[test]
fn one_huge_text() {
    let huge = "a*".repeat(MB / 2);
    let places = [
        json!(huge),
        json!({"Version": huge}),
        json!({"Version": "2012-10-17", "Statement": [{"Sid": huge, "Effect": huge}]}),
        json!({huge.clone(): 1}),
        json!({"eventSource": huge, "eventName": huge}),
        json!({"AccountId": huge}),
        json!({"AccountId": A, "Iam": {"unreadable": huge}}),
        json!({"Id": "o-1", "Nodes": [{"Id": huge}]}),
        json!({"id": huge, "request": {}}),
    ];
    for place in places {
        quickly("one huge text", || every_reader(place.to_string().as_bytes()));
    }
    let huge = "a*".repeat(5 * MB);
    let at = |action: &str, resource: &str, condition: Value| {
        document(&[statement(&json!("*"), &json!(action), &json!(resource), &condition)])
    };
    let arn = format!("arn:aws:s3:::{huge}");
    for policy in [
        at(&format!("s3:{huge}"), OBJECT, json!({})),
        at("s3:*", &arn, json!({})),
        at("s3:*", "*", json!({"StringLike": {"aws:UserAgent": huge}})),
        at("s3:*", "*", json!({"StringLike": {huge.clone(): "*"}})),
        at("s3:*", "*", json!({"IpAddress": {"aws:SourceIp": huge}})),
        at("s3:*", "*", json!({"DateLessThan": {"aws:CurrentTime": huge}})),
    ] {
        let line = line(
            &json!({"aws:UserAgent": "a", "aws:SourceIp": "198.51.100.7"}),
            &json!({"resource": policy}),
        );
        quickly("one huge text in a policy", || decision(&line));
    }
}

#[test]
fn huge_errors_stay_readable() {
    let huge = "x".repeat(10 * MB);
    for statement in [
        json!({"Effect": "Allow", "Action": huge, "Resource": "*"}),
        json!({"Effect": "Allow", "Action": "s3:*", "Resource": huge}),
        json!({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Principal": {"AWS": huge}}),
        json!({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Principal": huge}),
    ] {
        let text = document(&[statement]).to_string();
        let error = Policy::parse(&text, PolicyKind::Resource).unwrap_err().to_string();
        assert!(error.len() < 1_000, "{} bytes", error.len());
    }
}

#[test]
fn many_statements() {
    let one = statement(
        &json!({"AWS": "222222222222"}),
        &json!(["s3:GetObjec*"]),
        &json!("arn:aws:s3:::reports/2025/*"),
        &json!({"StringLike": {"aws:UserAgent": "b*"}}),
    );
    let make = |count: usize| {
        let document = document(&vec![one.clone(); count]);
        line(&json!({"aws:UserAgent": "aws-cli"}), &json!({"resource": document}))
    };
    proportional("statements", 500, make, |line| {
        assert_eq!(decision(line), "implicitly_denied");
    });
    let ten_mb = make(10 * MB / one.to_string().len());
    quickly("10 MB of statements", || decision(&ten_mb));
}

#[test]
fn many_sids() {
    let make = |count: usize| {
        let one = |index| json!({"Sid": format!("S{index:06}"), "Effect": "Allow", "Action": "s3:*", "Resource": "*"});
        document(&(0..count).map(one).collect::<Vec<_>>()).to_string()
    };
    proportional("Sids", 4_000, make, |json| {
        Policy::parse(json, PolicyKind::Identity).unwrap();
    });
}

/// Makes a statement with a list of a size.
type Make<'a> = Box<dyn Fn(usize) -> Value + 'a>;

#[test]
fn long_lists() {
    let list = |count: usize, text: &str| {
        (0..count).map(|index| format!("{text}{index}")).collect::<Vec<_>>()
    };
    let any = || json!("*");
    let lists: [(&str, Make<'_>); 6] = [
        (
            "actions",
            Box::new(|n| statement(&any(), &json!(list(n, "s3:Get*Tag")), &any(), &json!({}))),
        ),
        (
            "resources",
            Box::new(|n| {
                statement(
                    &any(),
                    &json!("s3:*"),
                    &json!(list(n, "arn:aws:s3:::*reports/2026/")),
                    &json!({}),
                )
            }),
        ),
        (
            "principals",
            Box::new(|n| {
                let roles = list(n, "arn:aws:iam::222222222222:role/Etl");
                statement(&json!({"AWS": roles}), &json!("s3:*"), &any(), &json!({}))
            }),
        ),
        (
            "values",
            Box::new(|n| {
                let values = list(n, "${aws:PrincipalTag/team}*");
                statement(
                    &any(),
                    &json!("s3:*"),
                    &any(),
                    &json!({"StringLike": {"aws:UserAgent": values}}),
                )
            }),
        ),
        (
            "addresses",
            Box::new(|n| {
                let values = vec!["203.0.113.0/24"; n];
                statement(
                    &any(),
                    &json!("s3:*"),
                    &any(),
                    &json!({"NotIpAddress": {"aws:SourceIp": values}}),
                )
            }),
        ),
        (
            "excluded principals",
            Box::new(|n| {
                let roles = list(n, "arn:aws:iam::222222222222:role/Etl");
                json!({"Effect": "Deny", "NotPrincipal": {"AWS": roles}, "Action": "s3:*", "Resource": "*"})
            }),
        ),
    ];
    for (what, make) in lists {
        let make = |count: usize| {
            let policy = document(&[make(count)]);
            let context = json!({"aws:UserAgent": "x", "aws:SourceIp": "198.51.100.7",
                                 "aws:PrincipalTag/team": "red"});
            line(&context, &json!({"resource": policy}))
        };
        proportional(what, 2_000, make, |line| {
            decision(line);
        });
    }
}

#[test]
fn many_condition_keys() {
    let make = |count: usize| {
        let keys: Value = (0..count).map(|index| (format!("aws:key{index}"), json!("*"))).collect();
        let policy = document(&[statement(
            &json!("*"),
            &json!("*"),
            &json!("*"),
            &json!({"StringLike": keys}),
        )]);
        line(&keys, &json!({"resource": policy}))
    };
    proportional("condition keys", 4_000, make, |line| {
        decision(line);
    });
}

#[test]
fn many_context_keys_in_either_case() {
    // As texts, capitals come before small letters; without regard to case all `b` come last.
    let make = |count: usize| {
        let key =
            |index: usize| format!("{}{index:06}", if index.is_multiple_of(2) { 'B' } else { 'a' });
        let context: Value = (0..count).map(|index| (key(index), json!(""))).collect();
        line(&context, &json!({}))
    };
    proportional("context keys", 10_000, make, |line| {
        decision(line);
    });
}

#[test]
fn huge_encryption_contexts() {
    let pairs = |count: usize| -> Value {
        (0..count).map(|index| (format!("key{index}"), json!("v".repeat(20)))).collect()
    };
    let key = "arn:aws:kms:us-west-2:111111111111:key/1";
    let record = |count: usize| {
        let grant = json!({"GrantId": "1", "GranteePrincipal": "arn:aws:iam::222222222222:role/Etl",
                           "Operations": ["Decrypt"],
                           "Constraints": {"EncryptionContextEquals": pairs(20)}});
        let policy = document(&[statement(&json!("*"), &json!("kms:*"), &json!("*"), &json!({}))]);
        let key_entry = json!({"KeyMetadata": {"Arn": key}, "Policy": policy, "Grants": [grant]});
        let account = json!({"AccountId": A, "Kms": {"Keys": [key_entry]}}).to_string();
        let mut builder = Evidence::builder();
        builder.add("111111111111.json", account.as_bytes()).unwrap();
        let record = json!({
            "eventSource": "kms.amazonaws.com", "eventName": "Decrypt", "awsRegion": "us-west-2",
            "errorCode": "AccessDenied", "userIdentity": {"type": "AssumedRole", "arn": SESSION},
            "requestParameters": {"encryptionContext": pairs(count)},
            "resources": [{"type": "AWS::KMS::Key", "ARN": key}]
        });
        (record.to_string(), builder.build())
    };
    let explain = |(record, evidence): &(String, Evidence)| {
        let records = records(record.as_bytes()).unwrap();
        serde_json::to_string(&explain_record(&records[0], evidence)).unwrap();
    };
    proportional("an encryption context", 2_000, record, explain);
    let ten_mb = record(10 * MB / 36);
    quickly("10 MB of encryption context", || explain(&ten_mb));
}

#[test]
fn many_grants() {
    let make = |count: usize| {
        let grants: Vec<_> = (0..count)
            .map(|index| {
                json!({"GrantId": index.to_string(), "Operations": ["Decrypt", "Encrypt"],
                       "GranteePrincipal": "arn:aws:iam::222222222222:role/Load"})
            })
            .collect();
        json!({"request": {"principal": SESSION, "action": "kms:Decrypt", "resource_account": A,
                           "resource": "arn:aws:kms:us-west-2:111111111111:key/1"},
               "policies": {"identity": [], "grants": grants}})
        .to_string()
    };
    proportional("grants", 1_000, make, |line| {
        assert_eq!(decision(line.as_bytes()), "implicitly_denied");
    });
}

#[test]
fn long_messages() {
    let units = [
        "User: ",
        "is not authorized to perform: ",
        " on resource: \"",
        " because no ",
        "explicit deny in ",
        ": arn:",
        ". Go to https://",
        "\"",
        "\u{e9}",
    ];
    for unit in units {
        proportional(
            unit,
            20_000,
            |size| unit.repeat(size),
            |text| {
                Message::parse(text);
            },
        );
    }
    quickly("10 MB of message", || Message::parse(&"because no ".repeat(MB)));
}

#[test]
fn many_records() {
    let one =
        r#"{"eventSource":"s3.amazonaws.com","eventName":"GetObject","errorCode":"AccessDenied"}"#;
    let make = |count: usize| format!("{{\"Records\":[{}]}}", vec![one; count].join(","));
    proportional("records", 1_000, make, |file| {
        let records = records(file.as_bytes()).unwrap();
        assert!(records.iter().all(locksmith_core::record::Record::is_denied));
    });
    quickly("10 MB of records", || records(make(10 * MB / one.len()).as_bytes()).unwrap().len());
}

#[test]
fn a_huge_line_that_is_wrong_at_its_end() {
    let mut input = line(&json!({}), &json!({"identity": vec![json!({"Version": "1"}); 100_000]}));
    input.pop();
    quickly("a broken line", || serde_json::to_string(&answer(&input)).unwrap());
}
