//! Tickets in OpsCenter, by the real function `notify`: it sends what AWS describes, and nothing but
//! what its role allows.

use crate::service::{Asked, HOUR, owners};
use locksmith_app::incident::{IncidentId, State};
use locksmith_app::ports::{Attachment, Store as _, Write};
use locksmith_wire_tests::binaries::{Profile, binary};
use locksmith_wire_tests::lambda::Function;
use locksmith_wire_tests::operations::time_passes;
use locksmith_wire_tests::queue::Queue;
use locksmith_wire_tests::wire::{Answer, Call, Fault};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// An incident whose ticket is in OpsCenter.
struct Scene {
    asked: Asked,
    notify: Function,
    told: Queue,
    forwarded: usize,
    /// How many calls there were before `notify` was last at work.
    mark: usize,
}

impl Scene {
    async fn new() -> Self {
        let tickets = "[tickets]\nopscenter = { severity = \"2\" }\n";
        let asked = Asked::under(|world| owners(world) + tickets).await;
        let environment = asked.world().hub.notify();
        let notify = Function::start(binary(Profile::Tests, "notify"), &environment).await;
        let told = Queue::new("locksmith-tests-notify", 1, 5);
        Self { asked, notify, told, forwarded: 0, mark: 0 }
    }

    /// `notify` hears of every state since it was last told, each twice; the one item that there is.
    async fn item(&mut self) -> Value {
        self.mark = self.asked.world().wire.mark();
        let announced = self.asked.service.announced();
        for event in announced.iter().skip(self.forwarded) {
            self.told.send(event.to_string());
            self.told.send(event.to_string());
        }
        self.forwarded = announced.len();
        let drained = self.told.drain(&mut self.notify).await;
        assert!(drained.failures.is_empty() && drained.invocations > 0, "{}", self.story());
        let mut items = self.asked.world().wire.ops_items();
        assert_eq!(items.len(), 1, "{items:#?}\n{}", self.story());
        items.remove(0)
    }

    /// The calls to Systems Manager since there were so many.
    fn calls(&self, mark: usize) -> Vec<Call> {
        let mut calls = self.asked.world().wire.calls_since(mark);
        calls.retain(|call| call.service == "ssm");
        calls
    }

    /// How often an operation was called when `notify` was last at work.
    fn count(&self, operation: &str) -> usize {
        self.calls(self.mark).iter().filter(|call| call.operation == operation).count()
    }

    fn story(&self) -> String {
        format!("{}\n--- notify\n{}", self.asked.story(), self.notify.logs_tail())
    }

    /// `notify` died before it noted down which item it made.
    async fn forgets(&self, id: &IncidentId) {
        let store = &self.asked.world().hub.store;
        let mut incident = store.incident(id).await.unwrap().expect("the incident");
        incident.version += 1;
        let told = store.attachment(id, Attachment::Told).await.unwrap().expect("what was told");
        assert!(told["ticket"].is_object(), "{told}");
        let attachments = vec![(Attachment::Told, json!({}))];
        store.write(&Write { incident, attachments, renews: false }).await.unwrap();
    }
}

/// What an item holds under a key of its operational data.
fn datum<'a>(item: &'a Value, key: &str) -> &'a str {
    item["OperationalData"][key]["Value"].as_str().unwrap_or_default()
}

/// The lines of an item's history.
fn history(item: &Value) -> usize {
    datum(item, "locksmith-history").lines().count()
}

/// The actions on Systems Manager in the template of `notify`'s role.
fn allowed() -> BTreeSet<String> {
    let template = include_str!("../../../infra/people.yaml");
    let lines = template.lines().filter(|line| !line.trim_start().starts_with('#'));
    let words = lines.flat_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric() && c != ':'));
    let actions = words.filter_map(|word| word.strip_prefix("ssm:"));
    actions.map(str::to_owned).collect()
}

/// Made, found again though nobody knows it any more, updated, resolved: by each action that the role
/// has, and by no other.
#[tokio::test(flavor = "multi_thread")]
async fn made_found_again_updated_and_resolved() {
    let mut scene = Scene::new().await;
    let id = scene.asked.id().await;
    let item = scene.item().await;
    assert_eq!(scene.count("CreateOpsItem"), 1, "{}", scene.story());
    assert_eq!((&item["Status"], &item["Severity"]), (&json!("Open"), &json!("2")), "{item:#}");
    assert_eq!(datum(&item, "locksmith-incident"), id.to_string());
    assert!(datum(&item, "locksmith-details").contains(&scene.asked.world().bucket), "{item:#}");
    // With tags the role would need one action more.
    assert!(item.get("Tags").is_none(), "{item:#}");
    let before = history(&item);

    scene.forgets(&id).await;
    scene.asked.approved(&id).await;
    let item = scene.item().await;
    assert_eq!(scene.count("CreateOpsItem"), 0, "{}", scene.story());
    assert!(scene.count("DescribeOpsItems") > 0, "{}", scene.story());
    assert_eq!(item["Status"], "Open", "{item:#}");

    scene.asked.applied().await;
    scene.asked.is(&id, State::Applied).await;
    let item = scene.item().await;
    assert_eq!(scene.count("DescribeOpsItems"), 0, "it is known again\n{}", scene.story());
    assert!(history(&item) > before && item["Status"] == "Open", "{item:#}");
    let before = history(&item);

    let events = json!({"Events": [{"CloudTrailEvent": scene.asked.denial.success().to_string()}]});
    let seen = Answer::Says { status: 200, body: events.to_string() };
    scene.asked.world().wire.always(Fault::of("cloudtrail", seen).operation("LookupEvents"));
    time_passes(scene.asked.world(), &id, HOUR * 2).await;
    scene.asked.swept("sweep").await;
    scene.asked.is(&id, State::Verified).await;
    // Systems Manager asks to come again later, which is done within the call.
    scene.asked.world().wire.inject(Fault::of("ssm", Answer::Throttled).times(1));
    let item = scene.item().await;
    assert_eq!(item["Status"], "Resolved", "{item:#}\n{}", scene.story());
    assert!(history(&item) > before, "{item:#}");

    let calls = scene.calls(0);
    let hub = &scene.asked.world().hub.account.id;
    let role = |call: &Call| call.session.as_ref().map(|session| session.role.clone());
    let notify = format!("arn:aws:iam::{hub}:role/locksmith-tests-notify-role");
    assert!(calls.iter().all(|call| role(call).as_ref() == Some(&notify)), "{}", scene.story());
    let called: BTreeSet<String> = calls.into_iter().map(|call| call.operation).collect();
    assert_eq!(called, allowed());
}
