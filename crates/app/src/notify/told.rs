//! What people were told, as it is stored beside the incident.

use super::reports;
use crate::card::{Card, TicketRef};
use crate::config::Configuration;
use crate::incident::State;
use crate::ports::{Notice, Room};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What people were told of one incident.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Told {
    /// The messages, by channel.
    messages: BTreeMap<String, Message>,
    /// The notices that were given, by channel.
    notices: BTreeMap<String, BTreeSet<String>>,
    /// The ticket.
    pub(super) ticket: Option<Ticket>,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Message {
    /// The chat's id of it.
    pub(super) id: String,
    /// What it shows.
    #[serde(flatten)]
    pub(super) shown: Shown,
}

/// A ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ticket {
    /// Which one.
    pub(super) reference: TicketRef,
    /// What it shows.
    #[serde(flatten)]
    pub(super) shown: Shown,
    /// The state that it tells.
    pub(super) state: State,
    /// How often the incident was opened by then.
    pub(super) openings: u32,
}

/// What a message or a ticket shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Shown {
    /// The card's fingerprint.
    #[serde(rename = "shown")]
    card: String,
    /// The number of the report's address; none where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    report: Option<i64>,
}

impl Shown {
    /// What is to be shown of a card now.
    pub(super) fn of(card: &Card, now: Timestamp) -> Self {
        let report = card.report_url.as_ref().map(|_| reports::number(&card.incident, now));
        Self { card: card.fingerprint(), report }
    }

    /// Whether nothing is left to be changed. An address that cannot be made just now takes none away.
    pub(super) fn is_as(&self, wanted: &Self) -> bool {
        self.card == wanted.card && (wanted.report.is_none() || self.report == wanted.report)
    }
}

impl Told {
    /// Whether nobody was told anything.
    pub(super) fn is_empty(&self) -> bool {
        self.messages.is_empty() && self.ticket.is_none()
    }

    /// The message in a room.
    pub(super) fn message(&self, room: &Room) -> Option<Message> {
        self.messages.get(&room.channel).cloned()
    }

    /// The channels with a message.
    pub(super) fn channels(&self) -> impl Iterator<Item = &String> {
        self.messages.keys()
    }

    /// The message in a room is left as it is.
    pub(super) fn forget(&mut self, room: &Room) {
        self.messages.remove(&room.channel);
    }

    /// A room shows something now.
    pub(super) fn note_message(&mut self, room: &Room, id: String, shown: Shown) {
        self.messages.insert(room.channel.clone(), Message { id, shown });
    }

    /// The ticket shows a card now.
    pub(super) fn note_ticket(&mut self, reference: TicketRef, card: &Card, now: Timestamp) {
        let (state, openings) = (card.incident.state, card.incident.openings);
        let shown = Shown::of(card, now);
        self.ticket = Some(Ticket { reference, shown, state, openings });
    }

    /// The notice that is due in a room: the latest reminder, and the escalation. Those that were
    /// missed while nobody could be told are not made up for.
    pub(super) fn notices(
        &self,
        room: &Room,
        card: &Card,
        configuration: &Configuration,
        now: Timestamp,
    ) -> Vec<Notice> {
        let asked = card.question.as_ref().filter(|asked| asked.until > now);
        let (Some(asked), Some(chat)) = (asked, &configuration.chat) else { return Vec::new() };
        // Where the owners of this room have all answered, nobody is reminded.
        if !asked.missing.iter().any(|one| room.accounts.contains(&one.account)) {
            return Vec::new();
        }
        let waited = now.duration_since(asked.asked_at);
        let reminders = &chat.reminders;
        let mut due = Vec::new();
        let (mut number, mut after) = (0, reminders.first_after);
        while number < reminders.most && after <= waited {
            number += 1;
            after = after.saturating_mul(2);
        }
        due.extend(Some(Notice::Reminder(number)).filter(|_| number > 0));
        let escalates = room.escalate_to.is_some() && waited >= reminders.escalate_after;
        due.extend(Some(Notice::Escalation).filter(|_| escalates));
        due.retain(|notice| !self.was_noticed(room, card, notice));
        due
    }

    /// Whether a notice was given.
    pub(super) fn was_noticed(&self, room: &Room, card: &Card, notice: &Notice) -> bool {
        let given = self.notices.get(&room.channel);
        given.is_some_and(|given| given.contains(&name(card, notice)))
    }

    /// A notice was given.
    pub(super) fn note_notice(&mut self, room: &Room, card: &Card, notice: &Notice) {
        self.notices.entry(room.channel.clone()).or_default().insert(name(card, notice));
    }
}

/// A notice belongs to the question, or to the approval, that it is about.
fn name(card: &Card, notice: &Notice) -> String {
    let asked_at = card.question.as_ref().map(|asked| asked.asked_at);
    let at = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    match notice {
        Notice::Reminder(number) => format!("reminder {number} {}", at(asked_at)),
        Notice::Escalation => format!("escalation {}", at(asked_at)),
        Notice::BreakGlass { at, person, .. } => format!("break-glass {person} {at}"),
    }
}
