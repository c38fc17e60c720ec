//! From a batch of messages to incidents: first everything is folded together in memory, then each
//! incident is written once, however many denials it counts.

mod fold;

use crate::announcement::{self, Announcement};
use crate::config::Configuration;
use crate::incident::{Incident, State};
use crate::ports::{Announcer, Store, StoreError};
use crate::sighting::{GroupKey, Passed, Seen, Sighting};
use fold::{Change, fold};
use futures_util::StreamExt as _;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// Groups that are settled at the same time.
const AT_ONCE: usize = 16;
/// How often a group is looked at again after somebody else wrote in between.
const ATTEMPTS: u32 = 8;

/// A message of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// By which the queue knows it.
    pub id: String,
    /// An EventBridge event.
    pub body: String,
}

/// What a batch came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detected {
    /// Messages that are to be delivered again, with the reason: all others are done.
    pub failed: Vec<(String, String)>,
    /// What was counted.
    pub counts: Counts,
}

/// What a batch came to, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Messages.
    pub received: u64,
    /// Denials that concern us.
    pub ours: u64,
    /// Messages that were passed over, by reason.
    pub passed: BTreeMap<Passed, u64>,
    /// Messages that are no events.
    pub poisoned: u64,
    /// Incidents that were opened.
    pub opened: u64,
    /// Incidents that were opened again.
    pub reopened: u64,
    /// Incidents that were opened or recurred and are suppressed.
    pub suppressed: u64,
    /// Denials dropped because their principal had used up its allowance.
    pub limited: u64,
    /// How often somebody else wrote in between.
    pub conflicts: u64,
}

/// What `detect` works with.
#[derive(Clone, Copy, Debug)]
pub struct Detect<'a, S, A> {
    /// Where incidents are kept.
    pub store: &'a S,
    /// Who hears of new ones.
    pub announcer: &'a A,
    /// What counts.
    pub configuration: &'a Configuration,
}

/// The denials of one group, with the messages that brought them.
#[derive(Debug, Default)]
struct Group {
    sightings: Vec<Sighting>,
    messages: Vec<String>,
}

impl<S: Store, A: Announcer> Detect<'_, S, A> {
    /// Turns a batch into incidents, and hands on those that are new or open again.
    ///
    /// A message fails only with its group; whatever was written before a failure counts as seen
    /// when the message comes again.
    pub async fn batch(
        &self,
        messages: Vec<Message>,
        now: Timestamp,
        trace: Option<&str>,
    ) -> Detected {
        let mut detected = Detected::default();
        let groups = self.sort(messages, &mut detected);
        let settled: Vec<_> = futures_util::stream::iter(groups)
            .map(|(key, group)| async move {
                let mut counts = Counts::default();
                let unannounced = self.settle(&key, &group.sightings, now, &mut counts).await;
                (group.messages, unannounced, counts)
            })
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        let mut waiting = Vec::new();
        for (messages, unannounced, counts) in settled {
            detected.counts.add(&counts);
            match unannounced {
                Ok(incidents) => {
                    waiting.extend(incidents.into_iter().map(|one| (one, messages.clone())));
                }
                Err(error) => detected.fail(messages, &error.to_string()),
            }
        }
        self.announce(waiting, now, trace, &mut detected).await;
        detected
    }

    fn sort(&self, messages: Vec<Message>, detected: &mut Detected) -> BTreeMap<GroupKey, Group> {
        let mut groups: BTreeMap<GroupKey, Group> = BTreeMap::new();
        for message in messages {
            detected.counts.received += 1;
            match Seen::read(&message.body, self.configuration) {
                Ok(Seen::Ours(sighting)) => {
                    detected.counts.ours += 1;
                    let group = groups.entry(sighting.group()).or_default();
                    group.sightings.push(*sighting);
                    group.messages.push(message.id);
                }
                Ok(Seen::Passed(why)) => *detected.counts.passed.entry(why).or_default() += 1,
                Err(error) => {
                    detected.counts.poisoned += 1;
                    detected.fail(vec![message.id], &error.to_string());
                }
            }
        }
        groups
    }

    /// Writes what a group's denials change; the answer is what has yet to be announced.
    async fn settle(
        &self,
        key: &GroupKey,
        sightings: &[Sighting],
        now: Timestamp,
        counts: &mut Counts,
    ) -> Result<Vec<Incident>, StoreError> {
        let mut admitted = BTreeSet::new();
        let mut attempt = 0;
        'again: loop {
            attempt += 1;
            let stored = self.store.group(key).await?;
            let folded = fold(key, stored, sightings, self.configuration, now);
            let mut unannounced = Vec::new();
            for tracked in folded {
                let opens = matches!(tracked.change, Change::Opens | Change::Reopens);
                if opens
                    && !admitted.contains(&tracked.incident.id)
                    && !self.admit(&tracked.incident, now).await?
                {
                    counts.limited += tracked.counted;
                    tracing::warn!(
                        incident = %tracked.incident.id,
                        principal = tracked.incident.principal,
                        denials = tracked.counted,
                        "dropped: the principal has opened too many incidents in this hour"
                    );
                    continue;
                }
                admitted.insert(tracked.incident.id.clone());
                let incident = match tracked.change {
                    Change::Nothing => tracked.incident,
                    change => {
                        let write = tracked.incident.to_write(tracked.attachments(), now);
                        match self.store.write(&write).await {
                            Err(StoreError::Conflict) if attempt < ATTEMPTS => {
                                counts.conflicts += 1;
                                continue 'again;
                            }
                            result => result?,
                        }
                        counts.count(change, &write.incident);
                        write.incident
                    }
                };
                // Later states are announced by whoever brings them about.
                let ours = matches!(incident.state, State::Detected | State::Suppressed);
                if ours && !incident.announced {
                    unannounced.push(incident);
                }
            }
            return Ok(unannounced);
        }
    }

    async fn admit(&self, incident: &Incident, now: Timestamp) -> Result<bool, StoreError> {
        let allowance = self.configuration.detect.incidents_per_principal_per_hour;
        self.store.admit(&incident.principal, allowance, now).await
    }

    async fn announce(
        &self,
        waiting: Vec<(Incident, Vec<String>)>,
        now: Timestamp,
        trace: Option<&str>,
        detected: &mut Detected,
    ) {
        let trace = trace.map(str::to_owned);
        let announcements: Vec<_> = waiting
            .iter()
            .map(|(incident, _)| Announcement { incident: incident.clone(), trace: trace.clone() })
            .collect();
        if announcements.is_empty() {
            return;
        }
        let answers = self.announcer.announce(&announcements).await;
        for ((incident, messages), answer) in waiting.into_iter().zip(answers) {
            match answer {
                Ok(()) => announcement::noted(self.store, &incident, now).await,
                Err(why) => detected.fail(messages, &format!("announcing {}: {why}", incident.id)),
            }
        }
    }
}

impl Detected {
    fn fail(&mut self, messages: Vec<String>, why: &str) {
        for message in messages {
            if !self.failed.iter().any(|(id, _)| *id == message) {
                self.failed.push((message, why.to_owned()));
            }
        }
    }
}

impl Counts {
    fn count(&mut self, change: Change, incident: &Incident) {
        let suppressed = incident.state == State::Suppressed;
        match change {
            Change::Opens | Change::Reopens if suppressed => self.suppressed += 1,
            Change::Opens => self.opened += 1,
            Change::Reopens => self.reopened += 1,
            Change::Counts | Change::Nothing => {}
        }
    }

    fn add(&mut self, other: &Self) {
        self.opened += other.opened;
        self.reopened += other.reopened;
        self.suppressed += other.suppressed;
        self.limited += other.limited;
        self.conflicts += other.conflicts;
    }
}
