//! A process that dies between any two calls leaves a journal from which the next one finishes or
//! takes back.

use super::plans::{journal, plans, somebody_adds, world};
use super::world::{Client, Fault, Texts, World};
use locksmith_app::change::{Journal, State, Status};
use locksmith_app::ports::Slot;
use locksmith_core::plan::Change;
use std::collections::BTreeSet;

const DEATHS: [Fault; 2] = [Fault::DiesBefore, Fault::DiesAfter];

/// How a world is made, and a plan for it.
type Setting = (fn() -> World, Vec<Change>);

/// Two worlds, with their two plans each.
fn settings() -> Vec<Setting> {
    let plain: fn() -> World = || World::new(&world());
    let collapsing: fn() -> World = || World::collapsing(&world());
    let with_plans = |make: fn() -> World| plans(&make().texts()).map(|plan| (make, plan));
    [plain, collapsing].into_iter().flat_map(with_plans).collect()
}

fn nothing() -> BTreeSet<locksmith_core::plan::Reliance> {
    BTreeSet::new()
}

/// What stands when nobody dies, and how many calls that takes.
fn undisturbed(world: &World, journal: Journal) -> (Texts, usize) {
    let client = Client::new(world);
    let journal = client.apply(journal).unwrap().unwrap();
    assert_eq!(journal.state, State::Applied);
    assert!(journal.steps.iter().all(|step| step.status == Status::Written));
    (world.texts(), client.calls().len())
}

/// The journal that the next run finds, which tells of whatever is not as it was.
fn found(world: &World, before: &Texts, planned: &Journal) -> Journal {
    let now = world.texts();
    let journal = world.stored(&planned.name).unwrap_or_else(|| planned.clone());
    for step in &journal.steps {
        let slot = Slot::of(&step.change);
        let is_as_before = now.get(&slot) == before.get(&slot);
        assert!(is_as_before || step.may_stand(), "{slot:?} has no record: {:?}", step.status);
        assert!(!is_as_before || step.status != Status::Written, "{slot:?} is not there");
    }
    journal
}

#[test]
fn applying() {
    for (make, changes) in settings() {
        let planned = journal("work", &changes);
        let before = make().texts();
        let (applied, calls) = undisturbed(&make(), planned.clone());
        for number in 0..calls {
            for death in DEATHS {
                let one = make();
                assert!(Client::failing(&one, number, death).apply(planned.clone()).is_none());
                let left = found(&one, &before, &planned);
                let done = Client::new(&one).apply(left).unwrap().unwrap();
                assert_eq!(done.state, State::Applied, "{number} {death:?}");
                assert_eq!(one.texts(), applied, "{number} {death:?}");
                // And what was finished by another run is taken back byte for byte.
                let undone = Client::new(&one).undo(done, &nothing()).unwrap().unwrap();
                assert_eq!(undone.state, State::Undone, "{number} {death:?}");
                assert_eq!(one.texts(), before, "{number} {death:?}");

                let other = make();
                assert!(Client::failing(&other, number, death).apply(planned.clone()).is_none());
                let left = found(&other, &before, &planned);
                let undone = Client::new(&other).undo(left, &nothing()).unwrap().unwrap();
                assert_eq!(undone.state, State::Undone, "{number} {death:?}");
                assert_eq!(other.texts(), before, "{number} {death:?}");
            }
        }
    }
}

#[test]
fn taking_back() {
    for (make, changes) in settings() {
        let before = make().texts();
        let planned = journal("work", &changes);
        let applied = || {
            let world = make();
            let journal = Client::new(&world).apply(planned.clone()).unwrap().unwrap();
            (world, journal)
        };
        let (world, journal) = applied();
        let client = Client::new(&world);
        client.undo(journal, &nothing()).unwrap().unwrap();
        for number in 0..client.calls().len() {
            for death in DEATHS {
                let (world, journal) = applied();
                let client = Client::failing(&world, number, death);
                assert!(client.undo(journal.clone(), &nothing()).is_none());
                let left = found(&world, &before, &journal);
                // Nobody makes again what somebody decided to take back.
                let texts = world.texts();
                if left.state == State::Undoing {
                    let same = Client::new(&world).apply(left.clone()).unwrap().unwrap();
                    assert_eq!((same, world.texts()), (left.clone(), texts));
                }
                let undone = Client::new(&world).undo(left, &nothing()).unwrap().unwrap();
                assert_eq!(undone.state, State::Undone, "{number} {death:?}");
                assert_eq!(world.texts(), before, "{number} {death:?}");
            }
        }
    }
}

/// The last change cannot be made, because somebody else changed its document.
#[test]
fn rolling_back() {
    for (make, mut changes) in settings() {
        let planned = |changes: &[Change]| journal("work", changes);
        // Both plans have a policy that somebody changes: it becomes the last change.
        let at = changes.iter().position(|change| change.kind.is_shared_document()).unwrap();
        let last = changes.remove(at);
        changes.push(last.clone());
        let start = || {
            let world = make();
            world.edit(|texts| {
                let text =
                    texts.entry(Slot::of(&last)).or_insert_with(|| "{\"Statement\":[]}".to_owned());
                *text = text.replacen('[', "[ {\"Sid\":\"Somebody\"} ,", 1).replace(",]", "]");
            });
            world
        };
        let before = start().texts();
        let world = start();
        let client = Client::new(&world);
        let journal = client.apply(planned(&changes)).unwrap().unwrap();
        assert!(
            matches!(&journal.state, State::RolledBack { why } if why.to_string().contains("plan again"))
        );
        assert_eq!(world.texts(), before);
        for number in 0..client.calls().len() {
            for (death, undo) in
                DEATHS.into_iter().flat_map(|death| [(death, false), (death, true)])
            {
                let world = start();
                let client = Client::failing(&world, number, death);
                assert!(client.apply(planned(&changes)).is_none());
                let left = found(&world, &before, &planned(&changes));
                let client = Client::new(&world);
                let journal = if undo { client.undo(left, &nothing()) } else { client.apply(left) };
                let state = journal.unwrap().unwrap().state;
                let is_over = matches!(state, State::RolledBack { .. } | State::Undone);
                assert!(is_over, "{number} {death:?}: {state:?}");
                assert_eq!(world.texts(), before, "{number} {death:?}");
            }
        }
    }
}

#[test]
fn twice() {
    for (make, changes) in settings().into_iter().take(2) {
        let planned = journal("work", &changes);
        let before = make().texts();
        let (applied, calls) = undisturbed(&make(), planned.clone());
        for first in 0..calls {
            for (second, undo) in
                (first % 2..calls + 8).step_by(2).flat_map(|at| [(at, false), (at, true)])
            {
                let world = make();
                let deaths = [DEATHS[first / 2 % 2], DEATHS[second / 2 % 2]];
                assert!(Client::failing(&world, first, deaths[0]).apply(planned.clone()).is_none());
                let left = found(&world, &before, &planned);
                let client = Client::failing(&world, second, deaths[1]);
                let went_on = if undo { client.undo(left, &nothing()) } else { client.apply(left) };
                let left = found(&world, &before, &planned);
                if let Some(journal) = went_on {
                    assert_eq!(journal.unwrap(), left);
                }
                let client = Client::new(&world);
                if undo {
                    let undone = client.undo(left, &nothing()).unwrap().unwrap();
                    assert_eq!(undone.state, State::Undone, "{first} {second}");
                    assert_eq!(world.texts(), before, "{first} {second}");
                } else {
                    let done = client.apply(left).unwrap().unwrap();
                    assert_eq!(done.state, State::Applied, "{first} {second}");
                    assert_eq!(world.texts(), applied, "{first} {second}");
                }
            }
        }
    }
}

/// Somebody else's statement comes while nobody works on what a dead process left.
#[test]
fn and_somebody_else_writes_before_the_next_run() {
    for (make, changes) in settings() {
        let planned = journal("work", &changes);
        let before = make().texts();
        let (_, calls) = undisturbed(&make(), planned.clone());
        for number in 0..calls {
            for (death, undo) in
                DEATHS.into_iter().flat_map(|death| [(death, false), (death, true)])
            {
                let world = make();
                assert!(Client::failing(&world, number, death).apply(planned.clone()).is_none());
                let left = found(&world, &before, &planned);
                world.edit(somebody_adds);
                let made = world.texts();
                let theirs = make();
                theirs.edit(somebody_adds);
                let theirs = theirs.texts();
                let client = Client::new(&world);
                let journal = if undo { client.undo(left, &nothing()) } else { client.apply(left) };
                let journal = journal.unwrap().unwrap();
                let undone = client.undo(journal, &nothing()).unwrap().unwrap();
                assert!(!matches!(undone.state, State::Failed { .. }), "{number} {death:?}");
                // What our document of its own became by their statement stays with that alone.
                for (slot, text) in world.texts() {
                    let says = |text: &String| text.contains("Locksmith");
                    assert!(!says(&text), "{slot:?}: {text}");
                    let was = theirs.get(&slot).or_else(|| made.get(&slot)).unwrap();
                    assert!(was == &text || !before.contains_key(&slot), "{slot:?}: {text}");
                }
            }
        }
    }
}
