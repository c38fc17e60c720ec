//! A queue of SQS with a function behind it: batches, partial failures, redelivery, dead letters.

use crate::lambda::{Function, Outcome};
use serde_json::{Value, json};
use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A queue that invokes a function.
///
/// <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html>
#[derive(Debug)]
pub struct Queue {
    name: String,
    batch_size: usize,
    max_receive_count: u32,
    waiting: VecDeque<Message>,
    dead: Vec<Message>,
}

/// A message of a queue.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its id.
    pub id: String,
    /// Its body.
    pub body: String,
    /// How often it was received so far.
    pub received: u32,
    sent: Duration,
}

/// What came of emptying a queue.
#[derive(Debug, Default)]
pub struct Drained {
    /// How often the function was invoked.
    pub invocations: usize,
    /// How long the invocations took in all.
    pub took: Duration,
    /// Invocations that did not end with an answer, for people.
    pub failures: Vec<String>,
}

/// The most that an invocation can carry, in bytes.
///
/// <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>
const PAYLOAD: usize = 6 * 1024 * 1024;
/// What a message is longer in an invocation than by itself: its attributes, and the escapes of the
/// quotes in its body.
const ENVELOPE: usize = 1024;

impl Queue {
    /// A queue with the sizes of `infra/template.yaml`.
    pub fn new(name: &str, batch_size: usize, max_receive_count: u32) -> Self {
        let (waiting, dead) = (VecDeque::new(), Vec::new());
        Self { name: name.to_owned(), batch_size, max_receive_count, waiting, dead }
    }

    /// Puts a message at the end.
    pub fn send(&mut self, body: impl Into<String>) {
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        self.waiting.push_back(Message {
            id: format!("059f36b4-87a3-44ab-83d2-{number:012x}"),
            body: body.into(),
            received: 0,
            sent: SystemTime::now().duration_since(UNIX_EPOCH).unwrap(),
        });
    }

    /// How many messages wait.
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Whether no message waits.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// What was given up.
    pub fn dead_letters(&self) -> &[Message] {
        &self.dead
    }

    /// Hands the messages to the function, batch by batch and failed ones again, until none waits.
    pub async fn drain(&mut self, function: &mut Function) -> Drained {
        let mut drained = Drained::default();
        while !self.waiting.is_empty() {
            self.deliver(function, &mut drained).await;
        }
        drained
    }

    /// Hands the next batch to the function.
    pub async fn deliver(&mut self, function: &mut Function, drained: &mut Drained) {
        let batch = self.receive();
        let records: Vec<Value> = batch.iter().map(|message| self.record(message)).collect();
        let invocation = function.invoke(&json!({ "Records": records })).await;
        drained.invocations += 1;
        drained.took += invocation.took;
        let failed = match &invocation.outcome {
            Outcome::Answer(answer) => failed(answer, &batch),
            other => {
                drained.failures.push(format!("{other:?}\n{}", function.logs_tail()));
                None
            }
        };
        for message in batch {
            if failed.as_ref().is_some_and(|failed| !failed.contains(&*message.id)) {
                continue;
            }
            if message.received >= self.max_receive_count {
                self.dead.push(message);
            } else {
                self.waiting.push_back(message);
            }
        }
    }

    fn receive(&mut self) -> Vec<Message> {
        let (mut batch, mut size) = (Vec::new(), 0);
        while batch.len() < self.batch_size
            && let Some(mut message) = self.waiting.pop_front()
        {
            size += message.body.len() + ENVELOPE;
            if size > PAYLOAD && !batch.is_empty() {
                self.waiting.push_front(message);
                break;
            }
            message.received += 1;
            batch.push(message);
        }
        batch
    }

    fn record(&self, message: &Message) -> Value {
        let sent = message.sent.as_millis().to_string();
        let account = "999999999999";
        json!({
            "messageId": message.id,
            "receiptHandle": format!("AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a{}", message.received),
            "body": message.body,
            "attributes": {
                "ApproximateReceiveCount": message.received.to_string(),
                "AWSTraceHeader": crate::lambda::trace(message.sent, 7),
                "SentTimestamp": sent,
                "SenderId": "AIDAIENQZJOLO23YVJ4VO",
                "ApproximateFirstReceiveTimestamp": sent
            },
            "messageAttributes": {},
            "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
            "eventSource": "aws:sqs",
            "eventSourceARN": format!("arn:aws:sqs:us-west-2:{account}:{}", self.name),
            "awsRegion": "us-west-2"
        })
    }
}

/// The ids of the messages that failed. As Lambda does: an answer without `batchItemFailures` means
/// that all succeeded, one with an id that is none of the batch's that all failed.
///
/// <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html>
fn failed(answer: &Value, batch: &[Message]) -> Option<BTreeSet<String>> {
    let failures = answer["batchItemFailures"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut failed = BTreeSet::new();
    for failure in failures {
        let id = failure["itemIdentifier"].as_str()?;
        batch.iter().find(|message| message.id == id)?;
        failed.insert(id.to_owned());
    }
    Some(failed)
}
