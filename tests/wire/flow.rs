//! From the event to the stored diagnosis: every fault, in both accounts.

#![expect(clippy::indexing_slicing, reason = "a test")]

use futures_util::StreamExt as _;
use locksmith_app::incident::State;
use locksmith_wire_tests::binaries::Profile;
use locksmith_wire_tests::emulator::Emulator;
use locksmith_wire_tests::record::Denial;
use locksmith_wire_tests::service::Service;
use locksmith_wire_tests::world::faults::{self, Fault};
use locksmith_wire_tests::world::{Setup, World};
use serde_json::Value;

/// So many scenarios at a time: the emulator is the bottleneck, and it has one processor.
const AT_ONCE: usize = 4;

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_is_diagnosed() {
    let run = |fault: Fault| async move {
        let told = Box::pin(diagnosed(&fault)).await;
        told.err().map(|why| format!("=== {}\n{why}", fault.name))
    };
    let all = faults::all().map(run);
    let failed: Vec<String> = futures_util::stream::iter(all)
        .buffer_unordered(AT_ONCE)
        .filter_map(async |it| it)
        .collect()
        .await;
    assert!(failed.is_empty(), "{} faults:\n{}", failed.len(), failed.join("\n"));
}

/// The set-up works before it is broken: all that can be said then is that AWS denied it.
#[tokio::test(flavor = "multi_thread")]
async fn what_works_is_unexplained() {
    let fault = Fault {
        name: "none",
        change: |_, _| (),
        causes: &[("unexplained", locksmith_wire_tests::world::Side::Caller, "s3:GetObject")],
    };
    if let Err(why) = Box::pin(diagnosed(&fault)).await {
        panic!("{why}");
    }
}

/// Breaks the set-up, lets the denial arrive in all its copies, and compares the stored diagnosis.
async fn diagnosed(fault: &Fault) -> Result<(), String> {
    let world = World::new(Emulator::shared()).await;
    let mut setup = Setup::working(&world);
    (fault.change)(&world, &mut setup);
    let made = setup.create(&world).await;
    let denial = Denial::new(&world, &setup, &made);
    let records = copies(&world, fault, &denial);

    let mark = world.wire.mark();
    let mut service = Service::start(world, Profile::Tests).await;
    service.arrive(records.clone());
    let (detecting, diagnosing) = (service.detect().await, service.diagnose().await);
    let check = async {
        if let Some(why) = detecting.failures.first().or(diagnosing.failures.first()) {
            return Err(why.clone());
        }
        let (incident, report) = service.diagnosed().await?;
        let diagnosis = &report["diagnosis"];
        let (named, expected) = (service.world.named(diagnosis), World::expected(fault.causes));
        let unreadable = report["unreadable"].as_array().map_or(0, Vec::len);
        let events = u64::try_from(events(&records)).unwrap_or_default();
        let announced = |state: &str| service.announced_as(state).len();
        let verdict = if expected.iter().any(|cause| cause.starts_with("unexplained")) {
            "allowed"
        } else {
            "denied"
        };
        let all = [
            ("causes", named == expected),
            ("verdict", diagnosis["verdict"] == verdict),
            ("unreadable", unreadable == 0),
            ("count", incident.count == events),
            ("state", incident.state == follows(diagnosis)),
            ("announced", announced("detected") == 1 && announced(incident.state.name()) == 1),
        ];
        let wrong: Vec<&str> =
            all.iter().filter(|(_, right)| !right).map(|(name, _)| *name).collect();
        if wrong.is_empty() {
            return Ok(());
        }
        Err(format!(
            "wrong: {wrong:?}\nexpected {expected:?}\nnamed    {named:?}\n{incident:?}\n{report:#}"
        ))
    };
    check.await.map_err(|why| format!("{}\n{}", service.world.nicknamed(&why), service.story(mark)))
}

/// The state that follows from a diagnosis where nobody may be asked.
fn follows(diagnosis: &Value) -> State {
    let causes = diagnosis["causes"].as_array().map_or(&[][..], Vec::as_slice);
    let all = |fix: &str| causes.iter().all(|cause| cause["fix"] == fix);
    match diagnosis["verdict"].as_str() {
        Some("denied") if all("automatic") => State::Diagnosed,
        Some("denied") if !all("none") => State::Manual,
        _ => State::NoChangeNeeded,
    }
}

/// The caller's record, the owner's if there is one, and KMS's if it was KMS that denied.
fn copies(world: &World, fault: &Fault, denial: &Denial) -> Vec<Value> {
    let callers = denial.callers_copy();
    let of_s3 = callers["eventSource"] == "s3.amazonaws.com";
    let crosses = callers["recipientAccountId"] != *world.owner.id;
    let by_kms = fault.causes.iter().all(|(code, _, action)| {
        action.starts_with("kms:") && !code.starts_with("kms.") && !code.starts_with("bucket")
    });
    let owners = (of_s3 && crosses).then(|| denial.owners_copy());
    let kms = (of_s3 && by_kms).then(|| denial.kms());
    std::iter::once(callers).chain(owners).chain(kms).collect()
}

/// How many events these records are about: copies of one share an id.
fn events(records: &[Value]) -> usize {
    let id = |record: &Value| {
        let id = record.get("sharedEventID").or_else(|| record.get("eventID"));
        id.map(Value::to_string).unwrap_or_default()
    };
    records.iter().map(id).collect::<std::collections::BTreeSet<_>>().len()
}
