//! An organization with accounts on the emulator, made through the AWS SDK.

mod account;
mod audit;
mod caller;
mod cause;
mod documents;
pub mod faults;
mod hub;
mod organization;
mod setup;

pub use account::Account;
pub use caller::Made;
pub use cause::{Cause, Side};
pub use documents::{Documents, Place};
pub use hub::{EXTERNAL_ID, Hub, READ_ROLE, WRITE_ROLE};
pub use setup::{ACCESS_POINT, AccessPoint, Caller, ENDPOINT, Grant, KeyState, Setup};

use crate::emulator::Emulator;
use crate::wire::{Call, Wire};
use organization::Organization;

/// The Region of everything.
pub const REGION: &str = "us-west-2";

/// Four accounts of one organization behind a wire of their own: the organization's, the hub, the
/// owner of a bucket and its key, and the account of those who call.
#[derive(Debug)]
pub struct World {
    /// The wire that everything goes over.
    pub wire: Wire,
    /// The organization, with its management account.
    pub organization: Organization,
    /// Locksmith's own account.
    pub hub: Hub,
    /// The owner of the bucket and its key.
    pub owner: Account,
    /// The account of those who call.
    pub caller: Account,
    /// The bucket's name.
    pub bucket: String,
    /// The key's ARN.
    pub key: String,
}

impl World {
    /// Accounts in an organization, Locksmith's roles in each, an empty bucket and its key.
    pub async fn new(emulator: &Emulator) -> Self {
        // Boxed, because so many calls of the SDK make a future of many kilobytes.
        Box::pin(Self::make(emulator)).await
    }

    async fn make(emulator: &Emulator) -> Self {
        let wire = Wire::before(emulator).await;
        let organization = Organization::new(&wire).await;
        let (hub, owner, caller) = (
            organization.account(&wire, "hub").await,
            organization.account(&wire, "owner").await,
            organization.account(&wire, "caller").await,
        );
        let hub = Hub::new(&wire, hub, &organization, [&owner, &caller]).await;
        let bucket = format!("reports-{}", owner.id);
        owner.create_bucket(&bucket).await;
        let key = owner.create_key().await;
        Self { wire, organization, hub, owner, caller, bucket, key }
    }

    /// Whether a call reads accounts, or assumes a role to do so; other calls of the functions are
    /// about the hub's own table, bus and configuration.
    pub fn reads_accounts(&self, call: &Call) -> bool {
        call.service == "sts" || call.account.as_ref() != Some(&self.hub.account.id)
    }

    /// Both accounts that documents of the set-up stand in.
    pub fn accounts(&self) -> [&Account; 2] {
        [&self.owner, &self.caller]
    }

    /// The account of a side.
    pub fn account(&self, side: Side) -> &Account {
        match side {
            Side::Owner => &self.owner,
            Side::Caller => &self.caller,
        }
    }
}
