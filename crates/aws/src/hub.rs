//! What the functions work with, made when it is first used: a container that has nothing to do
//! makes no client.

mod operating;

pub use operating::{HubEyes, HubHands};

use crate::announce::BusAnnouncer;
use crate::configuration::{ConfigurationSource, Location};
use crate::documents::AccountDocuments;
use crate::evidence::{Accounts, EvidenceReader};
use crate::opinions::Advisers;
use crate::secrets::SecretsManager;
use crate::store::DynamoStore;
use crate::systems_manager::SystemsManager;
use crate::witness::{EventHistory, Pace};
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
    secrets: OnceCell<SecretsManager>,
    systems_manager: OnceCell<SystemsManager>,
    evidence: Mutex<Option<Configured<EvidenceReader<DynamoStore>>>>,
    documents: Mutex<Option<Configured<AccountDocuments>>>,
    pace: Arc<Pace>,
}

/// What enters the accounts, with the configuration that it was made for.
#[derive(Debug)]
struct Configured<T> {
    configuration: Arc<Configuration>,
    made: Arc<T>,
}

impl<T> Configured<T> {
    /// What was made for this very configuration.
    fn known(known: Option<&Self>, configuration: &Configuration) -> Option<Arc<T>> {
        let known = known.filter(|known| *known.configuration == *configuration)?;
        Some(known.made.clone())
    }
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
            secrets: OnceCell::new(),
            systems_manager: OnceCell::new(),
            evidence: Mutex::new(None),
            documents: Mutex::new(None),
            pace: Arc::default(),
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

    /// The tokens of chat and ticket system.
    pub async fn secrets(&self) -> &SecretsManager {
        let make = || async { SecretsManager::new(self.sdk().await.clone()) };
        self.secrets.get_or_init(make).await
    }

    /// Systems Manager of our own account, for tickets in OpsCenter.
    pub async fn systems_manager(&self) -> &SystemsManager {
        let make = || async { SystemsManager::new(self.sdk().await.clone()) };
        self.systems_manager.get_or_init(make).await
    }

    /// The reader of accounts, which keeps what changes slowly for as long as the configuration
    /// stays the same. `LOCKSMITH_READ_ROLE` and `LOCKSMITH_EXTERNAL_ID` say as whom it reads.
    pub async fn evidence(
        &self,
        configuration: &Arc<Configuration>,
    ) -> Arc<EvidenceReader<DynamoStore>> {
        let mut evidence = self.evidence.lock().await;
        if let Some(reader) = Configured::known(evidence.as_ref(), configuration) {
            return reader;
        }
        let mut accounts = self.accounts(configuration).await;
        accounts.organization = configuration.accounts.organization;
        if let Some(role) = optional("LOCKSMITH_READ_ROLE") {
            accounts.read_role = role;
        }
        let reader = Arc::new(EvidenceReader::new(accounts, self.store().await.clone()));
        let configuration = configuration.clone();
        *evidence = Some(Configured { configuration, made: reader.clone() });
        reader
    }

    /// The accounts' event histories, read as [`Hub::evidence`] reads.
    pub async fn witness(&self, configuration: &Arc<Configuration>) -> EventHistory<DynamoStore> {
        EventHistory::new(self.evidence(configuration).await).at_pace(self.pace.clone())
    }

    /// AWS's advisers in the accounts, asked as [`Hub::evidence`] reads.
    pub async fn opinions(&self, configuration: &Arc<Configuration>) -> Advisers<DynamoStore> {
        Advisers::new(self.evidence(configuration).await)
    }

    /// What changes are made and taken back with.
    pub async fn hands(&self, configuration: &Arc<Configuration>) -> HubHands {
        HubHands {
            store: self.store().await.clone(),
            announcer: self.announcer().await.clone(),
            documents: self.documents(configuration).await,
        }
    }

    /// The same, and what shows whether a change helped.
    pub async fn eyes(&self, configuration: &Arc<Configuration>) -> HubEyes {
        HubEyes {
            hands: self.hands(configuration).await,
            evidence: self.evidence(configuration).await,
            witness: self.witness(configuration).await,
            opinions: self.opinions(configuration).await,
        }
    }

    /// The documents in the accounts, whose sessions are kept for as long as the configuration
    /// stays the same. `LOCKSMITH_WRITE_ROLE` and `LOCKSMITH_EXTERNAL_ID` say as whom it writes.
    pub async fn documents(&self, configuration: &Arc<Configuration>) -> Arc<AccountDocuments> {
        let mut documents = self.documents.lock().await;
        if let Some(known) = Configured::known(documents.as_ref(), configuration) {
            return known;
        }
        let mut accounts = self.accounts(configuration).await;
        if let Some(role) = optional("LOCKSMITH_WRITE_ROLE") {
            accounts.write_role = role;
        }
        let made = Arc::new(AccountDocuments::new(accounts));
        let configuration = configuration.clone();
        *documents = Some(Configured { configuration, made: made.clone() });
        made
    }

    /// The accounts that the configuration trusts.
    async fn accounts(&self, configuration: &Configuration) -> Accounts {
        let trusted = configuration.accounts.trusted.iter().copied();
        let mut accounts = Accounts::new(self.sdk().await.clone(), trusted);
        accounts.external_id = optional("LOCKSMITH_EXTERNAL_ID");
        accounts
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
