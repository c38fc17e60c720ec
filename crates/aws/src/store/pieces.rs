//! What is stored beside an incident: JSON, compressed, in as many items as it takes, because an
//! item holds 400 KB at most and a diagnosis must not get lost for its size.

use super::key::Key;
use super::{DynamoStore, Item, fault};
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use locksmith_app::incident::{Incident, IncidentId};
use locksmith_app::ports::{Attachment, StoreError};
use serde_json::Value;

/// How much of the compressed JSON one item takes; the rest of the 400 KB is for its other
/// attributes.
const PIECE: usize = 380 * 1024;

/// How long a piece is kept after its incident: DynamoDB deletes expired items one by one, within
/// days, and an incident that still can be read should have its record.
const KEPT_LONGER: i64 = 30 * 24 * 3600;

/// The items of an attachment.
pub(super) fn items(
    incident: &Incident,
    which: Attachment,
    value: &Value,
) -> Result<Vec<Item>, StoreError> {
    let compressed = compress(value).map_err(|error| unreadable(&incident.id, which, &error))?;
    let pieces = compressed.chunks(PIECE);
    let count = pieces.len();
    let item = |(index, piece): (usize, &[u8])| {
        let mut item = Key::piece(&incident.id, which, index).item();
        let number = |number: String| AttributeValue::N(number);
        item.extend([
            ("Version".to_owned(), number(incident.version.to_string())),
            ("Pieces".to_owned(), number(count.to_string())),
            ("ExpiresAt".to_owned(), expires_at(incident)),
            ("Gzip".to_owned(), AttributeValue::B(Blob::new(piece))),
        ]);
        item
    };
    Ok(pieces.enumerate().map(item).collect())
}

/// When what is stored beside an incident expires.
pub(super) fn expires_at(incident: &Incident) -> AttributeValue {
    AttributeValue::N((incident.kept_until.as_second() + KEPT_LONGER).to_string())
}

/// Reads an attachment.
///
/// # Errors
/// [`StoreError::Conflict`] if it was written anew between two pages of its pieces.
pub(super) async fn read(
    store: &DynamoStore,
    id: &IncidentId,
    which: Attachment,
) -> Result<Option<Value>, StoreError> {
    let query = store.client.query().table_name(&store.table).consistent_read(true);
    let query = query
        .key_condition_expression("PK = :incident AND begins_with(SK, :which)")
        .expression_attribute_values(":incident", AttributeValue::S(Key::beside(id)))
        .expression_attribute_values(":which", AttributeValue::S(Key::pieces(which)));
    let items = query.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await;
    let items = items
        .map_err(|error| fault::of(&format!("reading the {} of {id}", which.name()), &error))?;
    let Some(first) = items.first() else { return Ok(None) };
    let count = AttributeValue::N(items.len().to_string());
    let same = items.iter().all(|item| item.get("Version") == first.get("Version"));
    if !same || first.get("Pieces") != Some(&count) {
        return Err(StoreError::Conflict);
    }
    let pieces = items.iter().filter_map(|item| item.get("Gzip")?.as_b().ok());
    let compressed = pieces.fold(Vec::new(), |mut all, piece| {
        all.extend_from_slice(piece.as_ref());
        all
    });
    let value = serde_json::from_reader(GzDecoder::new(compressed.as_slice()));
    value.map(Some).map_err(|error| unreadable(id, which, &error))
}

/// JSON, compressed.
pub(super) fn compress(value: &impl serde::Serialize) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    serde_json::to_writer(&mut encoder, value)?;
    encoder.finish()
}

fn unreadable(id: &IncidentId, which: Attachment, error: &impl ToString) -> StoreError {
    StoreError::Failed(format!("{} of {id}: {}", which.name(), error.to_string()))
}
