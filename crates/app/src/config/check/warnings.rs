//! What can be used as it is, and is probably not what was meant. Only what is certain is told.

use super::super::{Chat, ChatSystem, Configuration, Problem, RoomRule};
use jiff::Timestamp;

/// What should be looked at, without the places in the text.
pub(in super::super) fn warnings(configuration: &Configuration, now: Timestamp) -> Vec<Problem> {
    let mut warnings = Vec::new();
    without_owner(configuration, &mut warnings);
    over(configuration, now, &mut warnings);
    if let Some(chat) = &configuration.chat {
        unreachable_rooms(chat, &mut warnings);
        if configuration.approval.enabled {
            too_late(configuration, chat, &mut warnings);
        }
        if chat.system == ChatSystem::Slack {
            slack_ids(configuration, chat, &mut warnings);
        }
    }
    warnings
}

fn without_owner(configuration: &Configuration, warnings: &mut Vec<Problem>) {
    if !configuration.approval.enabled || configuration.approval.owners.is_empty() {
        return;
    }
    for (index, account) in configuration.accounts.trusted.iter().enumerate() {
        if configuration.owners(*account).is_none() {
            warnings.push(Problem::new(
                format!("accounts.trusted[{index}]"),
                format!("nobody may approve changes in {account}: plans there stay plans"),
                "name its owners in [[approval.owners]], if it is to be mended",
            ));
        }
    }
}

fn over(configuration: &Configuration, now: Timestamp, warnings: &mut Vec<Problem>) {
    for (index, suppression) in configuration.suppressions.iter().enumerate() {
        if suppression.until <= now {
            warnings.push(Problem::new(
                format!("suppressions[{index}].until"),
                "it is over, and suppresses nothing any more",
                "take the entry out, or give it a later end",
            ));
        }
    }
}

/// The first room that fits is taken, so a later one can be left with nothing.
fn unreachable_rooms(chat: &Chat, warnings: &mut Vec<Problem>) {
    for (index, room) in chat.rooms.iter().enumerate() {
        let earlier = chat.rooms.get(..index).unwrap_or_default();
        if let Some(taken) = takers(room, earlier) {
            let taken: Vec<_> = taken.iter().map(|at| format!("chat.rooms[{at}]")).collect();
            warnings.push(Problem::new(
                format!("chat.rooms[{index}]"),
                format!("nothing is ever told here: {} comes first", taken.join(" and ")),
                "put the room that asks for more before the other",
            ));
        }
    }
}

/// The earlier rooms that take all that a room would fit; none if something is left. An incident fits by
/// one account and one organizational unit of the lists, so each pair has to be taken.
fn takers(room: &RoomRule, earlier: &[RoomRule]) -> Option<Vec<usize>> {
    let mut taken = Vec::new();
    for account in any_or_each(&room.accounts) {
        for unit in any_or_each(&room.organizational_units) {
            let at = earlier.iter().position(|one| {
                asks_no_more(&one.accounts, account)
                    && asks_no_more(&one.organizational_units, unit)
                    && one.tags.iter().all(|(key, value)| room.tags.get(key) == Some(value))
            })?;
            taken.push(at);
        }
    }
    taken.sort_unstable();
    taken.dedup();
    Some(taken)
}

/// Each of a list, or once nothing where the list is empty and anything fits.
fn any_or_each<T>(list: &[T]) -> impl Iterator<Item = Option<&T>> {
    list.iter().map(Some).chain(list.is_empty().then_some(None))
}

fn asks_no_more<T: PartialEq>(list: &[T], one: Option<&T>) -> bool {
    list.is_empty() || one.is_some_and(|one| list.contains(one))
}

fn too_late(configuration: &Configuration, chat: &Chat, warnings: &mut Vec<Problem>) {
    let reminders = &chat.reminders;
    let mut rooms = chat.rooms.iter();
    let escalates = chat.escalate_to.is_some() || rooms.any(|room| room.escalate_to.is_some());
    for (field, after, is_used) in [
        ("first_after", reminders.first_after, reminders.most > 0),
        ("escalate_after", reminders.escalate_after, escalates),
    ] {
        if is_used && after >= configuration.approval.valid_for {
            warnings.push(Problem::new(
                format!("chat.reminders.{field}"),
                "by then the question is over, and nobody is called",
                "make it shorter than approval.valid_for",
            ));
        }
    }
}

/// Slack takes ids; names of channels, users and groups are not looked up.
/// <https://github.com/slackapi/slack-api-specs> (`defs_channel`, `defs_user_id`, `defs_subteam_id`)
fn slack_ids(configuration: &Configuration, chat: &Chat, warnings: &mut Vec<Problem>) {
    let channel = Kind { letters: "CGD", name: "a channel", example: "C0123456789" };
    let user = Kind { letters: "UW", name: "a user", example: "U0123456789" };
    let group = Kind { letters: "S", name: "a user group", example: "S0123456789" };
    let called = Kind { letters: "UWS", name: "a user or user group", example: "S0123456789" };
    let mut check = |path: String, kind: &Kind, id: &str| warnings.extend(kind.check(path, id));
    check("chat.channel".to_owned(), &channel, &chat.channel);
    if let Some(id) = &chat.audit_channel {
        check("chat.audit_channel".to_owned(), &channel, id);
    }
    if let Some(id) = &chat.escalate_to {
        check("chat.escalate_to".to_owned(), &called, id);
    }
    for (index, room) in chat.rooms.iter().enumerate() {
        check(format!("chat.rooms[{index}].channel"), &channel, &room.channel);
        if let Some(id) = &room.escalate_to {
            check(format!("chat.rooms[{index}].escalate_to"), &called, id);
        }
    }
    for (index, owners) in configuration.approval.owners.iter().enumerate() {
        for (at, id) in owners.groups.iter().enumerate() {
            check(format!("approval.owners[{index}].groups[{at}]"), &group, id);
        }
    }
    for (index, person) in configuration.people.iter().enumerate() {
        if let Some(id) = &person.chat {
            check(format!("people[{index}].chat"), &user, id);
        }
    }
}

/// What an id of Slack is for.
struct Kind {
    /// One of them comes first.
    letters: &'static str,
    name: &'static str,
    example: &'static str,
}

impl Kind {
    fn check(&self, path: String, id: &str) -> Option<Problem> {
        let rest = id.strip_prefix(|first| self.letters.contains(first));
        let is_id = rest.is_some_and(|rest| {
            !rest.is_empty() && rest.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        });
        let what = || format!("`{id}` does not look like Slack's id of {}", self.name);
        let remedy = || format!("give the id, such as {}, and not the name", self.example);
        (!is_id).then(|| Problem::new(path, what(), remedy()))
    }
}
