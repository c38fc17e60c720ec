//! The numbers of `docs/benchmarks.md`, as a Markdown table. The functions are release builds; what
//! drives them is not, and does not count.
//!
//! `cargo run -p locksmith-wire-tests --example measure`, or with `-- answers` the answers of `approve`
//! alone.

#![expect(
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a program of the tests, which prints rounded numbers"
)]

use jiff::{SignedDuration, Timestamp};
use locksmith_app::ports::{Attachment, Store as _};
use locksmith_wire_tests::binaries::{Profile, binary};
use locksmith_wire_tests::emulator::Emulator;
use locksmith_wire_tests::lambda::{Environment, Function, Outcome};
use locksmith_wire_tests::queue::Drained;
use locksmith_wire_tests::record::Denial;
use locksmith_wire_tests::service::Service;
use locksmith_wire_tests::slack::{BOT_TOKEN, SIGNING_SECRET, Slack, signed};
use locksmith_wire_tests::wire::{Answer, Call, Fault, Latency, longest_chain};
use locksmith_wire_tests::world::{Setup, World, faults};
use serde_json::{Value, json};
use std::time::Duration;

/// How many denials make a storm.
const STORM: i64 = 100_000;
/// How many clicks are measured, in new containers and in a warm one.
const CLICKS: usize = 100;
/// How often a start is measured; the median counts.
const STARTS: usize = 21;

#[tokio::main]
async fn main() {
    println!("| what | value |\n|---|---|");
    if std::env::args().any(|argument| argument == "answers") {
        return Box::pin(answers()).await;
    }
    sizes();
    starts().await;
    Box::pin(diagnoses()).await;
    Box::pin(storm()).await;
    Box::pin(answers()).await;
}

fn row(what: &str, value: &str) {
    println!("| {what} | {value} |");
}

fn sizes() {
    for name in ["detect", "diagnose", "empty"] {
        let size = std::fs::metadata(binary(Profile::Release, name)).unwrap().len();
        row(&format!("binary `{name}`"), &format!("{} KiB", size / 1024));
    }
}

async fn starts() {
    let (world, ..) = broken().await;
    let nothing = Environment::default();
    let functions = [
        ("detect", world.hub.detect()),
        ("diagnose", world.hub.diagnose()),
        ("empty", nothing.clone()),
    ];
    let mut times = [const { Vec::new() }; 3];
    let mut memory = [0; 3];
    // In turns, so that what else the machine does falls on all alike.
    for _ in 0..STARTS {
        for (index, (name, environment)) in functions.iter().enumerate() {
            let function = Function::start(binary(Profile::Release, name), environment).await;
            times[index].push(function.start_to_first_poll());
            memory[index] = function.peak_memory();
        }
    }
    for ((name, _), (mut times, memory)) in functions.iter().zip(times.into_iter().zip(memory)) {
        times.sort();
        let median = times[times.len() / 2].as_secs_f64() * 1000.0;
        row(&format!("start to first poll, `{name}`"), &format!("{median:.1} ms"));
        row(&format!("memory at the first poll, `{name}`"), &mebibytes(memory));
    }
}

async fn diagnoses() {
    for added in [0, 50] {
        let (mut service, denial) = started().await;
        service.world.wire.latency(Latency::Added(Duration::from_millis(added)));
        for (index, container) in ["new", "warm"].iter().enumerate() {
            // Another corner of the bucket, so that it is another incident.
            let denial = denial.clone().of_object(["new/q3.parquet", "warm/q3.parquet"][index]);
            let mark = service.world.wire.mark();
            service.arrive([denial.callers_copy(), denial.owners_copy()]);
            let (detected, diagnosed) = (service.detect().await, service.diagnose().await);
            let in_all = detected.took + diagnosed.took;
            let calls = service.world.wire.calls_since(mark);
            row(
                &format!(
                    "event to stored diagnosis, {added} ms added to each call, {container} containers"
                ),
                &format!("{} ms ({} calls)", in_all.as_millis(), calls.len()),
            );
        }
        row("memory, `diagnose`", &mebibytes(service.diagnose.peak_memory()));
    }
    let (mut service, denial) = started().await;
    service.arrive([denial.callers_copy()]);
    service.detect().await;
    service.world.wire.latency(Latency::Exactly(Duration::from_millis(600)));
    let mark = service.world.wire.mark();
    service.diagnose().await;
    let (calls, reads) = reads(&service, mark);
    row("calls of `diagnose`", &format!("{calls}, of which {} read accounts", reads.len()));
    row("longest chain of calls that read accounts", &longest_chain(&reads).len().to_string());
}

/// How many calls there were, and those that read accounts.
fn reads(service: &Service, mark: usize) -> (usize, Vec<Call>) {
    let calls = service.world.wire.calls_since(mark);
    let reads = calls.iter().filter(|call| service.world.reads_accounts(call)).cloned().collect();
    (calls.len(), reads)
}

/// From a click in Slack to the answer, which Slack waits three seconds for: an approval that counts is
/// stored and announced each time.
async fn answers() {
    let (world, denial) = broken().await;
    let slack = Slack::new().await;
    let (owner, caller) = (&world.owner.id, &world.caller.id);
    let text = format!(
        r#"
        [approval]
        enabled = true
        owners = [
            {{ accounts = ["{owner}"], people = ["alice"] }},
            {{ accounts = ["{caller}"], people = ["bob"] }},
        ]
        [[people]]
        id = "alice"
        principals = []
        [[people]]
        id = "bob"
        principals = []
        [chat]
        system = "slack"
        secret = "chat"
        channel = "C0OWNERS"
        url = "{}"
        "#,
        slack.address()
    );
    world.hub.configure(&text).await;
    let secret = json!({"bot_token": BOT_TOKEN, "signing_secret": SIGNING_SECRET});
    let told = json!({"Name": "chat", "SecretString": secret.to_string()}).to_string();
    let told = Answer::Says { status: 200, body: told };
    world.wire.always(Fault::of("secretsmanager", told).operation("GetSecretValue"));
    let mut service = Service::start(world, Profile::Release).await;
    service.arrive([denial.callers_copy(), denial.owners_copy()]);
    service.detect().await;
    service.diagnose().await;
    let hub = &service.world.hub;
    let id = service.incident().await.unwrap().id;
    let plan = hub.store.attachment(&id, Attachment::Plan).await.unwrap().unwrap();
    let since = service.incident().await.unwrap().state_since;
    let aim =
        json!({"incident": id, "locale": "en", "asked": {"digest": plan["digest"], "at": since}});
    let payload = json!({
        "type": "block_actions",
        "team": {"id": "T0"}, "user": {"id": "alice", "team_id": "T0"}, "trigger_id": "1.2.3",
        "channel": {"id": "C0OWNERS"}, "response_url": format!("{}/hooks/response", slack.address()),
        "actions": [{"action_id": "locksmith.approve", "value": aim.to_string()}],
    });
    let click = || signed(&payload, Timestamp::now(), SIGNING_SECRET);
    let approve = binary(Profile::Release, "approve");
    // Nobody has approved yet, each time anew.
    let forget = async || {
        let incident = service.incident().await.unwrap();
        let nothing = vec![(Attachment::Approvals, Value::Null)];
        hub.store.write(&incident.to_write(nothing, Timestamp::now())).await.unwrap();
    };
    let (mut cold, mut warm) = (Vec::new(), Vec::new());
    for _ in 0..CLICKS {
        forget().await;
        let mut function = Function::start(approve, &hub.approve()).await;
        let answered = function.invoke(&click()).await;
        assert!(
            matches!(&answered.outcome, Outcome::Answer(answer) if answer["statusCode"] == 200)
        );
        cold.push(function.start_to_first_poll() + answered.took);
    }
    let mut function = Function::start(approve, &hub.approve()).await;
    for _ in 0..=CLICKS {
        forget().await;
        warm.push(function.invoke(&click()).await.took);
    }
    warm.remove(0);
    for (kind, mut times) in [("new", cold), ("warm", warm)] {
        times.sort();
        let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_millis();
        row(
            &format!("click to answer, {kind} container: p50, p99"),
            &format!("{} ms, {} ms ({CLICKS} clicks)", at(50), at(99)),
        );
    }
    row("memory, `approve`", &mebibytes(function.peak_memory()));
    let size = std::fs::metadata(approve).unwrap().len();
    row("binary `approve`", &format!("{} KiB", size / 1024));
}

async fn storm() {
    let (mut service, denial) = started().await;
    let mark = service.world.wire.mark();
    let (before, mut drained) = (service.detect.processor_time(), Drained::default());
    for number in 0..STORM {
        let one = denial.again(SignedDuration::from_millis(number));
        service.arrive([one.callers_copy()]);
        // The queue is emptied as it fills, so that the storm need not fit into memory.
        if service.denials.len() >= 2_000 {
            service.denials.deliver(&mut service.detect, &mut drained).await;
        }
    }
    while !service.denials.is_empty() {
        service.denials.deliver(&mut service.detect, &mut drained).await;
    }
    let processor = service.detect.processor_time().saturating_sub(before);
    service.forward();
    let writes = service.world.wire.writes_since(mark);
    service.diagnose().await;
    let incident = service.incident().await.unwrap();
    let rate = |time: Duration| format!("{:.0}", incident.count as f64 / time.as_secs_f64());
    row("storm: denials counted", &incident.count.to_string());
    row("storm: incidents, diagnoses", &format!("1, {}", service.announced_as("diagnosed").len()));
    row("storm: batches", &drained.invocations.to_string());
    row("storm: items written to the table", &writes.to_string());
    row("events/s through `detect`, by processor time", &rate(processor));
    row("events/s through `detect`, by the clock", &rate(drained.took));
    row("memory, `detect` in the storm", &mebibytes(service.detect.peak_memory()));
}

async fn started() -> (Service, Denial) {
    let (world, denial) = broken().await;
    (Service::start(world, Profile::Release).await, denial)
}

async fn broken() -> (World, Denial) {
    let world = World::new(Emulator::shared()).await;
    let mut setup = Setup::working(&world);
    (faults::named("nothing allows it, on either side").change)(&world, &mut setup);
    let made = setup.create(&world).await;
    let denial = Denial::new(&world, &setup, &made);
    (world, denial)
}

fn mebibytes(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / 1024.0 / 1024.0)
}
