//! Locksmith's own account: its table, bus, configuration and roles, as `infra/` makes them.

use super::REGION;
use super::account::{Account, trust};
use super::organization::Organization;
use crate::lambda::Environment;
use crate::wire::Wire;
use aws_credential_types::Credentials;
use locksmith_app::incident::{Incident, State};
use locksmith_app::ports::{Attachment, Store as _};
use locksmith_aws::{BusAnnouncer, DynamoStore};
use serde_json::Value;

/// Path and name of the read role in every account.
pub const READ_ROLE: &str = "locksmith/LocksmithRead";
/// Path and name of the write role in every account.
pub const WRITE_ROLE: &str = "locksmith/LocksmithWrite";
/// The external id that the roles ask for.
pub const EXTERNAL_ID: &str = "5f0c61aa-93b2-47d7-8e1f-2f6d1f9a7c10";

const CONFIGURATION_KEY: &str = "locksmith.toml";
const TABLE: &str = "locksmith-tests";
const STATES_BUS: &str = "locksmith-tests-states";
const DETECT_ROLE: &str = "locksmith-tests-detect-role";
const DIAGNOSE_ROLE: &str = "locksmith-tests-diagnose-role";
const APPLY_ROLE: &str = "locksmith-tests-apply-role";
const SWEEP_ROLE: &str = "locksmith-tests-sweep-role";
const NOTIFY_ROLE: &str = "locksmith-tests-notify-role";
const APPROVE_ROLE: &str = "locksmith-tests-approve-role";
const OPERATOR_ROLE: &str = "locksmith-tests-operator";

/// Locksmith's own account.
#[derive(Debug)]
pub struct Hub {
    /// The account.
    pub account: Account,
    /// The table, as an administrator reads it.
    pub store: DynamoStore,
    endpoint: String,
    detect: Credentials,
    diagnose: Credentials,
    apply: Credentials,
    sweep: Credentials,
    notify: Credentials,
    approve: Credentials,
    operator: Credentials,
    bucket: String,
    watched: String,
}

impl Hub {
    /// The hub of an organization, with its roles in all accounts.
    pub(super) async fn new(
        wire: &Wire,
        account: Account,
        organization: &Organization,
        spokes: [&Account; 2],
    ) -> Self {
        let dynamodb = aws_sdk_dynamodb::Client::new(&account.sdk);
        locksmith_aws::create_table(&dynamodb, TABLE).await.expect("the table is made");
        let events = aws_sdk_eventbridge::Client::new(&account.sdk);
        events.create_event_bus().name(STATES_BUS).send().await.expect("CreateEventBus");

        let root = trust(&[&format!("arn:aws:iam::{}:root", account.id)], None);
        let (detect_role, _) = account.create_role("/", DETECT_ROLE, &root).await;
        let (diagnose_role, _) = account.create_role("/", DIAGNOSE_ROLE, &root).await;
        let (apply_role, _) = account.create_role("/", APPLY_ROLE, &root).await;
        let (sweep_role, _) = account.create_role("/", SWEEP_ROLE, &root).await;
        let (notify_role, _) = account.create_role("/", NOTIFY_ROLE, &root).await;
        let (approve_role, _) = account.create_role("/", APPROVE_ROLE, &root).await;
        let (operator_role, _) = account.create_role("/", OPERATOR_ROLE, &root).await;
        let make = async |spoke: &Account, role: &str, trusted: &[&str]| {
            let (path, name) = role.split_once('/').expect("a path and a name");
            let trust = trust(trusted, Some(EXTERNAL_ID));
            spoke.create_role(&format!("/{path}/"), name, &trust).await;
        };
        for spoke in spokes.into_iter().chain([&organization.management]) {
            let readers = [&*diagnose_role, &sweep_role, &operator_role];
            make(spoke, READ_ROLE, &readers).await;
        }
        for spoke in spokes {
            make(spoke, WRITE_ROLE, &[&apply_role, &sweep_role, &operator_role]).await;
        }

        let bucket = format!("locksmith-configuration-{}", account.id);
        account.create_bucket(&bucket).await;
        let watched = format!(
            "[accounts]\ntrusted = [\"{}\", \"{}\"]\norganization = \"{}\"\n",
            spokes[0].id, spokes[1].id, organization.management.id
        );
        let hub = Self {
            detect: account.assume(&detect_role).await,
            diagnose: account.assume(&diagnose_role).await,
            apply: account.assume(&apply_role).await,
            sweep: account.assume(&sweep_role).await,
            notify: account.assume(&notify_role).await,
            approve: account.assume(&approve_role).await,
            operator: account.assume(&operator_role).await,
            store: DynamoStore::new(dynamodb, TABLE.to_owned()),
            endpoint: wire.endpoint(),
            account,
            bucket,
            watched,
        };
        hub.configure("").await;
        hub
    }

    /// Stores the configuration, with more of it than which accounts are watched.
    pub async fn configure(&self, more: &str) {
        let text = self.configured(more);
        let put = self.account.s3().put_object().bucket(&self.bucket).key(CONFIGURATION_KEY);
        put.body(text.into_bytes().into()).send().await.expect("PutObject");
    }

    /// The configuration with more of it than which accounts are watched.
    pub fn configured(&self, more: &str) -> String {
        format!("{}{more}", self.watched)
    }

    /// The bus that states go out on, as an administrator announces on it.
    pub fn announcer(&self) -> BusAnnouncer {
        let client = aws_sdk_eventbridge::Client::new(&self.account.sdk);
        BusAnnouncer::new(client, STATES_BUS.to_owned())
    }

    /// The time of every lock runs out.
    pub async fn let_locks_run_out(&self) {
        let table = aws_sdk_dynamodb::Client::new(&self.account.sdk);
        let all = table.scan().table_name(TABLE).send().await.expect("Scan").items;
        for item in all.into_iter().flatten() {
            let is_lock = item
                .get("PK")
                .and_then(|pk| pk.as_s().ok())
                .is_some_and(|pk| pk.starts_with("LOCK#"));
            if is_lock {
                let key =
                    item.into_iter().filter(|(name, _)| name == "PK" || name == "SK").collect();
                let delete = table.delete_item().table_name(TABLE).set_key(Some(key));
                delete.send().await.expect("DeleteItem");
            }
        }
    }

    /// The environment of the function `detect`.
    pub fn detect(&self) -> Environment {
        self.environment(&self.detect)
    }

    /// The environment of the function `diagnose`.
    pub fn diagnose(&self) -> Environment {
        self.environment(&self.diagnose)
            .with("LOCKSMITH_READ_ROLE", READ_ROLE)
            .with("LOCKSMITH_EXTERNAL_ID", EXTERNAL_ID)
    }

    /// The environment of the function `apply`.
    pub fn apply(&self) -> Environment {
        self.changing(&self.apply)
    }

    /// The environment of the function `sweep`.
    pub fn sweep(&self) -> Environment {
        self.changing(&self.sweep).with("LOCKSMITH_READ_ROLE", READ_ROLE)
    }

    /// The environment of the function `notify`.
    pub fn notify(&self) -> Environment {
        self.environment(&self.notify)
    }

    /// The environment of the function `approve`.
    pub fn approve(&self) -> Environment {
        self.environment(&self.approve)
    }

    fn changing(&self, credentials: &Credentials) -> Environment {
        self.environment(credentials)
            .with("LOCKSMITH_WRITE_ROLE", WRITE_ROLE)
            .with("LOCKSMITH_EXTERNAL_ID", EXTERNAL_ID)
    }

    /// The environment of somebody who works with the program `locksmith`.
    pub fn operator(&self) -> Environment {
        self.credentials(&self.operator).with("LOCKSMITH_EXTERNAL_ID", EXTERNAL_ID)
    }

    fn credentials(&self, credentials: &Credentials) -> Environment {
        Environment::default()
            .with("AWS_REGION", REGION)
            .with("AWS_ENDPOINT_URL", &self.endpoint)
            .with("AWS_ACCESS_KEY_ID", credentials.access_key_id())
            .with("AWS_SECRET_ACCESS_KEY", credentials.secret_access_key())
            .with("AWS_SESSION_TOKEN", credentials.session_token().unwrap_or_default())
    }

    fn environment(&self, credentials: &Credentials) -> Environment {
        self.credentials(credentials)
            .with("LOCKSMITH_TABLE", TABLE)
            .with("LOCKSMITH_STATES_BUS", STATES_BUS)
            .with("LOCKSMITH_CONFIG", &format!("s3://{}/{CONFIGURATION_KEY}", self.bucket))
            .with("RUST_LOG", "info")
    }

    /// Every incident in the table.
    pub async fn incidents(&self) -> Vec<Incident> {
        let mut all = Vec::new();
        for state in State::ALL {
            let mut next: Option<String> = None;
            loop {
                let page = self.store.in_state(state, 100, next.as_deref()).await;
                let page = page.expect("the table is read");
                all.extend(page.items);
                next = page.next;
                if next.is_none() {
                    break;
                }
            }
        }
        all
    }

    /// What is stored as an incident's diagnosis: the diagnosis and how it was made.
    pub async fn diagnosis(&self, incident: &Incident) -> Option<Value> {
        let stored = self.store.attachment(&incident.id, Attachment::Diagnosis).await;
        stored.expect("the table is read")
    }
}
