//! The room that calls in one account share: it narrows while AWS throttles and widens again, by one
//! for each call that needed one attempt alone.
//!
//! This is what makes retries adaptive. The SDK's own adaptive mode measures a client's rate and
//! lowers it; ours are idle between readings, have no rate, and would wait for ten seconds after the
//! first throttled call.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::retries::RequestAttempts;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Calls that are throttled together narrow the gate once.
const ONCE_IN: Duration = Duration::from_millis(200);

/// How many calls may be under way in an account.
#[derive(Debug)]
pub(crate) struct Gate {
    room: Semaphore,
    width: Mutex<Width>,
    most: usize,
}

#[derive(Debug)]
struct Width {
    calls: usize,
    /// Calls under way that give no room back when they end.
    surplus: usize,
    narrowed: Option<Instant>,
}

/// A call's place; it is given back when it is dropped.
#[derive(Debug)]
pub(super) struct Room<'a> {
    gate: &'a Gate,
    permit: Option<SemaphorePermit<'a>>,
    entered: Instant,
}

impl Gate {
    /// A gate that lets at most so many calls through at a time.
    pub(crate) fn new(most: usize) -> Self {
        let most = most.max(1);
        let width = Width { calls: most, surplus: 0, narrowed: None };
        Self { room: Semaphore::new(most), width: Mutex::new(width), most }
    }

    /// Waits for room.
    pub(super) async fn enter(&self) -> Room<'_> {
        // Nobody closes the semaphore.
        let permit = self.room.acquire().await.ok();
        Room { gate: self, permit, entered: Instant::now() }
    }

    /// Halves the room, to one call at least.
    fn narrow(&self) {
        let mut width = self.width();
        if width.narrowed.is_some_and(|then| then.elapsed() < ONCE_IN) {
            return;
        }
        width.narrowed = Some(Instant::now());
        let fewer = width.calls / 2;
        width.calls -= fewer;
        // Room that is free is taken at once, the rest from the calls that end.
        width.surplus += fewer - self.room.forget_permits(fewer);
    }

    fn width(&self) -> MutexGuard<'_, Width> {
        self.width.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Room<'_> {
    fn drop(&mut self) {
        let mut width = self.gate.width();
        let throttled = width.narrowed.is_some_and(|then| then >= self.entered);
        if width.surplus > 0 {
            width.surplus -= 1;
            if let Some(permit) = self.permit.take() {
                permit.forget();
            }
        } else if !throttled && width.calls < self.gate.most {
            width.calls += 1;
            self.gate.room.add_permits(1);
        }
    }
}

/// Narrows a gate whenever a call has to be tried again.
#[derive(Debug)]
pub(super) struct Narrowing(pub(super) Arc<Gate>);

impl Intercept for Narrowing {
    fn name(&self) -> &'static str {
        "Narrowing"
    }

    fn read_before_attempt(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if bag.load::<RequestAttempts>().is_some_and(|attempts| attempts.attempts() > 1) {
            self.0.narrow();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Gate, ONCE_IN};

    /// Calls that the gate lets through, those that give no room back, and the room that is free.
    fn state(gate: &Gate) -> (usize, usize, usize) {
        let width = gate.width();
        (width.calls, width.surplus, gate.room.available_permits())
    }

    #[tokio::test]
    async fn narrows_and_widens() {
        let gate = Gate::new(8);
        let mut calls = Vec::new();
        for _ in 0..8 {
            calls.push(gate.enter().await);
        }
        gate.narrow();
        gate.narrow();
        assert_eq!(state(&gate), (4, 4, 0), "calls that are throttled together narrow it once");
        calls.clear();
        assert_eq!(state(&gate), (4, 0, 4), "throttled calls do not widen it");
        for expected in [5, 6, 7, 8, 8] {
            drop(gate.enter().await);
            assert_eq!(state(&gate), (expected, 0, expected));
        }
        for expected in [4, 2, 1, 1] {
            std::thread::sleep(ONCE_IN);
            gate.narrow();
            assert_eq!(state(&gate), (expected, 0, expected));
        }
    }
}
