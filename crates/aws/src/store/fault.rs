//! What DynamoDB's refusals mean.

use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use core::error::Error;
use locksmith_app::ports::StoreError;

/// Why a call got no answer. A condition that does not hold, or a transaction under way on the same
/// item, is a conflict; throttling comes here after the SDK has tried several times.
pub(super) fn of<E>(doing: &str, error: &SdkError<E, HttpResponse>) -> StoreError
where
    E: ProvideErrorMetadata + Error + 'static,
{
    match (error.code(), error.message()) {
        (Some("ConditionalCheckFailedException" | "TransactionConflictException"), _) => {
            StoreError::Conflict
        }
        (Some(code), message) => {
            StoreError::Failed(format!("{doing}: {code}: {}", message.unwrap_or_default()))
        }
        (None, _) => StoreError::Failed(format!("{doing}: {}", DisplayErrorContext(error))),
    }
}

/// The same for a transaction, whose actions have a reason each.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html>
pub(super) fn of_transaction(
    doing: &str,
    error: &SdkError<TransactWriteItemsError, HttpResponse>,
) -> StoreError {
    let Some(TransactWriteItemsError::TransactionCanceledException(canceled)) =
        error.as_service_error()
    else {
        return of(doing, error);
    };
    let conflict = canceled.cancellation_reasons().iter().any(|reason| {
        matches!(reason.code(), Some("ConditionalCheckFailed" | "TransactionConflict"))
    });
    if conflict { StoreError::Conflict } else { of(doing, error) }
}
