//! What Locksmith does, apart from where it runs: the use cases, and the ports that they need.
//!
//! `detect` turns denials into incidents, `diagnose` works out why they happened and what would mend
//! them, `approve` takes down what owners decide, `operations` makes and takes back what they
//! approved, by means of `change`. All are plain functions over ports (traits); the functions on AWS
//! and `locksmith` on one machine call the same ones. There is no clock here either: a use case takes
//! the time, or a port that tells it.

pub mod announcement;
pub mod approve;
mod beside;
pub mod card;
pub mod change;
pub mod config;
pub mod detect;
pub mod diagnose;
pub mod fix;
pub mod incident;
pub mod notify;
pub mod operations;
pub mod ports;
pub mod remark;
pub mod sighting;
pub mod way;
