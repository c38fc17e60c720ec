//! Decodes which incidents to diagnose, has each diagnosed, says which have to come again.

use jiff::Timestamp;
use lambda_runtime::{Error, LambdaEvent};
use locksmith_app::config::Configuration;
use locksmith_app::diagnose::{Diagnose, Diagnosed, Report};
use locksmith_app::incident::IncidentId;
use locksmith_aws::Hub;
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
        let diagnosed = diagnose(hub, &configuration, &message, trace);
        if let Err(error) = diagnosed.instrument(span.clone()).await {
            span.in_scope(|| tracing::error!(message = id, %error, "failed; it comes again"));
            failed.push(id);
        }
    }
    Ok(queue::failed(failed.iter().map(String::as_str)))
}

async fn diagnose(
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
    let (store, announcer) = (hub.store().await, hub.announcer().await);
    let evidence = hub.evidence(configuration).await;
    let diagnose = Diagnose { store, announcer, evidence: &*evidence, configuration };
    match diagnose.incident(&id, Timestamp::now(), trace).await? {
        Diagnosed::Now(report) => {
            let verdict = report.diagnosis.verdict;
            let causes = report.diagnosis.causes.len();
            tracing::info!(?verdict, causes, calls = report.calls, "diagnosed");
            for why in &report.unreadable {
                tracing::warn!(why, "could not be read");
            }
            metrics(&report, began.elapsed()).emit();
        }
        Diagnosed::Before(state) => tracing::info!(%state, "nothing to do"),
        Diagnosed::Gone => tracing::warn!("the incident is not in the store any more"),
    }
    Ok(())
}

fn metrics(report: &Report, time: Duration) -> Metrics {
    Metrics::of("diagnose")
        .count("Diagnosed", 1)
        .count("AwsCalls", report.calls)
        .count("LongestChain", report.longest_chain.into())
        .count("Unreadable", report.unreadable.len() as u64)
        .time("DiagnosisMilliseconds", time)
}
