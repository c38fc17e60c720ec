//! Odd values: numbers and dates out of every range, names of no shape.

use super::{A, OBJECT, SESSION, decision, document, every_reader, line, statement};
use locksmith_core::arn::Arn;
use locksmith_core::call::PlainRequest;
use locksmith_core::evaluate::Caller;
use locksmith_core::evidence::Evidence;
use locksmith_core::explain::explain_request;
use serde_json::json;

#[test]
fn numbers_and_dates_out_of_range() {
    let numbers = [
        "1e999",
        "-1e999",
        "NaN",
        "inf",
        "-inf",
        "0x10",
        "1_000",
        "",
        " ",
        "+",
        "-",
        ".",
        "e",
        "1e",
        "99999999999999999999999999",
        "-0",
        "1e-999",
        "9223372036854775807",
        "-9223372036854775808",
        "9999-12-31T23:59:60Z",
        "0000-00-00",
        "-262144-01-01",
        "+999999-01-01T00:00:00Z",
        "2026-02-30",
        "2026-11-20T25:00:00Z",
        "2026-11-20T10:00:00+99:99",
        "2026-W01",
        "2026-11",
        "2026-1é",
        "éééé",
        "0.0.0.0/0",
        "0.0.0.0/33",
        "::/0",
        "::/129",
        "1.2.3",
        "256.0.0.1",
        "::ffff:198.51.100.7",
        "fe80::1%eth0",
    ];
    let huge = "9".repeat(100_000);
    let operators = [
        "NumericEquals",
        "NumericLessThan",
        "DateEquals",
        "DateGreaterThan",
        "IpAddress",
        "NotIpAddress",
        "Bool",
        "Null",
    ];
    for value in numbers.into_iter().chain([&*huge]) {
        for operator in operators {
            let condition = json!({operator: {"aws:UserAgent": [value, "1"]}});
            let policy = document(&[statement(&json!("*"), &json!("*"), &json!("*"), &condition)]);
            for other in [value, "1", "2026-11-20T10:00:00Z"] {
                let line = line(&json!({"aws:UserAgent": other}), &json!({"resource": policy}));
                assert!(decision(&line).ends_with("denied"), "{operator} {value:.40} {other:.40}");
            }
        }
    }
    for number in
        ["1e999", "-1e999", "99999999999999999999999999", "1.0000000000000000000001", &*huge]
    {
        every_reader(
            format!(r#"{{"id":{number},"eventSource":{number},"AccountId":{number}}}"#).as_bytes(),
        );
        let text = format!(
            r#"{{"Statement":{{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{"NumericEquals":{{"a":{number}}}}}}}}}"#
        );
        every_reader(text.as_bytes());
    }
}

#[test]
fn principals_and_arns_of_odd_shape() {
    let texts = [
        "",
        "*",
        "**",
        ":",
        "arn",
        "arn:",
        "arn:::::",
        "arn:aws:iam::222222222222:",
        "arn:aws:iam::222222222222:root/",
        "arn:aws:iam::222222222222:user",
        "arn:aws:iam::222222222222:user/",
        "arn:aws:iam::222222222222:role//",
        "arn:aws:iam::222222222222:role/a/b/c/",
        "arn:aws:sts::222222222222:assumed-role",
        "arn:aws:sts::222222222222:assumed-role/",
        "arn:aws:sts::222222222222:assumed-role/a",
        "arn:aws:sts::222222222222:assumed-role/a/",
        "arn:aws:sts::222222222222:assumed-role//b",
        "arn:aws:sts::222222222222:assumed-role/a/b/c/d",
        "arn:aws:sts::222222222222:federated-user",
        "arn:aws:sts::222222222222:federated-user/",
        "arn::::222222222222:root",
        "ARN:AWS:IAM::222222222222:ROOT",
        "arn:aws:iam::22222222222２:root",
        "arn:aws:iam::222222222222:saml-provider/",
        "222222222222",
        "AROA",
        "AIDAé",
        "AROAEXAMPLE:a:b",
        "s3.amazonaws.com",
        ".",
        "..",
        "a.b/c",
        "arn:aws:s3:::",
        "arn:aws:s3:::/",
        "arn:aws:s3:::a/",
        "arn:aws:s3:::a//../b",
        "arn:aws:s3:us-west-2:111111111111:accesspoint",
        "arn:aws:s3:us-west-2:111111111111:accesspoint/",
        "arn:aws:s3:us-west-2:111111111111:accesspoint/a/object",
        "arn:aws:s3:us-west-2:111111111111:accesspoint/a/object/",
        "arn:aws:kms:us-west-2:111111111111:key/",
        "arn:aws:kms:us-west-2:111111111111:alias/",
        "arn:aws:kms:::key",
        "arn:aws:s3:::é\u{0}\n*?${aws:username}",
        "${aws:username}",
    ];
    for principal in texts {
        if let Ok(caller) = Caller::parse(principal) {
            assert_eq!(&*caller.name, principal);
        }
        let condition = json!({"ArnLike": {"aws:PrincipalArn": principal}});
        let policies = json!({"resource": document(&[statement(&json!({"AWS": principal}), &json!("s3:*"), &json!("*"), &condition)])});
        decision(&line(&json!({"aws:PrincipalArn": principal}), &policies));
        for resource in texts {
            if let Some(arn) = Arn::parse(resource) {
                assert_eq!(arn.text, resource);
            }
            for action in
                ["s3:GetObject", "s3:PutObject", "kms:Decrypt", "sts:AssumeRole", "iam:GetRole"]
            {
                let request = PlainRequest {
                    principal: principal.to_owned(),
                    action: action.to_owned(),
                    resource: resource.to_owned(),
                    context: Vec::new(),
                };
                match explain_request(&request, &Evidence::default()) {
                    Ok(diagnosis) => drop(serde_json::to_string(&diagnosis).unwrap()),
                    Err(error) => assert!(!error.to_string().is_empty()),
                }
            }
        }
    }
    for action in [
        "",
        ":",
        "s3",
        "s3:",
        ":GetObject",
        "s3:Get Object",
        "s3:Gét",
        "s3:*",
        "a:b:c",
        "s3:GetObject\n",
    ] {
        let request = PlainRequest {
            principal: SESSION.to_owned(),
            action: action.to_owned(),
            resource: OBJECT.to_owned(),
            context: vec![(A.to_owned(), vec![])],
        };
        assert!(explain_request(&request, &Evidence::default()).is_err(), "{action}");
    }
}
