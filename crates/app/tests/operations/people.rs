//! People are told: one message in each room and one ticket, both as the incident stands.

use crate::scene::{CALLER, OBJECTS, OWNED, OWNER, Scene, account};
use jiff::SignedDuration;
use locksmith_app::approve::Decision;
use locksmith_app::card::{Card, TicketRef};
use locksmith_app::config::Locale;
use locksmith_app::incident::{IncidentId, State};
use locksmith_app::notify::{Notified, Notify, NotifyError};
use locksmith_app::operations::Applied;
use locksmith_app::ports::{Chat, Locks as _, Notice, Room, TellError, Tickets};
use locksmith_store::EmbeddedStore;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// A chat and a ticket system, as people see them.
#[derive(Default)]
struct Outside {
    /// The messages by id: in which room, and what it shows.
    messages: Mutex<BTreeMap<String, (Room, State)>>,
    notices: Mutex<Vec<(String, Notice)>>,
    tickets: Mutex<BTreeMap<String, Ticket>>,
    /// The messages by id: whether they ask something.
    asking: Mutex<BTreeMap<String, bool>>,
    /// Channels that are not there any more.
    gone: Mutex<Vec<String>>,
    tickets_away: Mutex<bool>,
    /// Why nothing is taken now.
    down: Mutex<Option<TellError>>,
    calls: Mutex<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Ticket {
    incident: String,
    open: bool,
    comments: Vec<State>,
}

impl Outside {
    fn call(&self) -> Result<(), TellError> {
        *self.calls.lock().unwrap() += 1;
        self.down.lock().unwrap().clone().map_or(Ok(()), Err)
    }

    fn is_there(&self, room: &Room) -> Result<(), TellError> {
        let gone = self.gone.lock().unwrap().contains(&room.channel);
        if gone { Err(TellError::Refused("channel_not_found".to_owned())) } else { Ok(()) }
    }

    fn calls(&self) -> usize {
        *self.calls.lock().unwrap()
    }

    fn channels(&self) -> Vec<(String, State)> {
        let messages = self.messages.lock().unwrap();
        let mut all: Vec<_> =
            messages.values().map(|(room, state)| (room.channel.clone(), *state)).collect();
        all.sort();
        all
    }

    fn ticket(&self) -> Ticket {
        let tickets = self.tickets.lock().unwrap();
        assert_eq!(tickets.len(), 1, "{tickets:?}");
        tickets.values().next().unwrap().clone()
    }
}

impl Chat for Outside {
    async fn show(
        &self,
        room: &Room,
        known: Option<&str>,
        card: &Card,
    ) -> Result<String, TellError> {
        self.call()?;
        self.is_there(room)?;
        let mut messages = self.messages.lock().unwrap();
        let id = match known {
            Some(id) if !messages.contains_key(id) => return Err(TellError::Gone),
            Some(id) => id.to_owned(),
            None => format!("m{}", self.calls()),
        };
        messages.insert(id.clone(), (room.clone(), card.incident.state));
        self.asking.lock().unwrap().insert(id.clone(), card.question.is_some());
        Ok(id)
    }

    async fn notify(
        &self,
        room: &Room,
        _message: Option<&str>,
        _card: &Card,
        notice: &Notice,
    ) -> Result<(), TellError> {
        self.call()?;
        self.is_there(room)?;
        self.notices.lock().unwrap().push((room.channel.clone(), notice.clone()));
        Ok(())
    }
}

impl Tickets for Outside {
    async fn upsert(
        &self,
        known: Option<&TicketRef>,
        card: &Card,
        comment: bool,
    ) -> Result<TicketRef, TellError> {
        self.call()?;
        if *self.tickets_away.lock().unwrap() {
            return Err(TellError::Later { why: "no answer".to_owned(), after: None });
        }
        let mut tickets = self.tickets.lock().unwrap();
        let key = card.incident.id.to_string();
        let found = tickets.iter().find(|(_, ticket)| ticket.incident == key);
        let id = match known {
            Some(known) if !tickets.contains_key(&known.id) => return Err(TellError::Gone),
            Some(known) => known.id.clone(),
            None => found.map_or_else(|| format!("T-{}", self.calls()), |(id, _)| id.clone()),
        };
        let ticket = tickets.entry(id.clone()).or_insert_with(|| Ticket {
            incident: key,
            open: true,
            comments: Vec::new(),
        });
        ticket.open = card.wants_open_ticket();
        if comment {
            ticket.comments.push(card.incident.state);
        }
        Ok(TicketRef { name: id.clone(), id, url: None })
    }
}

const TOLD: &str = r#"
[chat]
system = "slack"
secret = "s"
channel = "everything"
audit_channel = "audit"
reminders = { first_after = "1h", most = 2, escalate_after = "3h" }
rooms = [{ accounts = ["222222222222"], channel = "callers", locale = "ja", escalate_to = "S9" }]
[tickets]
secret = "t"
jira = { url = "https://example.atlassian.net", project = "SEC" }
"#;

fn told() -> String {
    format!("{OWNED}{TOLD}")
}

async fn tell(scene: &Scene, outside: &Outside, id: &IncidentId) -> Result<Notified, NotifyError> {
    notify(scene, outside, "one").incident(id, scene.now()).await
}

fn notify<'a>(
    scene: &'a Scene,
    outside: &'a Outside,
    owner: &'a str,
) -> Notify<'a, EmbeddedStore, Outside, Outside> {
    Notify {
        store: &scene.store,
        chat: Some(outside),
        tickets: Some(outside),
        configuration: &scene.configuration,
        report: &|id, now| Some(format!("https://reports/{id}?{now}")),
        owner,
    }
}

#[tokio::test]
async fn one_message_in_each_room_and_one_ticket() {
    let scene = Scene::new(&told());
    let outside = Outside::default();
    let id = scene.deny(1, OBJECTS[0]).await;
    assert_eq!(tell(&scene, &outside, &id).await, Ok(Notified::Nothing));
    assert_eq!(outside.calls(), 0, "it is not understood yet");
    scene.diagnose(&id).await;
    assert_eq!(tell(&scene, &outside, &id).await, Ok(Notified::Told));
    let both = |state| [("callers".to_owned(), state), ("everything".to_owned(), state)];
    assert_eq!(outside.channels(), both(State::AwaitingApproval));
    let rooms: Vec<Room> =
        outside.messages.lock().unwrap().values().map(|(room, _)| room.clone()).collect();
    for (channel, of, locale) in
        [("callers", CALLER, Locale::Ja), ("everything", OWNER, Locale::En)]
    {
        let room = rooms.iter().find(|room| room.channel == channel).unwrap();
        assert_eq!((room.locale, room.person.as_deref()), (locale, None));
        assert!(room.accounts.iter().eq([&account(of)]), "each owner is asked for their own part");
    }
    assert!(scene.incident(&id).await.told);

    // Told again, nothing is sent: what people see is what they should see.
    let calls = outside.calls();
    scene.pass(SignedDuration::from_mins(5));
    assert_eq!(tell(&scene, &outside, &id).await, Ok(Notified::Told));
    assert_eq!(outside.calls(), calls);

    scene.agree(&id).await;
    assert!(!scene.incident(&id).await.told);
    scene.apply(&id).await.unwrap();
    tell(&scene, &outside, &id).await.unwrap();
    assert_eq!(outside.channels(), both(State::Applied), "states in between need not be told");
    assert!(outside.ticket().open);
    *scene.success.lock().unwrap() = Some(scene.now());
    scene.pass(SignedDuration::from_mins(6));
    scene.verify(&id).await.unwrap();
    tell(&scene, &outside, &id).await.unwrap();
    assert_eq!(outside.channels(), both(State::Verified));
    let closed = outside.ticket();
    assert_eq!((closed.open, closed.comments), (false, vec![State::Applied, State::Verified]));

    // It is denied again: the same ticket opens, the same messages change.
    scene.pass(SignedDuration::from_hours(2));
    assert_eq!(scene.deny(2, OBJECTS[0]).await, id);
    tell(&scene, &outside, &id).await.unwrap();
    assert_eq!(outside.channels(), both(State::Detected));
    assert!(outside.ticket().open);
}

#[tokio::test]
async fn what_cannot_be_told_does_not_stop_and_is_made_up_for() {
    let (scene, id) = Scene::asked(&told()).await;
    let outside = Outside::default();
    let later = TellError::Later { why: "503".to_owned(), after: None };
    *outside.down.lock().unwrap() = Some(later.clone());
    let error = tell(&scene, &outside, &id).await.unwrap_err();
    assert!(error.is_worth_another_try());
    assert_eq!(error, NotifyError::Tell { what: "ticket".to_owned(), error: later });
    assert_eq!(outside.calls(), 3, "each room was tried although the ticket failed");
    assert!(!scene.incident(&id).await.told);
    scene.agree(&id).await;
    assert_eq!(scene.apply(&id).await, Ok(Applied::Now(State::Applied)));

    *outside.down.lock().unwrap() = None;
    let due = notify(&scene, &outside, "one").due(scene.now(), true, &|| true).await.unwrap();
    assert_eq!((due.looked_at, due.failed), (1, Vec::new()));
    assert_eq!(outside.channels().len(), 2);
    assert!(outside.ticket().open && scene.incident(&id).await.told);
    let due = notify(&scene, &outside, "one").due(scene.now(), true, &|| true).await.unwrap();
    assert_eq!(due.looked_at, 0);

    // What nobody would ever take is not tried for ever.
    *outside.down.lock().unwrap() = Some(TellError::Refused("no such channel".to_owned()));
    scene.undo(&id).await.unwrap();
    let due = notify(&scene, &outside, "one").due(scene.now(), true, &|| true).await.unwrap();
    assert!(!due.failed[0].1.is_worth_another_try(), "{due:?}");
    scene.pass(SignedDuration::from_hours(24 * 7));
    assert_eq!(
        notify(&scene, &outside, "one").due(scene.now(), true, &|| true).await.unwrap().looked_at,
        0
    );
}

#[tokio::test]
async fn what_people_delete_is_made_anew() {
    let (scene, id) = Scene::asked(&told()).await;
    let outside = Outside::default();
    tell(&scene, &outside, &id).await.unwrap();
    outside.messages.lock().unwrap().clear();
    outside.tickets.lock().unwrap().clear();
    scene.click(&id, "alice", Decision::Reject { reason: "no".into() }).await.unwrap();
    tell(&scene, &outside, &id).await.unwrap();
    assert_eq!(outside.channels().len(), 2);
    assert!(!outside.ticket().open);
}

#[tokio::test]
async fn those_who_do_not_answer_are_reminded() {
    let (scene, id) = Scene::asked(&told()).await;
    let outside = Outside::default();
    let told = async || {
        tell(&scene, &outside, &id).await.unwrap();
        core::mem::take(&mut *outside.notices.lock().unwrap())
    };
    let said = |channel: &str, notice| (channel.to_owned(), notice);
    assert_eq!(told().await, []);
    scene.pass(SignedDuration::from_mins(61));
    let first = Notice::Reminder(1);
    assert_eq!(told().await, [said("callers", first.clone()), said("everything", first)]);
    assert_eq!(told().await, []);
    // The owners of the one room answered. Two reminders are due in the other, and one is given.
    scene.click(&id, "alice", Decision::Approve).await.unwrap();
    scene.pass(SignedDuration::from_hours(6));
    let second = Notice::Reminder(2);
    assert_eq!(told().await, [said("callers", second), said("callers", Notice::Escalation)]);
    scene.pass(SignedDuration::from_hours(10));
    assert_eq!(told().await, []);
    scene.pass(SignedDuration::from_hours(20));
    scene.sweep().await;
    assert_eq!(scene.state(&id).await, State::Expired);
    assert_eq!(told().await, []);
    assert_eq!(outside.channels()[0].1, State::Expired, "its message asks nothing any more");
}

#[tokio::test]
async fn broken_glass_is_heard() {
    let (scene, id) =
        Scene::asked(&format!("approval.break_glass.people = [\"bob\"]\n{}", told())).await;
    let outside = Outside::default();
    scene.click(&id, "bob", Decision::BreakGlass { reason: "fire".into() }).await.unwrap();
    for _ in 0..2 {
        tell(&scene, &outside, &id).await.unwrap();
    }
    let heard = outside.notices.lock().unwrap().clone();
    let notice = Notice::BreakGlass { person: "bob".to_owned(), reason: "fire".to_owned() };
    let rooms = ["audit", "callers", "everything"];
    assert_eq!(heard, rooms.map(|room| (room.to_owned(), notice.clone())));
}

#[tokio::test]
async fn one_run_at_a_time() {
    let (scene, id) = Scene::asked(&told()).await;
    let outside = Outside::default();
    let until = scene.now() + SignedDuration::from_mins(2);
    let lock = format!("told/{id}");
    assert!(scene.store.lock(&lock, "another", scene.now(), until).await.unwrap());
    assert_eq!(tell(&scene, &outside, &id).await, Err(NotifyError::Busy));
    assert_eq!(outside.calls(), 0);
    scene.pass(SignedDuration::from_mins(3));
    assert_eq!(tell(&scene, &outside, &id).await, Ok(Notified::Told), "it died");
}

/// A chat that cannot tell who clicked asks each approver alone.
#[tokio::test]
async fn approvers_are_asked_alone() {
    let people = OWNED.replace("{ id = \"bob\",", "{ id = \"bob\", chat = \"to-bob\",");
    let teams = TOLD.replace("\"slack\"", "\"teams\"");
    let (scene, id) = Scene::asked(&format!("{people}{teams}")).await;
    let outside = Outside::default();
    tell(&scene, &outside, &id).await.unwrap();
    let messages = outside.messages.lock().unwrap();
    let alone = messages.values().find(|(room, _)| room.channel == "to-bob").unwrap();
    assert_eq!(alone.0.person.as_deref(), Some("bob"));
    assert!(alone.0.accounts.iter().eq([&account(OWNER)]));
    assert_eq!(messages.len(), 3, "alice and carol cannot be reached alone");
}

/// The rooms of the owners cannot be reached: the channel for audits hears of it all the same.
#[tokio::test]
async fn broken_glass_is_heard_by_some() {
    let (scene, id) =
        Scene::asked(&format!("approval.break_glass.people = [\"bob\"]\n{}", told())).await;
    let outside = Outside::default();
    tell(&scene, &outside, &id).await.unwrap();
    scene.click(&id, "bob", Decision::BreakGlass { reason: "fire".into() }).await.unwrap();
    *outside.gone.lock().unwrap() = vec!["callers".to_owned(), "everything".to_owned()];
    let error = tell(&scene, &outside, &id).await.unwrap_err();
    assert!(!error.is_worth_another_try(), "{error}");
    let heard = outside.notices.lock().unwrap().clone();
    assert_eq!(heard.iter().map(|(channel, _)| channel.as_str()).collect::<Vec<_>>(), ["audit"]);
}

/// What the plan touches is another account now: the message in the other room asks nothing any more.
#[tokio::test]
async fn a_room_that_is_concerned_no_more_is_told_so() {
    let (mut scene, id) = Scene::asked(&told()).await;
    let outside = Outside::default();
    tell(&scene, &outside, &id).await.unwrap();
    scene.configuration.chat.as_mut().unwrap().rooms.clear();
    tell(&scene, &outside, &id).await.unwrap();
    let asking = outside.asking.lock().unwrap().clone();
    assert_eq!(asking.iter().filter(|(_, asks)| **asks).count(), 1, "{asking:?}");
    let calls = outside.calls();
    tell(&scene, &outside, &id).await.unwrap();
    assert_eq!(outside.calls(), calls, "and once");
}

/// One who does not answer is not waited for at each incident; the others are told.
#[tokio::test]
async fn who_is_away_is_asked_once_in_a_run() {
    let (scene, first) = Scene::asked(&told()).await;
    let second = scene.deny(2, OBJECTS[1]).await;
    scene.diagnose(&second).await;
    let outside = Outside::default();
    *outside.tickets_away.lock().unwrap() = true;
    let due = notify(&scene, &outside, "one").due(scene.now(), false, &|| true).await.unwrap();
    assert_eq!((due.looked_at, due.failed.len()), (2, 2));
    assert_eq!(outside.channels().len(), 4, "both are told in both rooms");
    assert_eq!(outside.calls(), 5, "the ticket system was asked once");
    for id in [&first, &second] {
        assert!(!scene.incident(id).await.told);
    }
    let due = notify(&scene, &outside, "one").due(scene.now(), false, &|| false).await.unwrap();
    assert_eq!(due.looked_at, 0, "there was no time");
}
