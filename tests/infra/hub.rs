//! The hub: what each function may do, and who may reach the hub's buses, queues, key and bucket.

use crate::ask::{Ask, Problems, anything, delegating};
use crate::stack::Stack;
use crate::world::{
    HUB, MEMBER, ORGANIZATION, OTHER_MEMBER, STRANGER, World, hub_arn, hub_role, role_arn,
    role_policies,
};
use serde_json::{Value, json};

const FUNCTIONS: [(&str, &str); 2] = [("detect", "DetectRole"), ("diagnose", "DiagnoseRole")];

/// Each function can do its work.
pub(crate) fn functions_work(world: &World) -> Problems {
    let mut problems = Problems::default();
    let key_policy = &world.hub.properties("Key")["KeyPolicy"];
    for (name, role) in FUNCTIONS {
        let ask = session(&world.hub, role);
        let queue = hub_arn("sqs", if name == "detect" { "DetectQueue" } else { "DiagnoseQueue" });
        for action in ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"] {
            problems.allowed(name, &ask, action, &queue);
        }
        let table = hub_arn("dynamodb", "table/Table");
        for action in ["GetItem", "PutItem", "UpdateItem", "Query"] {
            problems.allowed(name, &ask, &format!("dynamodb:{action}"), &table);
        }
        problems.allowed(name, &deleting(&ask, "INCIDENT#1"), "dynamodb:DeleteItem", &table);
        let announcing = announcing(&ask, "locksmith");
        problems.allowed(name, &announcing, "events:PutEvents", &states());
        let configuration = "arn:aws:s3:::configuration/locksmith.toml";
        let reading = ask.clone().owned_by(HUB).at(bucket_policy(world));
        let reading = reading.with("aws:SecureTransport", "true");
        problems.allowed(name, &reading, "s3:GetObject", configuration);
        for service in ["sqs", "s3", "dynamodb"] {
            let through = ask.clone().at(key_policy).with("kms:ViaService", via(service));
            problems.allowed(name, &through, "kms:Decrypt", &hub_arn("kms", "key/Key"));
        }
        let log = format!("log-group:/aws/lambda/locksmith-prod-{name}:log-stream:x");
        problems.allowed(name, &ask, "logs:PutLogEvents", &hub_arn("logs", &log));
        problems.allowed(name, &ask, "xray:PutTraceSegments", "*");
    }
    problems
}

/// No function touches what is another's, or its own permissions.
pub(crate) fn functions_do_no_more(world: &World) -> Problems {
    let mut problems = Problems::default();
    for (name, role) in FUNCTIONS {
        let other = if name == "detect" { "diagnose" } else { "detect" };
        let own_queue = if name == "detect" { "DetectQueue" } else { "DiagnoseQueue" };
        let ask = session(&world.hub, role);
        let queues = ["DetectQueue", "DetectDeadLetters", "DiagnoseQueue", "DiagnoseDeadLetters"];
        for queue in queues.map(|queue| (queue, hub_arn("sqs", queue))) {
            for action in ["SendMessage", "ReceiveMessage", "DeleteMessage", "PurgeQueue"] {
                if queue.0 != own_queue || matches!(action, "SendMessage" | "PurgeQueue") {
                    problems.denied(name, &ask, &format!("sqs:{action}"), &queue.1);
                }
            }
        }
        for action in ["iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy"] {
            problems.denied(name, &ask, action, &hub_role(name));
        }
        let function = hub_arn("lambda", &format!("function:locksmith-prod-{other}"));
        for action in ["lambda:InvokeFunction", "lambda:UpdateFunctionCode"] {
            problems.denied(name, &ask, action, &function);
        }
        let table = hub_arn("dynamodb", "table/Table");
        for action in ["DeleteTable", "UpdateTable", "Scan", "UpdateTimeToLive", "DeleteItem"] {
            problems.denied(name, &ask, &format!("dynamodb:{action}"), &table);
        }
        problems.denied(name, &deleting(&ask, "GROUP#1"), "dynamodb:DeleteItem", &table);
        problems.denied(name, &ask, "dynamodb:PutItem", &hub_arn("dynamodb", "table/Other"));
        problems.denied(name, &announcing(&ask, "aws.s3"), "events:PutEvents", &states());
        let events = hub_arn("events", "event-bus/locksmith-prod-events");
        problems.denied(name, &announcing(&ask, "locksmith"), "events:PutEvents", &events);
        problems.denied(name, &ask, "s3:GetObject", "arn:aws:s3:::configuration/other.toml");
        problems.denied(name, &ask, "s3:PutObject", "arn:aws:s3:::configuration/locksmith.toml");
        let secret = hub_arn("secretsmanager", "secret:ExternalId");
        problems.denied(name, &ask, "secretsmanager:GetSecretValue", &secret);
        let key = ask.clone().at(&delegating(HUB));
        problems.denied(name, &key, "kms:Decrypt", &hub_arn("kms", "key/Key"));
        let log = format!("log-group:/aws/lambda/locksmith-prod-{other}:log-stream:x");
        problems.denied(name, &ask, "logs:PutLogEvents", &hub_arn("logs", &log));
        let trust = &world.hub.properties(role)["AssumeRolePolicyDocument"];
        let user = Ask::by(&format!("arn:aws:iam::{HUB}:user/admin")).may(anything()).at(trust);
        problems.denied("a user", &user, "sts:AssumeRole", &hub_role(name));
        let lambda = Ask::by("lambda.amazonaws.com").at(trust);
        problems.allowed("Lambda", &lambda, "sts:AssumeRole", &hub_role(name));
    }
    problems
}

/// Diagnose assumes the read roles of the organization, and detect nothing.
pub(crate) fn only_read_roles_are_assumed(world: &World) -> Problems {
    let mut problems = Problems::default();
    let role = |account: &str, name: &str| format!("arn:aws:iam::{account}:role/{name}");
    let in_organization = |role: &str| {
        session(&world.hub, role).with("aws:ResourceOrgID", ORGANIZATION).at(&trusting_the_hub())
    };
    let diagnose = in_organization("DiagnoseRole");
    for account in [MEMBER, OTHER_MEMBER, HUB] {
        let read = role(account, "locksmith/LocksmithRead");
        problems.allowed("diagnose", &diagnose, "sts:AssumeRole", &read);
        let detect = in_organization("DetectRole");
        for name in ["locksmith/LocksmithRead", "locksmith/LocksmithWrite", "Admin"] {
            problems.denied("detect", &detect, "sts:AssumeRole", &role(account, name));
        }
        for name in [
            "LocksmithRead",
            "locksmith/LocksmithWrite",
            "locksmith/LocksmithForward",
            "locksmith/LocksmithReader",
            "locksmith/x/LocksmithRead",
            "OrganizationAccountAccessRole",
            "Admin",
        ] {
            problems.denied("diagnose", &diagnose, "sts:AssumeRole", &role(account, name));
        }
    }
    let read = role(STRANGER, "locksmith/LocksmithRead");
    let outside = session(&world.hub, "DiagnoseRole").at(&trusting_the_hub());
    problems.denied("diagnose, no organization", &outside, "sts:AssumeRole", &read);
    let foreign = outside.with("aws:ResourceOrgID", "o-zzzzzzzzzz");
    problems.denied("diagnose, another organization", &foreign, "sts:AssumeRole", &read);
    problems
}

/// The organization puts CloudTrail's events on one bus, and nobody from outside on the other.
pub(crate) fn buses_are_closed(world: &World) -> Problems {
    let mut problems = Problems::default();
    let policies = world.hub.of_type("AWS::Events::EventBusPolicy");
    let on = |name: &str| {
        let of_bus = |policy: &&&str| world.hub.properties(policy)["EventBusName"] == *name;
        policies.iter().find(of_bus).map(|policy| world.hub.properties(policy)["Statement"].clone())
    };
    let events = on("locksmith-prod-events");
    let policy = json!({"Version": "2012-10-17", "Statement": events});
    let bus = hub_arn("events", "event-bus/locksmith-prod-events");
    let put = |account: &str, organization: &str, source: &str, kind: &str| {
        let ask = Ask::by(&format!("arn:aws:iam::{account}:role/locksmith/LocksmithForward"));
        ask.may(anything())
            .at(&policy)
            .with("aws:PrincipalOrgID", organization)
            .with("events:source", json!([source]))
            .with("events:detail-type", json!([kind]))
    };
    let (call, network) =
        ("AWS API Call via CloudTrail", "AWS Network Activity Event via CloudTrail");
    for (source, kind) in
        [("aws.s3", call), ("aws.kms", call), ("aws.sts", call), ("aws.s3", network)]
    {
        let ask = put(MEMBER, ORGANIZATION, source, kind);
        problems.allowed("a member", &ask, "events:PutEvents", &bus);
    }
    let stranger = put(STRANGER, "o-zzzzzzzzzz", "aws.s3", call);
    problems.denied("a stranger", &stranger, "events:PutEvents", &bus);
    let made = put(MEMBER, ORGANIZATION, "locksmith", call);
    problems.denied("a member's own event", &made, "events:PutEvents", &bus);
    let kind = put(MEMBER, ORGANIZATION, "aws.s3", "Object Created");
    problems.denied("another kind of event", &kind, "events:PutEvents", &bus);
    let rule = put(MEMBER, ORGANIZATION, "aws.s3", call);
    problems.denied("a member's rule", &rule, "events:PutRule", &bus);
    let states_policy = on("locksmith-prod-states");
    problems.must(states_policy.is_none(), || "the states bus has a policy".to_owned());
    problems.must(policies.len() == 1, || format!("policies of buses: {policies:?}"));
    problems
}

/// Each queue takes messages of its rule only.
pub(crate) fn queues_are_closed(world: &World) -> Problems {
    let mut problems = Problems::default();
    let rules = [
        ("Detect", "rule/locksmith-prod-events/locksmith-prod-denials"),
        ("Diagnose", "rule/locksmith-prod-states/locksmith-prod-detected"),
    ];
    for (index, (function, rule)) in rules.into_iter().enumerate() {
        let other = rules[1 - index].1;
        for queue in [format!("{function}Queue"), format!("{function}DeadLetters")] {
            let policy = &world.hub.properties(&format!("{queue}Policy"))["PolicyDocument"];
            let arn = hub_arn("sqs", &queue);
            let by = |rule: &str| {
                let ask = Ask::by("events.amazonaws.com").at(policy).owned_by(HUB);
                ask.with("aws:SourceArn", hub_arn("events", rule))
            };
            problems.allowed("its rule", &by(rule), "sqs:SendMessage", &arn);
            problems.denied("another rule", &by(other), "sqs:SendMessage", &arn);
            problems.denied("its rule", &by(rule), "sqs:ReceiveMessage", &arn);
            for principal in ["*".to_owned(), format!("arn:aws:iam::{STRANGER}:user/x")] {
                let ask = Ask::by(&principal).at(policy).owned_by(HUB).may(anything());
                problems.denied(&principal, &ask, "sqs:SendMessage", &arn);
                problems.denied(&principal, &ask, "sqs:ReceiveMessage", &arn);
            }
        }
    }
    problems
}

/// The key serves its services, for their resources; people administer it and no more.
pub(crate) fn key_is_closed(world: &World) -> Problems {
    let mut problems = Problems::default();
    let policy = &world.hub.properties("Key")["KeyPolicy"];
    let key = hub_arn("kms", "key/Key");
    let admin = Ask::by(&format!("arn:aws:iam::{HUB}:user/admin")).may(anything()).at(policy);
    problems.allowed("an administrator", &admin, "kms:PutKeyPolicy", &key);
    problems.denied("an administrator", &admin, "kms:Decrypt", &key);
    problems.denied("an administrator", &admin, "kms:CreateGrant", &key);
    let through = |service: &str| admin.clone().with("kms:ViaService", via(service));
    for service in ["dynamodb", "s3", "secretsmanager", "sns", "sqs"] {
        problems.allowed(service, &through(service), "kms:Decrypt", &key);
    }
    problems.denied("ec2", &through("ec2"), "kms:Decrypt", &key);
    let grant = through("dynamodb").with("kms:GrantIsForAWSResource", "true");
    problems.allowed("the table", &grant, "kms:CreateGrant", &key);
    problems.denied("a grant of one's own", &through("dynamodb"), "kms:CreateGrant", &key);
    let foreign = Ask::by(&format!("arn:aws:iam::{MEMBER}:user/admin")).may(anything()).at(policy);
    let foreign = foreign.with("kms:ViaService", via("s3"));
    problems.denied("another account", &foreign, "kms:Decrypt", &key);
    let events = |rule: &str| {
        let arn = hub_arn("events", rule);
        Ask::by("events.amazonaws.com").at(policy).with("aws:SourceArn", arn)
    };
    for rule in world.hub.of_type("AWS::Events::Rule") {
        let properties = world.hub.properties(rule);
        let bus = properties["EventBusName"].as_str().unwrap();
        let arn = format!("rule/{bus}/{}", properties["Name"].as_str().unwrap());
        problems.allowed(rule, &events(&arn), "kms:GenerateDataKey", &key);
    }
    problems.denied("another rule", &events("rule/other"), "kms:GenerateDataKey", &key);
    let logs = |group: &str| {
        let arn = hub_arn("logs", &format!("log-group:{group}"));
        let ask = Ask::by("logs.eu-central-1.amazonaws.com").at(policy);
        ask.with("kms:EncryptionContext:aws:logs:arn", arn)
    };
    let group = "/aws/lambda/locksmith-prod-detect";
    problems.allowed("its logs", &logs(group), "kms:Encrypt", &key);
    problems.denied("other logs", &logs("/aws/lambda/other"), "kms:Encrypt", &key);
    let alarms = |account: &str| {
        Ask::by("cloudwatch.amazonaws.com").at(policy).with("aws:SourceAccount", account)
    };
    problems.allowed("alarms", &alarms(HUB), "kms:GenerateDataKey", &key);
    problems.denied("others' alarms", &alarms(STRANGER), "kms:GenerateDataKey", &key);
    let topic = &world.hub.properties("TopicPolicy")["PolicyDocument"];
    let publish = |alarm: &str| {
        let ask = Ask::by("cloudwatch.amazonaws.com").at(topic).owned_by(HUB);
        ask.with("aws:SourceArn", hub_arn("cloudwatch", &format!("alarm:{alarm}")))
    };
    let topic = hub_arn("sns", "locksmith-prod-alarms");
    problems.allowed("alarms", &publish("locksmith-prod-detect-age"), "sns:Publish", &topic);
    problems.denied("another alarm", &publish("other"), "sns:Publish", &topic);
    problems
}

/// The configuration travels over TLS, and no function changes it, whatever its own policies say.
pub(crate) fn configuration_is_closed(world: &World) -> Problems {
    let mut problems = Problems::default();
    let object = "arn:aws:s3:::configuration/locksmith.toml";
    let admin = Ask::by(&format!("arn:aws:iam::{HUB}:user/admin")).may(anything());
    let admin = admin.at(bucket_policy(world)).owned_by(HUB);
    let over_tls = admin.clone().with("aws:SecureTransport", "true");
    problems.allowed("an administrator", &over_tls, "s3:PutObject", object);
    let plainly = admin.with("aws:SecureTransport", "false");
    problems.never("without TLS", &plainly, "s3:GetObject", object);
    for (name, _) in FUNCTIONS {
        let ask = Ask::by_session(&hub_role(name), vec![anything()]);
        let ask = ask.at(bucket_policy(world)).owned_by(HUB).with("aws:SecureTransport", "true");
        problems.never(name, &ask, "s3:PutObject", object);
        problems.never(name, &ask, "s3:DeleteBucketPolicy", "arn:aws:s3:::configuration");
    }
    let block = &world.hub.properties("Configuration")["PublicAccessBlockConfiguration"];
    let all = block.as_object().unwrap();
    let blocked = all.len() == 4 && all.values().all(|flag| flag == true);
    problems.must(blocked, || format!("public access: {block}"));
    problems
}

fn session(stack: &Stack, role: &str) -> Ask {
    Ask::by_session(&role_arn(stack, HUB, role), role_policies(stack, role))
}

/// A trust policy that leaves it to the hub whom it lets assume the role.
fn trusting_the_hub() -> Value {
    let root = format!("arn:aws:iam::{HUB}:root");
    json!({"Version": "2012-10-17",
           "Statement": {"Effect": "Allow", "Principal": {"AWS": root}, "Action": "sts:AssumeRole"}})
}

fn announcing(ask: &Ask, source: &str) -> Ask {
    let kind = "Locksmith Incident State Changed";
    ask.clone().with("events:source", json!([source])).with("events:detail-type", json!([kind]))
}

/// A delete within a transaction.
fn deleting(ask: &Ask, partition: &str) -> Ask {
    let ask = ask.clone().with("dynamodb:EnclosingOperation", json!(["TransactWriteItems"]));
    ask.with("dynamodb:LeadingKeys", json!([partition]))
}

fn states() -> String {
    hub_arn("events", "event-bus/locksmith-prod-states")
}

fn via(service: &str) -> String {
    format!("{service}.eu-central-1.amazonaws.com")
}

fn bucket_policy(world: &World) -> &Value {
    &world.hub.properties("ConfigurationPolicy")["PolicyDocument"]
}
