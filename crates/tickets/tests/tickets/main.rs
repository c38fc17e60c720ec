//! One ticket for each incident, in each system: against servers that keep what they are sent as the
//! vendors do, and check it against the vendors' own descriptions.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

mod busy;
mod cards;
mod closing;
mod faults;
mod github;
mod jira;
mod limits;
mod opscenter;
mod schema;
mod server;
mod servicenow;
mod shown;
mod system;
mod webhook;
