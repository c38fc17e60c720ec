//! Evidence, live: what a diagnosis needs, read from the accounts at once.
//!
//! The engine says what it wants ([`locksmith_core::wanted`]) and is asked again after each answer,
//! because an object names its key and a bucket its default. Nothing waits for anything but what it
//! needs itself: the longest chain of calls counts, not how many there are. Chains are at most four
//! calls long (assume the role, read, follow up twice) with these exceptions:
//!
//! - lists of more than one page;
//! - a bucket in another Region than the call's, whose first answer is the redirection;
//! - a key that an access point's bucket in a third account names by an alias;
//! - a bucket whose owner the inventory knew, but that has moved to another account since;
//! - an account more than one organizational unit deep, where AWS does not tell its path in one
//!   answer.
//!
//! Every answer is read, absent, or `{"unreadable": "why"}`. Nothing fails as a whole.

mod accounts;
mod answer;
mod cache;
mod credentials;
mod ec2;
mod files;
mod gate;
mod iam;
mod job;
mod json;
mod key;
mod organization;
mod reader;
mod reading;
mod s3;
mod session;
mod vpc_endpoint;
mod whole;

pub(crate) use answer::{Answer, Failure, OrAbsent};
pub(crate) use credentials::{AccountCredentials, RoleSession};
pub(crate) use gate::Gate;
pub(crate) use session::Session;

pub use accounts::{Accounts, DEFAULT_READ_ROLE, DEFAULT_WRITE_ROLE};
pub use reader::EvidenceReader;
