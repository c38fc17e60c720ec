//! The clock on the wall.

use core::time::Duration;
use jiff::Timestamp;
use locksmith_app::ports::Clock;

/// The clock on the wall, and waiting on tokio.
#[derive(Clone, Copy, Debug, Default)]
pub struct WallClock;

impl Clock for WallClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    async fn wait(&self, how_long: Duration) {
        tokio::time::sleep(how_long).await;
    }
}
