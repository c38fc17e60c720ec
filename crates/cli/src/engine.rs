//! What the program asks of the engine.

pub(crate) use locksmith_core::arn::AccountId;
pub(crate) use locksmith_core::call::{PlainRequest, RequestError};
pub(crate) use locksmith_core::diagnosis::Diagnosis;
pub(crate) use locksmith_core::evidence::{Evidence, EvidenceBuilder};
pub(crate) use locksmith_core::explain::{explain_record, explain_request};
pub(crate) use locksmith_core::plan::Plan;
pub(crate) use locksmith_core::propose::{PlanOptions, plan_record, plan_request};
pub(crate) use locksmith_core::record::{Record, records};
