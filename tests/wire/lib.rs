//! Locksmith over the wire.
//!
//! ```text
//! world ----AWS SDK----\
//!                       wire (proxy: counts, delays, faults) ---- emulator (moto)
//! functions --AWS SDK--/
//!     |  Lambda runtime API
//! lambda <---- queue (SQS's events) <---- bus (EventBridge's events around CloudTrail's records)
//! ```
//!
//! Every scenario has its own proxy and its own organization in one emulator that the scenarios of
//! a test binary share, so that they run side by side. The functions are the real binaries.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a harness of tests: what goes wrong here has to fail the test, loudly"
)]

pub mod binaries;
pub mod bus;
pub mod emulator;
mod http;
pub mod lambda;
pub mod operations;
pub mod plain;
pub mod program;
pub mod queue;
pub mod record;
pub mod service;
pub mod slack;
pub mod tickets;
pub mod wire;
pub mod world;
