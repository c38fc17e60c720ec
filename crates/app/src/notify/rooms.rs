//! Which rooms an incident is told in, and what is asked there.

use crate::card::Card;
use crate::config::{ChatSystem, Configuration};
use crate::ports::Room;
use std::collections::{BTreeMap, BTreeSet};

/// The rooms of the accounts that are concerned; accounts that share a channel share a message. A chat
/// that cannot tell who clicked asks each approver alone as well.
pub(super) fn of(card: &Card, configuration: &Configuration) -> Vec<Room> {
    let Some(chat) = &configuration.chat else { return Vec::new() };
    let mut rooms: BTreeMap<String, Room> = BTreeMap::new();
    for account in card.accounts() {
        let owner = card.incident.resource_account;
        let rule = chat.room(account, card.placement.whereabouts(account, owner));
        let channel = rule.map_or(&chat.channel, |rule| &rule.channel);
        let room = rooms.entry(channel.clone()).or_insert_with(|| Room {
            channel: channel.clone(),
            locale: rule.and_then(|rule| rule.locale).unwrap_or(chat.locale),
            accounts: BTreeSet::new(),
            person: None,
            escalate_to: rule
                .and_then(|rule| rule.escalate_to.clone())
                .or_else(|| chat.escalate_to.clone()),
        });
        room.accounts.insert(account);
    }
    if chat.system == ChatSystem::Teams {
        let alone = approvers(rooms.values(), configuration);
        rooms.extend(alone.into_iter().map(|room| (room.channel.clone(), room)));
    }
    rooms.into_values().collect()
}

/// A room for each person who may approve, as an owner or by break-glass, and can be reached alone.
fn approvers<'r>(
    rooms: impl Iterator<Item = &'r Room>,
    configuration: &Configuration,
) -> Vec<Room> {
    let mut alone: BTreeMap<&str, Room> = BTreeMap::new();
    for room in rooms {
        for account in &room.accounts {
            let owners = configuration.owners(*account).into_iter();
            let breakers = &configuration.approval.break_glass.people;
            for person in owners.flat_map(|owners| &owners.people).chain(breakers) {
                let reached = configuration.person(person);
                let Some(channel) = reached.and_then(|known| known.chat.as_ref()) else { continue };
                let own = alone.entry(person).or_insert_with(|| Room {
                    channel: channel.clone(),
                    person: Some(person.clone()),
                    accounts: BTreeSet::new(),
                    escalate_to: None,
                    ..room.clone()
                });
                own.accounts.insert(*account);
            }
        }
    }
    alone.into_values().collect()
}
