//! What the functions work with, made when it is first used: a container that has nothing to do
//! makes no client.

use crate::announce::BusAnnouncer;
use crate::configuration::{ConfigurationSource, Location};
use crate::evidence::{Accounts, EvidenceReader};
use crate::store::DynamoStore;
use aws_config::SdkConfig;
use core::fmt;
use jiff::Timestamp;
use locksmith_app::config::Configuration;
use std::sync::Arc;
use tokio::sync::{Mutex, OnceCell};

/// A variable of the environment that is missing or wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvironmentError {
    name: &'static str,
    problem: String,
}

impl fmt::Display for EnvironmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "environment variable {}: {}", self.name, self.problem)
    }
}

impl core::error::Error for EnvironmentError {}

/// The hub's own resources, as the environment names them.
#[derive(Debug)]
pub struct Hub {
    table: String,
    bus: String,
    configuration: ConfigurationSource,
    sdk: OnceCell<SdkConfig>,
    store: OnceCell<DynamoStore>,
    announcer: OnceCell<BusAnnouncer>,
    s3: OnceCell<aws_sdk_s3::Client>,
    evidence: Mutex<Option<Configured>>,
}

/// A reader with the configuration that it was made for.
#[derive(Debug)]
struct Configured {
    configuration: Arc<Configuration>,
    reader: Arc<EvidenceReader<DynamoStore>>,
}

impl Hub {
    /// Reads `LOCKSMITH_TABLE`, `LOCKSMITH_STATES_BUS` and `LOCKSMITH_CONFIG`. Nothing is asked of
    /// AWS yet.
    ///
    /// # Errors
    /// [`EnvironmentError`] for the first variable that is missing or wrong.
    pub fn from_environment() -> Result<Self, EnvironmentError> {
        let location = Location::parse(&variable("LOCKSMITH_CONFIG")?)
            .map_err(|problem| EnvironmentError { name: "LOCKSMITH_CONFIG", problem })?;
        Ok(Self {
            table: variable("LOCKSMITH_TABLE")?,
            bus: variable("LOCKSMITH_STATES_BUS")?,
            configuration: ConfigurationSource::new(location),
            sdk: OnceCell::new(),
            store: OnceCell::new(),
            announcer: OnceCell::new(),
            s3: OnceCell::new(),
            evidence: Mutex::new(None),
        })
    }

    /// Our own credentials, Region and endpoint.
    pub async fn sdk(&self) -> &SdkConfig {
        self.sdk.get_or_init(crate::sdk_config).await
    }

    /// The table.
    pub async fn store(&self) -> &DynamoStore {
        let make = || async {
            let client = aws_sdk_dynamodb::Client::new(self.sdk().await);
            DynamoStore::new(client, self.table.clone())
        };
        self.store.get_or_init(make).await
    }

    /// The bus that states go out on.
    pub async fn announcer(&self) -> &BusAnnouncer {
        let make = || async {
            let client = aws_sdk_eventbridge::Client::new(self.sdk().await);
            BusAnnouncer::new(client, self.bus.clone())
        };
        self.announcer.get_or_init(make).await
    }

    /// The reader of accounts, which keeps what changes slowly for as long as the configuration
    /// stays the same. `LOCKSMITH_READ_ROLE` and `LOCKSMITH_EXTERNAL_ID` say as whom it reads.
    pub async fn evidence(
        &self,
        configuration: &Arc<Configuration>,
    ) -> Arc<EvidenceReader<DynamoStore>> {
        let mut evidence = self.evidence.lock().await;
        if let Some(known) = evidence.as_ref()
            && known.configuration == *configuration
        {
            return known.reader.clone();
        }
        let trusted = &configuration.accounts.trusted;
        let mut accounts = Accounts::new(self.sdk().await.clone(), trusted.iter().copied());
        accounts.organization = configuration.accounts.organization;
        accounts.external_id = optional("LOCKSMITH_EXTERNAL_ID");
        if let Some(role) = optional("LOCKSMITH_READ_ROLE") {
            accounts.read_role = role;
        }
        let reader = Arc::new(EvidenceReader::new(accounts, self.store().await.clone()));
        let configuration = configuration.clone();
        *evidence = Some(Configured { configuration, reader: reader.clone() });
        reader
    }

    /// The configuration in force.
    ///
    /// # Errors
    /// Where it is and what is wrong with it.
    pub async fn configuration(&self, now: Timestamp) -> Result<Arc<Configuration>, String> {
        let client = || async {
            let make = || async { s3_client(self.sdk().await) };
            self.s3.get_or_init(make).await.clone()
        };
        self.configuration.get(client, now).await
    }
}

/// Emulators are not found by a bucket's name before the host.
fn s3_client(sdk: &SdkConfig) -> aws_sdk_s3::Client {
    let config = aws_sdk_s3::config::Builder::from(sdk);
    let path_style = sdk.endpoint_url().is_some();
    aws_sdk_s3::Client::from_conf(config.force_path_style(path_style).build())
}

/// A variable of the environment that has to be set.
///
/// # Errors
/// [`EnvironmentError`] if it is not set, or empty.
fn variable(name: &'static str) -> Result<String, EnvironmentError> {
    optional(name).ok_or_else(|| EnvironmentError { name, problem: "it is not set".to_owned() })
}

/// A variable of the environment; an empty one counts as not set.
fn optional(name: &'static str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
