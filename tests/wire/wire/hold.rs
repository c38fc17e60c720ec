//! Holding one call, so that something else can happen in just that moment.

use super::Call;
use tokio::sync::oneshot;

/// Where a call is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Before the emulator hears of it.
    Before,
    /// After the emulator did what it was asked for, before it can say so.
    After,
}

/// A call that is held when its turn comes, until this is released or dropped, or whoever called
/// hangs up.
#[derive(Debug)]
pub struct Held {
    /// Says which call it is once it is held.
    pub reached: oneshot::Receiver<Call>,
    release: oneshot::Sender<()>,
}

impl Held {
    /// Waits until whoever called has hung up, so that the call never gets any further.
    pub async fn gone(mut self) {
        self.release.closed().await;
    }

    /// Lets the call go on.
    pub fn release(self) {
        // Whoever called may be gone by now.
        let _ = self.release.send(());
    }
}

/// What the proxy has of it.
#[derive(Debug)]
pub(super) struct Hold {
    /// So many calls go by first.
    left: usize,
    /// The one operation that counts; every one does where none is named.
    operation: Option<String>,
    moment: Moment,
    stop: Stop,
}

/// A call that is held.
#[derive(Debug)]
pub(super) struct Stop {
    reached: oneshot::Sender<Call>,
    released: oneshot::Receiver<()>,
}

impl Stop {
    pub(super) async fn wait(self, call: Call) {
        let _ = self.reached.send(call);
        let _ = self.released.await;
    }
}

impl Hold {
    pub(super) fn new(operation: Option<&str>, number: usize, moment: Moment) -> (Self, Held) {
        let (tells, reached) = oneshot::channel();
        let (release, released) = oneshot::channel();
        let stop = Stop { reached: tells, released };
        let operation = operation.map(str::to_owned);
        (Self { left: number, operation, moment, stop }, Held { reached, release })
    }

    /// Counts a call; what holds it, if it is the one.
    pub(super) fn count(hold: &mut Option<Self>, call: &Call) -> Option<(Moment, Stop)> {
        let is_it = |hold: &&mut Self| {
            !call.is_administrators()
                && hold.operation.as_ref().is_none_or(|operation| *operation == call.operation)
        };
        let this = hold.as_mut().filter(is_it)?;
        if this.left > 0 {
            this.left -= 1;
            return None;
        }
        hold.take().map(|hold| (hold.moment, hold.stop))
    }
}
