//! Making the changes of a plan and taking them back, in a world of documents in memory where every
//! call can fail, be the last one before the process dies, or come after somebody else's write.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

#[path = "change/crowd.rs"]
mod crowd;
#[path = "change/faults.rs"]
mod faults;
#[path = "change/killed.rs"]
mod killed;
#[path = "change/others.rs"]
mod others;
#[path = "change/plans.rs"]
mod plans;
#[path = "change/random.rs"]
mod random;
#[path = "change/rules.rs"]
mod rules;
#[path = "change/world.rs"]
mod world;
