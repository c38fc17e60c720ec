//! `locksmith serve --queue`: denials come from a queue of SQS on the emulator.

use crate::layout::Layout;
use crate::serve::{Served, comes};
use locksmith_wire_tests::bus::cloudtrail_event;
use locksmith_wire_tests::emulator::Emulator;
use locksmith_wire_tests::plain;
use locksmith_wire_tests::record::Denial;
use locksmith_wire_tests::wire::{Answer, Call, Fault};
use locksmith_wire_tests::world::{Account, Setup, World, faults};
use serde_json::{Value, json};
use std::time::Duration;

/// A queue of the hub's account, as its administrator has it.
struct Queue<'a> {
    account: &'a Account,
    url: String,
}

impl<'a> Queue<'a> {
    async fn new(account: &'a Account, name: &str, attributes: Value) -> Self {
        let body = json!({"QueueName": name, "Attributes": attributes});
        let made = plain::call(account, "sqs", "AmazonSQS.CreateQueue", &body).await;
        Self { account, url: made["QueueUrl"].as_str().unwrap().to_owned() }
    }

    async fn call(&self, operation: &str, mut body: Value) -> Value {
        body["QueueUrl"] = self.url.as_str().into();
        plain::call(self.account, "sqs", &format!("AmazonSQS.{operation}"), &body).await
    }

    async fn send(&self, body: &str) {
        self.call("SendMessage", json!({"MessageBody": body})).await;
    }

    async fn attributes(&self) -> Value {
        let answer = self.call("GetQueueAttributes", json!({"AttributeNames": ["All"]})).await;
        answer["Attributes"].clone()
    }

    /// How many messages are in it, whether somebody works on them or not.
    async fn len(&self) -> u64 {
        let attributes = self.attributes().await;
        let number = |name: &str| attributes[name].as_str().unwrap().parse::<u64>().unwrap();
        number("ApproximateNumberOfMessages") + number("ApproximateNumberOfMessagesNotVisible")
    }

    /// Waits until so many messages are in it.
    async fn comes_to(&self, len: u64) {
        for _ in 0..600 {
            if self.len().await == len {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{len} messages were expected, {} are there", self.len().await);
    }
}

/// The program's calls to SQS, with their bodies.
fn sent(world: &World) -> Vec<(Call, Value)> {
    let calls = world.wire.calls().into_iter();
    let own = calls.filter(|call| call.service == "sqs" && !call.is_administrators());
    own.map(|call| (call.clone(), serde_json::from_slice(&call.body).unwrap())).collect()
}

/// A denial becomes an incident, and its messages go, as do those that do not concern us. What is no
/// event stays in the queue, as `docs/serve.md` says, until SQS has enough of it.
#[tokio::test(flavor = "multi_thread")]
async fn denials_from_a_queue() {
    let world = World::new(Emulator::shared()).await;
    let mut setup = Setup::working(&world);
    (faults::named("nothing allows it, on either side").change)(&world, &mut setup);
    let made = setup.create(&world).await;
    Layout::Foreign.apply(&world).await;
    let denial = Denial::new(&world, &setup, &made);
    let hub = &world.hub.account;
    let dead = Queue::new(hub, "events-dead", json!({})).await;
    let arn = &dead.attributes().await["QueueArn"];
    let redrive = json!({"deadLetterTargetArn": arn, "maxReceiveCount": 3});
    let attributes = json!({"VisibilityTimeout": "1", "RedrivePolicy": redrive.to_string()});
    let queue = Queue::new(hub, "events", attributes).await;

    // SQS is out of order for a moment, and the first deletion is heard of by nobody.
    let unavailable = Fault::of("sqs", Answer::Unavailable).operation("ReceiveMessage");
    world.wire.inject(unavailable.times(1));
    world.wire.inject(Fault::of("sqs", Answer::Lost).operation("DeleteMessageBatch").times(1));
    queue.send("no JSON").await;
    for record in [denial.callers_copy(), denial.owners_copy(), denial.success()] {
        queue.send(&cloudtrail_event(&record).to_string()).await;
    }
    let served = Served::new(&world, &["--queue", &queue.url]).await;
    let list = comes(&served.alice, "/", "href=\"/incidents/").await;
    assert_eq!(list.matches("href=\"/incidents/").count(), 1, "{list}");
    let (_, id) = list.split_once("href=\"/incidents/").unwrap();
    let path = format!("/incidents/{}", id.split(['"', '?']).next().unwrap());
    comes(&served.alice, &path, "Awaiting approval").await;

    dead.comes_to(1).await;
    queue.comes_to(0).await;
    let left = dead.call("ReceiveMessage", json!({})).await;
    assert_eq!(left["Messages"][0]["Body"], "no JSON", "{left}");

    let receive = json!({"QueueUrl": queue.url, "MaxNumberOfMessages": 10, "WaitTimeSeconds": 3});
    let (mut received, mut deleted) = (0, Vec::new());
    for (call, body) in sent(&world) {
        assert_eq!(call.account.as_ref(), Some(&hub.id), "{}", call.line());
        match &*call.operation {
            "ReceiveMessage" => {
                assert_eq!(body, receive);
                received += 1;
            }
            "DeleteMessageBatch" => {
                assert_eq!(body["QueueUrl"], queue.url.as_str());
                let entries = body["Entries"].as_array().unwrap();
                assert!((1..=3).contains(&entries.len()), "{body}");
                for (number, entry) in entries.iter().enumerate() {
                    let receipt = entry["ReceiptHandle"].as_str().unwrap();
                    assert_eq!(*entry, json!({"Id": number.to_string(), "ReceiptHandle": receipt}));
                    deleted.push(receipt.to_owned());
                }
            }
            other => panic!("{other} needs a permission that docs/serve.md does not ask for"),
        }
    }
    deleted.sort();
    deleted.dedup();
    // Three messages were done with; the fourth was asked for at least three times.
    assert_eq!(deleted.len(), 3, "{deleted:?}");
    assert!(received >= 3, "{received}");
}
