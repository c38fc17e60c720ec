//! Has people told of each incident of a batch, and of what is due.

use crate::ops_center::OpsCenter;
use jiff::Timestamp;
use lambda_runtime::{Context, Error, LambdaEvent};
use locksmith_app::config::{Chat, Locale};
use locksmith_app::incident::IncidentId;
use locksmith_app::notify::{Notified, Notify, NotifyError};
use locksmith_app::ports::Secrets as _;
use locksmith_aws::{DynamoStore, Hub, SecretsManager};
use locksmith_chat::link::Key;
use locksmith_chat::{Memory, Messenger};
use locksmith_lambda::queue::{SqsBatchResponse, SqsEvent, SqsMessage};
use locksmith_lambda::{Metrics, incidents};
use locksmith_tickets::{Pace, TicketSystem};
use serde::Deserialize;
use std::time::{Duration, Instant};

/// How long after its begin a run still takes on an incident.
const STARTS_WITHIN: Duration = Duration::from_secs(20);

type People<'a> = Notify<
    'a,
    DynamoStore,
    Messenger<'a, SecretsManager>,
    TicketSystem<'a, SecretsManager, OpsCenter<'a>>,
>;

/// What the schedules send.
#[derive(Deserialize)]
struct Due {
    task: Task,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Task {
    /// Reminders, and what could not be told of incidents that go on.
    Due,
    /// What could not be told of any incident, those that ended among them.
    CatchUp,
}

pub(crate) async fn handle(
    hub: &Hub,
    memory: &Memory,
    event: LambdaEvent<SqsEvent>,
) -> Result<SqsBatchResponse, Error> {
    let configuration = hub.configuration(Timestamp::now()).await?;
    let secrets = hub.secrets().await;
    let ops_center = OpsCenter(hub.systems_manager().await);
    let chat = Messenger::of(&configuration, secrets, memory);
    let tickets = configuration.tickets.as_ref();
    let tickets = tickets
        .map(|tickets| TicketSystem::new(tickets, secrets, &ops_center, Pace::default()))
        .transpose()?;
    let report = reports(configuration.chat.as_ref(), secrets).await;
    let people = Notify {
        store: hub.store().await,
        chat: chat.as_ref(),
        tickets: tickets.as_ref(),
        configuration: &configuration,
        report: &report,
        owner: &owner(&event.context),
    };
    let one = async |message: &SqsMessage, _: Option<&str>| {
        let body = message.body.as_deref().unwrap_or_default();
        match serde_json::from_str::<Due>(body) {
            Ok(Due { task }) => due(&people, task == Task::CatchUp).await,
            Err(_) => tell(&people, &incidents::incident(message)?).await,
        }
    };
    Ok(incidents::messages(event, one).await)
}

/// Names this run: an execution environment works on one event at a time.
fn owner(context: &Context) -> String {
    format!("notify {}", context.request_id)
}

/// Makes the addresses of reports, where the configuration and the chat's secret allow it.
async fn reports(
    chat: Option<&Chat>,
    secrets: &SecretsManager,
) -> impl Fn(&IncidentId, Locale, Timestamp) -> Option<String> + Sync {
    let key = match chat {
        Some(chat) if chat.address.is_some() => {
            let secret = secrets.secret(&chat.secret, false).await;
            let key = secret.and_then(|secret| Key::new(secret.field("link_key")?));
            key.inspect_err(|why| tracing::warn!(why, "no links to reports")).ok()
        }
        _ => None,
    };
    let address = chat.and_then(|chat| chat.address.clone());
    move |id, locale, until| Some(key.as_ref()?.report(address.as_deref()?, id, locale, until))
}

async fn tell(people: &People<'_>, id: &IncidentId) -> Result<(), Error> {
    match people.incident(id, Timestamp::now()).await {
        Ok(Notified::Told) => metrics(1, 0, 0).emit(),
        Ok(Notified::Nothing) => tracing::debug!("nothing to tell yet"),
        Ok(Notified::Gone) => tracing::warn!("the incident is not in the store any more"),
        Err(error) if error.is_worth_another_try() => {
            metrics(0, 1, 0).emit();
            return Err(error.into());
        }
        // Trying again helps nobody; once it is mended, what is due is told.
        Err(error) => {
            metrics(0, 0, 1).emit();
            tracing::error!(%error, "people cannot be told");
        }
    }
    Ok(())
}

/// The function has a minute; what is not done by then, the next run does.
async fn due(people: &People<'_>, ends: bool) -> Result<(), Error> {
    let began = Instant::now();
    let goes_on = || began.elapsed() < STARTS_WITHIN;
    let due = people.due(Timestamp::now(), ends, &goes_on).await?;
    for (incident, error) in &due.failed {
        tracing::error!(%incident, %error, "people could not be told; the next look tries again");
    }
    let failed = due.failed.len() as u64;
    let again = |(_, error): &&(IncidentId, NotifyError)| error.is_worth_another_try();
    let later = due.failed.iter().filter(again).count() as u64;
    metrics(due.looked_at - failed, later, failed - later).emit();
    Ok(())
}

fn metrics(told: u64, later: u64, never: u64) -> Metrics {
    Metrics::of("notify").count("Told", told).count("NotTold", later).count("NotToldForGood", never)
}

#[cfg(test)]
mod tests {
    use super::{Due, Task};

    #[test]
    fn what_the_schedules_send_is_read() {
        let task = |text: &str| serde_json::from_str::<Due>(text).map(|due| due.task);
        assert!(matches!(task(r#"{"task":"due"}"#), Ok(Task::Due)));
        assert!(matches!(task(r#"{"task":"catch_up"}"#), Ok(Task::CatchUp)));
        for other in ["{}", r#"{"task":"sweep"}"#, r#"{"detail":{"incident":"x"}}"#] {
            assert!(task(other).is_err(), "{other}");
        }
    }
}
