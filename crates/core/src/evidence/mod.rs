//! What was read from the accounts.

mod document;
mod field;
mod grant;

pub use document::Document;
pub use field::Field;
pub use grant::{ConstraintsEntry, GrantEntry};
