//! What every store has to do, one behaviour at a time, on a store that is empty.

#![expect(missing_docs, reason = "a case's name says what it shows")]

pub mod attachments;
pub mod incidents;
pub mod ledger;
pub mod limits;
pub mod lists;
pub mod locks;
pub mod owners;
