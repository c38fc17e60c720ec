//! Which incident of a group a denial belongs to, and what it does to it.

use super::{Incident, State};
use crate::config::Configuration;
use crate::sighting::Sighting;
use jiff::{SignedDuration, Timestamp};

/// Denials without an object (KMS with a Bucket Key tells only the bucket) belong to what the same
/// caller did at about the same time.
const ABOUT_THE_SAME_TIME: SignedDuration = SignedDuration::from_mins(10);

/// What a denial did to the incident that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attached {
    /// It had been counted before.
    Known,
    /// It was counted.
    Counted,
}

/// What a denial means for an incident that ended, or was diagnosed long ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recurrence {
    /// It is only counted.
    Quiet,
    /// The incident opens again.
    Reopens,
}

impl Incident {
    /// Whether a denial of the same group belongs to this incident: nothing that both know differs,
    /// and where one knows less, both happened at about the same time.
    pub fn is_about(&self, sighting: &Sighting) -> bool {
        let same = |ours: &Option<String>, theirs: &Option<String>| match (ours, theirs) {
            (Some(ours), Some(theirs)) => ours == theirs,
            (None, None) => true,
            _ => self.is_near(sighting.at),
        };
        // A call to S3 does not tell its key, so it belongs to the incident of any key.
        let same_key = match (&self.key, &sighting.key) {
            (Some(ours), Some(theirs)) => ours == theirs,
            _ => true,
        };
        same_key && same(&self.prefix, &sighting.prefix)
    }

    fn is_near(&self, at: Timestamp) -> bool {
        let early = self.first_seen.saturating_sub(ABOUT_THE_SAME_TIME);
        let late = self.last_seen.saturating_add(ABOUT_THE_SAME_TIME);
        early.is_ok_and(|early| early <= at) && late.is_ok_and(|late| at <= late)
    }

    /// Counts a denial, and learns from it what was not known.
    pub fn count(&mut self, sighting: &Sighting) -> Attached {
        let learn = |ours: &mut Option<String>, theirs: &Option<String>| {
            if ours.is_none() {
                ours.clone_from(theirs);
            }
        };
        learn(&mut self.principal_arn, &sighting.principal_arn);
        learn(&mut self.prefix, &sighting.prefix);
        learn(&mut self.key, &sighting.key);
        self.principal_account = self.principal_account.or(sighting.principal_account);
        self.resource_account = self.resource_account.or(sighting.resource_account);
        if !self.recent.insert(sighting.event) {
            return Attached::Known;
        }
        self.count += 1;
        self.first_seen = self.first_seen.min(sighting.at);
        self.last_seen = self.last_seen.max(sighting.at);
        Attached::Counted
    }

    /// What a denial at a time means for this incident.
    ///
    /// A denial from before the end is late news. One after *verified* shows that the fix does not
    /// hold. After the other ends, and after a diagnosis that nobody acted on, the incident rests
    /// for `detect.reopen_after`, or as long as the person wished who suppressed it; while owners
    /// are asked or a change is made and verified it is only counted.
    pub fn recurrence(&self, at: Timestamp, configuration: &Configuration) -> Recurrence {
        if let (State::Suppressed, Some(until)) = (self.state, self.look_again_at) {
            return if at > until { Recurrence::Reopens } else { Recurrence::Quiet };
        }
        let rest = match self.state {
            State::Verified => SignedDuration::ZERO,
            State::Diagnosed => configuration.detect.reopen_after,
            state if state.is_end() => configuration.detect.reopen_after,
            _ => return Recurrence::Quiet,
        };
        match self.state_since.saturating_add(rest) {
            Ok(until) if at > until => Recurrence::Reopens,
            _ => Recurrence::Quiet,
        }
    }
}
