//! One ticket, closed and opened with its incident, told once.

use crate::cards::{came_back, card, moved};
use crate::opscenter::OpsCenter;
use crate::server::{Server, Vendor};
use crate::system::{Nobody, TOKEN, Under, Vault};
use crate::{github, jira, opscenter, servicenow};
use locksmith_app::card::{Card, TicketRef};
use locksmith_app::config::{self, Locale};
use locksmith_app::incident::State;
use locksmith_app::ports::TellError;

/// A ticket as its vendor keeps it.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) id: String,
    pub(crate) is_open: bool,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) comments: Vec<String>,
}

/// What a vendor keeps, and what people do to it by hand.
pub(crate) trait Keeps {
    fn kept(&self) -> Vec<Kept>;
    fn set_open(&mut self, id: &str, open: bool);
    fn delete(&mut self, id: &str);
}

/// A system over a server.
pub(crate) struct Stage<V> {
    pub(crate) server: Server<V>,
    pub(crate) vault: Vault,
    pub(crate) tickets: config::Tickets,
}

impl<V: Vendor> Stage<V> {
    pub(crate) async fn upsert(
        &self,
        known: Option<&TicketRef>,
        card: &Card,
        comment: bool,
    ) -> Result<TicketRef, TellError> {
        let tickets = self.tickets.clone();
        let under = Under { tickets, vault: &self.vault, systems_manager: &Nobody };
        under.upsert(known, card, comment).await
    }
}

/// What the stories are played on.
pub(crate) trait Play {
    async fn upsert(
        &self,
        known: Option<&TicketRef>,
        card: &Card,
        comment: bool,
    ) -> Result<TicketRef, TellError>;
    fn with<R>(&self, act: impl FnOnce(&mut dyn Keeps) -> R) -> R;
    fn check(&self) {}
}

impl<V: Vendor + Keeps> Play for Stage<V> {
    async fn upsert(
        &self,
        known: Option<&TicketRef>,
        card: &Card,
        comment: bool,
    ) -> Result<TicketRef, TellError> {
        Stage::upsert(self, known, card, comment).await
    }

    fn with<R>(&self, act: impl FnOnce(&mut dyn Keeps) -> R) -> R {
        act(&mut self.server.inner().vendor)
    }

    fn check(&self) {
        self.server.check();
    }
}

impl Play for (OpsCenter, Vault) {
    async fn upsert(
        &self,
        known: Option<&TicketRef>,
        card: &Card,
        comment: bool,
    ) -> Result<TicketRef, TellError> {
        opscenter::under(&self.0, &self.1, Locale::En).upsert(known, card, comment).await
    }

    fn with<R>(&self, act: impl FnOnce(&mut dyn Keeps) -> R) -> R {
        act(&mut *self.0.inner.lock().unwrap())
    }
}

/// Plays a story on every system that has tickets.
macro_rules! on_all {
    ($story:ident) => {
        mod $story {
            use super::*;

            fn vault() -> Vault {
                Vault::new(TOKEN, TOKEN)
            }

            #[tokio::test]
            async fn on_github() {
                super::$story(&github::stage(Locale::En, vault()).await).await;
            }

            #[tokio::test]
            async fn on_jira() {
                super::$story(&jira::stage(Locale::En, vault()).await).await;
            }

            #[tokio::test]
            async fn on_servicenow() {
                super::$story(&servicenow::stage(Locale::En, vault()).await).await;
            }

            #[tokio::test]
            async fn on_opscenter() {
                super::$story(&(OpsCenter::default(), vault())).await;
            }
        }
    };
}

on_all!(with_its_incident);
on_all!(closed_by_hand);
on_all!(opened_by_hand);
on_all!(deleted_by_hand);
on_all!(made_and_not_noted);
on_all!(made_for_what_is_over);

/// The only ticket.
fn only(play: &impl Play) -> Kept {
    let mut kept = play.with(|keeps| keeps.kept());
    assert_eq!(kept.len(), 1, "{kept:?}");
    kept.remove(0)
}

/// Opened, closed when the call works, opened again when the denial comes back: one ticket all along.
async fn with_its_incident(play: &impl Play) {
    let first = card(State::AwaitingApproval);
    let known = play.upsert(None, &first, false).await.unwrap();
    assert!(only(play).is_open);
    // More denials are no news.
    let mut more = first.clone();
    more.incident.count += 90;
    play.upsert(Some(&known), &more, false).await.unwrap();
    assert!(only(play).text.contains("97") && only(play).comments.is_empty());
    let verified = moved(&first, State::Verified);
    play.upsert(Some(&known), &verified, true).await.unwrap();
    assert!(!only(play).is_open && only(play).comments.len() == 1);
    let again = came_back(verified);
    assert_eq!(play.upsert(Some(&known), &again, true).await.unwrap().id, known.id);
    let kept = only(play);
    assert!(kept.is_open && kept.comments.len() == 2, "{kept:?}");
    assert!(kept.comments[1].contains("came back"), "{kept:?}");
    play.check();
}

/// What somebody closed stays closed while the same incident goes on, and is opened when it comes back.
async fn closed_by_hand(play: &impl Play) {
    let first = card(State::AwaitingApproval);
    let known = play.upsert(None, &first, false).await.unwrap();
    play.with(|keeps| keeps.set_open(&known.id, false));
    let approved = moved(&first, State::Approved);
    play.upsert(Some(&known), &approved, true).await.unwrap();
    assert!(!only(play).is_open && only(play).comments.len() == 1);
    play.upsert(Some(&known), &came_back(approved), true).await.unwrap();
    assert!(only(play).is_open);
    play.check();
}

/// What somebody opened again stays open although nothing is left to do.
async fn opened_by_hand(play: &impl Play) {
    let first = card(State::AwaitingApproval);
    let known = play.upsert(None, &first, false).await.unwrap();
    let mut rejected = moved(&first, State::Rejected);
    play.upsert(Some(&known), &rejected, true).await.unwrap();
    assert!(!only(play).is_open);
    play.with(|keeps| keeps.set_open(&known.id, true));
    rejected.incident.count += 1;
    play.upsert(Some(&known), &rejected, false).await.unwrap();
    assert!(only(play).is_open);
    play.check();
}

/// What somebody deleted is told to be gone; then another one is made.
async fn deleted_by_hand(play: &impl Play) {
    let first = card(State::AwaitingApproval);
    let known = play.upsert(None, &first, false).await.unwrap();
    play.with(|keeps| keeps.delete(&known.id));
    let approved = moved(&first, State::Approved);
    let error = play.upsert(Some(&known), &approved, true).await.unwrap_err();
    assert_eq!(error, TellError::Gone);
    play.upsert(None, &approved, false).await.unwrap();
    assert!(only(play).is_open);
    play.check();
}

/// The process died after the creation, and once more after a comment: nothing is there twice.
async fn made_and_not_noted(play: &impl Play) {
    let first = card(State::AwaitingApproval);
    let known = play.upsert(None, &first, false).await.unwrap();
    let again = play.upsert(None, &first, false).await.unwrap();
    assert_eq!((&known.id, &known.name, &known.url), (&again.id, &again.name, &again.url));
    let applied = moved(&first, State::Applied);
    play.upsert(Some(&known), &applied, true).await.unwrap();
    only(play);
    let twice = play.upsert(Some(&known), &applied, true).await.unwrap();
    assert_eq!(twice.id, known.id);
    play.check();
}

/// A ticket that was deleted when all was over is made anew, and closed.
async fn made_for_what_is_over(play: &impl Play) {
    play.upsert(None, &card(State::Verified), false).await.unwrap();
    assert!(!only(play).is_open);
    play.check();
}
