//! Tickets in OpsCenter, by our own account's Systems Manager.

use locksmith_aws::SystemsManagerError;
use locksmith_tickets::{CallError, SystemsManager};
use serde_json::Value;

/// Systems Manager of our own account.
pub(crate) struct OpsCenter<'a>(pub(crate) &'a locksmith_aws::SystemsManager);

impl SystemsManager for OpsCenter<'_> {
    async fn call(&self, operation: &str, body: Value) -> Result<Value, CallError> {
        self.0.call(operation, &body).await.map_err(|error| match error {
            SystemsManagerError::Answered { code, body } => CallError::Answered { code, body },
            SystemsManagerError::Unanswered(why) => CallError::Unanswered(why),
        })
    }
}
