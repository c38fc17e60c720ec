//! What others do to the same documents stays.

use super::plans::{self, journal, plans, sids, somebody_adds, theirs, world};
use super::world::{Call, Client, Edit, Texts, World};
use locksmith_app::change::{Difference, Differences, Journal, Left, LeftHow, State, Status};
use locksmith_app::ports::Slot;
use locksmith_core::plan::{Change, Reliance, document};
use serde_json::json;
use std::collections::BTreeSet;

fn nothing() -> BTreeSet<Reliance> {
    BTreeSet::new()
}

/// Somebody writes before any one call. What they wrote stays, unless it came between our last
/// reading and our write.
#[test]
fn in_between() {
    let before = world();
    let mut with_theirs = before.clone();
    somebody_adds(&mut with_theirs);
    let has_theirs = |texts: &Texts, but: Option<&Slot>| {
        for (slot, text) in &before {
            let is_policy = slot.kind.is_shared_document() && Some(slot) != but;
            let now = texts.get(slot).map(String::as_str).unwrap_or_default();
            assert!(!is_policy || now.contains("Somebody"), "{slot:?}: {text}");
        }
    };
    for changes in plans(&before) {
        let clean = World::new(&before);
        let client = Client::new(&clean);
        client.apply(journal("work", &changes)).unwrap().unwrap();
        let calls = client.calls();
        for (number, call) in calls.iter().enumerate() {
            let world = World::new(&before);
            let client = Client::disturbed(&world, number, somebody_adds);
            let done = client.apply(journal("work", &changes)).unwrap().unwrap();
            // The one place that no call of AWS can guard.
            let unguarded = match call {
                Call::Write(slot) => Some(slot),
                _ => None,
            };
            has_theirs(&world.texts(), unguarded);
            assert!(!matches!(done.state, State::Failed { .. }), "{number}: {:?}", done.state);
            if let State::RolledBack { why } = &done.state {
                assert!(why.to_string().contains("statement `Somebody` was added"), "{why}");
            }
            Client::new(&world).undo(done, &nothing()).unwrap().unwrap();
            for (slot, text) in world.texts() {
                assert!(!text.contains("Locksmith"), "{number} {slot:?}: {text}");
                if Some(&slot) != unguarded
                    && slot.kind.is_shared_document()
                    && before.contains_key(&slot)
                {
                    assert_eq!(text, with_theirs[&slot], "{number}");
                }
            }
        }
        // And while it is taken back.
        let start = || {
            let world = World::new(&before);
            let done = Client::new(&world).apply(journal("work", &changes)).unwrap().unwrap();
            (world, done)
        };
        let (world, done) = start();
        let client = Client::new(&world);
        client.undo(done, &nothing()).unwrap().unwrap();
        let calls = client.calls();
        for (number, call) in calls.iter().enumerate() {
            let (world, done) = start();
            let client = Client::disturbed(&world, number, somebody_adds);
            let undone = client.undo(done, &nothing()).unwrap().unwrap();
            assert_eq!(undone.state, State::Undone, "{number}");
            let unguarded = match call {
                Call::Write(slot) => Some(slot),
                _ => None,
            };
            has_theirs(&world.texts(), unguarded);
            assert!(world.texts().values().all(|text| !text.contains("Locksmith")));
        }
    }
}

fn bucket(texts: &mut Texts) -> &mut String {
    let slot = Slot::of(&plans::bucket(&Texts::new(), "bucket", &[]));
    texts.get_mut(&slot).unwrap()
}

#[test]
fn drift_is_told() {
    let check = |edit: Edit, expected: &str| {
        let world = World::new(&world());
        let changes = plans(&world.texts())[0].clone();
        world.edit(edit);
        let before = world.texts();
        let done = Client::new(&world).apply(journal("work", &changes)).unwrap().unwrap();
        let State::RolledBack { why } = &done.state else { panic!("{:?}", done.state) };
        assert!(why.to_string().contains(expected), "{why}");
        assert_eq!(world.texts(), before);
    };
    check(
        somebody_adds,
        "in 111111111111: it changed since it was planned: statement `Somebody` was added",
    );
    check(
        |texts| *bucket(texts) = bucket(texts).replace("s3:*", "s3:Get*"),
        "put_bucket_policy on `arn:aws:s3:::bucket` in 111111111111: it changed since it was planned: \
         statement `Theirs` was changed; plan again",
    );
    check(
        |texts| *bucket(texts) = bucket(texts).replace("s3:ListBucket", "s3:GetObject"),
        "`Statement[1]`, which has no `Sid`, was removed; `Statement[1]`, which has no `Sid`, was added",
    );
    check(
        |texts| drop(texts.remove(&Slot::of(&plans::bucket(&Texts::new(), "bucket", &[])))),
        "it was deleted",
    );
    check(
        |texts| {
            let slot = Slot::of(&plans::role(&Texts::new()));
            texts.insert(slot, r#"{"Statement":[{"Sid":"Mine"}]}"#.to_owned());
        },
        "put_role_policy on `arn:aws:iam::222222222222:role/reader` in 222222222222: it changed since \
         it was planned: it was made, and there was none before",
    );
    check(|texts| *bucket(texts) = "<xml/>".to_owned(), "policy document: ");
}

fn applied(world: &World, name: &str, sids: &[&str]) -> Journal {
    let changes = [plans::bucket(&world.texts(), "bucket", sids)];
    let done = Client::new(world).apply(journal(name, &changes)).unwrap().unwrap();
    assert_eq!(done.state, State::Applied);
    done
}

fn undone(world: &World, journal: Journal) -> Journal {
    Client::new(world).undo(journal, &nothing()).unwrap().unwrap()
}

#[test]
fn two_works_are_taken_back_in_both_orders() {
    let before = world();
    for first in [true, false] {
        let world = World::new(&before);
        let one = applied(&world, "one", &["LocksmithA"]);
        let other = applied(&world, "other", &["LocksmithB"]);
        let (one, other) = if first { (one, other) } else { (other, one) };
        assert_eq!(undone(&world, one).state, State::Undone);
        assert_eq!(undone(&world, other).state, State::Undone);
        assert_eq!(world.texts(), before, "{first}");
    }
}

/// Two works need one statement: whoever made it takes it back, once nobody relies on it.
#[test]
fn a_shared_statement() {
    let before = world();
    let world = World::new(&before);
    let changes = [plans::bucket(&before, "bucket", &["LocksmithA", "LocksmithB"])];
    let one = Client::new(&world).apply(journal("one", &changes)).unwrap().unwrap();
    let other = Client::new(&world).apply(journal("other", &changes)).unwrap().unwrap();
    assert_eq!(other.steps[0].status, Status::Stood);
    let texts = world.texts();
    // What stood there already is not this work's to take back.
    assert_eq!(undone(&world, other).state, State::Undone);
    assert_eq!(world.texts(), texts);
    let keep = |at: usize| BTreeSet::from([changes[0].leaves()[at].clone()]);
    let one = Client::new(&world).undo(one, &keep(0)).unwrap().unwrap();
    assert_eq!((&one.state, &one.steps[0].status), (&State::Undone, &Status::Kept));
    assert_eq!(sids(&world.texts(), &changes[0]), ["Theirs", "", "LocksmithA"]);
    let one = Client::new(&world).undo(one, &keep(0)).unwrap().unwrap();
    assert_eq!(sids(&world.texts(), &changes[0]), ["Theirs", "", "LocksmithA"]);
    let one = undone(&world, one);
    assert_eq!((&one.state, &one.steps[0].status), (&State::Undone, &Status::Undone));
    assert_eq!(world.texts(), before);
}

#[test]
fn what_is_kept_of_each_kind() {
    let before = world();
    for changes in plans(&before) {
        let world = World::new(&before);
        let done = Client::new(&world).apply(journal("work", &changes)).unwrap().unwrap();
        let texts = world.texts();
        let keep: BTreeSet<Reliance> = changes.iter().flat_map(Change::leaves).collect();
        let kept = Client::new(&world).undo(done, &keep).unwrap().unwrap();
        assert_eq!(kept.state, State::Undone);
        assert!(kept.steps.iter().all(|step| step.status == Status::Kept));
        assert_eq!(world.texts(), texts);
        assert_eq!(undone(&world, kept).state, State::Undone);
        assert_eq!(world.texts(), before);
    }
}

/// What others made of ours is left as it is, and told.
#[test]
fn changed_by_others() {
    let before = world();
    for changes in plans(&before) {
        let world = World::new(&before);
        let done = Client::new(&world).apply(journal("work", &changes)).unwrap().unwrap();
        world.edit(|texts| {
            for text in texts.values_mut() {
                *text = text
                    .replace("\"s3:GetObject\"", "\"s3:Get*\"")
                    .replace("\"Decrypt\"", "\"Encrypt\"")
                    .replace(":key/k\"", ":key/other\"");
            }
        });
        let texts = world.texts();
        let left = undone(&world, done);
        assert!(matches!(left.state, State::Failed { .. }), "{:?}", left.state);
        let accounts = left.remains();
        let told: Vec<&Left> = accounts.iter().flat_map(|one| &one.what).collect();
        assert_eq!(told.len(), 3);
        assert!(told.iter().all(|what| matches!(what.how, LeftHow::Changed { .. })));
        assert_eq!(world.texts(), texts);
        // Once they took it away themselves, nothing is left to tell.
        world.edit(|texts| *texts = before.clone());
        assert_eq!(undone(&world, left).state, State::Undone);
        assert_eq!(world.texts(), before);
    }
}

/// One of two statements was changed by others: the other one is taken out.
#[test]
fn changed_in_part() {
    let world = World::new(&world());
    let done = applied(&world, "work", &["LocksmithA", "LocksmithB"]);
    let change = done.steps[0].change.clone();
    world.edit(|texts| {
        let text = texts.get_mut(&Slot::of(&change)).unwrap();
        let (left, right) = text.split_once("LocksmithB").unwrap();
        *text = format!("{left}LocksmithB{}", right.replace("GetObject", "PutObject"));
    });
    let left = undone(&world, done);
    assert_eq!(
        left.steps[0].status,
        Status::ChangedByOthers {
            what: Differences(vec![Difference::Altered { sid: "LocksmithB".to_owned() }])
        }
    );
    assert!(matches!(left.state, State::Failed { .. }));
    assert_eq!(sids(&world.texts(), &change), ["Theirs", "", "LocksmithB"]);
}

/// What is gone already is taken back: the statement, the document, the resource.
#[test]
fn gone_already() {
    let before = world();
    for changes in plans(&before) {
        let world = World::new(&before);
        let done = Client::new(&world).apply(journal("work", &changes)).unwrap().unwrap();
        world.edit(Texts::clear);
        assert_eq!(undone(&world, done).state, State::Undone);
        assert_eq!(world.texts(), Texts::new());
    }
}

/// A policy that we made, and to which others added.
#[test]
fn others_moved_in() {
    let world = World::new(&world());
    let changes =
        [plans::role(&world.texts()), plans::bucket(&world.texts(), "bare", &["LocksmithA"])];
    let done = Client::new(&world).apply(journal("work", &changes)).unwrap().unwrap();
    let statement = theirs("Somebody");
    world.edit(|texts| {
        for change in &changes {
            let text = texts.get_mut(&Slot::of(change)).unwrap();
            *text = document::with(Some(text), std::slice::from_ref(&statement)).unwrap();
        }
    });
    assert_eq!(undone(&world, done).state, State::Undone);
    for change in &changes {
        let says = document::normal(&world.texts()[&Slot::of(change)]).unwrap();
        assert_eq!(says, json!({"Version": "2012-10-17", "Statement": [statement]}));
    }
}
