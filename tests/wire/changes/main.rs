//! Changes over the wire: planned, made, looked at and taken back, in both accounts.

mod crash;
mod interference;
mod layout;
mod refusal;
mod round_trip;
mod scene;
