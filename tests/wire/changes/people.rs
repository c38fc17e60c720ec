//! People: told in Slack and by a ticket, asked, answering with clicks; by the real functions.

use crate::service::{Asked, HOUR};
use jiff::{SignedDuration, Timestamp};
use locksmith_app::approve::Approvals;
use locksmith_app::incident::{IncidentId, State};
use locksmith_app::ports::{Attachment, Store as _};
use locksmith_wire_tests::binaries::{Profile, binary};
use locksmith_wire_tests::lambda::{Function, Outcome};
use locksmith_wire_tests::operations::time_passes;
use locksmith_wire_tests::queue::{Drained, Queue};
use locksmith_wire_tests::slack::{BOT_TOKEN, SIGNING_SECRET, Slack, signed};
use locksmith_wire_tests::tickets::TicketDesk;
use locksmith_wire_tests::wire::{Answer, Fault};
use locksmith_wire_tests::world::World;
use serde_json::{Value, json};

/// The channels of the bucket's owners and of the caller's.
const OWNERS: &str = "C0OWNERS";
const CALLERS: &str = "C0CALLERS";

/// An incident before its owners in Slack.
struct Scene {
    asked: Asked,
    slack: Slack,
    tickets: TicketDesk,
    /// Two containers of the function `approve`.
    approve: [Function; 2],
    notify: Function,
    told: Queue,
    forwarded: usize,
}

fn configuration(world: &World, slack: &Slack, tickets: &TicketDesk) -> String {
    let (owner, caller) = (&world.owner.id, &world.caller.id);
    format!(
        r#"
        [approval]
        enabled = true
        owners = [
            {{ accounts = ["{owner}"], people = ["alice"] }},
            {{ accounts = ["{caller}"], groups = ["S0CALLERS"] }},
        ]
        [[people]]
        id = "alice"
        chat = "U0ALICE"
        principals = ["arn:aws:sts::{owner}:assumed-role/Owners/alice"]
        [[people]]
        id = "bob"
        chat = "U0BOB"
        principals = ["arn:aws:sts::{caller}:assumed-role/Owners/bob"]
        [[people]]
        id = "mallory"
        chat = "U0MALLORY"
        principals = []
        [verify]
        propagation = "1m"
        wait = "0s"
        [chat]
        system = "slack"
        secret = "locksmith-tests/chat"
        channel = "{OWNERS}"
        url = "{}"
        address = "https://id.execute-api.us-west-2.amazonaws.com"
        rooms = [{{ accounts = ["{caller}"], channel = "{CALLERS}", locale = "ja" }}]
        [tickets]
        secret = "locksmith-tests/tickets"
        webhook = {{ url = "{}" }}
        "#,
        slack.address(),
        tickets.address()
    )
}

impl Scene {
    /// A denial that both owners are asked about.
    async fn new() -> Self {
        let (slack, tickets) = (Slack::new().await, TicketDesk::new().await);
        let asked = Asked::under(|world| configuration(world, &slack, &tickets)).await;
        let world = asked.world();
        let secret = json!({
            "bot_token": BOT_TOKEN, "signing_secret": SIGNING_SECRET,
            "link_key": "0123456789abcdef0123456789abcdef", "key": "hush",
        });
        let told = json!({"Name": "locksmith-tests/chat", "SecretString": secret.to_string()});
        let told = Answer::Says { status: 200, body: told.to_string() };
        world.wire.always(Fault::of("secretsmanager", told).operation("GetSecretValue"));
        let approve = binary(Profile::Tests, "approve");
        let notify = binary(Profile::Tests, "notify");
        let (approves, notifies) = (world.hub.approve(), world.hub.notify());
        let (first, second, notify) = futures_util::join!(
            Function::start(approve, &approves),
            Function::start(approve, &approves),
            Function::start(notify, &notifies),
        );
        let mut scene = Self {
            asked,
            slack,
            tickets,
            approve: [first, second],
            notify,
            told: Queue::new("locksmith-tests-notify", 1, 5),
            forwarded: 0,
        };
        scene.tell().await;
        scene
    }

    /// What the rule on the states bus does, and `notify` after it. The news come out of order, and
    /// twice.
    async fn tell(&mut self) {
        let announced = self.asked.service.announced();
        for event in announced.iter().skip(self.forwarded).rev() {
            self.told.send(event.to_string());
            self.told.send(event.to_string());
        }
        self.forwarded = announced.len();
        let drained = self.told.drain(&mut self.notify).await;
        self.all_well(&drained);
    }

    /// What the schedules do: `due` or `catch_up`.
    async fn remind(&mut self, task: &str) {
        self.told.send(json!({ "task": task }).to_string());
        let drained = self.told.drain(&mut self.notify).await;
        self.all_well(&drained);
    }

    fn all_well(&self, drained: &Drained) {
        assert!(drained.failures.is_empty(), "{:?}\n{}", drained.failures, self.story());
        assert!(self.told.dead_letters().is_empty(), "{}", self.story());
    }

    fn story(&self) -> String {
        let [first, second] = &self.approve;
        let logs = [&self.notify, first, second].map(Function::logs_tail);
        format!("{}\n--- notify, approve, approve\n{}", self.asked.story(), logs.join("\n---\n"))
    }

    /// A request arrives at one of the containers.
    async fn request(&mut self, container: usize, request: &Value) -> Value {
        let invocation = self.approve[container].invoke(request).await;
        let Outcome::Answer(answer) = invocation.outcome else {
            panic!("{invocation:?}\n{}", self.story());
        };
        answer
    }

    /// Somebody clicks a button.
    async fn click(&mut self, user: &str, channel: &str, action: &str) -> Value {
        let payload = self.slack.click(user, channel, action);
        self.request(0, &signed(&payload, Timestamp::now(), SIGNING_SECRET)).await
    }

    /// Somebody sends off the dialog that is open.
    async fn submit(&mut self, user: &str, inputs: &[(&str, Value)]) -> Value {
        let payload = self.slack.submit(user, inputs);
        self.request(1, &signed(&payload, Timestamp::now(), SIGNING_SECRET)).await
    }

    async fn approvals(&self, id: &IncidentId) -> Approvals {
        let store = &self.asked.world().hub.store;
        let stored = store.attachment(id, Attachment::Approvals).await.unwrap();
        serde_json::from_value(stored.unwrap_or_default()).unwrap_or_default()
    }

    /// The buttons of the one message in a channel.
    fn buttons(&self, channel: &str) -> Vec<String> {
        let messages = self.slack.messages(channel);
        assert_eq!(messages.len(), 1, "{messages:#?}");
        let blocks = messages[0].blocks.as_array().unwrap();
        let elements = blocks.iter().filter(|block| block["type"] == "actions");
        let elements = elements.flat_map(|block| block["elements"].as_array().unwrap().clone());
        elements.map(|button| button["action_id"].as_str().unwrap().to_owned()).collect()
    }

    fn asks(&self, channel: &str) -> bool {
        self.buttons(channel).iter().any(|button| button == "locksmith.approve")
    }
}

const APPROVE: &str = "locksmith.approve";
const UNDO: &str = "locksmith.undo";

/// Both owners are asked, each in their own channel; one answers twice at once, a stranger answers,
/// somebody forges an answer; then the changes are made, the call works, the ticket is closed.
#[tokio::test(flavor = "multi_thread")]
async fn told_asked_answered_and_verified() {
    let mut scene = Scene::new().await;
    let id = scene.asked.id().await;
    assert!(scene.asks(OWNERS) && scene.asks(CALLERS), "{}", scene.story());
    let ticket = scene.tickets.ticket();
    assert!(ticket.open && ticket.text.contains(&scene.asked.world().bucket), "{}", ticket.text);

    // One click, and it arrives twice, at two containers, in the same moment.
    let payload = scene.slack.click("U0ALICE", OWNERS, APPROVE);
    let twice = signed(&payload, Timestamp::now(), SIGNING_SECRET);
    let [first, second] = &mut scene.approve;
    let (first, second) = futures_util::join!(first.invoke(&twice), second.invoke(&twice));
    for invocation in [first, second] {
        let Outcome::Answer(answer) = &invocation.outcome else { panic!("{invocation:?}") };
        assert_eq!(answer["statusCode"], 200, "{answer}\n{}", scene.story());
    }
    let given = scene.approvals(&id).await.given;
    assert_eq!(given.len(), 1, "{given:#?}\n{}", scene.story());
    assert_eq!((given[0].person.as_str(), given[0].group.as_deref()), ("alice", None));
    assert!(given[0].from.contains("U0ALICE") && given[0].from.contains("192.0.2.1"));

    // A stranger clicks, and is told why that does not count. Nobody else sees it.
    let whispers = scene.slack.whispers().len();
    assert_eq!(scene.click("U0MALLORY", CALLERS, APPROVE).await["statusCode"], 200);
    assert_eq!(scene.slack.whispers().len(), whispers + 1, "{}", scene.story());
    // Somebody sends what Slack did not.
    let payload = scene.slack.click("U0BOB", CALLERS, APPROVE);
    let old = Timestamp::now() - SignedDuration::from_mins(6);
    for (at, secret) in [(Timestamp::now(), "another secret"), (old, SIGNING_SECRET)] {
        let answer = scene.request(0, &signed(&payload, at, secret)).await;
        assert_eq!(answer["statusCode"], 401, "{answer}");
    }
    assert_eq!(scene.approvals(&id).await.given.len(), 1, "{}", scene.story());
    scene.asked.is(&id, State::AwaitingApproval).await;

    // The other owner is a member of the group that Slack names.
    scene.tell().await;
    assert_eq!(scene.click("U0BOB", CALLERS, APPROVE).await["statusCode"], 200);
    scene.asked.is(&id, State::Approved).await;
    assert_eq!(scene.approvals(&id).await.given[1].group.as_deref(), Some("S0CALLERS"));
    scene.tell().await;
    assert!(!scene.asks(OWNERS) && !scene.asks(CALLERS));

    scene.asked.applied().await;
    scene.asked.is(&id, State::Applied).await;
    scene.tell().await;
    assert!(scene.tickets.ticket().open, "nobody has seen it work yet");
    let success = scene.asked.denial.success();
    let events = json!({"Events": [{"CloudTrailEvent": success.to_string()}]});
    let seen = Answer::Says { status: 200, body: events.to_string() };
    scene.asked.world().wire.always(Fault::of("cloudtrail", seen).operation("LookupEvents"));
    time_passes(scene.asked.world(), &id, HOUR * 2).await;
    scene.asked.swept("sweep").await;
    scene.asked.is(&id, State::Verified).await;
    scene.tell().await;
    let closed = scene.tickets.ticket();
    assert!(!closed.open && closed.state == "verified", "{closed:#?}");
    assert_eq!(scene.buttons(OWNERS), [UNDO]);
    assert_eq!(scene.slack.messages(CALLERS).len(), 1);
    let plan = scene.asked.plan(&id).await;
    scene.asked.audited(&plan.changes);

    // The click that was recorded is played once more: it is over.
    let answer = scene.request(0, &twice).await;
    assert_eq!(answer["statusCode"], 200, "{answer}");
    assert_eq!(scene.approvals(&id).await.given.len(), 2);
    scene.asked.is(&id, State::Verified).await;
}

/// An owner wants back what stands: `apply` takes it back, the ticket is open again, and everybody sees who
/// wanted it, and why.
#[tokio::test(flavor = "multi_thread")]
async fn taken_back_from_chat() {
    let mut scene = Scene::new().await;
    let id = scene.asked.id().await;
    scene.click("U0ALICE", OWNERS, APPROVE).await;
    scene.click("U0BOB", CALLERS, APPROVE).await;
    scene.asked.applied().await;
    scene.asked.is(&id, State::Applied).await;
    scene.tell().await;
    assert!(scene.buttons(CALLERS).contains(&UNDO.to_owned()), "{}", scene.story());

    // A stranger's reason does not help.
    scene.click("U0MALLORY", OWNERS, UNDO).await;
    let answer = scene.submit("U0MALLORY", &[("reason", json!({"value": "mine"}))]).await;
    assert!(answer["body"].to_string().contains("may not decide"), "{answer}");
    scene.asked.applied_nothing().await;
    scene.asked.is(&id, State::Applied).await;

    scene.click("U0ALICE", OWNERS, UNDO).await;
    let answer = scene.submit("U0ALICE", &[("reason", json!({"value": "it was a test"}))]).await;
    assert_eq!(answer["statusCode"], 200, "{answer}\n{}", scene.story());
    scene.tell().await;
    let shown = scene.slack.messages(CALLERS)[0].blocks.to_string();
    assert!(shown.contains("it was a test"), "{shown}");
    scene.asked.applied().await;
    scene.asked.is(&id, State::RolledBack).await;
    scene.tell().await;
    assert!(!scene.buttons(OWNERS).contains(&UNDO.to_owned()));
    scene.asked.is_as_before().await;
    assert!(scene.tickets.ticket().open);
}

/// One owner refuses in a dialog, with a reason that everybody sees.
#[tokio::test(flavor = "multi_thread")]
async fn rejected_in_a_dialog() {
    let mut scene = Scene::new().await;
    let id = scene.asked.id().await;
    assert_eq!(scene.click("U0ALICE", OWNERS, "locksmith.reject").await["statusCode"], 200);
    assert_eq!(scene.slack.dialogs().len(), 1, "{}", scene.story());
    scene.asked.is(&id, State::AwaitingApproval).await;
    let reason = [("reason", json!({"value": "ask the data office"}))];
    let answer = scene.submit("U0ALICE", &reason).await;
    assert_eq!(answer["statusCode"], 200, "{answer}\n{}", scene.story());
    scene.asked.is(&id, State::Rejected).await;
    scene.tell().await;
    assert!(!scene.asks(OWNERS) && !scene.asks(CALLERS));
    let shown = scene.slack.messages(CALLERS)[0].blocks.to_string();
    assert!(shown.contains("ask the data office"), "{shown}");
    assert!(!scene.tickets.ticket().open);
    scene.asked.is_as_before().await;
}

/// The denial is right, somebody says, until a day. After it the incident opens again: the same
/// message, the same ticket.
#[tokio::test(flavor = "multi_thread")]
async fn suppressed_and_reopened() {
    let mut scene = Scene::new().await;
    let id = scene.asked.id().await;
    scene.click("U0ALICE", OWNERS, "locksmith.suppress").await;
    let day = (Timestamp::now() + HOUR * 48).strftime("%Y-%m-%d").to_string();
    let inputs =
        [("reason", json!({"value": "the export ends"})), ("until", json!({"selected_date": day}))];
    let answer = scene.submit("U0ALICE", &inputs).await;
    assert_eq!(answer["statusCode"], 200, "{answer}\n{}", scene.story());
    scene.asked.is(&id, State::Suppressed).await;
    scene.tell().await;
    assert!(!scene.asks(OWNERS) && !scene.tickets.ticket().open);

    let again = scene.asked.denial.again(SignedDuration::from_secs(1));
    scene.asked.denied(&again).await;
    scene.tell().await;
    scene.asked.is(&id, State::Suppressed).await;
    time_passes(scene.asked.world(), &id, HOUR * 24 * 5).await;
    let later = scene.asked.denial.again(SignedDuration::from_secs(2));
    scene.asked.denied(&later).await;
    scene.asked.is(&id, State::AwaitingApproval).await;
    scene.tell().await;
    assert!(scene.asks(OWNERS) && scene.asks(CALLERS), "{}", scene.story());
    let ticket = scene.tickets.ticket();
    assert!(ticket.open && !ticket.comments.is_empty(), "{ticket:#?}");
}

/// Nobody answers: they are reminded, and at the end the buttons are gone. Slack fails for a while,
/// and is told afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_answers() {
    let mut scene = Scene::new().await;
    let id = scene.asked.id().await;
    time_passes(scene.asked.world(), &id, HOUR * 2).await;
    scene.remind("due").await;
    for channel in [OWNERS, CALLERS] {
        assert_eq!(scene.slack.threads(channel).len(), 1, "{}", scene.story());
    }
    scene.remind("due").await;
    assert_eq!(scene.slack.threads(OWNERS).len(), 1, "reminded once for the hour");

    time_passes(scene.asked.world(), &id, HOUR * 24).await;
    scene.asked.swept("sweep").await;
    scene.asked.is(&id, State::Expired).await;
    // A click that comes too late changes nothing.
    scene.click("U0ALICE", OWNERS, APPROVE).await;
    scene.asked.is(&id, State::Expired).await;
    scene.slack.go_down_for(usize::MAX);
    for event in scene.asked.service.announced_as("expired") {
        scene.told.send(event.to_string());
    }
    scene.forwarded = scene.asked.service.announced().len();
    let drained = scene.told.drain(&mut scene.notify).await;
    assert!(drained.failures.is_empty() && scene.told.dead_letters().len() == 1);
    assert!(!scene.tickets.ticket().open, "the ticket does not wait for Slack");
    scene.slack.go_down_for(0);
    scene.told = Queue::new("locksmith-tests-notify", 1, 5);
    scene.remind("catch_up").await;
    assert!(!scene.asks(OWNERS) && !scene.asks(CALLERS), "{}", scene.story());
    scene.asked.is_as_before().await;
}
