//! What stands in the accounts by our doing.

use super::{Page, StoreError};
use crate::fix::Fix;
use core::future::Future;
use jiff::SignedDuration;
use locksmith_core::plan::Reliance;

/// Where fixes are kept. Every write is conditional on what it was made from.
///
/// A fix that was removed may disappear after [`REMOVED_KEPT`]; every other one stays.
pub trait Ledger: Sync {
    /// A fix; reads what was written last.
    fn fix(&self, what: &Reliance) -> impl Future<Output = Result<Option<Fix>, StoreError>> + Send;

    /// A page of all fixes, in an order that stays the same; reads what was written last.
    fn fixes(
        &self,
        limit: usize,
        next: Option<&str>,
    ) -> impl Future<Output = Result<Page<Fix>, StoreError>> + Send;

    /// Writes a fix, whose `version` is one more than that of the stored one that it was made from;
    /// 1 creates it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if the stored version is not the one before.
    fn write_fix(&self, fix: &Fix) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// How long a fix that was removed is kept at least.
pub const REMOVED_KEPT: SignedDuration = SignedDuration::from_hours(24 * 180);
