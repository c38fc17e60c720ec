//! The ports that operations work with: some make changes, the others find out whether they helped.
//!
//! Whoever only makes and takes back has no need to read as a diagnosis reads: what implements
//! [`Making`] alone can apply and undo, and cannot verify.

use crate::ports::{
    Announcer, Clock, Documents, EvidenceSource, Ledger, Locks, Opinions, Store, Witness,
};

/// What changes are made and taken back with.
pub trait Making: Sync {
    /// Where incidents, fixes and locks are kept.
    type Store: Store + Ledger + Locks;
    /// Who hears of new states.
    type Announcer: Announcer;
    /// What is changed.
    type Documents: Documents;
    /// What time it is.
    type Clock: Clock;

    /// Where incidents, fixes and locks are kept.
    fn store(&self) -> &Self::Store;
    /// Who hears of new states.
    fn announcer(&self) -> &Self::Announcer;
    /// What is changed.
    fn documents(&self) -> &Self::Documents;
    /// What time it is.
    fn clock(&self) -> &Self::Clock;
}

/// What shows besides whether a change helped.
pub trait Looking: Making {
    /// Where evidence afresh comes from.
    type Evidence: EvidenceSource;
    /// Who sees calls that succeed.
    type Witness: Witness;
    /// Who else judges what was changed.
    type Opinions: Opinions;

    /// Where evidence afresh comes from.
    fn evidence(&self) -> &Self::Evidence;
    /// Who sees calls that succeed.
    fn witness(&self) -> &Self::Witness;
    /// Who else judges what was changed.
    fn opinions(&self) -> &Self::Opinions;
}
