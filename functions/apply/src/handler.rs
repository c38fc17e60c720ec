//! Has the changes of each incident of a batch made, or taken back where somebody wants that, and tells
//! what came of it.

use jiff::Timestamp;
use lambda_runtime::{Error, LambdaEvent};
use locksmith_app::config::Configuration;
use locksmith_app::incident::{IncidentId, State};
use locksmith_app::operations::{Applied, Making, Operations, Undone};
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
    let work = async |id: &IncidentId, trace: Option<&str>| {
        Box::pin(apply(hub, &configuration, id, trace)).await
    };
    Ok(incidents::each(event, work).await)
}

async fn apply(
    hub: &Hub,
    configuration: &Arc<Configuration>,
    id: &IncidentId,
    trace: Option<&str>,
) -> Result<(), Error> {
    let began = Instant::now();
    let ports = hub.hands(configuration).await;
    let operations = Operations { ports: &ports, configuration, trace };
    match operations.apply(id).await? {
        Applied::Now(state) => {
            tracing::info!(%state, "worked on");
            metrics(state, began.elapsed()).emit();
        }
        Applied::Before(_) => undo(&operations, id).await?,
        Applied::Underway => tracing::info!("another run works on it"),
        Applied::Gone => tracing::warn!("the incident is not in the store any more"),
    }
    Ok(())
}

async fn undo<P: Making>(operations: &Operations<'_, P>, id: &IncidentId) -> Result<(), Error> {
    let began = Instant::now();
    match operations.undo_wanted(id).await? {
        Undone::Now(state) => {
            tracing::info!(%state, "taken back");
            metrics(state, began.elapsed()).emit();
        }
        Undone::Before(state) => tracing::info!(%state, "nothing to do"),
        Undone::Underway => tracing::info!("another run works on it"),
        Undone::Gone => tracing::warn!("the incident is not in the store any more"),
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
