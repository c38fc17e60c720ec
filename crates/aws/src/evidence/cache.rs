//! Slow-changing answers, kept for a while.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long guardrails and accounts' places in an organization are believed.
pub(super) const ORGANIZATION_AGE: Duration = Duration::from_mins(5);
/// How long it is believed that a unique id belongs to a name: until the principal is deleted.
pub(super) const UNIQUE_ID_AGE: Duration = Duration::from_mins(15);
/// Versions of managed policies never change. The limit bounds memory alone.
pub(super) const POLICY_VERSION_AGE: Duration = Duration::from_hours(24);

/// The most entries that are kept.
const CAPACITY: usize = 10_000;

/// Answers by name, forgotten when they are too old.
#[derive(Debug)]
pub(super) struct Cache<T> {
    age: Duration,
    entries: Mutex<HashMap<String, (Instant, T)>>,
}

impl<T: Clone> Cache<T> {
    pub(super) fn new(age: Duration) -> Self {
        Self { age, entries: Mutex::default() }
    }

    /// What is known under a name.
    pub(super) fn get(&self, name: &str) -> Option<T> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, value) = entries.get(name)?;
        (since.elapsed() < self.age).then(|| value.clone())
    }

    /// Keeps an answer.
    pub(super) fn put(&self, name: impl Into<String>, value: T) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= CAPACITY {
            entries.clear();
        }
        entries.insert(name.into(), (Instant::now(), value));
    }
}

#[cfg(test)]
mod tests {
    use super::Cache;
    use std::time::Duration;

    #[test]
    fn forgets_what_is_old() {
        let cache = Cache::new(Duration::from_mins(1));
        cache.put("a", 1);
        assert_eq!((cache.get("a"), cache.get("b")), (Some(1), None));
        let cache = Cache::new(Duration::ZERO);
        cache.put("a", 1);
        assert_eq!(cache.get("a"), None);
    }
}
