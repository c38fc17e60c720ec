//! `diagnose`: once, from the best record, and not lost when something refuses.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test says what is wrong by failing"
)]

mod common;

use common::{Listener, Told, at, configuration, detect, message, read, record};
use locksmith_app::diagnose::{Diagnose, Diagnosed};
use locksmith_app::incident::{IncidentId, State};
use locksmith_app::ports::{Attachment, EvidenceSource, Reading, Store as _};
use locksmith_core::evidence::Evidence;
use locksmith_core::record::Record;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::Ordering;

const NOW: &str = "2026-11-20T09:43:00Z";

/// Who may approve what, where approvals are on.
const OWNED: &str = r#"
approval.enabled = true
approval.owners = [
    { accounts = ["111111111111"], people = ["alice"] },
    { accounts = ["222222222222"], people = ["carol"] },
]
people = [{ id = "alice", principals = [] }, { id = "carol", principals = [] }]
"#;

/// The caller's copy of a denied read that tells how the caller connected, which the bucket's policy
/// asks for.
fn read_over_tls() -> Value {
    read(1, &[("tlsDetails", json!({"tlsVersion": "TLSv1.3"}))])
}

/// Evidence from a folder of `examples/`, and which records it was read for.
struct Folder {
    evidence: Evidence,
    asked: Mutex<Vec<String>>,
}

impl Folder {
    fn new(example: &str) -> Self {
        Self::edited(example, |_| {})
    }

    /// The evidence of a folder after somebody changed it.
    fn edited(example: &str, edit: fn(&mut Value)) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
        let mut evidence = Evidence::builder();
        for entry in std::fs::read_dir(root.join(example).join("evidence")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let mut file = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            edit(&mut file);
            evidence.add(&name, file.to_string().as_bytes()).unwrap();
        }
        Self { evidence: evidence.build(), asked: Mutex::default() }
    }

    /// Nothing could be read.
    fn empty() -> Self {
        Self { evidence: Evidence::builder().build(), asked: Mutex::default() }
    }
}

impl EvidenceSource for Folder {
    async fn read(&self, _: &IncidentId, record: &Record) -> Reading {
        let owner = record.resource("AWS::S3::Bucket").and_then(|entry| entry.account);
        self.asked.lock().unwrap().push(format!("{} {owner:?}", record.event_name));
        let unreadable = json!({"Kms": {"unreadable": "ListKeys: AccessDenied"}});
        let role = json!({"Iam": {"RoleDetailList": [{"RoleId": "AROAZREPORTREADER0001",
            "Arn": "arn:aws:iam::222222222222:role/data/ReportReader"}]}});
        let files = [("111111111111.json", unreadable), ("222222222222.json", role)];
        Reading {
            evidence: self.evidence.clone(),
            files: BTreeMap::from(files.map(|(name, file)| (name.to_owned(), file))),
            calls: 21,
            longest_chain: 4,
        }
    }
}

async fn diagnose(store: &Told, listener: &Listener, folder: &Folder) -> Result<Diagnosed, String> {
    diagnose_with(store, listener, folder, "").await
}

async fn diagnose_with(
    store: &Told,
    listener: &Listener,
    folder: &Folder,
    more: &str,
) -> Result<Diagnosed, String> {
    let id = store.all().await[0].id.clone();
    let configuration = &configuration(more);
    Diagnose { store, announcer: listener, evidence: folder, configuration }
        .incident(&id, at(NOW), None)
        .await
        .map_err(|error| error.to_string())
}

async fn detected(records: &[serde_json::Value]) -> (Told, Listener) {
    let (store, listener) = (Told::new(), Listener::default());
    let messages = records.iter().enumerate().map(|(n, record)| message(&n.to_string(), record));
    detect(&store, &listener, &configuration(""), messages.collect(), NOW).await;
    (store, listener)
}

/// The diagnosis is stored with the incident and announced; the bucket's owner, which the caller's
/// copy hides, is told by the owner's.
#[tokio::test]
async fn from_incident_to_diagnosis() {
    let owners = record("s3_GetObject_AssumedRole_owners_copy", &[]);
    let (store, listener) = detected(&[read_over_tls(), owners]).await;
    let folder = Folder::new("06-nothing-allows-it");
    let Ok(Diagnosed::Now(report)) = diagnose(&store, &listener, &folder).await else { panic!() };
    assert_eq!(report.diagnosis.causes.len(), 4);
    assert_eq!(report.unreadable, ["111111111111.json Kms: ListKeys: AccessDenied"]);
    assert_eq!(*folder.asked.lock().unwrap(), ["GetObject Some(111111111111)"]);

    let incident = store.all().await.remove(0);
    assert_eq!((incident.state, incident.announced), (State::Diagnosed, true));
    assert_eq!(incident.causes.len(), 4);
    let stored = store.attachment(&incident.id, Attachment::Diagnosis).await.unwrap().unwrap();
    assert_eq!(stored["diagnosis"]["verdict"], "denied");
    assert_eq!(stored["calls"], 21);
    let heard: Vec<State> =
        listener.heard.lock().unwrap().iter().map(|(_, state)| *state).collect();
    assert_eq!(heard, [State::Detected, State::Diagnosed]);

    let again = diagnose(&store, &listener, &folder).await;
    assert!(matches!(again, Ok(Diagnosed::Before(State::Diagnosed))), "{again:?}");
    assert_eq!(listener.heard.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn what_refuses_is_asked_again() {
    let (store, listener) = detected(&[read_over_tls()]).await;
    let folder = Folder::new("06-nothing-allows-it");
    store.refuse.store(1, Ordering::SeqCst);
    assert_eq!(diagnose(&store, &listener, &folder).await.unwrap_err(), "store: the table is full");
    assert_eq!(store.all().await[0].state, State::Detected);

    listener.refuse.store(1, Ordering::SeqCst);
    let error = diagnose(&store, &listener, &folder).await.unwrap_err();
    assert_eq!(error, "announcing the diagnosis: nobody listens");
    let done = diagnose(&store, &listener, &folder).await;
    assert!(matches!(done, Ok(Diagnosed::Before(State::Diagnosed))), "{done:?}");
    assert!(store.all().await[0].announced);
    assert_eq!(listener.heard.lock().unwrap().len(), 2);
    assert_eq!(folder.asked.lock().unwrap().len(), 2, "the accounts are not read a third time");
}

/// What follows from the diagnosis, and why it is no more than that.
#[tokio::test]
async fn where_it_leads() {
    let carols = "    { accounts = [\"222222222222\"], people = [\"carol\"] },\n";
    let nobody = OWNED.replace(carols, "");
    let works = || Folder::new("01-cross-account-read-works");
    let missing = || {
        Folder::edited("01-cross-account-read-works", |file| {
            if let Some(bucket) = file.pointer_mut("/S3/Buckets/0") {
                bucket["Objects"] = json!([]);
                bucket["MissingKeys"] = json!(["2026/q3.parquet"]);
            }
        })
    };
    let denied = || {
        Folder::edited("01-cross-account-read-works", |file| {
            if let Some(list) = file.pointer_mut("/S3/Buckets/0/Policy/Statement") {
                let deny = json!({"Sid": "Frozen", "Effect": "Deny", "Principal": "*",
                    "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"});
                list.as_array_mut().unwrap().push(deny);
            }
        })
    };
    let lacking = || Folder::new("06-nothing-allows-it");
    let told = read_over_tls();
    for (name, record, folder, more, state, remark) in [
        ("off", &told, lacking(), "", State::Diagnosed, Some("approval.enabled is not true")),
        ("on", &told, lacking(), OWNED, State::AwaitingApproval, None),
        ("unowned", &told, lacking(), &nobody, State::Diagnosed, Some("nobody for 222222222222")),
        ("not to be proved", &read(1, &[]), lacking(), OWNED, State::Manual, None),
        ("denied", &told, denied(), OWNED, State::Manual, None),
        ("missing", &told, missing(), OWNED, State::NoChangeNeeded, None),
        ("works", &told, works(), OWNED, State::NoChangeNeeded, None),
        ("unknown", &told, Folder::empty(), OWNED, State::Diagnosed, Some("facts are missing")),
    ] {
        let (store, listener) = detected(std::slice::from_ref(record)).await;
        diagnose_with(&store, &listener, &folder, more).await.unwrap();
        let incident = store.all().await.remove(0);
        assert_eq!((incident.state, incident.announced), (state, true), "{name}");
        let fits = match (&incident.remark, remark) {
            (Some(remark), Some(part)) => remark.to_string().contains(part),
            (ours, theirs) => ours.is_none() && theirs.is_none(),
        };
        assert!(fits, "{name}: {:?}", incident.remark);
        let heard: Vec<State> =
            listener.heard.lock().unwrap().iter().map(|(_, state)| *state).collect();
        assert_eq!(heard, [State::Detected, state], "{name}");
        for kept in [Attachment::Diagnosis, Attachment::Plan] {
            let kept = store.attachment(&incident.id, kept).await.unwrap();
            assert!(kept.is_some_and(|kept| kept.is_object()), "{name}");
        }
    }
}

/// KMS's record alone came first; with the call to S3 there is more to say, and it is said.
#[tokio::test]
async fn a_better_record_is_diagnosed_anew() {
    let kms = record("kms_Decrypt_AssumedRole_forwarded_by_s3", &[]);
    let (store, listener) = detected(&[kms]).await;
    let folder = Folder::new("06-nothing-allows-it");
    diagnose(&store, &listener, &folder).await.unwrap();
    detect(&store, &listener, &configuration(""), vec![message("s3", &read_over_tls())], NOW).await;
    assert_eq!(store.all().await[0].state, State::Detected);
    diagnose(&store, &listener, &folder).await.unwrap();
    let asked = folder.asked.lock().unwrap().clone();
    assert_eq!(asked, ["Decrypt None", "GetObject None"]);
    let heard: Vec<State> =
        listener.heard.lock().unwrap().iter().map(|(_, state)| *state).collect();
    let once = [State::Detected, State::Diagnosed];
    assert_eq!(heard, [once, once].concat());
}

/// The owner's copy names no ARN; once the accounts told it, what the configuration says of it holds.
#[tokio::test]
async fn who_it_is_shows_only_in_the_accounts() {
    let owners = || record("s3_GetObject_AssumedRole_owners_copy", &[]);
    let folder = Folder::new("06-nothing-allows-it");
    for (more, remark) in [
        (
            "detect.ignored_principals = [\"arn:aws:iam::*:role/data/*\"]",
            "the configuration passes over this principal",
        ),
        (
            "[[suppressions]]\nprincipal = \"*:role/data/ReportReader\"\nreason = \"moved\"\n\
             until = \"2027-01-01T00:00:00Z\"",
            "moved (until 2027-01-01 00:00 UTC)",
        ),
    ] {
        let (store, listener) = detected(&[owners()]).await;
        assert_eq!(store.all().await[0].principal_arn, None);
        diagnose_with(&store, &listener, &folder, more).await.unwrap();
        let incident = store.all().await.remove(0);
        assert_eq!(incident.state, State::Suppressed);
        assert_eq!(incident.remark.unwrap().to_string(), remark);
        assert!(incident.principal_arn.unwrap().ends_with(":role/data/ReportReader"));
    }
}

#[tokio::test]
async fn an_incident_that_is_gone() {
    let (store, listener) = (Told::new(), Listener::default());
    let folder = Folder::new("06-nothing-allows-it");
    let id = IncidentId::try_from("0000000000000000-1".to_owned()).unwrap();
    let configuration = &configuration("");
    let diagnose =
        Diagnose { store: &store, announcer: &listener, evidence: &folder, configuration };
    let gone = diagnose.incident(&id, at(NOW), None).await.unwrap();
    assert!(matches!(gone, Diagnosed::Gone));
}
