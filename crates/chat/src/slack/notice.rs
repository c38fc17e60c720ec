//! Words to those who were asked, below the message, so that they are notified.

use super::message::headline;
use super::text::Mrkdwn;
use locksmith_app::card::Card;
use locksmith_app::config::Configuration;
use locksmith_app::ports::{Notice, Room};
use locksmith_words::Words;
use std::collections::BTreeSet;

/// How many are called by name.
const CALLED: usize = 25;
/// How many accounts are named.
const ACCOUNTS: usize = 8;
/// Units of the sentence with a reason, and of what else is said.
const SENTENCE: usize = 900;
const NAME: usize = 120;

/// What a notice says in a room.
pub(super) fn text(room: &Room, card: &Card, notice: &Notice, of: &Configuration) -> Mrkdwn {
    let words = Words::new(room.locale);
    let mut line = Mrkdwn::new();
    match notice {
        Notice::Reminder(number) => {
            for id in missing_people(room, card, of).into_iter().take(CALLED) {
                line.mention(id);
            }
            let number = u64::from(*number).into();
            line.add_prose(&words.say("chat-notice-reminder", &[("number", number)]), SENTENCE);
        }
        Notice::Escalation => {
            line.mention(room.escalate_to.as_deref().unwrap_or_default());
            line.add_prose(&words.say("chat-notice-escalation", &[]), SENTENCE);
        }
        Notice::BreakGlass { person, reason, .. } => {
            let args = [("person", person.into()), ("reason", reason.into())];
            line.raw(":rotating_light: ");
            line.add_prose(&words.say("chat-notice-break-glass", &args), SENTENCE);
        }
    }
    line.raw("\n").add_prose(&headline(words, card), 2 * NAME);
    if !matches!(notice, Notice::BreakGlass { .. }) {
        let missing = card.question.iter().flat_map(|asked| &asked.missing);
        let here = missing.filter(|one| room.accounts.contains(&one.account));
        for missing in here.take(ACCOUNTS) {
            line.raw("\n• ").add_prose(&words.missing(*missing), NAME);
        }
    }
    let id = card.incident.id.to_string();
    line.raw("\n").add_prose(&words.say("chat-incident", &[("id", (&id).into())]), NAME);
    line
}

/// Those of a room who may answer and have not, by the chat's ids; groups too.
fn missing_people<'c>(room: &Room, card: &Card, of: &'c Configuration) -> BTreeSet<&'c str> {
    let mut called = BTreeSet::new();
    let missing = card.question.iter().flat_map(|asked| &asked.missing);
    for missing in missing.filter(|one| room.accounts.contains(&one.account)) {
        let Some(owners) = of.owners(missing.account) else { continue };
        let given = |id: &str| {
            let mut given = card.approvals.given.iter();
            given.any(|one| one.person == id && one.account == missing.account)
        };
        let people = owners.people.iter().filter(|id| !given(id));
        let people = people.filter_map(|id| of.person(id));
        called.extend(people.map(|person| person.chat.as_deref().unwrap_or(&person.id)));
        called.extend(owners.groups.iter().map(String::as_str));
    }
    called
}
