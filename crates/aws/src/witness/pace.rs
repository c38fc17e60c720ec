//! How often the event history may be asked.

use locksmith_core::arn::AccountId;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Two in a second, for each account and Region.
/// <https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html>
const EVERY: Duration = Duration::from_millis(500);

/// When each account's history may be asked next.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    next: Mutex<HashMap<(AccountId, String), Instant>>,
}

impl Pace {
    /// Waits for a turn.
    pub(super) async fn turn(&self, account: AccountId, region: &str) {
        let wait = self.reserve(account, region, Instant::now());
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
    }

    /// Takes the next turn, and says how long it is until then.
    fn reserve(&self, account: AccountId, region: &str, now: Instant) -> Duration {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = next.entry((account, region.to_owned())).or_insert(now);
        let mine = now.max(*turn);
        *turn = mine + EVERY;
        mine.duration_since(now)
    }
}

#[cfg(test)]
mod tests {
    use super::{EVERY, Pace};
    use locksmith_core::arn::AccountId;
    use std::time::{Duration, Instant};

    #[test]
    fn two_calls_in_a_second() {
        let (pace, now) = (Pace::default(), Instant::now());
        let [one, two] = ["111111111111", "222222222222"].map(|id| AccountId::parse(id).unwrap());
        let west = |account, now| pace.reserve(account, "us-west-2", now);
        assert_eq!(west(one, now), Duration::ZERO);
        assert_eq!(west(one, now), EVERY);
        assert_eq!(west(one, now + EVERY), EVERY, "turns that were given away stay so");
        assert_eq!(west(two, now), Duration::ZERO, "accounts do not wait for each other");
        assert_eq!(pace.reserve(one, "us-east-1", now), Duration::ZERO, "nor do Regions");
        assert_eq!(west(one, now + 10 * EVERY), Duration::ZERO, "nothing is saved up");
        assert_eq!(west(one, now + 10 * EVERY), EVERY);
    }
}
