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

pub(crate) use facts::Facts;
pub(crate) use principal::resolved;
pub(crate) use row::Row;

/// Explains the call of a CloudTrail record.
pub fn explain_record(record: &Record, evidence: &Evidence) -> Diagnosis {
    explain(Call::from_record(record), evidence)
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
    let needs = need::needs(&call, evidence);
    let facts = Facts { call: &call, evidence };
    let rows: Vec<Row> = needs.into_iter().map(|need| Row::evaluate(&facts, need)).collect();
    verdict::diagnosis(&facts, rows)
}
