//! A process that works in the scene: each of its calls can fail, or be the last one.

use crate::scene::Scene;
use crate::world::{Client, Fault};
use core::pin::pin;
use jiff::{SignedDuration, Timestamp};
use locksmith_app::announcement::Announcement;
use locksmith_app::change::Journal;
use locksmith_app::fix::Fix;
use locksmith_app::incident::{Incident, IncidentId, State};
use locksmith_app::operations::{Looking, Making, Operations};
use locksmith_app::ports::{
    Adviser, Announcer, Attachment, Clock, Documents, EvidenceSource, Ledger, Locks, Opinion,
    Opinions, Page, Reading, Slot, Store, StoreError, Witness, Work, WriteError,
};
use locksmith_app::sighting::GroupKey;
use locksmith_core::diagnosis::{CallSummary, Diagnosis, Verdict};
use locksmith_core::evidence::Evidence;
use locksmith_core::plan::Reliance;
use locksmith_core::record::Record;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

/// A process: it makes one call after another, and may be told at which one to fail.
pub(crate) struct Process<'s> {
    pub(crate) scene: &'s Scene,
    pub(crate) fault: Option<(usize, Fault)>,
    pub(crate) calls: Mutex<Vec<&'static str>>,
    pub(crate) died: tokio::sync::Notify,
}

impl Process<'_> {
    pub(crate) fn operations(&self) -> Operations<'_, Self> {
        Operations { ports: self, configuration: &self.scene.configuration, trace: None }
    }

    /// The calls that were made, in order.
    pub(crate) fn calls(&self) -> Vec<&'static str> {
        self.calls.lock().unwrap().clone()
    }

    /// Works until it ends or dies; then it is gone, wherever it was.
    pub(crate) async fn live<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            () = self.died.notified() => None,
            done = work => Some(done),
        }
    }

    async fn call<T>(
        &self,
        name: &'static str,
        effect: impl Future<Output = T>,
        failed: impl FnOnce(Fault) -> T,
    ) -> T {
        let number = {
            let mut calls = self.calls.lock().unwrap();
            calls.push(name);
            calls.len() - 1
        };
        match self.fault.filter(|(at, _)| *at == number).map(|(_, fault)| fault) {
            None => effect.await,
            Some(fault @ (Fault::Refused | Fault::Lost)) => failed(fault),
            Some(fault @ Fault::DoneAndLost) => {
                effect.await;
                failed(fault)
            }
            Some(fault) => {
                if fault == Fault::DiesAfter {
                    effect.await;
                }
                self.died.notify_one();
                core::future::pending().await
            }
        }
    }

    async fn stored<T>(
        &self,
        name: &'static str,
        effect: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let failed = |_| Err(StoreError::Failed("no answer".to_owned()));
        self.call(name, effect, failed).await
    }
}

impl Making for Process<'_> {
    type Store = Self;
    type Announcer = Self;
    type Documents = Self;
    type Clock = Self;

    fn store(&self) -> &Self {
        self
    }

    fn announcer(&self) -> &Self {
        self
    }

    fn documents(&self) -> &Self {
        self
    }

    fn clock(&self) -> &Self {
        self
    }
}

impl Looking for Process<'_> {
    type Evidence = Self;
    type Witness = Self;
    type Opinions = Self;

    fn evidence(&self) -> &Self {
        self
    }

    fn witness(&self) -> &Self {
        self
    }

    fn opinions(&self) -> &Self {
        self
    }
}

impl Store for Process<'_> {
    async fn group(&self, group: &GroupKey) -> Result<Vec<Incident>, StoreError> {
        self.stored("read group", self.scene.store.group(group)).await
    }

    async fn incident(&self, id: &IncidentId) -> Result<Option<Incident>, StoreError> {
        self.stored("read incident", self.scene.store.incident(id)).await
    }

    async fn attachment(
        &self,
        id: &IncidentId,
        which: Attachment,
    ) -> Result<Option<Value>, StoreError> {
        self.stored("read attachment", self.scene.store.attachment(id, which)).await
    }

    async fn write(&self, write: &locksmith_app::ports::Write) -> Result<(), StoreError> {
        self.stored("write incident", self.scene.store.write(write)).await
    }

    async fn in_state(
        &self,
        state: State,
        limit: usize,
        next: Option<&str>,
    ) -> Result<Page<Incident>, StoreError> {
        self.stored("read list", self.scene.store.in_state(state, limit, next)).await
    }

    async fn admit(
        &self,
        principal: &str,
        allowance: u32,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.scene.store.admit(principal, allowance, now).await
    }
}

impl Ledger for Process<'_> {
    async fn fix(&self, what: &Reliance) -> Result<Option<Fix>, StoreError> {
        self.stored("read fix", self.scene.store.fix(what)).await
    }

    async fn fixes(&self, limit: usize, next: Option<&str>) -> Result<Page<Fix>, StoreError> {
        self.stored("read fixes", self.scene.store.fixes(limit, next)).await
    }

    async fn write_fix(&self, fix: &Fix) -> Result<(), StoreError> {
        self.stored("write fix", self.scene.store.write_fix(fix)).await
    }
}

impl Locks for Process<'_> {
    async fn lock(
        &self,
        resource: &str,
        owner: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        self.stored("write lock", self.scene.store.lock(resource, owner, now, until)).await
    }

    async fn unlock(&self, resource: &str, owner: &str) -> Result<(), StoreError> {
        self.stored("write unlock", self.scene.store.unlock(resource, owner)).await
    }
}

impl Announcer for Process<'_> {
    async fn announce(&self, announcements: &[Announcement]) -> Vec<Result<(), String>> {
        let said = announcements.iter().map(|one| (one.incident.id.clone(), one.incident.state));
        let effect = async {
            self.scene.heard.lock().unwrap().extend(said);
            announcements.iter().map(|_| Ok(())).collect()
        };
        let failed = |_| announcements.iter().map(|_| Err("nobody listens".to_owned())).collect();
        self.call("write announcement", effect, failed).await
    }
}

/// The world's calls are polled by hand there; here somebody has to ask again.
async fn awake<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    core::future::poll_fn(|context| {
        let polled = work.as_mut().poll(context);
        if polled.is_pending() {
            context.waker().wake_by_ref();
        }
        polled
    })
    .await
}

impl Documents for Process<'_> {
    async fn read(&self, work: Work<'_>, slot: &Slot) -> Result<Option<String>, String> {
        let client = Client::new(&self.scene.world);
        let effect = awake(client.read(work, slot));
        self.call("read document", effect, |_| Err("no answer".to_owned())).await
    }

    async fn write(
        &self,
        work: Work<'_>,
        slot: &Slot,
        text: Option<&str>,
    ) -> Result<(), WriteError> {
        let client = Client::new(&self.scene.world);
        let effect = awake(client.write(work, slot, text));
        let failed = |fault| match fault {
            Fault::Refused => Err(WriteError::Refused("AccessDenied".to_owned())),
            _ => Err(WriteError::Unclear("time ran out".to_owned())),
        };
        self.call("write document", effect, failed).await
    }
}

impl EvidenceSource for Process<'_> {
    async fn read(&self, _: &IncidentId, _: &Record) -> Reading {
        let mut evidence = Evidence::builder();
        let files =
            if *self.scene.dark.lock().unwrap() { BTreeMap::new() } else { self.scene.files() };
        for (name, file) in &files {
            evidence.add(name, file.to_string().as_bytes()).unwrap();
        }
        Reading { evidence: evidence.build(), files, calls: 1, longest_chain: 1 }
    }
}

impl Witness for Process<'_> {
    async fn success_after(
        &self,
        _: &Incident,
        _: &CallSummary,
        since: Timestamp,
    ) -> Result<Option<Timestamp>, String> {
        Ok(self.scene.success.lock().unwrap().filter(|at| *at > since))
    }
}

impl Opinions for Process<'_> {
    async fn of_documents(&self, _: &Incident, journal: &Journal) -> Vec<Opinion> {
        assert_eq!(journal.state, locksmith_app::change::State::Applied);
        self.scene.advice("texts", Adviser::judges_text)
    }

    async fn of_call(&self, _: &Incident, _: &Journal, diagnosis: &Diagnosis) -> Vec<Opinion> {
        assert_eq!(diagnosis.verdict, Verdict::Allowed);
        self.scene.advice("call", |adviser| !adviser.judges_text())
    }
}

impl Clock for Process<'_> {
    fn now(&self) -> Timestamp {
        // No two ask in the very same moment.
        let time = &mut self.scene.time.lock().unwrap();
        time.now += SignedDuration::from_nanos(1);
        time.now
    }

    async fn wait(&self, how_long: Duration) {
        let (mine, until) = {
            let time = &mut self.scene.time.lock().unwrap();
            time.waits += 1;
            let (mine, until) = (time.waits, time.now + how_long);
            time.waiting.insert(mine, until);
            (mine, until)
        };
        loop {
            {
                let time = &mut self.scene.time.lock().unwrap();
                let first = time.waiting.values().min().copied();
                if let Some(first) = first.filter(|_| time.waiting.len() >= time.alive) {
                    time.now = time.now.max(first);
                }
                if time.now >= until {
                    time.waiting.remove(&mine);
                    return;
                }
            }
            tokio::task::yield_now().await;
        }
    }
}
