//! The ticket system that the configuration names.

use crate::exchange::{Pace, Plain, Session, client};
use crate::github::GitHub;
use crate::opscenter::SystemsManager;
use crate::{desk, github, jira, opscenter, servicenow, webhook};
use core::fmt;
use locksmith_app::card::{Card, TicketRef};
use locksmith_app::config;
use locksmith_app::ports::{Secrets, TellError, Tickets};
use locksmith_words::Words;

/// The ticket system that the configuration names.
pub struct TicketSystem<'a, S, M> {
    secrets: &'a S,
    systems_manager: &'a M,
    secret: String,
    words: Words,
    pace: Pace,
    kind: Kind,
}

enum Kind {
    Jira(Plain, config::Jira),
    GitHub(GitHub, config::GitHub),
    ServiceNow(Plain, config::ServiceNow),
    OpsCenter(config::OpsCenter),
    Webhook(Plain),
}

impl<S, M> fmt::Debug for TicketSystem<'_, S, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::Jira(..) => "Jira",
            Kind::GitHub(..) => "GitHub",
            Kind::ServiceNow(..) => "ServiceNow",
            Kind::OpsCenter(_) => "OpsCenter",
            Kind::Webhook(_) => "Webhook",
        };
        f.debug_struct("TicketSystem").field("kind", &kind).finish_non_exhaustive()
    }
}

impl<'a, S: Secrets, M: SystemsManager> TicketSystem<'a, S, M> {
    /// The system that the configuration names. Nothing is sent yet.
    ///
    /// # Errors
    /// Which setting cannot be used, and why.
    pub fn new(
        tickets: &config::Tickets,
        secrets: &'a S,
        systems_manager: &'a M,
        pace: Pace,
    ) -> Result<Self, String> {
        let kind = kind(tickets)?;
        let secret = tickets.secret.clone().unwrap_or_default();
        let words = Words::new(tickets.locale);
        Ok(Self { secrets, systems_manager, secret, words, pace, kind })
    }

    async fn session<'b, W: crate::exchange::Wire>(
        &'b self,
        system: &'static str,
        wire: &'b W,
    ) -> Result<Session<'b, S, W>, TellError> {
        Session::open(system, wire, (self.secrets, &self.secret), self.pace).await
    }
}

fn kind(tickets: &config::Tickets) -> Result<Kind, String> {
    let at = |name: &str| {
        let name = name.to_owned();
        move |why: String| format!("tickets.{name}.url: {why}")
    };
    if let Some(settings) = &tickets.jira {
        let wire = Plain::new(client()?, &settings.url, jira::authorize).map_err(at("jira"))?;
        return Ok(Kind::Jira(wire, settings.clone()));
    }
    if let Some(settings) = &tickets.github {
        let wire = GitHub::new(client()?, &settings.url).map_err(at("github"))?;
        return Ok(Kind::GitHub(wire, settings.clone()));
    }
    if let Some(settings) = &tickets.servicenow {
        let wire = Plain::new(client()?, &settings.url, servicenow::authorize);
        return Ok(Kind::ServiceNow(wire.map_err(at("servicenow"))?, settings.clone()));
    }
    if let Some(settings) = &tickets.webhook {
        let wire = Plain::new(client()?, &settings.url, webhook::authorize);
        return Ok(Kind::Webhook(wire.map_err(at("webhook"))?));
    }
    let settings = tickets.opscenter.clone();
    settings.map(Kind::OpsCenter).ok_or_else(|| {
        "tickets: name one of jira, github, servicenow, opscenter and webhook".to_owned()
    })
}

impl<S: Secrets, M: SystemsManager> Tickets for TicketSystem<'_, S, M> {
    async fn upsert(
        &self,
        known: Option<&TicketRef>,
        card: &Card,
        comment: bool,
    ) -> Result<TicketRef, TellError> {
        let (words, pace) = (self.words, self.pace);
        match &self.kind {
            Kind::Jira(wire, settings) => {
                let session = self.session("Jira", wire).await?;
                let mut desk = jira::Issues { session, settings, card, words };
                desk::upsert(&mut desk, known, card, comment, pace).await
            }
            Kind::GitHub(wire, settings) => {
                let session = self.session("GitHub", wire).await?;
                let mut desk = github::Issues { session, settings, card, words };
                desk::upsert(&mut desk, known, card, comment, pace).await
            }
            Kind::ServiceNow(wire, settings) => {
                let session = self.session("ServiceNow", wire).await?;
                let mut desk = servicenow::Records { session, settings, card, words };
                desk::upsert(&mut desk, known, card, comment, pace).await
            }
            Kind::OpsCenter(settings) => {
                let systems_manager = self.systems_manager;
                let mut desk = opscenter::Items { systems_manager, settings, card, words };
                desk::upsert(&mut desk, known, card, comment, pace).await
            }
            Kind::Webhook(wire) => {
                let mut session = self.session("the webhook", wire).await?;
                webhook::upsert(&mut session, known, (card, words), comment).await
            }
        }
    }
}
