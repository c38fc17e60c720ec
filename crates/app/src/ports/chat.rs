//! Telling and asking people in chat.

use super::TellError;
use crate::card::Card;
use crate::config::Locale;
use core::future::Future;
use jiff::Timestamp;
use locksmith_core::arn::AccountId;
use std::collections::BTreeSet;

/// Where and how people are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// The channel, as the chat names it.
    pub channel: String,
    /// The language there.
    pub locale: Locale,
    /// The accounts whose owners are there: a decision taken there is for these.
    pub accounts: BTreeSet<AccountId>,
    /// The one person who reads this; none where it is a channel. A chat that cannot tell who clicked
    /// asks only such rooms.
    pub person: Option<String>,
    /// Who is called when owners do not answer.
    pub escalate_to: Option<String>,
}

impl Room {
    /// A channel in which nobody is asked anything.
    pub fn nobodys(channel: String) -> Self {
        Self {
            channel,
            locale: Locale::default(),
            accounts: BTreeSet::new(),
            person: None,
            escalate_to: None,
        }
    }
}

/// A word to those who were asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// They did not answer yet; which reminder it is, from 1.
    Reminder(u32),
    /// They did not answer for long: the room's `escalate_to` is called.
    Escalation,
    /// Somebody approved by break-glass.
    BreakGlass {
        /// When.
        at: Timestamp,
        /// Who.
        person: String,
        /// Why.
        reason: String,
    },
}

/// A chat.
pub trait Chat: Sync {
    /// Shows an incident in a room: a new message, or the known one as it is to be now. Answers the
    /// message's id. After a crash it may be asked to post once more what it posted: it looks for a
    /// message of the same incident first, where the chat can be asked.
    ///
    /// # Errors
    /// [`TellError`]; [`TellError::Gone`] if the known message is not there any more.
    fn show(
        &self,
        room: &Room,
        known: Option<&str>,
        card: &Card,
    ) -> impl Future<Output = Result<String, TellError>> + Send;

    /// Says something about a message, so that people are notified.
    ///
    /// # Errors
    /// [`TellError`].
    fn notify(
        &self,
        room: &Room,
        message: Option<&str>,
        card: &Card,
        notice: &Notice,
    ) -> impl Future<Output = Result<(), TellError>> + Send;
}
