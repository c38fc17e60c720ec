//! Rules and their patterns, the table, and what is watched.

use crate::ask::Problems;
use crate::pattern::matches;
use crate::world::World;
use locksmith_app::incident::State;
use locksmith_core::record::{Record, records};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The rules for denials see read-only management events, and exactly the denials.
pub(crate) fn rules_see_denials(world: &World) -> Problems {
    let mut problems = Problems::default();
    let all = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
    let hub = world.hub.properties("Denials");
    for (name, stack) in world.stacks() {
        let rule = stack.properties("Denials");
        problems.must(rule["State"] == all, || format!("{name}: state {}", rule["State"]));
        let same = rule["EventPattern"] == hub["EventPattern"];
        problems.must(same, || format!("{name}: its pattern is not the hub's"));
    }
    let pattern = &hub["EventPattern"];
    let mut denials = 0;
    let mut check = |what: &str, event: &Value| {
        let record = Record::from_value(&event["detail"]).unwrap();
        let ours = ["s3", "kms", "sts"].contains(&record.service()) && record.is_denied();
        denials += usize::from(ours);
        let matched = matches(pattern, event);
        problems.must(matched == ours, || format!("{what}: matched {matched}, a denial {ours}"));
    };
    let folder = locksmith_tests::root();
    for folder in [folder.join("records"), folder.join("../examples")] {
        for file in locksmith_tests::json_files(&folder) {
            let bytes = std::fs::read(&file).unwrap();
            let value: Value = serde_json::from_slice(&bytes).unwrap();
            if records(&bytes).is_ok() {
                let details = value["Records"].as_array().cloned().unwrap_or(vec![value]);
                for detail in details {
                    check(&file.display().to_string(), &event_of(&detail));
                }
            }
        }
    }
    for code in [
        "AccessDenied",
        "AccessDeniedException",
        "Client.UnauthorizedOperation",
        "UnauthorizedOperation",
        "VpceAccessDenied",
        "AuthorizationError",
        "AllAccessDisabled",
        "AccessControlListNotSupported",
        "AccessDeniedByPolicy",
        "Forbidden",
        "403",
        "KMS.DisabledException",
        "KMS.NotFoundException",
        "KMS.KMSInvalidStateException",
        "KMS.InvalidStateException",
        "KMS.KeyUnavailableException",
        "DisabledException",
        "NotFoundException",
        "KMSInvalidStateException",
        "KeyUnavailableException",
        "NoSuchKey",
        "NoSuchBucketPolicy",
        "SlowDown",
        "ValidationException",
        "ThrottlingException",
        "PreconditionFailed",
        "InvalidCiphertextException",
    ] {
        check(code, &event_of(&denied(code, "Etl")));
    }
    assert!(denials >= 40, "there were {denials} denials");
    for name in [
        "LocksmithRead",
        "LocksmithWrite",
        "locksmith-prod-detect-role",
        "locksmith-prod-diagnose-role",
        "locksmith-prod-apply-role",
        "locksmith-prod-sweep-role",
        "locksmith-prod-notify-role",
        "locksmith-prod-approve-role",
    ] {
        let matched = matches(pattern, &event_of(&denied("AccessDenied", name)));
        problems.must(!matched, || format!("a denial of {name} itself is an event"));
    }
    let mut forged = event_of(&denied("AccessDenied", "Etl"));
    forged["source"] = json!("com.example");
    problems.must(!matches(pattern, &forged), || "a forged source passes".to_owned());
    problems
}

/// What is to be diagnosed is new or reopened, what is to be applied approved, and nothing else; people
/// are told of every state.
pub(crate) fn rules_see_their_state(world: &World) -> Problems {
    let mut problems = Problems::default();
    let every = world.changing.properties("Told");
    for state in State::ALL {
        let event = json!({"source": "locksmith",
                           "detail-type": "Locksmith Incident State Changed",
                           "detail": {"incident": "1", "state": state, "version": 1}});
        problems.must(matches(&every["EventPattern"], &event), || format!("{state} is not told"));
    }
    for (rule, wanted) in [("Detected", State::Detected), ("Approved", State::Approved)] {
        let rule = world.changing.properties(rule);
        for state in State::ALL {
            let event = json!({"source": "locksmith",
                               "detail-type": "Locksmith Incident State Changed",
                               "detail": {"incident": "1", "state": state, "version": 1}});
            let matched = matches(&rule["EventPattern"], &event);
            let right = matched == (state == wanted);
            problems.must(right, || format!("for {wanted}, the state {state}: {matched}"));
            let mut back = event.clone();
            back["detail"]["undo_wanted"] = json!(true);
            let matched = matches(&rule["EventPattern"], &back);
            let right = matched == (state == wanted || wanted == State::Approved);
            problems.must(right, || format!("for {wanted}, {state} wanted back: {matched}"));
            let mut other = event;
            other["source"] = json!("aws.s3");
            let matched = matches(&rule["EventPattern"], &other);
            problems.must(!matched, || format!("another source's {state}: {matched}"));
        }
        problems.must(rule["State"] == "ENABLED", || format!("state {}", rule["State"]));
    }
    problems
}

/// The table is what the store expects, and neither table nor key goes with the stack.
pub(crate) fn table_is_kept(world: &World) -> Problems {
    let mut problems = Problems::default();
    let table = world.hub.properties("Table");
    let keys = |keys: &Value| {
        let keys = keys.as_array().unwrap().iter();
        keys.map(|key| key["AttributeName"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    problems.must(keys(&table["KeySchema"]) == ["PK", "SK"], || "the table's key".to_owned());
    let index = &table["GlobalSecondaryIndexes"][0];
    let by_state =
        index["IndexName"] == "ByState" && keys(&index["KeySchema"]) == ["State", "OpenedAt"];
    problems.must(by_state, || format!("the index {index}"));
    for (pointer, wanted) in [
        ("/GlobalSecondaryIndexes/0/Projection/ProjectionType", json!("KEYS_ONLY")),
        ("/TimeToLiveSpecification/AttributeName", json!("ExpiresAt")),
        ("/TimeToLiveSpecification/Enabled", json!(true)),
        ("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled", json!(true)),
        ("/DeletionProtectionEnabled", json!(true)),
        (
            "/SSESpecification/KMSMasterKeyId",
            json!("arn:aws:kms:eu-central-1:999999999999:key/Key"),
        ),
        ("/BillingMode", json!("PAY_PER_REQUEST")),
    ] {
        let found = table.pointer(pointer);
        problems.must(found == Some(&wanted), || format!("{pointer} is {found:?}"));
    }
    for name in ["Table", "Key", "Configuration", "ExternalId"] {
        let kept = world.hub.resources[name]["DeletionPolicy"] == "Retain";
        problems.must(kept, || format!("{name} goes with the stack"));
    }
    problems
}

/// Dead letters, age, errors and throttles raise alarms; the dashboard shows every metric.
pub(crate) fn all_is_watched(world: &World) -> Problems {
    let mut problems = Problems::default();
    let alarm = |name: &&str| {
        let alarm = world.changing.properties(name);
        let told = alarm["AlarmActions"]
            == json!(["arn:aws:sns:eu-central-1:999999999999:locksmith-prod-alarms"]);
        told.then(|| {
            let of = alarm["Dimensions"][0]["Value"].as_str().unwrap();
            format!("{} {of}", alarm["MetricName"].as_str().unwrap())
        })
    };
    let alarms = world.changing.of_type("AWS::CloudWatch::Alarm");
    let alarms: BTreeSet<String> = alarms.iter().filter_map(alarm).collect();
    for name in ["Detect", "Diagnose", "Apply", "Notify"] {
        let function = world.changing.properties(name)["FunctionName"].as_str().unwrap();
        for wanted in [
            format!("ApproximateNumberOfMessagesVisible {name}DeadLetters"),
            format!("ApproximateAgeOfOldestMessage {name}Queue"),
            format!("Errors {function}"),
            format!("Throttles {function}"),
        ] {
            problems.must(alarms.contains(&wanted), || format!("no alarm on {wanted}"));
        }
    }
    for wanted in [
        "Invocations locksmith-prod-sweep",
        "Errors locksmith-prod-sweep",
        "Throttles locksmith-prod-sweep",
        "InvocationDroppedCount locksmith-prod",
        "Errors locksmith-prod-approve",
        "Throttles locksmith-prod-approve",
        "InvocationDroppedCount locksmith-prod-reminders",
    ] {
        problems.must(alarms.contains(wanted), || format!("no alarm on {wanted}"));
    }
    let missing = world.changing.properties("SweepMissingAlarm");
    let breaching = missing["TreatMissingData"] == "breaching";
    problems.must(breaching, || "a sweep that never runs raises no alarm".to_owned());
    let ours = world.changing.of_type("AWS::CloudWatch::Alarm").into_iter().filter_map(|name| {
        let alarm = world.changing.properties(name);
        let ours = alarm["Namespace"] == "Locksmith";
        ours.then(|| (text(&alarm["Dimensions"][0]["Value"]), text(&alarm["MetricName"])))
    });
    let alarms: BTreeSet<(String, String)> = ours.collect();
    let body = world.changing.properties("Dashboard")["DashboardBody"].as_str().unwrap();
    let body: Value = serde_json::from_str(body).unwrap();
    let widgets = body["widgets"].as_array().unwrap().iter();
    let metrics = widgets.flat_map(|widget| widget["properties"]["metrics"].as_array().unwrap());
    let ours = metrics.filter(|metric| metric[0] == "Locksmith" && metric[2] == "Function");
    let shown: BTreeSet<_> = ours.map(|metric| (text(&metric[3]), text(&metric[1]))).collect();
    let counted = counted();
    assert!(counted.len() >= 15, "the metrics were not found: {counted:?}");
    for (function, metric) in counted.difference(&shown) {
        problems.0.push(format!("the dashboard does not show {function}'s {metric}"));
    }
    for (function, metric) in shown.union(&alarms).filter(|metric| !counted.contains(metric)) {
        problems.0.push(format!("{function} does not count {metric}"));
    }
    for (function, metric) in [
        ("apply", "Failed"),
        ("sweep", "Failed"),
        ("approve", "BreakGlass"),
        ("notify", "NotToldForGood"),
    ] {
        let told = alarms.contains(&(function.to_owned(), metric.to_owned()));
        problems.must(told, || format!("nobody hears of {metric} in {function}"));
    }
    problems
}

/// What each function counts, by the dimension `Function`, as its code says.
fn counted() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for function in ["detect", "diagnose", "apply", "sweep", "notify", "approve"] {
        let folder = locksmith_tests::root().join("../functions").join(function).join("src");
        for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let code = std::fs::read_to_string(file.path()).unwrap();
            for call in [".count(\"", ".time(\""] {
                let names = code.split(call).skip(1).filter_map(|rest| rest.split('"').next());
                found.extend(names.map(|name| (function.to_owned(), name.to_owned())));
            }
        }
    }
    found
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// An EventBridge event around a record.
fn event_of(detail: &Value) -> Value {
    let source = detail["eventSource"].as_str().unwrap();
    let service = source.split('.').next().unwrap();
    let kind = if detail["eventCategory"] == "NetworkActivity" {
        "AWS Network Activity Event via CloudTrail"
    } else {
        "AWS API Call via CloudTrail"
    };
    json!({"version": "0", "id": "1", "detail-type": kind, "source": format!("aws.{service}"),
           "account": "111111111111", "detail": detail})
}

/// A denied call of a role's session.
fn denied(code: &str, role: &str) -> Value {
    json!({"eventSource": "kms.amazonaws.com", "eventName": "Decrypt", "errorCode": code,
           "readOnly": true,
           "userIdentity": {"type": "AssumedRole",
                            "sessionContext": {"sessionIssuer": {"userName": role}}}})
}
