//! One writer at a time.

use super::StoreError;
use core::future::Future;
use jiff::Timestamp;

/// One writer at a time for a resource.
pub trait Locks: Sync {
    /// Takes the lock of a resource (its ARN) for `owner` until a time, also when the same owner has
    /// it already or it ran out before `now`; false if another has it.
    fn lock(
        &self,
        resource: &str,
        owner: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Gives the lock back, if `owner` has it.
    fn unlock(
        &self,
        resource: &str,
        owner: &str,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
}
