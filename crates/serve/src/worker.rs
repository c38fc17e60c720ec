//! The worker: takes incidents from the queue, several at a time, and now and then does what is due.

use crate::service::Service;
use crate::world::World;
use core::time::Duration;
use locksmith_app::incident::IncidentId;
use std::sync::Arc;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval_at};

/// How many incidents are worked on at the same time.
const AT_ONCE: usize = 4;
/// How often it is looked what is due.
const SWEEP: Duration = Duration::from_mins(1);
/// How often old incidents are forgotten.
const FORGET: Duration = Duration::from_hours(24);

/// What a task was.
enum Done {
    Incident(IncidentId, Result<(), String>),
    Round,
}

/// Works until it is told to stop, and then ends what it has begun: a change is never left half made
/// because somebody stops the program.
pub(crate) async fn work<W: World>(service: Arc<Service<W>>, mut stop: watch::Receiver<bool>) {
    let mut tasks = JoinSet::new();
    let ticks = |every| {
        let mut ticks = interval_at(Instant::now() + every, every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ticks
    };
    let (mut sweeps, mut forgets) = (ticks(SWEEP), ticks(FORGET));
    tasks.spawn(round(Arc::clone(&service)));
    while !*stop.borrow() {
        tokio::select! {
            _ = stop.changed() => break,
            id = service.queue.take(), if tasks.len() < AT_ONCE => {
                tasks.spawn(one(Arc::clone(&service), id));
            }
            Some(done) = tasks.join_next() => ended(&service, done.ok()),
            _ = sweeps.tick() => {
                tasks.spawn(round(Arc::clone(&service)));
            }
            _ = forgets.tick() => {
                if let Err(error) = service.forget().await {
                    tracing::error!(%error, "old incidents could not be forgotten");
                }
            }
        }
    }
    while let Some(done) = tasks.join_next().await {
        ended(&service, done.ok());
    }
}

async fn one<W: World>(service: Arc<Service<W>>, id: IncidentId) -> Done {
    // A change goes through many awaits; on the heap the task stays small.
    let done = Box::pin(service.go_on(&id)).await;
    Done::Incident(id, done)
}

/// What is due by the clock, and what waits and is in no queue.
async fn round<W: World>(service: Arc<Service<W>>) -> Done {
    match service.sweep().await {
        Ok(swept) => {
            for (incident, why) in &swept.failed {
                tracing::error!(%incident, why, "failed; the next look tries again");
            }
        }
        Err(error) => tracing::error!(%error, "what is due could not be looked for"),
    }
    if let Err(error) = service.catch_up().await {
        tracing::error!(%error, "what waits could not be looked for");
    }
    Done::Round
}

fn ended<W: World>(service: &Service<W>, done: Option<Done>) {
    if let Some(Done::Incident(id, result)) = done {
        if let Err(why) = &result {
            tracing::error!(incident = %id, why, "failed; it is tried again");
        }
        service.queue.done(&id, result.is_err());
    }
}
