//! Batches from SQS that may fail in part.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting>

pub use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent, SqsMessage};

/// The answer that has these messages delivered again.
pub fn failed<'a>(ids: impl IntoIterator<Item = &'a str>) -> SqsBatchResponse {
    let mut response = SqsBatchResponse::default();
    for id in ids {
        response.add_failure(id);
    }
    response
}
