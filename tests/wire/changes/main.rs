//! Changes over the wire: planned, made, looked at and taken back, in both accounts.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::large_futures,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test"
)]

#[path = "../../../crates/serve/tests/page/client.rs"]
mod client;
mod crash;
mod interference;
mod layout;
mod opinions;
mod ops_items;
mod people;
mod queue;
mod refusal;
mod round_trip;
mod scene;
mod serve;
mod service;
