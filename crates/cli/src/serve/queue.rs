//! A queue of SQS that brings denials.

use crate::exit::Exit;
use crate::problem::Problem;
use locksmith_aws::{SqsMessage, SqsQueue};
use locksmith_serve::{Inbox, Received};

/// A queue of SQS, as an inbox.
#[derive(Debug)]
pub(super) struct Denials(SqsQueue);

impl Denials {
    /// The queue at an address, read with the credentials of the AWS CLI.
    pub(super) async fn at(url: &str) -> Result<Self, Problem> {
        let config = locksmith_aws::sdk_config().await;
        if config.region().is_none() {
            let problem = Problem::new(Exit::BadInput, "no AWS Region is set");
            return Err(problem.help("set AWS_REGION, or a region in your AWS profile"));
        }
        Ok(Self(SqsQueue::new(config, url.to_owned())))
    }
}

impl Inbox for Denials {
    async fn receive(&self) -> Result<Vec<Received>, String> {
        let received =
            |message: SqsMessage| Received { receipt: message.receipt_handle, body: message.body };
        Ok(self.0.receive().await?.into_iter().map(received).collect())
    }

    async fn delete(&self, receipts: Vec<String>) -> Result<(), String> {
        self.0.delete(&receipts).await
    }
}
