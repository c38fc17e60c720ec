//! Decodes a batch, detects, says which messages have to come again.

use jiff::Timestamp;
use lambda_runtime::{Error, LambdaEvent};
use locksmith_app::detect::{Counts, Detect, Detected, Message};
use locksmith_aws::Hub;
use locksmith_lambda::queue::{self, SqsBatchResponse, SqsEvent};
use locksmith_lambda::{Metrics, logs};
use std::time::Instant;
use tracing::Instrument as _;

pub(crate) async fn handle(
    hub: &Hub,
    event: LambdaEvent<SqsEvent>,
) -> Result<SqsBatchResponse, Error> {
    let span = logs::invocation(&event.context);
    let trace = event.context.xray_trace_id;
    detect(hub, event.payload, trace.as_deref()).instrument(span).await
}

async fn detect(
    hub: &Hub,
    event: SqsEvent,
    trace: Option<&str>,
) -> Result<SqsBatchResponse, Error> {
    let began = Instant::now();
    let now = Timestamp::now();
    let configuration = hub.configuration(now).await?;
    let messages = event.records.into_iter().map(|message| Message {
        id: message.message_id.unwrap_or_default(),
        body: message.body.unwrap_or_default(),
    });
    let (store, announcer) = (hub.store().await, hub.announcer().await);
    let detect = Detect { store, announcer, configuration: &configuration };
    let Detected { failed, counts } = detect.batch(messages.collect(), now, trace).await;
    for (message, why) in &failed {
        tracing::error!(message, why, "failed; it is delivered again");
    }
    for (why, number) in &counts.passed {
        tracing::debug!(why = why.name(), number, "passed over");
    }
    metrics(&counts).time("BatchMilliseconds", began.elapsed()).emit();
    Ok(queue::failed(failed.iter().map(|(message, _)| message.as_str())))
}

fn metrics(counts: &Counts) -> Metrics {
    Metrics::of("detect")
        .count("Received", counts.received)
        .count("Ours", counts.ours)
        .count("Dropped", counts.passed.values().sum())
        .count("Poisoned", counts.poisoned)
        .count("Incidents", counts.opened)
        .count("Reopened", counts.reopened)
        .count("Suppressed", counts.suppressed)
        .count("Limited", counts.limited)
        .count("Conflicts", counts.conflicts)
}
