//! EventBridge: events around CloudTrail's records, and what the functions put on the states bus.

use crate::wire::Call;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};

/// The event that EventBridge makes of a CloudTrail record.
///
/// <https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-cloudtrail.html>
pub fn cloudtrail_event(record: &Value) -> Value {
    let service = record["eventSource"].as_str().unwrap_or_default();
    let service = service.trim_end_matches(".amazonaws.com");
    let network = record["eventCategory"] == "NetworkActivity";
    let kind = if network { "AWS Network Activity Event" } else { "AWS API Call" };
    json!({
        "version": "0",
        "id": id(),
        "detail-type": format!("{kind} via CloudTrail"),
        "source": format!("aws.{service}"),
        "account": record["recipientAccountId"],
        "time": record["eventTime"],
        "region": record["awsRegion"],
        "resources": [],
        "detail": record
    })
}

/// The events that were put on a bus by these calls, as a rule's target gets them.
pub fn put_events(calls: &[Call]) -> Vec<Value> {
    let puts =
        calls.iter().filter(|call| call.service == "events" && call.operation == "PutEvents");
    let accepted = puts.filter(|call| call.status == Some(200));
    let entries = accepted.flat_map(|call| {
        let request: Value = serde_json::from_slice(&call.body).unwrap();
        let entries = request["Entries"].as_array().cloned().unwrap_or_default();
        let (account, region) = (call.account.clone().unwrap_or_default(), call.region.clone());
        entries.into_iter().map(move |entry| event(&entry, &account, &region))
    });
    entries.collect()
}

fn event(entry: &Value, account: &str, region: &str) -> Value {
    let detail = entry["Detail"].as_str().unwrap_or_default();
    json!({
        "version": "0",
        "id": id(),
        "detail-type": entry["DetailType"],
        "source": entry["Source"],
        "account": account,
        "time": jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "region": region,
        "resources": entry.get("Resources").cloned().unwrap_or_else(|| json!([])),
        "detail": serde_json::from_str::<Value>(detail).expect("the detail of an event is JSON")
    })
}

fn id() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(1);
    format!("6f87d04b-9f74-4f04-a780-{:012x}", NUMBER.fetch_add(1, Ordering::Relaxed))
}
