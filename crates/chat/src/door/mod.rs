//! The door: every request from outside, from its raw bytes to the answer. It stands behind the function
//! `approve`; whoever has an HTTP server hands requests over and sends back what comes.
//!
//! | request | what |
//! |---|---|
//! | `POST /slack` | what people click in Slack, signed by Slack |
//! | `GET /decide` | the page on which somebody decides, behind a signed link; has no effect |
//! | `POST /decide` | a decision from that page |
//! | `GET /reports/{incident}` | everything about an incident, behind a signed link |

mod clicker;
mod decide;
mod http;
mod slack;

pub use http::{Request, Response};

use crate::link::{Key, REPORTS, Refused, Use};
use crate::memory::Memory;
use crate::messenger::Messenger;
use crate::page;
use crate::refused;
use core::time::Duration;
use jiff::Timestamp;
use locksmith_app::approve::{Click, Decide, DecideError, Decided, Decision};
use locksmith_app::card::Card;
use locksmith_app::config::{Configuration, Locale};
use locksmith_app::incident::IncidentId;
use locksmith_app::ports::{Announcer, Secrets, Store};
use locksmith_words::Words;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use crate::aim::Asked;

/// The path at which Slack tells what people click.
pub const SLACK: &str = "/slack";
/// How large a body may be, in bytes.
const MOST: usize = 512 * 1024;

/// The door.
pub struct Door<'a, S, A, K> {
    /// Where incidents are kept.
    pub store: &'a S,
    /// Who hears of decisions.
    pub announcer: &'a A,
    /// Where the chat's secret is.
    pub secrets: &'a K,
    /// Who may decide.
    pub configuration: &'a Configuration,
    /// The chat; none where there is none. Then there are no links and no clicks.
    pub chat: Option<&'a Messenger<'a, K>>,
    /// What was learned before.
    pub memory: &'a Memory,
}

/// An answer, and what it was about.
#[derive(Debug)]
pub struct Answer {
    /// What goes back.
    pub response: Response,
    /// The decision that was taken down or refused; none where nobody decided.
    pub taken: Option<Taken>,
}

/// A decision, for the log.
#[derive(Debug)]
pub struct Taken {
    /// The incident.
    pub incident: IncidentId,
    /// Who decided.
    pub person: String,
    /// Whether it was to be approved by break-glass.
    pub breaks_glass: bool,
    /// What it came to.
    pub came_to: Result<Decided, DecideError>,
}

/// A decision that is about to be taken down.
struct Choice<'c> {
    incident: &'c IncidentId,
    asked: &'c Asked,
    account: Option<locksmith_core::arn::AccountId>,
    person: &'c str,
    groups: &'c BTreeSet<String>,
    decision: Decision,
    from: &'c str,
    /// How long taking it down may take.
    within: Duration,
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        Self { response, taken: None }
    }
}

impl<S, A, K> core::fmt::Debug for Door<'_, S, A, K> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Door").finish_non_exhaustive()
    }
}

impl<S: Store, A: Announcer, K: Secrets> Door<'_, S, A, K> {
    /// Answers a request that came just now. With `trace`, decisions belong to that trace, as X-Ray's
    /// header.
    pub async fn answer(
        &self,
        request: &Request<'_>,
        now: Timestamp,
        trace: Option<&str>,
    ) -> Answer {
        self.answer_since(Instant::now(), request, now, trace).await
    }

    /// Answers a request that came some moments ago. What was needed until the door stood, such as the
    /// configuration, is part of the time that Slack waits.
    pub async fn answer_since(
        &self,
        arrived: Instant,
        request: &Request<'_>,
        now: Timestamp,
        trace: Option<&str>,
    ) -> Answer {
        if request.body.len() > MOST {
            return Response::text(413, "the body is too large").into();
        }
        match (request.method, request.path) {
            ("POST", SLACK) => self.slack(arrived, request, now, trace).await,
            ("GET" | "HEAD", crate::link::DECIDE) => self.look(request, now).await.into(),
            ("POST", crate::link::DECIDE) => self.decide(request, now, trace).await,
            ("GET" | "HEAD", path) if path.starts_with(REPORTS) => {
                self.read_report(request, now).await.into()
            }
            (_, SLACK | crate::link::DECIDE) => {
                Response::text(405, "this is done with another method").into()
            }
            _ => Response::text(404, "there is nothing here").into(),
        }
    }

    /// The report of an incident.
    async fn read_report(&self, request: &Request<'_>, now: Timestamp) -> Response {
        let mut fields = request.query();
        let id = request.path.strip_prefix(REPORTS).unwrap_or_default();
        fields.insert("incident".to_owned(), id.to_owned());
        let link = match self.link(Use::Report, &fields, now).await {
            Ok((link, _)) => link,
            Err(response) => return response,
        };
        match Card::load(self.store, &link.aim.incident, self.configuration).await {
            Ok(Some(card)) => Response::page(200, crate::page::report(&card, link.aim.locale)),
            Ok(None) => {
                let words = Words::new(link.aim.locale);
                page::told(words, 404, &words.say("chat-refused-gone", &[]))
            }
            Err(error) => {
                tracing::error!(%error, "the report could not be read");
                let words = Words::new(link.aim.locale);
                page::told(words, 503, &words.say("chat-failed-store", &[]))
            }
        }
    }

    /// Reads a link; an answer that says no tells nobody more than that.
    async fn link(
        &self,
        used: Use,
        fields: &BTreeMap<String, String>,
        now: Timestamp,
    ) -> Result<(crate::link::Link, Key), Response> {
        let tag = fields.get("lang").map(String::as_str);
        let locale = Locale::ALL.into_iter().find(|locale| Some(locale.tag()) == tag);
        let words = Words::new(locale.unwrap_or_default());
        let no = |status, id: &str| page::told(words, status, &words.say(id, &[]));
        let read = async |fresh| -> Result<Result<_, Refused>, String> {
            let key = Key::new(&self.secret("link_key", fresh).await?)?;
            Ok(key.read(used, fields, now).map(|link| (link, key)))
        };
        let mut outcome = read(false).await;
        if matches!(outcome, Ok(Err(Refused::Forged))) && self.memory.may_read_anew(now) {
            outcome = read(true).await;
        }
        match outcome {
            Ok(Ok(link)) => Ok(link),
            Ok(Err(Refused::Over)) => Err(no(410, "chat-link-over")),
            Ok(Err(Refused::Malformed | Refused::Forged)) => Err(no(403, "chat-link-wrong")),
            Err(why) => {
                tracing::error!(why, "links cannot be checked");
                Err(no(503, "chat-failed-store"))
            }
        }
    }

    async fn secret(&self, field: &str, fresh: bool) -> Result<String, String> {
        let chat = self.configuration.chat.as_ref();
        let name = &chat.ok_or("the configuration has no [chat]")?.secret;
        let problem = |why| format!("secret `{name}`: {why}");
        let secret = self.secrets.secret(name, fresh).await.map_err(problem)?;
        secret.field(field).map(str::to_owned).map_err(problem)
    }

    /// Takes a decision down, and says in words what it came to.
    async fn take(
        &self,
        words: Words,
        choice: Choice<'_>,
        now: Timestamp,
        trace: Option<&str>,
    ) -> (Result<String, String>, Taken) {
        let breaks_glass = matches!(choice.decision, Decision::BreakGlass { .. });
        let click = Click {
            incident: choice.incident,
            digest: &choice.asked.digest,
            person: choice.person,
            groups: choice.groups,
            asked_at: Some(choice.asked.at),
            // Break-glass is for every account.
            account: choice.account.filter(|_| !breaks_glass),
            decision: choice.decision,
            from: choice.from,
        };
        let Self { store, announcer, configuration, .. } = self;
        let decide = Decide { store: *store, announcer: *announcer, configuration, trace };
        // What was written before time ran out stays, and the same click finds it.
        let came_to = tokio::time::timeout(choice.within, decide.decide(&click, now)).await;
        let came_to = came_to.unwrap_or_else(|_| {
            let (incident, person) = (click.incident, click.person);
            tracing::warn!(%incident, person, "no answer in time: it may have been stored");
            Err(DecideError::Late)
        });
        let said = match &came_to {
            Ok(decided) => Ok(refused::decided(words, decided)),
            Err(error) => Err(refused::error(words, error)),
        };
        let (incident, person) = (choice.incident.clone(), choice.person.to_owned());
        (said, Taken { incident, person, breaks_glass, came_to })
    }
}
