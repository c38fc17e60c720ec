//! What was read from the accounts.
//!
//! Three things are kept apart everywhere: a value that was read, a value that is not set (AWS's
//! default holds), and a value that could not be read.

mod account;
mod document;
mod field;
mod folder;
mod grant;
mod organization;

pub use account::*;
pub use document::Document;
pub use field::Field;
pub use folder::{Evidence, EvidenceBuilder, EvidenceError};
pub(crate) use folder::{Found, Lookup, Membership, Organization};
pub(crate) use grant::grants;
pub use grant::{ConstraintsEntry, GrantEntry};
pub use organization::{Node, OrganizationFile, OrganizationPolicy};
