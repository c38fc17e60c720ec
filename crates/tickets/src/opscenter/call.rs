//! The calls to Systems Manager that this crate leaves to whoever has the credentials.

use crate::exchange::Fault;
use core::future::Future;
use serde_json::Value;

/// Calls Systems Manager by its JSON 1.1 protocol, in the hub's account and Region.
/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/Welcome.html>
pub trait SystemsManager: Sync {
    /// Makes a call, such as `CreateOpsItem`, and answers its output. Whoever implements it sets the
    /// time limits, and makes calls again that were throttled.
    ///
    /// # Errors
    /// [`CallError`].
    fn call(
        &self,
        operation: &str,
        body: Value,
    ) -> impl Future<Output = Result<Value, CallError>> + Send;
}

/// A call to AWS that did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallError {
    /// The service answered with an error.
    Answered {
        /// Its code, without what stands before a `#`.
        code: String,
        /// All that it says.
        body: Value,
    },
    /// No answer came: it may have been done or not.
    Unanswered(String),
}

impl CallError {
    /// Whether it is the error of this code.
    pub(crate) fn is(&self, wanted: &str) -> bool {
        matches!(self, Self::Answered { code, .. } if code == wanted)
    }

    /// All that the service says.
    pub(crate) fn body(&self) -> &Value {
        match self {
            Self::Answered { body, .. } => body,
            Self::Unanswered(_) => &Value::Null,
        }
    }
}

impl From<CallError> for Fault {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Unanswered(why) => Self::Unsure(format!("OpsCenter: {why}")),
            CallError::Answered { code, body } => {
                let words = ["Message", "message"].iter().find_map(|name| body.get(name)?.as_str());
                let words = words.map(|words| format!(": {words}")).unwrap_or_default();
                let why = format!("OpsCenter: {code}{words}");
                match code.as_str() {
                    "InternalServerError" | "InternalFailure" => Self::Unsure(why),
                    "ThrottlingException"
                    | "TooManyRequestsException"
                    | "ServiceUnavailable"
                    | "ServiceUnavailableException"
                    | "RequestLimitExceeded"
                    | "OpsItemConflictException"
                    | "ExpiredTokenException" => Self::Busy { why, after: None },
                    _ => Self::Refused(format!(
                        "{why}; the role needs ssm:CreateOpsItem, ssm:UpdateOpsItem, \
                         ssm:GetOpsItem and ssm:DescribeOpsItems"
                    )),
                }
            }
        }
    }
}
