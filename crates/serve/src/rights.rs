//! Who may do what beside deciding.

use locksmith_app::card::Card;
use locksmith_app::config::Configuration;
use locksmith_app::fix::Fix;
use locksmith_app::incident::State;
use locksmith_core::arn::AccountId;
use std::collections::BTreeSet;

/// Whether the call may be made again in this state of its incident: not while work goes on by itself.
pub(crate) fn may_be_called_again(state: State) -> bool {
    !matches!(state, State::Detected | State::Approved | State::Applying)
}

/// Whether somebody may take back what an incident relies on: whoever may approve in one of the accounts
/// in which it stands. Of two owners one suffices, since nothing is opened by it.
pub(crate) fn may_undo(relied_on: &[Fix], person: &str, configuration: &Configuration) -> bool {
    let accounts: BTreeSet<AccountId> = relied_on.iter().map(|fix| fix.what.account).collect();
    accounts.into_iter().any(|account| is_owner(person, account, configuration))
}

/// Whether somebody owns any account that an incident is about.
pub(crate) fn is_concerned(card: &Card, person: &str, configuration: &Configuration) -> bool {
    let incident = &card.incident;
    let changes = card.plan.iter().flat_map(|plan| {
        let others = plan.alternatives.iter().flat_map(|other| &other.changes);
        plan.changes.iter().chain(others)
    });
    let about = incident.principal_account.into_iter().chain(incident.resource_account);
    let mut accounts = changes.map(|change| change.account).chain(about);
    accounts.any(|account| is_owner(person, account, configuration))
}

/// Whether somebody may approve changes in an account. The page knows no groups of a chat.
pub(crate) fn is_owner(person: &str, account: AccountId, configuration: &Configuration) -> bool {
    configuration.entitles(person, &BTreeSet::new(), account).is_some()
}
