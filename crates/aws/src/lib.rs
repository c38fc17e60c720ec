//! The ports of Locksmith on the AWS SDK: evidence from the accounts, documents in them, the table,
//! the bus of states, the configuration.

mod announce;
mod clock;
mod configuration;
mod documents;
mod evidence;
mod hub;
mod opinions;
mod own_call;
mod queue;
mod sdk;
mod secrets;
mod store;
mod systems_manager;
mod witness;

pub use announce::BusAnnouncer;
pub use clock::TokioClock;
pub use configuration::{ConfigurationSource, Location};
pub use documents::{AccountDocuments, Waits};
pub use evidence::{Accounts, DEFAULT_READ_ROLE, DEFAULT_WRITE_ROLE, EvidenceReader};
pub use hub::{EnvironmentError, Hub, HubEyes, HubHands};
pub use opinions::Advisers;
pub use queue::{SqsMessage, SqsQueue};
pub use sdk::{ATTEMPT_TIMEOUT, CONNECT_TIMEOUT, FIRST_BACKOFF, MAX_ATTEMPTS, OPERATION_TIMEOUT};
pub use sdk::{caller_account, http_client, sdk_config};
pub use secrets::SecretsManager;
pub use store::{DynamoStore, create_table};
pub use systems_manager::{SystemsManager, SystemsManagerError};
pub use witness::EventHistory;
