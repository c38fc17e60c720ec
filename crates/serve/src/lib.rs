//! Locksmith on one machine, with a page in place of the chat.
//!
//! The use cases are those of the functions on AWS (`locksmith-app`). What differs is around them: the
//! embedded store in place of the table, a [queue](Queue) in memory in place of buses and queues, a page
//! in place of the chat. Everything that the queue holds can be made again from the store, so that a
//! process that dies loses nothing.
//!
//! | what | where |
//! |---|---|
//! | the use cases, wired | [`Service`] |
//! | what is reached outside | [`World`]: a [`Folder`], or the accounts (in the program) |
//! | who does the work | `worker.rs` |
//! | how events come in | `http/events.rs`, [`Inbox`] |
//! | who may come in | [`Settings`], `http/guard.rs`, `http/session.rs` |
//! | what people see | `page.rs` |

mod clock;
pub mod demo;
mod folder;
mod http;
mod inbox;
mod page;
mod queue;
mod rights;
mod service;
mod settings;
mod stop;
mod worker;
mod world;

pub use clock::WallClock;
pub use folder::Folder;
pub use http::Server;
pub use inbox::{Inbox, NoInbox, Received};
pub use queue::Queue;
pub use service::{CalledAgain, Service};
pub use settings::{Entrance, Key, Origin, Place, Settings};
pub use stop::told_to_stop;
pub use world::{Called, World};
