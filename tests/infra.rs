//! The templates of infra/, deployed on paper: their policies are asked what they
//! allow through our own engine, their rules which events they match.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

#[path = "infra/actions.rs"]
mod actions;
#[path = "infra/ask.rs"]
mod ask;
#[path = "infra/calls.rs"]
mod calls;
#[path = "infra/closed.rs"]
mod closed;
#[path = "infra/functions.rs"]
mod functions;
#[path = "infra/hub.rs"]
mod hub;
#[path = "infra/mistakes.rs"]
mod mistakes;
#[path = "infra/pattern.rs"]
mod pattern;
#[path = "infra/policies.rs"]
mod policies;
#[path = "infra/sample.rs"]
mod sample;
#[path = "infra/spoke.rs"]
mod spoke;
#[path = "infra/stack.rs"]
mod stack;
#[path = "infra/wiring.rs"]
mod wiring;
#[path = "infra/world.rs"]
mod world;
#[path = "infra/write_role.rs"]
mod write_role;
#[path = "infra/yaml.rs"]
mod yaml;

use ask::Problems;
use mistakes::{MISTAKES, Mistake};
use world::{World, sources};

type Check = fn(&World) -> Problems;

fn holds(check: Check) {
    let problems = check(&World::deploy(&sources())).0;
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_read_role_reads_what_the_evidence_needs() {
    holds(spoke::read_role_reads);
}

#[test]
fn the_read_role_is_what_the_code_calls() {
    holds(calls::read_role_is_what_the_code_calls);
}

#[test]
fn the_read_role_writes_nothing() {
    holds(spoke::read_role_writes_nothing);
}

#[test]
fn the_write_role_is_made_where_it_is_asked_for() {
    holds(write_role::write_role_is_made_where_it_is_asked_for);
}

#[test]
fn the_write_role_writes_what_plans_write() {
    holds(write_role::write_role_writes);
}

#[test]
fn the_write_role_is_careful_with_keys() {
    holds(write_role::write_role_is_careful_with_keys);
}

#[test]
fn the_write_role_does_no_more() {
    holds(write_role::write_role_does_no_more);
}

#[test]
fn the_write_role_is_what_the_code_calls() {
    holds(calls::write_role_is_what_the_code_calls);
}

#[test]
fn only_the_right_ones_get_in() {
    holds(spoke::only_the_right_ones_get_in);
}

#[test]
fn forwarding_is_narrow() {
    holds(spoke::forwarding_is_narrow);
}

#[test]
fn the_functions_can_work() {
    holds(hub::functions_work);
}

#[test]
fn the_functions_do_no_more() {
    holds(hub::functions_do_no_more);
}

#[test]
fn partitions_are_those_of_the_code() {
    holds(hub::partitions_are_those_of_the_code);
}

#[test]
fn the_right_roles_are_assumed() {
    holds(hub::the_right_roles_are_assumed);
}

#[test]
fn the_buses_are_closed() {
    holds(closed::buses_are_closed);
}

#[test]
fn the_queues_are_closed() {
    holds(closed::queues_are_closed);
}

#[test]
fn the_key_is_closed() {
    holds(closed::key_is_closed);
}

#[test]
fn the_configuration_is_closed() {
    holds(closed::configuration_is_closed);
}

#[test]
fn the_schedules_are_closed() {
    holds(closed::schedules_are_closed);
}

#[test]
fn the_reminders_are_closed() {
    holds(closed::reminders_are_closed);
}

#[test]
fn the_door_is_narrow() {
    holds(closed::the_door_is_narrow);
}

#[test]
fn reminders_are_scheduled() {
    holds(functions::reminders_are_scheduled);
}

#[test]
fn the_rules_see_denials() {
    holds(wiring::rules_see_denials);
}

#[test]
fn the_rules_for_work_see_their_state() {
    holds(wiring::rules_see_their_state);
}

#[test]
fn the_functions_are_wired() {
    holds(functions::functions_are_wired);
}

#[test]
fn sweep_is_scheduled() {
    holds(functions::sweep_is_scheduled);
}

#[test]
fn the_table_is_kept() {
    holds(wiring::table_is_kept);
}

#[test]
fn all_is_watched() {
    holds(wiring::all_is_watched);
}

#[test]
fn the_engine_reads_every_policy() {
    holds(policies::policies_are_read);
}

#[test]
fn wildcards_are_accounted_for() {
    holds(policies::wildcards_are_accounted_for);
}

#[test]
fn every_check_finds_its_mistake() {
    let mut unnoticed = Vec::new();
    for Mistake { file, text, instead, check } in MISTAKES {
        let mut sources = sources();
        let source = sources.get_mut(file).unwrap();
        assert!(source.contains(text), "{file} has no `{text}` any more");
        *source = source.replacen(text, instead, 1);
        if check(&World::deploy(&sources)).0.is_empty() {
            unnoticed.push(format!("{file}: `{text}` became `{instead}`"));
        }
    }
    assert!(unnoticed.is_empty(), "nobody minds:\n{}", unnoticed.join("\n"));
}
