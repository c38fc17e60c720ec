//! Who may reach the hub's buses, queues, key, configuration and schedules.

use crate::ask::{Ask, Problems, anything};
use crate::hub::FUNCTIONS;
use crate::stack::Stack;
use crate::world::{
    HUB, MEMBER, ORGANIZATION, STRANGER, World, hub_arn, hub_role, role_arn, role_policies,
};
use serde_json::{Value, json};

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

/// Each queue takes messages of its rule only; where nothing may be changed, apply's takes none.
pub(crate) fn queues_are_closed(world: &World) -> Problems {
    let mut problems = Problems::default();
    let rules = [
        ("Detect", "rule/locksmith-prod-events/locksmith-prod-denials"),
        ("Diagnose", "rule/locksmith-prod-states/locksmith-prod-detected"),
        ("Apply", "rule/locksmith-prod-states/locksmith-prod-approved"),
        ("Notify", "rule/locksmith-prod-states/locksmith-prod-told"),
    ];
    for (function, rule) in rules {
        for queue in [format!("{function}Queue"), format!("{function}DeadLetters")] {
            let policy = &world.changing.properties(&format!("{queue}Policy"))["PolicyDocument"];
            let arn = hub_arn("sqs", &queue);
            let by = |rule: &str| {
                let ask = Ask::by("events.amazonaws.com").at(policy).owned_by(HUB);
                ask.with("aws:SourceArn", hub_arn("events", rule))
            };
            problems.allowed("its rule", &by(rule), "sqs:SendMessage", &arn);
            for (_, other) in rules.into_iter().filter(|(other, _)| *other != function) {
                problems.denied("another rule", &by(other), "sqs:SendMessage", &arn);
            }
            problems.denied("its rule", &by(rule), "sqs:ReceiveMessage", &arn);
            for principal in ["*".to_owned(), format!("arn:aws:iam::{STRANGER}:user/x")] {
                let ask = Ask::by(&principal).at(policy).owned_by(HUB).may(anything());
                problems.denied(&principal, &ask, "sqs:SendMessage", &arn);
                problems.denied(&principal, &ask, "sqs:ReceiveMessage", &arn);
            }
        }
    }
    for absent in ["Approved", "ApplyQueuePolicy", "ApplyDeadLettersPolicy"] {
        let there = world.hub.resources.contains_key(absent);
        problems.must(!there, || format!("{absent} although nothing may be changed"));
    }
    for absent in ["Told", "NotifyQueuePolicy", "NotifyDeadLettersPolicy"] {
        let there = world.hub.resources.contains_key(absent);
        problems.must(!there, || format!("{absent} although nobody is told"));
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
    for rule in world.changing.of_type("AWS::Events::Rule") {
        let properties = world.changing.properties(rule);
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
    for (name, ..) in FUNCTIONS {
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

/// Sweep is started by its schedules, and they start nothing else.
pub(crate) fn schedules_are_closed(world: &World) -> Problems {
    let mut problems = Problems::default();
    let role = "ScheduleRole";
    let arn = role_arn(&world.hub, HUB, role);
    let ask = Ask::by_session(&arn, role_policies(&world.hub, role));
    let function = |name: &str| hub_arn("lambda", &format!("function:locksmith-prod-{name}"));
    problems.allowed("its schedule", &ask, "lambda:InvokeFunction", &function("sweep"));
    for (name, ..) in FUNCTIONS.into_iter().filter(|(name, ..)| *name != "sweep") {
        problems.denied("a schedule", &ask, "lambda:InvokeFunction", &function(name));
    }
    let trust = &world.hub.properties(role)["AssumeRolePolicyDocument"];
    let by = |account: &str, group: &str| {
        let ask = Ask::by("scheduler.amazonaws.com").at(trust).with("aws:SourceAccount", account);
        ask.with("aws:SourceArn", hub_arn("scheduler", &format!("schedule-group/{group}")))
    };
    problems.allowed("its group", &by(HUB, "locksmith-prod"), "sts:AssumeRole", &arn);
    problems.denied("another group", &by(HUB, "default"), "sts:AssumeRole", &arn);
    problems.denied("another account", &by(STRANGER, "locksmith-prod"), "sts:AssumeRole", &arn);
    let user = Ask::by(&format!("arn:aws:iam::{HUB}:user/admin")).may(anything()).at(trust);
    problems.denied("a user", &user, "sts:AssumeRole", &arn);
    problems
}

/// The door to the world: a few routes to one function, slowed down, and none where nobody is asked.
pub(crate) fn the_door_is_narrow(world: &World) -> Problems {
    let mut problems = Problems::default();
    let of_api = |stack: &Stack| {
        let kinds = ["Api", "Stage", "Route", "Integration"];
        let kinds = kinds.map(|kind| format!("AWS::ApiGatewayV2::{kind}"));
        kinds.iter().map(|kind| stack.of_type(kind).len()).sum::<usize>()
    };
    problems.must(of_api(&world.hub) == 0, || "a door where nobody is asked".to_owned());
    let routes = world.changing.of_type("AWS::ApiGatewayV2::Route").into_iter();
    let mut routes: Vec<&str> = routes
        .map(|route| world.changing.properties(route)["RouteKey"].as_str().unwrap())
        .collect();
    routes.sort_unstable();
    let wanted = ["GET /decide", "GET /reports/{incident}", "POST /decide", "POST /slack"];
    problems.must(routes == wanted, || format!("routes {routes:?}"));
    let stage = world.changing.properties("DoorStage");
    let rate = stage["DefaultRouteSettings"]["ThrottlingRateLimit"].as_u64().unwrap_or(u64::MAX);
    problems.must(rate <= 100, || format!("{rate} requests a second"));
    let log = stage["AccessLogSettings"]["Format"].as_str().unwrap();
    for secret in ["query", "path", "body", "header"] {
        problems.must(!log.to_lowercase().contains(secret), || format!("the log has a {secret}"));
    }
    let invokes = world.changing.properties("DoorInvokes");
    let source = invokes["SourceArn"].as_str().unwrap_or_default();
    let ours = invokes["Principal"] == "apigateway.amazonaws.com"
        && source == hub_arn("execute-api", "locksmith-prod/*");
    problems.must(ours, || format!("others invoke approve: {invokes}"));
    problems
}

/// What is due is put into notify's queue by its schedule, and nowhere else.
pub(crate) fn reminders_are_closed(world: &World) -> Problems {
    let mut problems = Problems::default();
    let role = "ReminderRole";
    let arn = role_arn(&world.hub, HUB, role);
    let key_policy = &world.hub.properties("Key")["KeyPolicy"];
    let ask = Ask::by_session(&arn, role_policies(&world.hub, role));
    for (_, queue) in crate::hub::QUEUES {
        if queue == "NotifyQueue" {
            problems.allowed("its schedule", &ask, "sqs:SendMessage", &hub_arn("sqs", queue));
        } else {
            problems.denied("its schedule", &ask, "sqs:SendMessage", &hub_arn("sqs", queue));
        }
        problems.denied("its schedule", &ask, "sqs:ReceiveMessage", &hub_arn("sqs", queue));
    }
    let through = ask.at(key_policy).with("kms:ViaService", via("sqs"));
    problems.allowed("its schedule", &through, "kms:GenerateDataKey", &hub_arn("kms", "key/Key"));
    let trust = &world.hub.properties(role)["AssumeRolePolicyDocument"];
    let by = |account: &str, group: &str| {
        let ask = Ask::by("scheduler.amazonaws.com").at(trust).with("aws:SourceAccount", account);
        ask.with("aws:SourceArn", hub_arn("scheduler", &format!("schedule-group/{group}")))
    };
    let group = "locksmith-prod-reminders";
    problems.allowed("its group", &by(HUB, group), "sts:AssumeRole", &arn);
    problems.denied("another group", &by(HUB, "locksmith-prod"), "sts:AssumeRole", &arn);
    problems.denied("another account", &by(STRANGER, group), "sts:AssumeRole", &arn);
    problems
}

fn via(service: &str) -> String {
    format!("{service}.eu-central-1.amazonaws.com")
}

fn bucket_policy(world: &World) -> &Value {
    &world.hub.properties("ConfigurationPolicy")["PolicyDocument"]
}
