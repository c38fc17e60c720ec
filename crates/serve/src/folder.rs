//! A folder of evidence in place of the accounts: policies are read from its files and written to
//! them, so that a change that is made there is seen by whoever looks again.
//!
//! The format is that of `locksmith collect`; `docs/evidence.md` describes it.

mod address;
mod files;
mod grant;
mod replace;
mod splice;

use crate::clock::WallClock;
use crate::world::{Called, World};
use address::Address;
use files::Files;
use jiff::Timestamp;
use locksmith_app::change::Journal;
use locksmith_app::incident::{Incident, IncidentId};
use locksmith_app::ports::{
    Clock, Documents, EvidenceSource, Opinion, Opinions, Reading, Slot, Witness, Work, WriteError,
};
use locksmith_core::diagnosis::{CallSummary, Diagnosis, Verdict};
use locksmith_core::explain::explain_again;
use locksmith_core::record::Record;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// How many calls that succeeded are remembered.
const CALLS_KEPT: usize = 1000;

/// A folder of evidence that stands for the accounts.
#[derive(Debug)]
pub struct Folder<C = WallClock> {
    files: Arc<Files>,
    /// Calls that succeeded. A folder has no event history; it is lost with the process.
    succeeded: Mutex<Vec<(CallSummary, Timestamp)>>,
    clock: C,
}

impl Folder {
    /// Takes a folder.
    ///
    /// # Errors
    /// Which file cannot be read, and why.
    pub fn open(dir: &Path) -> Result<Self, String> {
        Self::at(dir, WallClock)
    }
}

impl<C> Folder<C> {
    /// Takes a folder, with a clock.
    ///
    /// # Errors
    /// Which file cannot be read, and why.
    pub fn at(dir: &Path, clock: C) -> Result<Self, String> {
        let files = Files::new(PathBuf::from(dir));
        files.check()?;
        Ok(Self { files: Arc::new(files), succeeded: Mutex::default(), clock })
    }

    /// Works on the files off the threads of the runtime.
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Files) -> T + Send + 'static,
    ) -> Result<T, String> {
        let files = Arc::clone(&self.files);
        let done = tokio::task::spawn_blocking(move || work(&files)).await;
        done.map_err(|error| error.to_string())
    }

    async fn look(&self) -> Reading {
        self.blocking(Files::reading).await.unwrap_or_else(|why| files::nothing(&why))
    }

    fn note_success(&self, call: CallSummary, now: Timestamp) {
        let mut known = self.succeeded.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= CALLS_KEPT {
            known.remove(0);
        }
        known.push((call, now));
    }
}

impl<C: Sync> EvidenceSource for Folder<C> {
    async fn read(&self, _: &IncidentId, _: &Record) -> Reading {
        self.look().await
    }
}

impl<C: Sync> Documents for Folder<C> {
    async fn read(&self, _: Work<'_>, slot: &Slot) -> Result<Option<String>, String> {
        let address = Address::of(slot)?;
        self.blocking(move |files| files.document(&address)).await?
    }

    async fn write(&self, _: Work<'_>, slot: &Slot, text: Option<&str>) -> Result<(), WriteError> {
        let address = Address::of(slot).map_err(WriteError::Refused)?;
        let text = text.map(str::to_owned);
        let written = self.blocking(move |files| files.write(&address, text.as_deref()));
        // Work that broke off may have come as far as the file.
        written.await.unwrap_or_else(|why| Err(WriteError::Unclear(why)))
    }
}

impl<C: Sync> Witness for Folder<C> {
    async fn success_after(
        &self,
        _: &Incident,
        call: &CallSummary,
        since: Timestamp,
    ) -> Result<Option<Timestamp>, String> {
        let known = self.succeeded.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |one: &CallSummary| {
            one.operation == call.operation
                && one.principal == call.principal
                && one.resource == call.resource
        };
        let mut later = known.iter().filter(|(one, at)| same(one) && *at >= since);
        Ok(later.next_back().map(|(_, at)| *at))
    }
}

/// Nobody else can be asked about files.
impl<C: Sync> Opinions for Folder<C> {
    async fn of_documents(&self, _: &Incident, _: &Journal) -> Vec<Opinion> {
        Vec::new()
    }

    async fn of_call(&self, _: &Incident, _: &Journal, _: &Diagnosis) -> Vec<Opinion> {
        Vec::new()
    }
}

impl<C: Clock + Send + 'static> World for Folder<C> {
    type Documents = Self;
    type Evidence = Self;
    type Witness = Self;
    type Opinions = Self;
    type Clock = C;

    fn documents(&self) -> &Self {
        self
    }

    fn evidence(&self) -> &Self {
        self
    }

    fn witness(&self) -> &Self {
        self
    }

    fn opinions(&self) -> &Self {
        self
    }

    fn clock(&self) -> &C {
        &self.clock
    }

    fn can_call(&self) -> bool {
        true
    }

    /// The engine decides in place of AWS, by what stands in the files.
    async fn call_again(&self, record: &Record, now: Timestamp) -> Option<Called> {
        let diagnosis = explain_again(record, &self.look().await.evidence);
        Some(match diagnosis.verdict {
            Verdict::Allowed => {
                self.note_success(diagnosis.call, now);
                Called::Succeeded
            }
            Verdict::Denied => Called::Denied,
            Verdict::Unknown => Called::Unknown,
        })
    }
}

#[cfg(test)]
mod tests;
