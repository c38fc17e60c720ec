//! Owners of buckets in the file.

use crate::EmbeddedStore;
use crate::error::Refused;
use crate::tables::OWNERS;
use jiff::Timestamp;
use locksmith_app::ports::{Inventory, OWNER_AGE, StoreError};
use locksmith_core::arn::AccountId;
use redb::{Database, ReadableDatabase as _};

impl Inventory for EmbeddedStore {
    async fn owner(&self, bucket: &str, now: Timestamp) -> Result<Option<AccountId>, StoreError> {
        let bucket = bucket.to_owned();
        let read = move |database: &Database| {
            let owners = database.begin_read()?.open_table(OWNERS)?;
            let Some(found) = owners.get(bucket.as_str())? else { return Ok(None) };
            let (owner, learned_at) = found.value();
            if now.as_second() - learned_at > OWNER_AGE.as_secs() {
                return Ok(None);
            }
            let known = AccountId::parse(owner);
            known
                .map(Some)
                .ok_or_else(|| Refused::unreadable(&bucket, &"its owner is no account id"))
        };
        self.blocking(read).await
    }

    async fn learned(
        &self,
        bucket: &str,
        owner: AccountId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let bucket = bucket.to_owned();
        let write = move |database: &Database| {
            let transaction = database.begin_write()?;
            transaction
                .open_table(OWNERS)?
                .insert(bucket.as_str(), (owner.as_str(), now.as_second()))?;
            transaction.commit()?;
            Ok(())
        };
        self.blocking(write).await
    }
}
