//! From a call and the evidence to a diagnosis.

mod absences;
mod agreement;
mod assemble;
mod causes;
mod conditions;
mod facts;
mod notes;
mod ownership;
mod principal;
mod row;
mod settings;
mod trust;
mod verdict;
mod words;

use crate::call::{Call, PlainRequest, RequestError};
use crate::diagnosis::Diagnosis;
use crate::evidence::Evidence;
use crate::need;
use crate::record::Record;

pub(crate) use facts::{Facts, KeySubject, Subject};
pub(crate) use principal::resolved;
pub(crate) use row::Row;
pub use words::in_prose;

/// Explains the call of a CloudTrail record.
pub fn explain_record(record: &Record, evidence: &Evidence) -> Diagnosis {
    explain(Call::from_record(record), evidence)
}

/// Explains a recorded call as if it were made again: what AWS said of the key's state back then does
/// not count, because the evidence tells it as it is now.
pub fn explain_again(record: &Record, evidence: &Evidence) -> Diagnosis {
    explain(Call::from_record(record).without_state_error(), evidence)
}

/// Explains a call that nobody recorded.
///
/// # Errors
/// [`RequestError`] for a request that cannot be read.
pub fn explain_request(
    request: &PlainRequest,
    evidence: &Evidence,
) -> Result<Diagnosis, RequestError> {
    Ok(explain(Call::from_request(request)?, evidence))
}

fn explain(call: Call, evidence: &Evidence) -> Diagnosis {
    let call = principal::resolved(call, evidence);
    Explained::of(&call, evidence).diagnosis
}

/// A diagnosis with all that it was made from.
pub(crate) struct Explained<'a> {
    pub(crate) facts: Facts<'a>,
    pub(crate) rows: Vec<Row<'a>>,
    pub(crate) diagnosis: Diagnosis,
}

impl<'a> Explained<'a> {
    /// Explains a call whose caller is resolved.
    pub(crate) fn of(call: &'a Call, evidence: &'a Evidence) -> Self {
        let needs = need::needs(call, evidence);
        let facts = Facts { call, evidence };
        let mut rows: Vec<Row> =
            needs.into_iter().map(|need| Row::evaluate(&facts, need)).collect();
        let diagnosis = verdict::diagnosis(&facts, &mut rows);
        Self { facts, rows, diagnosis }
    }
}
