//! What the program asks of the engine.

pub(crate) use locksmith_core::call::PlainRequest;
pub(crate) use locksmith_core::evidence::{Evidence, EvidenceBuilder};
pub(crate) use locksmith_core::explain::{explain_record, explain_request};
pub(crate) use locksmith_core::record::records;
