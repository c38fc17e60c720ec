//! Who may do what beside deciding.

use locksmith_app::card::Card;
use locksmith_app::change::Step;
use locksmith_app::config::Configuration;
use locksmith_app::incident::State;
use locksmith_core::arn::AccountId;
use std::collections::BTreeSet;

/// Whether something stands that may be taken back.
pub(crate) fn may_be_undone(card: &Card) -> bool {
    let state = card.incident.state;
    let stands =
        card.journal.as_ref().is_some_and(|journal| journal.steps.iter().any(Step::may_stand));
    stands && matches!(state, State::Applied | State::Verified | State::Failed)
}

/// Whether somebody may take a change back: whoever may approve in one of the accounts in which it was
/// made. Of two owners one suffices, since nothing is opened by it.
pub(crate) fn may_undo(card: &Card, person: &str, configuration: &Configuration) -> bool {
    let steps = card.journal.iter().flat_map(|journal| &journal.steps);
    let accounts: BTreeSet<AccountId> = steps.map(|step| step.change.account).collect();
    accounts.into_iter().any(|account| is_owner(person, account, configuration))
}

/// Whether somebody may approve changes in an account. The page knows no groups of a chat.
pub(crate) fn is_owner(person: &str, account: AccountId, configuration: &Configuration) -> bool {
    configuration.entitles(person, &BTreeSet::new(), account).is_some()
}
