//! Which incidents are to be worked on, and when: what buses and queues are on AWS.
//!
//! It holds names alone. What is to be done with an incident is told by its state in the store, so that
//! it does not matter how often one is put in, and nothing is lost with the process.

use core::time::Duration;
use locksmith_app::announcement::Announcement;
use locksmith_app::incident::{IncidentId, State};
use locksmith_app::ports::Announcer;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use tokio::time::Instant;

/// The pause after the first failure; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

/// Incidents that are to be worked on.
#[derive(Debug)]
pub struct Queue {
    waiting: Mutex<Waiting>,
    changed: Notify,
    /// How long a denial rests before it is diagnosed.
    diagnose_after: Duration,
}

#[derive(Debug, Default)]
struct Waiting {
    /// From when on each may be taken.
    due: BTreeMap<IncidentId, Instant>,
    /// Those that are being worked on: nobody else takes them.
    taken: BTreeSet<IncidentId>,
    failures: BTreeMap<IncidentId, u32>,
}

impl Queue {
    /// An empty queue. The copies of an event come apart, so that a denial rests for a while.
    pub(crate) fn new(diagnose_after: Duration) -> Self {
        Self { waiting: Mutex::default(), changed: Notify::new(), diagnose_after }
    }

    /// Puts an incident in, to be taken after a while. One that waits already is taken at the earlier
    /// time.
    pub(crate) fn put(&self, id: &IncidentId, after: Duration) {
        let at = Instant::now() + after;
        let mut waiting = self.waiting();
        let due = waiting.due.entry(id.clone()).or_insert(at);
        *due = at.min(*due);
        drop(waiting);
        self.changed.notify_one();
    }

    /// Puts an incident in that ought to be in. One that waits keeps its time, also a pause after a
    /// failure; one that is being worked on is put in by whoever works on it.
    pub(crate) fn remind(&self, id: &IncidentId, state: State) {
        let Some(after) = self.rests_in(state) else { return };
        let mut waiting = self.waiting();
        if waiting.taken.contains(id) || waiting.due.contains_key(id) {
            return;
        }
        waiting.due.insert(id.clone(), Instant::now() + after);
        drop(waiting);
        self.changed.notify_one();
    }

    /// Whether an incident is being worked on, or is about to be.
    pub(crate) fn is_at(&self, id: &IncidentId) -> bool {
        let waiting = self.waiting();
        let is_due = waiting.due.get(id).is_some_and(|at| *at <= Instant::now());
        is_due || waiting.taken.contains(id)
    }

    /// Puts an incident in that came to a state, if something is to be done by itself there.
    pub(crate) fn came_to(&self, id: &IncidentId, state: State) {
        if let Some(after) = self.rests_in(state) {
            self.put(id, after);
        }
    }

    /// How long an incident in a state rests before something is done by itself; none where nothing is.
    fn rests_in(&self, state: State) -> Option<Duration> {
        match state {
            State::Detected => Some(self.diagnose_after),
            State::Approved | State::Applying => Some(Duration::ZERO),
            _ => None,
        }
    }

    /// Waits for the next incident that is due, and takes it.
    pub(crate) async fn take(&self) -> IncidentId {
        loop {
            let next = self.next();
            match next {
                Some((id, at)) if at <= Instant::now() => {
                    let mut waiting = self.waiting();
                    waiting.due.remove(&id);
                    waiting.taken.insert(id.clone());
                    return id;
                }
                Some((_, at)) => {
                    tokio::select! {
                        () = tokio::time::sleep_until(at) => {}
                        () = self.changed.notified() => {}
                    }
                }
                None => self.changed.notified().await,
            }
        }
    }

    /// Says that work on an incident is over. What failed comes again after a pause, also if it was put
    /// in meanwhile: the work itself may have done that before it failed.
    pub(crate) fn done(&self, id: &IncidentId, failed: bool) {
        let mut waiting = self.waiting();
        waiting.taken.remove(id);
        if failed {
            let failures = waiting.failures.entry(id.clone()).or_default();
            *failures += 1;
            let at = Instant::now() + pause(*failures);
            waiting.due.insert(id.clone(), at);
        } else {
            waiting.failures.remove(id);
        }
        drop(waiting);
        self.changed.notify_one();
    }

    fn next(&self) -> Option<(IncidentId, Instant)> {
        let waiting = self.waiting();
        let free = waiting.due.iter().filter(|(id, _)| !waiting.taken.contains(id));
        free.min_by_key(|(_, at)| **at).map(|(id, at)| (id.clone(), *at))
    }

    /// What it holds is whole at any time, so it is good also after a panic elsewhere.
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn pause(failures: u32) -> Duration {
    let doubled = 2_u32.saturating_pow(failures.saturating_sub(1));
    FIRST_PAUSE.saturating_mul(doubled).min(LONGEST_PAUSE)
}

impl Announcer for Queue {
    async fn announce(&self, announcements: &[Announcement]) -> Vec<Result<(), String>> {
        let one = |one: &Announcement| {
            tracing::info!(incident = %one.incident.id, state = %one.incident.state, "now");
            self.came_to(&one.incident.id, one.incident.state);
            Ok(())
        };
        announcements.iter().map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{FIRST_PAUSE, LONGEST_PAUSE, Queue, pause};
    use core::time::Duration;
    use locksmith_app::incident::{IncidentId, State};
    use tokio::time::timeout;

    fn id(number: u32) -> IncidentId {
        IncidentId::try_from(format!("5f0c61aa93b2d7e4-{number}")).unwrap()
    }

    async fn taken(queue: &Queue) -> Option<IncidentId> {
        timeout(Duration::from_millis(20), queue.take()).await.ok()
    }

    #[tokio::test]
    async fn each_waits_its_time_and_is_taken_once() {
        let queue = Queue::new(Duration::from_mins(1));
        queue.came_to(&id(1), State::Detected);
        queue.came_to(&id(2), State::Verified);
        assert_eq!(taken(&queue).await, None, "a denial rests, and an end needs no work");
        queue.came_to(&id(1), State::Approved);
        assert_eq!(taken(&queue).await, Some(id(1)));
        queue.put(&id(1), Duration::ZERO);
        assert_eq!(taken(&queue).await, None, "it is being worked on");
        queue.done(&id(1), false);
        assert_eq!(taken(&queue).await, Some(id(1)), "it was put in meanwhile");
        queue.done(&id(1), true);
        assert_eq!(taken(&queue).await, None, "it comes again after a pause");
    }

    #[tokio::test]
    async fn a_reminder_shortens_no_pause() {
        let queue = Queue::new(Duration::ZERO);
        for state in [State::Detected, State::Approved, State::Applying] {
            queue.remind(&id(1), state);
            assert!(queue.is_at(&id(1)));
            assert_eq!(taken(&queue).await, Some(id(1)), "{state}: it was nowhere");
            queue.remind(&id(1), state);
            // What the work announces about itself shortens none either.
            queue.came_to(&id(1), state);
            queue.done(&id(1), true);
            queue.remind(&id(1), state);
            assert!(!queue.is_at(&id(1)));
            assert_eq!(taken(&queue).await, None, "{state}: it rests after a failure");
            queue.put(&id(1), Duration::ZERO);
            assert_eq!(taken(&queue).await, Some(id(1)), "{state}: somebody asked for it");
            queue.remind(&id(1), state);
            queue.done(&id(1), false);
            assert_eq!(taken(&queue).await, None, "{state}: it was being worked on");
        }
        queue.remind(&id(1), State::Verified);
        assert_eq!(taken(&queue).await, None, "an end needs no work");
    }

    #[tokio::test]
    async fn who_waits_is_woken() {
        let queue = Queue::new(Duration::ZERO);
        let (took, ()) = tokio::join!(timeout(Duration::from_secs(5), queue.take()), async {
            tokio::task::yield_now().await;
            queue.put(&id(3), Duration::ZERO);
        });
        assert_eq!(took.unwrap(), id(3));
    }

    #[test]
    fn pauses_grow_up_to_a_limit() {
        assert_eq!([pause(1), pause(2), pause(99)], [FIRST_PAUSE, FIRST_PAUSE * 2, LONGEST_PAUSE]);
    }
}
