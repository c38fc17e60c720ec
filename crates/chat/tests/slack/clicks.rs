//! What people click, from the raw request to the decision. The payloads are recorded ones, with what is
//! ours put in.

use crate::common::{CALLER, OWNED, OWNER, Scene, Vault, account, at, now, room};
use crate::{Call, FakeSlack, HANGS, error, late, ok, recorded};
use jiff::{SignedDuration, Timestamp};
use locksmith_app::approve::{DecideError, Decided, Decisions, Refusal};
use locksmith_app::config::Locale;
use locksmith_app::incident::State;
use locksmith_app::ports::Attachment;
use locksmith_app::ports::Store as _;
use locksmith_chat::aim::Aim;
use locksmith_chat::slack::signature;
use locksmith_chat::{Answer, Door, Request, Response};
use locksmith_core::plan::Scope;
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

/// A body that is too large.
static LARGE: [u8; 600_000] = [b'x'; 600_000];
const SECRET: &str = "8f742231b10e8888abcd99yyyzzz85a5";
pub(crate) const ALICE: &str = "U0ALICE01";
const BOB: &str = "U0BOB0001";
const CAROL: &str = "U0CAROL01";
const DAVE: &str = "U0DAVE001";
const ERIN: &str = "U0ERIN001";
const MALLORY: &str = "U0MALLORY";

/// Everything that a click goes through.
pub(crate) struct Stage {
    pub(crate) scene: Scene,
    pub(crate) slack: FakeSlack,
    vault: Vault,
}

impl Stage {
    pub(crate) async fn new() -> Self {
        Self::of(OWNED).await
    }

    async fn of(configuration: &str) -> Self {
        Self {
            scene: Scene::asked(configuration).await,
            slack: FakeSlack::new().await,
            vault: Vault::new(&json!({})),
        }
    }

    /// The aim of a room's buttons, at what is asked now.
    pub(crate) async fn aim(&self, account_id: &str) -> Aim {
        let mut room = room(Locale::En);
        room.accounts = [account(account_id)].into();
        Aim::of(&self.scene.card().await, &room)
    }

    async fn send(&self, request: &Request<'_>, now: Timestamp) -> Answer {
        let messenger = self.slack.messenger(&self.scene, &self.vault);
        let door = Door {
            store: &self.scene.store,
            announcer: &self.scene,
            secrets: &self.vault,
            configuration: &self.scene.configuration,
            chat: Some(&messenger),
            memory: &self.slack.memory,
        };
        door.answer(request, now, None).await
    }

    /// Slack sends a payload at a time.
    pub(crate) async fn payload(&self, payload: &Value, now: Timestamp) -> Answer {
        self.text(&payload.to_string(), now).await
    }

    /// The same, as it is written.
    pub(crate) async fn text(&self, payload: &str, now: Timestamp) -> Answer {
        let body = form(payload);
        let headers = signed(SECRET, &body, now);
        let request = Request {
            method: "POST",
            path: "/slack",
            query: "",
            headers: &headers,
            body: body.as_bytes(),
            from: "198.51.100.7",
        };
        self.send(&request, now).await
    }

    pub(crate) async fn click(&self, user: &str, action: &str, aim: &Aim) -> Answer {
        self.payload(&self.pressed(user, action, aim), now()).await
    }

    /// A click on a button of our message.
    fn pressed(&self, user: &str, action: &str, aim: &Aim) -> Value {
        let action = format!("locksmith.{action}");
        recorded::click(user, &action, &aim.text(), &self.slack.hook())
    }

    /// The same within a dialog.
    fn pressed_in_view(&self, user: &str, action: &str, aim: &Aim) -> Value {
        let mut payload = self.pressed(user, action, aim);
        let within = recorded::read(recorded::CHOICE_IN_DIALOG);
        for field in ["container", "view"] {
            payload[field] = within[field].clone();
        }
        payload["view"]["callback_id"] = "locksmith.details".into();
        let kept = json!({"aim": aim, "channel": "C0EVERYTH"});
        payload["view"]["private_metadata"] = kept.to_string().into();
        for field in ["channel", "message", "response_url"] {
            assert!(within.get(field).is_none(), "Slack sends no {field}");
            payload.as_object_mut().unwrap().remove(field);
        }
        payload
    }

    /// The dialog that was opened last, filled in and sent off.
    fn filled(&self, user: &str, reason: &str, day: Option<&str>) -> Value {
        let values = json!({
            "reason": {"reason": {"type": "plain_text_input", "value": reason}},
            "until": {"until": {"type": "datepicker", "selected_date": day}},
        });
        recorded::submission(user, &self.dialog(), values)
    }

    /// The dialog that was opened last.
    pub(crate) fn dialog(&self) -> Value {
        let opened = |call: &Call| call.method.starts_with("views.");
        self.slack.calls().into_iter().rfind(opened).unwrap().body["view"].clone()
    }

    /// What whoever clicked was told last, and nobody else.
    pub(crate) fn told(&self) -> String {
        let last = self.slack.calls().pop().unwrap();
        assert_eq!(last.body["response_type"], "ephemeral");
        assert!(last.token.is_empty(), "the token is not sent to the answer's address");
        last.body["text"].as_str().unwrap().to_owned()
    }
}

fn form(payload: &str) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("payload", payload);
    form.finish()
}

fn signed(secret: &str, body: &str, at: Timestamp) -> Vec<(String, String)> {
    let at = at.as_second().to_string();
    let signature = signature::sign(secret, &at, body.as_bytes());
    vec![("X-Slack-Request-Timestamp".to_owned(), at), ("X-Slack-Signature".to_owned(), signature)]
}

pub(crate) fn came_to(answer: &Answer) -> &Result<Decided, DecideError> {
    &answer.taken.as_ref().unwrap().came_to
}

pub(crate) fn refusal(answer: &Answer) -> &Refusal {
    match came_to(answer) {
        Err(DecideError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn json(response: &Response) -> Value {
    serde_json::from_str(&response.body).unwrap()
}

#[tokio::test]
async fn two_owners_approve() {
    let stage = Stage::new().await;
    let (owners, callers) = (stage.aim(OWNER).await, stage.aim(CALLER).await);
    let answer = stage.click(ALICE, "approve", &owners).await;
    assert!(matches!(came_to(&answer), Ok(Decided::Counted(_))), "{answer:?}");
    assert_eq!((answer.response.status, answer.response.body.as_str()), (200, ""));
    assert_eq!(stage.slack.methods(), [""; 0], "the message in the room changes by itself");
    let answer = stage.click(CAROL, "approve", &callers).await;
    assert_eq!(*came_to(&answer), Ok(Decided::Now(State::Approved)));
    assert_eq!(stage.scene.heard(), [State::AwaitingApproval, State::Approved]);
    let given = stage.scene.card().await.approvals.given;
    let from = "slack team TQSD32X16, channel CQEUMSV7D, user U0ALICE01, address 198.51.100.7";
    assert_eq!((given[0].person.as_str(), given[0].from.as_str()), ("alice", from));
    assert!(given.iter().all(|given| given.asked_at.is_some()));
}

#[tokio::test]
async fn a_double_click_on_two_containers_has_one_effect() {
    let stage = Stage::new().await;
    let aim = stage.aim(OWNER).await;
    let payload = stage.pressed(ALICE, "approve", &aim);
    let both = tokio::join!(stage.payload(&payload, now()), stage.payload(&payload, now()));
    for answer in [&both.0, &both.1] {
        assert!(came_to(answer).is_ok(), "{answer:?}");
    }
    // Somebody recorded the request and sends it again.
    let again = stage.payload(&payload, now() + SignedDuration::from_secs(200)).await;
    assert_eq!(*came_to(&again), Ok(Decided::Before(State::AwaitingApproval)));
    assert_eq!(stage.scene.card().await.approvals.given.len(), 1);
}

#[tokio::test]
async fn who_may_not_is_told_so_alone() {
    let stage = Stage::new().await;
    let (owners, callers) = (stage.aim(OWNER).await, stage.aim(CALLER).await);
    for (user, aim, says) in [
        (MALLORY, &owners, "mallory may not decide for account 111111111111"),
        (CAROL, &owners, "carol may not decide for account 111111111111"),
        (ALICE, &callers, "alice may not decide for account 222222222222"),
        (BOB, &owners, "which gets access by these changes"),
        ("U0NOBODY1", &owners, "names nobody with your id (U0NOBODY1)"),
    ] {
        let answer = stage.click(user, "approve", aim).await;
        assert_eq!(answer.response.status, 200);
        assert!(stage.told().contains(says), "{user}: {}", stage.told());
    }
    assert!(stage.scene.card().await.approvals.given.is_empty());
}

/// An id means somebody only together with the workspace.
#[tokio::test]
async fn members_of_other_workspaces_are_strangers() {
    let stage = Stage::new().await;
    let aim = stage.aim(OWNER).await;
    let mut payload = stage.pressed(ALICE, "approve", &aim);
    for home in [json!("T0OTHER01"), Value::Null] {
        payload["user"]["team_id"] = home;
        let answer = stage.payload(&payload, now()).await;
        assert!(answer.taken.is_none());
        assert!(stage.told().contains("another workspace"));
    }
    assert!(stage.scene.card().await.approvals.given.is_empty());
}

#[tokio::test]
async fn what_is_over_is_not_approved() {
    let stage = Stage::new().await;
    let aim = stage.aim(OWNER).await;
    let late = now() + SignedDuration::from_hours(25);
    let answer = stage.payload(&stage.pressed(ALICE, "approve", &aim), late).await;
    assert_eq!(*refusal(&answer), Refusal::TooLate);
    assert!(stage.told().contains("too late"));

    // It was asked anew since the message was shown.
    stage.scene.enter(State::Detected, now()).await;
    stage.scene.enter(State::Diagnosed, now()).await;
    stage.scene.enter(State::AwaitingApproval, now() + SignedDuration::from_mins(1)).await;
    let answer = stage.click(ALICE, "approve", &aim).await;
    assert_eq!(*refusal(&answer), Refusal::OtherQuestion);

    // A plan that was never shown.
    let mut forged = stage.aim(OWNER).await;
    let other = locksmith_core::plan::Digest::of(&json!("something else"));
    forged = forged.at_way(&other);
    let answer = stage.click(ALICE, "approve", &forged).await;
    assert!(matches!(refusal(&answer), Refusal::OtherPlan { .. }), "{answer:?}");

    // A button without a question decides nothing.
    let answer = stage.click(ALICE, "approve", &Aim { asked: None, ..forged }).await;
    assert!(answer.taken.is_none());
    assert!(stage.told().contains("no longer asked"));
}

#[tokio::test]
async fn refusals_speak_the_language_of_the_room() {
    let stage = Stage::new().await;
    let aim = Aim { locale: Locale::Ja, ..stage.aim(OWNER).await };
    stage.click(MALLORY, "approve", &aim).await;
    assert!(stage.told().contains("決定できません"), "{}", stage.told());
}

#[tokio::test]
async fn a_group_counts_and_a_slow_slack_does_not_hold_up() {
    let stage = Stage::new().await;
    let aim = stage.aim(OWNER).await;
    let members = json!({"ok": true, "users": [ERIN]});
    stage.slack.answers("usergroups.users.list", vec![late(members.clone())]);
    let began = std::time::Instant::now();
    let answer = stage.click(ERIN, "approve", &aim).await;
    assert!(began.elapsed() < HANGS / 2, "{:?}", began.elapsed());
    assert!(matches!(refusal(&answer), Refusal::Objection(_)), "without an answer names count");
    assert!(stage.told().contains("click again"), "{}", stage.told());

    stage.slack.answers("usergroups.users.list", vec![ok(members)]);
    let answer = stage.click(ERIN, "approve", &aim).await;
    assert!(matches!(came_to(&answer), Ok(Decided::Counted(_))), "{answer:?}");
    let given = stage.scene.card().await.approvals.given;
    assert_eq!(given[0].group.as_deref(), Some("S0GROUP01"));
    // Whoever is named needs no group.
    let before = stage.slack.calls().len();
    stage.click(ALICE, "approve", &aim).await;
    assert_eq!(stage.slack.calls().len(), before);
}

/// Both owners agreed, and the changes were made.
async fn applied(stage: &Stage) -> (Aim, Aim) {
    let (owners, callers) = (stage.aim(OWNER).await, stage.aim(CALLER).await);
    stage.click(ALICE, "approve", &owners).await;
    stage.click(CAROL, "approve", &callers).await;
    stage.scene.made().await;
    (owners, stage.aim(OWNER).await)
}

#[tokio::test]
async fn what_was_made_is_taken_back_with_a_reason() {
    let stage = Stage::new().await;
    let (asked, made) = applied(&stage).await;
    assert_eq!(made, asked, "the answer that was given is what is taken back");
    for (user, reason, says) in [
        (ALICE, "  ", "reason is needed"),
        (MALLORY, "mine", "mallory may not decide"),
        (CAROL, "not mine", "carol may not decide for account 111111111111"),
    ] {
        stage.click(user, "undo", &made).await;
        assert_eq!(stage.dialog()["callback_id"], "locksmith.undo");
        let answer = stage.payload(&stage.filled(user, reason, None), now()).await;
        let told = json(&answer.response)["errors"]["reason"].as_str().unwrap().to_owned();
        assert!(told.contains(says), "{told}");
        assert!(!stage.scene.incident().await.undo_wanted);
    }
    let answer = stage.payload(&stage.filled(ALICE, "it was a test", None), now()).await;
    assert_eq!(*came_to(&answer), Ok(Decided::Now(State::Applied)));
    assert_eq!(json(&answer.response), json!({"response_action": "clear"}));
    assert!(stage.scene.incident().await.undo_wanted);
    let undo = stage.scene.card().await.approvals.undo.unwrap();
    assert_eq!((undo.person.as_str(), undo.reason.as_str()), ("alice", "it was a test"));
    let decisions = Decisions::load(&stage.scene.store, &stage.scene.id).await.unwrap().0;
    let kept = decisions.last().unwrap();
    assert_eq!((kept.decision.as_str(), kept.person.as_str()), ("undo", "alice"));
    assert!(kept.from.contains("user U0ALICE01"), "{}", kept.from);
}

/// An old button of the question approves nothing once its changes stand.
#[tokio::test]
async fn what_stands_is_not_approved_again() {
    let stage = Stage::new().await;
    let (_, made) = applied(&stage).await;
    let answer = stage.click(ALICE, "approve", &made).await;
    assert_eq!(*came_to(&answer), Ok(Decided::Before(State::Applied)));
    stage.click(ALICE, "reject", &made).await;
    let answer = stage.payload(&stage.filled(ALICE, "no", None), now()).await;
    assert_eq!(*refusal(&answer), Refusal::WrongState(State::Applied));
}

#[tokio::test]
async fn a_refusal_has_a_reason() {
    let stage = Stage::new().await;
    let aim = stage.aim(OWNER).await;
    stage.click(ALICE, "reject", &aim).await;
    assert_eq!(stage.slack.methods(), ["views.open"]);
    assert_eq!(stage.scene.state().await, State::AwaitingApproval);
    let empty = stage.payload(&stage.filled(ALICE, "  ", None), now()).await;
    let errors = json(&empty.response);
    assert_eq!(errors["response_action"], "errors");
    assert!(errors["errors"]["reason"].as_str().unwrap().contains("reason is needed"));

    // Mallory opened no dialog, but sends one.
    let answer = stage.payload(&stage.filled(MALLORY, "because", None), now()).await;
    let told = json(&answer.response)["errors"]["reason"].as_str().unwrap().to_owned();
    assert!(told.contains("mallory may not decide"), "{told}");

    let answer = stage.payload(&stage.filled(ALICE, " not this role ", None), now()).await;
    assert_eq!(*came_to(&answer), Ok(Decided::Now(State::Rejected)));
    assert_eq!(json(&answer.response), json!({"response_action": "clear"}));
    let ended = stage.scene.card().await.approvals.ended.unwrap();
    assert_eq!((ended.person.as_str(), ended.reason.as_str()), ("alice", "not this role"));
    assert!(ended.from.contains("channel CQEUMSV7D"), "{}", ended.from);
}

#[tokio::test]
async fn a_denial_that_is_right_is_suppressed_until_a_day() {
    let stage = Stage::new().await;
    let aim = stage.aim(OWNER).await;
    stage.click(ALICE, "suppress", &aim).await;
    let picker = stage.dialog()["blocks"][2]["element"].clone();
    assert_eq!(picker["initial_date"], "2026-12-20");
    for day in [None, Some("2026-11-19"), Some("someday")] {
        let answer = stage.payload(&stage.filled(ALICE, "a scanner", day), now()).await;
        assert!(json(&answer.response)["errors"]["until"].is_string(), "{day:?}");
    }
    let answer = stage.payload(&stage.filled(ALICE, "a scanner", Some("2026-12-24")), now()).await;
    assert_eq!(*came_to(&answer), Ok(Decided::Now(State::Suppressed)));
    let until = stage.scene.incident().await.look_again_at;
    assert_eq!(until, Some(at("2026-12-25T00:00:00Z")));
}

#[tokio::test]
async fn another_reach_is_planned() {
    let stage = Stage::new().await;
    let aim = stage.aim(OWNER).await;
    let answer = stage.click(ALICE, "scope.object", &aim).await;
    assert_eq!(*refusal(&answer), Refusal::SameScope(Scope::Object));
    let answer = stage.click(ALICE, "scope.prefix", &aim).await;
    assert_eq!(*came_to(&answer), Ok(Decided::Now(State::Detected)));
    assert_eq!(stage.scene.incident().await.scope, Some(Scope::Prefix));
}

#[tokio::test]
async fn everything_and_break_glass() {
    let stage = Stage::new().await;
    let aim = stage.aim(OWNER).await;
    stage.click(ALICE, "details", &aim).await;
    assert!(!stage.dialog().to_string().contains("break_glass"), "alice may not");
    stage.click(DAVE, "details", &aim).await;
    assert!(stage.dialog().to_string().contains("locksmith.break_glass"));
    // Strangers see nothing, although they sit in the channel.
    let before = stage.slack.calls().len();
    stage.click("U0NOBODY1", "details", &aim).await;
    assert!(stage.slack.methods()[before..].iter().all(|method| method != "views.open"));

    let pressed = stage.pressed_in_view(DAVE, "break_glass", &aim);
    stage.payload(&pressed, now()).await;
    assert_eq!(stage.slack.methods().last().unwrap(), "views.push", "on top of the other one");
    for (user, says) in [(ALICE, "alice may not decide"), (MALLORY, "mallory may not decide")] {
        let answer = stage.payload(&stage.filled(user, "I want to", None), now()).await;
        let told = json(&answer.response)["errors"]["reason"].as_str().unwrap().to_owned();
        assert!(told.contains(says), "{told}");
    }
    let answer = stage.payload(&stage.filled(DAVE, "payroll is due", None), now()).await;
    assert_eq!(*came_to(&answer), Ok(Decided::Now(State::Approved)), "for every account");
    let given = stage.scene.card().await.approvals.given;
    assert!(given.iter().all(|one| one.break_glass.as_deref() == Some("payroll is due")));
}

#[tokio::test]
async fn another_way_is_approved_from_the_dialog() {
    let stage = Stage::new().await;
    let aim = stage.aim(OWNER).await;
    let plan = stage.scene.plan().await;
    let way = plan.alternatives.iter().find_map(|other| other.digest.clone()).unwrap();
    stage.click(ALICE, "details", &aim).await;
    assert!(stage.dialog().to_string().contains(&way.to_string()));
    let pressed = stage.pressed_in_view(ALICE, "approve", &aim.at_way(&way));
    let answer = stage.payload(&pressed, now()).await;
    assert!(matches!(came_to(&answer), Ok(Decided::Counted(_))), "{answer:?}");
    assert_eq!(stage.slack.methods().last().unwrap(), "views.update");
    assert!(stage.dialog().to_string().contains("Your approval counts"));
    assert_eq!(stage.scene.card().await.approvals.given[0].digest, way);
    // Carol approves the plan itself: both have to want the same.
    let answer = stage.click(CAROL, "approve", &stage.aim(CALLER).await).await;
    assert!(matches!(refusal(&answer), Refusal::OtherWay { .. }), "{answer:?}");
}

#[tokio::test]
async fn a_dialog_that_does_not_open_is_told() {
    let stage = Stage::new().await;
    let aim = stage.aim(OWNER).await;
    for answer in [error("expired_trigger_id"), late(json!({"ok": true}))] {
        stage.slack.answers("views.open", vec![answer]);
        let began = std::time::Instant::now();
        let answer = stage.click(ALICE, "reject", &aim).await;
        assert!(began.elapsed() < HANGS / 2, "{:?}", began.elapsed());
        assert_eq!(answer.response.status, 200);
        assert!(stage.told().contains("click again"), "{}", stage.told());
    }
}

#[tokio::test]
async fn a_secret_that_does_not_come_is_not_waited_for() {
    let stage = Stage::new().await;
    let aim = stage.aim(OWNER).await;
    stage.vault.hangs.store(true, Ordering::SeqCst);
    let answer = stage.click(ALICE, "approve", &aim).await;
    assert_eq!(answer.response.status, 503, "and Slack shows that it failed");
    assert!(answer.taken.is_none());
    stage.vault.hangs.store(false, Ordering::SeqCst);
    let answer = stage.click(ALICE, "approve", &aim).await;
    assert!(matches!(came_to(&answer), Ok(Decided::Counted(_))), "{answer:?}");
}

#[tokio::test]
async fn only_slack_is_listened_to() {
    let stage = Stage::new().await;
    let aim = stage.aim(OWNER).await;
    let body = form(&stage.pressed(ALICE, "approve", &aim).to_string());
    let good = signed(SECRET, &body, now());
    let old = signed(SECRET, &body, now() - SignedDuration::from_secs(301));
    let future = signed(SECRET, &body, now() + SignedDuration::from_secs(301));
    let foreign = signed("another secret", &body, now());
    let version = vec![good[0].clone(), (good[1].0.clone(), good[1].1.replace("v0", "v1"))];
    let changed = body.replace("ALICE", "CAROL");
    for (headers, body, status) in [
        (&good, &body, 200),
        (&good, &changed, 401),
        (&old, &body, 401),
        (&future, &body, 401),
        (&foreign, &body, 401),
        (&version, &body, 401),
        (&vec![good[0].clone()], &body, 401),
        (&vec![good[1].clone()], &body, 401),
        (&Vec::new(), &body, 401),
    ] {
        let request = Request {
            method: "POST",
            path: "/slack",
            query: "",
            headers,
            body: body.as_bytes(),
            from: "203.0.113.9",
        };
        let answer = stage.send(&request, now()).await;
        assert_eq!(answer.response.status, status, "{headers:?}");
        assert_eq!(answer.taken.is_some(), status == 200);
    }
    assert_eq!(stage.vault.read_anew.load(Ordering::SeqCst), 1, "forgers cannot make us read");
}

#[tokio::test]
async fn a_rotated_signing_secret_is_read_anew() {
    let stage = Stage::new().await;
    let aim = stage.aim(OWNER).await;
    stage.vault.rotate("signing_secret", "the new one");
    let body = form(&stage.pressed(ALICE, "approve", &aim).to_string());
    let headers = signed("the new one", &body, now());
    let request = Request {
        method: "POST",
        path: "/slack",
        query: "",
        headers: &headers,
        body: body.as_bytes(),
        from: "203.0.113.9",
    };
    assert!(stage.send(&request, now()).await.taken.is_some());
}

#[tokio::test]
async fn what_cannot_be_read_is_refused() {
    let stage = Stage::new().await;
    let aim = stage.aim(OWNER).await;
    let good = stage.pressed(ALICE, "approve", &aim);
    let changed = |pointer: &str, value: Value| {
        let mut payload = good.clone();
        *payload.pointer_mut(pointer).unwrap() = value;
        payload
    };
    for (payload, status) in [
        (json!("text"), 400),
        (json!({}), 400),
        (changed("/actions", json!([])), 400),
        (changed("/actions/0/value", json!("{}")), 400),
        (changed("/actions/0/value", json!("{\"incident\":\"../x\",\"locale\":\"en\"}")), 400),
        (changed("/actions/0/action_id", json!("another.apps")), 200),
        (changed("/type", json!("view_closed")), 200),
    ] {
        let answer = stage.payload(&payload, now()).await;
        assert_eq!(answer.response.status, status, "{payload}");
        assert!(answer.taken.is_none());
    }
    let request = |method, path, body: &'static [u8]| Request {
        method,
        path,
        query: "",
        headers: &[],
        body,
        from: "203.0.113.9",
    };
    for (request, status) in [
        (request("GET", "/slack", b""), 405),
        (request("DELETE", "/decide", b""), 405),
        (request("GET", "/", b""), 404),
        (request("POST", "/slack", &LARGE), 413),
    ] {
        let answer = stage.send(&request, now()).await;
        assert_eq!(answer.response.status, status, "{} {}", request.method, request.path);
    }
}

/// The answer's address comes signed, and still is looked at.
#[tokio::test]
async fn answers_go_to_slack_alone() {
    let stage = Stage::new().await;
    let aim = stage.aim(OWNER).await;
    let mut payload = stage.pressed(MALLORY, "approve", &aim);
    payload["response_url"] = stage.slack.hook().replace("/hooks/", "/elsewhere/").into();
    let answer = stage.payload(&payload, now()).await;
    assert!(matches!(refusal(&answer), Refusal::Objection(_)));
    assert_eq!(stage.slack.methods(), ["usergroups.users.list"]);
}

/// The incident is gone, or its plan cannot be read.
#[tokio::test]
async fn the_store_fails() {
    let stage = Stage::new().await;
    let aim = stage.aim(OWNER).await;
    let incident = stage.scene.incident().await;
    let broken = vec![(Attachment::Plan, json!("no plan"))];
    stage.scene.store.write(&incident.to_write(broken, now())).await.unwrap();
    let answer = stage.click(ALICE, "approve", &aim).await;
    assert!(matches!(came_to(&answer), Err(DecideError::Store(_))), "{answer:?}");
    assert!(stage.told().contains("try again"), "{}", stage.told());
    let missing = "ffffffffffffffff-9".to_owned().try_into().unwrap();
    let answer = stage.click(ALICE, "approve", &Aim { incident: missing, ..aim }).await;
    assert_eq!(*refusal(&answer), Refusal::Gone);
}
