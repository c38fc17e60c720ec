//! Being somebody in an account and Region, and counting what is called there.

use super::answer::{Answer, Failure};
use super::credentials::{AccountCredentials, RoleSession, Wait};
use super::gate::{Gate, Narrowing};
use super::reader::Known;
use aws_config::retry::RetryConfig;
use aws_config::{Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::future::pagination_stream::PaginationStream;
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use core::future::Future;
use locksmith_core::arn::AccountId;
use std::collections::HashMap;
use std::error::Error;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The most pages of a list that are read.
const PAGES: usize = 50;

/// What one thing's reading cost.
#[derive(Debug, Default)]
pub(super) struct Tally {
    calls: AtomicU64,
    deepest: AtomicU32,
}

impl Tally {
    /// A tally that begins behind a chain of calls.
    pub(super) fn behind(depth: u32) -> Arc<Self> {
        Arc::new(Self { calls: AtomicU64::new(0), deepest: AtomicU32::new(depth) })
    }

    pub(super) fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    /// The longest chain of calls that waited for each other, from the reading's beginning on.
    pub(super) fn deepest(&self) -> u32 {
        self.deepest.load(Ordering::Relaxed)
    }

    fn count(&self, depth: u32) {
        self.calls.fetch_add(1, Ordering::Relaxed);
        self.deepest.fetch_max(depth, Ordering::Relaxed);
    }
}

/// A place in a chain of calls.
#[derive(Clone, Debug)]
pub(super) struct Step {
    tally: Arc<Tally>,
    depth: u32,
}

impl Step {
    /// Where a thing's reading begins.
    pub(super) fn first(tally: Arc<Tally>) -> Self {
        let depth = tally.deepest();
        Self { tally, depth }
    }

    fn next(&self) -> Self {
        Self { tally: self.tally.clone(), depth: self.depth + 1 }
    }
}

/// The accounts' credentials under one session name.
#[derive(Debug)]
pub(super) struct Sessions {
    known: Arc<Known>,
    name: String,
    held: Mutex<HashMap<AccountId, Arc<AccountCredentials>>>,
}

impl Sessions {
    /// Sessions of a name that CloudTrail shows in every account.
    pub(super) fn named(known: Arc<Known>, name: impl Into<String>) -> Self {
        Self { known, name: name.into(), held: Mutex::default() }
    }

    pub(super) fn known(&self) -> &Known {
        &self.known
    }

    /// Becomes the reader of a configured account.
    pub(super) async fn open(
        &self,
        account: AccountId,
        region: &str,
        step: &Step,
    ) -> Answer<Session> {
        if !self.known.accounts.configured.contains(&account) {
            let why =
                format!("account {account} is not among the accounts that Locksmith may read");
            return Err(Failure::because("", why));
        }
        self.enter(account, region, step).await
    }

    /// Becomes the reader of the organization's account; none if there is none.
    pub(super) async fn open_organization(&self, step: &Step) -> Option<Answer<Session>> {
        let account = self.known.accounts.organization?;
        Some(self.enter(account, &self.known.accounts.home_region(), step).await)
    }

    async fn enter(&self, account: AccountId, region: &str, step: &Step) -> Answer<Session> {
        let credentials = self.credentials(account);
        let (answer, wait) = credentials.get().await;
        let mut step = step.clone();
        if wait != Wait::None {
            step = step.next();
        }
        if wait == Wait::Call {
            step.tally.count(step.depth);
        }
        answer?;
        let hub = &self.known.accounts.hub;
        let gate = self.known.gate(account);
        Ok(Session { step, ..Session::new(hub, account, region, credentials, gate) })
    }

    fn credentials(&self, account: AccountId) -> Arc<AccountCredentials> {
        let accounts = &self.known.accounts;
        let make = || {
            Arc::new(match accounts.profiles.get(&account) {
                Some(profile) => AccountCredentials::of_profile(&accounts.hub, profile),
                None if accounts.ambient == Some(account) => {
                    AccountCredentials::ambient(&accounts.hub)
                }
                None => AccountCredentials::of_role(
                    &accounts.hub,
                    RoleSession {
                        role: accounts.role_arn(account, &accounts.read_role),
                        name: self.name.clone(),
                        external_id: accounts.external_id.clone(),
                        ..RoleSession::default()
                    },
                ),
            })
        };
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.entry(account).or_insert_with(make).clone()
    }
}

/// The SDK takes a provider by value.
#[derive(Debug)]
struct Shared(Arc<AccountCredentials>);

impl aws_credential_types::provider::ProvideCredentials for Shared {
    fn provide_credentials<'a>(
        &'a self,
    ) -> aws_credential_types::provider::future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        self.0.provide_credentials()
    }
}

/// Credentials in an account and Region, at a place in a chain of calls.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    account: AccountId,
    config: SdkConfig,
    gate: Arc<Gate>,
    step: Step,
}

/// A list as far as it could be read.
#[derive(Debug)]
pub(crate) struct Listed<T> {
    /// What is on it.
    pub(crate) entries: Vec<T>,
    /// Why there may be more.
    pub(crate) failure: Option<Failure>,
    /// The session behind the last page.
    pub(crate) after: Session,
}

impl<T> Listed<T> {
    /// The same list of other things.
    pub(super) fn map<U>(self, change: impl Fn(&T) -> U) -> Listed<U> {
        let entries = self.entries.iter().map(change).collect();
        Listed { entries, failure: self.failure, after: self.after }
    }
}

// Retries are rationed by the SDK, and an account that throttles must not use up those of others.
macro_rules! client {
    ($session:expr, $service:ident) => {{
        let name = format!("{}-{}", stringify!($service), $session.account);
        $service::config::Builder::from(&$session.config)
            .retry_partition(RetryPartition::new(name))
            .interceptor(Narrowing($session.gate.clone()))
    }};
}

impl Session {
    /// Credentials in an account and Region, at the beginning of a chain of calls.
    pub(crate) fn new(
        hub: &SdkConfig,
        account: AccountId,
        region: &str,
        credentials: Arc<AccountCredentials>,
        gate: Arc<Gate>,
    ) -> Self {
        let config = hub.to_builder();
        let config = config
            .region(Region::new(region.to_owned()))
            .credentials_provider(SharedCredentialsProvider::new(Shared(credentials)))
            // They are kept and renewed where all clients share them.
            .identity_cache(IdentityCache::no_cache())
            .build();
        Self { account, config, gate, step: Step::first(Arc::default()) }
    }

    pub(crate) fn account(&self) -> AccountId {
        self.account
    }

    pub(crate) fn config(&self) -> &SdkConfig {
        &self.config
    }

    pub(crate) fn region(&self) -> &str {
        self.config.region().map_or("", AsRef::as_ref)
    }

    pub(crate) fn iam(&self) -> aws_sdk_iam::Client {
        aws_sdk_iam::Client::from_conf(client!(self, aws_sdk_iam).build())
    }

    pub(crate) fn kms(&self) -> aws_sdk_kms::Client {
        aws_sdk_kms::Client::from_conf(client!(self, aws_sdk_kms).build())
    }

    pub(crate) fn organizations(&self) -> aws_sdk_organizations::Client {
        aws_sdk_organizations::Client::from_conf(client!(self, aws_sdk_organizations).build())
    }

    pub(crate) fn s3control(&self) -> aws_sdk_s3control::Client {
        aws_sdk_s3control::Client::from_conf(client!(self, aws_sdk_s3control).build())
    }

    /// Emulators serve buckets by path; AWS by host.
    pub(crate) fn s3(&self) -> aws_sdk_s3::Client {
        let path_style = self.config.endpoint_url().is_some();
        let config = client!(self, aws_sdk_s3).force_path_style(path_style);
        aws_sdk_s3::Client::from_conf(config.build())
    }

    /// The same account in another Region.
    pub(crate) fn moved(&self, region: &str) -> Self {
        let config = self.config.to_builder().region(Region::new(region.to_owned())).build();
        Self { config, ..self.clone() }
    }

    /// The same account, where each call is tried once: whether it is tried again, the caller says.
    pub(crate) fn once(&self) -> Self {
        let config = self.config.to_builder().retry_config(RetryConfig::disabled()).build();
        Self { config, ..self.clone() }
    }

    /// How many calls were made for what is being read.
    pub(crate) fn calls(&self) -> u64 {
        self.step.tally.calls()
    }

    /// The session as it stands behind a call.
    pub(crate) fn after(&self) -> Self {
        Self { step: self.step.next(), ..self.clone() }
    }

    /// Makes a call when the account has room for one more.
    pub(crate) fn call<T, E>(
        &self,
        operation: &str,
        request: impl Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    ) -> impl Future<Output = Answer<T>>
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        // The SDK's futures are large, and many of them stand side by side.
        let request = Box::pin(request);
        async move {
            let _room = self.gate.enter().await;
            self.step.tally.count(self.step.depth + 1);
            let answer = request.await.map_err(|error| Failure::of(operation, &error));
            let failure = answer.as_ref().err().map(tracing::field::display);
            tracing::debug!(account = %self.account, operation, failure, "call");
            answer
        }
    }

    /// Reads a list, page by page.
    pub(crate) async fn pages<O, E, T>(
        &self,
        operation: &str,
        stream: PaginationStream<Result<O, SdkError<E, HttpResponse>>>,
        take: impl Fn(O) -> Vec<T>,
    ) -> Answer<Listed<T>>
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        self.pages_until(operation, stream, take, |_| false).await
    }

    /// Reads a list, page by page, until there is enough of it.
    pub(crate) async fn pages_until<O, E, T>(
        &self,
        operation: &str,
        mut stream: PaginationStream<Result<O, SdkError<E, HttpResponse>>>,
        take: impl Fn(O) -> Vec<T>,
        enough: impl Fn(&[T]) -> bool,
    ) -> Answer<Listed<T>>
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        let mut listed = Listed { entries: Vec::new(), failure: None, after: self.clone() };
        for page in 0..PAGES {
            let room = self.gate.enter().await;
            let Some(answer) = stream.next().await else { return Ok(listed) };
            drop(room);
            listed.after = listed.after.after();
            listed.after.step.tally.count(listed.after.step.depth);
            match answer {
                Ok(answer) => listed.entries.extend(take(answer)),
                Err(error) => {
                    let failure = Failure::of(operation, &error);
                    if page == 0 {
                        return Err(failure);
                    }
                    listed.failure = Some(failure);
                    return Ok(listed);
                }
            }
            if enough(&listed.entries) {
                return Ok(listed);
            }
        }
        if stream.next().await.is_some() {
            let why = format!("there are more than {PAGES} pages, and the rest was not read");
            listed.failure = Some(Failure::because(operation, why));
        }
        Ok(listed)
    }
}
