//! The chat that the configuration names.

use crate::memory::Memory;
use crate::slack::{Client, Slack};
use crate::teams::Teams;
use locksmith_app::card::Card;
use locksmith_app::config::{ChatSystem, Configuration};
use locksmith_app::ports::{Chat, Notice, Room, Secrets, TellError};

/// The chat that the configuration names.
#[derive(Debug)]
pub enum Messenger<'a, K> {
    /// Slack.
    Slack(Slack<'a, K>),
    /// Microsoft Teams.
    Teams(Teams<'a, K>),
}

impl<'a, K: Secrets> Messenger<'a, K> {
    /// The chat of a configuration; none where it names none.
    pub fn of(
        configuration: &'a Configuration,
        secrets: &'a K,
        memory: &'a Memory,
    ) -> Option<Self> {
        let chat = configuration.chat.as_ref()?;
        Some(match chat.system {
            ChatSystem::Slack => {
                Self::Slack(Slack::new(configuration, Client::new(chat, secrets, memory)))
            }
            ChatSystem::Teams => Self::Teams(Teams::new(chat, secrets, memory)),
        })
    }

    /// Slack, if that is the chat.
    pub fn slack(&self) -> Option<&Slack<'a, K>> {
        match self {
            Self::Slack(slack) => Some(slack),
            Self::Teams(_) => None,
        }
    }
}

impl<K: Secrets> Chat for Messenger<'_, K> {
    async fn show(
        &self,
        room: &Room,
        known: Option<&str>,
        card: &Card,
    ) -> Result<String, TellError> {
        match self {
            Self::Slack(slack) => slack.show(room, known, card).await,
            Self::Teams(teams) => teams.show(room, known, card).await,
        }
    }

    async fn notify(
        &self,
        room: &Room,
        message: Option<&str>,
        card: &Card,
        notice: &Notice,
    ) -> Result<(), TellError> {
        match self {
            Self::Slack(slack) => slack.notify(room, message, card, notice).await,
            Self::Teams(teams) => teams.notify(room, message, card, notice).await,
        }
    }
}
