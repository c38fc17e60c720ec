//! The worker: takes incidents from the queue, several at a time, and now and then does what is due.

use crate::http::told;
use crate::service::Service;
use crate::world::World;
use core::time::Duration;
use locksmith_app::incident::IncidentId;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::watch;
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::{Instant, MissedTickBehavior, interval_at};

/// How many incidents of the queue are worked on at the same time.
const AT_ONCE: usize = 4;
/// How often it is looked what is due.
const SWEEP: Duration = Duration::from_mins(1);
/// How often old incidents are forgotten.
const FORGET: Duration = Duration::from_hours(24);

/// Works until it is told to stop, and then ends what it has begun: a change is never left half made
/// because somebody stops the program.
pub(crate) async fn work<W: World>(service: Arc<Service<W>>, stopping: watch::Receiver<bool>) {
    let ticks = |every| {
        let mut ticks = interval_at(Instant::now() + every, every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ticks
    };
    let (mut sweeps, mut forgets) = (ticks(SWEEP), ticks(FORGET));
    let mut bench = Bench::new(Arc::clone(&service));
    // A round may take long. It has no place on the bench, so that it keeps nobody waiting, and the
    // next one begins once it has ended.
    let mut rounds = JoinSet::new();
    rounds.spawn(round(Arc::clone(&service), stopping.clone()));
    while !*stopping.borrow() {
        tokio::select! {
            () = told(stopping.clone()) => break,
            id = service.queue.take(), if bench.tasks.len() < AT_ONCE => bench.begin(id),
            Some(ended) = bench.tasks.join_next_with_id() => bench.ended(ended),
            Some(ended) = rounds.join_next() => round_ended(ended),
            _ = sweeps.tick() => {
                if rounds.is_empty() {
                    rounds.spawn(round(Arc::clone(&service), stopping.clone()));
                }
            }
            _ = forgets.tick() => {
                if let Err(error) = service.forget().await {
                    tracing::error!(%error, "old incidents could not be forgotten");
                }
            }
        }
    }
    while let Some(ended) = bench.tasks.join_next_with_id().await {
        bench.ended(ended);
    }
    while let Some(ended) = rounds.join_next().await {
        round_ended(ended);
    }
}

/// What is being worked on.
struct Bench<W> {
    service: Arc<Service<W>>,
    tasks: JoinSet<Result<(), String>>,
    /// On which incident each task works. One that panicked cannot tell.
    works_on: HashMap<Id, IncidentId>,
}

impl<W: World> Bench<W> {
    fn new(service: Arc<Service<W>>) -> Self {
        Self { service, tasks: JoinSet::new(), works_on: HashMap::new() }
    }

    fn begin(&mut self, id: IncidentId) {
        let (service, of) = (Arc::clone(&self.service), id.clone());
        // A change goes through many awaits; on the heap the task stays small.
        let task = self.tasks.spawn(async move { Box::pin(service.go_on(&of)).await });
        self.works_on.insert(task.id(), id);
    }

    /// Lets go of an incident, which otherwise nobody could work on any more.
    fn ended(&mut self, ended: Result<(Id, Result<(), String>), JoinError>) {
        let (task, result) = match ended {
            Ok(done) => done,
            Err(error) => (error.id(), Err(error.to_string())),
        };
        let Some(id) = self.works_on.remove(&task) else { return };
        if let Err(why) = &result {
            tracing::error!(incident = %id, why, "failed; it is tried again");
        }
        self.service.queue.done(&id, result.is_err());
    }
}

/// What is due by the clock, and what waits and is in no queue. Once it is told to stop it begins with
/// no further incident.
async fn round<W: World>(service: Arc<Service<W>>, stopping: watch::Receiver<bool>) {
    let goes_on = || !*stopping.borrow();
    match service.sweep(goes_on).await {
        Ok(swept) => {
            for (incident, why) in &swept.failed {
                tracing::error!(%incident, why, "failed; the next look tries again");
            }
        }
        Err(error) => tracing::error!(%error, "what is due could not be looked for"),
    }
    if goes_on()
        && let Err(error) = service.catch_up().await
    {
        tracing::error!(%error, "what waits could not be looked for");
    }
}

fn round_ended(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a look at what is due broke off; the next one tries again");
    }
}

#[cfg(test)]
mod tests;
