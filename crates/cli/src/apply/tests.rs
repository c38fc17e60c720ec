//! Making changes and taking them back on documents that are kept in memory.

use super::{carry_out, dry_run, may_go};
use crate::exit::Exit;
use crate::journal_file::JournalFile;
use crate::output::Output;
use crate::plan_file::ways;
use crate::problem::Problem;
use crate::undo::take_back;
use core::time::Duration;
use jiff::Timestamp;
use locksmith_app::change::{State, Status, Texts};
use locksmith_app::ports::{Clock, Documents, JournalStore as _, Slot, Work, WriteError};
use locksmith_core::plan::{Change, ChangeKind, Plan};
use locksmith_view::plan::sample;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use tempfile::TempDir;

/// Documents by place, one of which may refuse to be written.
#[derive(Default)]
struct Accounts {
    texts: Mutex<BTreeMap<Slot, String>>,
    refuses: Mutex<Option<ChangeKind>>,
}

impl Accounts {
    /// As a plan found them.
    fn of(plan: &Plan) -> Self {
        let accounts = Self::default();
        for change in &plan.changes {
            if let Some(before) = &change.before {
                accounts.put(change, &format!("{before:#}"));
            }
        }
        accounts
    }

    fn put(&self, change: &Change, text: &str) {
        self.texts.lock().unwrap().insert(Slot::of(change), text.to_owned());
    }

    fn texts(&self) -> BTreeMap<Slot, String> {
        self.texts.lock().unwrap().clone()
    }
}

impl Documents for Accounts {
    async fn read(&self, _: Work<'_>, slot: &Slot) -> Result<Option<String>, String> {
        Ok(self.texts.lock().unwrap().get(slot).cloned())
    }

    async fn write(&self, _: Work<'_>, slot: &Slot, text: Option<&str>) -> Result<(), WriteError> {
        if *self.refuses.lock().unwrap() == Some(slot.kind) {
            return Err(WriteError::Refused("AccessDenied".to_owned()));
        }
        let mut texts = self.texts.lock().unwrap();
        match text {
            Some(text) => drop(texts.insert(slot.clone(), text.to_owned())),
            None => drop(texts.remove(slot)),
        }
        Ok(())
    }
}

/// A clock on which waiting takes no time.
struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    async fn wait(&self, _: Duration) {}
}

/// A folder with a journal in it.
struct Desk {
    folder: TempDir,
    accounts: Accounts,
    plan: Plan,
}

impl Desk {
    fn new() -> Self {
        let plan = sample::plan();
        Self { folder: TempDir::new().unwrap(), accounts: Accounts::of(&plan), plan }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("plan.json.journal.json")
    }

    fn take(&self) -> Result<JournalFile, Problem> {
        JournalFile::take(&self.path())
    }

    /// Applies the plan's own way, or another.
    fn apply(&self, way: usize) -> Result<Exit, Problem> {
        let (file, ways) = (self.take()?, ways(&self.plan));
        let mut output = Output::unseen();
        let plan = Path::new("plan.json");
        wait(carry_out(&self.accounts, &Still, &file, ways[way], plan, &mut output))
    }

    fn undo(&self) -> Result<Exit, Problem> {
        let file = self.take()?;
        let journal = file.stored().unwrap();
        let mut output = Output::unseen();
        let plan = Path::new("plan.json");
        wait(take_back(&self.accounts, &Still, &file, journal, plan, &mut output))
    }

    fn look(&self) -> Exit {
        wait(dry_run::run(&self.accounts, &self.plan, &mut Output::unseen())).unwrap()
    }

    fn state(&self) -> State {
        self.take().unwrap().stored().unwrap().state
    }
}

fn wait<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
}

#[test]
fn applied_and_undone() {
    let desk = Desk::new();
    let before = desk.accounts.texts();
    assert_eq!(desk.look(), Exit::Done);
    assert_eq!(desk.apply(0), Ok(Exit::Done));
    assert_eq!(desk.accounts.texts().len(), 3);
    assert_eq!(desk.look(), Exit::Done);
    // Once more changes nothing.
    let applied = desk.accounts.texts();
    assert_eq!(desk.apply(0), Ok(Exit::Done));
    assert_eq!(desk.accounts.texts(), applied);
    assert_eq!(desk.undo(), Ok(Exit::Done));
    assert_eq!(desk.accounts.texts(), before);
    assert_eq!(desk.undo(), Ok(Exit::Done));
    // What was undone may be applied again.
    assert_eq!(desk.apply(0), Ok(Exit::Done));
    assert_eq!(desk.accounts.texts(), applied);
}

#[test]
fn another_way_is_another_work() {
    let desk = Desk::new();
    assert_eq!(desk.apply(1), Ok(Exit::Done));
    let grants = desk.accounts.texts().into_keys();
    assert_eq!(grants.filter(|slot| slot.kind == ChangeKind::CreateGrant).count(), 1);
    let error = desk.apply(0).unwrap_err();
    assert_eq!(error.exit, Exit::BadInput);
    assert!(error.to_string().contains("it is the journal of other changes"), "{error}");
}

#[test]
fn a_refusal_takes_everything_back() {
    let desk = Desk::new();
    let before = desk.accounts.texts();
    *desk.accounts.refuses.lock().unwrap() = Some(ChangeKind::PutRolePolicy);
    assert_eq!(desk.apply(0), Ok(Exit::NotDone));
    assert_eq!(desk.accounts.texts(), before);
    *desk.accounts.refuses.lock().unwrap() = None;
    assert_eq!(desk.apply(0), Ok(Exit::Done));
}

#[test]
fn drift_stops_and_is_shown() {
    let desk = Desk::new();
    let change = &desk.plan.changes[1];
    let text = change.before.as_ref().unwrap().to_string().replace("kms:*", "kms:Put*");
    desk.accounts.put(change, &text);
    let before = desk.accounts.texts();
    assert_eq!(desk.look(), Exit::NotDone);
    assert_eq!(desk.apply(0), Ok(Exit::NotDone));
    assert_eq!(desk.accounts.texts(), before);
}

#[test]
fn half_way_is_said_and_undone_later() {
    let desk = Desk::new();
    let before = desk.accounts.texts();
    assert_eq!(desk.apply(0), Ok(Exit::Done));
    *desk.accounts.refuses.lock().unwrap() = Some(ChangeKind::PutKeyPolicy);
    assert_eq!(desk.undo(), Ok(Exit::HalfWay));
    assert!(matches!(desk.state(), State::Failed { .. }));
    assert_eq!(desk.apply(0).unwrap_err().exit, Exit::HalfWay);
    *desk.accounts.refuses.lock().unwrap() = None;
    assert_eq!(desk.undo(), Ok(Exit::Done));
    assert_eq!(desk.accounts.texts(), before);
}

/// A run that died between noting and writing, or after it.
#[test]
fn a_run_that_was_cut_off_goes_on() {
    for wrote in [false, true] {
        let desk = Desk::new();
        let way = ways(&desk.plan)[0];
        let mut journal = super::begun(&way, &Still);
        let change = &desk.plan.changes[0];
        let texts = Texts {
            before: desk.accounts.texts().get(&Slot::of(change)).cloned(),
            after: Some(change.after.to_string()),
        };
        journal.version = 1;
        journal.steps[0].status = Status::Writing;
        journal.steps[0].texts = Some(texts);
        wait(desk.take().unwrap().save(&journal)).unwrap();
        let before = desk.accounts.texts();
        if wrote {
            desk.accounts.put(change, &change.after.to_string());
        }
        assert_eq!(desk.apply(0), Ok(Exit::Done));
        assert_eq!(desk.undo(), Ok(Exit::Done));
        assert_eq!(desk.accounts.texts(), before, "{wrote}");
    }
}

#[test]
fn a_journal_is_stored_in_order() {
    let desk = Desk::new();
    let file = desk.take().unwrap();
    let mut journal = super::begun(&ways(&desk.plan)[0], &Still);
    for (version, stored) in [(2, false), (1, true), (2, true), (2, false), (4, false), (3, true)] {
        journal.version = version;
        assert_eq!(wait(file.save(&journal)).is_ok(), stored, "{version}");
    }
    drop(file);
    assert_eq!(desk.take().unwrap().stored(), Some(journal));
}

#[test]
fn statements_that_the_documents_do_not_show_are_refused() {
    let mut desk = Desk::new();
    desk.plan.changes[0].added[0]["Resource"] = "*".into();
    let before = desk.accounts.texts();
    let error = desk.apply(0).unwrap_err();
    assert_eq!(error.exit, Exit::BadInput, "{error}");
    assert_eq!(desk.accounts.texts(), before);
}

#[test]
fn a_journal_is_in_one_programs_hands() {
    let desk = Desk::new();
    let held = desk.take().unwrap();
    let error = desk.take().unwrap_err();
    assert!(error.to_string().ends_with("another program works with this journal"), "{error}");
    drop(held);
    assert!(desk.take().is_ok());
    std::fs::write(desk.path(), "{}").unwrap();
    let error = desk.take().unwrap_err();
    assert!(error.to_string().contains("not a journal"), "{error}");
}

#[test]
fn a_plan_that_is_not_enough_is_made_only_on_request() {
    let plan = sample::by_hand();
    assert_eq!(may_go(&plan, false).unwrap_err().exit, Exit::BadInput);
    assert_eq!(may_go(&plan, true).unwrap().len(), 1);
    let nothing = sample::plan_of(Vec::new());
    assert!(may_go(&nothing, true).is_err());
}
