//! What is stored beside an incident, as what it is.

use crate::incident::IncidentId;
use crate::ports::{Attachment, Store, StoreError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads an attachment; none where there is none, or null.
///
/// # Errors
/// The store's, and [`StoreError::Failed`] for what cannot be read.
pub(crate) async fn read<T: DeserializeOwned>(
    store: &impl Store,
    id: &IncidentId,
    which: Attachment,
) -> Result<Option<T>, StoreError> {
    let stored = store.attachment(id, which).await?.unwrap_or(Value::Null);
    serde_json::from_value(stored).map_err(|error| unreadable(id, which, &error))
}

/// An attachment as it is stored.
///
/// # Errors
/// [`StoreError::Failed`] for what is no JSON.
pub(crate) fn written<T: Serialize>(
    id: &IncidentId,
    which: Attachment,
    value: &T,
) -> Result<(Attachment, Value), StoreError> {
    let value = serde_json::to_value(value).map_err(|error| unreadable(id, which, &error))?;
    Ok((which, value))
}

fn unreadable(id: &IncidentId, which: Attachment, error: &serde_json::Error) -> StoreError {
    StoreError::Failed(format!("{} of {id}: {error}", which.name()))
}
