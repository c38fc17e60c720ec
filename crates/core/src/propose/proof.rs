//! The proof that a change opens nothing but what it is meant to open.
//!
//! A change writes one document, so only what that document says can make a decision different.
//! What it says before and after is compared request by request ([`universe`]), and statement by
//! statement ([`additions`]): one looks at what the policies mean, the other at how they are written,
//! and neither knows how the statements were made. What is meant is told by the [`Intent`] alone
//! ([`means`]).

mod actions;
mod additions;
mod callers;
mod circumstances;
mod corners;
mod means;
mod resources;
mod samples;
mod speaker;
mod subject;
mod universe;
mod words;

#[cfg(test)]
mod tests;

use self::speaker::Speaker;
use self::subject::Subject;
use self::universe::Universe;
use super::intent::Intent;
use crate::evaluate::{Grants, Policies, Says, is_public};
use crate::plan::{Change, ChangeKind};
use std::collections::BTreeSet;

/// What a comparison of a change's document before and after came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Comparison {
    /// How many requests were compared.
    pub(crate) checked: u64,
    /// What became different and was not meant to; the first few, for people to read.
    pub(crate) outside: Vec<String>,
}

/// How many differences are told.
const TOLD: usize = 5;

/// Compares what a change's document says before and after, over requests that are made from the
/// document itself, from the other policies and grants in force for the call, and from what is next
/// to what is meant.
pub(crate) fn compare(
    change: &Change,
    intent: &Intent,
    named: &[&Policies],
    grants: &[&Grants],
) -> Comparison {
    let mut outside = additions::breaches(change, intent);
    let mut checked = 0;
    if change.kind != ChangeKind::PutBucketEncryption {
        match (Speaker::before(change), Speaker::after(change)) {
            (Ok(before), Ok(after)) => {
                if becomes_public(&before, &after) {
                    outside.push(format!("{} would be public", change.target));
                }
                let found = differences(change, intent, [&before, &after], named, grants);
                checked = found.checked;
                outside.extend(found.outside);
            }
            (Err(problem), _) => outside.push(format!("what stands there: {problem}")),
            (_, Err(problem)) => outside.push(format!("what would stand there: {problem}")),
        }
    }
    outside.truncate(TOLD);
    Comparison { checked, outside }
}

/// The requests that are answered differently, and that nobody meant.
fn differences(
    change: &Change,
    intent: &Intent,
    [before, after]: [&Speaker; 2],
    named: &[&Policies],
    grants: &[&Grants],
) -> Comparison {
    let subject = Subject::new(change, intent, [before, after], named, grants);
    let mut comparison = Comparison::default();
    let apart = Speaker::apart(before, after);
    let mut told = BTreeSet::new();
    Universe::of(&subject).each(|request, circumstance| {
        comparison.checked += 1;
        if apart.as_ref().is_some_and(|[gone, new]| gone.says(request) == new.says(request)) {
            return;
        }
        let says = [before.says(request), after.says(request)];
        if says[0] == says[1]
            || (only_opens(says) && intent.means(request, change.kind))
            || comparison.outside.len() == TOLD
        {
            return;
        }
        // Once for each request, however the circumstances differ.
        if told.insert((request.caller.name.clone(), request.action.as_str().to_owned())) {
            comparison.outside.push(words::difference(request, circumstance, says));
        }
    });
    comparison
}

/// Whether everything that was allowed still is, and nothing more or less is denied.
fn only_opens([before, after]: [Says; 2]) -> bool {
    before.deny == after.deny
        && before.allow.iter().zip(after.allow).all(|(before, after)| *before <= after)
}

/// Whether a document becomes public by the change.
fn becomes_public(before: &Speaker, after: &Speaker) -> bool {
    let public = |speaker: &Speaker| speaker.policy().is_some_and(is_public);
    public(after) && !public(before)
}
