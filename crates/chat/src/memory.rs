//! What is worth keeping for as long as a process lives.

use crate::http;
use crate::slack::Groups;
use jiff::{SignedDuration, Timestamp};
use std::sync::{Mutex, PoisonError};

/// How often a secret may be read anew because a signature was wrong: whoever forges them must not make
/// us read secrets.
const READ_ANEW: SignedDuration = SignedDuration::from_mins(1);

/// What is worth keeping between messages and requests: connections, who belongs to which user group, and
/// when a secret was last read anew.
#[derive(Debug)]
pub struct Memory {
    pub(crate) http: reqwest::Client,
    pub(crate) groups: Groups,
    anew: Mutex<Option<Timestamp>>,
}

impl Memory {
    /// Without any memories.
    ///
    /// # Errors
    /// Why no HTTP client can be made.
    pub fn new() -> Result<Self, String> {
        Ok(Self { http: http::client()?, groups: Groups::default(), anew: Mutex::default() })
    }

    /// Whether a secret may be read anew now; notes that it is.
    pub(crate) fn may_read_anew(&self, now: Timestamp) -> bool {
        let mut last = self.anew.lock().unwrap_or_else(PoisonError::into_inner);
        let may = last.is_none_or(|last| now.duration_since(last) >= READ_ANEW);
        if may {
            *last = Some(now);
        }
        may
    }
}
