//! Which operation of which service a request asks for.

use super::Session;
use hyper::body::Bytes;
use hyper::{Method, Request};
use percent_encoding::percent_decode_str;
use std::sync::Arc;
use std::time::Duration;

/// A call that went over the wire.
#[derive(Clone, Debug)]
pub struct Call {
    /// The service by its signing name (`sts`, `s3`, `kms`, `events` ...), and `s3control`.
    pub service: String,
    /// The API operation.
    pub operation: String,
    /// The account of the credentials; none for credentials that no role gave.
    pub account: Option<String>,
    /// The session whose credentials these are; none for credentials that no role gave.
    pub session: Option<Arc<Session>>,
    /// The access key.
    pub access_key: String,
    /// The Region of the signature.
    pub region: String,
    /// Path and query.
    pub path: String,
    /// What was sent.
    pub body: Bytes,
    /// `x-amz-expected-bucket-owner`.
    pub expected_owner: Option<String>,
    /// Since the wire's start.
    pub begin: Duration,
    /// None while it runs.
    pub end: Option<Duration>,
    /// The status of the answer; none while it runs, or if there was no answer.
    pub status: Option<u16>,
    /// Whether the proxy answered and not the emulator.
    pub injected: bool,
}

impl Call {
    pub(super) fn of(request: &Request<Bytes>, begin: Duration) -> Self {
        let header = |name: &str| {
            let value = request.headers().get(name)?;
            value.to_str().ok().map(str::to_owned)
        };
        let authorization = header("authorization").unwrap_or_default();
        // AWS4-HMAC-SHA256 Credential=AKIA.../20261122/us-west-2/kms/aws4_request, SignedHeaders=...
        let scope = authorization.split("Credential=").nth(1).unwrap_or_default();
        let mut scope = scope.split([',', ' ']).next().unwrap_or_default().split('/');
        let access_key = scope.next().unwrap_or_default().to_owned();
        let region = scope.nth(1).unwrap_or_default().to_owned();
        let signed_for = scope.next().unwrap_or_default();
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let control = signed_for == "s3" && path.starts_with("/v20180820/");
        let service = if control { "s3control" } else { signed_for }.to_owned();
        let operation = if control {
            control_operation(request.method(), request.uri().path())
        } else if let Some(target) = header("x-amz-target") {
            target.rsplit('.').next().unwrap_or_default().to_owned()
        } else if service == "s3" {
            bucket_operation(request.method(), request.uri().path(), request.uri().query())
        } else if service == "access-analyzer" {
            check_operation(request.uri().path())
        } else {
            parameter(request.body(), "Action").unwrap_or_else(|| path.clone())
        };
        Self {
            service,
            operation,
            account: None,
            session: None,
            access_key,
            region,
            path,
            body: request.body().clone(),
            expected_owner: header("x-amz-expected-bucket-owner"),
            begin,
            end: None,
            status: None,
            injected: false,
        }
    }

    /// With the session that it is made in.
    pub(super) fn of_session(self, session: Option<Arc<Session>>) -> Self {
        let account = session.as_ref().map(|session| session.account.clone());
        Self { account, session, ..self }
    }

    /// Whether the tests themselves call, as an administrator, and not what is tested.
    pub fn is_administrators(&self) -> bool {
        self.session.as_ref().is_none_or(|session| Session::is_administrators(&session.role))
    }

    /// Whether it changes nothing, by the name of its operation.
    pub fn is_read(&self) -> bool {
        let verbs = [
            "Get",
            "List",
            "Head",
            "Describe",
            "Lookup",
            "Query",
            "BatchGet",
            "AssumeRole",
            "Simulate",
            "Validate",
            "Check",
        ];
        verbs.iter().any(|verb| self.operation.starts_with(verb))
    }

    /// A parameter of AWS's query protocol.
    pub fn parameter(&self, name: &str) -> Option<String> {
        parameter(&self.body, name)
    }

    /// Which bucket a call to S3 is about.
    pub fn bucket(&self) -> &str {
        self.path.trim_start_matches('/').split(['/', '?']).next().unwrap_or_default()
    }

    /// How many items of a DynamoDB table it writes.
    pub(super) fn items_written(&self) -> usize {
        match &*self.operation {
            "PutItem" | "UpdateItem" | "DeleteItem" => 1,
            "TransactWriteItems" => {
                let request: serde_json::Value = serde_json::from_slice(&self.body).unwrap();
                let items = request["TransactItems"].as_array().map(Vec::as_slice);
                let check = |item: &&serde_json::Value| item.get("ConditionCheck").is_none();
                items.unwrap_or_default().iter().filter(check).count()
            }
            _ => 0,
        }
    }

    /// One line for people.
    pub fn line(&self) -> String {
        let account = self.account.as_deref().unwrap_or("-");
        let status =
            self.status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
        let by = if self.injected { ", injected" } else { "" };
        let end = self.end.map_or_else(|| "...".to_owned(), |end| end.as_millis().to_string());
        format!(
            "{:>6}-{end:<6} {account} {} {} {} ({status}{by})",
            self.begin.as_millis(),
            self.service,
            self.operation,
            if self.service.starts_with("s3") { &self.path } else { "" },
        )
    }
}

fn parameter(body: &[u8], name: &str) -> Option<String> {
    let body = std::str::from_utf8(body).ok()?;
    let value = body.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    Some(percent_decode_str(&value.replace('+', " ")).decode_utf8_lossy().into_owned())
}

/// S3's operations have no names on the wire, only methods, paths and subresources.
fn bucket_operation(method: &Method, path: &str, query: Option<&str>) -> String {
    let query = query.unwrap_or_default();
    let object =
        path.trim_start_matches('/').split_once('/').is_some_and(|(_, key)| !key.is_empty());
    let verb = match method.as_str() {
        "GET" => "Get",
        "PUT" | "POST" => "Put",
        "DELETE" => "Delete",
        _ => "Head",
    };
    let subresource = query.split('&').find_map(|pair| {
        Some(match pair.split('=').next().unwrap_or_default() {
            "policy" => "BucketPolicy",
            "encryption" => "BucketEncryption",
            "publicAccessBlock" => "PublicAccessBlock",
            "ownershipControls" => "BucketOwnershipControls",
            "requestPayment" => "BucketRequestPayment",
            "tagging" if object => "ObjectTagging",
            "tagging" => "BucketTagging",
            "acl" if object => "ObjectAcl",
            "acl" => "BucketAcl",
            "location" => "BucketLocation",
            "abac" => "BucketAbac",
            _ => return None,
        })
    });
    match (subresource, object, verb) {
        (Some(thing), ..) => format!("{verb}{thing}"),
        (None, true, verb) => format!("{verb}Object"),
        (None, false, "Get") if path == "/" => "ListBuckets".to_owned(),
        (None, false, "Get") => "ListObjects".to_owned(),
        (None, false, "Put") => "CreateBucket".to_owned(),
        (None, false, verb) => format!("{verb}Bucket"),
    }
}

fn check_operation(path: &str) -> String {
    match path {
        "/policy/validation" => "ValidatePolicy".to_owned(),
        "/policy/check-no-public-access" => "CheckNoPublicAccess".to_owned(),
        other => other.to_owned(),
    }
}

fn control_operation(method: &Method, path: &str) -> String {
    let path = path.trim_start_matches("/v20180820/");
    let verb = match *method {
        Method::GET => "Get",
        Method::DELETE => "Delete",
        _ => "Put",
    };
    match path.trim_end_matches('/').split('/').collect::<Vec<_>>().as_slice() {
        ["configuration", "publicAccessBlock"] => format!("{verb}PublicAccessBlock"),
        ["accesspoint"] => "ListAccessPoints".to_owned(),
        ["accesspoint", _] if verb == "Put" => "CreateAccessPoint".to_owned(),
        ["accesspoint", _] => format!("{verb}AccessPoint"),
        ["accesspoint", _, "policy"] => format!("{verb}AccessPointPolicy"),
        _ => format!("{method} {path}"),
    }
}
