//! Faults, and AWS's answers of their kind in the protocol of each service.

use super::Call;
use hyper::body::Bytes;
use hyper::{Response, StatusCode};

/// Which calls break, how, and how often.
#[derive(Clone, Debug)]
pub struct Fault {
    service: String,
    operation: Option<String>,
    account: Option<String>,
    containing: Option<String>,
    lacking: Option<String>,
    answer: Answer,
    times: Option<u32>,
}

/// What happens in place of the emulator's answer.
#[derive(Clone, Debug)]
pub enum Answer {
    /// AWS's answer of a service that is called too often.
    Throttled,
    /// AWS's answer of a service that is out of order: status 503.
    Unavailable,
    /// AWS's answer to somebody who may not.
    AccessDenied,
    /// The emulator's answer never comes.
    Hang,
    /// The connection breaks, and the emulator never hears of the call.
    Drop,
    /// The emulator does what it was asked for, and the connection breaks before it can say so.
    Lost,
    /// This, word for word.
    Says {
        /// The HTTP status.
        status: u16,
        /// The body.
        body: String,
    },
}

impl Fault {
    /// Every call of a service is answered like this, for ever.
    pub fn of(service: &str, answer: Answer) -> Self {
        Self {
            service: service.to_owned(),
            operation: None,
            account: None,
            containing: None,
            lacking: None,
            answer,
            times: None,
        }
    }

    /// Only this operation.
    #[must_use]
    pub fn operation(mut self, operation: &str) -> Self {
        self.operation = Some(operation.to_owned());
        self
    }

    /// Only with credentials of this account.
    #[must_use]
    pub fn account(mut self, account: &str) -> Self {
        self.account = Some(account.to_owned());
        self
    }

    /// Only if path or body contain this text.
    #[must_use]
    pub fn containing(mut self, text: &str) -> Self {
        self.containing = Some(text.to_owned());
        self
    }

    /// Only if neither path nor body contain this text.
    #[must_use]
    pub fn lacking(mut self, text: &str) -> Self {
        self.lacking = Some(text.to_owned());
        self
    }

    /// Only this often; then the emulator answers again.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    fn matches(&self, call: &Call) -> bool {
        let says = |text: &String| {
            call.path.contains(text) || String::from_utf8_lossy(&call.body).contains(text)
        };
        self.times != Some(0)
            && self.service == call.service
            && self.operation.as_ref().is_none_or(|operation| *operation == call.operation)
            && self.account.as_ref().is_none_or(|account| Some(account) == call.account.as_ref())
            && self.containing.as_ref().is_none_or(says)
            && !self.lacking.as_ref().is_some_and(says)
    }
}

/// The services that speak JSON.
const JSON: [&str; 9] = [
    "kms",
    "organizations",
    "dynamodb",
    "events",
    "cloudtrail",
    "access-analyzer",
    "secretsmanager",
    "sqs",
    "ssm",
];

/// What the first fault that matches does to the call.
pub(super) fn answer(faults: &mut [Fault], call: &Call) -> Option<Answer> {
    let fault = faults.iter_mut().find(|fault| fault.matches(call))?;
    fault.times = fault.times.map(|times| times - 1);
    Some(fault.answer.clone())
}

impl Answer {
    /// The answer in the protocol of the call's service; none where the connection breaks.
    pub(super) fn response(&self, call: &Call) -> Option<Response<Bytes>> {
        let json = JSON.contains(&&*call.service);
        let (status, code, message) = match self {
            Self::Throttled => match &*call.service {
                "s3" | "s3control" => (503, "SlowDown", "Please reduce your request rate."),
                "ec2" => (503, "RequestLimitExceeded", "Request limit exceeded."),
                "organizations" => (400, "TooManyRequestsException", "Rate exceeded"),
                "dynamodb" | "kms" | "events" | "secretsmanager" | "ssm" => {
                    (400, "ThrottlingException", "Rate exceeded")
                }
                "sqs" => (400, "RequestThrottled", "Rate exceeded"),
                _ => (400, "Throttling", "Rate exceeded"),
            },
            Self::Unavailable => match &*call.service {
                "dynamodb" => (500, "InternalServerError", "Internal server error"),
                "kms" => (500, "KMSInternalException", "Internal error"),
                _ => (503, "ServiceUnavailable", "Service is unable to handle request."),
            },
            Self::AccessDenied => match &*call.service {
                "s3" | "s3control" | "iam" | "sts" => (403, "AccessDenied", "Access Denied"),
                "access-analyzer" => (403, "AccessDeniedException", "You are not authorized."),
                "ec2" => (403, "UnauthorizedOperation", "You are not authorized."),
                _ => (400, "AccessDeniedException", "You are not authorized."),
            },
            Self::Says { status, body } => return Some(respond(*status, json, body.clone())),
            Self::Hang | Self::Drop | Self::Lost => return None,
        };
        let id = "7d0f4a2e-1c37-4b52-9a1b-4e3b0f1f6c11";
        let body = match &*call.service {
            "dynamodb" => {
                format!(
                    r#"{{"__type": "com.amazonaws.dynamodb.v20120810#{code}", "message": "{message}"}}"#
                )
            }
            // The code stands in a header.
            "access-analyzer" => format!(r#"{{"message": "{message}"}}"#),
            _ if json => format!(r#"{{"__type": "{code}", "message": "{message}"}}"#),
            "s3" => format!(
                "<Error><Code>{code}</Code><Message>{message}</Message><RequestId>{id}</RequestId></Error>"
            ),
            "ec2" => format!(
                "<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors>\
                 <RequestID>{id}</RequestID></Response>"
            ),
            _ => format!(
                "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code>\
                 <Message>{message}</Message></Error><RequestId>{id}</RequestId></ErrorResponse>"
            ),
        };
        // An answer to HEAD has no body: all that the caller sees is the status.
        let body = if call.operation.starts_with("Head") { String::new() } else { body };
        let mut response = respond(status, json, body);
        if call.service == "access-analyzer" {
            response.headers_mut().insert("x-amzn-errortype", code.parse().unwrap());
        }
        Some(response)
    }
}

fn respond(status: u16, json: bool, body: String) -> Response<Bytes> {
    let kind = if json { "application/x-amz-json-1.1" } else { "text/xml" };
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    response.headers_mut().insert("content-type", kind.parse().unwrap());
    response
}
