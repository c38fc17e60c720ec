//! The hub's functions: each can do its work, and nothing else.

use crate::ask::{Ask, Problems, anything, delegating};
use crate::stack::Stack;
use crate::world::{
    HUB, MEMBER, ORGANIZATION, OTHER_MEMBER, STRANGER, World, hub_arn, hub_role, role_arn,
    role_policies,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The hub's functions: the name, the logical name of the role, and whether a queue feeds it.
pub(crate) const FUNCTIONS: [(&str, &str, bool); 6] = [
    ("detect", "DetectRole", true),
    ("diagnose", "DiagnoseRole", true),
    ("apply", "ApplyRole", true),
    ("sweep", "SweepRole", false),
    ("notify", "NotifyRole", true),
    ("approve", "ApproveRole", false),
];

/// Every queue, by its function.
pub(crate) const QUEUES: [(&str, &str); 8] = [
    ("detect", "DetectQueue"),
    ("detect", "DetectDeadLetters"),
    ("diagnose", "DiagnoseQueue"),
    ("diagnose", "DiagnoseDeadLetters"),
    ("apply", "ApplyQueue"),
    ("apply", "ApplyDeadLetters"),
    ("notify", "NotifyQueue"),
    ("notify", "NotifyDeadLetters"),
];

/// Each function can do its work.
pub(crate) fn functions_work(world: &World) -> Problems {
    let mut problems = Problems::default();
    let key_policy = &world.hub.properties("Key")["KeyPolicy"];
    for (name, role, queued) in FUNCTIONS {
        let ask = session(&world.hub, role);
        let (_, queue) = QUEUES.iter().find(|(owner, _)| *owner == name).unwrap_or(&("", ""));
        let reads = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
        for action in reads.into_iter().filter(|_| queued) {
            problems.allowed(name, &ask, action, &hub_arn("sqs", queue));
        }
        for partition in partitions(name).0 {
            let ask = in_partition(&ask, partition);
            for action in ["GetItem", "PutItem", "UpdateItem", "Query"] {
                problems.allowed(name, &ask, &format!("dynamodb:{action}"), &table());
            }
        }
        let beside = in_transaction(&ask, "INCIDENT#1");
        problems.allowed(name, &beside, "dynamodb:DeleteItem", &table());
        let announcing = announcing(&ask, "locksmith");
        if name == "notify" {
            problems.denied(name, &announcing, "events:PutEvents", &states());
        } else {
            problems.allowed(name, &announcing, "events:PutEvents", &states());
        }
        let configuration = "arn:aws:s3:::configuration/locksmith.toml";
        let bucket_policy = &world.hub.properties("ConfigurationPolicy")["PolicyDocument"];
        let reading = ask.clone().owned_by(HUB).at(bucket_policy);
        let reading = reading.with("aws:SecureTransport", "true");
        problems.allowed(name, &reading, "s3:GetObject", configuration);
        for service in ["sqs", "s3", "dynamodb"].into_iter().filter(|name| queued || *name != "sqs")
        {
            let through = ask.clone().at(key_policy).with("kms:ViaService", via(service));
            problems.allowed(name, &through, "kms:Decrypt", &hub_arn("kms", "key/Key"));
        }
        let log = format!("log-group:/aws/lambda/locksmith-prod-{name}:log-stream:x");
        problems.allowed(name, &ask, "logs:PutLogEvents", &hub_arn("logs", &log));
        problems.allowed(name, &ask, "xray:PutTraceSegments", "*");
    }
    for (name, role) in [("sweep", "SweepRole"), ("notify", "NotifyRole")] {
        let ask = session(&world.hub, role);
        problems.allowed(name, &in_partition(&ask, "GROUP#1"), "dynamodb:BatchGetItem", &table());
        problems.allowed(name, &ask, "dynamodb:Query", &format!("{}/index/ByState", table()));
    }
    for (name, role) in [("notify", "NotifyRole"), ("approve", "ApproveRole")] {
        let ask = session(&world.hub, role);
        let secret = |secret: &str| hub_arn("secretsmanager", &format!("secret:{secret}-a1b2c3"));
        let get = "secretsmanager:GetSecretValue";
        problems.allowed(name, &ask, get, &secret("locksmith-prod/chat"));
        problems.denied(name, &ask, get, &secret("locksmith-dev/chat"));
        problems.denied(name, &ask, get, &secret("other"));
        let through = ask.at(key_policy).with("kms:ViaService", via("secretsmanager"));
        problems.allowed(name, &through, "kms:Decrypt", &hub_arn("kms", "key/Key"));
    }
    let item = hub_arn("ssm", "opsitem/oi-1");
    for (stack, allowed) in [(&world.changing, true), (&world.hub, false)] {
        let ask = session(stack, "NotifyRole");
        let wanted = [
            // No resource: a statement for items alone would not allow it.
            ("ssm:CreateOpsItem", "*"),
            ("ssm:UpdateOpsItem", &*item),
            ("ssm:GetOpsItem", &*item),
            ("ssm:DescribeOpsItems", "*"),
        ];
        for (action, resource) in wanted {
            if allowed {
                problems.allowed("notify", &ask, action, resource);
            } else {
                problems.denied("notify", &ask, action, resource);
            }
        }
    }
    problems
}

/// No function touches what is another's, or its own permissions.
pub(crate) fn functions_do_no_more(world: &World) -> Problems {
    let mut problems = Problems::default();
    for (name, role, _) in FUNCTIONS {
        for stack in [&world.hub, &world.changing] {
            no_more(&mut problems, name, &session(stack, role));
        }
        let trust = &world.hub.properties(role)["AssumeRolePolicyDocument"];
        let user = Ask::by(&format!("arn:aws:iam::{HUB}:user/admin")).may(anything()).at(trust);
        problems.denied("a user", &user, "sts:AssumeRole", &hub_role(name));
        let lambda = Ask::by("lambda.amazonaws.com").at(trust);
        problems.allowed("Lambda", &lambda, "sts:AssumeRole", &hub_role(name));
    }
    problems
}

fn no_more(problems: &mut Problems, name: &str, ask: &Ask) {
    for (owner, queue) in QUEUES {
        let own = owner == name && queue.ends_with("Queue");
        for action in ["SendMessage", "ReceiveMessage", "DeleteMessage", "PurgeQueue"] {
            if !own || matches!(action, "SendMessage" | "PurgeQueue") {
                problems.denied(name, ask, &format!("sqs:{action}"), &hub_arn("sqs", queue));
            }
        }
    }
    for (other, ..) in FUNCTIONS {
        for action in ["iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy"] {
            problems.denied(name, ask, action, &hub_role(other));
        }
        let function = hub_arn("lambda", &format!("function:locksmith-prod-{other}"));
        for action in ["lambda:InvokeFunction", "lambda:UpdateFunctionCode"] {
            problems.denied(name, ask, action, &function);
        }
        if other != name {
            let log = format!("log-group:/aws/lambda/locksmith-prod-{other}:log-stream:x");
            problems.denied(name, ask, "logs:PutLogEvents", &hub_arn("logs", &log));
        }
    }
    for action in ["DeleteTable", "UpdateTable", "Scan", "UpdateTimeToLive", "BatchWriteItem"] {
        problems.denied(name, ask, &format!("dynamodb:{action}"), &table());
    }
    for partition in partitions(name).1 {
        let ask = in_partition(ask, partition);
        for action in ["GetItem", "PutItem", "UpdateItem", "Query"] {
            let what = format!("{name} at {partition}");
            problems.denied(&what, &ask, &format!("dynamodb:{action}"), &table());
        }
    }
    let locks = matches!(name, "apply" | "sweep" | "notify");
    for partition in PARTITIONS {
        let ask = in_partition(ask, partition);
        if partition == "LOCK#1" && locks {
            problems.allowed(name, &ask, "dynamodb:DeleteItem", &table());
        } else {
            problems.denied(name, &ask, "dynamodb:DeleteItem", &table());
        }
        if !matches!(partition, "INCIDENT#1" | "LOCK#1") {
            let ask = in_transaction(&ask, partition);
            problems.denied(name, &ask, "dynamodb:DeleteItem", &table());
        }
    }
    let other_table = hub_arn("dynamodb", "table/Other");
    problems.denied(name, &in_partition(ask, "GROUP#1"), "dynamodb:PutItem", &other_table);
    problems.denied(name, &announcing(ask, "aws.s3"), "events:PutEvents", &states());
    let events = hub_arn("events", "event-bus/locksmith-prod-events");
    problems.denied(name, &announcing(ask, "locksmith"), "events:PutEvents", &events);
    problems.denied(name, ask, "s3:GetObject", "arn:aws:s3:::configuration/other.toml");
    problems.denied(name, ask, "s3:PutObject", "arn:aws:s3:::configuration/locksmith.toml");
    let secret = hub_arn("secretsmanager", "secret:ExternalId");
    problems.denied(name, ask, "secretsmanager:GetSecretValue", &secret);
    let key = ask.clone().at(&delegating(HUB));
    problems.denied(name, &key, "kms:Decrypt", &hub_arn("kms", "key/Key"));
}

/// The kinds of partitions that the store makes: `crates/aws/src/store/key.rs`.
const PARTITIONS: [&str; 6] =
    ["BUCKET#1", "FIX#1", "GROUP#1", "INCIDENT#1", "LOCK#1", "PRINCIPAL#1"];

/// What sort keys begin with and no partition does.
const SORTS: [&str; 1] = ["HOUR"];

/// The partitions that a function works in, and those that it must not touch. What detect takes in
/// comes from strangers, so that it cannot make a fix or take a lock; neither can diagnose.
fn partitions(function: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match function {
        "detect" => (&["GROUP#1", "INCIDENT#1", "PRINCIPAL#1"], &["BUCKET#1", "FIX#1", "LOCK#1"]),
        "notify" => (&["GROUP#1", "INCIDENT#1", "LOCK#1"], &["BUCKET#1", "FIX#1", "PRINCIPAL#1"]),
        "approve" => (&["GROUP#1", "INCIDENT#1"], &["BUCKET#1", "FIX#1", "LOCK#1", "PRINCIPAL#1"]),
        "diagnose" => (&["BUCKET#1", "GROUP#1", "INCIDENT#1"], &["FIX#1", "LOCK#1", "PRINCIPAL#1"]),
        _ => (&["BUCKET#1", "FIX#1", "GROUP#1", "INCIDENT#1", "LOCK#1"], &[]),
    }
}

/// Every kind of key that the store's code makes is known here, partitions by what they hold.
pub(crate) fn partitions_are_those_of_the_code(_: &World) -> Problems {
    let mut problems = Problems::default();
    let folder = locksmith_tests::root().join("../crates/aws/src/store");
    let mut found = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap().flatten() {
        let text = std::fs::read_to_string(file.path()).unwrap();
        for text in text.split('"').filter_map(|text| text.split_once('#')).map(|(kind, _)| kind) {
            if !text.is_empty() && text.chars().all(|c| c.is_ascii_uppercase()) {
                found.insert(text.to_owned());
            }
        }
    }
    let partitions = PARTITIONS.map(|partition| partition.trim_end_matches("#1"));
    for kind in partitions.iter().filter(|kind| !found.contains(**kind)) {
        problems.0.push(format!("the store makes no partition {kind}#"));
    }
    let known =
        |kind: &String| partitions.contains(&kind.as_str()) || SORTS.contains(&kind.as_str());
    for kind in found.iter().filter(|kind| !known(kind)) {
        problems.0.push(format!("is {kind}# a partition, and who works in it?"));
    }
    problems
}

/// Which roles each function assumes, in which hub. Where nothing may be changed, nobody becomes a
/// role that writes.
pub(crate) fn the_right_roles_are_assumed(world: &World) -> Problems {
    let mut problems = Problems::default();
    let role = |account: &str, name: &str| format!("arn:aws:iam::{account}:role/{name}");
    let (read, write) = ("locksmith/LocksmithRead", "locksmith/LocksmithWrite");
    for (hub, stack) in [("hub", &world.hub), ("changing hub", &world.changing)] {
        for (name, logical, _) in FUNCTIONS {
            let what = format!("{name} of the {hub}");
            let alone = session(stack, logical).at(&trusting_the_hub());
            let alone = alone.with("aws:RequestTag/locksmith-incident", "5f0c61aa93b2d7e4-1");
            let alone = alone.with("aws:TagKeys", json!(["locksmith-incident"]));
            let ask = alone.clone().with("aws:ResourceOrgID", ORGANIZATION);
            let reads = matches!(name, "diagnose" | "sweep");
            let writes = matches!(name, "apply" | "sweep") && hub == "changing hub";
            for account in [MEMBER, OTHER_MEMBER, HUB] {
                let expected = [
                    (read, "sts:AssumeRole", reads),
                    (read, "sts:TagSession", false),
                    (write, "sts:AssumeRole", writes),
                    (write, "sts:TagSession", writes),
                    ("LocksmithRead", "sts:AssumeRole", false),
                    ("LocksmithWrite", "sts:AssumeRole", false),
                    ("locksmith/LocksmithForward", "sts:AssumeRole", false),
                    ("locksmith/LocksmithReader", "sts:AssumeRole", false),
                    ("locksmith/x/LocksmithRead", "sts:AssumeRole", false),
                    ("OrganizationAccountAccessRole", "sts:AssumeRole", false),
                    ("Admin", "sts:AssumeRole", false),
                ];
                for (name, action, allowed) in expected {
                    let role = role(account, name);
                    if allowed {
                        problems.allowed(&what, &ask, action, &role);
                    } else {
                        problems.denied(&what, &ask, action, &role);
                    }
                }
            }
            let foreign = alone.clone().with("aws:ResourceOrgID", "o-zzzzzzzzzz");
            for name in [read, write] {
                let role = role(STRANGER, name);
                problems.denied(
                    &format!("{what}, no organization"),
                    &alone,
                    "sts:AssumeRole",
                    &role,
                );
                problems.denied(&format!("{what}, another's"), &foreign, "sts:AssumeRole", &role);
            }
            let tagged = ask.with("aws:TagKeys", json!(["locksmith-incident", "Department"]));
            let role = role(MEMBER, write);
            problems.denied(&format!("{what}, other tags"), &tagged, "sts:TagSession", &role);
        }
    }
    problems
}

fn session(stack: &Stack, role: &str) -> Ask {
    Ask::by_session(&role_arn(stack, HUB, role), role_policies(stack, role))
}

/// A trust policy that leaves it to the hub whom it lets assume the role.
fn trusting_the_hub() -> Value {
    let root = format!("arn:aws:iam::{HUB}:root");
    json!({"Version": "2012-10-17",
           "Statement": {"Effect": "Allow", "Principal": {"AWS": root},
                         "Action": ["sts:AssumeRole", "sts:TagSession"]}})
}

fn announcing(ask: &Ask, source: &str) -> Ask {
    let kind = "Locksmith Incident State Changed";
    ask.clone().with("events:source", json!([source])).with("events:detail-type", json!([kind]))
}

fn in_partition(ask: &Ask, partition: &str) -> Ask {
    ask.clone().with("dynamodb:LeadingKeys", json!([partition]))
}

fn in_transaction(ask: &Ask, partition: &str) -> Ask {
    let ask = ask.clone().with("dynamodb:EnclosingOperation", json!(["TransactWriteItems"]));
    in_partition(&ask, partition)
}

fn table() -> String {
    hub_arn("dynamodb", "table/Table")
}

fn states() -> String {
    hub_arn("events", "event-bus/locksmith-prod-states")
}

fn via(service: &str) -> String {
    format!("{service}.eu-central-1.amazonaws.com")
}
