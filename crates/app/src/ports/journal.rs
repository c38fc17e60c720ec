//! Where the record of a work is kept.

use super::StoreError;
use crate::change::Journal;
use core::future::Future;

/// Keeps journals, each under its name.
pub trait JournalStore: Sync {
    /// Stores a journal. Once it answers, the journal survives a crash. One that is stored already,
    /// word for word, may be taken once more: its first answer was lost.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if the stored `version` is not the one before; 1 creates it. Then
    /// another run works on the same journal, and this one stops before it writes anything more.
    fn save(&self, journal: &Journal) -> impl Future<Output = Result<(), StoreError>> + Send;
}
