//! Owners of buckets. They hardly ever change, so reading one that is a moment old does no harm.

use super::key::Key;
use super::{DynamoStore, fault};
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use locksmith_app::ports::{Inventory, OWNER_AGE, StoreError};
use locksmith_core::arn::AccountId;

impl Inventory for DynamoStore {
    async fn owner(&self, bucket: &str, now: Timestamp) -> Result<Option<AccountId>, StoreError> {
        let get = self.client.get_item().table_name(&self.table);
        let answer = get.set_key(Some(Key::owner(bucket).item())).send().await;
        let answer =
            answer.map_err(|error| fault::of(&format!("reading the owner of {bucket}"), &error))?;
        let Some(item) = answer.item else { return Ok(None) };
        let owner = item.get("Owner").and_then(|owner| AccountId::parse(owner.as_s().ok()?));
        let expires_at: Option<i64> =
            item.get("ExpiresAt").and_then(|second| second.as_n().ok()?.parse().ok());
        let fresh = expires_at.is_some_and(|second| now.as_second() <= second);
        Ok(owner.filter(|_| fresh))
    }

    async fn learned(
        &self,
        bucket: &str,
        owner: AccountId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut item = Key::owner(bucket).item();
        let expires_at = now.as_second() + OWNER_AGE.as_secs();
        item.insert("Owner".to_owned(), AttributeValue::S(owner.to_string()));
        item.insert("ExpiresAt".to_owned(), AttributeValue::N(expires_at.to_string()));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let answer = put.send().await;
        answer
            .map(drop)
            .map_err(|error| fault::of(&format!("writing the owner of {bucket}"), &error))
    }
}
