//! Organizations of no shape: circles, thousands of levels, thousands of policies.

use super::{A, B, OBJECT, SESSION, decision, document, line, proportional, quickly};
use locksmith_core::diagnosis::{Diagnosis, Verdict};
use locksmith_core::evidence::Evidence;
use locksmith_core::explain::explain_record;
use locksmith_core::record::records;
use serde_json::{Value, json};

fn explained(nodes: &[Value]) -> Diagnosis {
    let organization = json!({"Id": "o-abc123", "MasterAccountId": "999999999999", "Nodes": nodes});
    let mut builder = Evidence::builder();
    builder.add("organization.json", organization.to_string().as_bytes()).unwrap();
    for account in [A, B] {
        let json = json!({"AccountId": account, "Iam": {}, "S3": {"Buckets": []}}).to_string();
        builder.add(&format!("{account}.json"), json.as_bytes()).unwrap();
    }
    let record = json!({"eventSource": "s3.amazonaws.com", "eventName": "GetObject",
                        "errorCode": "AccessDenied", "userIdentity": {"type": "AssumedRole", "arn": SESSION, "accountId": B},
                        "requestParameters": {"bucketName": "reports", "key": "2026/q3.parquet"},
                        "resources": [{"type": "AWS::S3::Object", "ARN": OBJECT}]});
    let records = records(record.to_string().as_bytes()).unwrap();
    explain_record(&records[0], &builder.build())
}

fn node(id: &str, parent: Option<&str>) -> Value {
    let allow = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    json!({"Id": id, "ParentId": parent,
           "ServiceControlPolicies": [{"Name": "FullAWSAccess", "Content": document(&[allow])}]})
}

#[test]
fn circles_are_told() {
    let circles = [
        vec![node(B, Some(B))],
        vec![node(B, Some("ou-1")), node("ou-1", Some(B))],
        vec![node(B, Some("ou-1")), node("ou-1", Some("ou-2")), node("ou-2", Some("ou-1"))],
        vec![node(B, Some("ou-1")), node("ou-1", Some("ou-1")), node("ou-2", None)],
    ];
    for nodes in circles {
        let diagnosis = quickly("a circle", || explained(&nodes));
        let told = diagnosis.unknowns.iter().any(|unknown| unknown.why.contains("circle"));
        assert!(told, "{nodes:?}: {:?}", diagnosis.unknowns);
        assert_eq!(diagnosis.verdict, Verdict::Unknown);
    }
}

#[test]
fn a_circle_behind_many_nodes() {
    let make = |count: usize| {
        let mut nodes: Vec<_> =
            (0..count).map(|index| node(&format!("ou-{index}"), None)).collect();
        nodes.extend([node(B, Some("ou-x")), node("ou-x", Some(B))]);
        nodes
    };
    proportional("a circle", 500, make, |nodes| {
        explained(nodes);
    });
}

#[test]
fn an_account_that_stands_twice() {
    let nodes = [node(B, Some("ou-1")), node(B, Some("ou-2")), node("ou-1", None)];
    assert_eq!(explained(&nodes).verdict, Verdict::Unknown);
}

#[test]
fn thousands_of_levels() {
    let make = |count: usize| {
        let name = |index: usize| if index == 0 { B.to_owned() } else { format!("ou-{index}") };
        let nodes = (0..count).map(|index| {
            let parent = name(index + 1);
            node(&name(index), (index + 1 < count).then_some(&*parent))
        });
        nodes.collect::<Vec<_>>()
    };
    quickly("2,000 levels", || explained(&make(2_000)));
}

/// Makes a line of a size.
type Make<'a> = &'a dyn Fn(usize) -> Vec<u8>;

#[test]
fn thousands_of_policies_and_statements() {
    let deny = json!({"Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "Resource": "*",
                      "Condition": {"StringNotEquals": {"aws:RequestedRegion": "us-west-2"}}});
    let allow = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    let wide = |count: usize| {
        let policy = document(&[allow.clone(), deny.clone()]);
        line(&json!({"aws:RequestedRegion": "us-west-2"}), &json!({"scps": [vec![policy; count]]}))
    };
    let deep = |count: usize| {
        let policy = document(&[allow.clone(), deny.clone()]);
        line(&json!({"aws:RequestedRegion": "us-west-2"}), &json!({"scps": vec![[policy]; count]}))
    };
    let long = |count: usize| {
        let policy = document(&vec![deny.clone(); count]);
        line(
            &json!({"aws:RequestedRegion": "us-west-2"}),
            &json!({"scps": [[policy]], "rcps": [[]]}),
        )
    };
    let makes: [(&str, Make<'_>); 3] =
        [("policies", &wide), ("levels", &deep), ("statements", &long)];
    for (what, make) in makes {
        proportional(what, 500, make, |line| {
            assert_eq!(decision(line), "implicitly_denied");
        });
    }
}
