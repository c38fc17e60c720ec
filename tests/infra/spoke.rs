//! The roles in the member accounts: who gets in, and what they can do there.

use crate::actions::{
    BUCKET, BUCKET_READS, HEAD_READS, KEY, OBJECT, OBJECT_READS, ORGANIZATION_READS, READS, ROLE,
    WRITES,
};
use crate::ask::{Ask, Problems, anything, delegating, open_to_all};
use crate::stack::Stack;
use crate::world::{
    EXTERNAL_ID, HUB, MEMBER, OPERATOR, OTHER_MEMBER, STRANGER, World, hub_role, role_arn,
    role_policies,
};
use serde_json::json;

/// The read role reads what the evidence needs, of its own account, and nothing else.
pub(crate) fn read_role_reads(world: &World) -> Problems {
    let mut problems = Problems::default();
    for (name, stack) in [("read role", &world.spoke), ("blind read role", &world.blind)] {
        let ask = reader(stack);
        for (resource, actions) in READS {
            // A key's own policy has to leave it to the account.
            let ask =
                if resource == KEY { ask.clone().at(&delegating(MEMBER)) } else { ask.clone() };
            for action in actions {
                problems.allowed(name, &ask, action, resource);
            }
        }
        let at_home = ask.clone().owned_by(MEMBER);
        let abroad = ask.clone().owned_by(OTHER_MEMBER).at(&open_to_all("s3:"));
        let buckets = BUCKET_READS.map(|action| (action, BUCKET));
        for (action, resource) in buckets.into_iter().chain(OBJECT_READS.map(|a| (a, OBJECT))) {
            problems.allowed(name, &at_home, action, resource);
            problems.denied(&format!("{name} abroad"), &abroad, action, resource);
        }
    }
    let seeing = reader(&world.spoke).owned_by(MEMBER);
    let blind = reader(&world.blind).owned_by(MEMBER).at(&open_to_all("s3:"));
    for action in HEAD_READS {
        problems.allowed("read role", &seeing, action, OBJECT);
        let presigned = seeing.clone().with("s3:authType", "REST-QUERY-STRING");
        problems.denied("presigned URL of the read role", &presigned, action, OBJECT);
        problems.never("blind read role", &blind, action, OBJECT);
    }
    for (action, resource) in ORGANIZATION_READS {
        let resource = format!("arn:aws:organizations::{MEMBER}:{resource}");
        problems.allowed("management", &reader(&world.management), action, &resource);
        problems.denied("read role", &reader(&world.spoke), action, &resource);
        let foreign = resource.replace("o-abcdefghij", "o-zzzzzzzzzz");
        problems.denied("management", &reader(&world.management), action, &foreign);
    }
    let full_access = "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess";
    let manager = reader(&world.management);
    problems.allowed("management", &manager, "organizations:DescribePolicy", full_access);
    problems.allowed("management", &manager, "organizations:ListRoots", "*");
    problems
}

/// The read role writes nothing, whatever resource policies allow.
pub(crate) fn read_role_writes_nothing(world: &World) -> Problems {
    let mut problems = Problems::default();
    let count: usize = WRITES.iter().map(|(_, actions)| actions.len()).sum();
    assert!(count >= 60, "there were {count} writes");
    for stack in [&world.spoke, &world.management, &world.blind] {
        let ask = reader(stack).owned_by(MEMBER);
        for (resource, actions) in WRITES {
            for action in actions {
                problems.never("read role", &ask, action, resource);
                let invited = ask.clone().at(&open_to_all(action));
                problems.never("invited read role", &invited, action, resource);
            }
        }
    }
    problems
}

/// The functions that read get into read roles, those that change accounts into write roles, and
/// then only for an incident that they name.
pub(crate) fn only_the_right_ones_get_in(world: &World) -> Problems {
    let mut problems = Problems::default();
    let readers = &["diagnose", "sweep"][..];
    let roles = [
        (&world.spoke, "ReadRole", readers),
        (&world.management, "ReadRole", readers),
        (&world.writable, "WriteRole", &["apply", "sweep"]),
        (&world.trusting, "WriteRole", &["apply", "sweep"]),
    ];
    for (stack, role, functions) in roles {
        let arn = role_arn(stack, MEMBER, role);
        let trust = &stack.properties(role)["AssumeRolePolicyDocument"];
        let try_as = |principal: &str, external_id: Option<&str>, session: &str| {
            let mut ask = if principal.contains(":role/") {
                Ask::by_session(principal, vec![anything()])
            } else {
                Ask::by(principal).may(anything())
            };
            ask = ask.at(trust).with("sts:RoleSessionName", session);
            ask = ask.with("aws:RequestTag/locksmith-incident", "5f0c61aa93b2d7e4-1");
            ask = ask.with("aws:TagKeys", json!(["locksmith-incident"]));
            external_id.map_or(ask.clone(), |id| ask.with("sts:ExternalId", id))
        };
        let mut check = |what: &str, ask: &Ask, action: &str, allowed: bool| {
            let what = format!("{role}, {what}");
            if allowed {
                problems.allowed(&what, ask, action, &arn);
            } else {
                problems.denied(&what, ask, action, &arn);
            }
        };
        let (assume, tag) = ("sts:AssumeRole", "sts:TagSession");
        let id = Some(EXTERNAL_ID);
        for function in ["detect", "diagnose", "apply", "sweep", "schedule"] {
            let right = hub_role(function);
            let ours = functions.contains(&function);
            let ask = try_as(&right, id, "locksmith-1");
            check(function, &ask, assume, ours);
            check(function, &ask, tag, ours && role == "WriteRole");
            let mut tags = ask.clone().with("aws:TagKeys", json!(["locksmith-incident", "Team"]));
            tags = tags.with("aws:RequestTag/Team", "admins");
            check(&format!("{function} with another tag"), &tags, tag, false);
            check("without external id", &try_as(&right, None, "locksmith-1"), assume, false);
            let guessed = try_as(&right, Some("guessed"), "locksmith-1");
            check("wrong external id", &guessed, assume, false);
            check("another session name", &try_as(&right, id, "admin"), assume, false);
            let elsewhere = right.replace(HUB, STRANGER);
            check("another account", &try_as(&elsewhere, id, "locksmith-1"), assume, false);
            let anonymous = ask.with("aws:RequestTag/locksmith-incident", "");
            check("no incident", &anonymous, assume, ours && role == "ReadRole");
        }
        for principal in [
            format!("arn:aws:iam::{HUB}:root"),
            format!("arn:aws:iam::{HUB}:user/admin"),
            format!("arn:aws:iam::{MEMBER}:user/admin"),
            format!("arn:aws:iam::{STRANGER}:user/anybody"),
            "lambda.amazonaws.com".to_owned(),
        ] {
            check(&principal, &try_as(&principal, id, "locksmith-1"), assume, false);
        }
        let invited = role == "ReadRole" && std::ptr::eq(stack, &raw const world.management);
        check("an operator", &try_as(OPERATOR, id, "locksmith-cli"), assume, invited);
        check("an operator as an incident", &try_as(OPERATOR, id, "locksmith-1"), assume, false);
        let unknown = try_as(OPERATOR, None, "locksmith-cli");
        check("an operator without external id", &unknown, assume, false);
    }
    problems
}

/// The forwarding role puts events on the hub's bus, for its rule and nobody else.
pub(crate) fn forwarding_is_narrow(world: &World) -> Problems {
    let mut problems = Problems::default();
    let bus = |account: &str, name: &str| {
        format!("arn:aws:events:eu-central-1:{account}:event-bus/locksmith-prod-{name}")
    };
    let ask = session(&world.spoke, "ForwardRole").at(&open_to_all("events:"));
    let alone = session(&world.spoke, "ForwardRole");
    problems.allowed("forwarding", &ask, "events:PutEvents", &bus(HUB, "events"));
    problems.denied("forwarding", &ask, "events:PutEvents", &bus(HUB, "states"));
    problems.denied("forwarding", &alone, "events:PutEvents", &bus(MEMBER, "events"));
    problems.denied("forwarding", &alone, "sts:AssumeRole", ROLE);
    let arn = role_arn(&world.spoke, MEMBER, "ForwardRole");
    let trust = &world.spoke.properties("ForwardRole")["AssumeRolePolicyDocument"];
    let rule =
        |account: &str, name: &str| format!("arn:aws:events:us-west-2:{account}:rule/{name}");
    let by = |account: &str, name: &str| {
        let ask = Ask::by("events.amazonaws.com").at(trust).with("aws:SourceAccount", account);
        ask.with("aws:SourceArn", rule(account, name))
    };
    let ours = by(MEMBER, "locksmith-prod-denials");
    problems.allowed("its rule", &ours, "sts:AssumeRole", &arn);
    problems.denied("another rule", &by(MEMBER, "other"), "sts:AssumeRole", &arn);
    let foreign = by(STRANGER, "locksmith-prod-denials");
    problems.denied("another account's rule", &foreign, "sts:AssumeRole", &arn);
    let user = Ask::by(&format!("arn:aws:iam::{MEMBER}:user/admin")).may(anything()).at(trust);
    problems.denied("a user", &user, "sts:AssumeRole", &arn);
    let target = &world.elsewhere.properties("Denials")["Targets"][0];
    problems
        .must(target["RoleArn"] == *arn, || format!("the rule's role is {}", target["RoleArn"]));
    problems.must(target["Arn"] == *bus(HUB, "events"), || format!("target {}", target["Arn"]));
    let roles = world.elsewhere.of_type("AWS::IAM::Role");
    problems.must(roles.is_empty(), || format!("another Region makes roles again: {roles:?}"));
    problems
}

fn session(stack: &Stack, role: &str) -> Ask {
    Ask::by_session(&role_arn(stack, MEMBER, role), role_policies(stack, role))
}

/// A session of the read role that signs its requests.
fn reader(stack: &Stack) -> Ask {
    session(stack, "ReadRole").with("s3:authType", "REST-HEADER")
}
