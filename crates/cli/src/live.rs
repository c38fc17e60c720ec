//! Evidence from the accounts themselves.

use crate::args::AccessArgs;
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

fn block_on<T>(work: impl Future<Output = Result<T, Problem>>) -> Result<T, Problem> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Problem::new(Exit::Evidence, error.to_string()))?;
    runtime.block_on(work)
}

async fn reader(
    configured: &[AccountId],
    access: &AccessArgs,
) -> Result<EvidenceReader<NoInventory>, Problem> {
    let hub = locksmith_aws::sdk_config().await;
    if hub.region().is_none() {
        let problem = Problem::new(Exit::BadInput, "no AWS Region is set");
        return Err(problem.help("set AWS_REGION, or a region in your AWS profile"));
    }
    let mut accounts = Accounts::new(hub, configured.iter().copied());
    accounts.organization = access.organization;
    accounts.external_id = access.external_id.clone();
    accounts.profiles = access.profiles.iter().cloned().collect();
    match &access.read_role {
        Some(role) => accounts.read_role = role.clone(),
        // Nobody asked for a role, so one's own account is read with one's own credentials.
        None if configured.iter().all(|account| accounts.profiles.contains_key(account)) => {}
        None => {
            let own = locksmith_aws::caller_account(&accounts.hub).await;
            let own = own.map_err(|why| Problem::new(Exit::Evidence, why).help(HELP))?;
            accounts.ambient = Some(own);
        }
    }
    Ok(EvidenceReader::new(accounts, NoInventory))
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
