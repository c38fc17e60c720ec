//! Calls of an account's administrator to services that speak JSON and that the tests have no client
//! for. The emulator takes whose call it is from the access key, and looks at no signature.

use crate::http::client;
use crate::world::{Account, REGION};
use aws_credential_types::provider::ProvideCredentials as _;
use http_body_util::{BodyExt as _, Full};
use hyper::{Method, Request};
use serde_json::Value;

/// Calls an operation by its target, such as `AmazonSQS.CreateQueue`; what it answers.
///
/// # Panics
/// If the emulator refuses it.
pub async fn call(account: &Account, service: &str, target: &str, body: &Value) -> Value {
    let provider = account.sdk.credentials_provider().expect("an administrator");
    let credentials = provider.provide_credentials().await.expect("credentials");
    let scope = format!("{}/20261122/{REGION}/{service}", credentials.access_key_id());
    let request = Request::builder()
        .method(Method::POST)
        .uri(account.sdk.endpoint_url().expect("the wire"))
        .header("content-type", "application/x-amz-json-1.0")
        .header("x-amz-target", target)
        .header("x-amz-security-token", credentials.session_token().unwrap_or_default())
        .header(
            "authorization",
            format!(
                "AWS4-HMAC-SHA256 Credential={scope}/aws4_request, SignedHeaders=host, Signature=0"
            ),
        )
        .body(Full::new(body.to_string().into()))
        .unwrap();
    let answer = client().request(request).await.expect("the wire answers");
    let status = answer.status();
    let body = answer.into_body().collect().await.expect("the wire ends its answer").to_bytes();
    assert!(status.is_success(), "{target}: {status} {}", String::from_utf8_lossy(&body));
    if body.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(&body).expect("an answer in JSON")
}
