//! A ticket system over a server, with secrets that can be rotated.

use core::time::Duration;
use locksmith_app::card::{Card, TicketRef};
use locksmith_app::config::{self, Locale};
use locksmith_app::ports::{Secret, Secrets, TellError, Tickets as _};
use locksmith_tickets::{CallError, Pace, SystemsManager, TicketSystem};
use serde_json::{Value, json};
use std::sync::Mutex;

/// What no error and no log may show.
pub(crate) const TOKEN: &str = "correct-horse-battery-staple";

/// Secrets: what is known, and what is read anew.
pub(crate) struct Vault {
    known: Mutex<String>,
    pub(crate) fresh: String,
    pub(crate) read_anew: Mutex<usize>,
}

impl Vault {
    pub(crate) fn new(known: &str, fresh: &str) -> Self {
        Self {
            known: Mutex::new(known.to_owned()),
            fresh: fresh.to_owned(),
            read_anew: Mutex::new(0),
        }
    }
}

impl Secrets for Vault {
    async fn secret(&self, name: &str, fresh: bool) -> Result<Secret, String> {
        assert_eq!(name, "locksmith/tickets");
        let token = {
            let mut known = self.known.lock().unwrap();
            if fresh {
                known.clone_from(&self.fresh);
                *self.read_anew.lock().unwrap() += 1;
            }
            known.clone()
        };
        Secret::parse(
            &json!({
                "token": token, "email": "bot@example.com", "api_token": token,
                "key": token,
            })
            .to_string(),
        )
    }
}

/// No Systems Manager.
pub(crate) struct Nobody;

impl SystemsManager for Nobody {
    async fn call(&self, _: &str, _: Value) -> Result<Value, CallError> {
        unreachable!("no other system calls it")
    }
}

pub(crate) fn pace() -> Pace {
    Pace {
        call: Duration::from_secs(2),
        whole: Duration::from_secs(20),
        first_wait: Duration::from_millis(5),
        longest_wait: Duration::from_millis(1_500),
        retries: 3,
        settle: Duration::from_millis(5),
    }
}

/// The configuration of one system, as it is written.
pub(crate) fn tickets(system: &str, settings: Value, locale: Locale) -> config::Tickets {
    let mut tickets = json!({"secret": "locksmith/tickets", "locale": locale});
    tickets[system] = settings;
    serde_json::from_value(tickets).unwrap()
}

/// A system, and what it does to a ticket.
pub(crate) struct Under<'a, M = Nobody> {
    pub(crate) tickets: config::Tickets,
    pub(crate) vault: &'a Vault,
    pub(crate) systems_manager: &'a M,
}

impl<M: SystemsManager> Under<'_, M> {
    pub(crate) async fn upsert(
        &self,
        known: Option<&TicketRef>,
        card: &Card,
        comment: bool,
    ) -> Result<TicketRef, TellError> {
        let system =
            TicketSystem::new(&self.tickets, self.vault, self.systems_manager, pace()).unwrap();
        let answer = system.upsert(known, card, comment).await;
        if let Err(error) = &answer {
            let said = format!("{error} {error:?}");
            assert!(!said.contains(TOKEN), "the error shows the token: {said}");
        }
        answer
    }
}
