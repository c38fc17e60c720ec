//! Whether a call that was denied works by now, as CloudTrail's event history tells: its operation
//! [`LookupEvents`], by the read role, where a success would be noted.
//!
//! The history holds management events alone. Calls to KMS and STS are among them; a call to S3
//! shows by what S3 asked of KMS for it, so of an object without a key there is no witness.
//!
//! [`LookupEvents`]: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html

mod pace;
mod sought;

pub(crate) use pace::Pace;

use crate::evidence::{Answer, EvidenceReader};
use crate::own_call::{self, OwnCall, Protocol};
use aws_smithy_runtime_api::box_error::BoxError;
use jiff::{SignedDuration, Timestamp};
use locksmith_app::incident::Incident;
use locksmith_app::ports::{Inventory, Witness};
use locksmith_core::arn::AccountId;
use locksmith_core::diagnosis::CallSummary;
use locksmith_core::record::Record;
use serde::Deserialize;
use serde_json::json;
use sought::Sought;
use std::sync::Arc;

const OPERATION: &str = "LookupEvents";

const CLOUDTRAIL: Protocol = Protocol {
    service: "cloudtrail",
    content_type: "application/x-amz-json-1.1",
    refusal: own_call::json_refusal,
    throttles: &["ThrottlingException", "Throttling"],
};

/// The most pages that are read in one account, of [`EVENTS`] each.
const PAGES: usize = 10;
/// The most events that a page may hold.
const EVENTS: u32 = 50;
/// How far back the history goes, less a day: an earlier beginning is refused.
const HISTORY: SignedDuration = SignedDuration::from_hours(24 * 89);

/// The event histories of the accounts that may be read.
#[derive(Clone, Debug)]
pub struct EventHistory<I> {
    reader: Arc<EvidenceReader<I>>,
    pace: Arc<Pace>,
}

/// A page of the answer, newest events first.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Page {
    events: Vec<Event>,
    next_token: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Event {
    /// The record, as JSON in a text.
    cloud_trail_event: String,
}

/// A stretch of time.
#[derive(Clone, Copy, Debug)]
struct Between {
    since: Timestamp,
    until: Timestamp,
}

impl<I: Inventory> EventHistory<I> {
    /// The histories of the accounts that a reader may enter.
    pub fn new(reader: Arc<EvidenceReader<I>>) -> Self {
        Self { reader, pace: Arc::default() }
    }

    /// The same, asked no more often than by all who share the pace.
    pub(crate) fn at_pace(self, pace: Arc<Pace>) -> Self {
        Self { pace, ..self }
    }

    /// The latest success that one account's history tells.
    async fn look(
        &self,
        sought: &Sought<'_>,
        account: AccountId,
        session_name: &str,
        between: Between,
    ) -> Answer<Option<Timestamp>> {
        let mut session = self.reader.session(session_name, account, sought.region).await?;
        let mut token = None;
        for _ in 0..PAGES {
            self.pace.turn(account, sought.region).await;
            let call = lookup(sought.resource, between, token.as_deref());
            let answer = own_call::send(&session, &CLOUDTRAIL, call, page);
            let page = session.call(OPERATION, answer).await?;
            if let Some(at) = page.success(sought, between.since) {
                return Ok(Some(at));
            }
            token = page.next_token.filter(|token| !token.is_empty());
            if token.is_none() {
                return Ok(None);
            }
            session = session.after();
        }
        tracing::info!(%account, "the event history is longer than was looked through");
        Ok(None)
    }
}

impl<I: Inventory + Send> Witness for EventHistory<I> {
    /// The accounts have copies of the same event, so one that answers is enough.
    async fn success_after(
        &self,
        incident: &Incident,
        call: &CallSummary,
        since: Timestamp,
    ) -> Result<Option<Timestamp>, String> {
        let until = Timestamp::now();
        let earliest = until.saturating_sub(HISTORY).unwrap_or(Timestamp::MIN);
        let between = Between { since: since.max(earliest), until };
        let Some(sought) = Sought::of(incident, call).filter(|_| between.since < until) else {
            return Ok(None);
        };
        let session_name = format!("locksmith-{}", incident.id);
        let mut answered = false;
        let mut failures = Vec::new();
        for account in sought.accounts() {
            match self.look(&sought, account, &session_name, between).await {
                Ok(Some(at)) => return Ok(Some(at)),
                Ok(None) => answered = true,
                Err(failure) => failures.push(format!("{account}: {failure}")),
            }
        }
        if answered || failures.is_empty() { Ok(None) } else { Err(failures.join("; ")) }
    }
}

impl Page {
    fn success(&self, sought: &Sought<'_>, since: Timestamp) -> Option<Timestamp> {
        self.events.iter().find_map(|event| {
            let record = serde_json::from_str(&event.cloud_trail_event).ok()?;
            sought.success(&Record::from_value(&record).ok()?, since)
        })
    }
}

fn lookup(resource: &str, between: Between, token: Option<&str>) -> OwnCall {
    let mut body = json!({
        "LookupAttributes": [{"AttributeKey": "ResourceName", "AttributeValue": resource}],
        "StartTime": between.since.as_second(),
        "EndTime": between.until.as_second(),
        "MaxResults": EVENTS,
    });
    if let (Some(token), Some(body)) = (token, body.as_object_mut()) {
        body.insert("NextToken".to_owned(), token.into());
    }
    OwnCall {
        operation: OPERATION,
        path: "/",
        target: Some("com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents"),
        body: body.to_string(),
    }
}

fn page(text: &str) -> Result<Page, BoxError> {
    Ok(serde_json::from_str(text)?)
}

#[cfg(test)]
mod tests;
