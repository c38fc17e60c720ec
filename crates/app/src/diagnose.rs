//! From an incident to its diagnosis: read the accounts, ask the engine, store what it says.

use crate::announcement::announce;
use crate::beside;
use crate::config::Configuration;
use crate::incident::{Incident, IncidentId, State};
use crate::ports::{Announcer, Attachment, EvidenceSource, Reading, Store, StoreError};
use crate::remark::{Brief, Remark};
use core::fmt;
use jiff::Timestamp;
use locksmith_core::arn::AccountId;
use locksmith_core::diagnosis::{Diagnosis, Fix, Verdict};
use locksmith_core::explain::explain_record;
use locksmith_core::plan::Plan;
use locksmith_core::propose::{PlanOptions, plan_record};
use locksmith_core::record::Record;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;

mod placement;

pub use placement::Placement;

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
#[derive(Clone, Debug, Serialize, Deserialize)]
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
    /// Where the accounts stand and how the resources are tagged.
    #[serde(default)]
    pub placement: Placement,
}

/// A report with the plan that was made of it, and the caller's ARN where the accounts told it.
struct Made {
    report: Box<Report>,
    plan: Plan,
    arn: Option<String>,
}

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
            let Made { report, plan, arn } = match made.take() {
                Some((rank, known)) if rank == incident.sample_rank => known,
                _ => self.report(&incident, now).await?,
            };
            if incident.principal_arn.is_none() {
                incident.principal_arn.clone_from(&arn);
            }
            self.go_on(&mut incident, &report.diagnosis, &plan, now)?;
            incident.causes = in_lists(&report.diagnosis);
            let beside = vec![
                beside::written(id, Attachment::Diagnosis, &report)?,
                beside::written(id, Attachment::Plan, &plan)?,
                // What was approved was another plan.
                (Attachment::Approvals, Value::Null),
            ];
            let write = incident.to_write(beside, now);
            match self.store.write(&write).await {
                Err(StoreError::Conflict) => {
                    made = Some((incident.sample_rank, Made { report, plan, arn }));
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

    /// What follows from the diagnosis: owners are asked, people have to do something, there is
    /// nothing to do; or nobody may be asked, and it stays with the diagnosis.
    fn go_on(
        &self,
        incident: &mut Incident,
        diagnosis: &Diagnosis,
        plan: &Plan,
        now: Timestamp,
    ) -> Result<(), DiagnoseError> {
        let suppressed = incident.suppressed(self.configuration, now);
        let (next, remark) = match suppressed {
            Some(why) => (State::Suppressed, Some(why)),
            None => next(diagnosis, plan, self.configuration),
        };
        let mut enter = |state| {
            incident.enter(state, now).map_err(|why| DiagnoseError::Store(StoreError::Failed(why)))
        };
        if next != State::Suppressed {
            enter(State::Diagnosed)?;
        }
        if next != State::Diagnosed {
            enter(next)?;
        }
        incident.remark = remark;
        Ok(())
    }

    async fn report(&self, incident: &Incident, now: Timestamp) -> Result<Made, DiagnoseError> {
        let record = sample(self.store, incident).await.map_err(DiagnoseError::Sample)?;
        let reading = self.evidence.read(&incident.id, &record).await;
        let diagnosis = explain_record(&record, &reading.evidence);
        let expires_after = self.configuration.plan.expires_after;
        let options = PlanOptions {
            scope: incident.scope.unwrap_or(self.configuration.plan.scope),
            now: Some(now),
            expires_at: expires_after.and_then(|after| now.saturating_add(after).ok()),
        };
        let plan = plan_record(&record, &reading.evidence, &options);
        let unreadable = reading.unreadable();
        let arn = reading.principal_arn(&incident.principal);
        let placement = Placement::of(&reading.files);
        let Reading { calls, longest_chain, .. } = reading;
        let report =
            Report { diagnosis, unreadable, calls, longest_chain, read_at: now, placement };
        Ok(Made { report: Box::new(report), plan, arn })
    }

    async fn announce(
        &self,
        incident: &Incident,
        now: Timestamp,
        trace: Option<&str>,
    ) -> Result<(), DiagnoseError> {
        let announced = announce(self.store, self.announcer, incident, trace, now).await;
        announced.map_err(DiagnoseError::Announce)
    }
}

/// The record of an incident's call that tells most, with what other copies of the event told.
pub(crate) async fn sample(store: &impl Store, incident: &Incident) -> Result<Record, String> {
    let sample = store.attachment(&incident.id, Attachment::Sample).await;
    let sample = sample.map_err(|error| error.to_string())?;
    let mut sample = sample.ok_or_else(|| "it is not in the store".to_owned())?;
    if let Some(owner) = incident.resource_account {
        tell_owner(&mut sample, &incident.resource, owner);
    }
    Record::from_value(&sample)
}

/// The state that follows from a diagnosis, and why it is no further one.
fn next(
    diagnosis: &Diagnosis,
    plan: &Plan,
    configuration: &Configuration,
) -> (State, Option<Remark>) {
    let nothing = diagnosis.causes.iter().all(|cause| cause.fix == Fix::None);
    match diagnosis.verdict {
        Verdict::Unknown => (State::Diagnosed, Some(Remark::FactsMissing)),
        Verdict::Allowed => (State::NoChangeNeeded, None),
        Verdict::Denied if nothing => (State::NoChangeNeeded, None),
        Verdict::Denied if !plan.resolves => (State::Manual, None),
        Verdict::Denied if !configuration.approval.enabled => {
            (State::Diagnosed, Some(Remark::ApprovalsOff))
        }
        Verdict::Denied => {
            let accounts: BTreeSet<_> = plan.changes.iter().map(|change| change.account).collect();
            match accounts.iter().find(|account| configuration.owners(**account).is_none()) {
                Some(account) => (State::Diagnosed, Some(Remark::NobodyOwns { account: *account })),
                None => (State::AwaitingApproval, None),
            }
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

fn in_lists(diagnosis: &Diagnosis) -> Vec<Brief> {
    match diagnosis.verdict {
        Verdict::Unknown if diagnosis.causes.is_empty() => {
            diagnosis.unknowns.iter().take(CAUSES_IN_LISTS).map(Brief::from).collect()
        }
        _ => diagnosis.causes.iter().take(CAUSES_IN_LISTS).map(Brief::from).collect(),
    }
}
