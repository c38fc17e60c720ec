//! What is never done, however somebody tries.

use super::plans::{self, journal, ours, plans, world};
use super::world::{Call, Client, Fault, World};
use locksmith_app::change::{
    Became, ChangeError, Difference, Differences, Journal, Standing, State, Status,
};
use locksmith_app::ports::{Slot, StoreError};
use locksmith_core::plan::{Change, Digest};
use serde_json::json;
use std::collections::BTreeSet;

/// Neither made nor taken back: not one call is made.
fn is_refused(journal: &Journal) -> ChangeError {
    let world = World::new(&world());
    let client = Client::new(&world);
    let error = client.apply(journal.clone()).unwrap().unwrap_err();
    assert_eq!(client.undo(journal.clone(), &BTreeSet::new()), Some(Err(error.clone())));
    assert_eq!(client.calls(), []);
    error
}

#[test]
fn what_was_not_approved_is_not_written() {
    let [changes, _] = plans(&world());
    let mut other = journal("work", &changes);
    other.steps[1].change.after["Statement"][0]["Effect"] = json!("Allow");
    assert!(matches!(is_refused(&other), ChangeError::Digest { .. }));
    let mut fewer = journal("work", &changes);
    fewer.steps.remove(0);
    let text = is_refused(&fewer).to_string();
    assert!(text.starts_with("the changes are not those that were approved"), "{text}");
}

/// The digest does not cover the list of statements by itself.
#[test]
fn only_what_tells_before_and_after_apart_is_added() {
    let [changes, _] = plans(&world());
    let with = |change: &dyn Fn(&mut Change)| {
        let mut changes = changes.clone();
        change(&mut changes[1]);
        is_refused(&journal("work", &changes))
    };
    let target = "arn:aws:s3:::bucket".to_owned();
    let expected = ChangeError::Statements { target };
    assert_eq!(with(&|change| change.added[0]["Action"] = json!("s3:*")), expected);
    assert_eq!(with(&|change| drop(change.added.remove(0))), expected);
    assert_eq!(with(&|change| change.added.push(ours("LocksmithC"))), expected);
    // Nothing of somebody else's is changed on the way.
    assert_eq!(with(&|change| change.after["Statement"][0]["Effect"] = json!("Allow")), expected);
    // What is added is ours by its name.
    let texts = world();
    let foreign = plans::bucket(&texts, "bucket", &["Admin"]);
    assert_eq!(is_refused(&journal("work", &[foreign])), expected);
}

/// A text in the journal is believed only if it says what was approved.
#[test]
fn a_forged_text_is_not_put_back() {
    let world = World::new(&world());
    let changes = plans(&world.texts())[0].clone();
    let before = world.texts();
    let mut journal = Client::new(&world).apply(journal("work", &changes)).unwrap().unwrap();
    let forged =
        r#"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}]}"#;
    journal.steps[1].texts.as_mut().unwrap().before = Some(forged.to_owned());
    let undone = Client::new(&world).undo(journal, &BTreeSet::new()).unwrap().unwrap();
    assert_eq!(undone.state, State::Undone);
    let slot = Slot::of(&changes[1]);
    assert_ne!(world.texts()[&slot], forged);
    let says = |text: &str| locksmith_core::plan::document::normal(text).unwrap();
    assert_eq!(says(&world.texts()[&slot]), says(&before[&slot]));
}

#[test]
fn one_run_of_a_journal_at_a_time() {
    let world = World::new(&world());
    let planned = journal("work", &plans(&world.texts())[0]);
    let done = Client::new(&world).apply(planned.clone()).unwrap().unwrap();
    let texts = world.texts();
    let late = Client::new(&world).apply(planned).unwrap();
    assert_eq!(late, Err(ChangeError::Store(StoreError::Conflict)));
    assert_eq!(world.texts(), texts);
    // What has ended is left alone.
    let client = Client::new(&world);
    assert_eq!(client.apply(done.clone()).unwrap().unwrap(), done);
    assert_eq!(client.calls(), []);
}

/// For each change: note, read, write, read, note.
#[test]
fn the_order_of_calls() {
    let world = World::new(&world());
    let changes = vec![plans::bucket(&world.texts(), "bucket", &["LocksmithA"])];
    let slot = Slot::of(&changes[0]);
    let (read, write) = (Call::Read(slot.clone()), Call::Write(slot));
    let client = Client::new(&world);
    let done = client.apply(journal("work", &changes)).unwrap().unwrap();
    let (save, lock, unlock) = (Call::Save, Call::Lock, Call::Unlock);
    let around = |inside: &[Call]| {
        let mut all = vec![save.clone(), lock.clone(), read.clone(), save.clone(), lock.clone()];
        all.extend_from_slice(inside);
        all.extend([save.clone(), unlock.clone(), save.clone()]);
        all
    };
    let calls = around(&[read.clone(), write.clone(), read.clone()]);
    assert_eq!(client.calls(), calls);
    let client = Client::new(&world);
    client.undo(done, &BTreeSet::new()).unwrap().unwrap();
    assert_eq!(client.calls(), calls);
}

/// What S3 and IAM tell may be a little older than the last write.
#[test]
fn late_readings() {
    for lag in 1..6 {
        let world = World::new(&world()).lagging(usize::MAX, lag);
        let before = world.texts();
        for changes in plans(&before) {
            let client = Client::new(&world);
            let planned = Journal::new(
                "late",
                Digest::of_changes(&changes),
                changes,
                jiff::Timestamp::UNIX_EPOCH,
            );
            let version = world.stored("late").map_or(0, |journal| journal.version);
            let done = client.apply(Journal { version, ..planned }).unwrap().unwrap();
            assert_eq!(done.state, State::Applied);
            let all = done.steps.iter().all(|step| step.status == Status::Written);
            assert!(all && done.steps.iter().all(|step| step.texts.is_some()));
            let undone = client.undo(done, &BTreeSet::new()).unwrap().unwrap();
            assert_eq!(undone.state, State::Undone);
            assert_eq!(world.texts(), before);
        }
    }
}

/// A write that was taken and does not show is not forgotten: what was before is written after it.
#[test]
fn a_write_that_does_not_show() {
    let world = World::new(&world()).lagging(1, 9);
    let before = world.texts();
    let planned = journal("work", &[plans::bucket(&before, "bucket", &["LocksmithA"])]);
    let done = Client::new(&world).apply(planned).unwrap().unwrap();
    assert!(
        matches!(&done.state, State::RolledBack { why } if why.to_string().contains("what was written is not there"))
    );
    assert_eq!(world.texts(), before);
}

#[test]
fn how_changes_stand() {
    let world = World::new(&world());
    let changes = plans(&world.texts())[0].clone();
    let standing = |journal: &Journal| {
        let client = Client::new(&world);
        let changing = client.changing();
        let mut answer = Box::pin(changing.standing(journal));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        loop {
            if let std::task::Poll::Ready(answer) = answer.as_mut().poll(&mut context) {
                return answer;
            }
        }
    };
    let planned = journal("work", &changes);
    assert_eq!(standing(&planned), [Standing::None, Standing::None, Standing::None]);
    let done = Client::new(&world).apply(planned).unwrap().unwrap();
    assert_eq!(standing(&done), [Standing::All, Standing::All, Standing::All]);
    world.edit(|texts| {
        plans::somebody_adds(texts);
        let text = texts.get_mut(&Slot::of(&changes[1])).unwrap();
        *text = text
            .replace("\"LocksmithB\",\"Effect\":\"Allow\"", "\"LocksmithB\",\"Effect\":\"Deny\"");
        texts.remove(&Slot::of(&changes[2]));
    });
    let expected = [
        Standing::Drifted(Differences(vec![Difference::Statement {
            sid: "Somebody".to_owned(),
            became: Became::Added,
        }])),
        Standing::ChangedByOthers(Differences(vec![Difference::Altered {
            sid: "LocksmithB".to_owned(),
        }])),
        Standing::None,
    ];
    assert_eq!(standing(&done), expected);
    world.edit(|texts| {
        texts.insert(Slot::of(&changes[0]), "no policy".to_owned());
    });
    assert!(matches!(&standing(&done)[0], Standing::Unreadable(_)));
}

#[test]
fn a_resource_that_another_work_holds() {
    let world = World::new(&world());
    let before = world.texts();
    let changes = plans(&before)[0].clone();
    world.hold(&changes[1].target);
    let done = Client::new(&world).apply(journal("work", &changes)).unwrap().unwrap();
    let State::RolledBack { why } = &done.state else { panic!("{:?}", done.state) };
    assert!(
        why.to_string().ends_with("another work holds `arn:aws:s3:::bucket`; try again later"),
        "{why}"
    );
    let statuses: Vec<&Status> = done.steps.iter().map(|step| &step.status).collect();
    assert!(
        matches!(statuses[..], [Status::Undone, Status::Failed { .. }, Status::Planned]),
        "{statuses:?}"
    );
    assert_eq!(world.texts(), before);
}

/// The last change is taken back first.
#[test]
fn the_order_of_writes() {
    let world = World::new(&world());
    let writes = |client: &Client<'_>| -> Vec<Slot> {
        let slot = |call: Call| if let Call::Write(slot) = call { Some(slot) } else { None };
        client.calls().into_iter().filter_map(slot).collect()
    };
    let changes = plans(&world.texts())[0].clone();
    let mut slots: Vec<Slot> = changes.iter().map(Slot::of).collect();
    let client = Client::new(&world);
    let done = client.apply(journal("work", &changes)).unwrap().unwrap();
    assert_eq!(writes(&client), slots);
    let client = Client::new(&world);
    client.undo(done, &BTreeSet::new()).unwrap().unwrap();
    slots.reverse();
    assert_eq!(writes(&client), slots);
}

/// A run died after a write, and AWS holds the document in another form than it was sent.
#[test]
fn what_was_never_read_back_is_taken_back_byte_for_byte() {
    let mut before = world();
    let slot = Slot::of(&plans::bucket(&before, "bucket", &[]));
    before.insert(slot.clone(), r#"{ "Statement": { "Sid": "One", "Effect": "Deny" } }"#.into());
    let planned = journal("work", &[plans::bucket(&before, "bucket", &["LocksmithA"])]);
    let world = World::new(&before);
    let calls = Client::new(&world);
    let at = {
        calls.apply(planned.clone()).unwrap().unwrap();
        calls.calls().iter().position(|call| matches!(call, Call::Write(_))).unwrap()
    };
    let world = World::new(&before);
    assert!(Client::failing(&world, at, Fault::DiesAfter).apply(planned).is_none());
    world.edit(|texts| {
        let text = texts.get_mut(&slot).unwrap();
        let document: serde_json::Value = serde_json::from_str(text).unwrap();
        *text = serde_json::to_string_pretty(&document).unwrap();
    });
    let left = world.stored("work").unwrap();
    let undone = Client::new(&world).undo(left, &BTreeSet::new()).unwrap().unwrap();
    assert_eq!(undone.state, State::Undone);
    assert_eq!(world.texts(), before);
}
