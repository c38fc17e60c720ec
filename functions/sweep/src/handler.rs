//! Decodes which task it is time for, has it done, tells what came of it.

use jiff::Timestamp;
use lambda_runtime::{Error, LambdaEvent};
use locksmith_app::incident::State;
use locksmith_app::operations::{Finding, Operations, Reconciled, Swept};
use locksmith_aws::Hub;
use locksmith_lambda::{Metrics, logs};
use serde::Deserialize;
use std::time::Instant;
use tracing::Instrument as _;

/// What the schedules send.
#[derive(Deserialize)]
pub(crate) struct Due {
    task: Task,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Task {
    Sweep,
    Reconcile,
}

pub(crate) async fn handle(hub: &Hub, event: LambdaEvent<Due>) -> Result<(), Error> {
    let span = logs::invocation(&event.context);
    let trace = event.context.xray_trace_id;
    // The future of a change is large.
    Box::pin(run(hub, event.payload.task, trace.as_deref())).instrument(span).await
}

async fn run(hub: &Hub, task: Task, trace: Option<&str>) -> Result<(), Error> {
    let began = Instant::now();
    let configuration = &hub.configuration(Timestamp::now()).await?;
    let ports = hub.eyes(configuration).await;
    let operations = Operations { ports: &ports, configuration, trace };
    match task {
        Task::Sweep => {
            let swept = Box::pin(operations.sweep()).await?;
            tell_swept(&swept);
            of_sweep(&swept).time("SweepMilliseconds", began.elapsed()).emit();
        }
        Task::Reconcile => {
            let reconciled = operations.reconcile().await?;
            tell_findings(&reconciled);
            of_reconcile(&reconciled).time("ReconcileMilliseconds", began.elapsed()).emit();
        }
    }
    Ok(())
}

fn tell_swept(swept: &Swept) {
    for incident in &swept.expired {
        tracing::info!(%incident, "expired");
    }
    for incident in &swept.applied {
        tracing::info!(%incident, "its changes were gone on with");
    }
    for (incident, state) in &swept.verified {
        tracing::info!(%incident, %state, "looked at again");
    }
    for incident in &swept.undone {
        tracing::info!(%incident, "taken back");
    }
    for (incident, why) in &swept.failed {
        tracing::error!(%incident, why, "failed; the next sweep tries again");
    }
}

/// How something was changed stays out of the log, since it is the owners' policy text.
fn tell_findings(reconciled: &Reconciled) {
    for finding in &reconciled.findings {
        let (what, found, why) = match finding {
            Finding::Reverted(what) => (what, "others took it away", None),
            Finding::Changed(what, _) => (what, "others changed it", None),
            Finding::Orphan(what) => (what, "nobody knows for what it is there", None),
            Finding::Unreadable(what, why) => (what, "it could not be read", Some(why)),
        };
        let (account, target, name) = (what.account, &what.target, &what.name);
        tracing::warn!(%account, target, name, why, "{found}");
    }
    for incident in &reconciled.announced {
        tracing::warn!(%incident, "nobody had heard of its state; announced now");
    }
}

fn of_sweep(swept: &Swept) -> Metrics {
    let became = |other: State| {
        let states = swept.verified.iter().map(|(_, state)| *state);
        states.filter(|state| *state == other).count() as u64
    };
    Metrics::of("sweep")
        .count("LookedAt", swept.looked_at)
        .count("Expired", swept.expired.len() as u64)
        .count("Resumed", swept.applied.len() as u64)
        .count("Verified", became(State::Verified))
        .count("InVain", became(State::Failed))
        .count("Undone", swept.undone.len() as u64)
        .count("Failed", swept.failed.len() as u64)
}

fn of_reconcile(reconciled: &Reconciled) -> Metrics {
    let found = |is_it: fn(&Finding) -> bool| {
        reconciled.findings.iter().filter(|finding| is_it(finding)).count() as u64
    };
    Metrics::of("sweep")
        .count("Checked", reconciled.checked)
        .count("Reverted", found(|finding| matches!(finding, Finding::Reverted(_))))
        .count("Changed", found(|finding| matches!(finding, Finding::Changed(..))))
        .count("Orphaned", found(|finding| matches!(finding, Finding::Orphan(_))))
        .count("Unreadable", found(|finding| matches!(finding, Finding::Unreadable(..))))
}

#[cfg(test)]
mod tests {
    use super::{Due, Task};

    #[test]
    fn what_the_schedules_send_is_read() {
        let task = |text: &str| serde_json::from_str::<Due>(text).map(|due| due.task);
        assert!(matches!(task(r#"{"task":"sweep"}"#), Ok(Task::Sweep)));
        assert!(matches!(task(r#"{"task":"reconcile"}"#), Ok(Task::Reconcile)));
        for other in ["{}", r#"{"task":"undo"}"#, r#"{"task":null}"#] {
            assert!(task(other).is_err(), "{other}");
        }
    }
}
