//! Strategies: requests and policies of all elements, from a small vocabulary, so that statements
//! often match and often nearly do.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

pub(crate) const KEY: &str =
    "arn:aws:kms:us-west-2:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const CALLERS: [&str; 8] = [
    "arn:aws:sts::222222222222:assumed-role/Etl/run-7",
    "arn:aws:sts::111111111111:assumed-role/Etl/run-7",
    "arn:aws:iam::222222222222:user/bob",
    "arn:aws:iam::111111111111:user/bob",
    "arn:aws:iam::111111111111:root",
    "arn:aws:sts::111111111111:federated-user/bob",
    "cloudtrail.amazonaws.com",
    "*",
];

const ACTIONS: [(&str, &str); 6] = [
    ("s3:GetObject", "arn:aws:s3:::reports/bob/q3.parquet"),
    ("s3:PutObject", "arn:aws:s3:::reports/bob/q3.parquet"),
    ("kms:Decrypt", KEY),
    ("kms:GenerateDataKey", KEY),
    ("kms:DescribeKey", KEY),
    ("sts:AssumeRole", "arn:aws:iam::111111111111:role/Reader"),
];

/// Keys with values that a request may carry.
pub(crate) const KEYS: [(&str, &[&str]); 10] = [
    ("aws:SourceIp", &["198.51.100.7", "2001:db8::1"]),
    ("aws:SourceVpce", &["vpce-1", "vpce-2"]),
    ("aws:PrincipalTag/team", &["a", "b"]),
    ("aws:MultiFactorAuthAge", &["10", "300", "soon"]),
    ("aws:CurrentTime", &["2026-11-20T09:42:17Z"]),
    ("aws:SecureTransport", &["true", "false"]),
    ("aws:PrincipalOrgID", &["o-abc", "o-xyz"]),
    ("aws:username", &["bob"]),
    ("s3:ExistingObjectTag/Owner", &["bob", "${*}"]),
    ("aws:TagKeys", &["a", "b"]),
];

const VALUES: [&str; 18] = [
    "a",
    "b",
    "bob",
    "o-abc",
    "o-*",
    "*",
    "",
    "true",
    "false",
    "10",
    "300",
    "198.51.100.0/24",
    "0.0.0.0/0",
    "2026-01-01T00:00:00Z",
    "${aws:username}",
    "${aws:PrincipalTag/team, 'a'}",
    "vpce-?",
    "arn:aws:iam::222222222222:role/*",
];

const TESTS: [&str; 20] = [
    "StringEquals",
    "StringNotEquals",
    "StringLike",
    "StringNotLike",
    "StringEqualsIgnoreCase",
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericGreaterThanEquals",
    "DateGreaterThan",
    "DateNotEquals",
    "Bool",
    "IpAddress",
    "NotIpAddress",
    "ArnLike",
    "ArnNotEquals",
    "ArnEquals",
    "BinaryEquals",
    "Null",
    "StringNotEqualsIgnoreCase",
];

fn one_or_many(values: &[&str]) -> Value {
    match values {
        [one] => json!(one),
        many => json!(many),
    }
}

/// `Condition`, with at most two operators.
fn conditions() -> impl Strategy<Value = Value> {
    let operator =
        (select(&TESTS[..]), 0..3usize, any::<bool>()).prop_map(|(test, set, exists)| {
            if test == "Null" {
                return test.to_owned();
            }
            let set = ["", "ForAnyValue:", "ForAllValues:"][set];
            format!("{set}{test}{}", if exists { "IfExists" } else { "" })
        });
    let mut keys: Vec<&str> = KEYS.iter().map(|(key, _)| *key).collect();
    keys.extend(["aws:PrincipalArn", "aws:PrincipalAccount", "aws:userid"]);
    let values = prop::collection::vec(select(&VALUES[..]), 1..=2);
    let one = (operator, select(keys), values);
    prop::collection::vec(one, 0..=2).prop_map(|list| {
        let mut block = Map::new();
        for (operator, key, values) in list {
            let comparisons = block.entry(operator).or_insert_with(|| json!({}));
            comparisons[key] = one_or_many(&values);
        }
        Value::Object(block)
    })
}

fn action_patterns() -> impl Strategy<Value = Value> {
    let patterns = [
        "*",
        "*",
        "*",
        "*",
        "*",
        "s3:*",
        "s3:Get*",
        "S3:getobject",
        "s3:Put?bject",
        "kms:*",
        "kms:Decrypt",
        "kms:GenerateDataKey*",
        "kms:DescribeKey",
        "sts:AssumeRole",
        "sts:*",
    ];
    prop::collection::vec(select(patterns.to_vec()), 1..=3).prop_map(|listed| one_or_many(&listed))
}

fn resource_patterns() -> impl Strategy<Value = Value> {
    let patterns = [
        "*",
        "*",
        "*",
        "*",
        "arn:aws:s3:::reports/*",
        "arn:aws:s3:::reports/${aws:username}/*",
        "arn:aws:s3:::other/*",
        "arn:aws:kms:*:111111111111:key/*",
        KEY,
        "arn:aws:iam::111111111111:role/R*",
        "arn:aws:s3:::reports/${aws:PrincipalTag/team}/?*",
    ];
    prop::collection::vec(select(patterns.to_vec()), 1..=2).prop_map(|listed| one_or_many(&listed))
}

fn principals() -> impl Strategy<Value = Value> {
    let aws = [
        "*",
        "111111111111",
        "arn:aws:iam::222222222222:root",
        "arn:aws:iam::222222222222:role/Etl",
        "arn:aws:iam::222222222222:role/team/Etl",
        "arn:aws:iam::111111111111:role/Etl",
        "arn:aws:sts::222222222222:assumed-role/Etl/run-7",
        "arn:aws:iam::222222222222:user/bob",
        "arn:aws:iam::111111111111:user/bob",
        "arn:aws:sts::111111111111:federated-user/bob",
        "AROAEXAMPLEEXAMPLE001",
    ];
    let aws =
        prop::collection::vec(select(aws.to_vec()), 1..=3).prop_map(|listed| one_or_many(&listed));
    let both =
        aws.clone().prop_map(|aws| json!({"AWS": aws, "Service": "cloudtrail.amazonaws.com"}));
    prop_oneof![
        2 => Just(json!("*")),
        4 => aws.prop_map(|aws| json!({"AWS": aws})),
        1 => both,
    ]
}

/// A statement with every element; [`fit`] takes out those that its document may not hold.
pub(crate) fn statement(
    effect: impl Strategy<Value = &'static str>,
) -> impl Strategy<Value = Value> {
    let negated = || prop::bool::weighted(0.1);
    let clauses = (
        (principals(), negated()),
        (action_patterns(), negated()),
        (resource_patterns(), negated()),
    );
    let conditions = prop_oneof![3 => Just(json!({})), 1 => conditions()];
    (effect, clauses, conditions).prop_map(|(effect, clauses, conditions)| {
        let mut statement = json!({"Effect": effect});
        let (principal, action, resource) = clauses;
        let clauses = [("Principal", principal), ("Action", action), ("Resource", resource)];
        for (element, (listed, negated)) in clauses {
            let name = if negated { format!("Not{element}") } else { element.to_owned() };
            statement[name] = listed;
        }
        if conditions.as_object().is_some_and(|block| !block.is_empty()) {
            statement["Condition"] = conditions;
        }
        statement
    })
}

fn document() -> impl Strategy<Value = Value> {
    let effect = prop_oneof![8 => Just("Allow"), 1 => Just("Deny")];
    let statements = prop::collection::vec(statement(effect), 1..=3);
    let version =
        prop_oneof![5 => Just(Some("2012-10-17")), 1 => Just(Some("2008-10-17")), 1 => Just(None)];
    (version, statements).prop_map(|(version, statements)| match version {
        Some(version) => json!({"Version": version, "Statement": statements}),
        None => json!({"Statement": statements}),
    })
}

fn unreadable() -> Value {
    json!({"unreadable": "no"})
}

/// A document, or seldom one that could not be read.
fn source() -> impl Strategy<Value = Value> {
    prop_oneof![14 => document(), 1 => Just(unreadable())]
}

/// Documents of a layer; or it could not be read whether there are any.
fn sources() -> impl Strategy<Value = Value> {
    let list = prop::collection::vec(source(), 1..=2).prop_map(Value::from);
    prop_oneof![10 => list, 1 => Just(unreadable())]
}

/// The levels of an organization.
fn levels() -> impl Strategy<Value = Value> {
    let list = prop::collection::vec(sources(), 1..=2).prop_map(Value::from);
    prop_oneof![10 => list, 1 => Just(unreadable())]
}

fn grant() -> impl Strategy<Value = Value> {
    let operations = [vec!["Decrypt"], vec!["GenerateDataKey", "DescribeKey"], vec!["Encrypt"]];
    let grantees = [
        "arn:aws:iam::222222222222:role/Etl",
        "arn:aws:iam::111111111111:role/Etl",
        "arn:aws:iam::222222222222:root",
    ];
    (select(operations.to_vec()), select(grantees.to_vec()), any::<Option<bool>>()).prop_map(
        |(operations, grantee, constraint)| {
            let mut grant = json!({"GrantId": "g", "KeyId": KEY, "GranteePrincipal": grantee,
                                   "Operations": operations});
            if let Some(subset) = constraint {
                let name =
                    if subset { "EncryptionContextSubset" } else { "EncryptionContextEquals" };
                grant["Constraints"] = json!({name: {"stage": "prod"}});
            }
            grant
        },
    )
}

/// A statement of one effect: any, or one that matches all that its kind can match.
pub(crate) fn decisive(effect: &'static str) -> impl Strategy<Value = Value> {
    let broad = json!({"Effect": effect, "Principal": "*", "Action": "*", "Resource": "*"});
    prop_oneof![1 => statement(Just(effect)), 1 => Just(broad)]
}

/// Takes out what a document, or the documents of a layer, may not hold.
pub(crate) fn fit(mut entry: Value, layer: &str, service: &str) -> Value {
    if let Some(list) = entry.as_array_mut() {
        for one in list {
            *one = fit(one.take(), layer, service);
        }
    }
    let statements = entry.get_mut("Statement").and_then(Value::as_array_mut);
    for statement in statements.into_iter().flatten() {
        fit_statement(statement, layer, service);
    }
    entry
}

pub(crate) fn fit_statement(statement: &mut Value, layer: &str, service: &str) {
    let Some(elements) = statement.as_object_mut() else { return };
    match layer {
        "resource" | "vpc_endpoint" => {}
        "rcps" => {
            elements.remove("NotPrincipal");
            elements.insert("Principal".into(), "*".into());
        }
        _ => {
            elements.remove("Principal");
            elements.remove("NotPrincipal");
        }
    }
    if layer == "resource" && service == "sts" {
        elements.remove("Resource");
        elements.remove("NotResource");
    }
}

/// A line of `locksmith simulate`.
pub(crate) fn line() -> impl Strategy<Value = Value> {
    let grants = prop::collection::vec(grant(), 1..=2).prop_map(Value::from);
    let grants = prop_oneof![8 => grants, 1 => Just(unreadable())];
    let layers = (
        prop::option::weighted(0.95, sources()),
        prop::option::weighted(0.8, source()),
        prop::option::weighted(0.2, sources()),
        prop::option::weighted(0.2, source()),
        prop::option::weighted(0.3, levels()),
        prop::option::weighted(0.3, levels()),
        prop::option::weighted(0.15, sources()),
        prop::option::weighted(0.4, grants),
    );
    (request(), layers, prop::bool::weighted(0.2)).prop_map(|(mut line, layers, block)| {
        let action = line["request"]["action"].as_str().unwrap_or_default().to_owned();
        let service = action.split(':').next().unwrap_or_default();
        let (identity, resource, boundary, session, scps, rcps, endpoint, grants) = layers;
        let entries = [
            ("identity", identity),
            ("resource", resource),
            ("permission_boundary", boundary),
            ("session", session),
            ("scps", scps),
            ("rcps", rcps),
            ("vpc_endpoint", endpoint),
            ("grants", grants.filter(|_| service == "kms")),
        ];
        for (layer, entry) in entries {
            line["policies"][layer] = fit(entry.unwrap_or_default(), layer, service);
        }
        line["options"] = json!({"s3_block_public_access": block && service == "s3"});
        line
    })
}

/// A request, with keys that are there, absent or unknown.
fn request() -> impl Strategy<Value = Value> {
    let facts = prop::collection::vec((0..12u8, any::<Index>()), KEYS.len());
    let stage = prop::option::of(select(vec!["prod", "test"]));
    (select(&CALLERS[..]), select(&ACTIONS[..]), facts, stage).prop_map(
        |(principal, (action, resource), facts, stage)| {
            let (mut context, mut unknown) = (Map::new(), Vec::new());
            for ((key, values), (kind, index)) in KEYS.iter().zip(facts) {
                match kind {
                    0..4 => {}
                    4 => unknown.push(*key),
                    _ if *key == "aws:TagKeys" => {
                        let count = index.index(values.len() + 1);
                        context.insert((*key).into(), json!(values[..count]));
                    }
                    _ => {
                        context.insert((*key).into(), json!(values[index.index(values.len())]));
                    }
                }
            }
            if let Some(stage) = stage.filter(|_| action.starts_with("kms:")) {
                context.insert("kms:EncryptionContext:stage".into(), stage.into());
                context.insert("kms:EncryptionContextKeys".into(), json!(["stage"]));
            }
            json!({
                "request": {"principal": principal, "action": action, "resource": resource,
                            "resource_account": "111111111111", "context": context},
                "unknown_context": unknown,
            })
        },
    )
}
