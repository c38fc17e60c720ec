//! The chat and the ticket system of the tests: what people see.

use crate::scene::{OWNED, Scene};
use locksmith_app::card::{Card, TicketRef};
use locksmith_app::incident::{IncidentId, State};
use locksmith_app::notify::{Notified, Notify, NotifyError};
use locksmith_app::ports::{Chat, Notice, Room, TellError, Tickets};
use locksmith_store::EmbeddedStore;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// A chat and a ticket system, as people see them.
#[derive(Default)]
pub(crate) struct Outside {
    /// The messages by id: in which room, and what it shows.
    pub(crate) messages: Mutex<BTreeMap<String, (Room, State)>>,
    pub(crate) notices: Mutex<Vec<(String, Notice)>>,
    pub(crate) tickets: Mutex<BTreeMap<String, Ticket>>,
    /// The messages by id: whether they ask something.
    pub(crate) asking: Mutex<BTreeMap<String, bool>>,
    /// Channels that are not there any more.
    pub(crate) gone: Mutex<Vec<String>>,
    pub(crate) tickets_away: Mutex<bool>,
    /// Why nothing is taken now.
    pub(crate) down: Mutex<Option<TellError>>,
    /// The latest address of the report, by channel; and that of the ticket, as `ticket`.
    pub(crate) reports: Mutex<BTreeMap<String, String>>,
    calls: Mutex<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ticket {
    incident: String,
    pub(crate) open: bool,
    pub(crate) comments: Vec<State>,
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

    fn read(&self, place: &str, card: &Card) {
        let report = card.report_url.clone().unwrap_or_default();
        self.reports.lock().unwrap().insert(place.to_owned(), report);
    }

    pub(crate) fn calls(&self) -> usize {
        *self.calls.lock().unwrap()
    }

    pub(crate) fn channels(&self) -> Vec<(String, State)> {
        let messages = self.messages.lock().unwrap();
        let mut all: Vec<_> =
            messages.values().map(|(room, state)| (room.channel.clone(), *state)).collect();
        all.sort();
        all
    }

    pub(crate) fn ticket(&self) -> Ticket {
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
        self.read(&room.channel, card);
        Ok(id)
    }

    async fn notify(
        &self,
        room: &Room,
        _message: Option<&str>,
        card: &Card,
        notice: &Notice,
    ) -> Result<(), TellError> {
        self.call()?;
        self.is_there(room)?;
        self.read(&room.channel, card);
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
        self.read("ticket", card);
        if comment {
            ticket.comments.push(card.incident.state);
        }
        Ok(TicketRef { name: id.clone(), id, url: None })
    }
}

pub(crate) const TOLD: &str = r#"
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

/// Owners, rooms and tickets.
pub(crate) fn told() -> String {
    format!("{OWNED}{TOLD}")
}

pub(crate) async fn tell(
    scene: &Scene,
    outside: &Outside,
    id: &IncidentId,
) -> Result<Notified, NotifyError> {
    notify(scene, outside, "one").incident(id, scene.now()).await
}

pub(crate) fn notify<'a>(
    scene: &'a Scene,
    outside: &'a Outside,
    owner: &'a str,
) -> Notify<'a, EmbeddedStore, Outside, Outside> {
    Notify {
        store: &scene.store,
        chat: Some(outside),
        tickets: Some(outside),
        configuration: &scene.configuration,
        report: &|id, locale, until| Some(format!("https://reports/{id}?{}&{until}", locale.tag())),
        owner,
    }
}
