//! Each call fails in turn: either everything stands at the end, or nothing, or the journal says what
//! may stand.

use super::plans::{journal, plans, world};
use super::world::{Call, Client, Fault, World};
use locksmith_app::change::{ChangeError, State};
use locksmith_app::ports::Slot;
use std::collections::BTreeSet;

const FAULTS: [Fault; 3] = [Fault::Refused, Fault::Lost, Fault::DoneAndLost];

#[test]
fn applying() {
    let before = world();
    for changes in plans(&before) {
        let planned = journal("work", &changes);
        let clean = World::new(&before);
        let client = Client::new(&clean);
        client.apply(planned.clone()).unwrap().unwrap();
        let (applied, calls) = (clean.texts(), client.calls().len());
        for number in 0..calls {
            for fault in FAULTS {
                let world = World::new(&before);
                let client = Client::failing(&world, number, fault);
                let journal = match client.apply(planned.clone()).unwrap() {
                    Ok(journal) => journal,
                    Err(ChangeError::Store(_)) => {
                        // What cannot be noted is not done.
                        let after = &client.calls()[number..];
                        assert!(!after.iter().any(|call| matches!(call, Call::Write(_))));
                        let left = world.stored("work").unwrap_or_else(|| planned.clone());
                        let next = Client::new(&world).apply(left).unwrap().unwrap();
                        assert_eq!(next.state, State::Applied, "{number} {fault:?}");
                        next
                    }
                    Err(error) => panic!("{number} {fault:?}: {error}"),
                };
                match &journal.state {
                    State::Applied => assert_eq!(world.texts(), applied, "{number} {fault:?}"),
                    State::RolledBack { .. } => {
                        assert_eq!(world.texts(), before, "{number} {fault:?}");
                    }
                    other => panic!("{number} {fault:?}: {other:?}"),
                }
                let undone = Client::new(&world).undo(journal, &BTreeSet::new()).unwrap().unwrap();
                let is_over = matches!(undone.state, State::RolledBack { .. } | State::Undone);
                assert!(is_over, "{number} {fault:?}");
                assert_eq!(world.texts(), before, "{number} {fault:?}");
            }
        }
    }
}

#[test]
fn taking_back() {
    let before = world();
    for changes in plans(&before) {
        let applied = || {
            let world = World::new(&before);
            let journal = Client::new(&world).apply(journal("work", &changes)).unwrap().unwrap();
            (world, journal)
        };
        let (world, journal) = applied();
        let client = Client::new(&world);
        client.undo(journal, &BTreeSet::new()).unwrap().unwrap();
        for number in 0..client.calls().len() {
            for fault in FAULTS {
                let (world, journal) = applied();
                let client = Client::failing(&world, number, fault);
                let next = match client.undo(journal.clone(), &BTreeSet::new()).unwrap() {
                    Ok(next) => next,
                    Err(ChangeError::Store(_)) => world.stored("work").unwrap(),
                    Err(error) => panic!("{number} {fault:?}: {error}"),
                };
                let now = world.texts();
                if let State::Failed { .. } = &next.state {
                    let accounts = next.remains();
                    // Every account is told of, and what is not as it was is told.
                    assert_eq!(accounts.len(), 2);
                    for step in &next.steps {
                        let slot = Slot::of(&step.change);
                        let remains =
                            accounts.iter().find(|one| one.account == slot.account).unwrap();
                        let is_told = remains
                            .what
                            .iter()
                            .any(|what| what.target == slot.target && what.kind == slot.kind);
                        assert!(is_told || now.get(&slot) == before.get(&slot), "{slot:?}");
                    }
                }
                let undone = Client::new(&world).undo(next, &BTreeSet::new()).unwrap().unwrap();
                assert_eq!(undone.state, State::Undone, "{number} {fault:?}");
                assert_eq!(world.texts(), before, "{number} {fault:?}");
            }
        }
    }
}
