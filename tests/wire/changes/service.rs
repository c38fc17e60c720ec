//! The service as a whole: from the event over the owners' approvals to a change that is verified,
//! and taken back when its time is over.

use futures_util::StreamExt as _;
use jiff::{SignedDuration, Timestamp};
use locksmith_app::approve::{Click, Decide, DecideError, Decided, Decision};
use locksmith_app::config::Configuration;
use locksmith_app::fix::FixState;
use locksmith_app::incident::{IncidentId, State};
use locksmith_app::ports::{Attachment, Ledger as _, Store as _};
use locksmith_core::plan::{Change, Plan};
use locksmith_wire_tests::binaries::{Profile, binary};
use locksmith_wire_tests::emulator::Emulator;
use locksmith_wire_tests::lambda::{Function, Outcome};
use locksmith_wire_tests::operations::{Operations, time_passes};
use locksmith_wire_tests::queue::Queue;
use locksmith_wire_tests::record::Denial;
use locksmith_wire_tests::service::Service;
use locksmith_wire_tests::wire::{Answer, Fault, Moment};
use locksmith_wire_tests::world::{Documents, Place, Setup, World, faults};
use serde_json::{Value, json};

use crate::layout::Layout;
use std::collections::BTreeSet;

/// An incident before its owners.
pub(crate) struct Asked {
    pub(crate) service: Service,
    pub(crate) operations: Operations,
    pub(crate) denial: Denial,
    configuration: Configuration,
    before: Documents,
}

pub(crate) const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Alice owns the bucket's account, Bob the caller's; Mallory owns nothing.
pub(crate) fn owners(world: &World) -> String {
    let person = |account: &str, id: &str| {
        let session = format!("arn:aws:sts::{account}:assumed-role/Owners/{id}");
        format!("[[people]]\nid = \"{id}\"\nprincipals = [\"{session}\"]\n")
    };
    let owner = |account: &str, id: &str| {
        format!("[[approval.owners]]\naccounts = [\"{account}\"]\npeople = [\"{id}\"]\n")
    };
    [
        "[approval]\nenabled = true\n".to_owned(),
        "[plan]\nexpires_after = \"8h\"\n".to_owned(),
        "[verify]\npropagation = \"1m\"\nwait = \"0s\"\n".to_owned(),
        person(&world.owner.id, "alice") + &person(&world.caller.id, "bob"),
        person(&world.caller.id, "mallory"),
        owner(&world.owner.id, "alice") + &owner(&world.caller.id, "bob"),
    ]
    .concat()
}

impl Asked {
    /// A call that nothing allows, denied, and diagnosed under a configuration.
    pub(crate) async fn under(configuration: impl Fn(&World) -> String) -> Self {
        let world = World::new(Emulator::shared()).await;
        let mut setup = Setup::working(&world);
        (faults::named("nothing allows it, on either side").change)(&world, &mut setup);
        let made = setup.create(&world).await;
        Layout::Foreign.apply(&world).await;
        let denial = Denial::new(&world, &setup, &made);
        let text = configuration(&world);
        world.hub.configure(&text).await;
        let configuration = Configuration::parse(&world.hub.configured(&text)).unwrap();
        let before = world.documents().await;
        let operations = Operations::start(&world, Profile::Tests).await;
        let service = Service::start(world, Profile::Tests).await;
        let mut asked = Self { service, operations, denial, configuration, before };
        asked.denied(&asked.denial.clone()).await;
        asked
    }

    pub(crate) async fn new() -> Self {
        Self::under(owners).await
    }

    /// A denial arrives and is diagnosed.
    pub(crate) async fn denied(&mut self, denial: &Denial) {
        self.service.arrive([denial.callers_copy(), denial.owners_copy()]);
        for drained in [self.service.detect().await, self.service.diagnose().await] {
            assert!(drained.failures.is_empty(), "{}", self.story());
        }
    }

    pub(crate) fn world(&self) -> &World {
        &self.service.world
    }

    pub(crate) fn story(&self) -> String {
        self.operations.story(&self.service, 0)
    }

    pub(crate) async fn id(&self) -> IncidentId {
        self.service.incident().await.unwrap().id
    }

    pub(crate) async fn plan(&self, id: &IncidentId) -> Plan {
        let plan = self.world().hub.store.attachment(id, Attachment::Plan).await.unwrap();
        serde_json::from_value(plan.unwrap()).unwrap()
    }

    async fn click(
        &self,
        id: &IncidentId,
        person: &str,
        decision: Decision,
    ) -> Result<Decided, DecideError> {
        let hub = &self.world().hub;
        let (announcer, plan) = (hub.announcer(), self.plan(id).await);
        let decide = Decide {
            store: &hub.store,
            announcer: &announcer,
            configuration: &self.configuration,
            trace: None,
        };
        let click = Click {
            incident: id,
            digest: &plan.digest,
            person,
            groups: &BTreeSet::new(),
            asked_at: None,
            account: None,
            decision,
            from: "test",
        };
        decide.decide(&click, Timestamp::now()).await
    }

    /// Both owners agree.
    pub(crate) async fn approved(&self, id: &IncidentId) {
        for person in ["alice", "bob"] {
            self.click(id, person, Decision::Approve).await.unwrap();
        }
    }

    pub(crate) async fn applied(&mut self) {
        let drained = self.operations.apply(&self.service).await;
        assert!(drained.failures.is_empty() && drained.invocations > 0, "{}", self.story());
    }

    /// Nothing reaches `apply`.
    pub(crate) async fn applied_nothing(&mut self) {
        let drained = self.operations.apply(&self.service).await;
        assert_eq!(drained.invocations, 0, "{}", self.story());
    }

    pub(crate) async fn swept(&mut self, task: &str) {
        let swept = self.operations.sweep(task).await;
        assert!(matches!(swept.outcome, Outcome::Answer(_)), "{swept:?}\n{}", self.story());
    }

    pub(crate) async fn is(&self, id: &IncidentId, state: State) {
        let incident = self.world().hub.store.incident(id).await.unwrap().unwrap();
        assert_eq!(incident.state, state, "{:?}\n{}", incident.remark, self.story());
    }

    /// Whether all writes so far were those of these changes, in the write roles' sessions.
    pub(crate) fn audited(&self, changes: &[Change]) {
        let wrong = self.world().audit(&self.world().wire.calls(), changes);
        assert!(wrong.is_empty(), "{wrong:#?}\n{}", self.story());
    }

    pub(crate) async fn is_as_before(&self) {
        let now = self.world().documents().await;
        assert!(now == self.before, "{}\n{}", self.before.difference(&now), self.story());
    }

    /// Whether nothing was ever written, also when somebody claims that it was approved.
    async fn nothing_is_written(&mut self) {
        self.operations.forward(&self.service);
        let announced = self.service.announced();
        let mut forged = announced.last().unwrap().clone();
        forged["detail"]["state"] = json!("approved");
        self.operations.approved.send(forged.to_string());
        self.applied().await;
        self.swept("sweep").await;
        let writes = self.world().writes(&self.world().wire.calls());
        assert!(writes.is_empty(), "{writes:#?}");
        self.is_as_before().await;
    }
}

/// Asked, approved by both, made, looked at, verified, and taken back when its time is over.
#[tokio::test(flavor = "multi_thread")]
async fn the_whole_way() {
    let mut asked = Asked::new().await;
    let id = asked.id().await;
    let plan = asked.plan(&id).await;
    asked.is(&id, State::AwaitingApproval).await;
    assert!(plan.resolves && plan.changes.len() == 3, "{plan:#?}");

    // Who owns nothing has no say, and one owner of two does not suffice.
    asked.click(&id, "mallory", Decision::Approve).await.unwrap_err();
    let one = asked.click(&id, "alice", Decision::Approve).await.unwrap();
    assert!(matches!(one, Decided::Counted(_)), "{one:?}");
    asked.nothing_is_written().await;
    asked.is(&id, State::AwaitingApproval).await;

    let both = asked.click(&id, "bob", Decision::Approve).await.unwrap();
    assert_eq!(both, Decided::Now(State::Approved));
    asked.applied().await;
    asked.is(&id, State::Applied).await;
    asked.audited(&plan.changes);
    assert_eq!(asked.world().writes(&asked.world().wire.calls()).len(), 3, "{}", asked.story());

    // A message that comes twice does nothing.
    let again = asked.service.announced_as("approved")[0].to_string();
    asked.operations.approved.send(again);
    asked.applied().await;
    assert_eq!(asked.world().writes(&asked.world().wire.calls()).len(), 3, "{}", asked.story());

    // As long as nobody was seen to succeed it is not verified.
    time_passes(asked.world(), &id, HOUR).await;
    asked.swept("sweep").await;
    asked.is(&id, State::Applied).await;
    let success = asked.denial.success();
    let events = json!({"Events": [{"CloudTrailEvent": success.to_string()}]});
    let told = Answer::Says { status: 200, body: events.to_string() };
    asked.world().wire.always(Fault::of("cloudtrail", told).operation("LookupEvents"));
    time_passes(asked.world(), &id, HOUR * 2).await;
    asked.swept("sweep").await;
    asked.is(&id, State::Verified).await;

    time_passes(asked.world(), &id, HOUR * 8).await;
    asked.swept("sweep").await;
    asked.is(&id, State::RolledBack).await;
    asked.is_as_before().await;
    asked.audited(&plan.changes);
    // The question, and the first of two answers; then each state once.
    let (asked_for, others) =
        ("awaiting_approval", ["approved", "applying", "applied", "verified"]);
    assert_eq!(asked.service.announced_as(asked_for).len(), 2, "{}", asked.story());
    for state in others.into_iter().chain(["rolled_back"]) {
        assert_eq!(asked.service.announced_as(state).len(), 1, "{state}\n{}", asked.story());
    }
}

/// The call is denied once more although the change is in place: it failed.
#[tokio::test(flavor = "multi_thread")]
async fn denied_again() {
    let mut asked = Asked::new().await;
    let id = asked.id().await;
    let plan = asked.plan(&id).await;
    asked.approved(&id).await;
    asked.applied().await;
    asked.is(&id, State::Applied).await;
    time_passes(asked.world(), &id, HOUR).await;
    let again = asked.denial.again(SignedDuration::from_secs(1));
    asked.denied(&again).await;
    asked.swept("sweep").await;
    asked.is(&id, State::Failed).await;
    asked.audited(&plan.changes);
}

/// One owner refuses.
#[tokio::test(flavor = "multi_thread")]
async fn refused_by_one() {
    let mut asked = Asked::new().await;
    let id = asked.id().await;
    asked.click(&id, "alice", Decision::Approve).await.unwrap();
    let reason = "ask the data office".to_owned();
    asked.click(&id, "bob", Decision::Reject { reason }).await.unwrap();
    asked.click(&id, "bob", Decision::Approve).await.unwrap_err();
    asked.nothing_is_written().await;
    asked.is(&id, State::Rejected).await;
}

/// Without a word about approvals there is a diagnosis and nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn diagnosed_and_no_more() {
    let mut asked = Asked::under(|_| String::new()).await;
    let id = asked.id().await;
    asked.is(&id, State::Diagnosed).await;
    asked.click(&id, "alice", Decision::Approve).await.unwrap_err();
    asked.nothing_is_written().await;
    asked.is(&id, State::Diagnosed).await;
}

/// Nobody answers in time; or all do, and it is not made in time.
#[tokio::test(flavor = "multi_thread")]
async fn too_late() {
    let mut asked = Asked::new().await;
    let id = asked.id().await;
    time_passes(asked.world(), &id, HOUR * 25).await;
    asked.click(&id, "alice", Decision::Approve).await.unwrap_err();
    asked.nothing_is_written().await;
    asked.is(&id, State::Expired).await;

    let mut asked = Asked::new().await;
    let id = asked.id().await;
    asked.approved(&id).await;
    time_passes(asked.world(), &id, HOUR * 25).await;
    asked.applied().await;
    asked.is(&id, State::Expired).await;
    asked.nothing_is_written().await;
}

/// `apply` dies in the middle. The next sweep that finds it dead goes on with it.
#[tokio::test(flavor = "multi_thread")]
async fn apply_dies() {
    let moments = [
        ("PutBucketPolicy", Moment::Before),
        ("PutBucketPolicy", Moment::After),
        ("PutKeyPolicy", Moment::Before),
        ("PutRolePolicy", Moment::After),
    ];
    let run = |(operation, moment)| async move {
        let mut asked = Asked::new().await;
        let id = asked.id().await;
        let plan = asked.plan(&id).await;
        asked.approved(&id).await;
        let hub = &asked.service.world.hub;
        let mut dying = Function::start(binary(Profile::Tests, "apply"), &hub.apply()).await;
        let mut held = asked.world().wire.hold_operation(operation, 0, moment);
        let mut queue = Queue::new("locksmith-tests-apply", 1, 5);
        queue.send(asked.service.announced_as("approved")[0].to_string());
        tokio::select! {
            reached = &mut held.reached => drop(reached.unwrap()),
            _ = queue.drain(&mut dying) => panic!("it was to be held\n{}", asked.story()),
        }
        drop(dying);
        held.gone().await;
        asked.is(&id, State::Applying).await;

        // It may still be alive for all that anybody knows.
        let mark = asked.world().wire.mark();
        asked.swept("sweep").await;
        asked.is(&id, State::Applying).await;
        assert!(asked.world().writes(&asked.world().wire.calls_since(mark)).is_empty());
        time_passes(asked.world(), &id, HOUR).await;
        asked.swept("sweep").await;
        asked.is(&id, State::Applied).await;
        time_passes(asked.world(), &id, HOUR * 8).await;
        asked.swept("sweep").await;
        asked.is(&id, State::RolledBack).await;
        asked.is_as_before().await;
        asked.audited(&plan.changes);
    };
    futures_util::stream::iter(moments.map(run)).buffer_unordered(2).collect::<Vec<()>>().await;
}

/// AWS refuses in the second account: the first one is as it was.
#[tokio::test(flavor = "multi_thread")]
async fn the_second_account_refuses() {
    let mut asked = Asked::new().await;
    let id = asked.id().await;
    let plan = asked.plan(&id).await;
    asked.approved(&id).await;
    let refused = Fault::of("iam", Answer::AccessDenied).operation("PutRolePolicy");
    asked.world().wire.inject(refused);
    asked.applied().await;
    asked.is(&id, State::RolledBack).await;
    asked.is_as_before().await;
    asked.audited(&plan.changes);
}

/// Others remove one of our statements and change another: that is found, and left as it is.
#[tokio::test(flavor = "multi_thread")]
async fn reconciled() {
    let mut asked = Asked::new().await;
    let id = asked.id().await;
    let plan = asked.plan(&id).await;
    asked.approved(&id).await;
    asked.applied().await;
    asked.is(&id, State::Applied).await;
    let world = &asked.service.world;
    let (bucket, key) = (Place::Bucket(world.bucket.clone()), Place::Key(world.key.clone()));
    world.put(&bucket, asked.before.text(&bucket).unwrap()).await;
    let now = world.documents().await;
    let text = now.text(&key).unwrap();
    let altered = text.replace("kms:ViaService", "aws:CalledVia");
    assert_ne!(altered, text);
    world.put(&key, &altered).await;
    let expected = world.documents().await;
    let mark = world.wire.mark();
    asked.swept("reconcile").await;
    let sweep = &asked.operations.sweep;
    for said in
        [["others took it away", &asked.world().bucket], ["others changed it", &asked.world().key]]
    {
        assert!(sweep.logged(&said).await, "{said:?}\n{}", asked.story());
    }
    let fixes = asked.world().hub.store.fixes(100, None).await.unwrap().items;
    let mut states: Vec<FixState> = fixes.iter().map(|fix| fix.state).collect();
    states.sort_by_key(|state| state.name());
    assert_eq!(states, [FixState::Active, FixState::ChangedByOthers, FixState::Reverted]);
    assert!(asked.world().writes(&asked.world().wire.calls_since(mark)).is_empty());
    asked.audited(&plan.changes);

    // What is left of ours is taken back, what others made of it stays.
    time_passes(asked.world(), &id, HOUR * 8).await;
    asked.swept("sweep").await;
    let now = asked.world().documents().await;
    let differing: Vec<&Place> = now.differing(&expected).collect();
    assert!(matches!(&*differing, [Place::OfRole(..)]), "{differing:?}\n{}", asked.story());
}

/// Two incidents need statements in the same policies, and two instances make them at once: none is
/// lost. The end of one leaves the other's.
#[tokio::test(flavor = "multi_thread")]
async fn two_at_once() {
    let mut asked = Asked::new().await;
    let first = asked.id().await;
    let object = "archive/q3.parquet";
    let world = &asked.service.world;
    let put = world.owner.s3().put_object().bucket(&world.bucket).key(object);
    let put = put.server_side_encryption(aws_sdk_s3::types::ServerSideEncryption::AwsKms);
    put.ssekms_key_id(&world.key).body(b"report".to_vec().into()).send().await.unwrap();
    let other = asked.denial.clone().of_object(object);
    asked.denied(&other).await;
    let incidents = asked.world().hub.incidents().await;
    let second = incidents.into_iter().find(|one| one.id != first).unwrap().id;
    let mut changes = asked.plan(&first).await.changes;
    changes.extend(asked.plan(&second).await.changes);
    for id in [&first, &second] {
        asked.approved(id).await;
    }
    let run = |event: Value| {
        let environment = asked.world().hub.apply();
        async move {
            let apply = binary(Profile::Tests, "apply");
            let mut apply = Function::start(apply, &environment).await;
            let mut queue = Queue::new("locksmith-tests-apply", 1, 5);
            queue.send(event.to_string());
            queue.drain(&mut apply).await
        }
    };
    let events = asked.service.announced_as("approved");
    let (one, two) = futures_util::join!(run(events[0].clone()), run(events[1].clone()));
    assert!(one.failures.is_empty() && two.failures.is_empty(), "{one:?} {two:?}");
    // The second one finds that the policy is another one by now, or that the lock is taken: it is
    // made, or it is as it was.
    let state = async |id: &IncidentId| {
        let incident = asked.world().hub.store.incident(id).await.unwrap().unwrap();
        (incident.state, incident.remark)
    };
    let states = [state(&first).await, state(&second).await];
    let now = asked.world().documents().await;
    let all = format!("{now:?}");
    for (id, (state, remark)) in [&first, &second].into_iter().zip(&states) {
        let ours = asked.plan(id).await.changes;
        let sids = ours.iter().flat_map(Change::leaves).map(|left| left.name);
        let stand = sids.filter(|sid| all.contains(sid.as_str())).count();
        let expected = match state {
            State::Applied => ours.len(),
            State::RolledBack => 0,
            other => panic!("{other:?} {remark:?}\n{}", asked.story()),
        };
        assert_eq!(stand, expected, "{id} {state:?} {remark:?}\n{now:?}\n{}", asked.story());
    }
    assert!(states.iter().any(|(state, _)| *state == State::Applied), "{states:?}");
    for id in [&first, &second] {
        time_passes(asked.world(), id, HOUR * 9).await;
        asked.swept("sweep").await;
    }
    asked.is_as_before().await;
    asked.audited(&changes);
}
