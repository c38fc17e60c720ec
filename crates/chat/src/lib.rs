//! Locksmith in chat: Slack and Microsoft Teams.
//!
//! Two ways lead through here. What people are told goes out by [`Messenger`], which is the port
//! `Chat`. What they answer comes in by [`Door`], the whole HTTP conversation behind one address.
//!
//! | what | where |
//! |---|---|
//! | messages, dialogs, the client of Slack | [`slack`] |
//! | cards, pages, webhooks of Teams | [`teams`] |
//! | what a button, a dialog or a link is aimed at | [`aim`] |
//! | links that are signed and end | [`link`] |
//! | requests from outside | [`door`] |
//! | the page behind a link to a report | [`report()`] |
//!
//! Names in a message come from events, and events come from strangers: object keys, names of
//! sessions, tags. [`slack::text`] and [`teams::card`] see to it that they stay text.
//!
//! The client is `reqwest` with own types for blocks, and not the crate `slack-morphism`: that one
//! brings web sockets and signal handling along (140 crates against 82), its types know no limits,
//! and what it is needed for are seven calls. TLS is rustls on ring, as everywhere.

pub mod aim;
pub mod door;
mod http;
pub mod link;
mod memory;
mod messenger;
mod page;
mod refused;
pub mod slack;
pub mod teams;

pub use door::{Answer, Door, Request, Response};
pub use memory::Memory;
pub use messenger::Messenger;
pub use page::report;
