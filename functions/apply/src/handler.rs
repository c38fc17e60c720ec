//! Decodes which incidents were approved, has the changes of each made, says which have to come again.

use jiff::Timestamp;
use lambda_runtime::{Error, LambdaEvent};
use locksmith_app::config::Configuration;
use locksmith_app::incident::{IncidentId, State};
use locksmith_app::operations::{Applied, Operations};
use locksmith_aws::{Hub, TokioClock};
use locksmith_lambda::queue::{self, SqsBatchResponse, SqsEvent, SqsMessage};
use locksmith_lambda::{Metrics, logs};
use serde::Deserialize;
use std::sync::Arc;
use std::time::{Duration, Instant};
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

pub(crate) async fn handle(
    hub: &Hub,
    event: LambdaEvent<SqsEvent>,
) -> Result<SqsBatchResponse, Error> {
    let configuration = hub.configuration(Timestamp::now()).await?;
    let trace = event.context.xray_trace_id.as_deref();
    let mut failed = Vec::new();
    for message in event.payload.records {
        let span = logs::invocation(&event.context);
        let id = message.message_id.clone().unwrap_or_default();
        let applied = apply(hub, &configuration, &message, trace);
        if let Err(error) = applied.instrument(span.clone()).await {
            span.in_scope(|| tracing::error!(message = id, %error, "failed; it comes again"));
            failed.push(id);
        }
    }
    Ok(queue::failed(failed.iter().map(String::as_str)))
}

async fn apply(
    hub: &Hub,
    configuration: &Arc<Configuration>,
    message: &SqsMessage,
    trace: Option<&str>,
) -> Result<(), Error> {
    let began = Instant::now();
    let body = message.body.as_deref().unwrap_or_default();
    let event: Announced = serde_json::from_str(body)
        .map_err(|error| format!("not an announcement of an incident: {error}"))?;
    let id = event.detail.incident;
    Span::current().record("incident", id.to_string());
    let operations = Operations {
        store: hub.store().await,
        announcer: hub.announcer().await,
        documents: &*hub.documents(configuration).await,
        evidence: &*hub.evidence(configuration).await,
        witness: &hub.witness(configuration).await,
        configuration,
        clock: &TokioClock,
        trace,
    };
    match operations.apply(&id).await? {
        Applied::Now(state) => {
            tracing::info!(%state, "worked on");
            metrics(state, began.elapsed()).emit();
        }
        Applied::Before(state) => tracing::info!(%state, "nothing to do"),
        Applied::Underway => tracing::info!("another run works on it"),
        Applied::Gone => tracing::warn!("the incident is not in the store any more"),
    }
    Ok(())
}

fn metrics(state: State, time: Duration) -> Metrics {
    let is = |other: State| u64::from(state == other);
    Metrics::of("apply")
        .count("Applied", is(State::Applied))
        .count("RolledBack", is(State::RolledBack))
        .count("Failed", is(State::Failed))
        .time("ApplyMilliseconds", time)
}
