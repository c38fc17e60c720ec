//! States go out on an EventBridge bus of their own.

use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::error::DisplayErrorContext;
use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use locksmith_app::announcement::{Announcement, DETAIL_TYPE, SOURCE};
use locksmith_app::ports::Announcer;

/// The most that one call takes.
/// <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html>
const ENTRIES: usize = 10;

/// Puts an event on a bus for each new state.
#[derive(Clone, Debug)]
pub struct BusAnnouncer {
    client: Client,
    bus: String,
}

impl BusAnnouncer {
    /// Announces on a bus, by its name or ARN.
    pub fn new(client: Client, bus: String) -> Self {
        Self { client, bus }
    }

    async fn put(&self, announcements: &[Announcement]) -> Vec<Result<(), String>> {
        let entry = |one: &Announcement| {
            PutEventsRequestEntry::builder()
                .event_bus_name(&self.bus)
                .source(SOURCE)
                .detail_type(DETAIL_TYPE)
                .detail(one.detail().to_string())
                .set_trace_header(one.trace.clone())
                .build()
        };
        let entries = announcements.iter().map(entry).collect();
        let all = |why: String| vec![Err(why); announcements.len()];
        match self.client.put_events().set_entries(Some(entries)).send().await {
            Err(error) => all(format!("PutEvents: {}", DisplayErrorContext(&error))),
            Ok(output) => {
                // Entries fail one by one, and the answers stand in the order of the entries.
                let answers = output.entries().iter().map(|entry| match entry.error_code() {
                    None => Ok(()),
                    Some(code) => {
                        let message = entry.error_message().unwrap_or_default();
                        Err(format!("PutEvents: {code}: {message}"))
                    }
                });
                let answers: Vec<_> = answers.collect();
                if answers.len() == announcements.len() {
                    answers
                } else {
                    all("PutEvents: the answer has another number of entries".to_owned())
                }
            }
        }
    }
}

impl Announcer for BusAnnouncer {
    async fn announce(&self, announcements: &[Announcement]) -> Vec<Result<(), String>> {
        let mut answers = Vec::with_capacity(announcements.len());
        for chunk in announcements.chunks(ENTRIES) {
            answers.extend(self.put(chunk).await);
        }
        answers
    }
}
