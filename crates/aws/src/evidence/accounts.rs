//! Which accounts may be entered, and as whom.

use aws_config::SdkConfig;
use locksmith_core::arn::AccountId;
use std::collections::{BTreeMap, BTreeSet};

/// Path and name of the role that is assumed in every account.
pub const DEFAULT_READ_ROLE: &str = "locksmith/LocksmithRead";

/// Path and name of the role that is assumed where something is written.
pub const DEFAULT_WRITE_ROLE: &str = "locksmith/LocksmithWrite";

/// Calls at a time in one account.
const CONCURRENCY: usize = 16;

/// Which accounts may be entered, and as whom. An account that is not among them is never assumed
/// into, whatever an event names.
#[derive(Clone, Debug)]
pub struct Accounts {
    /// Our own credentials, Region and endpoint, as [`crate::sdk_config`] loads them.
    pub hub: SdkConfig,
    /// The accounts that may be read and, where an approval says so, written.
    pub configured: BTreeSet<AccountId>,
    /// The organization's management account, or one that Organizations is delegated to. It is
    /// asked about the organization alone, unless it is among `configured` too.
    pub organization: Option<AccountId>,
    /// Path and name of the read role, without a slash at the front.
    pub read_role: String,
    /// Path and name of the write role, without a slash at the front.
    pub write_role: String,
    /// The external id that the roles ask for.
    pub external_id: Option<String>,
    /// The account whose credentials we have already, so that no role is assumed there.
    pub ambient: Option<AccountId>,
    /// Named profiles of the AWS configuration that take the place of the roles.
    pub profiles: BTreeMap<AccountId, String>,
    /// Calls at a time in one account; the others wait.
    pub concurrency: usize,
}

impl Accounts {
    /// Accounts whose roles have the default names and ask for no external id.
    pub fn new(hub: SdkConfig, configured: impl IntoIterator<Item = AccountId>) -> Self {
        Self {
            hub,
            configured: configured.into_iter().collect(),
            organization: None,
            read_role: DEFAULT_READ_ROLE.to_owned(),
            write_role: DEFAULT_WRITE_ROLE.to_owned(),
            external_id: None,
            ambient: None,
            profiles: BTreeMap::new(),
            concurrency: CONCURRENCY,
        }
    }

    /// The Region of the hub, where nothing tells a better one.
    pub(crate) fn home_region(&self) -> String {
        self.hub.region().map_or_else(|| "us-east-1".to_owned(), ToString::to_string)
    }

    /// The ARN of an account's role by its path and name.
    pub(crate) fn role_arn(&self, account: AccountId, role: &str) -> String {
        let partition = partition(&self.home_region());
        format!("arn:{partition}:iam::{account}:role/{}", role.trim_matches('/'))
    }
}

/// The partition of a Region.
/// <https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html>
fn partition(region: &str) -> &'static str {
    match region.split('-').next() {
        Some("cn") => "aws-cn",
        Some("us") if region.starts_with("us-gov-") => "aws-us-gov",
        Some("us") if region.starts_with("us-isob-") => "aws-iso-b",
        Some("us") if region.starts_with("us-iso-") => "aws-iso",
        Some("eusc") => "aws-eusc",
        _ => "aws",
    }
}
