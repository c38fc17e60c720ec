//! What the service reaches outside of itself: real accounts, or a folder that stands for them.

use core::future::Future;
use jiff::Timestamp;
use locksmith_app::ports::{Clock, Documents, EvidenceSource, Opinions, Witness};
use locksmith_core::record::Record;

/// The accounts, and the time.
pub trait World: Send + Sync + 'static {
    /// What is changed.
    type Documents: Documents;
    /// Where evidence comes from.
    type Evidence: EvidenceSource;
    /// Who sees calls that succeed.
    type Witness: Witness;
    /// Who else judges what was changed.
    type Opinions: Opinions;
    /// What time it is.
    type Clock: Clock;

    /// What is changed.
    fn documents(&self) -> &Self::Documents;
    /// Where evidence comes from.
    fn evidence(&self) -> &Self::Evidence;
    /// Who sees calls that succeed.
    fn witness(&self) -> &Self::Witness;
    /// Who else judges what was changed.
    fn opinions(&self) -> &Self::Opinions;
    /// What time it is.
    fn clock(&self) -> &Self::Clock;

    /// Whether calls can be made here: in a folder, never in real accounts.
    fn can_call(&self) -> bool {
        false
    }

    /// Makes a recorded call again, where calls can be made.
    fn call_again(
        &self,
        record: &Record,
        now: Timestamp,
    ) -> impl Future<Output = Option<Called>> + Send {
        let _ = (record, now);
        core::future::ready(None)
    }
}

/// What came of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Called {
    /// It succeeded.
    Succeeded,
    /// It was denied.
    Denied,
    /// Facts are missing that decide.
    Unknown,
}
