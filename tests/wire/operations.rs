//! What follows an approval: `apply` with its queue, and `sweep` with its schedules.

use crate::binaries::{Profile, binary};
use crate::lambda::{Function, Invocation};
use crate::queue::{Drained, Queue};
use crate::service::Service;
use crate::world::World;
use jiff::{SignedDuration, Timestamp};
use locksmith_app::change::Journal;
use locksmith_app::incident::IncidentId;
use locksmith_app::ports::{Attachment, Ledger as _, Store as _, Write};
use serde_json::{Value, json};

/// Both functions, and the queue of what was approved.
#[derive(Debug)]
pub struct Operations {
    /// The function `apply`.
    pub apply: Function,
    /// The function `sweep`.
    pub sweep: Function,
    /// What `apply` works on.
    pub approved: Queue,
    forwarded: usize,
}

/// As in `infra/change.yaml`.
const MAX_RECEIVE_COUNT: u32 = 5;

impl Operations {
    /// Starts both functions.
    pub async fn start(world: &World, profile: Profile) -> Self {
        let (applies, sweeps) = (world.hub.apply(), world.hub.sweep());
        let apply = Function::start(binary(profile, "apply"), &applies);
        let sweep = Function::start(binary(profile, "sweep"), &sweeps);
        let (apply, sweep) = futures_util::join!(apply, sweep);
        let approved = Queue::new("locksmith-tests-apply", 1, MAX_RECEIVE_COUNT);
        Self { apply, sweep, approved, forwarded: 0 }
    }

    /// What the rule on the states bus does: incidents that were approved, or whose change is wanted back,
    /// go to a queue.
    pub fn forward(&mut self, service: &Service) {
        let announced = service.announced();
        for event in announced.iter().skip(self.forwarded) {
            let detail = &event["detail"];
            if detail["state"] == "approved" || detail["undo_wanted"] == true {
                self.approved.send(event.to_string());
            }
        }
        self.forwarded = announced.len();
    }

    /// `apply` works until nothing waits.
    pub async fn apply(&mut self, service: &Service) -> Drained {
        self.forward(service);
        self.approved.drain(&mut self.apply).await
    }

    /// What a schedule does: `sweep` or `reconcile`.
    pub async fn sweep(&mut self, task: &str) -> Invocation {
        self.sweep.invoke(&json!({ "task": task })).await
    }

    /// What happened so far, for people.
    pub fn story(&self, service: &Service, mark: usize) -> String {
        let story = format!(
            "{}\n--- apply\n{}\n--- sweep\n{}",
            service.story(mark),
            self.apply.logs_tail(),
            self.sweep.logs_tail()
        );
        service.world.nicknamed(&story)
    }
}

/// Time passes: what was stored was stored so much earlier.
pub async fn time_passes(world: &World, id: &IncidentId, time: SignedDuration) {
    let store = &world.hub.store;
    let earlier = |at: Timestamp| at - time;
    let mut incident = store.incident(id).await.unwrap().expect("the incident");
    incident.state_since = earlier(incident.state_since);
    incident.look_again_at = incident.look_again_at.map(earlier);
    incident.last_seen = earlier(incident.last_seen);
    incident.version += 1;
    let mut attachments = Vec::new();
    let journal = store.attachment(id, Attachment::Journal).await.unwrap();
    if let Some(journal) = journal.filter(|journal| !journal.is_null()) {
        let mut journal: Journal = serde_json::from_value(journal).unwrap();
        journal.claimed_at = earlier(journal.claimed_at);
        for step in &mut journal.steps {
            step.at = earlier(step.at);
        }
        attachments.push((Attachment::Journal, serde_json::to_value(journal).unwrap()));
    }
    let approvals = store.attachment(id, Attachment::Approvals).await.unwrap();
    if let Some(mut approvals) = approvals.filter(|approvals| !approvals.is_null()) {
        for given in approvals["given"].as_array_mut().into_iter().flatten() {
            let at: Timestamp = given["at"].as_str().unwrap().parse().unwrap();
            given["at"] = Value::from(earlier(at).to_string());
        }
        attachments.push((Attachment::Approvals, approvals));
    }
    store.write(&Write { incident, attachments, renews: false }).await.unwrap();
    for mut fix in store.fixes(100, None).await.unwrap().items {
        if let Some(Some(until)) = fix.relied_on_by.get_mut(id) {
            *until = earlier(*until);
            fix.version += 1;
            store.write_fix(&fix).await.unwrap();
        }
    }
    world.hub.let_locks_run_out().await;
}
