//! Time, where work has to wait.

use core::future::Future;
use core::time::Duration;
use jiff::Timestamp;

/// Tells the time and waits, so that tests need not.
pub trait Clock: Sync {
    /// What time it is.
    fn now(&self) -> Timestamp;

    /// Waits so long.
    fn wait(&self, how_long: Duration) -> impl Future<Output = ()> + Send;
}
