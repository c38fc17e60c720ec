//! The documents in the accounts, as the role that may write.

use crate::args::WriteArgs;
use crate::engine::AccountId;
use crate::live;
use crate::problem::Problem;
use locksmith_aws::AccountDocuments;

/// The documents of the accounts that a plan touches; no other is entered.
pub(crate) async fn documents(
    accounts: impl IntoIterator<Item = AccountId>,
    access: &WriteArgs,
) -> Result<AccountDocuments, Problem> {
    let configured: Vec<AccountId> = accounts.into_iter().collect();
    let named = access.write_role.is_some();
    let mut accounts = live::accounts(&configured, &access.entry, named).await?;
    if let Some(role) = &access.write_role {
        role.clone_into(&mut accounts.write_role);
    }
    Ok(AccountDocuments::new(accounts))
}
