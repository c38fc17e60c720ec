//! What each principal has used of its allowance, by the hour.

use super::key::Key;
use super::{DynamoStore, fault};
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use locksmith_app::ports::StoreError;

const HOUR: i64 = 3600;
/// How long an hour is kept after its beginning, for people who want to see who is limited.
const KEPT: i64 = 24 * HOUR;

pub(super) async fn admit(
    store: &DynamoStore,
    principal: &str,
    allowance: u32,
    now: Timestamp,
) -> Result<bool, StoreError> {
    if allowance == 0 {
        return Ok(false);
    }
    let begin = now.as_second().div_euclid(HOUR) * HOUR;
    let hour = Timestamp::from_second(begin).unwrap_or(now);
    let number = |number: i64| AttributeValue::N(number.to_string());
    let take = store
        .client
        .update_item()
        .table_name(&store.table)
        .set_key(Some(Key::allowance(principal, hour).item()))
        .update_expression("SET ExpiresAt = :expires ADD Admitted :one")
        .condition_expression("attribute_not_exists(Admitted) OR Admitted < :allowance")
        .expression_attribute_values(":expires", number(begin + KEPT))
        .expression_attribute_values(":one", number(1))
        .expression_attribute_values(":allowance", number(allowance.into()));
    match take.send().await {
        Ok(_) => Ok(true),
        Err(error) => match fault::of("taking from an allowance", &error) {
            StoreError::Conflict => Ok(false),
            failed @ StoreError::Failed(_) => Err(failed),
        },
    }
}
