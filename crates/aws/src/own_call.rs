//! Calls to services of which one operation is needed, asked for by hand.
//!
//! The SDK's clients for EC2 and CloudTrail would be the largest part of everything that Locksmith
//! compiles, for the sake of an operation each. Signing, connections, retries and time limits are
//! the SDK's own.

use crate::evidence::Session;
use aws_config::{BehaviorVersion, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials as _;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_async::time::SystemTimeSource;
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime::client::retries::classifiers::{
    HttpStatusCodeClassifier, ModeledAsRetryableClassifier, TransientErrorClassifier,
};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
use aws_smithy_types::retry::{ErrorKind, ProvideErrorKind};
use core::fmt;
use std::time::SystemTime;

/// How a service is spoken to.
#[derive(Debug)]
pub(crate) struct Protocol {
    /// Its name in hosts and signatures.
    pub(crate) service: &'static str,
    /// The content type of what it is sent.
    pub(crate) content_type: &'static str,
    /// Reads code and message of a refusal.
    pub(crate) refusal: fn(&str) -> (Option<String>, Option<String>),
    /// The codes that ask to come again later.
    pub(crate) throttles: &'static [&'static str],
}

/// What is sent.
#[derive(Debug)]
pub(crate) struct OwnCall {
    /// The operation's name.
    pub(crate) operation: &'static str,
    /// The path, which names the operation in REST protocols; `/` in others.
    pub(crate) path: &'static str,
    /// The header that names the operation, where the protocol has one.
    pub(crate) target: Option<&'static str>,
    /// The request.
    pub(crate) body: String,
}

/// Why no answer came.
pub(crate) type SdkError = aws_smithy_runtime_api::client::result::SdkError<Refusal, HttpResponse>;

/// Makes a call in the session's account and Region, and reads its answer.
pub(crate) async fn send<T: fmt::Debug + Send + Sync + 'static>(
    session: &Session,
    protocol: &'static Protocol,
    call: OwnCall,
    read: fn(&str) -> Result<T, BoxError>,
) -> Result<T, SdkError> {
    send_with(session.config(), protocol, call, read).await
}

/// Makes a call with our own credentials, in our own Region.
pub(crate) async fn send_with<T: fmt::Debug + Send + Sync + 'static>(
    config: &SdkConfig,
    protocol: &'static Protocol,
    call: OwnCall,
    read: fn(&str) -> Result<T, BoxError>,
) -> Result<T, SdkError> {
    let region = config.region().map_or("", AsRef::as_ref).to_owned();
    let url = match config.endpoint_url() {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None => format!("https://{}.{region}.{}", protocol.service, dns_suffix(&region)),
    };
    let none = || SdkError::construction_failure("there are no credentials");
    let provider = config.credentials_provider().ok_or_else(none)?;
    let credentials =
        provider.provide_credentials().await.map_err(SdkError::construction_failure)?;
    let signed = (url.clone(), region, credentials);
    let operation = Operation::builder()
        .service_name(protocol.service)
        .operation_name(call.operation)
        .behavior_version(BehaviorVersion::latest())
        .http_client(crate::sdk::http_client())
        .endpoint_url(&url)
        .no_auth()
        .standard_retry(&crate::sdk::retries())
        .retry_classifier(HttpStatusCodeClassifier::default())
        .retry_classifier(TransientErrorClassifier::<Refusal>::new())
        .retry_classifier(ModeledAsRetryableClassifier::<Refusal>::new())
        .timeout_config(crate::sdk::timeouts())
        .sleep_impl(TokioSleep::new())
        .time_source(SystemTimeSource::new())
        .with_connection_poisoning()
        .serializer(move |call: OwnCall| {
            let (url, region, credentials) = &signed;
            request(protocol, url, region, credentials, call)
        })
        .deserializer(move |response: &HttpResponse| {
            let text = response.body().bytes().and_then(|bytes| str::from_utf8(bytes).ok());
            let text = text.unwrap_or_default();
            if !response.status().is_success() {
                let kind = response.headers().get("x-amzn-errortype");
                return Err(OrchestratorError::operation(Refusal::read(protocol, kind, text)));
            }
            read(text).map_err(OrchestratorError::response)
        })
        .build();
    operation.invoke(call).await
}

/// A signed POST. It stays good for minutes, so each attempt sends the same.
fn request(
    protocol: &Protocol,
    url: &str,
    region: &str,
    credentials: &Credentials,
    call: OwnCall,
) -> Result<HttpRequest, BoxError> {
    let identity = credentials.clone().into();
    let parameters = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name(protocol.service)
        .time(SystemTime::now())
        .settings(SigningSettings::default())
        .build()?;
    let mut request = HttpRequest::new(SdkBody::from(call.body));
    request.set_method("POST")?;
    request.set_uri(call.path)?;
    request.headers_mut().insert("content-type", protocol.content_type);
    if let Some(target) = call.target {
        request.headers_mut().insert("x-amz-target", target);
    }
    let url = format!("{url}{}", call.path);
    let body = SignableBody::Bytes(request.body().bytes().unwrap_or_default());
    let signable = SignableRequest::new("POST", &*url, request.headers().iter(), body)?;
    let (instructions, _) = sign(signable, &parameters.into())?.into_parts();
    for (name, value) in instructions.headers() {
        request.headers_mut().insert(name.to_owned(), value.to_owned());
    }
    Ok(request)
}

/// What a service says when it refuses.
#[derive(Debug)]
pub(crate) struct Refusal {
    metadata: ErrorMetadata,
    throttles: bool,
    text: Box<str>,
}

impl Refusal {
    fn read(protocol: &Protocol, kind: Option<&str>, text: &str) -> Self {
        let (code, message) = (protocol.refusal)(text);
        let code = code.or_else(|| kind.map(error_name));
        let throttles = code.as_deref().is_some_and(|code| protocol.throttles.contains(&code));
        let mut metadata = ErrorMetadata::builder();
        if let Some(code) = code {
            metadata = metadata.code(code);
        }
        if let Some(message) = message {
            metadata = metadata.message(message);
        }
        Self { metadata: metadata.build(), throttles, text: text.into() }
    }
}

impl Refusal {
    /// Its code.
    pub(crate) fn code(&self) -> Option<&str> {
        self.metadata.code()
    }

    /// All that the service says.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.metadata.fmt(f)
    }
}

impl std::error::Error for Refusal {}

impl ProvideErrorMetadata for Refusal {
    fn meta(&self) -> &ErrorMetadata {
        &self.metadata
    }
}

impl ProvideErrorKind for Refusal {
    fn retryable_error_kind(&self) -> Option<ErrorKind> {
        self.throttles.then_some(ErrorKind::ThrottlingError)
    }

    fn code(&self) -> Option<&str> {
        self.metadata.code()
    }
}

/// Code and message of a refusal by the protocols JSON 1.1 and REST-JSON. The latter mostly names the
/// code in a header.
/// <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html#operation-error-serialization>
/// <https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization>
pub(crate) fn json_refusal(text: &str) -> (Option<String>, Option<String>) {
    let body: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    let field = |name: &str| body.get(name).and_then(serde_json::Value::as_str);
    let message = field("message").or_else(|| field("Message"));
    let code = field("__type").or_else(|| field("code"));
    (code.map(error_name), message.map(str::to_owned))
}

/// `com.amazonaws.cloudtrail#ThrottlingException:http://...` as far as the code goes.
fn error_name(kind: &str) -> String {
    let name = kind.split(':').next().unwrap_or_default();
    name.rsplit('#').next().unwrap_or_default().to_owned()
}

/// <https://docs.aws.amazon.com/general/latest/gr/rande.html>
fn dns_suffix(region: &str) -> &'static str {
    if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" }
}

#[cfg(test)]
mod tests {
    use super::{OwnCall, Protocol, Refusal, json_refusal, request};
    use aws_credential_types::Credentials;
    use aws_smithy_types::error::metadata::ProvideErrorMetadata as _;

    #[test]
    fn all_that_is_sent_is_signed() {
        let protocol = Protocol {
            service: "cloudtrail",
            content_type: "application/x-amz-json-1.1",
            refusal: json_refusal,
            throttles: &[],
        };
        let token = Some("token".to_owned());
        let credentials = Credentials::new("AKIAEXAMPLE", "secret", token, None, "tests");
        let sent = |path, target| {
            let call = OwnCall { operation: "LookupEvents", path, target, body: "{}".to_owned() };
            request(&protocol, "http://127.0.0.1:5000", "us-west-2", &credentials, call).unwrap()
        };
        let json = sent("/", Some("CloudTrail.LookupEvents"));
        let header = |name| json.headers().get(name);
        assert_eq!(
            (json.method(), json.uri(), json.body().bytes()),
            ("POST", "/", Some(&b"{}"[..]))
        );
        assert_eq!(header("content-type"), Some("application/x-amz-json-1.1"));
        assert_eq!(header("x-amz-target"), Some("CloudTrail.LookupEvents"));
        assert_eq!(header("x-amz-security-token"), Some("token"));
        let signed = header("authorization").unwrap();
        assert!(signed.contains("/us-west-2/cloudtrail/aws4_request"), "{signed}");
        let names = "content-type;host;x-amz-date;x-amz-security-token;x-amz-target,";
        assert!(signed.contains(&format!("SignedHeaders={names}")), "{signed}");
        let rest = sent("/policy/validation", None);
        assert_eq!((rest.uri(), rest.headers().get("x-amz-target")), ("/policy/validation", None));
    }

    #[test]
    fn refusals_are_read() {
        let code = |text| json_refusal(text).0;
        let full = r#"{"__type": "com.amazonaws.cloudtrail#ThrottlingException:http://aws/", "message": "Rate exceeded"}"#;
        let read = json_refusal(full);
        assert_eq!(read.0.as_deref(), Some("ThrottlingException"));
        assert_eq!(read.1.as_deref(), Some("Rate exceeded"));
        let short = r#"{"__type": "AccessDeniedException", "Message": "no"}"#;
        assert_eq!(code(short).as_deref(), Some("AccessDeniedException"));
        assert_eq!(json_refusal(short).1.as_deref(), Some("no"));
        for other in ["", "<html>", "[]", "{}"] {
            assert_eq!(json_refusal(other), (None, None));
        }
    }

    /// <https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization>
    #[test]
    fn a_refusal_may_name_its_code_in_a_header() {
        let protocol = Protocol {
            service: "access-analyzer",
            content_type: "application/json",
            refusal: json_refusal,
            throttles: &["ThrottlingException"],
        };
        let body = r#"{"message": "Rate exceeded"}"#;
        let kind = "ThrottlingException:http://internal.amazon.com/coral/com.amazonaws/";
        for (header, body, code, throttles) in [
            (Some(kind), body, Some("ThrottlingException"), true),
            (Some("AccessDeniedException"), body, Some("AccessDeniedException"), false),
            (Some(kind), r#"{"code": "ValidationException"}"#, Some("ValidationException"), false),
            (None, body, None, false),
        ] {
            let refusal = Refusal::read(&protocol, header, body);
            assert_eq!((refusal.meta().code(), refusal.throttles), (code, throttles), "{header:?}");
        }
    }
}
