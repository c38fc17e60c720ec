//! Who is logged in: the link that lets in once, the sessions that it opens, and the tokens that forms
//! carry.

use super::Site;
use crate::settings::{Entrance, Settings};
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use core::fmt::Write as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use subtle::ConstantTimeEq as _;

/// How long a session lasts.
pub(crate) const LASTS: Duration = Duration::from_hours(12);
/// How many sessions there may be; the oldest makes room.
const MOST: usize = 64;
/// How often at most a new link is told.
const TELL_EVERY: Duration = Duration::from_secs(5);

/// The sessions of one server. They end with it.
pub(crate) struct Sessions {
    /// Makes the tokens of forms.
    key: [u8; 32],
    /// The name of the cookie; servers on other ports of the machine have others.
    cookie: String,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    /// What the link that was told last holds, until it was used.
    link: Option<String>,
    told_at: Option<Instant>,
    sessions: HashMap<String, Session>,
}

struct Session {
    person: String,
    began: Instant,
}

/// Random bytes as hexadecimal digits.
fn random() -> String {
    digits(&random_bytes())
}

fn random_bytes() -> [u8; 32] {
    let mut bytes = [0; 32];
    if let Err(error) = getrandom::fill(&mut bytes) {
        // A machine without random numbers cannot keep anybody out.
        tracing::error!(%error, "there are no random numbers");
        std::process::abort();
    }
    bytes
}

fn digits(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a text does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Compares without telling by its time how much agrees.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

impl Sessions {
    /// No session is open.
    pub(crate) fn new(entrance: &Entrance, port: u16) -> Self {
        let cookie = match entrance {
            Entrance::Link { .. } => format!("locksmith-{port}"),
            Entrance::Proxy { .. } => "locksmith".to_owned(),
        };
        Self { key: random_bytes(), cookie, open: Mutex::default() }
    }

    /// Makes a link and tells it, if there is none that can still be used and none was told just now.
    pub(crate) fn tell_link<W>(&self, site: &Site<W>) {
        let Settings { entrance: Entrance::Link { .. }, tell, .. } = &site.settings else { return };
        let Some(origin) = site.origins.first() else { return };
        let mut open = self.open();
        if open.link.is_some() || open.told_at.is_some_and(|at| at.elapsed() < TELL_EVERY) {
            return;
        }
        let token = random();
        let link = format!("{}/login?token={token}", origin.as_str());
        open.link = Some(token);
        open.told_at = Some(Instant::now());
        drop(open);
        tell(&link);
    }

    /// Uses the link up: the cookie of a new session, if the token is the link's.
    pub(crate) fn enter(&self, token: &str, person: &str) -> Option<String> {
        let mut open = self.open();
        open.link.as_ref().filter(|link| same(link, token))?;
        open.link = None;
        if open.sessions.len() >= MOST {
            let oldest = open.sessions.iter().min_by_key(|(_, session)| session.began);
            let oldest = oldest.map(|(id, _)| id.clone());
            open.sessions.retain(|id, _| Some(id) != oldest.as_ref());
        }
        let id = random();
        let session = Session { person: person.to_owned(), began: Instant::now() };
        open.sessions.insert(id.clone(), session);
        let seconds = LASTS.as_secs();
        Some(format!("{}={id}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict", self.cookie))
    }

    /// The session and its person, if the request has one.
    pub(crate) fn find(&self, headers: &HeaderMap) -> Option<(String, String)> {
        let id = cookie(headers, &self.cookie)?;
        let mut open = self.open();
        open.sessions.retain(|_, session| session.began.elapsed() < LASTS);
        let session = open.sessions.get(&id)?;
        Some((id, session.person.clone()))
    }

    /// Changes as whom a session acts.
    pub(crate) fn act_as(&self, id: &str, person: &str) {
        if let Some(session) = self.open().sessions.get_mut(id) {
            person.clone_into(&mut session.person);
        }
    }

    /// Ends a session; the cookie that says so.
    pub(crate) fn leave(&self, id: &str) -> String {
        self.open().sessions.remove(id);
        format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict", self.cookie)
    }

    /// The token that forms of a session carry; it has no name where a proxy keeps the sessions. A form
    /// that was shown to somebody else, as whom the session acted before, does not count.
    pub(crate) fn form_token(&self, session: &str, person: &str) -> String {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.key) else {
            // A key of any length is taken.
            return random();
        };
        mac.update(format!("form {session} {person}").as_bytes());
        digits(&mac.finalize().into_bytes())
    }

    /// What is held is whole at any time, so it is good also after a panic elsewhere.
    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The value of a cookie.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim().to_owned())
}
