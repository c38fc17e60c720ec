//! Calls to Systems Manager, for tickets in OpsCenter.

use crate::evidence::Failure;
use crate::own_call::{self, OwnCall, Protocol, Refusal};
use aws_config::SdkConfig;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::result::SdkError;
use core::fmt;
use serde_json::Value;

const SSM: Protocol = Protocol {
    service: "ssm",
    content_type: "application/x-amz-json-1.1",
    refusal: own_call::json_refusal,
    throttles: &["ThrottlingException", "OpsItemLimitExceededException"],
};

/// Systems Manager of our own account and Region.
#[derive(Clone, Debug)]
pub struct SystemsManager {
    config: SdkConfig,
}

/// A call that did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SystemsManagerError {
    /// The service answered with an error.
    Answered {
        /// Its code, such as `OpsItemAlreadyExistsException`.
        code: String,
        /// All that it says.
        body: Value,
    },
    /// No answer came, or none that could be read: it may have been done or not.
    Unanswered(String),
}

impl fmt::Display for SystemsManagerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answered { code, .. } => f.write_str(code),
            Self::Unanswered(why) => f.write_str(why),
        }
    }
}

impl core::error::Error for SystemsManagerError {}

impl SystemsManager {
    /// Calls with these credentials, in this Region.
    pub fn new(config: SdkConfig) -> Self {
        Self { config }
    }

    /// Makes a call about `OpsItems`, such as `CreateOpsItem`.
    ///
    /// # Errors
    /// [`SystemsManagerError`].
    pub async fn call(&self, operation: &str, body: &Value) -> Result<Value, SystemsManagerError> {
        let unanswered = |why: String| SystemsManagerError::Unanswered(why);
        let (operation, target) = match operation {
            "CreateOpsItem" => ("CreateOpsItem", "AmazonSSM.CreateOpsItem"),
            "DescribeOpsItems" => ("DescribeOpsItems", "AmazonSSM.DescribeOpsItems"),
            "GetOpsItem" => ("GetOpsItem", "AmazonSSM.GetOpsItem"),
            "UpdateOpsItem" => ("UpdateOpsItem", "AmazonSSM.UpdateOpsItem"),
            other => return Err(unanswered(format!("`{other}` is no call about OpsItems"))),
        };
        let call = OwnCall { operation, path: "/", target: Some(target), body: body.to_string() };
        own_call::send_with(&self.config, &SSM, call, json).await.map_err(|error| match &error {
            SdkError::ServiceError(refused) => {
                let refusal: &Refusal = refused.err();
                match refusal.code() {
                    Some(code) => SystemsManagerError::Answered {
                        code: code.to_owned(),
                        body: serde_json::from_str(refusal.text()).unwrap_or_default(),
                    },
                    None => unanswered(Failure::of(operation, &error).to_string()),
                }
            }
            _ => unanswered(Failure::of(operation, &error).to_string()),
        })
    }
}

fn json(answer: &str) -> Result<Value, BoxError> {
    // Some calls answer with nothing at all.
    Ok(if answer.is_empty() { Value::Null } else { serde_json::from_str(answer)? })
}
