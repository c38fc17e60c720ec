//! What makes a configuration unusable although it can be read.

use super::{Configuration, Owners};
use jiff::SignedDuration;
use locksmith_core::arn::AccountId;
use std::collections::BTreeSet;

/// # Errors
/// The place, what is wrong there, and the remedy.
pub(super) fn check(configuration: &Configuration) -> Result<(), String> {
    if configuration.accounts.trusted.is_empty() {
        let problem = "accounts.trusted is empty: name the accounts that Locksmith may watch";
        return Err(problem.to_owned());
    }
    if configuration.suppressions.iter().any(|one| one.reason.trim().is_empty()) {
        return Err("suppressions: each one needs a reason".to_owned());
    }
    durations(configuration)?;
    let mut known = BTreeSet::new();
    for (index, person) in configuration.people.iter().enumerate() {
        if person.id.trim().is_empty() || !known.insert(person.id.as_str()) {
            let id = &person.id;
            return Err(format!("people[{index}].id: `{id}` is empty or stands there twice"));
        }
    }
    let approval = &configuration.approval;
    if approval.enabled && approval.owners.is_empty() {
        let problem = "approval.enabled is true and nobody is named in [[approval.owners]]: name \
                       who may approve changes in which account";
        return Err(problem.to_owned());
    }
    let mut owned = BTreeSet::new();
    for (index, owners) in approval.owners.iter().enumerate() {
        let problem = owner(configuration, owners, &known, &mut owned);
        problem.map_err(|problem| format!("approval.owners[{index}].{problem}"))?;
    }
    Ok(())
}

fn owner(
    configuration: &Configuration,
    owners: &Owners,
    known: &BTreeSet<&str>,
    owned: &mut BTreeSet<AccountId>,
) -> Result<(), String> {
    if owners.accounts.is_empty() {
        return Err("accounts is empty: name at least one account".to_owned());
    }
    for account in &owners.accounts {
        if !configuration.trusts(*account) {
            return Err(format!(
                "accounts: {account} is not trusted: add it to accounts.trusted, or take it out here"
            ));
        }
        if !owned.insert(*account) {
            return Err(format!(
                "accounts: {account} stands there twice: put all of its people into one entry"
            ));
        }
    }
    let people: BTreeSet<&str> = owners.people.iter().map(String::as_str).collect();
    if people.is_empty() {
        return Err("people is empty: name who may approve".to_owned());
    }
    if let Some(unknown) = people.iter().find(|id| !known.contains(*id)) {
        return Err(format!("people: nobody in [[people]] has the id `{unknown}`"));
    }
    if owners.quorum == 0 || owners.quorum > people.len() {
        let (quorum, people) = (owners.quorum, people.len());
        return Err(format!(
            "quorum is {quorum}: it has to be from 1 to {people}, the people named"
        ));
    }
    Ok(())
}

fn durations(configuration: &Configuration) -> Result<(), String> {
    let verify = &configuration.verify;
    let year = SignedDuration::from_hours(24 * 365);
    let bounds = [
        (
            "plan.expires_after",
            configuration.plan.expires_after,
            SignedDuration::from_mins(15),
            year,
        ),
        (
            "approval.valid_for",
            Some(configuration.approval.valid_for),
            SignedDuration::from_mins(1),
            SignedDuration::from_hours(24 * 30),
        ),
        (
            "verify.propagation",
            Some(verify.propagation),
            SignedDuration::ZERO,
            SignedDuration::from_hours(1),
        ),
        ("verify.wait", Some(verify.wait), SignedDuration::ZERO, SignedDuration::from_mins(10)),
        ("verify.give_up_after", Some(verify.give_up_after), verify.propagation, year),
    ];
    for (place, duration, least, most) in bounds {
        if duration.is_some_and(|duration| duration < least || duration > most) {
            return Err(format!("{place}: it has to be from {least:#} to {most:#}"));
        }
    }
    Ok(())
}
