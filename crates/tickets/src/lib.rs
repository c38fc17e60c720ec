//! Locksmith in ticket systems: one ticket for each incident.
//!
//! [`TicketSystem`] implements [`locksmith_app::ports::Tickets`] for the system that the configuration
//! names.
//!
//! | what | where |
//! |---|---|
//! | when a ticket is made, moved and left alone | `desk.rs`, `marker.rs` |
//! | what it says | `text/`: built once, rendered as ADF, Markdown or plain text |
//! | how long, how often, with which secret | `exchange/` |
//! | one file for each system | `jira.rs`, `github.rs`, `servicenow.rs`, `opscenter.rs`, `webhook.rs` |

mod desk;
mod exchange;
mod github;
mod jira;
mod marker;
mod opscenter;
mod servicenow;
mod system;
mod text;
mod webhook;

pub use exchange::Pace;
pub use opscenter::{CallError, SystemsManager};
pub use system::TicketSystem;
