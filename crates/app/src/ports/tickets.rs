//! Keeping a ticket for each incident.

use crate::card::{Card, TicketRef};
use core::fmt;
use core::future::Future;
use jiff::SignedDuration;

/// A ticket system.
pub trait Tickets: Sync {
    /// Brings the incident's ticket in line with the card: makes it, or finds the one with the same
    /// incident key, changes its text, closes it or opens it again ([`Card::wants_open_ticket`]).
    /// With `comment` it says the card's state below it as well, because it is new.
    ///
    /// # Errors
    /// [`TellError`]; [`TellError::Gone`] if the known ticket was deleted: without `known` a new one
    /// is made.
    fn upsert(
        &self,
        known: Option<&TicketRef>,
        card: &Card,
        comment: bool,
    ) -> impl Future<Output = Result<TicketRef, TellError>> + Send;
}

/// People could not be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TellError {
    /// It is worth trying again, at the earliest after a while.
    Later {
        /// Why.
        why: String,
        /// How long the other side wants to be left alone.
        after: Option<SignedDuration>,
    },
    /// It will not work before somebody changes the configuration or a permission.
    Refused(String),
    /// What was to be changed is not there any more.
    Gone,
}

impl fmt::Display for TellError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Later { why, .. } | Self::Refused(why) => f.write_str(why),
            Self::Gone => f.write_str("it is not there any more"),
        }
    }
}

impl core::error::Error for TellError {}
