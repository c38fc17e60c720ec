//! The documents in the accounts, read and replaced as the role that may write.
//!
//! A role's session may do just what its work asks for ([`narrowing`]); own credentials and profiles
//! of the AWS configuration, where they take the role's place, cannot be narrowed. What is read and
//! written is never logged.

mod access_point;
mod address;
mod attempt;
mod bucket;
mod encryption;
mod entry;
mod grant;
mod iam;
mod key;
mod narrowing;
mod text;

pub use attempt::Waits;

use crate::evidence::{Accounts, Answer, Failure, Session};
use address::Address;
use attempt::persist;
use entry::Entries;
use locksmith_app::ports::{Documents, Slot, Work, WriteError};

/// The documents in the accounts.
///
/// It is made once and lives on: sessions are kept as long as they are good.
#[derive(Debug)]
pub struct AccountDocuments {
    entries: Entries,
    waits: Waits,
}

impl AccountDocuments {
    /// The documents of accounts, written as [`Accounts::write_role`].
    pub fn new(accounts: Accounts) -> Self {
        Self::with_waits(accounts, Waits::default())
    }

    /// The same, with other waits before a write is tried again.
    pub fn with_waits(accounts: Accounts, waits: Waits) -> Self {
        Self { entries: Entries::new(accounts), waits }
    }

    async fn open<'a>(
        &self,
        work: Work<'_>,
        slot: &'a Slot,
    ) -> Result<(Address<'a>, Session), String> {
        let address = Address::of(slot).map_err(|error| error.to_string())?;
        let session = self.entries.enter(work, slot).await?;
        Ok((address, session))
    }
}

impl Documents for AccountDocuments {
    async fn read(&self, work: Work<'_>, slot: &Slot) -> Result<Option<String>, String> {
        let (address, session) = self.open(work, slot).await?;
        read(&session, address).await.map_err(|failure| failure.to_string())
    }

    async fn write(
        &self,
        work: Work<'_>,
        slot: &Slot,
        text: Option<&str>,
    ) -> Result<(), WriteError> {
        let (address, session) = self.open(work, slot).await.map_err(WriteError::Refused)?;
        // Whether a write is tried again is decided here: after an attempt that was lost, the SDK
        // would tell of the last attempt alone.
        let session = session.once();
        match text {
            Some(text) => persist(&self.waits, || put(&session, address, text)).await,
            None => persist(&self.waits, || delete(&session, address)).await,
        }
    }
}

async fn read(session: &Session, address: Address<'_>) -> Answer<Option<String>> {
    match address {
        Address::BucketPolicy { bucket } => bucket::policy(session, bucket).await,
        Address::AccessPointPolicy { name } => access_point::policy(session, name).await,
        Address::KeyPolicy { key } => key::policy(session, key).await,
        Address::Grant { key, name } => grant::grant(session, key, name).await,
        Address::Encryption { bucket } => encryption::encryption(session, bucket).await,
        Address::TrustPolicy { role } => iam::trust_policy(session, role).await,
        Address::RolePolicy { role, name } => iam::role_policy(session, role, name).await,
        Address::UserPolicy { user, name } => iam::user_policy(session, user, name).await,
    }
}

async fn put(session: &Session, address: Address<'_>, text: &str) -> Answer<()> {
    match address {
        Address::BucketPolicy { bucket } => bucket::put_policy(session, bucket, text).await,
        Address::AccessPointPolicy { name } => access_point::put_policy(session, name, text).await,
        Address::KeyPolicy { key } => key::put_policy(session, key, text).await,
        Address::Grant { key, name } => grant::create(session, key, name, text).await,
        Address::Encryption { bucket } => encryption::put(session, bucket, text).await,
        Address::TrustPolicy { role } => iam::put_trust_policy(session, role, text).await,
        Address::RolePolicy { role, name } => iam::put_role_policy(session, role, name, text).await,
        Address::UserPolicy { user, name } => iam::put_user_policy(session, user, name, text).await,
    }
}

/// Deletes a document; where it is gone already, that is well.
async fn delete(session: &Session, address: Address<'_>) -> Answer<()> {
    match address {
        Address::BucketPolicy { bucket } => bucket::delete_policy(session, bucket).await,
        Address::AccessPointPolicy { name } => access_point::delete_policy(session, name).await,
        Address::Grant { key, name } => grant::revoke(session, key, name).await,
        Address::Encryption { bucket } => encryption::delete(session, bucket).await,
        Address::RolePolicy { role, name } => iam::delete_role_policy(session, role, name).await,
        Address::UserPolicy { user, name } => iam::delete_user_policy(session, user, name).await,
        Address::KeyPolicy { .. } | Address::TrustPolicy { .. } => {
            match read(session, address).await? {
                None => Ok(()),
                Some(_) => {
                    let why = "keys and roles always have this policy; it cannot be deleted";
                    Err(Failure::because("", why))
                }
            }
        }
    }
}
