//! Teams: what is posted, and the pages behind links.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]
#![expect(clippy::indexing_slicing, reason = "a test says what is wrong by failing")]

mod common;

use common::{CALLER, OWNED, OWNER, Scene, Vault, account, now, room};
use jiff::{SignedDuration, Timestamp};
use locksmith_app::approve::Decided;
use locksmith_app::card::Card;
use locksmith_app::config::{ChatSystem, Locale};
use locksmith_app::incident::State;
use locksmith_app::ports::{Chat as _, Notice, Room, TellError};
use locksmith_chat::Memory;
use locksmith_chat::link::Key;
use locksmith_chat::teams::Teams;
use locksmith_chat::{Answer, Door, Messenger, Request};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

fn teams() -> String {
    OWNED.replace("system = \"slack\"", "system = \"teams\"").replace("C0EVERYTH", "everything")
}

/// A room with one person in it.
fn alone(person: &str, account_id: &str) -> Room {
    Room {
        channel: person.to_owned(),
        locale: Locale::En,
        accounts: BTreeSet::from([account(account_id)]),
        person: Some(person.to_owned()),
        escalate_to: None,
    }
}

fn channel() -> Room {
    Room {
        channel: "everything".to_owned(),
        escalate_to: Some("oncall".to_owned()),
        ..room(Locale::En)
    }
}

/// Webhooks: `alice`, `everything` and `oncall`.
async fn webhooks(answer: ResponseTemplate) -> (MockServer, Vault) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let hook = |name: &str| format!("{}/workflows/{name}?sig=hidden", server.uri());
    let vault = Vault::new(
        &json!({"alice": hook("alice"), "everything": hook("everything"), "oncall": hook("oncall")}),
    );
    (server, vault)
}

async fn posts(server: &MockServer) -> Vec<(String, Value)> {
    let requests = server.received_requests().await.unwrap();
    let post = |request: &wiremock::Request| {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        assert!(request.body.len() < 28 * 1024);
        assert_eq!(
            body["attachments"][0]["contentType"],
            "application/vnd.microsoft.card.adaptive"
        );
        (request.url.path().rsplit('/').next().unwrap().to_owned(), body)
    };
    requests.iter().map(post).collect()
}

/// Addresses in a card.
fn links(body: &Value) -> Vec<String> {
    let actions = body["attachments"][0]["content"]["actions"].as_array().unwrap();
    actions.iter().map(|action| action["url"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_card_is_posted_when_there_is_something_else_to_do() {
    let scene = Scene::asked(&teams()).await;
    let (server, vault) = webhooks(ResponseTemplate::new(202)).await;
    let chat = scene.configuration.chat.as_ref().unwrap();
    let memory = Memory::new().unwrap();
    let teams = Teams::new(chat, &vault, &memory);
    let mut card = scene.card().await;
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let rooms = [channel(), alone("alice", OWNER)];
    let mut show = async |card: &Card, expected: usize| {
        for room in &rooms {
            let id = known.get(&room.channel).map(String::as_str);
            let id = teams.show(room, id, card).await.unwrap();
            known.insert(room.channel.clone(), id);
        }
        assert_eq!(posts(&server).await.len(), expected, "{}", card.incident.state);
    };
    show(&card, 2).await;
    card.incident.count += 1;
    show(&card, 2).await;
    // Somebody else's answer is missing now: alice has nothing to do, and knows it.
    card.question.as_mut().unwrap().missing.retain(|one| one.account == account(CALLER));
    show(&card, 3).await;
    card.question = None;
    card.incident.state = State::Approved;
    show(&card, 4).await;
    card.incident.state = State::Applied;
    show(&card, 4).await;
    card.incident.state = State::Failed;
    show(&card, 5).await;
    let posts = posts(&server).await;
    let (to, first) = &posts[1];
    assert_eq!(to, "alice");
    let link = links(first).remove(0);
    assert!(link.starts_with("https://locksmith.example/decide?incident="), "{link}");
    for (_, body) in posts.iter().filter(|(to, _)| to == "everything") {
        assert!(links(body).is_empty(), "nobody can tell who clicks in a channel");
    }
}

#[tokio::test]
async fn what_a_webhook_says_no_with() {
    let scene = Scene::asked(&teams()).await;
    let card = scene.card().await;
    let chat = scene.configuration.chat.as_ref().unwrap();
    let memory = Memory::new().unwrap();
    for (status, later) in
        [(429, true), (500, true), (502, true), (400, false), (401, false), (404, false)]
    {
        let (_server, vault) = webhooks(ResponseTemplate::new(status)).await;
        let teams = Teams::new(chat, &vault, &memory);
        let error = teams.show(&channel(), None, &card).await.unwrap_err();
        assert_eq!(matches!(error, TellError::Later { .. }), later, "{status}: {error}");
        assert!(!error.to_string().contains("sig="), "{error}");
    }
    let (server, vault) = webhooks(ResponseTemplate::new(202)).await;
    let teams = Teams::new(chat, &vault, &memory);
    for plain in ["http://teams.example/x", "http://127.0.0.1.evil.example/x", "ftp://x"] {
        vault.known.lock().unwrap()["plain"] = plain.into();
        let error = teams.show(&alone("plain", OWNER), None, &card).await.unwrap_err();
        assert!(error.to_string().contains("no https address"), "{error}");
    }
    let error = teams.show(&alone("zoe", OWNER), None, &card).await.unwrap_err();
    assert!(matches!(&error, TellError::Refused(why) if why.contains("`zoe`")), "{error}");
    teams.notify(&channel(), None, &card, &Notice::Escalation).await.unwrap();
    assert_eq!(posts(&server).await[0].0, "oncall");
}

/// Somebody made the workflow anew: its old address is refused, and the secret names the new one.
#[tokio::test]
async fn a_rotated_webhook_is_read_anew() {
    let scene = Scene::asked(&teams()).await;
    let card = scene.card().await;
    let chat = scene.configuration.chat.as_ref().unwrap();
    let memory = Memory::new().unwrap();
    for status in [401, 403, 404, 410] {
        let (old, vault) = webhooks(ResponseTemplate::new(status)).await;
        let (new, _) = webhooks(ResponseTemplate::new(202)).await;
        vault.rotate("everything", &format!("{}/workflows/everything?sig=new", new.uri()));
        let teams = Teams::new(chat, &vault, &memory);
        teams.show(&channel(), None, &card).await.unwrap();
        assert_eq!((posts(&old).await.len(), posts(&new).await.len()), (1, 1), "{status}");

        // Where the secret names the same address, it is refused, and not tried a second time.
        let error = teams.show(&alone("alice", OWNER), None, &card).await.unwrap_err();
        assert!(matches!(error, TellError::Refused(_)), "{status}: {error}");
        assert_eq!((posts(&old).await.len(), posts(&new).await.len()), (2, 1), "{status}");
    }
    // What is no matter of the address reads nothing anew.
    for status in [400, 413, 429, 500] {
        let (old, vault) = webhooks(ResponseTemplate::new(status)).await;
        vault.rotate("everything", "https://teams.example/new");
        let teams = Teams::new(chat, &vault, &memory);
        teams.show(&channel(), None, &card).await.unwrap_err();
        assert_eq!(posts(&old).await.len(), 1);
        assert_eq!(vault.read_anew.load(Ordering::SeqCst), 0, "{status}");
    }
}

#[tokio::test]
async fn the_configuration_says_which_chat() {
    let vault = Vault::new(&json!({}));
    let mut scene = Scene::asked(&teams()).await;
    let memory = Memory::new().unwrap();
    let of = Messenger::of(&scene.configuration, &vault, &memory).unwrap();
    assert!(matches!(of, Messenger::Teams(_)) && of.slack().is_none());
    scene.configuration.chat.as_mut().unwrap().system = ChatSystem::Slack;
    let of = Messenger::of(&scene.configuration, &vault, &memory).unwrap();
    assert!(of.slack().is_some());
    scene.configuration.chat = None;
    assert!(Messenger::of(&scene.configuration, &vault, &memory).is_none());
}

/// What a browser does with a link.
struct Stage {
    scene: Scene,
    vault: Vault,
    memory: Memory,
    link: String,
}

impl Stage {
    /// A person got the card.
    async fn of(person: &str, account_id: &str) -> Self {
        let scene = Scene::asked(&teams()).await;
        let (server, vault) = webhooks(ResponseTemplate::new(202)).await;
        let chat = scene.configuration.chat.as_ref().unwrap();
        let memory = Memory::new().unwrap();
        let teams = Teams::new(chat, &vault, &memory);
        let room = Room { channel: "alice".to_owned(), ..alone(person, account_id) };
        teams.show(&room, None, &scene.card().await).await.unwrap();
        let link = links(&posts(&server).await[0].1).remove(0);
        Self { scene, vault, memory, link }
    }

    async fn send(
        &self,
        method: &str,
        path: &str,
        query: &str,
        body: &str,
        at: Timestamp,
    ) -> Answer {
        let chat: Option<&Messenger<'_, Vault>> = None;
        let door = Door {
            store: &self.scene.store,
            announcer: &self.scene,
            secrets: &self.vault,
            configuration: &self.scene.configuration,
            chat,
            memory: &self.memory,
        };
        let from = "198.51.100.7";
        let request = Request { method, path, query, headers: &[], body: body.as_bytes(), from };
        let answer = door.answer(&request, at, None).await;
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-frame-options", "DENY"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
        ] {
            let found = answer.response.headers.iter().find(|(known, _)| *known == name);
            assert_eq!(found.map(|(_, value)| value.as_str()), Some(value));
        }
        answer
    }

    async fn get(&self, link: &str) -> Answer {
        let (path, query) =
            link.strip_prefix("https://locksmith.example").unwrap().split_once('?').unwrap();
        self.send("GET", path, query, "", now()).await
    }

    /// The page's form for a decision, as a browser sends it.
    async fn form(&self, decision: &str, more: &[(&str, &str)]) -> String {
        let page = self.get(&self.link).await.response;
        assert_eq!(page.status, 200, "{}", page.body);
        let mark = format!("name=\"decision\" value=\"{decision}\"");
        let form = page.body.split("<form ").find(|form| form.contains(&mark)).unwrap();
        assert!(form.starts_with("method=\"post\" action=\"/decide\">"));
        let mut fields = form_urlencoded::Serializer::new(String::new());
        for input in form.split("<input type=\"hidden\" ").skip(1) {
            let mut parts = input.split('"');
            let (name, value) = (parts.nth(1).unwrap(), parts.nth(1).unwrap());
            fields.append_pair(name, value);
        }
        fields.extend_pairs(more);
        fields.finish()
    }

    async fn post(&self, body: &str) -> Answer {
        self.send("POST", "/decide", "", body, now()).await
    }
}

fn policy(answer: &Answer) -> &str {
    let headers = &answer.response.headers;
    &headers.iter().find(|(name, _)| *name == "content-security-policy").unwrap().1
}

#[tokio::test]
async fn looking_changes_nothing_and_the_form_decides() {
    let stage = Stage::of("alice", OWNER).await;
    for _ in 0..3 {
        let answer = stage.get(&stage.link).await;
        assert_eq!((answer.response.status, answer.taken.is_some()), (200, false));
        assert!(answer.response.body.contains("You decide as alice."));
        assert!(!answer.response.body.contains("break_glass"), "alice may not");
        let policy = policy(&answer);
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
        assert!(
            policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
    }
    assert!(stage.scene.card().await.approvals.given.is_empty(), "a look decides nothing");

    let form = stage.form("approve", &[]).await;
    let answer = stage.post(&form).await;
    assert!(matches!(answer.taken.unwrap().came_to, Ok(Decided::Counted(_))));
    assert!(answer.response.body.contains("Your approval counts"));
    let given = stage.scene.card().await.approvals.given;
    assert_eq!((given[0].person.as_str(), given[0].account), ("alice", account(OWNER)));
    assert_eq!(given[0].from, "personal link, address 198.51.100.7");
    // Sent twice, it counts once.
    let again = stage.post(&form).await;
    assert!(matches!(again.taken.unwrap().came_to, Ok(Decided::Before(_))));
    assert_eq!(stage.scene.card().await.approvals.given.len(), 1);
}

#[tokio::test]
async fn the_same_link_takes_back_what_was_made() {
    let stage = Stage::of("alice", OWNER).await;
    stage.post(&stage.form("approve", &[]).await).await;
    // What another owner would have to do is not of interest here.
    stage.scene.enter(State::Approved, now()).await;
    assert_eq!(stage.get(&stage.link).await.response.status, 409, "nothing is made yet");
    stage.scene.made().await;
    let page = stage.get(&stage.link).await.response.body;
    assert!(page.contains("value=\"undo\"") && !page.contains("value=\"approve\""), "{page}");
    let without = stage.post(&stage.form("undo", &[("reason", " ")]).await).await;
    assert_eq!((without.response.status, without.taken.is_some()), (400, false));
    let answer = stage.post(&stage.form("undo", &[("reason", "it was a test")]).await).await;
    assert_eq!(answer.taken.unwrap().came_to, Ok(Decided::Now(State::Applied)));
    let undo = stage.scene.card().await.approvals.undo.unwrap();
    assert_eq!((undo.person.as_str(), undo.reason.as_str()), ("alice", "it was a test"));
}

#[tokio::test]
async fn a_link_that_was_changed_or_is_over_opens_nothing() {
    let stage = Stage::of("alice", OWNER).await;
    for (from, to, status) in [
        ("person=alice", "person=carol", 403),
        ("account=111111111111", "account=222222222222", 403),
        ("lang=en", "lang=fr", 403),
        ("digest=sha256%3A", "digest=sha512%3A", 403),
        ("signature=", "signature=00", 403),
        ("&signature=", "&person=carol&signature=", 403),
        ("incident=", "x=", 403),
    ] {
        let changed = stage.link.replacen(from, to, 1);
        assert_ne!(changed, stage.link, "{from}");
        assert_eq!(stage.get(&changed).await.response.status, status, "{from}");
    }
    let query = stage.link.split_once('?').unwrap().1;
    let late = now() + SignedDuration::from_hours(25);
    assert_eq!(stage.send("GET", "/decide", query, "", late).await.response.status, 410);
    // The link for looking is none for deciding.
    let answer = stage.post(&format!("{query}&decision=approve")).await;
    assert_eq!((answer.response.status, answer.taken.is_some()), (403, false));
    // And the form is none for looking.
    let form = stage.form("approve", &[]).await;
    assert_eq!(stage.send("GET", "/decide", &form, "", now()).await.response.status, 403);
    let forged = form.replace("person=alice", "person=carol");
    assert_eq!(stage.post(&forged).await.response.status, 403);
    assert!(stage.scene.card().await.approvals.given.is_empty());
}

#[tokio::test]
async fn the_page_is_about_one_question() {
    let stage = Stage::of("alice", OWNER).await;
    let form = stage.form("approve", &[]).await;
    stage.scene.enter(State::Detected, now()).await;
    assert_eq!(stage.get(&stage.link).await.response.status, 409);
    let answer = stage.post(&form).await;
    assert_eq!(answer.response.status, 409);
    assert!(answer.taken.unwrap().came_to.is_err());
    // The same plan is asked about anew: the old link shows nothing and decides nothing.
    stage.scene.enter(State::Diagnosed, now()).await;
    stage.scene.enter(State::AwaitingApproval, now() + SignedDuration::from_mins(1)).await;
    assert_eq!(stage.get(&stage.link).await.response.status, 409);
    let answer = stage.post(&form).await;
    assert!(answer.response.body.contains("asked again"), "{}", answer.response.body);
    assert!(stage.scene.card().await.approvals.given.is_empty());
}

#[tokio::test]
async fn the_other_decisions() {
    let stage = Stage::of("alice", OWNER).await;
    let incomplete = [
        ("reject", vec![]),
        ("reject", vec![("reason", "  ")]),
        ("suppress", vec![("reason", "a scanner")]),
        ("suppress", vec![("reason", "a scanner"), ("day", "someday")]),
    ];
    for (decision, more) in incomplete {
        let answer = stage.post(&stage.form(decision, &more).await).await;
        assert_eq!((answer.response.status, answer.taken.is_some()), (400, false), "{more:?}");
    }
    let reason = ("reason", "<script>alert(1)</script>");
    let answer = stage.post(&stage.form("reject", &[reason]).await).await;
    assert_eq!(answer.taken.unwrap().came_to, Ok(Decided::Now(State::Rejected)));

    let stage = Stage::of("alice", OWNER).await;
    let more = [("reason", "a scanner"), ("day", "2026-12-24")];
    let answer = stage.post(&stage.form("suppress", &more).await).await;
    assert_eq!(answer.taken.unwrap().came_to, Ok(Decided::Now(State::Suppressed)));

    let stage = Stage::of("alice", OWNER).await;
    let answer = stage.post(&stage.form("bucket", &[]).await).await;
    assert_eq!(answer.taken.unwrap().came_to, Ok(Decided::Now(State::Detected)));

    let stage = Stage::of("dave", OWNER).await;
    let more = [("reason", "payroll is due")];
    let answer = stage.post(&stage.form("break_glass", &more).await).await;
    assert_eq!(answer.taken.unwrap().came_to, Ok(Decided::Now(State::Approved)));

    // A link is no right: bob is let in by the changes, mallory owns nothing.
    for (person, says) in
        [("bob", "which gets access by these changes"), ("mallory", "may not decide")]
    {
        let stage = Stage::of(person, OWNER).await;
        let answer = stage.post(&stage.form("approve", &[]).await).await;
        assert_eq!(answer.response.status, 409);
        assert!(answer.response.body.contains(says), "{}", answer.response.body);
    }
}

#[tokio::test]
async fn reports_are_behind_links() {
    let stage = Stage::of("alice", OWNER).await;
    let key = Key::new("0123456789abcdef0123456789abcdef").unwrap();
    let id = &stage.scene.id;
    let until = now() + SignedDuration::from_hours(1);
    let link = key.report("https://locksmith.example", id, Locale::En, until);
    let answer = stage.get(&link).await;
    assert_eq!((answer.response.status, answer.taken.is_some()), (200, false));
    let body = &answer.response.body;
    assert!(body.contains("<svg") && body.contains("<table") && !body.contains("<form"), "{body}");
    assert!(!body.contains(" style=") && !body.contains("<script"));
    assert!(policy(&answer).starts_with("default-src 'none'; style-src 'sha256-"));
    let other = link.replace(&id.to_string(), "ffffffffffffffff-1");
    assert_eq!(stage.get(&other).await.response.status, 403);
    let path = format!("/reports/{id}");
    assert_eq!(stage.send("GET", &path, "", "", now()).await.response.status, 403);
    let query = link.split_once('?').unwrap().1;
    let late = until + SignedDuration::from_secs(1);
    assert_eq!(stage.send("GET", &path, query, "", late).await.response.status, 410);
    assert_eq!(stage.send("POST", &path, query, "", now()).await.response.status, 404);
    let gone = "ffffffffffffffff-1".to_owned().try_into().unwrap();
    let gone = key.report("https://locksmith.example", &gone, Locale::En, until);
    assert_eq!(stage.get(&gone).await.response.status, 404);
}
