//! Writing, tried again where that may help, and what is known afterwards.

use crate::evidence::{Answer, Failure};
use core::future::Future;
use core::time::Duration;
use locksmith_app::ports::WriteError;

/// How long is waited before a write is tried again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waits {
    /// While a principal that a policy names is not known everywhere yet.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency>
    pub new_principal: Vec<Duration>,
    /// While AWS throttles, is busy with the same resource, or does not answer.
    pub busy: Vec<Duration>,
}

impl Default for Waits {
    /// Half a minute for a principal to become known, and seconds for all else.
    fn default() -> Self {
        Self {
            new_principal: [1, 2, 4, 8, 15].map(Duration::from_secs).into(),
            busy: [250, 500, 1000, 2000].map(Duration::from_millis).into(),
        }
    }
}

/// Tries a write until it is done or there is nothing more to wait for. Once an attempt was lost, a
/// later refusal says nothing about what that attempt did.
pub(super) async fn persist<F>(waits: &Waits, attempt: impl Fn() -> F) -> Result<(), WriteError>
where
    F: Future<Output = Answer<()>>,
{
    let mut unclear = false;
    let mut new_principal = waits.new_principal.iter();
    let mut busy = waits.busy.iter();
    loop {
        let Err(failure) = attempt().await else { return Ok(()) };
        let trouble = Trouble::of(&failure);
        unclear |= trouble == Trouble::Lost;
        let wait = match trouble {
            Trouble::NewPrincipal => new_principal.next(),
            Trouble::Busy | Trouble::Lost => busy.next(),
            Trouble::Refused => None,
        };
        match wait {
            Some(wait) => tokio::time::sleep(*wait).await,
            None if unclear => return Err(WriteError::Unclear(failure.to_string())),
            None => return Err(WriteError::Refused(failure.to_string())),
        }
    }
}

/// What is wrong with a write that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    /// A principal that the policy names is not known, or not known yet.
    NewPrincipal,
    /// AWS asks to come again.
    Busy,
    /// It may have been written.
    Lost,
    /// It was not written, and will not be.
    Refused,
}

/// The codes that ask to come again: throttling, and others who write the same in that moment.
const BUSY: [&str; 9] = [
    "ConcurrentModification",
    "ConcurrentModificationException",
    "EntityTemporarilyUnmodifiable",
    "OperationAborted",
    "RequestLimitExceeded",
    "SlowDown",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
];

impl Trouble {
    fn of(failure: &Failure) -> Self {
        let of_policy = |code: &str| {
            // S3 says MalformedPolicy, IAM MalformedPolicyDocument, KMS
            // MalformedPolicyDocumentException, and of a grant InvalidArnException.
            code.starts_with("MalformedPolicy") || code == "InvalidArnException"
        };
        if failure.is_lost() {
            Self::Lost
        } else if of_policy(failure.code()) && failure.says("principal") {
            Self::NewPrincipal
        } else if failure.is(&BUSY) {
            Self::Busy
        } else {
            Self::Refused
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Trouble, Waits, persist};
    use crate::evidence::{Answer, Failure};
    use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
    use aws_smithy_runtime_api::client::result::SdkError;
    use aws_smithy_types::body::SdkBody;
    use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
    use core::fmt;
    use core::time::Duration;
    use locksmith_app::ports::WriteError;
    use std::sync::Mutex;

    #[derive(Debug)]
    struct Said(ErrorMetadata);

    impl fmt::Display for Said {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.fmt(f)
        }
    }

    impl core::error::Error for Said {}

    impl ProvideErrorMetadata for Said {
        fn meta(&self) -> &ErrorMetadata {
            &self.0
        }
    }

    fn answered(status: u16, code: &str, message: &str) -> Failure {
        let said = Said(ErrorMetadata::builder().code(code).message(message).build());
        let response = HttpResponse::new(status.try_into().unwrap(), SdkBody::empty());
        Failure::of("PutBucketPolicy", &SdkError::service_error(said, response))
    }

    fn timed_out() -> Failure {
        Failure::of("PutBucketPolicy", &SdkError::<Said, HttpResponse>::timeout_error("slow"))
    }

    #[test]
    fn troubles_are_told_apart() {
        let cases = [
            (
                answered(400, "MalformedPolicy", "Invalid principal in policy"),
                Trouble::NewPrincipal,
            ),
            (
                answered(
                    400,
                    "MalformedPolicyDocument",
                    "Invalid principal in policy: \"AWS\":\"x\"",
                ),
                Trouble::NewPrincipal,
            ),
            (
                answered(
                    400,
                    "MalformedPolicyDocumentException",
                    "Policy contains a statement with one or more invalid principals.",
                ),
                Trouble::NewPrincipal,
            ),
            (
                answered(400, "InvalidArnException", "ARN does not refer to a valid principal: x"),
                Trouble::NewPrincipal,
            ),
            (answered(400, "MalformedPolicy", "Policy has invalid action"), Trouble::Refused),
            (answered(403, "AccessDenied", "Access Denied"), Trouble::Refused),
            (answered(404, "NoSuchBucket", "The bucket does not exist"), Trouble::Refused),
            (answered(404, "NoSuchEntity", "The role cannot be found."), Trouble::Refused),
            (answered(409, "LimitExceeded", "Maximum policy size exceeded"), Trouble::Refused),
            (answered(400, "LimitExceededException", "too many grants"), Trouble::Refused),
            (answered(409, "OperationAborted", "A conflicting operation"), Trouble::Busy),
            (answered(409, "ConcurrentModification", "try again"), Trouble::Busy),
            (answered(400, "ThrottlingException", "Rate exceeded"), Trouble::Busy),
            (answered(503, "SlowDown", "Please reduce your request rate."), Trouble::Lost),
            (answered(500, "InternalError", "We encountered an internal error."), Trouble::Lost),
            (answered(200, "InternalError", "said with the status of success"), Trouble::Lost),
            (timed_out(), Trouble::Lost),
            (Failure::because("PutBucketPolicy", "a reason of ours"), Trouble::Refused),
        ];
        for (failure, trouble) in cases {
            assert_eq!(Trouble::of(&failure), trouble, "{failure}");
        }
    }

    /// What comes of attempts that end like this, and how many of them there were.
    async fn outcome(ends: Vec<Answer<()>>) -> (Result<(), WriteError>, usize) {
        let waits = Waits { new_principal: vec![Duration::ZERO; 2], busy: vec![Duration::ZERO; 2] };
        let count = ends.len();
        let ends = Mutex::new(ends.into_iter());
        let attempt = || {
            let end = ends.lock().unwrap().next().expect("one attempt more than there are ends");
            core::future::ready(end)
        };
        let result = persist(&waits, attempt).await;
        let left = ends.lock().unwrap().len();
        (result, count - left)
    }

    #[tokio::test]
    async fn writes_are_tried_again_where_that_may_help() {
        let unknown = || Err(answered(400, "MalformedPolicy", "Invalid principal in policy"));
        let denied = || Err(answered(403, "AccessDenied", "Access Denied"));
        let busy = || Err(answered(409, "OperationAborted", "busy"));
        let lost = || Err(timed_out());

        assert_eq!(outcome(vec![unknown(), unknown(), Ok(())]).await, (Ok(()), 3));
        assert_eq!(outcome(vec![lost(), busy(), Ok(())]).await, (Ok(()), 3));
        let refused = "PutBucketPolicy: AccessDenied: Access Denied".to_owned();
        let told = outcome(vec![denied(), Ok(())]).await;
        assert_eq!(told, (Err(WriteError::Refused(refused.clone())), 1));
        let told = outcome(vec![unknown(), denied(), Ok(())]).await;
        assert_eq!(told, (Err(WriteError::Refused(refused.clone())), 2));
        // The first attempt may have been written.
        let told = outcome(vec![lost(), denied(), Ok(())]).await;
        assert_eq!(told, (Err(WriteError::Unclear(refused)), 2));
    }

    #[tokio::test]
    async fn patience_ends() {
        let unknown = || Err(answered(400, "MalformedPolicy", "Invalid principal in policy"));
        let (result, attempts) = outcome(vec![unknown(), unknown(), unknown(), Ok(())]).await;
        assert!(matches!(result, Err(WriteError::Refused(_))), "{result:?}");
        assert_eq!(attempts, 3);
        let lost = || Err(timed_out());
        let (result, attempts) = outcome(vec![lost(), lost(), lost(), Ok(())]).await;
        assert!(matches!(result, Err(WriteError::Unclear(_))), "{result:?}");
        assert_eq!(attempts, 3);
        let total: Duration = Waits::default().new_principal.iter().sum();
        assert_eq!(total, Duration::from_secs(30));
    }
}
