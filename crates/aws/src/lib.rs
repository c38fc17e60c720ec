//! The ports of Locksmith on the AWS SDK: evidence from the accounts, the table, the bus of states,
//! the configuration.

mod announce;
mod configuration;
mod evidence;
mod hub;
mod sdk;
mod store;

pub use announce::BusAnnouncer;
pub use configuration::{ConfigurationSource, Location};
pub use evidence::{Accounts, DEFAULT_READ_ROLE, EvidenceReader};
pub use hub::{EnvironmentError, Hub};
pub use sdk::{ATTEMPT_TIMEOUT, CONNECT_TIMEOUT, FIRST_BACKOFF, MAX_ATTEMPTS, OPERATION_TIMEOUT};
pub use sdk::{caller_account, http_client, sdk_config};
pub use store::{DynamoStore, create_table};
