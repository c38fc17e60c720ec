//! The whole service of one scenario: both functions with their queues before a world.

use crate::binaries::{Profile, binary};
use crate::bus::{cloudtrail_event, put_events};
use crate::lambda::Function;
use crate::queue::{Drained, Queue};
use crate::world::World;
use locksmith_app::incident::Incident;
use serde_json::Value;

/// Both functions, and what lies between them.
#[derive(Debug)]
pub struct Service {
    /// The accounts, and the wire to them.
    pub world: World,
    /// The function `detect`.
    pub detect: Function,
    /// The function `diagnose`.
    pub diagnose: Function,
    /// What `detect` works on.
    pub denials: Queue,
    /// What `diagnose` works on.
    pub detected: Queue,
    forwarded: usize,
}

/// As in `infra/template.yaml`.
const BATCH_SIZE: usize = 2000;
const MAX_RECEIVE_COUNT: u32 = 5;

impl Service {
    /// Starts both functions.
    pub async fn start(world: World, profile: Profile) -> Self {
        let (detects, diagnoses) = (world.hub.detect(), world.hub.diagnose());
        let detect = Function::start(binary(profile, "detect"), &detects);
        let diagnose = Function::start(binary(profile, "diagnose"), &diagnoses);
        let (detect, diagnose) = futures_util::join!(detect, diagnose);
        Self {
            detect,
            diagnose,
            denials: Queue::new("locksmith-tests-detect", BATCH_SIZE, MAX_RECEIVE_COUNT),
            detected: Queue::new("locksmith-tests-diagnose", 1, MAX_RECEIVE_COUNT),
            forwarded: 0,
            world,
        }
    }

    /// Records arrive at the hub as events.
    pub fn arrive(&mut self, records: impl IntoIterator<Item = Value>) {
        for record in records {
            self.denials.send(cloudtrail_event(&record).to_string());
        }
    }

    /// `detect` works until nothing waits, and what it announces goes to `diagnose`'s queue.
    pub async fn detect(&mut self) -> Drained {
        let drained = self.denials.drain(&mut self.detect).await;
        self.forward();
        drained
    }

    /// `diagnose` works until nothing waits.
    pub async fn diagnose(&mut self) -> Drained {
        self.detected.drain(&mut self.diagnose).await
    }

    /// What the rule on the states bus does: incidents that were detected go to a queue.
    pub fn forward(&mut self) {
        let announced = self.announced();
        for event in announced.iter().skip(self.forwarded) {
            if event["detail"]["state"] == "detected" {
                self.detected.send(event.to_string());
            }
        }
        self.forwarded = announced.len();
    }

    /// All events on the states bus so far.
    pub fn announced(&self) -> Vec<Value> {
        put_events(&self.world.wire.calls())
    }

    /// The events of one state on the states bus so far.
    pub fn announced_as(&self, state: &str) -> Vec<Value> {
        let mut announced = self.announced();
        announced.retain(|event| event["detail"]["state"] == state);
        announced
    }

    /// The one incident that there is.
    ///
    /// # Errors
    /// What there is in its place.
    pub async fn incident(&self) -> Result<Incident, String> {
        let mut incidents = self.world.hub.incidents().await;
        match (incidents.pop(), incidents.len()) {
            (Some(incident), 0) => Ok(incident),
            (last, more) => Err(format!("{more} incidents: {last:#?} {incidents:#?}")),
        }
    }

    /// The one incident that there is, with its diagnosis.
    ///
    /// # Errors
    /// What there is in its place.
    pub async fn diagnosed(&self) -> Result<(Incident, Value), String> {
        let incident = self.incident().await?;
        let report = self.world.hub.diagnosis(&incident).await;
        let report = report.ok_or_else(|| format!("{} has no diagnosis", incident.id))?;
        Ok((incident, report))
    }

    /// What happened so far, for people: the calls of the functions and what they logged.
    pub fn story(&self, mark: usize) -> String {
        let calls = self.world.wire.calls_since(mark);
        let calls: Vec<String> = calls.iter().map(crate::wire::Call::line).collect();
        let story = format!(
            "--- calls\n{}\n--- detect\n{}\n--- diagnose\n{}",
            calls.join("\n"),
            self.detect.logs_tail(),
            self.diagnose.logs_tail()
        );
        self.world.nicknamed(&story)
    }
}
