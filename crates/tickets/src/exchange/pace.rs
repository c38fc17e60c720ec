//! How long calls may take, and when they are made again.

use core::time::Duration;

/// How long calls to a ticket system may take, and when they are made again.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How long one call may take.
    pub call: Duration,
    /// How long everything may take that one ticket needs.
    pub whole: Duration,
    /// How long is waited before the second try; it doubles from there.
    pub first_wait: Duration,
    /// The longest wait, also where the system asks for more: then the caller comes again.
    pub longest_wait: Duration,
    /// How often a call is made again.
    pub retries: usize,
    /// How long a creation whose answer was lost takes to be found.
    pub settle: Duration,
}

impl Default for Pace {
    /// For a caller that has a minute, in which it talks to a chat as well.
    fn default() -> Self {
        Self {
            call: Duration::from_secs(8),
            whole: Duration::from_secs(25),
            first_wait: Duration::from_millis(300),
            longest_wait: Duration::from_secs(4),
            retries: 3,
            settle: Duration::from_secs(2),
        }
    }
}
