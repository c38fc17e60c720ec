//! Every policy of the templates: read by our engine, within AWS's sizes, and without a wildcard
//! that is not accounted for.

use crate::ask::Problems;
use crate::world::World;
use locksmith_core::policy::{Policy, PolicyKind};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Where `*` stands as a resource of an Allow, and why AWS allows no better.
const WILDCARDS: [(&str, &str, &str); 17] = [
    ("Key", "Administration", "in a key policy `*` is the key"),
    ("Key", "UseThroughServices", "in a key policy `*` is the key"),
    ("Key", "GrantToTheTable", "in a key policy `*` is the key"),
    ("Key", "RulesSendToQueues", "in a key policy `*` is the key"),
    ("Key", "Logs", "in a key policy `*` is the key"),
    ("Key", "AlarmsToTheirTopic", "in a key policy `*` is the key"),
    ("DetectRole", "Traces", "X-Ray has no resources for these actions"),
    ("DiagnoseRole", "Traces", "X-Ray has no resources for these actions"),
    ("ApplyRole", "Traces", "X-Ray has no resources for these actions"),
    ("SweepRole", "Traces", "X-Ray has no resources for these actions"),
    ("NotifyRole", "Traces", "X-Ray has no resources for these actions"),
    ("NotifyRole", "MakeAndFindOpsItems", "these actions have no resources"),
    ("ApproveRole", "Traces", "X-Ray has no resources for these actions"),
    ("ReadRole", "Lists", "these actions have no resources"),
    ("ReadRole", "OrganizationRoots", "this action has no resources"),
    ("ReadRole", "Buckets", "any bucket, of this account by condition"),
    ("WriteRole", "Buckets", "any bucket, of this account by condition"),
];

/// A policy document of a resource.
struct Document<'a> {
    stack: &'static str,
    resource: &'a str,
    kind: PolicyKind,
    policy: Value,
}

/// Our engine reads every policy; AWS would store it.
pub(crate) fn policies_are_read(world: &World) -> Problems {
    let mut problems = Problems::default();
    let documents = documents(world);
    assert!(documents.len() >= 30, "there were {} policies", documents.len());
    for Document { stack, resource, kind, policy } in documents {
        let text = policy.to_string();
        let parsed = Policy::parse(&text, kind);
        problems
            .must(parsed.is_ok(), || format!("{stack}: {resource}: {:?}", parsed.as_ref().err()));
        // Quotas without white space. A role's inline policies share theirs; each role has one.
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
        let most = match kind {
            PolicyKind::Trust => 2048,
            PolicyKind::Key => 32_768,
            _ => 10_240,
        };
        problems.must(text.len() <= most, || format!("{stack}: {resource}: {} bytes", text.len()));
    }
    for (name, stack) in world.stacks() {
        for role in stack.of_type("AWS::IAM::Role") {
            let count = stack.properties(role)["Policies"].as_array().unwrap().len();
            problems.must(count == 1, || format!("{name}: {role} has {count} policies"));
        }
    }
    problems
}

/// A wildcard stands only where it is accounted for, and each account of one is needed.
pub(crate) fn wildcards_are_accounted_for(world: &World) -> Problems {
    let mut problems = Problems::default();
    let mut found = BTreeSet::new();
    for Document { stack, resource, kind, policy } in documents(world) {
        for statement in list(&policy["Statement"]) {
            let sid = statement["Sid"].as_str().unwrap_or_default();
            let place = format!("{stack}: {resource}: {sid}");
            if statement["Effect"] == "Deny" {
                continue;
            }
            let wild = |element: &str| {
                list(&statement[element]).iter().any(|value| value.as_str().unwrap().contains('*'))
            };
            problems.must(!wild("Action"), || format!("{place} allows actions by wildcard"));
            problems.must(statement.get("NotAction").is_none(), || format!("{place}: NotAction"));
            let everything = |value: &&Value| **value == "*" || **value == "arn:aws:s3:::*";
            if list(&statement["Resource"]).iter().any(everything) {
                found.insert((resource.to_owned(), sid.to_owned()));
            }
            let everybody = statement["Principal"] == "*" || statement["Principal"]["AWS"] == "*";
            let organization = statement["Condition"]["StringEquals"].get("aws:PrincipalOrgID");
            problems.must(!everybody || organization.is_some(), || format!("{place}: everybody"));
            let needs = kind != PolicyKind::Identity;
            let named = statement.get("Principal").is_some();
            problems.must(needs == named, || format!("{place}: principal {named}"));
        }
    }
    let known = WILDCARDS.map(|(resource, sid, _)| (resource.to_owned(), sid.to_owned()));
    for (resource, sid) in found.symmetric_difference(&known.into()) {
        problems.0.push(format!("{resource}: {sid}: a wildcard without account, or the other way"));
    }
    problems
}

/// Every policy document of every stack.
fn documents(world: &World) -> Vec<Document<'_>> {
    let mut all = Vec::new();
    for (stack, resources) in world.stacks() {
        for (resource, definition) in &resources.resources {
            let properties = &definition["Properties"];
            let mut add = |kind, policy: &Value| {
                all.push(Document { stack, resource, kind, policy: policy.clone() });
            };
            match definition["Type"].as_str().unwrap() {
                "AWS::IAM::Role" => {
                    add(PolicyKind::Trust, &properties["AssumeRolePolicyDocument"]);
                    for policy in properties["Policies"].as_array().unwrap() {
                        add(PolicyKind::Identity, &policy["PolicyDocument"]);
                    }
                }
                "AWS::KMS::Key" => add(PolicyKind::Key, &properties["KeyPolicy"]),
                "AWS::Events::EventBusPolicy" => {
                    let policy =
                        json!({"Version": "2012-10-17", "Statement": properties["Statement"]});
                    add(PolicyKind::Resource, &policy);
                }
                "AWS::S3::BucketPolicy" | "AWS::SQS::QueuePolicy" | "AWS::SNS::TopicPolicy" => {
                    add(PolicyKind::Resource, &properties["PolicyDocument"]);
                }
                _ => {}
            }
        }
    }
    all
}

fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(values) => values.iter().collect(),
        one => vec![one],
    }
}
