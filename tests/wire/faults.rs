//! What goes wrong around the service: nothing is lost, nothing doubled, and a diagnosis says what
//! could not be read.

#![expect(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test")]

use futures_util::StreamExt as _;
use jiff::SignedDuration;
use locksmith_app::incident::State;
use locksmith_wire_tests::binaries::{Profile, binary};
use locksmith_wire_tests::bus::cloudtrail_event;
use locksmith_wire_tests::emulator::Emulator;
use locksmith_wire_tests::lambda::Function;
use locksmith_wire_tests::queue::Drained;
use locksmith_wire_tests::record::Denial;
use locksmith_wire_tests::service::Service;
use locksmith_wire_tests::wire::{Answer, Fault, Latency, longest_chain};
use locksmith_wire_tests::world::{Account, READ_ROLE, Setup, World, faults};
use serde_json::Value;
use std::collections::BTreeSet;
use std::time::Duration;

/// A service before a set-up that one fault breaks, and the denial that follows.
async fn broken(fault: &str) -> (Service, Denial) {
    let world = World::new(Emulator::shared()).await;
    let mut setup = Setup::working(&world);
    (faults::named(fault).change)(&world, &mut setup);
    let made = setup.create(&world).await;
    let denial = Denial::new(&world, &setup, &made);
    (Service::start(world, Profile::Tests).await, denial)
}

/// What was stored in the end.
struct Told {
    service: Service,
    count: u64,
    verdict: String,
    causes: Vec<String>,
    unreadable: Vec<String>,
}

/// Lets everything run to its end, and reads the one diagnosis.
async fn told(mut service: Service) -> Told {
    let (detecting, diagnosing) = (service.detect().await, service.diagnose().await);
    for Drained { failures, .. } in [&detecting, &diagnosing] {
        assert!(failures.is_empty(), "{}\n{}", failures.join("\n"), service.story(0));
    }
    let (incident, report) = match service.diagnosed().await {
        Ok(diagnosed) => diagnosed,
        Err(why) => panic!("{why}\n{}", service.story(0)),
    };
    let diagnosis = &report["diagnosis"];
    let unreadable = report["unreadable"].as_array().unwrap().iter();
    let unreadable = unreadable.map(|why| service.world.nicknamed(why.as_str().unwrap())).collect();
    Told {
        count: incident.count,
        verdict: diagnosis["verdict"].as_str().unwrap().to_owned(),
        causes: service.world.named(diagnosis),
        unreadable,
        service,
    }
}

impl Told {
    fn says(&self, verdict: &str, causes: &[&str]) {
        let told = format!("{:?}\n{}", self.unreadable, self.service.story(0));
        assert_eq!(
            (&*self.verdict, &*self.causes.join(", ")),
            (verdict, &*causes.join(", ")),
            "{told}"
        );
    }

    fn could_not_read(&self, what: &[&str]) {
        let found = self.unreadable.iter().any(|why| what.iter().all(|part| why.contains(part)));
        assert!(found, "{what:?} is not in {:#?}\n{}", self.unreadable, self.service.story(0));
    }
}

const CALLERS: &str = "identity_policy.missing_allow Caller s3:GetObject";
const OWNERS: &str = "bucket_policy.missing_allow Owner s3:GetObject";

async fn without_read_role(account: &Account) {
    let name = READ_ROLE.rsplit('/').next().unwrap();
    account.iam().delete_role().role_name(name).send().await.unwrap();
}

/// Without the owner's read role, what is wrong on the caller's side is still found.
#[tokio::test(flavor = "multi_thread")]
async fn the_owner_has_no_read_role() {
    let (mut service, denial) = broken("the role's policies lack s3:GetObject").await;
    without_read_role(&service.world.owner).await;
    service.arrive([denial.callers_copy(), denial.owners_copy()]);
    let told = told(service).await;
    told.says("denied", &[CALLERS]);
    told.could_not_read(&["Owner", "AssumeRole", "AccessDenied"]);
}

/// Without the caller's, what is wrong on the owner's side.
#[tokio::test(flavor = "multi_thread")]
async fn the_caller_has_no_read_role() {
    let (mut service, denial) = broken("the bucket policy lacks the statement").await;
    without_read_role(&service.world.caller).await;
    service.arrive([denial.callers_copy(), denial.owners_copy()]);
    let told = told(service).await;
    told.says("denied", &[OWNERS]);
    told.could_not_read(&["Caller", "AssumeRole", "AccessDenied"]);
}

/// Every service says "not so fast" twice: nothing is missing in the end.
#[tokio::test(flavor = "multi_thread")]
async fn throttled_for_a_while() {
    let (mut service, denial) = broken("the bucket policy lacks the statement").await;
    service.arrive([denial.callers_copy()]);
    service.detect().await;
    for of in ["sts", "iam", "s3", "s3control", "kms", "organizations", "dynamodb"] {
        service.world.wire.inject(Fault::of(of, Answer::Throttled).times(2));
    }
    let told = told(service).await;
    told.says("denied", &[OWNERS]);
    assert_eq!(told.unreadable, Vec::<String>::new());
}

/// One operation is throttled for ever: that is told, the rest is read.
#[tokio::test(flavor = "multi_thread")]
async fn throttled_for_ever() {
    let (mut service, denial) = broken("the bucket policy lacks the statement").await;
    service.world.wire.inject(Fault::of("kms", Answer::Throttled).operation("GetKeyPolicy"));
    service.arrive([denial.callers_copy()]);
    let told = told(service).await;
    told.says("denied", &[OWNERS]);
    told.could_not_read(&["Owner", "GetKeyPolicy", "Throttling"]);
}

/// A call that never ends is given up, and does not hold up the others.
#[tokio::test(flavor = "multi_thread")]
async fn a_call_hangs() {
    let (mut service, denial) = broken("the role's policies lack s3:GetObject").await;
    service.world.wire.inject(Fault::of("s3", Answer::Hang).operation("GetBucketPolicy"));
    service.arrive([denial.callers_copy()]);
    let told = told(service).await;
    told.says("denied", &[CALLERS]);
    told.could_not_read(&["Owner", "GetBucketPolicy"]);
}

/// Connections break once each.
#[tokio::test(flavor = "multi_thread")]
async fn connections_break() {
    let (mut service, denial) = broken("the bucket policy lacks the statement").await;
    for of in ["sts", "iam", "s3", "kms", "organizations", "dynamodb", "events"] {
        service.world.wire.inject(Fault::of(of, Answer::Drop).times(1));
    }
    service.arrive([denial.callers_copy()]);
    let told = told(service).await;
    told.says("denied", &[OWNERS]);
    assert_eq!(told.unreadable, Vec::<String>::new());
}

/// The bucket is deleted between the denial and the diagnosis.
#[tokio::test(flavor = "multi_thread")]
async fn the_bucket_is_gone() {
    let (mut service, denial) = broken("the role's policies lack s3:GetObject").await;
    service.arrive([denial.callers_copy(), denial.owners_copy()]);
    service.detect().await;
    let (s3, bucket) = (service.world.owner.s3(), service.world.bucket.clone());
    s3.delete_object().bucket(&bucket).key("2026/q3.parquet").send().await.unwrap();
    s3.delete_bucket().bucket(&bucket).send().await.unwrap();
    let told = told(service).await;
    told.says("denied", &[CALLERS]);
    told.could_not_read(&["NoSuchBucket"]);
}

/// Copies of both accounts and KMS's event, each five times, in the worst order and in batches of
/// their own: one incident of two events, one diagnosis.
#[tokio::test(flavor = "multi_thread")]
async fn five_times_and_out_of_order() {
    let (mut service, denial) = broken("the key policy lacks the statement").await;
    for record in
        [denial.kms(), denial.owners_copy(), denial.callers_copy()].iter().cycle().take(15)
    {
        service.arrive([record.clone()]);
        service.detect().await;
    }
    // An announcement may come more than once as well.
    let event = service.announced_as("detected")[0].clone();
    service.detected.send(event.to_string());
    let told = told(service).await;
    told.says("denied", &["key_policy.missing_allow Owner kms:Decrypt"]);
    assert_eq!(told.count, 2, "S3's event and KMS's");
    assert_eq!(told.service.announced_as("diagnosed").len(), 1);
}

/// What is no event ends among the dead letters; the rest of its batch is done once.
#[tokio::test(flavor = "multi_thread")]
async fn a_poisoned_message() {
    let (mut service, denial) = broken("the bucket policy lacks the statement").await;
    service.arrive([denial.callers_copy()]);
    service.denials.send("{\"not\": \"an event\"");
    service.arrive([denial.owners_copy()]);
    let told = told(service).await;
    told.says("denied", &[OWNERS]);
    let dead = told.service.denials.dead_letters();
    assert_eq!(dead.len(), 1);
    assert!(dead[0].body.starts_with("{\"not\""), "{dead:?}");
    assert_eq!(told.count, 1);
}

const WRITES: [&str; 3] = ["PutItem", "UpdateItem", "TransactWriteItems"];

/// The table refuses writes for a while: whatever was to be written comes again.
#[tokio::test(flavor = "multi_thread")]
async fn the_table_refuses_writes() {
    let (mut service, denial) = broken("the bucket policy lacks the statement").await;
    let refuse = |service: &Service| {
        for operation in WRITES {
            let refused = Fault::of("dynamodb", Answer::Unavailable).operation(operation);
            service.world.wire.inject(refused);
        }
    };
    service.arrive([denial.callers_copy(), denial.owners_copy()]);
    refuse(&service);
    let mut drained = Drained::default();
    service.denials.deliver(&mut service.detect, &mut drained).await;
    assert_eq!(service.denials.len(), 2, "both come again\n{}", service.story(0));
    service.world.wire.heal();
    service.detect().await;
    assert_eq!(service.detected.len(), 1, "{}", service.story(0));

    refuse(&service);
    service.detected.deliver(&mut service.diagnose, &mut drained).await;
    assert_eq!(service.detected.len(), 1, "it comes again\n{}", service.story(0));
    service.world.wire.heal();
    let told = told(service).await;
    told.says("denied", &[OWNERS]);
    assert_eq!(told.count, 1);
    assert_eq!(told.service.announced_as("diagnosed").len(), 1);
}

/// The bus takes nothing for a while: the announcement is made later, and the incident is one.
#[tokio::test(flavor = "multi_thread")]
async fn the_bus_refuses_events() {
    let (mut service, denial) = broken("the bucket policy lacks the statement").await;
    service.world.wire.inject(Fault::of("events", Answer::Unavailable));
    service.arrive([denial.callers_copy()]);
    let mut drained = Drained::default();
    service.denials.deliver(&mut service.detect, &mut drained).await;
    assert_eq!(service.denials.len(), 1, "it comes again\n{}", service.story(0));
    service.world.wire.heal();
    service.detect().await;
    service.world.wire.inject(Fault::of("events", Answer::Unavailable));
    service.detected.deliver(&mut service.diagnose, &mut drained).await;
    service.world.wire.heal();
    let told = told(service).await;
    told.says("denied", &[OWNERS]);
    assert_eq!(told.count, 1);
    assert_eq!(told.service.announced_as("diagnosed").len(), 1);
}

/// Four instances of `detect` at the same time, all with denials of the same cause: one incident,
/// and every denial counted once.
#[tokio::test(flavor = "multi_thread")]
async fn instances_beside_each_other() {
    let (service, denial) = broken("the bucket policy lacks the statement").await;
    let instances = (0..4_i64).map(|instance| {
        let (environment, denial) = (service.world.hub.detect(), denial.clone());
        async move {
            let mut function =
                Function::start(binary(Profile::Tests, "detect"), &environment).await;
            let mut queue = locksmith_wire_tests::queue::Queue::new("detect", 5, 5);
            for number in 0..20 {
                let later = SignedDuration::from_secs(instance * 20 + number);
                let record = denial.again(later).callers_copy();
                queue.send(cloudtrail_event(&record).to_string());
            }
            queue.drain(&mut function).await;
            queue.dead_letters().len()
        }
    });
    let dead: Vec<usize> =
        futures_util::stream::iter(instances).buffer_unordered(4).collect().await;
    assert_eq!(dead, [0; 4]);
    let incident = service.incident().await.unwrap();
    assert_eq!(incident.count, 80, "{}", service.story(0));
    let announced = service.announced_as("detected");
    let versions: BTreeSet<String> =
        announced.iter().map(|event| event["detail"]["openings"].to_string()).collect();
    assert_eq!(versions.len(), 1, "opened once");
}

/// What is suppressed makes no diagnosis; what is not watched makes no incident.
#[tokio::test(flavor = "multi_thread")]
async fn suppressed_and_not_watched() {
    let (mut service, denial) = broken("the bucket policy lacks the statement").await;
    let suppression = "[[suppressions]]\nprincipal = \"arn:aws:iam::*:role/data/*\"\n\
                       reason = \"migrated in January\"\nuntil = \"2099-01-01T00:00:00Z\"\n";
    service.world.hub.configure(suppression).await;
    let mut of_strangers = denial.callers_copy();
    of_strangers["userIdentity"]["accountId"] = Value::from("333333333333");
    of_strangers["recipientAccountId"] = Value::from("333333333333");
    service.arrive([denial.callers_copy(), of_strangers]);
    service.detect().await;
    let incident = service.incident().await.unwrap();
    assert_eq!((incident.state, incident.count), (State::Suppressed, 1));
    assert!(service.detected.is_empty(), "{}", service.story(0));
}

/// However many calls a diagnosis takes, no more than four wait for each other: with every call as
/// long as the next, the longest chain is the time in units of a call.
#[tokio::test(flavor = "multi_thread")]
async fn four_round_trips() {
    let (mut service, denial) = broken("nothing allows it, on either side").await;
    service.arrive([denial.callers_copy(), denial.kms()]);
    service.detect().await;
    service.world.wire.latency(Latency::Exactly(Duration::from_millis(600)));
    let mark = service.world.wire.mark();
    service.diagnose().await;
    let mut reads = service.world.wire.calls_since(mark);
    reads.retain(|call| service.world.reads_accounts(call));
    let chain = longest_chain(&reads);
    let lines: Vec<String> =
        chain.iter().map(|call| service.world.nicknamed(&call.line())).collect();
    assert!(chain.len() <= 4, "{}\n{}", lines.join("\n"), service.story(mark));
    assert!(reads.len() > 10, "{}", service.story(mark));
}
