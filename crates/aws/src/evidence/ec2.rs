//! One operation of EC2, asked for by hand.
//!
//! `aws-sdk-ec2` would be the largest part of everything that Locksmith compiles, for the sake of
//! `DescribeVpcEndpoints`. The request is the documented [Query API]; signing, connections, retries
//! and time limits are the SDK's own.
//!
//! [Query API]: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-request.html

use super::answer::{Answer, Failure};
use super::session::Session;
use aws_config::BehaviorVersion;
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
use serde::Deserialize;
use std::time::SystemTime;

/// The version of the API, which is part of every request.
const VERSION: &str = "2016-11-15";

/// A VPC endpoint as `DescribeVpcEndpoints` tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct VpcEndpoint {
    #[serde(rename = "vpcEndpointId")]
    pub(super) id: String,
    #[serde(rename = "vpcEndpointType")]
    pub(super) kind: Option<String>,
    pub(super) vpc_id: Option<String>,
    pub(super) service_name: Option<String>,
    pub(super) state: Option<String>,
    pub(super) owner_id: Option<String>,
    pub(super) policy_document: Option<String>,
}

/// A page of the answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Page {
    vpc_endpoint_set: Items,
    next_token: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct Items {
    item: Vec<VpcEndpoint>,
}

/// The most pages that are read.
const PAGES: usize = 50;

/// The VPC endpoint of an id, or all of the account and Region. None has an id that does not exist.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpoints.html>
pub(super) async fn describe_vpc_endpoints(
    session: &Session,
    id: Option<&str>,
) -> Answer<Vec<VpcEndpoint>> {
    let name = "DescribeVpcEndpoints";
    let mut here = session.clone();
    let mut found = Vec::new();
    let mut token: Option<String> = None;
    for _ in 0..PAGES {
        let mut body = format!("Action={name}&Version={VERSION}");
        if let Some(id) = id {
            body.extend(["&VpcEndpointId.1=", &escaped(id)]);
        }
        if let Some(token) = &token {
            body.extend(["&NextToken=", &escaped(token)]);
        }
        match here.call(name, send(session, name, body)).await {
            Ok(page) => {
                found.extend(page.vpc_endpoint_set.item);
                token = page.next_token.filter(|token| !token.is_empty());
            }
            Err(failure) if failure.is(&["InvalidVpcEndpointId.NotFound"]) => return Ok(found),
            Err(failure) => return Err(failure),
        }
        if token.is_none() {
            return Ok(found);
        }
        here = here.after();
    }
    Err(Failure::because(name, format!("there are more than {PAGES} pages")))
}

type SdkError = aws_smithy_runtime_api::client::result::SdkError<QueryError, HttpResponse>;

async fn send(session: &Session, name: &'static str, body: String) -> Result<Page, SdkError> {
    let config = session.config();
    let region = session.region().to_owned();
    let url = match config.endpoint_url() {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None => format!("https://ec2.{region}.{}", dns_suffix(&region)),
    };
    let none = || SdkError::construction_failure("there are no credentials");
    let provider = config.credentials_provider().ok_or_else(none)?;
    let credentials =
        provider.provide_credentials().await.map_err(SdkError::construction_failure)?;
    let signed = (url.clone(), region, credentials);
    let operation = Operation::builder()
        .service_name("ec2")
        .operation_name(name)
        .behavior_version(BehaviorVersion::latest())
        .http_client(crate::sdk::http_client())
        .endpoint_url(&url)
        .no_auth()
        .standard_retry(&crate::sdk::retries())
        .retry_classifier(HttpStatusCodeClassifier::default())
        .retry_classifier(TransientErrorClassifier::<QueryError>::new())
        .retry_classifier(ModeledAsRetryableClassifier::<QueryError>::new())
        .timeout_config(crate::sdk::timeouts())
        .sleep_impl(TokioSleep::new())
        .time_source(SystemTimeSource::new())
        .with_connection_poisoning()
        .serializer(move |body: String| {
            let (url, region, credentials) = &signed;
            request(url, region, credentials, body)
        })
        .deserializer(page)
        .build();
    operation.invoke(body).await
}

/// A signed POST. It stays good for minutes, so each attempt sends the same.
fn request(
    url: &str,
    region: &str,
    credentials: &Credentials,
    body: String,
) -> Result<HttpRequest, BoxError> {
    let identity = credentials.clone().into();
    let parameters = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name("ec2")
        .time(SystemTime::now())
        .settings(SigningSettings::default())
        .build()?;
    let kind = ("content-type", "application/x-www-form-urlencoded; charset=utf-8");
    let url = format!("{url}/");
    let signable = SignableRequest::new(
        "POST",
        url.as_str(),
        [kind].into_iter(),
        SignableBody::Bytes(body.as_bytes()),
    )?;
    let (instructions, _) = sign(signable, &parameters.into())?.into_parts();
    let mut request = HttpRequest::new(SdkBody::from(body));
    request.set_method("POST")?;
    request.set_uri("/")?;
    for (name, value) in instructions.headers().chain([kind]) {
        request.headers_mut().insert(name.to_owned(), value.to_owned());
    }
    Ok(request)
}

fn page(response: &HttpResponse) -> Result<Page, OrchestratorError<QueryError>> {
    let text = response.body().bytes().and_then(|bytes| str::from_utf8(bytes).ok());
    let text = text.unwrap_or_default();
    if !response.status().is_success() {
        return Err(OrchestratorError::operation(QueryError::read(text)));
    }
    quick_xml::de::from_str(text).map_err(|error| OrchestratorError::response(error.into()))
}

/// What the Query API says when it refuses.
#[derive(Debug)]
pub(super) struct QueryError(ErrorMetadata);

impl QueryError {
    fn read(text: &str) -> Self {
        #[derive(Default, Deserialize)]
        #[serde(rename_all = "PascalCase", default)]
        struct Response {
            errors: Errors,
        }
        #[derive(Default, Deserialize)]
        #[serde(rename_all = "PascalCase", default)]
        struct Errors {
            error: One,
        }
        #[derive(Default, Deserialize)]
        #[serde(rename_all = "PascalCase", default)]
        struct One {
            code: Option<String>,
            message: Option<String>,
        }
        let response: Response = quick_xml::de::from_str(text).unwrap_or_default();
        let One { code, message } = response.errors.error;
        let mut metadata = ErrorMetadata::builder();
        if let Some(code) = code {
            metadata = metadata.code(code);
        }
        if let Some(message) = message {
            metadata = metadata.message(message);
        }
        Self(metadata.build())
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for QueryError {}

impl ProvideErrorMetadata for QueryError {
    fn meta(&self) -> &ErrorMetadata {
        &self.0
    }
}

/// <https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html>
impl ProvideErrorKind for QueryError {
    fn retryable_error_kind(&self) -> Option<ErrorKind> {
        let throttles = |code| ["RequestLimitExceeded", "Throttling"].contains(&code);
        self.0.code().filter(|code| throttles(*code)).map(|_| ErrorKind::ThrottlingError)
    }

    fn code(&self) -> Option<&str> {
        self.0.code()
    }
}

/// <https://docs.aws.amazon.com/general/latest/gr/rande.html>
fn dns_suffix(region: &str) -> &'static str {
    if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" }
}

/// Ids and tokens as a form writes them.
fn escaped(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::{Page, QueryError, escaped};
    use aws_smithy_types::error::metadata::ProvideErrorMetadata as _;

    const ANSWER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<DescribeVpcEndpointsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <requestId>19a9ff46-7df6-49b8-9726-3df27527089d</requestId>
  <vpcEndpointSet>
    <item>
      <vpcEndpointId>vpce-0a1b</vpcEndpointId>
      <vpcEndpointType>Gateway</vpcEndpointType>
      <vpcId>vpc-1</vpcId>
      <serviceName>com.amazonaws.us-west-2.s3</serviceName>
      <state>available</state>
      <policyDocument>{"Statement":[{"Effect":"Allow","Resource":"a&amp;b"}]}</policyDocument>
      <routeTableIdSet><item>rtb-3</item></routeTableIdSet>
      <privateDnsEnabled>false</privateDnsEnabled>
    </item>
    <item><vpcEndpointId>vpce-2</vpcEndpointId></item>
  </vpcEndpointSet>
  <nextToken>more</nextToken>
</DescribeVpcEndpointsResponse>"#;

    #[test]
    fn answers_are_read() {
        let page: Page = quick_xml::de::from_str(ANSWER).unwrap();
        let [first, second] = &*page.vpc_endpoint_set.item else { panic!("{page:?}") };
        let policy = r#"{"Statement":[{"Effect":"Allow","Resource":"a&b"}]}"#;
        assert_eq!(first.policy_document.as_deref(), Some(policy));
        assert_eq!(first.vpc_id.as_deref(), Some("vpc-1"));
        assert_eq!((&*second.id, &second.policy_document), ("vpce-2", &None));
        assert_eq!(page.next_token.as_deref(), Some("more"));
        let empty =
            "<DescribeVpcEndpointsResponse><vpcEndpointSet/></DescribeVpcEndpointsResponse>";
        assert_eq!(quick_xml::de::from_str::<Page>(empty).unwrap(), Page::default());
    }

    #[test]
    fn refusals_are_read() {
        let text = "<Response><Errors><Error><Code>UnauthorizedOperation</Code>\
                    <Message>You are not authorized.</Message></Error></Errors></Response>";
        let error = QueryError::read(text);
        assert_eq!(error.code(), Some("UnauthorizedOperation"));
        assert_eq!(error.message(), Some("You are not authorized."));
        assert_eq!(QueryError::read("<html>").code(), None);
    }

    #[test]
    fn tokens_are_escaped() {
        assert_eq!(escaped("a-b=/+"), "a-b%3D%2F%2B");
    }
}
