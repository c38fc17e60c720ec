//! Telling people: one ticket for each incident, one message in each room, both as the incident stands.
//!
//! Nothing is sent because something happened; what people see is compared with what they should see.
//! So it does not matter how often or in which order the news come, and what could not be told for
//! a while is told later as it is then.

mod reports;
mod rooms;
mod told;

use crate::approve::{Decisions, Recorded};
use crate::beside;
use crate::card::{Card, TicketRef};
use crate::config::{Configuration, Locale};
use crate::incident::{ATTEMPTS, IncidentId, State};
use crate::ports::{Attachment, Chat, Locks, Notice, Room, Store, StoreError, TellError, Tickets};
use core::fmt;
use jiff::{SignedDuration, Timestamp};
use told::{Shown, Told};

/// How long one run may take before another one takes its place.
const LOCKED_FOR: SignedDuration = SignedDuration::from_mins(2);
/// How many incidents are read at once.
const PAGE: usize = 100;
/// How many incidents one look at what is due works on.
const MOST: usize = 500;
/// After how long an end that could not be told is not tried any more.
const TRIED_FOR: SignedDuration = SignedDuration::from_hours(24 * 7);

/// What is said of a ticket that could not be kept, and of a message.
const TICKET: &str = "ticket";
const CHAT: &str = "chat";

/// What telling works with.
#[derive(Clone, Copy)]
pub struct Notify<'a, S, H, T> {
    /// Where incidents are kept.
    pub store: &'a S,
    /// The chat; none where there is none.
    pub chat: Option<&'a H>,
    /// The ticket system; none where there is none.
    pub tickets: Option<&'a T>,
    /// Who is told where.
    pub configuration: &'a Configuration,
    /// Makes the address of a report in a language, which works until a time; none where reports have
    /// no address.
    pub report: &'a (dyn Fn(&IncidentId, Locale, Timestamp) -> Option<String> + Sync),
    /// Names this run: another one with another name works on other incidents.
    pub owner: &'a str,
}

/// What telling came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notified {
    /// People see the incident as it stands.
    Told,
    /// There is nothing to tell yet.
    Nothing,
    /// There is no such incident any more.
    Gone,
}

/// What a look at all that is due came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// Incidents that were looked at.
    pub looked_at: u64,
    /// What could not be told, and why.
    pub failed: Vec<(IncidentId, NotifyError)>,
}

/// People who could not be told now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotifyError {
    /// The store refused.
    Store(StoreError),
    /// Another run is at it.
    Busy,
    /// The chat or the ticket system did not take it; what the others took is noted.
    Tell {
        /// Which: `chat` and the channel, or `ticket`.
        what: String,
        /// Why.
        error: TellError,
    },
}

impl NotifyError {
    /// Whether trying again may help without anybody doing something about it.
    pub fn is_worth_another_try(&self) -> bool {
        !matches!(self, Self::Tell { error: TellError::Refused(_), .. })
    }
}

impl fmt::Display for NotifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Busy => f.write_str("another run tells people of this incident"),
            Self::Tell { what, error } => write!(f, "{what}: {error}"),
        }
    }
}

impl core::error::Error for NotifyError {}

impl From<StoreError> for NotifyError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl<S: Store + Locks, H: Chat, T: Tickets> Notify<'_, S, H, T> {
    /// Tells people how an incident stands, and reminds them where that is due.
    ///
    /// # Errors
    /// [`NotifyError`]; what was told is noted, and not told again.
    pub async fn incident(&self, id: &IncidentId, now: Timestamp) -> Result<Notified, NotifyError> {
        self.with_lock(id, Away::default(), now).await
    }

    /// Tells what could not be told before, and reminds those who do not answer, for as long as
    /// `goes_on` says that there is time. Those who are asked come first. With `ends`, incidents that
    /// ended are looked through as well, of which there are many, and people are given new addresses of
    /// reports before theirs end.
    ///
    /// # Errors
    /// [`NotifyError::Store`] if the lists cannot be read.
    pub async fn due(
        &self,
        now: Timestamp,
        ends: bool,
        goes_on: &(dyn Fn() -> bool + Sync),
    ) -> Result<Due, NotifyError> {
        let (mut due, mut away) = (Due::default(), Away::default());
        let others = State::ALL.into_iter().filter(|state| *state != State::Detected);
        let others = others.filter(|state| *state != State::AwaitingApproval);
        let others = others.filter(|state| ends || !state.is_end());
        for state in core::iter::once(State::AwaitingApproval).chain(others) {
            for id in self.waiting(state, ends, now).await? {
                if !goes_on() {
                    return Ok(due);
                }
                due.looked_at += 1;
                match self.with_lock(&id, away, now).await {
                    Ok(_) | Err(NotifyError::Busy) => {}
                    Err(error) => {
                        away.learn(&error);
                        due.failed.push((id, error));
                    }
                }
            }
        }
        Ok(due)
    }

    /// Incidents of a state of which something is to be told.
    async fn waiting(
        &self,
        state: State,
        ends: bool,
        now: Timestamp,
    ) -> Result<Vec<IncidentId>, NotifyError> {
        let has_reports = self.configuration.chat.as_ref().is_some_and(|c| c.address.is_some());
        let mut ids = Vec::new();
        let mut next: Option<String> = None;
        loop {
            let page = self.store.in_state(state, PAGE, next.as_deref()).await?;
            let waiting = page.items.into_iter().filter(|incident| {
                let tried_until = incident.state_since.saturating_add(TRIED_FOR);
                state == State::AwaitingApproval
                    || (!incident.told && tried_until.is_ok_and(|until| now < until))
                    || (ends && has_reports && reports::is_due(incident, now))
            });
            ids.extend(waiting.map(|incident| incident.id));
            next = page.next.filter(|_| ids.len() < MOST);
            if next.is_none() {
                return Ok(ids);
            }
        }
    }

    async fn with_lock(
        &self,
        id: &IncidentId,
        away: Away,
        now: Timestamp,
    ) -> Result<Notified, NotifyError> {
        let lock = format!("told/{id}");
        let until = now.saturating_add(LOCKED_FOR).unwrap_or(Timestamp::MAX);
        if !self.store.lock(&lock, self.owner, now, until).await? {
            return Err(NotifyError::Busy);
        }
        let told = self.locked(id, away, now).await;
        let unlocked = self.store.unlock(&lock, self.owner).await;
        let told = told?;
        unlocked?;
        Ok(told)
    }

    async fn locked(
        &self,
        id: &IncidentId,
        away: Away,
        now: Timestamp,
    ) -> Result<Notified, NotifyError> {
        let Some(mut card) = Card::load(self.store, id, self.configuration).await? else {
            return Ok(Notified::Gone);
        };
        let mut told: Told =
            beside::read(self.store, id, Attachment::Told).await?.unwrap_or_default();
        let state = card.incident.state;
        // A denial is told once it is understood; what was told before is kept up to date.
        let is_news = !matches!(state, State::Detected | State::Suppressed);
        if !is_news && told.is_empty() {
            self.save(id, &card, (&told, &told), true, now).await?;
            return Ok(Notified::Nothing);
        }
        let mut noted = told.clone();
        let mut failed = Vec::new();
        let ticket = away.of_ticket().map_or(Ok(()), Err);
        let ticket = match ticket {
            Ok(()) => self.ticket(&card, &mut told, now).await,
            away => away,
        };
        failed.extend(ticket.err().map(|error| told_not(TICKET, error)));
        card.ticket = told.ticket.as_ref().map(|ticket| ticket.reference.clone());
        let rooms = rooms::of(&card, self.configuration);
        // What was said is noted at once: whoever dies later does not say it again.
        if let (Some(chat), None) = (self.chat, away.of_chat()) {
            for error in self.audit(chat, &rooms, &card, &mut told, now).await {
                failed.push(error);
            }
            self.note(id, &card, &mut noted, &told, now).await?;
            for room in &rooms {
                let card = self.in_language(&card, room.locale, now);
                if let Err(error) = self.room(chat, room, &card, &mut told, now).await {
                    failed.push(told_not(&format!("chat {}", room.channel), error));
                }
                self.note(id, &card, &mut noted, &told, now).await?;
            }
            for error in self.leave(chat, &rooms, &card, &mut told, now).await {
                failed.push(error);
            }
        } else if let (Some(_), Some(error)) = (self.chat, away.of_chat()) {
            failed.push(told_not(CHAT, error));
        }
        self.save(id, &card, (&noted, &told), failed.is_empty(), now).await?;
        // Whatever may still work out is worth another run.
        let again = failed.iter().position(NotifyError::is_worth_another_try).unwrap_or(0);
        failed.into_iter().nth(again).map_or(Ok(Notified::Told), Err)
    }

    /// A card as it is told in a language: with the address of the report in that language.
    fn in_language(&self, card: &Card, locale: Locale, now: Timestamp) -> Card {
        let until = reports::until(&card.incident, now);
        let report_url = (self.report)(&card.incident.id, locale, until);
        Card { report_url, ..card.clone() }
    }

    /// Brings the ticket in line. One that somebody deleted is made anew, once.
    async fn ticket(&self, card: &Card, told: &mut Told, now: Timestamp) -> Result<(), TellError> {
        let Some(tickets) = self.tickets else { return Ok(()) };
        let locale = self.configuration.tickets.as_ref().map(|tickets| tickets.locale);
        let mut card = self.in_language(card, locale.unwrap_or_default(), now);
        let known = told.ticket.as_ref().map(|ticket| ticket.reference.clone());
        // Where there is nothing to do, no ticket is made for it.
        if known.is_none() && !card.wants_open_ticket() {
            return Ok(());
        }
        card.ticket.clone_from(&known);
        let wanted = Shown::of(&card, now);
        if told.ticket.as_ref().is_some_and(|ticket| ticket.shown.is_as(&wanted)) {
            return Ok(());
        }
        let incident = &card.incident;
        let comment = told.ticket.as_ref().is_some_and(|ticket| {
            (ticket.state, ticket.openings) != (incident.state, incident.openings)
        });
        let reference = match tickets.upsert(known.as_ref(), &card, comment).await {
            Err(TellError::Gone) => tickets.upsert(None, &card, false).await?,
            answer => answer?,
        };
        card.ticket = Some(reference.clone());
        told.note_ticket(reference, &card, now);
        Ok(())
    }

    /// Brings the message in a room in line, and says what is due there.
    async fn room(
        &self,
        chat: &H,
        room: &Room,
        card: &Card,
        told: &mut Told,
        now: Timestamp,
    ) -> Result<(), TellError> {
        let wanted = Shown::of(card, now);
        let known = told.message(room);
        if known.as_ref().is_none_or(|known| !known.shown.is_as(&wanted)) {
            let id = known.as_ref().map(|known| known.id.as_str());
            let id = match chat.show(room, id, card).await {
                Err(TellError::Gone) => chat.show(room, None, card).await?,
                answer => answer?,
            };
            told.note_message(room, id, wanted);
        }
        for notice in told.notices(room, card, self.configuration, now) {
            let message = told.message(room).map(|known| known.id);
            chat.notify(room, message.as_deref(), card, &notice).await?;
            told.note_notice(room, card, &notice);
        }
        Ok(())
    }

    /// Messages in rooms that are concerned no more ask nothing any longer: they are changed once more,
    /// and left.
    async fn leave(
        &self,
        chat: &H,
        rooms: &[Room],
        card: &Card,
        told: &mut Told,
        now: Timestamp,
    ) -> Vec<NotifyError> {
        let left =
            told.channels().filter(|channel| !rooms.iter().any(|room| room.channel == **channel));
        let left: Vec<String> = left.cloned().collect();
        let locale = self.configuration.chat.as_ref().map(|chat| chat.locale).unwrap_or_default();
        let asks_nothing = Card { question: None, ..self.in_language(card, locale, now) };
        let mut failed = Vec::new();
        for channel in left {
            let room = Room { locale, ..Room::nobodys(channel) };
            let id = told.message(&room).map(|known| known.id);
            match chat.show(&room, id.as_deref(), &asks_nothing).await {
                Ok(_) | Err(TellError::Gone | TellError::Refused(_)) => told.forget(&room),
                Err(error) => failed.push(told_not(&format!("chat {}", room.channel), error)),
            }
        }
        failed
    }

    /// Tells everybody of approvals by break-glass, also where a new plan took their place since: in the
    /// channel for audits first, then in the rooms. One that cannot be told keeps no other from it.
    async fn audit(
        &self,
        chat: &H,
        rooms: &[Room],
        card: &Card,
        told: &mut Told,
        now: Timestamp,
    ) -> Vec<NotifyError> {
        let configured = self.configuration.chat.as_ref();
        let audit = configured.and_then(|chat| {
            let channel = chat.audit_channel.clone()?;
            Some(Room { locale: chat.locale, ..Room::nobodys(channel) })
        });
        let mut failed = Vec::new();
        let decisions = match Decisions::load(self.store, &card.incident.id).await {
            Ok(decisions) => decisions.0,
            Err(error) => return vec![error.into()],
        };
        for taken in decisions.into_iter().filter(Recorded::breaks_glass) {
            let Recorded { at, person, reason, .. } = taken;
            let notice = Notice::BreakGlass { at, person, reason: reason.unwrap_or_default() };
            for room in audit.iter().chain(rooms) {
                if told.was_noticed(room, card, &notice) {
                    continue;
                }
                let message = told.message(room).map(|known| known.id);
                let card = &self.in_language(card, room.locale, now);
                match chat.notify(room, message.as_deref(), card, &notice).await {
                    Ok(()) => told.note_notice(room, card, &notice),
                    Err(error) => failed.push(told_not(&format!("chat {}", room.channel), error)),
                }
            }
        }
        failed
    }

    /// Notes what was told so far, if that is more than was noted.
    async fn note(
        &self,
        id: &IncidentId,
        card: &Card,
        noted: &mut Told,
        told: &Told,
        now: Timestamp,
    ) -> Result<(), NotifyError> {
        self.save(id, card, (noted, told), false, now).await?;
        noted.clone_from(told);
        Ok(())
    }

    /// Notes what was told. An incident that went on meanwhile is told again by whoever moved it.
    async fn save(
        &self,
        id: &IncidentId,
        card: &Card,
        (before, told): (&Told, &Told),
        complete: bool,
        now: Timestamp,
    ) -> Result<(), NotifyError> {
        for _ in 0..ATTEMPTS {
            let Some(mut incident) = self.store.incident(id).await? else { return Ok(()) };
            let same = incident.state_since == card.incident.state_since
                && incident.state == card.incident.state;
            let all_told = incident.told || (complete && same);
            if before == told && all_told == incident.told {
                return Ok(());
            }
            incident.told = all_told;
            let attachment = beside::written(id, Attachment::Told, told)?;
            match self.store.write(&incident.to_write(vec![attachment], now)).await {
                Err(StoreError::Conflict) => {}
                written => return Ok(written?),
            }
        }
        Err(StoreError::Conflict.into())
    }
}

/// Who did not answer in this run, and is not waited for again in it.
#[derive(Clone, Copy, Debug, Default)]
struct Away {
    ticket: bool,
    chat: bool,
}

impl Away {
    /// Notes who could not be reached. What is refused for one incident may be taken for another.
    fn learn(&mut self, error: &NotifyError) {
        if let NotifyError::Tell { what, error: TellError::Later { .. } } = error {
            self.ticket |= what == TICKET;
            self.chat |= what.starts_with(CHAT);
        }
    }

    fn of_ticket(self) -> Option<TellError> {
        self.ticket.then(|| did_not_answer("the ticket system"))
    }

    fn of_chat(self) -> Option<TellError> {
        self.chat.then(|| did_not_answer("the chat"))
    }
}

fn did_not_answer(who: &str) -> TellError {
    TellError::Later { why: format!("{who} did not answer just now"), after: None }
}

fn told_not(what: &str, error: TellError) -> NotifyError {
    NotifyError::Tell { what: what.to_owned(), error }
}

/// The ticket of an incident, as far as one was opened.
///
/// # Errors
/// The store's.
pub async fn ticket(store: &impl Store, id: &IncidentId) -> Result<Option<TicketRef>, StoreError> {
    let told: Option<Told> = beside::read(store, id, Attachment::Told).await?;
    Ok(told.and_then(|told| told.ticket).map(|ticket| ticket.reference))
}
