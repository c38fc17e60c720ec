//! What people click in Slack. Slack waits three seconds: a click is one decision and at most one call
//! of Slack after it.

use super::clicker::{Clicker, Deadline, in_field};
use super::{Answer, Choice, Door, Request, Response, Taken};
use crate::aim::{Aim, Asked};
use crate::messenger::Messenger;
use crate::slack::dialog::{Dialog, Kept, REASON, UNTIL};
use crate::slack::interaction::{Interaction, What, Who, parse};
use crate::slack::signature::{self, Forged};
use crate::slack::{Action, details};
use core::time::Duration;
use jiff::Timestamp;
use locksmith_app::approve::{DecideError, Decision, Objection, Refusal};
use locksmith_app::card::Card;
use locksmith_app::config::{Owners, Person};
use locksmith_app::ports::{Announcer, Secrets, Store};
use locksmith_words::Words;
use serde_json::json;
use std::collections::BTreeSet;
use std::time::Instant;

/// How long Slack may take to say who belongs to a group: without an answer a person counts by name.
const GROUPS_IN: Duration = Duration::from_millis(700);
/// How long taking down a decision may take.
const DECIDED_IN: Duration = Duration::from_millis(1400);
/// How long reading an incident for a dialog may take.
const READ_IN: Duration = Duration::from_millis(700);
/// The channel-less end of a sentence about where a decision comes from.
const NO_CHANNEL: &str = "a dialog";

/// What somebody who is known clicked.
#[derive(Clone, Copy)]
struct Clicked<'c, 'a, K> {
    by: Clicker<'c, 'a, K>,
    person: &'c Person,
    /// What the button or dialog is aimed at.
    aim: &'c Aim,
    now: Timestamp,
    trace: Option<&'c str>,
    /// The sender's address.
    address: &'c str,
}

impl<S: Store, A: Announcer, K: Secrets> Door<'_, S, A, K> {
    pub(super) async fn slack(
        &self,
        arrived: Instant,
        request: &Request<'_>,
        now: Timestamp,
        trace: Option<&str>,
    ) -> Answer {
        let answer_by = Deadline::since(arrived);
        let Some(slack) = self.chat.and_then(Messenger::slack) else {
            return Response::text(404, "the configuration names no Slack").into();
        };
        if let Err(response) = self.is_from_slack(request, now, answer_by).await {
            return response.into();
        }
        let interaction = match parse(request.body) {
            Ok(interaction) => interaction,
            Err(why) => return Response::text(400, &why.to_string()).into(),
        };
        let Some(aim) = interaction.what.aim() else { return Response::empty().into() };
        let words = Words::new(aim.locale);
        let by = Clicker { slack, interaction: &interaction, words, answer_by };
        let person = match self.person(&interaction.who) {
            Ok(person) => person,
            Err(id) => {
                tracing::warn!(who = ?interaction.who, "a click of somebody who is not known");
                let said = words.say(id, &[("user", (&interaction.who.user).into())]);
                return by.say(&said).await.into();
            }
        };
        let clicked = Clicked { by, person, aim, now, trace, address: request.from };
        match &interaction.what {
            What::Clicked { action, .. } => self.clicked(&clicked, *action).await,
            What::Submitted { dialog, reason, until, .. } => {
                self.submitted(&clicked, *dialog, reason, *until).await
            }
            What::Nothing => Response::empty().into(),
        }
    }

    /// Whether Slack signed the request. After a wrong signature the secret is read anew, because it may
    /// have been rotated.
    async fn is_from_slack(
        &self,
        request: &Request<'_>,
        now: Timestamp,
        answer_by: Deadline,
    ) -> Result<(), Response> {
        let headers = (request.header(signature::TIMESTAMP), request.header(signature::SIGNATURE));
        let check = async |fresh| -> Result<Result<(), Forged>, String> {
            let secret = self.secret("signing_secret", fresh);
            let secret = tokio::time::timeout(answer_by.left(Duration::MAX), secret).await;
            let secret =
                secret.map_err(|_| "the secret could not be read in time".to_owned())??;
            Ok(signature::verify(&secret, headers, request.body, now))
        };
        let mut outcome = check(false).await;
        if matches!(outcome, Ok(Err(Forged::Wrong))) && self.memory.may_read_anew(now) {
            outcome = check(true).await;
        }
        match outcome {
            Ok(Ok(())) => Ok(()),
            Ok(Err(forged)) => {
                tracing::warn!(from = request.from, %forged, "not from Slack");
                Err(Response::text(401, "not signed by Slack"))
            }
            Err(why) => {
                tracing::error!(why, "signatures cannot be checked");
                Err(Response::text(503, "try again"))
            }
        }
    }

    /// Whom the configuration knows by this user of Slack; else what to tell them.
    fn person(&self, who: &Who) -> Result<&Person, &'static str> {
        if !who.is_at_home() {
            return Err("chat-refused-elsewhere");
        }
        self.configuration.person_in_chat(&who.user).ok_or("chat-refused-unknown")
    }

    async fn clicked(&self, clicked: &Clicked<'_, '_, K>, action: Action) -> Answer {
        let dialog = match action {
            Action::Details => return self.show(clicked).await.into(),
            Action::Reject => Dialog::Reject,
            Action::Suppress => Dialog::Suppress,
            Action::BreakGlass => Dialog::BreakGlass,
            Action::Undo => Dialog::Undo,
            Action::Approve => return self.decided(clicked, Decision::Approve).await,
            Action::Rescope(scope) => {
                return self.decided(clicked, Decision::Rescope(scope)).await;
            }
        };
        let Clicked { by, aim, .. } = clicked;
        let kept = Kept { aim: (*aim).clone(), channel: by.interaction.channel.clone() };
        by.open(dialog.view(&kept, clicked.now)).await.into()
    }

    /// Approves or has another reach planned, and tells only what the message will not show.
    async fn decided(&self, clicked: &Clicked<'_, '_, K>, decision: Decision) -> Answer {
        let by = &clicked.by;
        let Some(asked) = &clicked.aim.asked else {
            return by.tell("chat-refused-other-question").await.into();
        };
        let (said, taken) = self.decide_as(clicked, asked, decision).await;
        let response = match said {
            // The message in the room changes by itself; in a dialog it would stay as it was.
            Ok(_) if !by.in_dialog() => Response::empty(),
            Ok(said) | Err(said) => by.say(&said).await,
        };
        Answer { response, taken: Some(taken) }
    }

    async fn submitted(
        &self,
        clicked: &Clicked<'_, '_, K>,
        dialog: Dialog,
        reason: &str,
        until: Option<Timestamp>,
    ) -> Answer {
        let say = |id| clicked.by.words.say(id, &[]);
        let Some(asked) = &clicked.aim.asked else {
            return in_field(REASON, &say("chat-refused-other-question")).into();
        };
        if reason.is_empty() {
            return in_field(REASON, &say("chat-refused-incomplete")).into();
        }
        let reason = reason.to_owned();
        let decision = match (dialog, until) {
            (Dialog::Reject, _) => Decision::Reject { reason },
            (Dialog::BreakGlass, _) => Decision::BreakGlass { reason },
            (Dialog::Undo, _) => Decision::Undo { reason },
            (Dialog::Suppress, Some(until)) if until > clicked.now => {
                Decision::Suppress { reason, until }
            }
            (Dialog::Suppress, _) => {
                return in_field(UNTIL, &say("chat-refused-incomplete")).into();
            }
        };
        let (said, taken) = self.decide_as(clicked, asked, decision).await;
        let response = match said {
            Ok(_) => Response::json(200, &json!({"response_action": "clear"})),
            Err(said) => in_field(REASON, &said),
        };
        Answer { response, taken: Some(taken) }
    }

    /// Takes a decision of whoever clicked down, and says in words what it came to.
    async fn decide_as(
        &self,
        clicked: &Clicked<'_, '_, K>,
        asked: &Asked,
        decision: Decision,
    ) -> (Result<String, String>, Taken) {
        let Clicked { by, aim, now, trace, .. } = clicked;
        // In an emergency only names count.
        let (groups, all_known) = match decision {
            Decision::BreakGlass { .. } => (BTreeSet::new(), true),
            _ => self.groups(clicked).await,
        };
        let choice = Choice {
            incident: &aim.incident,
            asked,
            account: aim.account,
            person: &clicked.person.id,
            groups: &groups,
            decision,
            from: &from(by.interaction, clicked.address),
            within: by.answer_by.left(DECIDED_IN),
        };
        let (said, taken) = self.take(by.words, choice, *now, *trace).await;
        let is_stranger = matches!(
            taken.came_to,
            Err(DecideError::Refused(Refusal::Objection(Objection::NotEntitled { .. })))
        );
        if is_stranger && !all_known {
            return (Err(by.words.say("chat-failed-groups", &[])), taken);
        }
        (said, taken)
    }

    /// Shows everything.
    async fn show(&self, clicked: &Clicked<'_, '_, K>) -> Response {
        let Clicked { by, aim, .. } = clicked;
        let load = Card::load(self.store, &aim.incident, self.configuration);
        let card = match tokio::time::timeout(by.answer_by.left(READ_IN), load).await {
            Ok(Ok(Some(card))) => card,
            Ok(Ok(None)) => return by.tell("chat-refused-gone").await,
            Ok(Err(error)) => {
                tracing::error!(%error, "an incident could not be read");
                return by.tell("chat-failed-store").await;
            }
            Err(_) => {
                tracing::error!("an incident could not be read in time");
                return by.tell("chat-failed-store").await;
            }
        };
        // The dialog is about what is asked now, whatever the message showed.
        let aim = Aim { asked: Asked::of(&card), ..(*aim).clone() };
        let kept = Kept { aim, channel: by.interaction.channel.clone() };
        let may_break_glass = self.configuration.may_break_glass(&clicked.person.id);
        by.open(details(&card, &kept, may_break_glass)).await
    }

    /// The groups to which somebody belongs, of those that matter here and are not needed by name; and
    /// whether Slack told it of all of them.
    async fn groups(&self, clicked: &Clicked<'_, '_, K>) -> (BTreeSet<String>, bool) {
        let Clicked { by, person, aim, .. } = clicked;
        let matters = |owners: &&Owners| {
            aim.account.is_none_or(|account| owners.accounts.contains(&account))
                && !owners.people.contains(&person.id)
        };
        let owners = self.configuration.approval.owners.iter().filter(matters);
        let groups = owners.flat_map(|owners| &owners.groups).map(String::as_str).collect();
        let within = by.answer_by.left(GROUPS_IN);
        by.slack.groups(&by.interaction.who.user, &groups, within).await
    }
}

/// Where a decision comes from, as it is kept with it.
fn from(interaction: &Interaction, address: &str) -> String {
    let Interaction { who, channel, .. } = interaction;
    let team = who.team.as_deref().or(who.enterprise.as_deref()).unwrap_or("unknown");
    let channel = channel.as_deref().unwrap_or(NO_CHANNEL);
    format!("slack team {team}, channel {channel}, user {}, address {address}", who.user)
}
