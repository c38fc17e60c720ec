//! The scene: the two accounts of the demonstration in a folder, a server, and who may decide.

use super::client::Client;
use jiff::{SignedDuration, Timestamp};
use locksmith_app::config::Configuration;
use locksmith_app::detect::Message;
use locksmith_app::incident::{Incident, IncidentId, State};
use locksmith_app::ports::{Clock, Store as _};
use locksmith_serve::{
    Entrance, Folder, Inbox, Key, NoInbox, Origin, Place, Server, Service, Settings,
};
use locksmith_store::EmbeddedStore;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/06-nothing-allows-it");
pub(crate) const KEY: &str = "0123456789abcdef0123456789abcdef";

/// Alice owns the bucket, bob the role; carol may break the glass, mallory owns nothing.
const CONFIGURATION: &str = r#"
accounts.trusted = ["111111111111", "222222222222"]
detect.reopen_after = "0s"
detect.incidents_per_principal_per_hour = 100000
approval.enabled = true
approval.owners = [
    { accounts = ["111111111111"], people = ["alice"] },
    { accounts = ["222222222222"], people = ["bob"] },
]
approval.break_glass.people = ["carol"]
people = [
    { id = "alice", principals = ["arn:aws:iam::111111111111:user/Alice"] },
    { id = "bob", principals = [] },
    { id = "carol", principals = [] },
    { id = "mallory", principals = [] },
]
verify.propagation = "0s"
verify.wait = "0s"
"#;

/// The clock on the wall, put forward.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ahead(Arc<AtomicI64>);

impl Ahead {
    pub(crate) fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for Ahead {
    fn now(&self) -> Timestamp {
        Timestamp::now() + SignedDuration::from_secs(self.0.load(Ordering::SeqCst))
    }

    async fn wait(&self, how_long: Duration) {
        tokio::time::sleep(how_long).await;
    }
}

/// What outlives a process.
pub(crate) struct Scene {
    pub(crate) dir: tempfile::TempDir,
    pub(crate) store: EmbeddedStore,
    pub(crate) clock: Ahead,
    pub(crate) links: Arc<Mutex<Vec<String>>>,
}

/// A process that serves.
pub(crate) struct Running {
    pub(crate) client: Client,
    pub(crate) service: Arc<Service<Folder<Ahead>>>,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<Result<(), String>>,
}

impl Scene {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        for name in ["111111111111.json", "222222222222.json"] {
            std::fs::copy(Path::new(EXAMPLE).join("evidence").join(name), dir.path().join(name))
                .unwrap();
        }
        let store = EmbeddedStore::open(&dir.path().join("store.redb")).unwrap();
        Self { dir, store, clock: Ahead::default(), links: Arc::default() }
    }

    /// The use cases, with nobody who works.
    pub(crate) fn service(&self) -> Arc<Service<Folder<Ahead>>> {
        let configuration = Configuration::parse(CONFIGURATION).unwrap();
        let folder = Folder::at(self.dir.path(), self.clock.clone()).unwrap();
        Arc::new(Service::new(self.store.clone(), configuration, folder, Duration::ZERO))
    }

    pub(crate) fn settings(&self, entrance: Entrance) -> Settings {
        let links = Arc::clone(&self.links);
        Settings {
            address: "127.0.0.1:0".parse().unwrap(),
            entrance,
            events_key: Some(Key::new(KEY.to_owned()).unwrap()),
            place: Place::Folder("the folder".to_owned()),
            tell: Arc::new(move |link| links.lock().unwrap().push(link.to_owned())),
        }
    }

    /// A process whose visitor acts as some people.
    pub(crate) async fn run(&self, people: &[&str]) -> Running {
        let people = people.iter().map(|person| (*person).to_owned()).collect();
        self.run_with(self.settings(Entrance::Link { people }), NoInbox).await
    }

    /// A process behind a proxy.
    pub(crate) async fn run_behind_a_proxy(&self) -> Running {
        let entrance = Entrance::Proxy {
            header: "x-user".parse().unwrap(),
            origin: Origin::parse("https://locksmith.example.com").unwrap(),
        };
        self.run_with(self.settings(entrance), NoInbox).await
    }

    pub(crate) async fn run_with(&self, settings: Settings, inbox: impl Inbox) -> Running {
        let service = self.service();
        let server = Server::bind(Arc::clone(&service), settings).await.unwrap();
        let client = Client::new(server.address());
        let (stop, stopped) = oneshot::channel();
        let ended = tokio::spawn(server.run(inbox, async {
            let _ = stopped.await;
        }));
        Running { client, service, stop, ended }
    }

    /// A process in which the visitor came in.
    pub(crate) async fn logged_in(&self, people: &[&str]) -> Running {
        let mut running = self.run(people).await;
        let link = self.link().await;
        assert_eq!(running.client.log_in(&link).await.status, 200);
        running
    }

    /// The link that was told last.
    pub(crate) async fn link(&self) -> String {
        let last = || self.links.lock().unwrap().last().cloned();
        until("a link", async || last()).await
    }

    pub(crate) fn file(&self, account: &str) -> String {
        let path: PathBuf = self.dir.path().join(format!("{account}.json"));
        std::fs::read_to_string(path).unwrap()
    }

    /// Both files.
    pub(crate) fn files(&self) -> [String; 2] {
        ["111111111111", "222222222222"].map(|account| self.file(account))
    }

    pub(crate) async fn incident(&self, id: &IncidentId) -> Incident {
        self.store.incident(id).await.unwrap().unwrap()
    }

    /// Waits until an incident is in a state.
    pub(crate) async fn comes_to(&self, id: &IncidentId, state: State) -> Incident {
        let look = async || Some(self.incident(id).await).filter(|one| one.state == state);
        until(state.name(), look).await
    }

    /// Waits until an incident has left a state.
    pub(crate) async fn until_not(&self, id: &IncidentId, state: State) {
        let look = async || Some(self.incident(id).await).filter(|one| one.state != state);
        until("another state", look).await;
    }

    /// Every incident, once: one that goes on meanwhile is found in two states.
    pub(crate) async fn all(&self) -> Vec<Incident> {
        let mut all = BTreeMap::new();
        for state in State::ALL {
            let mut next: Option<String> = None;
            loop {
                let page = self.store.in_state(state, 100, next.as_deref()).await.unwrap();
                all.extend(page.items.into_iter().map(|one| (one.id.to_string(), one)));
                next = page.next;
                if next.is_none() {
                    break;
                }
            }
        }
        all.into_values().collect()
    }

    /// How many incidents are in a state, of the first hundred.
    pub(crate) async fn store_in(&self, state: State) -> usize {
        self.store.in_state(state, 100, None).await.unwrap().items.len()
    }

    /// Changes an incident behind everybody's back.
    pub(crate) async fn forge(&self, id: &IncidentId, change: impl FnOnce(&mut Incident)) {
        let mut incident = self.incident(id).await;
        change(&mut incident);
        self.store.write(&incident.to_write(Vec::new(), self.clock.now())).await.unwrap();
    }
}

impl Running {
    /// A denied read that owners are asked about.
    pub(crate) async fn asked(&self, scene: &Scene) -> IncidentId {
        let id = denied(&self.service, scene).await;
        scene.comes_to(&id, State::AwaitingApproval).await;
        id
    }

    /// The fields that the incident's form has.
    pub(crate) async fn form(&self, id: &IncidentId) -> [(&'static str, String); 3] {
        let page = self.client.get(&format!("/incidents/{id}")).await;
        assert_eq!(page.status, 200, "{}", page.body);
        ["form_token", "digest", "asked_at"].map(|name| (name, page.field(name)))
    }

    /// Decides, as the page's form says it.
    pub(crate) async fn decide(
        &self,
        id: &IncidentId,
        fields: &[(&str, &str)],
    ) -> super::client::Answer {
        let form = self.form(id).await;
        let form = form.iter().map(|(name, value)| (*name, value.as_str()));
        let fields: Vec<_> = form.chain(fields.iter().copied()).collect();
        self.client.post(&format!("/incidents/{id}/decision"), &fields).await
    }

    /// Goes on as somebody else.
    pub(crate) async fn act_as(&self, person: &str) {
        let token = self.client.get("/").await.field("form_token");
        let answer =
            self.client.post("/act-as", &[("form_token", &token), ("person", person)]).await;
        assert_eq!(answer.status, 303);
    }

    /// Tells the process to stop, and waits for its end.
    pub(crate) async fn stop(self) {
        let _ = self.stop.send(());
        let ended = tokio::time::timeout(Duration::from_secs(20), self.ended).await;
        ended.unwrap().unwrap().unwrap();
    }
}

/// The event of a denied read of an object.
pub(crate) fn event(number: usize, object: &str, bucket: &str, now: Timestamp) -> Value {
    let text = std::fs::read_to_string(Path::new(EXAMPLE).join("event.json")).unwrap();
    let mut record: Value = serde_json::from_str(&text).unwrap();
    record["eventID"] = json!(format!("00000000-0000-4000-8000-{number:012}"));
    record["sharedEventID"] = json!(format!("00000000-0000-4000-9000-{number:012}"));
    record["eventTime"] = json!(format!("{now:.0}"));
    record["requestParameters"]["key"] = json!(object);
    record["requestParameters"]["bucketName"] = json!(bucket);
    record["resources"] = json!([
        {"type": "AWS::S3::Object", "ARN": format!("arn:aws:s3:::{bucket}/{object}")},
        {"accountId": "", "type": "AWS::S3::Bucket", "ARN": format!("arn:aws:s3:::{bucket}")},
    ]);
    json!({"version": "0", "id": record["eventID"], "detail-type": "AWS API Call via CloudTrail",
        "source": "aws.s3", "account": "222222222222", "time": record["eventTime"],
        "region": "us-west-2", "resources": [], "detail": record})
}

/// The example's read is denied.
pub(crate) async fn denied(service: &Service<Folder<Ahead>>, scene: &Scene) -> IncidentId {
    let event = event(1, "2026/q3.parquet", "reports", scene.clock.now());
    let message = Message { id: "1".to_owned(), body: event.to_string() };
    let detected = service.detect(vec![message]).await;
    assert_eq!(detected.failed, []);
    scene.all().await.pop().unwrap().id
}

/// Waits for something to be there.
pub(crate) async fn until<T>(what: &str, look: impl AsyncFn() -> Option<T>) -> T {
    for _ in 0..500 {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{what} did not come");
}
