//! Whatever is applied and taken back in whatever order, and whatever others do in between: at the
//! end others' statements are what others made of them.

use super::plans::{bucket, journal, key, sids, theirs, world};
use super::world::{Client, World};
use locksmith_app::change::{Journal, State};
use locksmith_app::ports::Slot;
use locksmith_core::plan::document::{self, normal, statements};
use locksmith_core::plan::{Change, Reliance};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;

/// What happens next.
#[derive(Clone, Debug)]
enum Event {
    /// This plan is made from what stands now, and applied.
    Apply(usize),
    /// It is taken back.
    Undo(usize),
    /// Others add a statement of this number to a document.
    Add(usize, u8),
    /// Others take their first statement out of it.
    Remove(usize),
    /// Others write it down in another way.
    Rewrite(usize),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => (0..4_usize).prop_map(Event::Apply),
        2 => (0..4_usize).prop_map(Event::Undo),
        2 => (0..3_usize, 0..4_u8).prop_map(|(at, number)| Event::Add(at, number)),
        1 => (0..3_usize).prop_map(Event::Remove),
        1 => (0..3_usize).prop_map(Event::Rewrite),
    ]
}

/// The statements that this plan is about, document by document. Some plans share some.
const PLANS: [[&[&str]; 3]; 4] = [
    [&["LocksmithA"], &["LocksmithA"], &[]],
    [&["LocksmithA", "LocksmithB"], &[], &["LocksmithB"]],
    [&["LocksmithC"], &["LocksmithC"], &["LocksmithC"]],
    [&[], &["LocksmithA"], &["LocksmithB", "LocksmithD"]],
];

/// The document of a number, with statements added.
fn change(world: &World, at: usize, added: &[&str]) -> Change {
    let texts = world.texts();
    match at {
        0 => key(&texts, added),
        1 => bucket(&texts, "bucket", added),
        _ => bucket(&texts, "bare", added),
    }
}

/// The changes of a plan: what does not stand yet. And all that it relies on.
fn plan(world: &World, number: usize) -> (Vec<Change>, BTreeSet<Reliance>) {
    let (mut changes, mut relies_on) = (Vec::new(), BTreeSet::new());
    for (at, wanted) in PLANS[number].iter().enumerate() {
        relies_on.extend(change(world, at, wanted).leaves());
        let stand = sids(&world.texts(), &change(world, at, &[]));
        let missing: Vec<&str> =
            wanted.iter().copied().filter(|sid| !stand.iter().any(|one| one == sid)).collect();
        if !missing.is_empty() {
            changes.push(change(world, at, &missing));
        }
    }
    (changes, relies_on)
}

/// The statements of others in a document.
fn of_others(world: &World, at: usize) -> Vec<Value> {
    let texts = world.texts();
    let Some(text) = texts.get(&Slot::of(&change(world, at, &[]))) else { return Vec::new() };
    let document = normal(text).unwrap();
    let is_theirs =
        |one: &&Value| !one["Sid"].as_str().unwrap_or_default().starts_with("Locksmith");
    statements(&document).filter(is_theirs).cloned().collect()
}

fn edit(world: &World, at: usize, edit: impl Fn(Option<&str>) -> Option<String>) {
    let slot = Slot::of(&change(world, at, &[]));
    world.edit(|texts| match edit(texts.get(&slot).map(String::as_str)) {
        Some(text) => drop(texts.insert(slot.clone(), text)),
        None => drop(texts.remove(&slot)),
    });
}

proptest! {
    #[test]
    fn others_statements_are_theirs(events in proptest::collection::vec(event(), 1..25)) {
        let world = World::new(&world());
        let mut expected: Vec<Vec<Value>> = (0..3).map(|at| of_others(&world, at)).collect();
        // Works by number: the journal, what it relies on, whether somebody still wants it.
        let mut works: Vec<(usize, Journal, BTreeSet<Reliance>, bool)> = Vec::new();
        let last = (0..4).map(Event::Undo);
        for event in events.into_iter().chain(last) {
            match event {
                Event::Apply(number) => {
                    if works.iter().any(|(other, .., wanted)| *other == number && *wanted) {
                        continue;
                    }
                    let (changes, relies_on) = plan(&world, number);
                    let name = format!("work-{}", works.len());
                    let done = Client::new(&world).apply(journal(&name, &changes)).unwrap().unwrap();
                    prop_assert_eq!(&done.state, &State::Applied);
                    works.push((number, done, relies_on, true));
                }
                Event::Undo(number) => {
                    for (other, .., wanted) in &mut works {
                        *wanted = *wanted && *other != number;
                    }
                    let keep: BTreeSet<Reliance> = works
                        .iter()
                        .filter(|(.., wanted)| *wanted)
                        .flat_map(|(_, _, relies_on, _)| relies_on.clone())
                        .collect();
                    for (_, journal, _, wanted) in &mut works {
                        if !*wanted {
                            let client = Client::new(&world);
                            *journal = client.undo(journal.clone(), &keep).unwrap().unwrap();
                            prop_assert_eq!(&journal.state, &State::Undone);
                        }
                    }
                    // What others rely on stands.
                    for (_, _, relies_on, _) in works.iter().filter(|(.., wanted)| *wanted) {
                        for one in relies_on {
                            let at = (0..3).find(|at| change(&world, *at, &[]).target == one.target);
                            let stand = sids(&world.texts(), &change(&world, at.unwrap(), &[]));
                            prop_assert!(stand.contains(&one.name));
                        }
                    }
                }
                Event::Add(at, number) => {
                    let statement = theirs(&format!("Theirs{number}"));
                    if expected[at].contains(&statement) {
                        continue;
                    }
                    edit(&world, at, |text| Some(document::with(text, std::slice::from_ref(&statement)).unwrap()));
                    expected[at].push(statement);
                }
                Event::Remove(at) => {
                    if expected[at].is_empty() {
                        continue;
                    }
                    let gone = expected[at].remove(0);
                    edit(&world, at, |text| document::without(text?, std::slice::from_ref(&gone)).unwrap());
                }
                Event::Rewrite(at) => edit(&world, at, |text| {
                    let document: Value = serde_json::from_str(text?).unwrap();
                    Some(serde_json::to_string_pretty(&document).unwrap())
                }),
            }
            for (at, expected) in expected.iter().enumerate() {
                prop_assert_eq!(&of_others(&world, at), expected);
            }
        }
        prop_assert!(world.texts().values().all(|text| !text.contains("Locksmith")));
    }
}
