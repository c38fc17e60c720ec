//! Whether a call that was denied works by now.

use crate::incident::Incident;
use core::future::Future;
use jiff::Timestamp;
use locksmith_core::diagnosis::CallSummary;

/// Looks for calls that succeeded.
pub trait Witness: Sync {
    /// When the same call succeeded, after a time: made by the same role or user, the same operation
    /// on the same resource. None where no such call was seen, which need not mean that there was
    /// none: CloudTrail tells late, and of objects only where data events are logged.
    ///
    /// # Errors
    /// Why it could not be looked for.
    fn success_after(
        &self,
        incident: &Incident,
        call: &CallSummary,
        since: Timestamp,
    ) -> impl Future<Output = Result<Option<Timestamp>, String>> + Send;
}
