//! The functions' environment, and what starts them.

use crate::ask::Problems;
use crate::stack::Stack;
use crate::world::{HUB, World, hub_arn, role_arn};
use serde_json::{Value, json};

/// The functions have the environment that they read, and triggers that lose nothing.
pub(crate) fn functions_are_wired(world: &World) -> Problems {
    let mut problems = Problems::default();
    let hub = json!({
        "LOCKSMITH_TABLE": "Table",
        "LOCKSMITH_STATES_BUS": "locksmith-prod-states",
        "LOCKSMITH_CONFIG": "s3://Configuration/locksmith.toml",
        "RUST_LOG": "info",
    });
    let mut reading = hub.clone();
    reading["LOCKSMITH_READ_ROLE"] = json!("locksmith/LocksmithRead");
    reading["LOCKSMITH_EXTERNAL_ID"] = json!(
        "{{resolve:secretsmanager:arn:aws:secretsmanager:eu-central-1:999999999999:secret:ExternalId}}"
    );
    let mut both = reading.clone();
    both["LOCKSMITH_WRITE_ROLE"] = json!("locksmith/LocksmithWrite");
    let mut writing = both.clone();
    writing.as_object_mut().unwrap().remove("LOCKSMITH_READ_ROLE");
    for (name, environment) in [
        ("Detect", hub.clone()),
        ("Diagnose", reading),
        ("Apply", writing),
        ("Sweep", both),
        ("Notify", hub.clone()),
        ("Approve", hub),
    ] {
        let function = world.changing.properties(name);
        let found = &function["Environment"]["Variables"];
        problems.must(*found == environment, || format!("{name}: environment {found}"));
        let code = function["CodeUri"].as_str().unwrap();
        let manifest = locksmith_tests::root().join("../infra").join(code).join("Cargo.toml");
        problems.must(manifest.is_file(), || format!("{name}: no package at {code}"));
        for event in function["Events"].as_object().into_iter().flat_map(|events| events.keys()) {
            // SAM makes a resource of this name, in place of one that is there.
            let made = format!("{name}{event}");
            let free = !world.changing.resources.contains_key(&made);
            problems.must(free, || format!("{made} is made twice"));
        }
        if !matches!(name, "Sweep" | "Approve") {
            queue_feeds(&mut problems, world, name);
        }
    }
    for name in ["Apply", "Notify"] {
        let enabled = |stack: &Stack| {
            stack.properties(name)["Events"]["Messages"]["Properties"]["Enabled"] == true
        };
        problems.must(enabled(&world.changing), || format!("{name} does not listen"));
        problems.must(!enabled(&world.hub), || format!("{name} listens where it is turned off"));
    }
    problems
}

fn queue_feeds(problems: &mut Problems, world: &World, name: &str) {
    let function = world.changing.properties(name);
    let trigger = &function["Events"]["Messages"]["Properties"];
    let partial = trigger["FunctionResponseTypes"] == json!(["ReportBatchItemFailures"]);
    problems.must(partial, || format!("{name}: fails whole batches"));
    let queue = world.changing.properties(&format!("{name}Queue"));
    let window = number(&trigger["MaximumBatchingWindowInSeconds"]);
    let least = 6 * number(&function["Timeout"]) + window;
    let timeout = number(&queue["VisibilityTimeout"]);
    problems.must(timeout >= least, || format!("{name}: visible after {timeout} s, not {least}"));
    let batch = number(&trigger["BatchSize"]);
    let fits = if name == "Detect" { batch >= 1000 } else { batch == 1 };
    problems.must(fits, || format!("{name}: batches of {batch}"));
    let receives = number(&queue["RedrivePolicy"]["maxReceiveCount"]);
    problems.must(receives >= 3, || format!("{name}: dead after {receives} receives"));
    // More pollers than reserved executions would only be throttled.
    if let Some(reserved) = function.get("ReservedConcurrentExecutions") {
        let most = number(&trigger["ScalingConfig"]["MaximumConcurrency"]);
        problems.must(most <= number(reserved), || format!("{name}: {most} pollers, {reserved}"));
    }
}

/// Sweep runs every five minutes and once a day, and a run has ended before its like begins thrice.
pub(crate) fn sweep_is_scheduled(world: &World) -> Problems {
    let mut problems = Problems::default();
    let role = role_arn(&world.hub, HUB, "ScheduleRole");
    for (name, rate, input) in [
        ("EveryFiveMinutes", "rate(5 minutes)", json!({"task": "sweep"})),
        ("EveryDay", "rate(1 day)", json!({"task": "reconcile"})),
    ] {
        let schedule = world.hub.properties(name);
        let target = &schedule["Target"];
        let found: Value = serde_json::from_str(target["Input"].as_str().unwrap()).unwrap();
        let right = schedule["ScheduleExpression"] == rate
            && schedule["State"] == "ENABLED"
            && schedule["GroupName"] == "locksmith-prod"
            && target["Arn"] == *hub_arn("lambda", "function:locksmith-prod-sweep")
            && target["RoleArn"] == *role
            && found == input;
        problems.must(right, || format!("{name}: {schedule}"));
    }
    let sweep = world.hub.properties("Sweep");
    let reserved = number(&sweep["ReservedConcurrentExecutions"]);
    problems.must((1..=3).contains(&reserved), || format!("sweep: {reserved} at a time"));
    problems
}

/// What is due for people is put into notify's queue, where people are told at all.
pub(crate) fn reminders_are_scheduled(world: &World) -> Problems {
    let mut problems = Problems::default();
    let schedules = [
        ("EveryTenMinutes", "rate(10 minutes)", json!({"task": "due"})),
        ("EveryHour", "rate(1 hour)", json!({"task": "catch_up"})),
    ];
    let stacks = [(&world.changing, "ENABLED"), (&world.hub, "DISABLED")];
    for ((stack, state), (name, rate, input)) in
        stacks.into_iter().flat_map(|stack| schedules.iter().map(move |schedule| (stack, schedule)))
    {
        let schedule = stack.properties(name);
        let target = &schedule["Target"];
        let found: Value = serde_json::from_str(target["Input"].as_str().unwrap()).unwrap();
        let right = schedule["ScheduleExpression"] == *rate
            && schedule["State"] == state
            && schedule["GroupName"] == "locksmith-prod-reminders"
            && target["Arn"] == *hub_arn("sqs", "NotifyQueue")
            && target["RoleArn"] == *role_arn(stack, HUB, "ReminderRole")
            && found == *input;
        problems.must(right, || format!("{schedule}"));
    }
    let timeout = number(&world.changing.properties("Approve")["Timeout"]);
    problems.must(timeout <= 10, || format!("approve may take {timeout} s, Slack waits three"));
    problems
}

fn number(value: &Value) -> u64 {
    match value {
        Value::String(text) => text.parse().unwrap_or(0),
        other => other.as_u64().unwrap_or(0),
    }
}
