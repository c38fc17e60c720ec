//! The store of Locksmith on one machine: one file, of one process at a time.
//!
//! Every write is one transaction of [redb](https://docs.rs/redb), on the disk when the answer
//! comes: a process that is killed leaves all of it or nothing.

mod error;
mod file;
mod forget;
mod incidents;
mod inventory;
mod ledger;
mod locks;
mod tables;

use error::Refused;
use jiff::Timestamp;
use locksmith_app::ports::StoreError;
use redb::Database;
use std::path::Path;
use std::sync::Arc;

/// A store in one file. Clones are the same store.
#[derive(Clone, Debug)]
pub struct EmbeddedStore {
    database: Arc<Database>,
}

impl EmbeddedStore {
    /// Opens the store in a file, which is made if there is none, readable by its owner alone.
    ///
    /// # Errors
    /// [`StoreError::Failed`] with the path and the remedy: another process has the file open, it
    /// was written by a newer Locksmith, or it is no store at all.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let database = file::open(path)?;
        Ok(Self { database: Arc::new(database) })
    }

    /// Forgets what need not be kept any longer, and says how many incidents that were. Worth doing
    /// once a day.
    ///
    /// # Errors
    /// [`StoreError::Failed`]; nothing is forgotten then.
    pub async fn forget_expired(&self, now: Timestamp) -> Result<usize, StoreError> {
        self.blocking(move |database| forget::expired(database, now)).await
    }

    /// Works on the file off the threads of the runtime: a commit waits for the disk, and for the
    /// writer before it.
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Database) -> Result<T, Refused> + Send + 'static,
    ) -> Result<T, StoreError> {
        let database = Arc::clone(&self.database);
        match tokio::task::spawn_blocking(move || work(&database)).await {
            Ok(result) => result.map_err(StoreError::from),
            Err(error) => Err(StoreError::Failed(error.to_string())),
        }
    }
}
