//! Evaluation: one request through every policy layer.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

mod alone;
mod caller;
mod decide;
mod grant;
mod layer;
mod public;
mod reason;
mod statement;
mod unread;

pub(crate) use alone::{documents_say, grants_say};
pub use caller::{Caller, CallerError, CallerKind, Entity, Naming};
pub(crate) use decide::works_across_accounts;
pub use decide::{Answer, Decision, Request, decide};
pub use grant::{Constraints, Grant, Grants};
pub use layer::{Documents, Layer, ObjectAccess, Outcome, Policies, ResourcePolicy, Source};
pub use public::is_public;
pub use reason::{Reason, Reasons, Unexplained};
pub(crate) use statement::Says;
pub use unread::Unread;
