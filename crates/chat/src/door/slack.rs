//! What people click in Slack. Slack waits three seconds: a click is one decision and at most one call
//! of Slack after it.

use super::told::{in_field, in_view, opened, tell};
use super::{Answer, Choice, Door, Request, Response};
use crate::aim::Aim;
use crate::messenger::Messenger;
use crate::slack::dialog::{Dialog, Kept, REASON, UNTIL};
use crate::slack::interaction::{Interaction, What, Who, parse};
use crate::slack::signature::{self, Forged};
use crate::slack::{Action, Slack, details};
use core::time::Duration;
use jiff::Timestamp;
use locksmith_app::approve::Decision;
use locksmith_app::card::Card;
use locksmith_app::config::Person;
use locksmith_app::ports::{Announcer, Secrets, Store, TellError};
use locksmith_words::Words;
use serde_json::json;
use std::collections::BTreeSet;

/// How long Slack may take to say who belongs to a group: without an answer a person counts by name.
const GROUPS_IN: Duration = Duration::from_millis(500);
/// How long opening a dialog may take, where nothing is decided.
const OPENED_IN: Duration = Duration::from_millis(1800);
/// How long reading an incident for a dialog may take.
const READ_IN: Duration = Duration::from_secs(1);
/// The channel-less end of a sentence about where a decision comes from.
const NO_CHANNEL: &str = "a dialog";

impl<S: Store, A: Announcer, K: Secrets> Door<'_, S, A, K> {
    pub(super) async fn slack(
        &self,
        request: &Request<'_>,
        now: Timestamp,
        trace: Option<&str>,
    ) -> Answer {
        let Some(slack) = self.chat.and_then(Messenger::slack) else {
            return Response::text(404, "the configuration names no Slack").into();
        };
        if let Err(response) = self.is_from_slack(request, now).await {
            return response.into();
        }
        let interaction = match parse(request.body) {
            Ok(interaction) => interaction,
            Err(why) => return Response::text(400, &why.to_string()).into(),
        };
        let from = from(&interaction, request.from);
        let aim = match &interaction.what {
            What::Clicked { aim, .. } => aim,
            What::Submitted { kept, .. } => &kept.aim,
            What::Nothing => return Response::empty().into(),
        };
        let words = Words::new(aim.locale);
        let person = match self.person(&interaction.who) {
            Ok(person) => person,
            Err(id) => {
                tracing::warn!(who = ?interaction.who, "a click of somebody who is not known");
                let said = words.say(id, &[("user", (&interaction.who.user).into())]);
                return tell(slack, &interaction, words, &said).await.into();
            }
        };
        match &interaction.what {
            What::Clicked { action, aim, .. } => {
                self.clicked(slack, &interaction, (*action, aim), (person, &from), now, trace).await
            }
            What::Submitted { dialog, kept, reason, until } => {
                let sent = Sent { dialog: *dialog, aim: &kept.aim, reason, until: *until };
                self.submitted(slack, &interaction, sent, (person, &from), now, trace).await
            }
            What::Nothing => Response::empty().into(),
        }
    }

    /// Whether Slack signed the request. After a wrong signature the secret is read anew, because it may
    /// have been rotated.
    async fn is_from_slack(&self, request: &Request<'_>, now: Timestamp) -> Result<(), Response> {
        let headers = (request.header(signature::TIMESTAMP), request.header(signature::SIGNATURE));
        let check = async |fresh| -> Result<Result<(), Forged>, String> {
            let secret = self.secret("signing_secret", fresh).await?;
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

    async fn clicked(
        &self,
        slack: &Slack<'_, K>,
        interaction: &Interaction,
        (action, aim): (Action, &Aim),
        (person, from): (&Person, &str),
        now: Timestamp,
        trace: Option<&str>,
    ) -> Answer {
        let words = Words::new(aim.locale);
        let dialog = match action {
            Action::Details => return self.show(slack, interaction, aim, person).await.into(),
            Action::Reject => Dialog::Reject,
            Action::Suppress => Dialog::Suppress,
            Action::BreakGlass => Dialog::BreakGlass,
            Action::Approve => {
                let sent = (Decision::Approve, aim);
                return self.decided(slack, interaction, sent, (person, from), now, trace).await;
            }
            Action::Rescope(scope) => {
                let sent = (Decision::Rescope(scope), aim);
                return self.decided(slack, interaction, sent, (person, from), now, trace).await;
            }
        };
        let kept = Kept { aim: aim.clone(), channel: interaction.channel.clone() };
        let on_top = in_view(interaction).is_some();
        let outcome = match dialog.view(&kept, now) {
            Some(view) => slack.open(&view, &interaction.trigger, on_top, OPENED_IN).await,
            None => Err(TellError::Refused("the dialog would be too large".to_owned())),
        };
        opened(slack, interaction, words, outcome).await.into()
    }

    /// Approves or has another reach planned, and tells only what the message will not show.
    async fn decided(
        &self,
        slack: &Slack<'_, K>,
        interaction: &Interaction,
        (decision, aim): (Decision, &Aim),
        (person, from): (&Person, &str),
        now: Timestamp,
        trace: Option<&str>,
    ) -> Answer {
        let words = Words::new(aim.locale);
        let Some(asked) = &aim.asked else {
            let said = words.say("chat-refused-other-question", &[]);
            return tell(slack, interaction, words, &said).await.into();
        };
        let groups = self.groups(slack, aim, &interaction.who.user, person).await;
        let choice = Choice {
            incident: &aim.incident,
            asked,
            account: aim.account,
            person: &person.id,
            groups: &groups,
            decision,
            from,
        };
        let (said, taken) = self.take(words, choice, now, trace).await;
        let response = match said {
            // The message in the room changes by itself; in a dialog it would stay as it was.
            Ok(said) if in_view(interaction).is_some() => {
                tell(slack, interaction, words, &said).await
            }
            Ok(_) => Response::empty(),
            Err(said) => tell(slack, interaction, words, &said).await,
        };
        Answer { response, taken: Some(taken) }
    }

    async fn submitted(
        &self,
        slack: &Slack<'_, K>,
        interaction: &Interaction,
        sent: Sent<'_>,
        (person, from): (&Person, &str),
        now: Timestamp,
        trace: Option<&str>,
    ) -> Answer {
        let aim = sent.aim;
        let words = Words::new(aim.locale);
        let Some(asked) = &aim.asked else {
            return in_field(REASON, &words.say("chat-refused-other-question", &[])).into();
        };
        if sent.reason.is_empty() {
            return in_field(REASON, &words.say("chat-refused-incomplete", &[])).into();
        }
        let reason = sent.reason.to_owned();
        let decision = match (sent.dialog, sent.until) {
            (Dialog::Reject, _) => Decision::Reject { reason },
            (Dialog::BreakGlass, _) => Decision::BreakGlass { reason },
            (Dialog::Suppress, Some(until)) if until > now => Decision::Suppress { reason, until },
            (Dialog::Suppress, _) => {
                return in_field(UNTIL, &words.say("chat-refused-incomplete", &[])).into();
            }
        };
        // In an emergency only names count.
        let groups = match decision {
            Decision::BreakGlass { .. } => BTreeSet::new(),
            _ => self.groups(slack, aim, &interaction.who.user, person).await,
        };
        // Break-glass is for every account.
        let account = aim.account.filter(|_| sent.dialog != Dialog::BreakGlass);
        let choice = Choice {
            incident: &aim.incident,
            asked,
            account,
            person: &person.id,
            groups: &groups,
            decision,
            from,
        };
        let (said, taken) = self.take(words, choice, now, trace).await;
        let response = match said {
            Ok(_) => Response::json(200, &json!({"response_action": "clear"})),
            Err(said) => in_field(REASON, &said),
        };
        Answer { response, taken: Some(taken) }
    }

    /// Shows everything.
    async fn show(
        &self,
        slack: &Slack<'_, K>,
        interaction: &Interaction,
        aim: &Aim,
        person: &Person,
    ) -> Response {
        let words = Words::new(aim.locale);
        let load = Card::load(self.store, &aim.incident, self.configuration);
        let card = match tokio::time::timeout(READ_IN, load).await {
            Ok(Ok(Some(card))) => card,
            Ok(Ok(None)) => {
                let said = words.say("chat-refused-gone", &[]);
                return tell(slack, interaction, words, &said).await;
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "an incident could not be read");
                let said = words.say("chat-failed-store", &[]);
                return tell(slack, interaction, words, &said).await;
            }
            Err(_) => {
                let said = words.say("chat-failed-store", &[]);
                return tell(slack, interaction, words, &said).await;
            }
        };
        // The dialog is about what is asked now, whatever the message showed.
        let question = card.question.as_ref();
        let asked = question
            .map(|asked| crate::aim::Asked { digest: asked.digest.clone(), at: asked.asked_at });
        let aim = Aim { asked, ..aim.clone() };
        let kept = Kept { aim, channel: interaction.channel.clone() };
        let may_break_glass = self.configuration.may_break_glass(&person.id);
        let outcome = match details(&card, &kept, may_break_glass) {
            Some(view) => slack.open(&view, &interaction.trigger, false, OPENED_IN).await,
            None => Err(TellError::Refused("the dialog would be too large".to_owned())),
        };
        opened(slack, interaction, words, outcome).await
    }

    /// The groups to which somebody belongs, of those that matter here and are not needed by name.
    async fn groups(
        &self,
        slack: &Slack<'_, K>,
        aim: &Aim,
        user: &str,
        person: &Person,
    ) -> BTreeSet<String> {
        let matters = |owners: &&locksmith_app::config::Owners| {
            aim.account.is_none_or(|account| owners.accounts.contains(&account))
                && !owners.people.contains(&person.id)
        };
        let owners = self.configuration.approval.owners.iter().filter(matters);
        let groups = owners.flat_map(|owners| &owners.groups).map(String::as_str).collect();
        slack.groups(user, &groups, GROUPS_IN).await
    }
}

/// What came with a dialog.
#[derive(Clone, Copy)]
struct Sent<'s> {
    dialog: Dialog,
    aim: &'s Aim,
    reason: &'s str,
    until: Option<Timestamp>,
}

/// Where a decision comes from, as it is kept with it.
fn from(interaction: &Interaction, address: &str) -> String {
    let Interaction { who, channel, .. } = interaction;
    let team = who.team.as_deref().or(who.enterprise.as_deref()).unwrap_or("unknown");
    let channel = channel.as_deref().unwrap_or(NO_CHANNEL);
    format!("slack team {team}, channel {channel}, user {}, address {address}", who.user)
}
