//! What a call came to: read, not set, or why it could not be read.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use core::fmt;
use std::borrow::Cow;
use std::error::Error;

/// The longest message of AWS's that is passed on.
const MESSAGE: usize = 300;

/// A call that brought no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    operation: String,
    code: Option<String>,
    message: String,
    status: Option<u16>,
    region: Option<String>,
    lost: bool,
}

/// The answer of a call.
pub(crate) type Answer<T> = Result<T, Failure>;

impl Failure {
    /// A call that was not made, or made in vain, for a reason of ours.
    pub(crate) fn because(operation: &str, why: impl Into<String>) -> Self {
        Self {
            operation: operation.to_owned(),
            code: None,
            message: why.into(),
            status: None,
            region: None,
            lost: false,
        }
    }

    /// Why the SDK brought no answer.
    pub(crate) fn of<E>(operation: &str, error: &SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        let response = error.raw_response();
        let status = response.map(|response| response.status().as_u16());
        let region = response.and_then(|response| response.headers().get("x-amz-bucket-region"));
        let message = match error {
            SdkError::TimeoutError(_) => "timed out".to_owned(),
            SdkError::ServiceError(_) => match (error.message(), error.code(), status) {
                (Some(message), _, _) => message.to_owned(),
                // An answer to HEAD has no body that could tell more.
                (None, None, Some(200..300)) => "the answer was not understood".to_owned(),
                (None, None, Some(status)) => format!("HTTP status {status}"),
                _ => String::new(),
            },
            other => DisplayErrorContext(other).to_string(),
        };
        let lost = match error {
            SdkError::ConstructionFailure(_) => false,
            SdkError::ServiceError(_) => !matches!(status, Some(300..500)),
            _ => true,
        };
        Self {
            operation: operation.to_owned(),
            code: error.code().map(str::to_owned),
            message: short(&without_echo(&message)),
            status,
            region: region.map(str::to_owned),
            lost,
        }
    }

    /// Whether the call may have taken effect all the same: no answer came, or one that does not
    /// say that it was refused.
    pub(crate) fn is_lost(&self) -> bool {
        self.lost
    }

    /// Whether AWS's message has these words, in whatever case.
    pub(crate) fn says(&self, words: &str) -> bool {
        self.message.to_lowercase().contains(words)
    }

    /// The code of AWS's answer; empty where it has none.
    pub(crate) fn code(&self) -> &str {
        self.code.as_deref().unwrap_or_default()
    }

    /// Whether AWS answered with one of these codes.
    pub(crate) fn is(&self, codes: &[&str]) -> bool {
        self.code.as_deref().is_some_and(|code| codes.contains(&code))
    }

    /// The HTTP status.
    pub(crate) fn status(&self) -> Option<u16> {
        self.status
    }

    /// The Region that a bucket was found in instead.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html>
    pub(crate) fn redirected(&self) -> Option<&str> {
        // Besides 301 there is 400, where the signature was made for the wrong Region.
        self.region.as_deref().filter(|_| matches!(self.status, Some(301 | 307 | 400)))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [Some(&self.operation), self.code.as_ref(), Some(&self.message)];
        let said = parts.into_iter().flatten().filter(|part| !part.is_empty());
        f.write_str(&said.map(String::as_str).collect::<Vec<_>>().join(": "))
    }
}

/// Answers that may say that something is not set.
pub(crate) trait OrAbsent<T> {
    /// Takes AWS's codes for "not set" as an answer.
    fn or_absent(self, codes: &[&str]) -> Answer<Option<T>>;
}

impl<T> OrAbsent<T> for Answer<T> {
    fn or_absent(self, codes: &[&str]) -> Answer<Option<T>> {
        match self {
            Ok(value) => Ok(Some(value)),
            Err(failure) if failure.is(codes) => Ok(None),
            Err(failure) => Err(failure),
        }
    }
}

/// What is wrong with a parameter, without the parameter, which may be a whole policy: `1 validation
/// error detected: Value '...' at 'policyDocument' failed to satisfy constraint: ...`
fn without_echo(message: &str) -> Cow<'_, str> {
    const BEFORE: &str = "Value '";
    const BEHIND: &str = "' at '";
    match (message.find(BEFORE), message.rfind(BEHIND)) {
        (Some(start), Some(end)) if start + BEFORE.len() <= end => {
            let before = message.get(..start + BEFORE.len()).unwrap_or_default();
            let behind = message.get(end..).unwrap_or_default();
            Cow::Owned(format!("{before}...{behind}"))
        }
        _ => Cow::Borrowed(message),
    }
}

fn short(message: &str) -> String {
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MESSAGE) {
        Some((end, _)) => format!("{}...", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::{Failure, short, without_echo};

    #[test]
    fn what_was_sent_is_not_told_again() {
        let said = "2 validation errors detected: Value '{\"Statement\": 'a' }' at 'policy' failed \
                    to satisfy constraint: Member must have length less than 9";
        let told = "2 validation errors detected: Value '...' at 'policy' failed to satisfy \
                    constraint: Member must have length less than 9";
        assert_eq!(without_echo(said), told);
        for same in ["", "Value '", "' at '", "' at ' Value '", "Value ' at 'x"] {
            assert_eq!(without_echo(same), same);
        }
    }

    #[test]
    fn failures_name_the_operation_and_are_short() {
        let failure = Failure::because("GetRole", "there is\n no  answer");
        assert_eq!(failure.to_string(), "GetRole: there is\n no  answer");
        assert_eq!(Failure::because("", "why").to_string(), "why");
        assert_eq!(short("there is\n no  answer"), "there is no answer");
        assert_eq!(short(&"é".repeat(301)), format!("{}...", "é".repeat(300)));
    }
}
