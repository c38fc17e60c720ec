//! Has each incident of a batch diagnosed, and tells what came of it.

use jiff::Timestamp;
use lambda_runtime::{Error, LambdaEvent};
use locksmith_app::config::Configuration;
use locksmith_app::diagnose::{Diagnose, Diagnosed, Report};
use locksmith_app::incident::IncidentId;
use locksmith_aws::Hub;
use locksmith_lambda::queue::{SqsBatchResponse, SqsEvent};
use locksmith_lambda::{Metrics, incidents};
use std::sync::Arc;
use std::time::{Duration, Instant};

pub(crate) async fn handle(
    hub: &Hub,
    event: LambdaEvent<SqsEvent>,
) -> Result<SqsBatchResponse, Error> {
    let configuration = hub.configuration(Timestamp::now()).await?;
    let work =
        async |id: &IncidentId, trace: Option<&str>| diagnose(hub, &configuration, id, trace).await;
    Ok(incidents::each(event, work).await)
}

async fn diagnose(
    hub: &Hub,
    configuration: &Arc<Configuration>,
    id: &IncidentId,
    trace: Option<&str>,
) -> Result<(), Error> {
    let began = Instant::now();
    let (store, announcer) = (hub.store().await, hub.announcer().await);
    let evidence = hub.evidence(configuration).await;
    let diagnose = Diagnose { store, announcer, evidence: &*evidence, configuration };
    match diagnose.incident(id, Timestamp::now(), trace).await? {
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
