//! Evidence from the accounts themselves.

use crate::args::{AccessArgs, EntryArgs};
use crate::calls::{Calls, bad_request};
use crate::engine::AccountId;
use crate::exit::Exit;
use crate::problem::Problem;
use core::future::Future;
use core::time::Duration;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use locksmith_app::ports::{Inventory, Reading, StoreError};
use locksmith_aws::{Accounts, EvidenceReader};

/// The name under which CloudTrail shows what is read.
const SESSION: &str = "locksmith-cli";
const HELP: &str = "log in as the AWS CLI does (`aws sso login`, AWS_PROFILE ...); `aws sts \
                    get-caller-identity` tells who you are";

/// Reads what explaining calls needs.
pub(crate) fn of_calls(
    accounts: &[AccountId],
    access: &AccessArgs,
    calls: &Calls,
) -> Result<Reading, Problem> {
    block_on(async {
        let bar = progress("reading the accounts");
        let reader = reader(accounts, access).await?;
        let reading = match calls {
            Calls::Records(records) => {
                let records: Vec<_> = records.iter().collect();
                reader.by_records(SESSION, &records).await
            }
            Calls::Request(request) => {
                let reading = reader.by_request(SESSION, request).await;
                reading.map_err(|error| bad_request(&error))?
            }
        };
        bar.finish_and_clear();
        Ok(reading)
    })
}

/// Reads accounts as a whole.
pub(crate) fn of_accounts(
    accounts: &[AccountId],
    access: &AccessArgs,
    regions: &[String],
) -> Result<Reading, Problem> {
    block_on(async {
        let bar = progress("reading the accounts");
        let reader = reader(accounts, access).await?;
        let tell = |what: &str| bar.set_message(what.to_owned());
        let reading = reader.accounts(SESSION, accounts, regions, tell).await;
        bar.finish_and_clear();
        Ok(reading)
    })
}

/// Runs what waits for the network.
pub(crate) fn block_on<T>(work: impl Future<Output = Result<T, Problem>>) -> Result<T, Problem> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Problem::new(Exit::Evidence, error.to_string()))?;
    runtime.block_on(work)
}

async fn reader(
    configured: &[AccountId],
    access: &AccessArgs,
) -> Result<EvidenceReader<NoInventory>, Problem> {
    let named = access.read_role.is_some();
    let mut accounts = accounts(configured, &access.entry, named).await?;
    accounts.organization = access.organization;
    if let Some(role) = &access.read_role {
        role.clone_into(&mut accounts.read_role);
    }
    Ok(EvidenceReader::new(accounts, NoInventory))
}

/// The accounts, and as whom they are entered. Where nobody named a role, one's own account is
/// entered with one's own credentials.
pub(crate) async fn accounts(
    configured: &[AccountId],
    entry: &EntryArgs,
    role_is_named: bool,
) -> Result<Accounts, Problem> {
    let hub = locksmith_aws::sdk_config().await;
    if hub.region().is_none() {
        let problem = Problem::new(Exit::BadInput, "no AWS Region is set");
        return Err(problem.help("set AWS_REGION, or a region in your AWS profile"));
    }
    let mut accounts = Accounts::new(hub, configured.iter().copied());
    accounts.external_id = entry.external_id.clone();
    accounts.profiles = entry.profiles.iter().cloned().collect();
    if role_is_named || configured.iter().all(|id| accounts.profiles.contains_key(id)) {
        return Ok(accounts);
    }
    let own = locksmith_aws::caller_account(&accounts.hub).await;
    let own = own.map_err(|why| Problem::new(Exit::Evidence, why).help(HELP))?;
    accounts.ambient = Some(own);
    Ok(accounts)
}

/// On standard error, and only where that is a terminal.
fn progress(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new_spinner().with_message(what);
    bar.enable_steady_tick(Duration::from_millis(100));
    match ProgressStyle::with_template("  {spinner} {wide_msg}") {
        Ok(style) => bar.with_style(style),
        Err(_) => ProgressBar::hidden(),
    }
}

/// A program that ends remembers no bucket's owner.
#[derive(Debug)]
struct NoInventory;

impl Inventory for NoInventory {
    async fn owner(&self, _: &str, _: Timestamp) -> Result<Option<AccountId>, StoreError> {
        Ok(None)
    }

    async fn learned(&self, _: &str, _: AccountId, _: Timestamp) -> Result<(), StoreError> {
        Ok(())
    }
}
