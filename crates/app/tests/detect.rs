//! `detect`: what becomes an incident, how often, and what is not lost when something refuses.

mod common;

use common::{Listener, Told, configuration, detect, message, read, record};
use locksmith_app::incident::State;
use locksmith_app::ports::{Attachment, Store as _};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

const NOW: &str = "2026-11-20T09:43:00Z";

fn owners_copy() -> Value {
    record("s3_GetObject_AssumedRole_owners_copy", &[])
}

fn forwarded() -> Value {
    record("kms_Decrypt_AssumedRole_forwarded_by_s3", &[])
}

/// Both copies of an event and the call that S3 made to KMS are one incident, in whichever order
/// they come and however they are spread over batches. The record that tells most is kept.
#[tokio::test]
async fn one_denial_told_three_times() {
    let shared = ("sharedEventID", json!("c0ffee00-1111-4222-8333-444455556666"));
    let mut owners = owners_copy();
    owners["sharedEventID"] = shared.1.clone();
    let told = [read(1, &[shared]), owners, forwarded()];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        for batches in [1, 3] {
            let (store, listener) = (Told::new(), Listener::default());
            let messages: Vec<_> =
                order.iter().map(|which| message(&which.to_string(), &told[*which])).collect();
            for batch in messages.chunks(messages.len().div_ceil(batches)) {
                let done = detect(&store, &listener, &configuration(""), batch.to_vec(), NOW).await;
                assert_eq!(done.failed, []);
            }
            let all = store.all().await;
            assert_eq!(all.len(), 1, "{order:?} in {batches} batches: {all:#?}");
            let incident = &all[0];
            assert_eq!(incident.count, 2, "the copies are one event, KMS's is another");
            assert!(incident.key.is_some() && incident.principal_arn.is_some());
            assert_eq!(incident.resource_account.unwrap().as_str(), "111111111111");
            let sample = store.attachment(&incident.id, Attachment::Sample).await.unwrap().unwrap();
            assert_eq!(sample["eventName"], "GetObject");
            assert!(sample["userIdentity"]["arn"].is_string(), "{order:?}");
            assert_eq!(listener.heard.lock().unwrap().len(), 1);
        }
    }
}

#[tokio::test]
async fn an_event_delivered_five_times_counts_once() {
    let (store, listener) = (Told::new(), Listener::default());
    for _ in 0..5 {
        let batch = vec![message("a", &read(1, &[])), message("b", &read(1, &[]))];
        detect(&store, &listener, &configuration(""), batch, NOW).await;
    }
    let all = store.all().await;
    assert_eq!((all.len(), all[0].count), (1, 1));
    assert_eq!(listener.heard.lock().unwrap().len(), 1);
}

/// What differs in caller, kind, bucket, prefix or key differs in the incident.
#[tokio::test]
async fn what_makes_an_incident_of_its_own() {
    let (store, listener) = (Told::new(), Listener::default());
    let of = |text: &str, from: &str, to: &str| -> Value {
        serde_json::from_str(&text.replace(from, to)).unwrap()
    };
    let plain = read(1, &[]).to_string();
    let kms = forwarded().to_string();
    let mut messages = vec![
        message("plain", &read(1, &[])),
        message("another session", &of(&plain, "etl-20261120", "etl-20261121")),
        message("another object", &of(&plain, "q3.parquet", "q4.parquet")),
        message("head", &of(&plain, "GetObject", "HeadObject")),
        message("another role", &of(&plain, "AROAZREPORTREADER0001", "AROAZREPORTREADER0002")),
        message("another bucket", &of(&plain, "reports", "archive")),
        message("another folder", &of(&plain, "2026/q3", "raw/q3")),
        message("a write", &of(&plain, "GetObject", "PutObject")),
    ];
    messages.push(message("its key", &forwarded()));
    messages.push(message("another key", &of(&kms, "key/1234abcd", "key/9876fedc")));
    for (number, message) in messages.iter_mut().enumerate() {
        message.body = message.body.replace("\"eventID\":\"", &format!("\"eventID\":\"{number}"));
    }
    detect(&store, &listener, &configuration(""), messages, NOW).await;
    let mut counts: Vec<u64> = store.all().await.iter().map(|incident| incident.count).collect();
    counts.sort_unstable();
    assert_eq!(counts, [1, 1, 1, 1, 1, 5], "role, bucket, folder, write, key; the rest together");
}

/// 20,000 denials of one cause are one incident, announced once, and as many writes as batches.
#[tokio::test]
async fn a_storm() {
    let (store, listener) = (Told::new(), Listener::default());
    let text = read(7, &[]).to_string();
    for batch in 0..20 {
        let messages = (0..1000).map(|index| {
            let id = format!("{:012}", batch * 1000 + index);
            let record: Value = serde_json::from_str(&text.replace("000000000007", &id)).unwrap();
            message(&id, &record)
        });
        detect(&store, &listener, &configuration(""), messages.collect(), NOW).await;
    }
    let all = store.all().await;
    assert_eq!((all.len(), all[0].count), (1, 20_000));
    assert_eq!(listener.heard.lock().unwrap().len(), 1);
    let writes = store.writes.load(Ordering::SeqCst);
    assert_eq!(writes, 21, "one for each batch, and one to note the announcement");
}

/// A message that is no event fails alone; a group whose write is refused fails alone, and nothing is
/// lost or doubled when it comes again.
#[tokio::test]
async fn a_batch_fails_in_part() {
    let (store, listener) = (Told::new(), Listener::default());
    let poison = locksmith_app::detect::Message { id: "poison".into(), body: "{".into() };
    let elsewhere: Value =
        serde_json::from_str(&read(2, &[]).to_string().replace("reports", "archive")).unwrap();
    let batch = vec![message("1", &read(1, &[])), poison, message("2", &elsewhere)];
    store.refuse.store(1, Ordering::SeqCst);
    let first = detect(&store, &listener, &configuration(""), batch.clone(), NOW).await;
    assert_eq!(first.failed.len(), 2, "{first:?}");
    assert_eq!(first.counts.poisoned, 1);
    let failed = |id: &str| first.failed.iter().any(|(failed, _)| failed == id);
    let again: Vec<_> = batch.into_iter().filter(|message| failed(&message.id)).collect();
    let second = detect(&store, &listener, &configuration(""), again, NOW).await;
    assert_eq!(second.failed.len(), 1, "only what is no event");
    assert_eq!(store.all().await.iter().map(|incident| incident.count).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(listener.heard.lock().unwrap().len(), 2);
}

/// Nobody could be told: the messages come again, nothing is counted twice, and then they are told.
#[tokio::test]
async fn an_announcement_that_fails_is_made_later() {
    let (store, listener) = (Told::new(), Listener::default());
    listener.refuse.store(1, Ordering::SeqCst);
    let batch = vec![message("1", &read(1, &[])), message("2", &read(2, &[]))];
    let first = detect(&store, &listener, &configuration(""), batch.clone(), NOW).await;
    assert_eq!(first.failed.len(), 2);
    let second = detect(&store, &listener, &configuration(""), batch, NOW).await;
    assert_eq!(second.failed, []);
    let all = store.all().await;
    assert_eq!((all.len(), all[0].count, all[0].announced), (1, 2, true));
    assert_eq!(listener.heard.lock().unwrap().len(), 1);
}

/// Somebody else wrote in between, with the very same denial: it is looked at again.
#[tokio::test]
async fn overtaken() {
    let (store, listener) = (Told::new(), Listener::default());
    store.conflict.store(1, Ordering::SeqCst);
    let batch = vec![message("1", &read(1, &[])), message("2", &read(2, &[]))];
    let done = detect(&store, &listener, &configuration(""), batch, NOW).await;
    assert_eq!((done.failed.len(), done.counts.conflicts), (0, 1));
    let all = store.all().await;
    assert_eq!((all.len(), all[0].count), (1, 2));
}

#[tokio::test]
async fn a_suppression_is_shown_and_ends() {
    let (store, listener) = (Told::new(), Listener::default());
    let suppressing = configuration(
        "[[suppressions]]\nprincipal = \"arn:aws:iam::222222222222:role/data/*\"\n\
         reason = \"the archive is closed\"\nuntil = \"2026-11-25T00:00:00Z\"",
    );
    let one =
        |number, time: &str| vec![message("m", &read(number, &[("/eventTime", json!(time))]))];
    let first = one(1, "2026-11-20T09:42:17Z");
    let done = detect(&store, &listener, &suppressing, first, NOW).await;
    assert_eq!((done.counts.opened, done.counts.suppressed), (0, 1));
    let incident = &store.all().await[0];
    assert_eq!(incident.state, State::Suppressed);
    assert!(incident.remark.as_ref().unwrap().to_string().starts_with("the archive is closed"));

    let within = one(2, "2026-11-23T09:00:00Z");
    detect(&store, &listener, &suppressing, within, "2026-11-23T09:01:00Z").await;
    assert_eq!(store.all().await[0].state, State::Suppressed);
    let after = one(3, "2026-11-25T09:00:00Z");
    let done = detect(&store, &listener, &suppressing, after, "2026-11-25T09:01:00Z").await;
    let incident = &store.all().await[0];
    assert_eq!((incident.state, incident.count, incident.openings), (State::Detected, 3, 2));
    assert_eq!(done.counts.reopened, 1);
}

/// A principal that makes up denials opens no more incidents than it is allowed in an hour.
#[tokio::test]
async fn an_allowance_for_each_principal() {
    let (store, listener) = (Told::new(), Listener::default());
    let limited = configuration("detect.incidents_per_principal_per_hour = 3");
    let text = read(1, &[]).to_string();
    let bucket = |number: u32, principal: &str| {
        let text = text.replace("reports", &format!("bucket-{number}"));
        serde_json::from_str(&text.replace("AROAZREPORTREADER0001", principal)).unwrap()
    };
    let mut batch: Vec<_> = (0..10)
        .map(|number| message(&number.to_string(), &bucket(number, "AROAMALLORY")))
        .collect();
    batch.push(message("other", &bucket(77, "AROAALICE")));
    let done = detect(&store, &listener, &limited, batch.clone(), NOW).await;
    assert_eq!((done.counts.opened, done.counts.limited, done.failed.len()), (4, 7, 0));
    let later = detect(&store, &listener, &limited, batch, "2026-11-20T10:43:00Z").await;
    assert_eq!((later.counts.opened, later.counts.limited), (3, 4));
}

/// Whoever makes up folders gets a bounded number of incidents, however many hours it goes on.
#[tokio::test]
async fn a_group_is_bounded() {
    let (store, listener) = (Told::new(), Listener::default());
    let generous = configuration("detect.incidents_per_principal_per_hour = 1000");
    let folder = |number: u8| {
        let name: String =
            [number / 26, number % 26].iter().map(|n| char::from(b'a' + n)).collect();
        read(number.into(), &[("/requestParameters/key", json!(format!("{name}/x")))])
    };
    let batch: Vec<_> =
        (0..100).map(|number| message(&number.to_string(), &folder(number))).collect();
    for half in batch.chunks(60) {
        detect(&store, &listener, &generous, half.to_vec(), NOW).await;
    }
    let all = store.all().await;
    let counted: u64 = all.iter().map(|incident| incident.count).sum();
    assert_eq!((all.len(), counted), (50, 100));
}

/// What ended rests for a while; a fix that does not hold does not.
#[tokio::test]
async fn recurrences() {
    for (state, hours, reopens) in [
        (State::Verified, 1, true),
        (State::Rejected, 1, false),
        (State::Rejected, 25, true),
        (State::Diagnosed, 1, false),
        (State::Diagnosed, 25, true),
        (State::AwaitingApproval, 25, false),
    ] {
        let (store, listener) = (Told::new(), Listener::default());
        detect(&store, &listener, &configuration(""), vec![message("1", &read(1, &[]))], NOW).await;
        let mut incident = store.all().await.remove(0);
        (incident.state, incident.state_since) = (state, common::at(NOW));
        store.write(&incident.to_write(Vec::new(), common::at(NOW))).await.unwrap();

        let later = common::at(NOW) + jiff::SignedDuration::from_hours(hours);
        let recurs = read(2, &[("/eventTime", json!(later.to_string()))]);
        let batch = vec![message("2", &recurs)];
        detect(&store, &listener, &configuration(""), batch, &later.to_string()).await;
        let after = &store.all().await[0];
        assert_eq!(after.count, 2);
        let expected = if reopens { State::Detected } else { state };
        assert_eq!(after.state, expected, "{state} after {hours} hours");
        let late_news = read(3, &[("/eventTime", json!("2026-11-20T09:00:00Z"))]);
        let batch = vec![message("3", &late_news)];
        detect(&store, &listener, &configuration(""), batch, &later.to_string()).await;
        assert_eq!(store.all().await[0].state, expected, "a denial from before the end");
    }
}
