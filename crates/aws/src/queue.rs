//! A queue of SQS, read by `locksmith serve`: its operations [`ReceiveMessage`] and
//! [`DeleteMessageBatch`]. The functions need none: Lambda reads their queues.
//!
//! [`ReceiveMessage`]: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
//! [`DeleteMessageBatch`]: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html

use crate::evidence::Failure;
use crate::own_call::{self, OwnCall, Protocol};
use aws_config::{Region, SdkConfig};
use aws_smithy_runtime_api::box_error::BoxError;
use serde::Deserialize;
use serde_json::{Value, json};

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-json.html>
const SQS: Protocol = Protocol {
    service: "sqs",
    content_type: "application/x-amz-json-1.0",
    refusal: own_call::json_refusal,
    throttles: &["RequestThrottled", "ThrottlingException"],
};

/// The most messages that SQS gives at once.
const MOST: usize = 10;
/// How many seconds SQS waits for a message: less than one attempt may take.
const WAIT: u32 = 3;

/// A queue of SQS.
#[derive(Clone, Debug)]
pub struct SqsQueue {
    config: SdkConfig,
    url: String,
}

/// A message of a queue.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SqsMessage {
    /// By what it is deleted.
    pub receipt_handle: String,
    /// What it holds.
    pub body: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Received {
    messages: Vec<SqsMessage>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Deleted {
    failed: Vec<Value>,
}

impl SqsQueue {
    /// The queue at an address, read with these credentials in the address's Region.
    pub fn new(config: SdkConfig, url: String) -> Self {
        let config = match region(&url) {
            Some(region) => config.into_builder().region(Region::new(region.to_owned())).build(),
            None => config,
        };
        Self { config, url }
    }

    /// Waits a few seconds for messages; none where none came.
    ///
    /// # Errors
    /// Why the queue could not be asked.
    pub async fn receive(&self) -> Result<Vec<SqsMessage>, String> {
        let body = json!({
            "QueueUrl": self.url,
            "MaxNumberOfMessages": MOST,
            "WaitTimeSeconds": WAIT,
        });
        let answer: Received =
            self.call("ReceiveMessage", "AmazonSQS.ReceiveMessage", &body, read).await?;
        Ok(answer.messages)
    }

    /// Deletes messages by their receipts.
    ///
    /// # Errors
    /// Why some could not be deleted.
    pub async fn delete(&self, receipts: &[String]) -> Result<(), String> {
        for some in receipts.chunks(MOST) {
            let entry = |(id, receipt): (usize, &String)| json!({"Id": id.to_string(), "ReceiptHandle": receipt});
            let entries: Vec<Value> = some.iter().enumerate().map(entry).collect();
            let body = json!({"QueueUrl": self.url, "Entries": entries});
            let target = "AmazonSQS.DeleteMessageBatch";
            let answer: Deleted = self.call("DeleteMessageBatch", target, &body, read).await?;
            if let Some(failed) = answer.failed.first() {
                return Err(format!("DeleteMessageBatch: {failed}"));
            }
        }
        Ok(())
    }

    async fn call<T: core::fmt::Debug + Send + Sync + 'static>(
        &self,
        operation: &'static str,
        target: &'static str,
        body: &Value,
        read: fn(&str) -> Result<T, BoxError>,
    ) -> Result<T, String> {
        let call = OwnCall { operation, path: "/", target: Some(target), body: body.to_string() };
        let answer = own_call::send_with(&self.config, &SQS, call, read).await;
        answer.map_err(|error| Failure::of(operation, &error).to_string())
    }
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, BoxError> {
    Ok(serde_json::from_str(text)?)
}

/// The Region in an address such as `https://sqs.eu-central-1.amazonaws.com/111111111111/events`.
fn region(url: &str) -> Option<&str> {
    let host = url.split_once("://")?.1.split(['/', ':']).next()?;
    let (service, rest) = host.split_once('.')?;
    let region = rest.split('.').next().filter(|region| region.contains('-'))?;
    (service == "sqs").then_some(region)
}

#[cfg(test)]
mod tests {
    use super::{Deleted, Received, read, region};

    #[test]
    fn the_address_tells_the_region() {
        for (url, expected) in [
            ("https://sqs.eu-central-1.amazonaws.com/111111111111/events", Some("eu-central-1")),
            ("https://sqs.cn-north-1.amazonaws.com.cn/1/e", Some("cn-north-1")),
            ("http://localhost:4566/000000000000/events", None),
            ("http://127.0.0.1:5000/1/e", None),
            ("events", None),
        ] {
            assert_eq!(region(url), expected, "{url}");
        }
    }

    /// As AWS's pages show them; without messages there is no list.
    #[test]
    fn answers_are_read() {
        let received: Received = read(
            r#"{"Messages": [{"Attributes": {}, "Body": "{}", "MD5OfBody": "x",
                "MessageId": "219f8380-5770-4cc2-8c3e-5c715e145f5e", "ReceiptHandle": "AQEB"}]}"#,
        )
        .unwrap();
        assert_eq!(received.messages[0].receipt_handle, "AQEB");
        let none: Received = read("{}").unwrap();
        assert!(none.messages.is_empty());
        let failed: Deleted = read(r#"{"Failed": [{"Id": "0", "Code": "x"}]}"#).unwrap();
        assert_eq!(failed.failed.len(), 1);
    }
}
