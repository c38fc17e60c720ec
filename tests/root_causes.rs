//! Root causes, generated: set-ups that work are broken in one, two and three places, and the
//! diagnosis must name exactly those; then facts are hidden, and what is still decided must stay.

#![expect(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

#[path = "../crates/chat/tests/common/block_kit.rs"]
mod block_kit;
#[path = "root_causes/calls.rs"]
mod calls;
mod changed;
#[path = "root_causes/check.rs"]
mod check;
#[path = "root_causes/faults.rs"]
mod faults;
#[path = "root_causes/hide.rs"]
mod hide;
#[path = "root_causes/plans.rs"]
mod plans;
#[path = "root_causes/policies.rs"]
mod policies;
#[path = "root_causes/random.rs"]
mod random;
#[path = "root_causes/settings.rs"]
mod settings;
#[path = "root_causes/setup.rs"]
mod setup;
#[path = "root_causes/strangers.rs"]
mod strangers;
#[path = "root_causes/told.rs"]
mod told;
#[path = "root_causes/world.rs"]
mod world;

use check::{Failures, breaks, diagnose, works};
use faults::Fault;
use random::Random;
use setup::Setup;

/// How often to draw; `LOCKSMITH_TEST_EFFORT` multiplies it.
fn effort(draws: usize) -> usize {
    let times = std::env::var("LOCKSMITH_TEST_EFFORT").ok().and_then(|text| text.parse().ok());
    draws * times.unwrap_or(1)
}

/// Pairs of faults that do not touch each other: all of them, or so many drawn from them.
fn pairs<'a>(faults: &'a [Fault], limit: usize, random: &mut Random) -> Vec<Vec<&'a Fault>> {
    let mut pairs = Vec::new();
    for (place, one) in faults.iter().enumerate() {
        for two in &faults[place + 1..] {
            if !one.touches(two) {
                pairs.push(vec![one, two]);
            }
        }
    }
    while pairs.len() > limit {
        pairs.swap_remove(random.below(pairs.len()));
    }
    pairs
}

fn triple<'a>(faults: &'a [Fault], random: &mut Random) -> Option<Vec<&'a Fault>> {
    let mut chosen: Vec<&Fault> = Vec::new();
    for _ in 0..20 {
        let fault = random.one_of(faults);
        if chosen.iter().all(|other| !fault.touches(other)) && chosen.len() < 3 {
            chosen.push(fault);
        }
    }
    (chosen.len() == 3).then_some(chosen)
}

#[test]
fn every_set_up_works() {
    let mut failures = Failures::default();
    for setup in setup::all() {
        works(&setup, &mut failures);
    }
    failures.report(29);
}

#[test]
fn one_fault_is_one_root_cause() {
    let mut failures = Failures::default();
    let mut random = Random::new(1);
    for setup in setup::all() {
        for fault in &faults::of(&setup) {
            // Each in several of its forms.
            for _ in 0..effort(2) {
                breaks(&setup, &[fault], &mut random, &mut failures);
            }
        }
    }
    failures.report(1400);
}

#[test]
fn two_faults_are_both_named() {
    let mut failures = Failures::default();
    let mut random = Random::new(2);
    for setup in setup::all() {
        let faults = faults::of(&setup);
        for pair in pairs(&faults, effort(160), &mut random) {
            breaks(&setup, &pair, &mut random, &mut failures);
        }
    }
    failures.report(3000);
}

#[test]
fn three_faults_are_all_named() {
    let mut failures = Failures::default();
    let mut random = Random::new(3);
    for setup in setup::all() {
        let faults = faults::of(&setup);
        for _ in 0..effort(32) {
            if let Some(triple) = triple(&faults, &mut random) {
                breaks(&setup, &triple, &mut random, &mut failures);
            }
        }
    }
    failures.report(800);
}

#[test]
fn what_may_be_mended_is_mended() {
    let mut failures = Failures::default();
    let mut random = Random::new(5);
    for setup in setup::all() {
        let faults = faults::of(&setup);
        for fault in &faults {
            plans::mended(&setup, &[fault], &mut random, &mut failures);
        }
        for pair in pairs(&faults, effort(24), &mut random) {
            plans::mended(&setup, &pair, &mut random, &mut failures);
        }
        for _ in 0..effort(8) {
            if let Some(triple) = triple(&faults, &mut random) {
                plans::mended(&setup, &triple, &mut random, &mut failures);
            }
        }
    }
    failures.report(1500);
}

#[test]
fn what_is_broken_everywhere_is_told_in_one_message() {
    let mut random = Random::new(6);
    let mut largest = [0, 0];
    for setup in setup::all() {
        let faults = faults::of(&setup);
        for _ in 0..effort(6) {
            let chosen = told::as_many_as_go(&faults, &mut random);
            let sizes = told::told(&setup, &chosen, &mut random);
            largest = [0, 1].map(|one| largest[one].max(sizes[one]));
        }
    }
    println!("up to {} causes and {} changes", largest[0], largest[1]);
    assert!(largest[0] >= 20 && largest[1] >= 4, "{largest:?}");
}

#[test]
fn hidden_facts_change_no_verdict() {
    let mut failures = Failures::default();
    let mut random = Random::new(4);
    for setup in setup::all() {
        let faults = faults::of(&setup);
        for round in 0..effort(36) {
            let chosen: Vec<&Fault> = match round % 3 {
                0 => Vec::new(),
                1 => vec![random.one_of(&faults)],
                _ => triple(&faults, &mut random).unwrap_or_default(),
            };
            hidden(&setup, &chosen, &mut random, &mut failures);
        }
    }
    failures.report(1500);
}

fn hidden(setup: &Setup, faults: &[&Fault], random: &mut Random, failures: &mut Failures) {
    let world = check::broken(setup, faults, random);
    let full = diagnose(&world);
    for count in [1, 2] {
        let (hidden, facts) = hide::some(&world, count, random);
        failures.count += 1;
        let what = || format!("{}: {} without {facts:?}", setup.name, check::names(faults));
        for problem in check::unsound(setup, &full, &diagnose(&hidden), &facts) {
            failures.add(&what(), &problem);
        }
    }
}
