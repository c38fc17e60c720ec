//! Locks in the file.

use crate::EmbeddedStore;
use crate::tables::LOCKS;
use jiff::Timestamp;
use locksmith_app::ports::{Locks, StoreError};
use redb::{Database, ReadableTable as _};

impl Locks for EmbeddedStore {
    async fn lock(
        &self,
        resource: &str,
        owner: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let (resource, owner) = (resource.to_owned(), owner.to_owned());
        let take = move |database: &Database| {
            let transaction = database.begin_write()?;
            {
                let mut locks = transaction.open_table(LOCKS)?;
                let is_free = locks.get(resource.as_str())?.is_none_or(|lock| {
                    let (holder, held_until) = lock.value();
                    holder == owner || held_until < now.as_nanosecond()
                });
                if !is_free {
                    return Ok(false);
                }
                locks.insert(resource.as_str(), (owner.as_str(), until.as_nanosecond()))?;
            }
            transaction.commit()?;
            Ok(true)
        };
        self.blocking(take).await
    }

    async fn unlock(&self, resource: &str, owner: &str) -> Result<(), StoreError> {
        let (resource, owner) = (resource.to_owned(), owner.to_owned());
        let give = move |database: &Database| {
            let transaction = database.begin_write()?;
            {
                let mut locks = transaction.open_table(LOCKS)?;
                let is_ours =
                    locks.get(resource.as_str())?.is_some_and(|lock| lock.value().0 == owner);
                if is_ours {
                    locks.remove(resource.as_str())?;
                }
            }
            transaction.commit()?;
            Ok(())
        };
        self.blocking(give).await
    }
}
