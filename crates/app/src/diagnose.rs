//! From an incident to its diagnosis: read the accounts, ask the engine, store what it says.

use crate::announcement::Announcement;
use crate::config::Configuration;
use crate::incident::{Incident, IncidentId, State};
use crate::ports::{Announcer, Attachment, EvidenceSource, Reading, Store, StoreError};
use core::fmt;
use jiff::Timestamp;
use locksmith_core::arn::AccountId;
use locksmith_core::diagnosis::{Diagnosis, Verdict};
use locksmith_core::explain::explain_record;
use locksmith_core::record::Record;
use serde::Serialize;
use serde_json::Value;

/// How often the incident is looked at again after somebody else wrote in between.
const ATTEMPTS: u32 = 8;
/// How many causes the incident itself keeps for lists.
const CAUSES_IN_LISTS: usize = 5;

/// What `diagnose` works with.
#[derive(Clone, Copy, Debug)]
pub struct Diagnose<'a, S, A, E> {
    /// Where incidents are kept.
    pub store: &'a S,
    /// Who hears of diagnoses.
    pub announcer: &'a A,
    /// Where the evidence comes from.
    pub evidence: &'a E,
    /// What is not to be worked on.
    pub configuration: &'a Configuration,
}

/// What a request to diagnose came to.
#[derive(Clone, Debug)]
pub enum Diagnosed {
    /// The incident was diagnosed.
    Now(Box<Report>),
    /// There was nothing to do: it was diagnosed before, or has gone on since.
    Before(State),
    /// There is no such incident any more.
    Gone,
}

/// A diagnosis with how it was made: what is stored as [`Attachment::Diagnosis`].
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The diagnosis.
    pub diagnosis: Diagnosis,
    /// What could not be read, and why.
    pub unreadable: Vec<String>,
    /// Calls to AWS.
    pub calls: u64,
    /// The longest chain of calls that waited for each other.
    pub longest_chain: u32,
    /// When the evidence was read.
    pub read_at: Timestamp,
}

/// A report, and the caller's ARN where the accounts told it.
type Made = (Box<Report>, Option<String>);

/// A diagnosis that could not be made now; it is worth trying again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiagnoseError {
    /// The store refused.
    Store(StoreError),
    /// The stored record cannot be read.
    Sample(String),
    /// The new state could not be announced.
    Announce(String),
}

impl fmt::Display for DiagnoseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Sample(why) => write!(f, "the incident's record: {why}"),
            Self::Announce(why) => write!(f, "announcing the diagnosis: {why}"),
        }
    }
}

impl core::error::Error for DiagnoseError {}

impl From<StoreError> for DiagnoseError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl<S: Store, A: Announcer, E: EvidenceSource> Diagnose<'_, S, A, E> {
    /// Diagnoses an incident that was detected, once, however often it is asked to.
    ///
    /// # Errors
    /// [`DiagnoseError`]; what was done before it is not done again the next time.
    pub async fn incident(
        &self,
        id: &IncidentId,
        now: Timestamp,
        trace: Option<&str>,
    ) -> Result<Diagnosed, DiagnoseError> {
        let mut made: Option<(u8, Made)> = None;
        for _ in 0..ATTEMPTS {
            let Some(mut incident) = self.store.incident(id).await? else {
                return Ok(Diagnosed::Gone);
            };
            if incident.state != State::Detected {
                if !incident.announced {
                    self.announce(&incident, now, trace).await?;
                }
                return Ok(Diagnosed::Before(incident.state));
            }
            // A better record may have come while the accounts were read.
            let (report, arn) = match made.take() {
                Some((rank, known)) if rank == incident.sample_rank => known,
                _ => self.report(&incident, now).await?,
            };
            if incident.principal_arn.is_none() {
                incident.principal_arn.clone_from(&arn);
            }
            let suppressed = incident.suppressed(self.configuration, now);
            let next = if suppressed.is_some() { State::Suppressed } else { State::Diagnosed };
            if let Err(why) = incident.enter(next, now) {
                return Err(DiagnoseError::Store(StoreError::Failed(why)));
            }
            incident.remark = suppressed;
            incident.causes = in_lists(&report.diagnosis);
            let stored = serde_json::to_value(&report)
                .map_err(|error| DiagnoseError::Sample(error.to_string()))?;
            let write = incident.to_write(vec![(Attachment::Diagnosis, stored)], now);
            match self.store.write(&write).await {
                Err(StoreError::Conflict) => {
                    made = Some((incident.sample_rank, (report, arn)));
                }
                result => {
                    result?;
                    self.announce(&write.incident, now, trace).await?;
                    return Ok(Diagnosed::Now(report));
                }
            }
        }
        Err(DiagnoseError::Store(StoreError::Conflict))
    }

    async fn report(&self, incident: &Incident, now: Timestamp) -> Result<Made, DiagnoseError> {
        let sample = self.store.attachment(&incident.id, Attachment::Sample).await?;
        let mut sample =
            sample.ok_or_else(|| DiagnoseError::Sample("it is not in the store".to_owned()))?;
        if let Some(owner) = incident.resource_account {
            tell_owner(&mut sample, &incident.resource, owner);
        }
        let record = Record::from_value(&sample).map_err(DiagnoseError::Sample)?;
        let reading = self.evidence.read(&incident.id, &record).await;
        let diagnosis = explain_record(&record, &reading.evidence);
        let unreadable = reading.unreadable();
        let arn = reading.principal_arn(&incident.principal);
        let Reading { calls, longest_chain, .. } = reading;
        let report = Report { diagnosis, unreadable, calls, longest_chain, read_at: now };
        Ok((Box::new(report), arn))
    }

    async fn announce(
        &self,
        incident: &Incident,
        now: Timestamp,
        trace: Option<&str>,
    ) -> Result<(), DiagnoseError> {
        let trace = trace.map(str::to_owned);
        let announcement = Announcement { incident: incident.clone(), trace };
        let answers = self.announcer.announce(&[announcement]).await;
        match answers.into_iter().next() {
            Some(Ok(())) => {
                crate::announced(self.store, incident, now).await;
                Ok(())
            }
            Some(Err(why)) => Err(DiagnoseError::Announce(why)),
            None => Err(DiagnoseError::Announce("no answer".to_owned())),
        }
    }
}

/// The caller's copy of a denied call leaves the bucket's owner out, which the owner's copy told.
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-receive-logs-from-multiple-accounts.html#cloudtrail-receive-logs-s3-owner-id-redaction>
fn tell_owner(sample: &mut Value, bucket: &str, owner: AccountId) {
    let Some(resources) = sample.get_mut("resources").and_then(Value::as_array_mut) else { return };
    for resource in resources.iter_mut().filter_map(Value::as_object_mut) {
        let arn = resource.get("ARN").or_else(|| resource.get("arn")).and_then(Value::as_str);
        let is_bucket = arn.is_some_and(|arn| arn.ends_with(&format!(":::{bucket}")));
        let hidden = resource.get("accountId").is_none_or(|id| id.as_str() == Some(""));
        if is_bucket && hidden {
            resource.insert("accountId".to_owned(), Value::from(owner.as_str()));
        }
    }
}

fn in_lists(diagnosis: &Diagnosis) -> Vec<String> {
    match diagnosis.verdict {
        Verdict::Unknown if diagnosis.causes.is_empty() => {
            let whys = diagnosis.unknowns.iter().map(|unknown| unknown.why.clone());
            whys.take(CAUSES_IN_LISTS).collect()
        }
        _ => {
            let messages = diagnosis.causes.iter().map(|cause| cause.message.clone());
            messages.take(CAUSES_IN_LISTS).collect()
        }
    }
}
