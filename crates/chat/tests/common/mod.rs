//! What the tests share: an incident that owners are asked about, on the embedded store, and secrets.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what is wrong by failing")]
#![allow(dead_code, reason = "each test program uses its own part")]

pub(crate) mod block_kit;

use jiff::Timestamp;
use locksmith_app::announcement::Announcement;
use locksmith_app::card::Card;
use locksmith_app::change::{Journal, Status};
use locksmith_app::config::{Configuration, Locale};
use locksmith_app::detect::{Detect, Message};
use locksmith_app::diagnose::Diagnose;
use locksmith_app::incident::{Incident, IncidentId, State};
use locksmith_app::ports::{
    Announcer, Attachment, EvidenceSource, Reading, Room, Secret, Secrets, Store as _,
};
use locksmith_core::arn::AccountId;
use locksmith_core::evidence::Evidence;
use locksmith_core::plan::Plan;
use locksmith_core::record::Record;
use locksmith_store::EmbeddedStore;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

pub(crate) const OWNER: &str = "111111111111";
pub(crate) const CALLER: &str = "222222222222";

/// Alice, bob or a group for the bucket's account, carol for the caller's; dave may break glass. Bob is
/// let in by the changes.
pub(crate) const OWNED: &str = r#"
accounts.trusted = ["111111111111", "222222222222"]
approval.enabled = true
approval.owners = [
    { accounts = ["111111111111"], people = ["alice", "bob"], groups = ["S0GROUP01"] },
    { accounts = ["222222222222"], people = ["carol"] },
]
approval.break_glass.people = ["dave"]
people = [
    { id = "alice", chat = "U0ALICE01", principals = [] },
    { id = "bob", chat = "U0BOB0001", principals = ["arn:aws:sts::222222222222:assumed-role/ReportReader/*"] },
    { id = "carol", chat = "U0CAROL01", principals = [] },
    { id = "dave", chat = "U0DAVE001", principals = [] },
    { id = "erin", chat = "U0ERIN001", principals = [] },
    { id = "mallory", chat = "U0MALLORY", principals = [] },
]
[chat]
system = "slack"
secret = "chat"
channel = "C0EVERYTH"
address = "https://locksmith.example"
"#;

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn now() -> Timestamp {
    at("2026-11-20T09:45:00Z")
}

pub(crate) fn account(id: &str) -> AccountId {
    AccountId::parse(id).unwrap()
}

/// A room of the bucket's owners.
pub(crate) fn room(locale: Locale) -> Room {
    Room {
        channel: "C0EVERYTH".to_owned(),
        locale,
        accounts: BTreeSet::from([account(OWNER)]),
        person: None,
        escalate_to: Some("S0ONCALL1".to_owned()),
    }
}

/// Secrets that can be rotated, and count how often they are read anew.
pub(crate) struct Vault {
    pub(crate) known: Mutex<Value>,
    pub(crate) fresh: Mutex<Value>,
    pub(crate) read_anew: AtomicUsize,
    /// Whether it never answers.
    pub(crate) hangs: AtomicBool,
}

impl Vault {
    pub(crate) fn new(more: &Value) -> Self {
        let mut fields = json!({
            "bot_token": "xoxb-known", "signing_secret": "8f742231b10e8888abcd99yyyzzz85a5",
            "link_key": "0123456789abcdef0123456789abcdef",
        });
        for (name, value) in more.as_object().unwrap() {
            fields[name] = value.clone();
        }
        let fresh = fields.clone();
        Self {
            known: fields.into(),
            fresh: fresh.into(),
            read_anew: AtomicUsize::new(0),
            hangs: AtomicBool::new(false),
        }
    }

    /// Somebody rotated a field.
    pub(crate) fn rotate(&self, field: &str, value: &str) {
        self.fresh.lock().unwrap()[field] = value.into();
    }
}

impl Secrets for Vault {
    async fn secret(&self, name: &str, fresh: bool) -> Result<Secret, String> {
        assert_eq!(name, "chat");
        if self.hangs.load(Ordering::SeqCst) {
            core::future::pending::<()>().await;
        }
        if fresh {
            self.read_anew.fetch_add(1, Ordering::SeqCst);
            let fields = self.fresh.lock().unwrap().clone();
            *self.known.lock().unwrap() = fields;
        }
        Secret::parse(&self.known.lock().unwrap().to_string())
    }
}

/// Two accounts, a store, and who listens.
pub(crate) struct Scene {
    pub(crate) store: EmbeddedStore,
    pub(crate) configuration: Configuration,
    pub(crate) heard: Mutex<Vec<State>>,
    pub(crate) id: IncidentId,
    _folder: tempfile::TempDir,
}

impl Announcer for Scene {
    async fn announce(&self, announcements: &[Announcement]) -> Vec<Result<(), String>> {
        let states = announcements.iter().map(|one| one.incident.state);
        self.heard.lock().unwrap().extend(states);
        announcements.iter().map(|_| Ok(())).collect()
    }
}

/// The evidence of an example.
struct Files;

impl EvidenceSource for Files {
    async fn read(&self, _: &IncidentId, _: &Record) -> Reading {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/06-nothing-allows-it");
        let mut evidence = Evidence::builder();
        let mut files = BTreeMap::new();
        for account in [OWNER, CALLER] {
            let name = format!("{account}.json");
            let text = std::fs::read(format!("{root}/evidence/{name}")).unwrap();
            evidence.add(&name, &text).unwrap();
            files.insert(name, serde_json::from_slice(&text).unwrap());
        }
        Reading { evidence: evidence.build(), files, calls: 1, longest_chain: 1 }
    }
}

/// Nobody has heard of the incident yet.
struct Deaf;

impl Announcer for Deaf {
    async fn announce(&self, announcements: &[Announcement]) -> Vec<Result<(), String>> {
        announcements.iter().map(|_| Ok(())).collect()
    }
}

impl Scene {
    /// Owners are asked about a denied read.
    pub(crate) async fn asked(configuration: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = EmbeddedStore::open(&folder.path().join("store.redb")).unwrap();
        let configuration = Configuration::parse(configuration).unwrap();
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/records/made/s3_GetObject_AssumedRole_callers_copy.json"
        );
        let mut record: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        record["eventTime"] = "2026-11-20T09:43:00Z".into();
        record["tlsDetails"] = json!({"tlsVersion": "TLSv1.3"});
        record["requestParameters"]["key"] = "2026/q3.parquet".into();
        record["resources"] = json!([
            {"type": "AWS::S3::Object", "ARN": "arn:aws:s3:::reports/2026/q3.parquet"},
            {"accountId": OWNER, "type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::reports"},
        ]);
        let body = json!({"version": "0", "id": "1", "source": "aws.s3", "account": CALLER,
            "detail-type": "AWS API Call via CloudTrail", "time": "2026-11-20T09:43:30Z",
            "region": "us-west-2", "resources": [], "detail": record});
        let message = Message { id: "1".to_owned(), body: body.to_string() };
        let then = at("2026-11-20T09:44:00Z");
        let detect = Detect { store: &store, announcer: &Deaf, configuration: &configuration };
        detect.batch(vec![message], then, None).await;
        let found = store.in_state(State::Detected, 10, None).await.unwrap().items;
        let id = found.into_iter().next().unwrap().id;
        let heard = Mutex::default();
        let scene = Self { store, configuration, heard, id, _folder: folder };
        scene.diagnose(then).await;
        assert_eq!(scene.incident().await.state, State::AwaitingApproval);
        scene
    }

    /// It is looked at why the call was denied, and what would mend it.
    pub(crate) async fn diagnose(&self, now: Timestamp) {
        let diagnose = Diagnose {
            store: &self.store,
            announcer: &Deaf,
            evidence: &Files,
            configuration: &self.configuration,
        };
        diagnose.incident(&self.id, now, None).await.unwrap();
    }

    pub(crate) async fn incident(&self) -> Incident {
        self.store.incident(&self.id).await.unwrap().unwrap()
    }

    pub(crate) async fn state(&self) -> State {
        self.incident().await.state
    }

    pub(crate) async fn card(&self) -> Card {
        Card::load(&self.store, &self.id, &self.configuration).await.unwrap().unwrap()
    }

    pub(crate) async fn plan(&self) -> Plan {
        let plan = self.store.attachment(&self.id, Attachment::Plan).await.unwrap();
        serde_json::from_value(plan.unwrap()).unwrap()
    }

    /// The incident goes on without anybody's click.
    pub(crate) async fn enter(&self, state: State, now: Timestamp) {
        let mut incident = self.incident().await;
        incident.enter(state, now).unwrap();
        self.store.write(&incident.to_write(Vec::new(), now)).await.unwrap();
    }

    /// What was approved is made.
    pub(crate) async fn made(&self) {
        self.enter(State::Applying, now()).await;
        self.enter(State::Applied, now()).await;
        let (plan, incident) = (self.plan().await, self.incident().await);
        let mut journal = Journal::new("x", plan.digest, plan.changes, now());
        for step in &mut journal.steps {
            step.status = Status::Written;
        }
        let journal = (Attachment::Journal, serde_json::to_value(&journal).unwrap());
        self.store.write(&incident.to_write(vec![journal], now())).await.unwrap();
    }

    pub(crate) fn heard(&self) -> Vec<State> {
        self.heard.lock().unwrap().clone()
    }
}
