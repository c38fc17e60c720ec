//! Credentials of one account: made once, shared by all clients and Regions, and made anew before
//! they run out.

use super::answer::{Answer, Failure};
use aws_config::SdkConfig;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use aws_smithy_types::error::display::DisplayErrorContext;
use std::time::{Duration, Instant, SystemTime};
use tokio::sync::Mutex;

/// How long a session is asked for: the shortest that there is. A diagnosis takes seconds.
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
const SESSION_SECONDS: i32 = 900;
/// How much of it must be left.
const MARGIN: Duration = Duration::from_mins(5);
/// How long a refusal is remembered, so that one reading asks once.
const REFUSAL_AGE: Duration = Duration::from_secs(10);

/// The credentials of one account.
#[derive(Debug)]
pub(crate) struct AccountCredentials {
    source: Source,
    held: Mutex<Option<Held>>,
}

#[derive(Debug)]
enum Source {
    Role { client: aws_sdk_sts::Client, session: Box<RoleSession> },
    Provider { operation: &'static str, provider: SharedCredentialsProvider },
    None,
}

/// A session of a role.
#[derive(Clone, Debug, Default)]
pub(crate) struct RoleSession {
    /// The role's ARN.
    pub(crate) role: String,
    /// Its name, which CloudTrail shows.
    pub(crate) name: String,
    /// The external id that the role asks for.
    pub(crate) external_id: Option<String>,
    /// What the session may do at most, of what the role may.
    pub(crate) policy: Option<String>,
    /// Tags of the session, which CloudTrail shows too. The role must allow `sts:TagSession`.
    pub(crate) tags: Vec<(&'static str, String)>,
}

#[derive(Debug)]
struct Held {
    since: Instant,
    answer: Answer<Credentials>,
}

impl Held {
    fn is_good(&self) -> bool {
        match &self.answer {
            Ok(credentials) => {
                credentials.expiry().is_none_or(|end| end > SystemTime::now() + MARGIN)
            }
            Err(_) => self.since.elapsed() < REFUSAL_AGE,
        }
    }
}

/// How long it took to get credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wait {
    /// They were there.
    None,
    /// Another asked for them, and we waited.
    Others,
    /// They had to be asked for.
    Call,
}

impl AccountCredentials {
    /// Of a role that the hub assumes.
    pub(crate) fn of_role(hub: &SdkConfig, session: RoleSession) -> Self {
        let client = aws_sdk_sts::Client::new(hub);
        Self::from(Source::Role { client, session: Box::new(session) })
    }

    /// Of a named profile of the AWS configuration.
    pub(crate) fn of_profile(hub: &SdkConfig, name: &str) -> Self {
        let config = aws_config::provider_config::ProviderConfig::without_region()
            .with_region(hub.region().cloned())
            .with_http_client(crate::sdk::http_client());
        let builder = ProfileFileCredentialsProvider::builder().configure(&config);
        let provider = SharedCredentialsProvider::new(builder.profile_name(name).build());
        Self::from(Source::Provider { operation: "credentials of the profile", provider })
    }

    /// Those that we have already.
    pub(crate) fn ambient(hub: &SdkConfig) -> Self {
        let operation = "credentials of the environment";
        let source = |provider| Source::Provider { operation, provider };
        Self::from(hub.credentials_provider().map_or(Source::None, source))
    }

    fn from(source: Source) -> Self {
        Self { source, held: Mutex::default() }
    }

    /// The credentials, and whether they had to be waited for.
    pub(crate) async fn get(&self) -> (Answer<Credentials>, Wait) {
        let (mut held, mut wait) = match self.held.try_lock() {
            Ok(held) => (held, Wait::None),
            Err(_) => (self.held.lock().await, Wait::Others),
        };
        if !held.as_ref().is_some_and(Held::is_good) {
            wait = Wait::Call;
            *held = Some(Held { since: Instant::now(), answer: self.source.load().await });
        }
        let nobody = || Err(Failure::because("AssumeRole", "there are no credentials"));
        (held.as_ref().map_or_else(nobody, |held| held.answer.clone()), wait)
    }
}

impl Source {
    async fn load(&self) -> Answer<Credentials> {
        match self {
            Self::Role { client, session } => session.assume(client).await,
            Self::Provider { operation, provider } => {
                let answer = provider.provide_credentials().await;
                answer.map_err(|error| {
                    Failure::because(operation, DisplayErrorContext(error).to_string())
                })
            }
            Self::None => Err(Failure::because("credentials", "the environment has none")),
        }
    }
}

impl RoleSession {
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
    async fn assume(&self, client: &aws_sdk_sts::Client) -> Answer<Credentials> {
        let tag = |(key, value): &(&'static str, String)| {
            let tag = aws_sdk_sts::types::Tag::builder().key(*key).value(value).build();
            tag.map_err(|error| Failure::because("AssumeRole", error.to_string()))
        };
        let tags = self.tags.iter().map(tag).collect::<Answer<Vec<_>>>()?;
        let request = client.assume_role().role_arn(&self.role);
        let request = request
            .role_session_name(&self.name)
            .set_external_id(self.external_id.clone())
            .set_policy(self.policy.clone())
            .set_tags(Some(tags).filter(|tags| !tags.is_empty()))
            .duration_seconds(SESSION_SECONDS);
        let answer = request.send().await.map_err(|error| Failure::of("AssumeRole", &error))?;
        let none = || Failure::because("AssumeRole", "the answer holds no credentials");
        let given = answer.credentials.ok_or_else(none)?;
        let expiry = SystemTime::try_from(given.expiration).ok();
        let mut credentials = Credentials::builder()
            .access_key_id(given.access_key_id)
            .secret_access_key(given.secret_access_key)
            .session_token(given.session_token)
            .provider_name("locksmith");
        credentials.set_expiry(expiry);
        Ok(credentials.build())
    }
}

impl ProvideCredentials for AccountCredentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async {
            let (answer, _) = self.get().await;
            answer.map_err(|failure| CredentialsError::provider_error(failure.to_string()))
        })
    }
}
