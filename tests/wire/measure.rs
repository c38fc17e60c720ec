//! The numbers of `docs/benchmarks.md`, as a Markdown table. The functions are release builds; what
//! drives them is not, and does not count.
//!
//! `cargo run -p locksmith-wire-tests --example measure`

#![expect(
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a program of the tests, which prints rounded numbers"
)]

use jiff::SignedDuration;
use locksmith_wire_tests::binaries::{Profile, binary};
use locksmith_wire_tests::emulator::Emulator;
use locksmith_wire_tests::lambda::{Environment, Function};
use locksmith_wire_tests::queue::Drained;
use locksmith_wire_tests::record::Denial;
use locksmith_wire_tests::service::Service;
use locksmith_wire_tests::wire::{Call, Latency, longest_chain};
use locksmith_wire_tests::world::{Setup, World, faults};
use std::time::Duration;

/// How many denials make a storm.
const STORM: i64 = 100_000;
/// How often a start is measured; the median counts.
const STARTS: usize = 21;

#[tokio::main]
async fn main() {
    println!("| what | value |\n|---|---|");
    sizes();
    starts().await;
    Box::pin(diagnoses()).await;
    Box::pin(storm()).await;
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
