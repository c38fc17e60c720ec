//! What a group's denials change in its incidents: pure, so that it can be done again after somebody
//! else wrote in between.

use crate::config::Configuration;
use crate::incident::{Attached, Incident, IncidentId, Recurrence, State};
use crate::ports::Attachment;
use crate::sighting::{GroupKey, Sighting};
use jiff::Timestamp;
use serde_json::Value;

/// The most incidents of a group. Whoever makes up folder after folder gets no more of them: what
/// comes then is counted in the latest.
const MOST: usize = 50;

/// An incident of a group, with what the batch does to it.
#[derive(Debug)]
pub(super) struct Tracked<'a> {
    pub(super) incident: Incident,
    pub(super) change: Change,
    /// Denials that the batch adds.
    pub(super) counted: u64,
    sample: Option<&'a Value>,
}

/// What a batch does to an incident; the greatest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    Nothing,
    Counts,
    Reopens,
    Opens,
}

impl Tracked<'_> {
    pub(super) fn attachments(&self) -> Vec<(Attachment, Value)> {
        self.sample.iter().map(|sample| (Attachment::Sample, (*sample).clone())).collect()
    }
}

/// The incidents of a group after its denials, the unchanged ones among them.
pub(super) fn fold<'a>(
    key: &GroupKey,
    stored: Vec<Incident>,
    sightings: &'a [Sighting],
    configuration: &Configuration,
    now: Timestamp,
) -> Vec<Tracked<'a>> {
    let unchanged =
        |incident| Tracked { incident, change: Change::Nothing, counted: 0, sample: None };
    let mut tracked: Vec<Tracked<'a>> = stored.into_iter().map(unchanged).collect();
    let mut in_order: Vec<&Sighting> = sightings.iter().collect();
    in_order.sort_by_key(|sighting| sighting.at);
    for sighting in in_order {
        match closest(&mut tracked, sighting) {
            Some(own) => own.take(sighting, configuration, now),
            None => {
                let taken = tracked.iter().map(|own| own.incident.id.number()).max();
                let id = IncidentId::new(key.clone(), taken.unwrap_or(0) + 1);
                tracked.push(opened(id, sighting, configuration, now));
            }
        }
    }
    tracked
}

/// The incident that a denial belongs to: one that knows the same before one that knows less, then
/// the latest.
fn closest<'t, 'a>(
    tracked: &'t mut [Tracked<'a>],
    sighting: &Sighting,
) -> Option<&'t mut Tracked<'a>> {
    let full = tracked.len() >= MOST;
    let is_about = |own: &&mut Tracked<'a>| own.incident.is_about(sighting);
    if full && !tracked.iter_mut().any(|own| is_about(&own)) {
        return tracked.iter_mut().max_by_key(|own| own.incident.last_seen);
    }
    tracked.iter_mut().filter(is_about).max_by_key(|own| {
        let incident = &own.incident;
        (incident.prefix == sighting.prefix, incident.key == sighting.key, incident.last_seen)
    })
}

fn opened<'a>(
    id: IncidentId,
    sighting: &'a Sighting,
    configuration: &Configuration,
    now: Timestamp,
) -> Tracked<'a> {
    let mut incident = Incident::open(id, sighting, now);
    incident.sample_rank = sighting.rank;
    if let Some(reason) = incident.suppressed(configuration, now) {
        incident.state = State::Suppressed;
        incident.remark = Some(reason);
    }
    Tracked { incident, change: Change::Opens, counted: 1, sample: Some(&sighting.record) }
}

impl<'a> Tracked<'a> {
    fn take(&mut self, sighting: &'a Sighting, configuration: &Configuration, now: Timestamp) {
        let before = self.incident.clone();
        let attached = self.incident.count(sighting);
        self.counted += u64::from(attached == Attached::Counted);
        if self.incident != before {
            self.change = self.change.max(Change::Counts);
        }
        if sighting.rank > self.incident.sample_rank {
            self.incident.sample_rank = sighting.rank;
            self.sample = Some(&sighting.record);
            self.change = self.change.max(Change::Counts);
            // The diagnosis, and what followed from it, was made from less than is known now.
            if matches!(
                self.incident.state,
                State::Diagnosed | State::AwaitingApproval | State::Manual | State::NoChangeNeeded
            ) {
                self.enter(State::Detected, now);
            }
        }
        let recurs = attached == Attached::Counted
            && before.recurrence(sighting.at, configuration) == Recurrence::Reopens;
        if recurs && self.change < Change::Reopens {
            self.reopen(configuration, now);
        }
    }

    fn reopen(&mut self, configuration: &Configuration, now: Timestamp) {
        match self.incident.suppressed(configuration, now) {
            Some(_) if self.incident.state == State::Suppressed => {}
            Some(reason) => {
                self.enter(State::Suppressed, now);
                self.incident.remark = Some(reason);
                self.change = self.change.max(Change::Reopens);
            }
            None => {
                self.enter(State::Detected, now);
                self.incident.openings += 1;
                self.incident.scope = None;
                self.change = self.change.max(Change::Reopens);
            }
        }
    }

    /// The states from which a denial reopens all lead to those that it enters; another state is
    /// left as it is.
    fn enter(&mut self, state: State, now: Timestamp) {
        if let Err(why) = self.incident.enter(state, now) {
            tracing::debug!(why, "state kept");
        }
    }
}
