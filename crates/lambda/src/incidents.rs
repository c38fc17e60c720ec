//! Functions that work on incidents: a message of the states' bus names one.

use crate::logs;
use crate::queue::{self, SqsBatchResponse, SqsEvent, SqsMessage};
use lambda_runtime::{Error, LambdaEvent};
use locksmith_app::incident::IncidentId;
use serde::Deserialize;
use tracing::{Instrument as _, Span};

/// What is read of an event on the states' bus.
#[derive(Deserialize)]
struct Announced {
    detail: Detail,
}

#[derive(Deserialize)]
struct Detail {
    incident: IncidentId,
}

/// Has every incident of a batch worked on, each in a span of its own, with the trace that the work
/// belongs to. Only the messages of those that failed come again.
pub async fn each(
    event: LambdaEvent<SqsEvent>,
    work: impl AsyncFn(&IncidentId, Option<&str>) -> Result<(), Error>,
) -> SqsBatchResponse {
    let one =
        async |message: &SqsMessage, trace: Option<&str>| work(&incident(message)?, trace).await;
    messages(event, one).await
}

/// Has every message of a batch worked on, each in a span of its own. Only those that failed come
/// again.
pub async fn messages(
    event: LambdaEvent<SqsEvent>,
    work: impl AsyncFn(&SqsMessage, Option<&str>) -> Result<(), Error>,
) -> SqsBatchResponse {
    let trace = event.context.xray_trace_id.as_deref();
    let mut failed = Vec::new();
    for message in event.payload.records {
        let span = logs::invocation(&event.context);
        let one = Box::pin(work(&message, trace));
        if let Err(error) = one.instrument(span.clone()).await {
            let id = message.message_id.unwrap_or_default();
            span.in_scope(|| tracing::error!(message = id, %error, "failed; it comes again"));
            failed.push(id);
        }
    }
    queue::failed(failed.iter().map(String::as_str))
}

/// The incident that a message announces; the span around it then names it.
///
/// # Errors
/// That the message announces none.
pub fn incident(message: &SqsMessage) -> Result<IncidentId, Error> {
    let body = message.body.as_deref().unwrap_or_default();
    let event: Announced = serde_json::from_str(body)
        .map_err(|error| format!("not an announcement of an incident: {error}"))?;
    let incident = event.detail.incident;
    Span::current().record("incident", incident.to_string());
    Ok(incident)
}
