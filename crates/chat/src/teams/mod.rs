//! Microsoft Teams, by webhooks of workflows ("Post to a channel when a webhook request is received").
//! <https://support.microsoft.com/office/8ae491c7-0394-4861-ba59-055e33f75498>
//!
//! A webhook takes cards and gives nothing back: a card cannot be changed, found again or answered. So
//! a new card is posted only when what people have to do is another thing than before, and people
//! decide on a page. Only a room with one person in it gets the link to that page, signed for that
//! person: in a channel nobody could tell who clicked. A post that was not noted before a crash comes
//! a second time.

pub mod card;

use crate::aim::Aim;
use crate::http;
use crate::link::{Key, Link};
use crate::memory::Memory;
use core::time::Duration;
use locksmith_app::card::Card;
use locksmith_app::config;
use locksmith_app::incident::State;
use locksmith_app::ports::{Chat, Notice, Room, Secrets, TellError};
use reqwest::header::CONTENT_TYPE;
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

/// How long a post may take.
const LIMIT: Duration = Duration::from_secs(10);
/// What a webhook answers that was made anew, or whose key was: its address may be another one by now.
const ROTATED: [StatusCode; 4] =
    [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND, StatusCode::GONE];
/// What there is to do where nothing is.
const NOTHING: &str = "nothing";

/// Microsoft Teams. The secret holds each webhook's address by its name, and `link_key`.
#[derive(Debug)]
pub struct Teams<'a, K> {
    chat: &'a config::Chat,
    secrets: &'a K,
    memory: &'a Memory,
}

impl<'a, K: Secrets> Teams<'a, K> {
    /// Teams, as the configuration names it.
    pub fn new(chat: &'a config::Chat, secrets: &'a K, memory: &'a Memory) -> Self {
        Self { chat, secrets, memory }
    }

    async fn field(&self, name: &str, fresh: bool) -> Result<String, TellError> {
        let secret = self.secrets.secret(&self.chat.secret, fresh).await;
        let secret = secret.map_err(|why| TellError::Later { why, after: None })?;
        let missing = |why| TellError::Refused(format!("secret `{}`: {why}", self.chat.secret));
        secret.field(name).map(str::to_owned).map_err(missing)
    }

    /// Posts a card to a webhook, which is named by the field of the secret that holds its address. One
    /// that is refused is read anew once, and tried if it is another one.
    async fn post(&self, webhook: &str, card: Value) -> Result<(), TellError> {
        let address = match self.field(webhook, false).await {
            // It may have been added since.
            Err(TellError::Refused(_)) => self.field(webhook, true).await?,
            address => address?,
        };
        let to = format!("teams webhook `{webhook}`");
        let body = json!({
            "type": "message",
            "attachments": [{
                "contentType": "application/vnd.microsoft.card.adaptive",
                "contentUrl": null,
                "content": card,
            }],
        });
        let body = body.to_string();
        let mut answer = self.send(&to, &address, &body).await?;
        if ROTATED.contains(&answer.status()) {
            let fresh = self.field(webhook, true).await?;
            if fresh != address {
                answer = self.send(&to, &fresh, &body).await?;
            }
        }
        http::status(&to, &answer).map_or(Ok(()), Err)
    }

    async fn send(&self, to: &str, address: &str, body: &str) -> Result<Response, TellError> {
        if !http::is_private(address) {
            return Err(TellError::Refused(format!("{to}: its address is no https address")));
        }
        let request = self.memory.http.post(address).timeout(LIMIT);
        let request = request.header(CONTENT_TYPE, "application/json").body(body.to_owned());
        request.send().await.map_err(|error| http::not_sent(to, error))
    }

    /// The link by which the one person of a room decides; none where nothing is asked of them.
    async fn link(&self, room: &Room, card: &Card) -> Result<Option<String>, TellError> {
        let asked = card.question.as_ref().filter(|_| duty(room, card).starts_with("decide"));
        let parts = (asked, &room.person, &self.chat.address);
        let (Some(asked), Some(person), Some(address)) = parts else { return Ok(None) };
        let key = Key::new(&self.field("link_key", false).await?).map_err(TellError::Refused)?;
        let link =
            Link { aim: Aim::of(card, room), person: Some(person.clone()), until: asked.until };
        Ok(Some(key.look(address, &link)))
    }
}

/// What the people of a room have to do: the same text for the same thing to do.
fn duty(room: &Room, card: &Card) -> String {
    let since = card.incident.state_since;
    let Some(asked) = &card.question else {
        return match card.incident.state {
            state @ (State::Manual | State::Failed | State::RolledBack) => {
                format!("{} {since}", state.name())
            }
            _ => NOTHING.to_owned(),
        };
    };
    let has_given = |account| {
        let mut given = card.approvals.given.iter();
        room.person
            .as_ref()
            .is_some_and(|person| given.any(|one| one.person == *person && one.account == account))
    };
    let mut missing = asked.missing.iter().map(|missing| missing.account);
    if missing.any(|account| room.accounts.contains(&account) && !has_given(account)) {
        format!("decide {} {}", asked.asked_at, asked.digest)
    } else {
        format!("wait {}", asked.asked_at)
    }
}

/// Whether a card is posted. A person alone is told only what is asked of them, and that it is not asked
/// any more.
fn is_news(room: &Room, known: Option<&str>, duty: &str) -> bool {
    let was_asked = known.is_some_and(|known| known.starts_with("decide"));
    match &room.person {
        Some(_) => {
            let is_asked = duty.starts_with("decide");
            known != Some(duty) && (is_asked || (was_asked && !duty.starts_with("wait")))
        }
        None => known != Some(duty),
    }
}

impl<K: Secrets> Chat for Teams<'_, K> {
    async fn show(
        &self,
        room: &Room,
        known: Option<&str>,
        card: &Card,
    ) -> Result<String, TellError> {
        let duty = duty(room, card);
        if is_news(room, known, &duty) {
            let link = self.link(room, card).await?;
            self.post(&room.channel, card::card(card, room, link.as_deref())).await?;
        }
        Ok(duty)
    }

    async fn notify(
        &self,
        room: &Room,
        _: Option<&str>,
        card: &Card,
        notice: &Notice,
    ) -> Result<(), TellError> {
        let link = self.link(room, card).await?;
        let shown = card::notice(card, room, notice, link.as_deref());
        let to = match (notice, &room.escalate_to) {
            (Notice::Escalation, Some(webhook)) => webhook,
            _ => &room.channel,
        };
        self.post(to, shown).await
    }
}
