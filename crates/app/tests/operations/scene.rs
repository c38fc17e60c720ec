//! The scene: two accounts whose documents are what the evidence is made from, so that whoever looks
//! again sees what was written.

use crate::common::{at, configuration, message, record};
use crate::process::Process;
use crate::world::{Fault, Texts, World};
use jiff::{SignedDuration, Timestamp};
use locksmith_app::approve::{Approvals, Click, Decide, DecideError, Decided, Decision};
use locksmith_app::change::Journal;
use locksmith_app::config::Configuration;
use locksmith_app::detect::Detect;
use locksmith_app::diagnose::Diagnose;
use locksmith_app::fix::Fix;
use locksmith_app::incident::{Incident, IncidentId, State};
use locksmith_app::operations::{Applied, OperationError, Reconciled, Swept, Undone, Verified};
use locksmith_app::ports::{Adviser, Attachment, Ledger as _, Opinion, Slot, Store as _};
use locksmith_app::remark::Remark;
use locksmith_app::sighting::observed_prefix;
use locksmith_core::arn::AccountId;
use locksmith_core::plan::{ChangeKind, Digest, Plan};
use locksmith_store::EmbeddedStore;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Mutex;

pub(crate) const OWNER: &str = "111111111111";
pub(crate) const CALLER: &str = "222222222222";
pub(crate) const BUCKET: &str = "arn:aws:s3:::reports";
pub(crate) const KEY: &str =
    "arn:aws:kms:us-west-2:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
/// The object that the first incident is about, and that of a second one.
pub(crate) const OBJECTS: [&str; 2] = ["2026/q3.parquet", "sales/eu/orders.parquet"];
const EXAMPLE: &str = "06-nothing-allows-it";

/// Alice or bob for the bucket's account, carol for the caller's.
pub(crate) const OWNED: &str = r#"
approval.enabled = true
approval.owners = [
    { accounts = ["111111111111"], people = ["alice", "bob"] },
    { accounts = ["222222222222"], people = ["carol"] },
]
people = [
    { id = "alice", principals = ["arn:aws:iam::111111111111:user/Alice"] },
    { id = "bob", principals = [] },
    { id = "carol", principals = [] },
    { id = "mallory", principals = [] },
]
"#;

pub(crate) fn account(id: &str) -> AccountId {
    AccountId::parse(id).unwrap()
}

/// Where the bucket's policy stands.
pub(crate) fn bucket_policy() -> Slot {
    slot(ChangeKind::PutBucketPolicy, BUCKET)
}

/// Where the key's policy stands.
pub(crate) fn key_policy() -> Slot {
    slot(ChangeKind::PutKeyPolicy, KEY)
}

fn slot(kind: ChangeKind, target: &str) -> Slot {
    let region = Some("us-west-2".to_owned());
    Slot { kind, account: account(OWNER), target: target.to_owned(), region, name: None }
}

/// A statement of somebody else.
pub(crate) fn statement(effect: &str, sid: &str) -> Value {
    json!({"Sid": sid, "Effect": effect, "Principal": {"AWS": "arn:aws:iam::222222222222:root"},
        "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"})
}

/// Somebody else puts a statement into a policy.
pub(crate) fn put(texts: &mut Texts, slot: &Slot, statement: Value) {
    let mut document: Value = serde_json::from_str(&texts[slot]).unwrap();
    document["Statement"].as_array_mut().unwrap().push(statement);
    texts.insert(slot.clone(), format!("{document:#}"));
}

/// What everybody sees.
pub(crate) struct Scene {
    pub(crate) store: EmbeddedStore,
    pub(crate) world: World,
    pub(crate) configuration: Configuration,
    /// What was announced.
    pub(crate) heard: Mutex<Vec<(IncidentId, State)>>,
    /// When the call succeeded.
    pub(crate) success: Mutex<Option<Timestamp>>,
    /// Accounts that cannot be read.
    pub(crate) dark: Mutex<bool>,
    /// What AWS's advisers say when they are asked.
    pub(crate) opinions: Mutex<Vec<Opinion>>,
    /// What they were asked about.
    pub(crate) questions: Mutex<Vec<&'static str>>,
    /// What the accounts tell beside what was changed.
    pub(crate) base: BTreeMap<String, Value>,
    pub(crate) time: Mutex<Time>,
    _folder: tempfile::TempDir,
}

/// Time passes while everybody waits.
pub(crate) struct Time {
    pub(crate) now: Timestamp,
    /// How many are at work.
    pub(crate) alive: usize,
    pub(crate) waiting: BTreeMap<usize, Timestamp>,
    pub(crate) waits: usize,
}

/// Why carol wants something back.
pub(crate) fn enough() -> Remark {
    Remark::Said { reason: "enough".to_owned(), person: "carol".to_owned(), until: None }
}

impl Scene {
    /// Nothing has happened yet.
    pub(crate) fn new(more: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let base = base();
        let owners = &base[&format!("{OWNER}.json")];
        // As people write policies: not as a program would.
        let bucket =
            format!("{:#}\n", owners["S3"]["Buckets"][0]["Policy"]).replace("\": ", "\" : ");
        let key = format!("  {:#}", owners["Kms"]["Keys"][0]["Policy"]);
        let texts = Texts::from([(bucket_policy(), bucket), (key_policy(), key)]);
        let now = at("2026-11-20T09:43:00Z");
        Self {
            store: EmbeddedStore::open(&folder.path().join("store.redb")).unwrap(),
            world: World::new(&texts),
            configuration: configuration(more),
            heard: Mutex::default(),
            success: Mutex::default(),
            dark: Mutex::default(),
            opinions: Mutex::default(),
            questions: Mutex::default(),
            base,
            time: Mutex::new(Time { now, alive: 1, waiting: BTreeMap::new(), waits: 0 }),
            _folder: folder,
        }
    }

    /// Owners were asked about one denied read.
    pub(crate) async fn asked(more: &str) -> (Self, IncidentId) {
        let scene = Self::new(more);
        let id = scene.deny(1, OBJECTS[0]).await;
        scene.diagnose(&id).await;
        (scene, id)
    }

    /// The owners agreed.
    pub(crate) async fn approved(more: &str) -> (Self, IncidentId) {
        let (scene, id) = Self::asked(more).await;
        scene.agree(&id).await;
        (scene, id)
    }

    /// The changes were made.
    pub(crate) async fn applied(more: &str) -> (Self, IncidentId) {
        let (scene, id) = Self::approved(more).await;
        assert_eq!(scene.apply(&id).await, Ok(Applied::Now(State::Applied)));
        (scene, id)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.time.lock().unwrap().now
    }

    pub(crate) fn pass(&self, duration: SignedDuration) {
        self.time.lock().unwrap().now += duration;
    }

    /// A read of an object is denied, now.
    pub(crate) async fn deny(&self, number: u32, object: &str) -> IncidentId {
        let resources = json!([
            {"type": "AWS::S3::Object", "ARN": format!("{BUCKET}/{object}")},
            {"accountId": OWNER, "type": "AWS::S3::Bucket", "ARN": BUCKET},
        ]);
        let id = format!("00000000-0000-4000-8000-{number:012}");
        let record = record(
            "s3_GetObject_AssumedRole_callers_copy",
            &[
                ("/eventID", json!(id)),
                ("/eventTime", json!(format!("{:.0}", self.now()))),
                ("/requestParameters/key", json!(object)),
                ("/resources", resources),
                ("tlsDetails", json!({"tlsVersion": "TLSv1.3"})),
            ],
        );
        let process = self.process();
        let detect =
            Detect { store: &process, announcer: &process, configuration: &self.configuration };
        detect.batch(vec![message(&id, &record)], self.now(), None).await;
        let mut all = self.all().await;
        all.retain(|one| one.prefix == Some(observed_prefix(object)));
        all.pop().unwrap().id
    }

    pub(crate) async fn diagnose(&self, id: &IncidentId) {
        let process = self.process();
        let diagnose = Diagnose {
            store: &process,
            announcer: &process,
            evidence: &process,
            configuration: &self.configuration,
        };
        diagnose.incident(id, self.now(), None).await.unwrap();
    }

    /// One click for the plan's own changes.
    pub(crate) async fn click(
        &self,
        id: &IncidentId,
        person: &str,
        decision: Decision,
    ) -> Result<Decided, DecideError> {
        let digest = self.plan(id).await.digest;
        self.click_on(id, &digest, person, decision).await
    }

    pub(crate) async fn click_on(
        &self,
        incident: &IncidentId,
        digest: &Digest,
        person: &str,
        decision: Decision,
    ) -> Result<Decided, DecideError> {
        self.answer(incident, digest, person, decision, None, &[]).await
    }

    /// One click on a question that was asked at a time, by a member of some groups.
    pub(crate) async fn answer(
        &self,
        incident: &IncidentId,
        digest: &Digest,
        person: &str,
        decision: Decision,
        asked_at: Option<Timestamp>,
        groups: &[&str],
    ) -> Result<Decided, DecideError> {
        let process = self.process();
        let decide = Decide {
            store: &process,
            announcer: &process,
            configuration: &self.configuration,
            trace: None,
        };
        let groups = groups.iter().map(|group| (*group).to_owned()).collect();
        let from = "a test";
        let click = Click {
            incident,
            digest,
            groups: &groups,
            asked_at,
            person,
            account: None,
            decision,
            from,
        };
        decide.decide(&click, self.now()).await
    }

    /// Every owner agrees.
    pub(crate) async fn agree(&self, id: &IncidentId) {
        assert_eq!(self.state(id).await, State::AwaitingApproval, "{:?}", self.incident(id).await);
        self.click(id, "alice", Decision::Approve).await.unwrap();
        let decided = self.click(id, "carol", Decision::Approve).await;
        assert_eq!(decided, Ok(Decided::Now(State::Approved)));
    }

    pub(crate) async fn all(&self) -> Vec<Incident> {
        let mut all = Vec::new();
        for state in State::ALL {
            all.extend(self.store.in_state(state, 100, None).await.unwrap().items);
        }
        all
    }

    pub(crate) async fn incident(&self, id: &IncidentId) -> Incident {
        self.store.incident(id).await.unwrap().unwrap()
    }

    pub(crate) async fn state(&self, id: &IncidentId) -> State {
        self.incident(id).await.state
    }

    pub(crate) async fn remark(&self, id: &IncidentId) -> String {
        self.incident(id).await.remark.map(|remark| remark.to_string()).unwrap_or_default()
    }

    async fn beside(&self, id: &IncidentId, which: Attachment) -> Value {
        self.store.attachment(id, which).await.unwrap().unwrap_or_default()
    }

    pub(crate) async fn plan(&self, id: &IncidentId) -> Plan {
        serde_json::from_value(self.beside(id, Attachment::Plan).await).unwrap()
    }

    pub(crate) async fn approvals(&self, id: &IncidentId) -> Option<Approvals> {
        serde_json::from_value(self.beside(id, Attachment::Approvals).await).unwrap()
    }

    pub(crate) async fn journal(&self, id: &IncidentId) -> Option<Journal> {
        serde_json::from_value(self.beside(id, Attachment::Journal).await).unwrap()
    }

    pub(crate) async fn fixes(&self) -> Vec<Fix> {
        self.store.fixes(100, None).await.unwrap().items
    }

    /// Somebody who may write the table puts something beside an incident, and its state.
    pub(crate) async fn forge(
        &self,
        id: &IncidentId,
        beside: Vec<(Attachment, Value)>,
        change: impl FnOnce(&mut Incident),
    ) {
        let mut incident = self.incident(id).await;
        change(&mut incident);
        self.store.write(&incident.to_write(beside, self.now())).await.unwrap();
    }

    /// What AWS's advisers say of a matter when somebody asks: those of them who judge it.
    pub(crate) fn advice(
        &self,
        about: &'static str,
        judges: impl Fn(Adviser) -> bool,
    ) -> Vec<Opinion> {
        self.questions.lock().unwrap().push(about);
        let opinions = self.opinions.lock().unwrap();
        opinions.iter().filter(|one| judges(one.of)).cloned().collect()
    }

    /// The states that were announced of an incident.
    pub(crate) fn heard(&self, id: &IncidentId) -> Vec<State> {
        let heard = self.heard.lock().unwrap();
        heard.iter().filter(|(of, _)| of == id).map(|(_, state)| *state).collect()
    }

    pub(crate) fn process(&self) -> Process<'_> {
        Process {
            scene: self,
            fault: None,
            calls: Mutex::default(),
            died: tokio::sync::Notify::new(),
        }
    }

    /// A process whose call of this number fails.
    pub(crate) fn failing(&self, call: usize, fault: Fault) -> Process<'_> {
        Process { fault: Some((call, fault)), ..self.process() }
    }

    pub(crate) async fn apply(&self, id: &IncidentId) -> Result<Applied, OperationError> {
        self.process().operations().apply(id).await
    }

    pub(crate) async fn verify(&self, id: &IncidentId) -> Result<Verified, OperationError> {
        self.process().operations().verify(id).await
    }

    pub(crate) async fn undo(&self, id: &IncidentId) -> Result<Undone, OperationError> {
        self.process().operations().undo(id, &enough()).await
    }

    pub(crate) async fn sweep(&self) -> Swept {
        self.process().operations().sweep().await.unwrap()
    }

    pub(crate) async fn reconcile(&self) -> Reconciled {
        self.process().operations().reconcile().await.unwrap()
    }

    /// Several work at the same time.
    pub(crate) fn crowd(&self, size: usize) {
        self.time.lock().unwrap().alive = size;
    }

    /// One of the crowd went home.
    pub(crate) fn leave(&self) {
        self.time.lock().unwrap().alive -= 1;
    }

    /// What the accounts tell.
    pub(crate) fn files(&self) -> BTreeMap<String, Value> {
        let mut files = self.base.clone();
        for (slot, text) in self.world.texts() {
            let document: Value = serde_json::from_str(&text).unwrap();
            let file = files.get_mut(&format!("{}.json", slot.account)).unwrap();
            match slot.kind {
                ChangeKind::PutBucketPolicy => file["S3"]["Buckets"][0]["Policy"] = document,
                ChangeKind::PutKeyPolicy => file["Kms"]["Keys"][0]["Policy"] = document,
                ChangeKind::PutRolePolicy => {
                    let policy = json!({"PolicyName": slot.name, "PolicyDocument": document});
                    let policies = &mut file["Iam"]["RoleDetailList"][0]["RolePolicyList"];
                    policies.as_array_mut().unwrap().push(policy);
                }
                ChangeKind::CreateGrant => {
                    let grants = &mut file["Kms"]["Keys"][0]["Grants"];
                    grants.as_array_mut().unwrap().push(document);
                }
                other => panic!("no place for {}", other.name()),
            }
        }
        files
    }
}

fn base() -> BTreeMap<String, Value> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");
    let file = |account: &str| {
        let name = format!("{account}.json");
        let text = std::fs::read(format!("{root}/{EXAMPLE}/evidence/{name}")).unwrap();
        let mut file: Value = serde_json::from_slice(&text).unwrap();
        if let Some(objects) = file.pointer_mut("/S3/Buckets/0/Objects") {
            let mut other = objects[0].clone();
            other["Key"] = json!(OBJECTS[1]);
            objects.as_array_mut().unwrap().push(other);
        }
        (name, file)
    };
    BTreeMap::from([file(OWNER), file(CALLER)])
}
