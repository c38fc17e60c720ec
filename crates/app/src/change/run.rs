//! One run over a journal: what making and taking back share.

use super::{ChangeError, Changing, Journal, State, Status, Step, Texts, Why};
use crate::ports::{Clock, Documents, JournalStore, Locks, Slot, StoreError, Work};
use core::time::Duration;
use jiff::{SignedDuration, Timestamp};

/// How long a lock holds without being renewed. Longer than one change takes.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// Pauses between tries to take a lock, in milliseconds. Together they are longer than [`LEASE`], so
/// that the lock of a run that died is waited for.
const LOCK_PAUSES: [u64; 18] = [
    250, 500, 1000, 2000, 4000, 6000, 6000, 6000, 6000, 6000, 6000, 6000, 6000, 6000, 6000, 6000,
    6000, 6000,
];
/// Pauses between readings after a write, in milliseconds: S3 and IAM may tell of it a little late.
pub(super) const SETTLE_PAUSES: [u64; 6] = [500, 1000, 2000, 4000, 8000, 15_000];

/// A journal with what is needed to go on with it.
pub(super) struct Run<'a, D, J, L, C> {
    pub(super) journal: Journal,
    pub(super) ports: &'a Changing<'a, D, J, L, C>,
    slots: Vec<Slot>,
    /// Who holds the locks: this run and no other one, which cannot have stored the same claim.
    owner: String,
}

/// Why a step was not taken.
#[derive(Debug)]
pub(super) enum Halt {
    /// This step cannot be taken; others can.
    Step(Why),
    /// The run has to stop at once.
    Run(ChangeError),
}

impl From<ChangeError> for Halt {
    fn from(error: ChangeError) -> Self {
        Self::Run(error)
    }
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        Self::Run(ChangeError::Store(error))
    }
}

impl From<Why> for Halt {
    fn from(why: Why) -> Self {
        Self::Step(why)
    }
}

impl From<String> for Halt {
    fn from(told: String) -> Self {
        Self::Step(Why::Told(told))
    }
}

impl<'a, D: Documents, J: JournalStore, L: Locks, C: Clock> Run<'a, D, J, L, C> {
    /// Claims a journal: from now on no other run can store it without reading it again.
    pub(super) async fn begin(
        ports: &'a Changing<'a, D, J, L, C>,
        mut journal: Journal,
        state: State,
    ) -> Result<Self, ChangeError> {
        journal.claimed_at = ports.clock.now();
        let slots = slots(&journal);
        let owner = format!("{}#{}@{}", journal.name, journal.version + 1, journal.claimed_at);
        let mut run = Self { journal, ports, slots, owner };
        run.enter(state).await?;
        Ok(run)
    }

    /// Notes a state of the whole.
    pub(super) async fn enter(&mut self, state: State) -> Result<(), ChangeError> {
        self.journal.state = state;
        self.save().await
    }

    /// Notes how taking back ended: as it was meant to, unless something may still stand.
    pub(super) async fn end(mut self, as_meant: State) -> Result<Journal, ChangeError> {
        let is_left = |step: &Step| step.may_stand() && step.status != Status::Kept;
        let state = if self.journal.steps.iter().any(is_left) {
            let why = match as_meant {
                State::RolledBack { why } => why,
                _ => Why::NotAllTakenBack,
            };
            State::Failed { why }
        } else {
            as_meant
        };
        self.enter(state).await?;
        Ok(self.journal)
    }

    /// Sets how far a step is, which is stored with the next note.
    pub(super) fn set(&mut self, index: usize, status: Status, texts: Option<Texts>) {
        let at = self.now();
        if let Some(step) = self.journal.steps.get_mut(index) {
            step.status = status;
            step.texts = texts;
            step.at = at;
        }
    }

    /// Notes how far a step is.
    pub(super) async fn note(
        &mut self,
        index: usize,
        status: Status,
        texts: Option<Texts>,
    ) -> Result<(), ChangeError> {
        self.set(index, status, texts);
        self.save().await
    }

    async fn save(&mut self) -> Result<(), ChangeError> {
        self.journal.version += 1;
        Ok(self.ports.journal.save(&self.journal).await?)
    }

    pub(super) fn work(&self) -> Work<'_> {
        Work { name: &self.journal.name, slots: &self.slots }
    }

    pub(super) async fn read(&self, slot: &Slot) -> Result<Option<String>, String> {
        self.ports.documents.read(self.work(), slot).await
    }

    pub(super) async fn wait(&self, millis: u64) {
        self.ports.clock.wait(Duration::from_millis(millis)).await;
    }

    fn now(&self) -> Timestamp {
        self.ports.clock.now()
    }

    /// Takes the lock of a resource, and waits for whoever has it.
    pub(super) async fn lock(&self, resource: &str) -> Result<(), Halt> {
        for pause in LOCK_PAUSES {
            if self.try_lock(resource).await? {
                return Ok(());
            }
            self.wait(pause).await;
        }
        if self.try_lock(resource).await? {
            return Ok(());
        }
        Err(Why::Held { resource: resource.to_owned() }.into())
    }

    /// Makes sure that the lock is still ours, and holds on from now.
    pub(super) async fn hold(&self, resource: &str) -> Result<(), Halt> {
        if self.try_lock(resource).await? {
            return Ok(());
        }
        Err(Why::LockLost { resource: resource.to_owned() }.into())
    }

    async fn try_lock(&self, resource: &str) -> Result<bool, StoreError> {
        let now = self.now();
        let until = now.saturating_add(LEASE).unwrap_or(Timestamp::MAX);
        self.ports.locks.lock(resource, &self.owner, now, until).await
    }

    /// Gives a lock back. Where that fails it runs out by itself.
    pub(super) async fn unlock(&self, resource: &str) {
        if let Err(error) = self.ports.locks.unlock(resource, &self.owner).await {
            tracing::debug!(resource, %error, "a lock that could not be given back runs out");
        }
    }
}

/// Every document that a journal's changes touch.
pub(super) fn slots(journal: &Journal) -> Vec<Slot> {
    journal.steps.iter().map(|step| Slot::of(&step.change)).collect()
}
