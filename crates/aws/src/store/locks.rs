//! Locks, taken and given back by conditional writes.

use super::key::Key;
use super::{DynamoStore, fault};
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use locksmith_app::ports::{Locks, StoreError};

/// How long a lock that ran out is kept, for people who want to see who had it.
const KEPT: i64 = 24 * 3600;

impl Locks for DynamoStore {
    async fn lock(
        &self,
        resource: &str,
        owner: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let number = |number: i128| AttributeValue::N(number.to_string());
        let mut item = Key::lock(resource).item();
        item.extend([
            ("Holder".to_owned(), AttributeValue::S(owner.to_owned())),
            ("HeldUntil".to_owned(), number(until.as_nanosecond())),
            ("ExpiresAt".to_owned(), number((until.as_second() + KEPT).into())),
        ]);
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(PK) OR Holder = :owner OR HeldUntil < :now")
            .expression_attribute_values(":owner", AttributeValue::S(owner.to_owned()))
            .expression_attribute_values(":now", number(now.as_nanosecond()));
        held(put.send().await.map(drop).map_err(|error| fault::of("taking a lock", &error)))
    }

    async fn unlock(&self, resource: &str, owner: &str) -> Result<(), StoreError> {
        let delete = self
            .client
            .delete_item()
            .table_name(&self.table)
            .set_key(Some(Key::lock(resource).item()))
            .condition_expression("Holder = :owner")
            .expression_attribute_values(":owner", AttributeValue::S(owner.to_owned()));
        let answer = delete.send().await.map(drop);
        held(answer.map_err(|error| fault::of("giving a lock back", &error))).map(drop)
    }
}

/// Whether the condition held: if not, somebody else has the lock.
fn held(answer: Result<(), StoreError>) -> Result<bool, StoreError> {
    match answer {
        Ok(()) => Ok(true),
        Err(StoreError::Conflict) => Ok(false),
        Err(failed @ StoreError::Failed(_)) => Err(failed),
    }
}
