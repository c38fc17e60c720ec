//! The page behind a personal link, and the decisions that come from it.

use super::{Answer, Choice, Door, Request, Response};
use crate::aim::Asked;
use crate::link::{Link, Use};
use crate::page;
use crate::slack::dialog::end_of;
use core::time::Duration;
use jiff::Timestamp;
use locksmith_app::approve::Decision;
use locksmith_app::card::Card;
use locksmith_app::ports::{Announcer, Secrets, Store};
use locksmith_core::plan::Scope;
use locksmith_words::Words;
use std::collections::{BTreeMap, BTreeSet};

/// How long taking down a decision may take. A browser waits longer than Slack.
const DECIDED_IN: Duration = Duration::from_secs(5);

impl<S: Store, A: Announcer, K: Secrets> Door<'_, S, A, K> {
    /// The page: it shows what is asked, and changes nothing, because programs look at links too.
    pub(super) async fn look(&self, request: &Request<'_>, now: Timestamp) -> Response {
        let (link, key) = match self.link(Use::Look, &request.query(), now).await {
            Ok(link) => link,
            Err(response) => return response,
        };
        let words = Words::new(link.aim.locale);
        let tell = |status, id: &str| page::told(words, status, &words.say(id, &[]));
        let card = match Card::load(self.store, &link.aim.incident, self.configuration).await {
            Ok(Some(card)) => card,
            Ok(None) => return tell(404, "chat-refused-gone"),
            Err(error) => {
                tracing::error!(%error, "an incident could not be read");
                return tell(503, "chat-failed-store");
            }
        };
        let asked = Asked::of(&card);
        if asked.is_none() || asked != link.aim.asked {
            return tell(409, "chat-refused-other-question");
        }
        let person = link.person.as_deref().unwrap_or_default();
        page::asked(&card, &link, &key, self.configuration.may_break_glass(person))
    }

    /// A decision.
    pub(super) async fn decide(
        &self,
        request: &Request<'_>,
        now: Timestamp,
        trace: Option<&str>,
    ) -> Answer {
        let fields = request.form();
        let link = match self.link(Use::Decide, &fields, now).await {
            Ok((link, _)) => link,
            Err(response) => return response.into(),
        };
        let Link { aim, person, .. } = link;
        let words = Words::new(aim.locale);
        let (Some(person), Some(asked)) = (person, aim.asked) else {
            return page::told(words, 403, &words.say("chat-link-wrong", &[])).into();
        };
        let Some(decision) = decision(&fields) else {
            return page::told(words, 400, &words.say("chat-refused-incomplete", &[])).into();
        };
        let choice = Choice {
            incident: &aim.incident,
            asked: &asked,
            account: aim.account,
            person: &person,
            groups: &BTreeSet::new(),
            decision,
            from: &format!("personal link, address {}", request.from),
            within: DECIDED_IN,
        };
        let (said, taken) = self.take(words, choice, now, trace).await;
        let response = match said {
            Ok(said) => page::told(words, 200, &said),
            Err(said) => page::told(words, 409, &said),
        };
        Answer { response, taken: Some(taken) }
    }
}

/// What a form says; none where something is missing.
fn decision(fields: &BTreeMap<String, String>) -> Option<Decision> {
    let reason = || {
        let reason = fields.get("reason").map(|reason| reason.trim().to_owned());
        reason.filter(|reason| !reason.is_empty() && reason.chars().count() <= 1000)
    };
    Some(match fields.get("decision")?.as_str() {
        "approve" => Decision::Approve,
        "reject" => Decision::Reject { reason: reason()? },
        "suppress" => Decision::Suppress { reason: reason()?, until: end_of(fields.get("day")?)? },
        "break_glass" => Decision::BreakGlass { reason: reason()? },
        "undo" => Decision::Undo { reason: reason()? },
        "object" => Decision::Rescope(Scope::Object),
        "prefix" => Decision::Rescope(Scope::Prefix),
        "bucket" => Decision::Rescope(Scope::Bucket),
        _ => return None,
    })
}
