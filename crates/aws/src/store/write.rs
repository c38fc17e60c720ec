//! Writing an incident, on the condition that it is still the one that was read.
//!
//! Counting, which is by far the most frequent write, is one `PutItem`. What comes with attachments
//! is a transaction, at twice the price.

use super::key::Key;
use super::{DynamoStore, Item, fault, incident, pieces};
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::builders::PutBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, Delete, Put, TransactWriteItem, Update};
use locksmith_app::ports::{StoreError, Write};
use std::collections::HashSet;

/// How much one transaction may hold.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html>
const TRANSACTION: usize = 4 * 1024 * 1024;
/// What is left of it for attachments, beside the incident and the attributes around them.
const ATTACHMENTS: usize = TRANSACTION - 256 * 1024;

pub(super) async fn write(store: &DynamoStore, write: &Write) -> Result<(), StoreError> {
    let Some(before) = write.incident.version.checked_sub(1) else {
        return Err(StoreError::Conflict);
    };
    let item = incident::item(&write.incident)?;
    let alone = write.attachments.is_empty() && (before == 0 || !write.renews);
    if alone { put(store, before, item).await } else { transact(store, write, before, item).await }
}

async fn put(store: &DynamoStore, before: u64, item: Item) -> Result<(), StoreError> {
    let (expression, values) = condition(before);
    let put = store.client.put_item().table_name(&store.table).set_item(Some(item));
    let put = put.condition_expression(expression).set_expression_attribute_values(values);
    let answer = put.send().await;
    answer.map(drop).map_err(|error| fault::of("writing an incident", &error))
}

async fn transact(
    store: &DynamoStore,
    write: &Write,
    before: u64,
    item: Item,
) -> Result<(), StoreError> {
    let id = &write.incident.id;
    let pieces = pieces_of(write)?;
    let (expression, values) = condition(before);
    let incident = Put::builder().table_name(&store.table).set_item(Some(item));
    let incident = incident.condition_expression(expression);
    let mut actions = vec![put_action(incident.set_expression_attribute_values(values))?];
    if before > 0 {
        actions.extend(what_lies_beside(store, write, &pieces).await?);
    }
    for piece in pieces {
        actions.push(put_action(Put::builder().table_name(&store.table).set_item(Some(piece)))?);
    }
    let transaction = store.client.transact_write_items().set_transact_items(Some(actions));
    let answer = transaction.send().await;
    answer.map(drop).map_err(|error| fault::of_transaction(&format!("writing {id}"), &error))
}

/// That what is written over is still what was read.
pub(super) fn condition(before: u64) -> (&'static str, Option<Item>) {
    match before {
        0 => ("attribute_not_exists(PK)", None),
        _ => {
            let before = AttributeValue::N(before.to_string());
            ("Version = :before", Some(Item::from([(":before".to_owned(), before)])))
        }
    }
}

fn pieces_of(write: &Write) -> Result<Vec<Item>, StoreError> {
    let mut pieces = Vec::new();
    for (which, value) in &write.attachments {
        pieces.extend(pieces::items(&write.incident, *which, value)?);
    }
    let bytes = |item: &Item| Some(item.get("Gzip")?.as_b().ok()?.as_ref().len());
    let size: usize = pieces.iter().filter_map(bytes).sum();
    if size > ATTACHMENTS {
        return Err(StoreError::Failed(format!(
            "what is to be stored beside {} takes {size} bytes compressed, and one write to \
             DynamoDB takes {ATTACHMENTS}",
            write.incident.id
        )));
    }
    Ok(pieces)
}

/// What is to happen to the pieces that lie beside the incident and are not written anew: those of
/// an attachment that had more pieces go, and those of others are kept as long as the incident.
async fn what_lies_beside(
    store: &DynamoStore,
    write: &Write,
    pieces: &[Item],
) -> Result<Vec<TransactWriteItem>, StoreError> {
    let id = &write.incident.id;
    let query = store.client.query().table_name(&store.table).consistent_read(true);
    let query = query
        .projection_expression("PK, SK")
        .key_condition_expression("PK = :incident")
        .expression_attribute_values(":incident", AttributeValue::S(Key::beside(id)));
    let items = query.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await;
    let items = items.map_err(|error| fault::of(&format!("reading beside {id}"), &error))?;
    let written: HashSet<Key> = pieces.iter().filter_map(Key::read).collect();
    let rewritten: Vec<String> =
        write.attachments.iter().map(|(which, _)| Key::pieces(*which)).collect();
    let mut actions = Vec::new();
    for key in items.iter().filter_map(Key::read).filter(|key| !written.contains(key)) {
        if rewritten.iter().any(|prefix| key.sk.starts_with(prefix)) {
            let delete = Delete::builder().table_name(&store.table).set_key(Some(key.item()));
            let delete = delete.build().map_err(incomplete)?;
            actions.push(TransactWriteItem::builder().delete(delete).build());
        } else if write.renews {
            // Without the condition an update would make an item of what has just expired.
            let update = Update::builder()
                .table_name(&store.table)
                .set_key(Some(key.item()))
                .condition_expression("attribute_exists(PK)")
                .update_expression("SET ExpiresAt = :expires")
                .expression_attribute_values(":expires", pieces::expires_at(&write.incident));
            let update = update.build().map_err(incomplete)?;
            actions.push(TransactWriteItem::builder().update(update).build());
        }
    }
    Ok(actions)
}

fn put_action(put: PutBuilder) -> Result<TransactWriteItem, StoreError> {
    let put = put.build().map_err(incomplete)?;
    Ok(TransactWriteItem::builder().put(put).build())
}

#[expect(clippy::needless_pass_by_value, reason = "as map_err takes it")]
fn incomplete(error: BuildError) -> StoreError {
    StoreError::Failed(error.to_string())
}
