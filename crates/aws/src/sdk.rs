//! The AWS SDK as all of Locksmith uses it: one HTTP client, one set of limits.

use crate::evidence::Failure;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, SdkConfig};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_runtime::client::dns::TokioDnsResolver;
use aws_smithy_runtime_api::client::dns::{DnsFuture, ResolveDns};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use locksmith_core::arn::AccountId;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::OnceLock;
use std::time::Duration;

/// How long a connection may take to stand. AWS's Regions are at most some 300 ms apart.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// How long one attempt may take. What Locksmith calls answers within a second when all is well.
pub const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a call may take with all its attempts. What hangs longer is told as unreadable.
pub const OPERATION_TIMEOUT: Duration = Duration::from_secs(15);
/// How often a call is tried, within its time: throttling passes, and what stays unread may decide.
pub const MAX_ATTEMPTS: u32 = 6;
/// The longest that is waited before the second attempt; each further one may wait twice as long.
pub const FIRST_BACKOFF: Duration = Duration::from_millis(250);

/// The configuration of the environment (Region, credentials, `AWS_ENDPOINT_URL`) with Locksmith's
/// HTTP client and limits. Credentials are not asked for before the first call.
pub async fn sdk_config() -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .http_client(http_client())
        .retry_config(retries())
        .timeout_config(timeouts())
        .load()
        .await
}

/// How calls are tried again: with growing, random waits. What makes them adapt to an account that
/// throttles is its gate (`evidence/gate.rs`), not the SDK's adaptive mode.
pub(crate) fn retries() -> RetryConfig {
    RetryConfig::standard().with_max_attempts(MAX_ATTEMPTS).with_initial_backoff(FIRST_BACKOFF)
}

/// The time limits of every call.
pub(crate) fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .operation_attempt_timeout(ATTEMPT_TIMEOUT)
        .operation_timeout(OPERATION_TIMEOUT)
        .build()
}

/// The one HTTP client of the process, with TLS by rustls on ring.
pub fn http_client() -> SharedHttpClient {
    static CLIENT: OnceLock<SharedHttpClient> = OnceLock::new();
    let build = || {
        let provider = Provider::Rustls(CryptoMode::Ring);
        let client = Builder::new().tls_provider(provider).build_with_resolver(Names);
        SharedHttpClient::new(Unvalidated(client))
    };
    CLIENT.get_or_init(build).clone()
}

/// The SDK validates its HTTP client whenever a service's client is made, and for that this one
/// builds a whole TLS connector each time. Connectors are made at the first call just as well.
#[derive(Debug)]
struct Unvalidated(SharedHttpClient);

impl HttpClient for Unvalidated {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        self.0.http_connector(settings, components)
    }
}

/// Names below `.localhost` are this machine, as [RFC 6761] says and not every resolver knows: with
/// an emulator as endpoint some clients put an account's id before the host.
///
/// [RFC 6761]: https://www.rfc-editor.org/rfc/rfc6761#section-6.3
#[derive(Clone, Debug)]
struct Names;

impl ResolveDns for Names {
    fn resolve_dns<'a>(&'a self, name: &'a str) -> DnsFuture<'a> {
        if name == "localhost" || name.ends_with(".localhost") {
            return DnsFuture::ready(Ok(vec![IpAddr::V4(Ipv4Addr::LOCALHOST)]));
        }
        DnsFuture::new(async move { TokioDnsResolver::new().resolve_dns(name).await })
    }
}

/// Whose credentials these are.
///
/// # Errors
/// Why AWS did not tell, which mostly means that there are none.
pub async fn caller_account(config: &SdkConfig) -> Result<AccountId, String> {
    let client = aws_sdk_sts::Client::new(config);
    let answer = client.get_caller_identity().send().await;
    let answer = answer.map_err(|error| Failure::of("GetCallerIdentity", &error).to_string())?;
    let account = answer.account().and_then(AccountId::parse);
    account.ok_or_else(|| "GetCallerIdentity: the answer names no account".to_owned())
}
