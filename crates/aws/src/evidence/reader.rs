//! The port: evidence for a record, a request, or whole accounts.

use super::accounts::Accounts;
use super::answer::Answer;
use super::cache::{Cache, ORGANIZATION_AGE, POLICY_VERSION_AGE, UNIQUE_ID_AGE};
use super::gate::Gate;
use super::organization::KnownTop;
use super::reading::Walk;
use super::session::{Session, Sessions, Step};
use super::whole;
use jiff::Timestamp;
use locksmith_app::incident::IncidentId;
use locksmith_app::ports::{EvidenceSource, Inventory, Reading};
use locksmith_core::arn::AccountId;
use locksmith_core::call::{PlainRequest, RequestError};
use locksmith_core::evidence::Evidence;
use locksmith_core::record::Record;
use locksmith_core::wanted;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Reads evidence from the accounts, live.
///
/// It is made once and lives on: what changes slowly it keeps for a while.
#[derive(Debug)]
pub struct EvidenceReader<I> {
    known: Arc<Known>,
    inventory: I,
}

/// What readings share.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) accounts: Accounts,
    gates: Mutex<HashMap<AccountId, Arc<Gate>>>,
    /// Documents by a managed policy's unique id and version.
    pub(super) policy_versions: Cache<String>,
    /// Names by unique id.
    pub(super) unique_ids: Cache<String>,
    /// Guardrails and paths.
    pub(super) organization: Cache<Value>,
    /// The organization itself, its root and the types of policies in use.
    pub(super) top: KnownTop,
}

impl Known {
    /// What keeps the number of calls in an account bounded.
    pub(super) fn gate(&self, account: AccountId) -> Arc<Gate> {
        let mut gates = self.gates.lock().unwrap_or_else(PoisonError::into_inner);
        let gate = || Arc::new(Gate::new(self.accounts.concurrency));
        gates.entry(account).or_insert_with(gate).clone()
    }
}

impl<I: Inventory> EvidenceReader<I> {
    /// A reader of accounts, with what is known of buckets' owners.
    pub fn new(accounts: Accounts, inventory: I) -> Self {
        let known = Known {
            accounts,
            gates: Mutex::default(),
            policy_versions: Cache::new(POLICY_VERSION_AGE),
            unique_ids: Cache::new(UNIQUE_ID_AGE),
            organization: Cache::new(ORGANIZATION_AGE),
            top: KnownTop::default(),
        };
        Self { known: Arc::new(known), inventory }
    }

    /// Reads what explaining the calls of records needs, under a role session name.
    pub async fn by_records(&self, session_name: &str, records: &[&Record]) -> Reading {
        let wanted = |evidence: &Evidence| {
            records.iter().flat_map(|record| wanted::by_record(record, evidence)).collect()
        };
        self.walk(session_name, wanted).await
    }

    /// Reads what explaining a call that nobody recorded needs.
    ///
    /// # Errors
    /// [`RequestError`] for a request that cannot be read.
    pub async fn by_request(
        &self,
        session_name: &str,
        request: &PlainRequest,
    ) -> Result<Reading, RequestError> {
        wanted::by_request(request, &Evidence::default())?;
        let wanted =
            |evidence: &Evidence| wanted::by_request(request, evidence).unwrap_or_default();
        Ok(self.walk(session_name, wanted).await)
    }

    /// Reads accounts as a whole: their principals and policies, their buckets, and the keys, VPC
    /// endpoints and access points of the Regions; without any of the hub's. `progress` hears what
    /// is being read.
    pub async fn accounts(
        &self,
        session_name: &str,
        accounts: &[AccountId],
        regions: &[String],
        progress: impl Fn(&str),
    ) -> Reading {
        let sessions = Sessions::named(self.known.clone(), session_name);
        let home = [self.known.accounts.home_region()];
        let regions = if regions.is_empty() { &home } else { regions };
        whole::read(&sessions, accounts, regions, &progress).await
    }

    /// Becomes the reader of a configured account, for a call that no evidence needs.
    pub(crate) async fn session(
        &self,
        session_name: &str,
        account: AccountId,
        region: &str,
    ) -> Answer<Session> {
        let sessions = Sessions::named(self.known.clone(), session_name);
        sessions.open(account, region, &Step::first(Arc::default())).await
    }

    /// The hub's Region.
    pub(crate) fn home_region(&self) -> String {
        self.known.accounts.home_region()
    }

    async fn walk(
        &self,
        session_name: &str,
        wanted: impl Fn(&Evidence) -> std::collections::BTreeSet<wanted::Wanted>,
    ) -> Reading {
        let sessions = Sessions::named(self.known.clone(), session_name);
        Walk::new(&sessions, &self.inventory, Timestamp::now()).run(wanted).await
    }
}

impl<I: Inventory + Send> EvidenceSource for EvidenceReader<I> {
    async fn read(&self, incident: &IncidentId, record: &Record) -> Reading {
        self.by_records(&format!("locksmith-{incident}"), &[record]).await
    }
}
