//! Why was this call denied? The engine of Locksmith.
//!
//! The data flows one way: a CloudTrail record becomes a denied call, the call the permissions
//! that it needs; each permission is evaluated through every policy layer of both accounts; the
//! decisions become a diagnosis. The crate is pure: no I/O, no clock, no environment.

pub mod arn;
pub mod call;
pub mod context;
pub mod diagnosis;
pub mod evaluate;
pub mod evidence;
pub mod explain;
pub mod message;
mod need;
pub mod plan;
pub mod policy;
pub mod propose;
pub mod record;
pub mod simulate;
pub mod tri;
pub mod wanted;
