//! Slack: one message for each incident and room, changed in place; dialogs; what people click.
//!
//! [`message()`] and [`details()`] are pure. [`Slack`] posts and changes messages. What comes back is
//! checked by [`signature`] and read by [`interaction`].

pub mod block;
mod buttons;
mod client;
mod details;
pub mod dialog;
mod fault;
mod groups;
pub mod interaction;
mod message;
mod notice;
mod people;
mod proposal;
pub mod signature;
pub mod text;
mod work;

pub use buttons::Action;
pub use client::Client;
pub use details::details;
pub use message::{Message, message};

pub(crate) use groups::Groups;
pub(crate) use message::headline;

use client::Body;
use core::time::Duration;
use locksmith_app::card::Card;
use locksmith_app::config::Configuration;
use locksmith_app::incident::IncidentId;
use locksmith_app::ports::{Chat, Notice, Room, Secrets, TellError};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How long a call that tells something may take.
const LIMIT: Duration = Duration::from_secs(10);
/// The kind of the metadata by which a message is found again.
const METADATA: &str = "locksmith_incident";
/// How many pages of a channel are looked through for a message.
const PAGES: usize = 3;

/// Slack, by one app in one workspace.
#[derive(Debug)]
pub struct Slack<'a, K> {
    /// Who is called when somebody is reminded.
    configuration: &'a Configuration,
    pub(crate) client: Client<'a, K>,
}

impl<'a, K: Secrets> Slack<'a, K> {
    /// Slack, as the configuration names it.
    pub fn new(configuration: &'a Configuration, client: Client<'a, K>) -> Self {
        Self { configuration, client }
    }

    /// Those of some groups to which a user belongs, as [`Groups::of`] tells.
    pub(crate) async fn groups(
        &self,
        user: &str,
        groups: &BTreeSet<&str>,
        limit: Duration,
    ) -> (BTreeSet<String>, bool) {
        self.client.memory.groups.of(&self.client, user, groups, limit).await
    }

    /// Opens a dialog for whoever clicked; on top of another one where the click came from there.
    pub(crate) async fn open(
        &self,
        view: &block::View,
        trigger: &str,
        on_top: bool,
        limit: Duration,
    ) -> Result<(), TellError> {
        let method = if on_top { "views.push" } else { "views.open" };
        let body = json!({"trigger_id": trigger, "view": view});
        self.client.call(method, &Body::Json(&body), limit).await.map(drop)
    }

    /// Puts another dialog in the place of one that is open.
    pub(crate) async fn replace(
        &self,
        view: &block::View,
        id: &str,
        limit: Duration,
    ) -> Result<(), TellError> {
        let body = json!({"view_id": id, "view": view});
        self.client.call("views.update", &Body::Json(&body), limit).await.map(drop)
    }

    async fn post(&self, room: &Room, message: Value) -> Result<String, TellError> {
        let answer = self.client.call("chat.postMessage", &Body::Json(&message), LIMIT).await?;
        let text = |name: &str| answer.get(name).and_then(Value::as_str);
        let ts = text("ts").ok_or_else(|| {
            TellError::Refused("slack chat.postMessage: the answer names no message".to_owned())
        })?;
        Ok(format!("{}/{ts}", text("channel").unwrap_or(&room.channel)))
    }

    async fn update(&self, id: &str, mut message: Value) -> Result<String, TellError> {
        let (channel, ts) = id.split_once('/').ok_or(TellError::Gone)?;
        if let Some(fields) = message.as_object_mut() {
            fields.insert("channel".to_owned(), channel.into());
            fields.insert("ts".to_owned(), ts.into());
        }
        self.client.call("chat.update", &Body::Json(&message), LIMIT).await?;
        Ok(id.to_owned())
    }

    /// The message of an incident that was posted before a crash, and not noted. Where the channel
    /// cannot be looked through, none: a second message does less harm than none.
    async fn find(&self, room: &Room, card: &Card) -> Result<Option<String>, TellError> {
        let oldest = card.incident.opened_at.as_second().to_string();
        let mut cursor = String::new();
        for _ in 0..PAGES {
            let form = [
                ("channel", room.channel.as_str()),
                ("oldest", &oldest),
                ("include_all_metadata", "true"),
                ("limit", "100"),
                ("cursor", &cursor),
            ];
            let answer = self.client.call("conversations.history", &Body::Form(&form), LIMIT).await;
            let answer = match answer {
                Err(TellError::Refused(why)) => {
                    tracing::warn!(why, "an earlier message cannot be looked for");
                    return Ok(None);
                }
                Err(TellError::Gone) => return Ok(None),
                answer => answer?,
            };
            let messages = answer.get("messages").and_then(Value::as_array).into_iter().flatten();
            let mut found = messages.filter(|message| is_about(message, &card.incident.id));
            if let Some(ts) = found.find_map(|message| message.get("ts")?.as_str()) {
                return Ok(Some(format!("{}/{ts}", room.channel)));
            }
            let next = answer.pointer("/response_metadata/next_cursor").and_then(Value::as_str);
            next.unwrap_or_default().clone_into(&mut cursor);
            if cursor.is_empty() {
                break;
            }
        }
        Ok(None)
    }
}

/// Whether a message is ours and about an incident. An app that pretends so is found out when the
/// message is to be changed: nobody changes another app's messages.
fn is_about(message: &Value, id: &IncidentId) -> bool {
    let is_ours = message.pointer("/metadata/event_type").is_some_and(|kind| kind == METADATA);
    let about = message.pointer("/metadata/event_payload/incident").and_then(Value::as_str);
    is_ours && about == Some(&id.to_string())
}

impl<K: Secrets> Chat for Slack<'_, K> {
    async fn show(
        &self,
        room: &Room,
        known: Option<&str>,
        card: &Card,
    ) -> Result<String, TellError> {
        let Message { text, blocks } = message(card, room);
        let body = json!({
            "channel": room.channel, "text": text, "blocks": blocks,
            "unfurl_links": false, "unfurl_media": false, "parse": "none", "link_names": false,
            "metadata": {
                "event_type": METADATA,
                "event_payload": {"incident": card.incident.id.to_string()},
            },
        });
        if let Some(known) = known {
            return self.update(known, body).await;
        }
        if let Some(found) = self.find(room, card).await? {
            match self.update(&found, body.clone()).await {
                Err(TellError::Gone) => {}
                updated => return updated,
            }
        }
        self.post(room, body).await
    }

    async fn notify(
        &self,
        room: &Room,
        message: Option<&str>,
        card: &Card,
        notice: &Notice,
    ) -> Result<(), TellError> {
        let text = notice::text(room, card, notice, self.configuration);
        let blocks: Vec<_> = block::Block::section(&text).into_iter().collect();
        let mut body = json!({
            "channel": room.channel, "text": text.as_str(), "blocks": blocks,
            "unfurl_links": false, "unfurl_media": false, "parse": "none", "link_names": false,
        });
        let alone = body.clone();
        let thread = message.and_then(|id| id.split_once('/'));
        if let (Some((channel, ts)), Some(fields)) = (thread, body.as_object_mut()) {
            fields.insert("channel".to_owned(), channel.into());
            fields.insert("thread_ts".to_owned(), ts.into());
        }
        match self.post(room, body).await {
            // The message was deleted: what is to be said is said all the same.
            Err(TellError::Gone) => self.post(room, alone).await.map(drop),
            posted => posted.map(drop),
        }
    }
}
