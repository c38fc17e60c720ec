//! What makes a configuration unusable although it can be read.

mod durations;
mod told;
pub(super) mod warnings;

use super::{Configuration, Owners, Problem};
use locksmith_core::arn::AccountId;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that is wrong, without the places in the text.
pub(super) fn problems(configuration: &Configuration) -> Vec<Problem> {
    let mut problems = Vec::new();
    if configuration.accounts.trusted.is_empty() {
        problems.push(Problem::new(
            "accounts.trusted",
            "it is empty",
            "name the accounts that Locksmith may watch",
        ));
    }
    for (index, suppression) in configuration.suppressions.iter().enumerate() {
        if suppression.reason.trim().is_empty() {
            problems.push(Problem::new(
                format!("suppressions[{index}].reason"),
                "it is empty",
                "say why these denials are right",
            ));
        }
    }
    durations::check(configuration, &mut problems);
    people(configuration, &mut problems);
    approval(configuration, &mut problems);
    told::check(configuration, &mut problems);
    problems
}

/// Everybody is one person, here and in the chat: a click counts for whom the chat names.
fn people(configuration: &Configuration, problems: &mut Vec<Problem>) {
    let mut ids = BTreeSet::new();
    let mut in_chat = BTreeMap::new();
    for (index, person) in configuration.people.iter().enumerate() {
        let id = &person.id;
        if id.trim().is_empty() {
            let path = format!("people[{index}].id");
            problems.push(Problem::new(path, "it is empty", "give the person an id"));
        } else if !ids.insert(id) {
            problems.push(Problem::new(
                format!("people[{index}].id"),
                format!("`{id}` stands there twice"),
                "give each person an id of their own, or make one entry of the two",
            ));
        } else {
            let chat = person.chat.as_ref();
            if let Some(other) = in_chat.insert(chat.unwrap_or(id), id) {
                let field = if chat.is_some() { "chat" } else { "id" };
                problems.push(Problem::new(
                    format!("people[{index}].{field}"),
                    format!("the chat knows `{other}` by `{}` too", chat.unwrap_or(id)),
                    "give each person the chat's id of their own",
                ));
            }
        }
    }
}

fn approval(configuration: &Configuration, problems: &mut Vec<Problem>) {
    let approval = &configuration.approval;
    if approval.enabled && approval.owners.is_empty() {
        problems.push(Problem::new(
            "approval.enabled",
            "it is true, and nobody is named in [[approval.owners]]",
            "name who may approve changes in which account",
        ));
    }
    known(configuration, "approval.break_glass.people", &approval.break_glass.people, problems);
    let mut owned = BTreeSet::new();
    for (index, owners) in approval.owners.iter().enumerate() {
        let path = format!("approval.owners[{index}]");
        accounts(configuration, &path, owners, &mut owned, problems);
        known(configuration, &format!("{path}.people"), &owners.people, problems);
        quorum(&path, owners, problems);
    }
}

/// Ids of people who are described nowhere.
fn known(
    configuration: &Configuration,
    path: &str,
    people: &[String],
    problems: &mut Vec<Problem>,
) {
    for (index, id) in people.iter().enumerate() {
        if configuration.person(id).is_none() {
            problems.push(Problem::new(
                format!("{path}[{index}]"),
                format!("nobody in [[people]] has the id `{id}`"),
                "add them to [[people]], or take the id out here",
            ));
        }
    }
}

fn accounts(
    configuration: &Configuration,
    path: &str,
    owners: &Owners,
    owned: &mut BTreeSet<AccountId>,
    problems: &mut Vec<Problem>,
) {
    if owners.accounts.is_empty() {
        let path = format!("{path}.accounts");
        problems.push(Problem::new(path, "it is empty", "name at least one account"));
    }
    for (index, account) in owners.accounts.iter().enumerate() {
        let path = format!("{path}.accounts[{index}]");
        // Where no account is trusted, that is told, and not once more for each owner.
        if !configuration.accounts.trusted.is_empty() && !configuration.trusts(*account) {
            problems.push(Problem::new(
                &*path,
                format!("{account} is not trusted"),
                "add it to accounts.trusted, or take it out here",
            ));
        }
        if !owned.insert(*account) {
            problems.push(Problem::new(
                path,
                format!("{account} stands there twice"),
                "put all who may approve there into one entry",
            ));
        }
    }
}

fn quorum(path: &str, owners: &Owners, problems: &mut Vec<Problem>) {
    let people = owners.people.iter().collect::<BTreeSet<_>>().len();
    let quorum = owners.quorum;
    if people == 0 && owners.groups.is_empty() {
        let path = format!("{path}.people");
        problems.push(Problem::new(path, "nobody may approve", "name people or groups who may"));
    } else if quorum == 0 {
        let path = format!("{path}.quorum");
        problems.push(Problem::new(path, "it is 0", "let at least one of them agree"));
    } else if quorum > people && owners.groups.is_empty() {
        // How many belong to a group only the chat knows.
        problems.push(Problem::new(
            format!("{path}.quorum"),
            format!("it is {quorum}, and only {people} may approve"),
            format!("name more people, or ask for {people} at most"),
        ));
    }
}
