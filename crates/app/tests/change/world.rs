//! The world: documents, journals, locks and time, and the processes that work in it one call at a
//! time. Time passes only while all of them wait.

use jiff::Timestamp;
use locksmith_app::change::{ChangeError, Changing, Journal};
use locksmith_app::ports::{
    Clock, Documents, JournalStore, Locks, Slot, StoreError, Work, WriteError,
};
use locksmith_core::plan::{ChangeKind, Reliance};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// What stands in the accounts.
pub(crate) type Texts = BTreeMap<Slot, String>;

/// One call through a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Read(Slot),
    Write(Slot),
    Save,
    Lock,
    Unlock,
}

/// How a call fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It has no effect, and says so; a lock is held by somebody else.
    Refused,
    /// It has no effect, and the answer does not come.
    Lost,
    /// It has its effect, and the answer does not come.
    DoneAndLost,
    /// The process dies before it.
    DiesBefore,
    /// The process dies after it.
    DiesAfter,
}

/// What somebody else does to the documents.
pub(crate) type Edit = fn(&mut Texts);

#[derive(Default)]
struct Inner {
    texts: Texts,
    /// What was there before the last write, and how many readings still tell it.
    late: BTreeMap<Slot, (Option<String>, u32)>,
    writes: usize,
    journals: BTreeMap<String, (u64, String)>,
    locks: BTreeMap<String, (String, Timestamp)>,
    now: Timestamp,
}

pub(crate) struct World {
    inner: Mutex<Inner>,
    /// Whether a list of one is written down as its one member, as S3 does.
    collapses: bool,
    /// After so many of the first writes so many readings still tell what was there before.
    lag: (usize, u32),
}

impl World {
    pub(crate) fn new(texts: &Texts) -> Self {
        let inner = Inner { texts: texts.clone(), ..Inner::default() };
        Self { inner: Mutex::new(inner), collapses: false, lag: (0, 0) }
    }

    pub(crate) fn collapsing(texts: &Texts) -> Self {
        let texts = texts.iter().map(|(slot, text)| (slot.clone(), collapsed(slot, text)));
        Self { collapses: true, ..Self::new(&texts.collect()) }
    }

    pub(crate) fn lagging(self, writes: usize, readings: u32) -> Self {
        Self { lag: (writes, readings), ..self }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap()
    }

    pub(crate) fn texts(&self) -> Texts {
        self.inner().texts.clone()
    }

    /// Somebody else does something.
    pub(crate) fn edit(&self, edit: impl FnOnce(&mut Texts)) {
        let texts = &mut self.inner().texts;
        edit(texts);
        if self.collapses {
            for (slot, text) in texts.iter_mut() {
                *text = collapsed(slot, text);
            }
        }
    }

    /// Somebody else takes a lock and keeps it.
    pub(crate) fn hold(&self, resource: &str) {
        let lock = ("somebody".to_owned(), Timestamp::MAX);
        self.inner().locks.insert(resource.to_owned(), lock);
    }

    pub(crate) fn pass(&self, seconds: i64) {
        let mut inner = self.inner();
        inner.now += jiff::SignedDuration::from_secs(seconds);
    }

    /// The journal as it was stored last.
    pub(crate) fn stored(&self, name: &str) -> Option<Journal> {
        self.inner().journals.get(name).map(|(_, text)| serde_json::from_str(text).unwrap())
    }
}

/// S3 keeps a policy as a value of its own, not as the text that it was sent.
fn collapsed(slot: &Slot, text: &str) -> String {
    fn collapse(value: Value) -> Value {
        match value {
            Value::Array(mut list) if list.len() == 1 => collapse(list.remove(0)),
            Value::Array(list) => list.into_iter().map(collapse).collect(),
            Value::Object(map) => {
                map.into_iter().map(|(name, value)| (name, collapse(value))).collect()
            }
            other => other,
        }
    }
    if slot.kind != ChangeKind::PutBucketPolicy {
        return text.to_owned();
    }
    let mut document: Value = serde_json::from_str(text).unwrap();
    if let Some(list) = document.get_mut("Statement").and_then(Value::as_array_mut) {
        for statement in list {
            *statement = collapse(statement.take());
        }
    }
    document.to_string()
}

/// A process: it makes its calls one after another, and may be told at which one to fail.
#[derive(Default)]
struct Process {
    calls: Vec<Call>,
    about_to: Option<Call>,
    waits_until: Option<Timestamp>,
    dead: bool,
}

pub(crate) struct Client<'w> {
    world: &'w World,
    fault: Option<(usize, Fault)>,
    edit: Option<(usize, Edit)>,
    process: Mutex<Process>,
}

impl<'w> Client<'w> {
    pub(crate) fn new(world: &'w World) -> Self {
        Self { world, fault: None, edit: None, process: Mutex::default() }
    }

    /// One whose call of this number fails.
    pub(crate) fn failing(world: &'w World, call: usize, fault: Fault) -> Self {
        Self { fault: Some((call, fault)), ..Self::new(world) }
    }

    /// One before whose call of this number somebody else does something.
    pub(crate) fn disturbed(world: &'w World, call: usize, edit: Edit) -> Self {
        Self { edit: Some((call, edit)), ..Self::new(world) }
    }

    fn process(&self) -> MutexGuard<'_, Process> {
        self.process.lock().unwrap()
    }

    /// The calls that were made.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.process().calls.clone()
    }

    /// The call that it makes when it goes on.
    pub(crate) fn about_to(&self) -> Option<Call> {
        self.process().about_to.clone()
    }

    pub(crate) fn is_dead(&self) -> bool {
        self.process().dead
    }

    fn is_ready(&self) -> bool {
        let process = self.process();
        !process.dead && process.waits_until.is_none_or(|until| until <= self.world.inner().now)
    }

    pub(crate) fn changing(&self) -> Changing<'_, Self, Self, Self, Self> {
        Changing { documents: self, journal: self, locks: self, clock: self }
    }

    /// Applies alone, to the end or to the process's death.
    pub(crate) fn apply(&self, journal: Journal) -> Option<Result<Journal, ChangeError>> {
        let changing = self.changing();
        alone(self, Box::pin(changing.apply(journal)))
    }

    /// Takes back alone.
    pub(crate) fn undo(
        &self,
        journal: Journal,
        keep: &BTreeSet<Reliance>,
    ) -> Option<Result<Journal, ChangeError>> {
        let changing = self.changing();
        alone(self, Box::pin(changing.undo(journal, keep)))
    }

    /// Makes a call: everybody else may come before it, nobody while it is made.
    async fn call<T>(
        &self,
        call: Call,
        effect: impl FnOnce(&mut Inner) -> T,
        failed: impl FnOnce(Fault) -> T,
    ) -> T {
        self.process().about_to = Some(call.clone());
        once_pending().await;
        let number = {
            let mut process = self.process();
            process.about_to = None;
            process.calls.push(call);
            process.calls.len() - 1
        };
        if let Some((at, edit)) = self.edit
            && at == number
        {
            edit(&mut self.world.inner().texts);
        }
        let fault = self.fault.filter(|(at, _)| *at == number).map(|(_, fault)| fault);
        if fault == Some(Fault::DiesBefore) {
            self.die().await;
        }
        let answer = match fault {
            Some(fault @ (Fault::Refused | Fault::Lost)) => failed(fault),
            Some(fault @ Fault::DoneAndLost) => {
                effect(&mut self.world.inner());
                failed(fault)
            }
            _ => effect(&mut self.world.inner()),
        };
        if fault == Some(Fault::DiesAfter) {
            self.die().await;
        }
        answer
    }

    async fn die(&self) {
        self.process().dead = true;
        std::future::pending::<()>().await;
    }
}

async fn once_pending() {
    let mut was = false;
    std::future::poll_fn(|_| {
        if was {
            return Poll::Ready(());
        }
        was = true;
        Poll::Pending
    })
    .await;
}

impl Documents for Client<'_> {
    async fn read(&self, work: Work<'_>, slot: &Slot) -> Result<Option<String>, String> {
        assert!(work.slots.contains(slot), "a session is narrowed to the slots of its work");
        let effect = |inner: &mut Inner| {
            if let Some((text, left)) = inner.late.get_mut(slot)
                && *left > 0
            {
                *left -= 1;
                return Ok(text.clone());
            }
            Ok(inner.texts.get(slot).cloned())
        };
        self.call(Call::Read(slot.clone()), effect, |_| Err("no answer".to_owned())).await
    }

    async fn write(
        &self,
        work: Work<'_>,
        slot: &Slot,
        text: Option<&str>,
    ) -> Result<(), WriteError> {
        assert!(work.slots.contains(slot), "a session is narrowed to the slots of its work");
        let effect = |inner: &mut Inner| {
            let before = match text {
                Some(text) if self.world.collapses => {
                    inner.texts.insert(slot.clone(), collapsed(slot, text))
                }
                Some(text) => inner.texts.insert(slot.clone(), text.to_owned()),
                None => inner.texts.remove(slot),
            };
            inner.writes += 1;
            let (writes, readings) = self.world.lag;
            let readings = if inner.writes <= writes { readings } else { 0 };
            inner.late.insert(slot.clone(), (before, readings));
            Ok(())
        };
        let failed = |fault| match fault {
            Fault::Refused => Err(WriteError::Refused("AccessDenied".to_owned())),
            _ => Err(WriteError::Unclear("time ran out".to_owned())),
        };
        self.call(Call::Write(slot.clone()), effect, failed).await
    }
}

impl JournalStore for Client<'_> {
    async fn save(&self, journal: &Journal) -> Result<(), StoreError> {
        let effect = |inner: &mut Inner| {
            let text = serde_json::to_string(journal).unwrap();
            let stored = inner.journals.get(&journal.name);
            // As a store does whose answer was lost.
            if stored.is_some_and(|(_, stored)| *stored == text) {
                return Ok(());
            }
            if stored.map_or(0, |(version, _)| *version) + 1 != journal.version {
                return Err(StoreError::Conflict);
            }
            inner.journals.insert(journal.name.clone(), (journal.version, text));
            Ok(())
        };
        let failed = |_| Err(StoreError::Failed("no answer".to_owned()));
        self.call(Call::Save, effect, failed).await
    }
}

impl Locks for Client<'_> {
    async fn lock(
        &self,
        resource: &str,
        owner: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let effect = |inner: &mut Inner| {
            let other = inner.locks.get(resource);
            if other.is_some_and(|(other, until)| other != owner && *until > now) {
                return Ok(false);
            }
            inner.locks.insert(resource.to_owned(), (owner.to_owned(), until));
            Ok(true)
        };
        let failed = |fault| match fault {
            Fault::Refused => Ok(false),
            _ => Err(StoreError::Failed("no answer".to_owned())),
        };
        self.call(Call::Lock, effect, failed).await
    }

    async fn unlock(&self, resource: &str, owner: &str) -> Result<(), StoreError> {
        let effect = |inner: &mut Inner| {
            if inner.locks.get(resource).is_some_and(|(other, _)| other == owner) {
                inner.locks.remove(resource);
            }
            Ok(())
        };
        let failed = |_| Err(StoreError::Failed("no answer".to_owned()));
        self.call(Call::Unlock, effect, failed).await
    }
}

impl Clock for Client<'_> {
    fn now(&self) -> Timestamp {
        // No two processes ask in the very same moment.
        let now = &mut self.world.inner().now;
        *now += jiff::SignedDuration::from_nanos(1);
        *now
    }

    async fn wait(&self, how_long: Duration) {
        let until = self.now() + how_long;
        self.process().waits_until = Some(until);
        std::future::poll_fn(|_| if self.now() < until { Poll::Pending } else { Poll::Ready(()) })
            .await;
        self.process().waits_until = None;
    }
}

/// What a process works on.
pub(crate) type Task<'a> = Pin<Box<dyn Future<Output = Result<Journal, ChangeError>> + Send + 'a>>;

/// Runs one process.
fn alone(client: &Client<'_>, task: Task<'_>) -> Option<Result<Journal, ChangeError>> {
    together(&[client], vec![task], |_, _| 0).remove(0)
}

/// Runs processes, each to its end or death. Before each call `choose` picks who makes the next one,
/// by the number of the call and how many are able to.
pub(crate) fn together(
    clients: &[&Client<'_>],
    tasks: Vec<Task<'_>>,
    mut choose: impl FnMut(usize, &[usize]) -> usize,
) -> Vec<Option<Result<Journal, ChangeError>>> {
    let mut answers: Vec<_> = clients.iter().map(|_| None).collect();
    let mut tasks: Vec<Option<Task<'_>>> = tasks.into_iter().map(Some).collect();
    for step in 0..100_000 {
        let alive: Vec<usize> =
            (0..tasks.len()).filter(|at| tasks[*at].is_some() && !clients[*at].is_dead()).collect();
        let Some(first) = alive.first() else { return answers };
        let ready: Vec<usize> =
            alive.iter().copied().filter(|at| clients[*at].is_ready()).collect();
        if ready.is_empty() {
            let wake = alive.iter().filter_map(|at| clients[*at].process().waits_until).min();
            clients[*first].world.inner().now = wake.unwrap();
            continue;
        }
        let at = ready[choose(step, &ready) % ready.len()];
        let mut context = Context::from_waker(Waker::noop());
        if let Some(task) = &mut tasks[at]
            && let Poll::Ready(answer) = task.as_mut().poll(&mut context)
        {
            answers[at] = Some(answer);
            tasks[at] = None;
        }
    }
    panic!("it goes on for ever");
}
