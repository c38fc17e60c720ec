//! The store on a DynamoDB table, on the emulator.

#![expect(clippy::unwrap_used, reason = "what goes wrong in a test has to fail it")]

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_dynamodb::types::AttributeValue;
use locksmith_app::incident::Incident;
use locksmith_app::ports::{Attachment, Store as _, StoreError};
use locksmith_app::remark::{Brief, Remark};
use locksmith_aws::{DynamoStore, create_table};
use locksmith_core::diagnosis::{CauseCode, PolicyProblem};
use locksmith_core::evaluate::Layer;
use locksmith_store_tests::samples::{incident, later, now, store, store_with};
use locksmith_store_tests::suite::attachments::noise;
use locksmith_wire_tests::emulator::Emulator;
use serde_json::json;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};

locksmith_store_tests::suite!(open);

/// A store on a table of its own, with the client to look at the table.
async fn open() -> (DynamoStore, (Client, String)) {
    static TABLES: AtomicU32 = AtomicU32::new(0);
    // A client of its own: connections belong to the runtime that made them, and each test has one.
    let configuration = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .endpoint_url(format!("http://{}", Emulator::shared().address()))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .build();
    let client = Client::from_conf(configuration);
    let table = format!("locksmith-{}", TABLES.fetch_add(1, Ordering::Relaxed));
    create_table(&client, &table).await.unwrap();
    (DynamoStore::new(client.clone(), table.clone()), (client, table))
}

#[test]
fn random_operations_agree_with_a_model() {
    locksmith_store_tests::model::holds(12, open);
}

type Item = HashMap<String, AttributeValue>;

async fn items((client, table): &(Client, String)) -> Vec<Item> {
    let scan = client.scan().table_name(table).into_paginator().items().send();
    let mut items = scan.collect::<Result<Vec<_>, _>>().await.unwrap();
    items.sort_by_key(keys);
    items
}

fn keys(item: &Item) -> String {
    format!("{} {}", item["PK"].as_s().unwrap(), item["SK"].as_s().unwrap())
}

#[tokio::test]
async fn the_table_holds_what_docs_store_md_says() {
    let (on, table) = open().await;
    let beside = vec![(Attachment::Sample, json!({"eventName": "GetObject"}))];
    let stored = store_with(&on, &incident("a", 7), beside).await.unwrap();
    let (id, group) = (&stored.id, stored.id.group());
    let items = items(&table).await;
    let found: Vec<String> = items.iter().map(keys).collect();
    assert_eq!(
        found,
        [format!("GROUP#{group} INCIDENT#0000000007"), format!("INCIDENT#{id} SAMPLE#000")]
    );
    let [one, piece] = items.as_slice() else { panic!("{items:?}") };
    let mut names: Vec<&String> = one.keys().collect();
    names.sort();
    assert_eq!(names, ["ExpiresAt", "Incident", "OpenedAt", "PK", "SK", "State", "Version"]);
    assert_eq!(one["State"], AttributeValue::S("detected".to_owned()));
    assert_eq!(one["OpenedAt"], AttributeValue::S("2026-10-07T12:34:56.789000000Z".to_owned()));
    assert_eq!(one["ExpiresAt"], AttributeValue::N(stored.kept_until.as_second().to_string()));
    assert_eq!(one["Incident"].as_m().unwrap()["count"], AttributeValue::N("1".to_owned()));
    let kept = stored.kept_until.as_second() + 30 * 24 * 3600;
    assert_eq!(piece["ExpiresAt"], AttributeValue::N(kept.to_string()));
}

/// DynamoDB's own rule, which prices are made of.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html>
fn size(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(number) => number.len().div_ceil(2) + 1,
        AttributeValue::L(list) => 3 + list.iter().map(|value| 1 + size(value)).sum::<usize>(),
        AttributeValue::M(map) => 3 + map.len() + size_of_item(map),
        _ => 1,
    }
}

fn size_of_item(item: &Item) -> usize {
    item.iter().map(|(name, value)| name.len() + size(value)).sum()
}

#[tokio::test]
async fn an_incident_costs_what_docs_store_md_says() {
    let (on, table) = open().await;
    let mut one = Incident {
        prefix: Some("reports/2026/".to_owned()),
        key: Some(format!("arn:aws:kms:eu-central-1:111111111111:key/{}", "0".repeat(36))),
        ..incident("a", 1)
    };
    one = store(&on, &one).await.unwrap();
    let new = size_of_item(&items(&table).await[0]);
    for event in 0..128 {
        one.recent.insert(u64::MAX / 2 + event);
    }
    let cause = Brief::Cause {
        code: CauseCode::Policy(Layer::BucketPolicy, PolicyProblem::ConditionNotMet),
        action: "s3:GetObjectVersion".to_owned(),
        message: "x".repeat(120),
    };
    one.causes = vec![cause; 5];
    one.remark =
        Some(Remark::Said { reason: "x".repeat(120), person: "alice".to_owned(), until: None });
    store(&on, &one).await.unwrap();
    let full = size_of_item(&items(&table).await[0]);
    assert!(new <= 1024 && full <= 4096, "{new} bytes when new, {full} when full");
    println!("an incident takes {new} bytes when new, {full} when full");
}

#[tokio::test]
async fn what_lies_beside_is_kept_as_long_as_its_incident() {
    let (on, table) = open().await;
    let beside = vec![(Attachment::Sample, json!(1)), (Attachment::Diagnosis, noise(900 << 10))];
    let first = store_with(&on, &incident("a", 1), beside).await.unwrap();
    let expiries = async || -> Vec<i64> {
        let items = items(&table).await;
        items.iter().map(|item| item["ExpiresAt"].as_n().unwrap().parse().unwrap()).collect()
    };
    let before = expiries().await;
    assert_eq!(before.len(), 4, "an incident, its sample, and a diagnosis in two pieces");
    let soon = first.to_write(Vec::new(), later(24 * 3600));
    assert!(!soon.renews, "an incident is not renewed by every write");
    on.write(&soon).await.unwrap();
    assert_eq!(expiries().await, before);
    let half_a_year = later(180 * 24 * 3600);
    let renewed = soon.incident.to_write(Vec::new(), half_a_year);
    on.write(&renewed).await.unwrap();
    let after = expiries().await;
    assert!(
        before.iter().zip(&after).all(|(before, after)| before < after),
        "{before:?} {after:?}"
    );
    let beside = vec![(Attachment::Diagnosis, json!("small"))];
    let last = renewed.incident.to_write(beside, later(400 * 24 * 3600));
    assert!(last.renews);
    on.write(&last).await.unwrap();
    let shrunk = expiries().await;
    assert_eq!(shrunk.len(), 3, "the second piece is gone");
    assert!(shrunk.iter().all(|expiry| after.iter().all(|before| expiry > before)));
}

#[tokio::test]
async fn what_no_transaction_holds_is_refused_whole() {
    let (on, table) = open().await;
    let first = store(&on, &incident("a", 1)).await.unwrap();
    let write = first.to_write(vec![(Attachment::Diagnosis, noise(6 << 20))], now());
    let refused = on.write(&write).await;
    assert!(
        matches!(&refused, Err(StoreError::Failed(why)) if why.contains("bytes compressed")),
        "{refused:?}"
    );
    assert_eq!(items(&table).await.len(), 1);
    assert_eq!(on.incident(&first.id).await, Ok(Some(first)));
}

#[tokio::test]
async fn a_table_that_is_missing_is_named() {
    let (_, (client, _)) = open().await;
    let on = DynamoStore::new(client, "nowhere".to_owned());
    for failed in [
        store(&on, &incident("a", 1)).await.unwrap_err(),
        store_with(&on, &incident("a", 1), vec![(Attachment::Sample, json!(1))]).await.unwrap_err(),
        on.group(incident("a", 1).id.group()).await.unwrap_err(),
    ] {
        let text = failed.to_string();
        assert!(text.contains("ResourceNotFoundException"), "{text}");
    }
}
