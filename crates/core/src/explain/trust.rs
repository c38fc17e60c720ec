//! Whether the caller's account trusts the key.
//!
//! The second half of AWS's flow chart: a key of the caller's own account is trusted; a foreign
//! one is where an IAM policy or a grant names it.
//! <https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html>

use super::facts::{Facts, Subject};
use super::row::Row;
use crate::arn::Arn;
use crate::diagnosis::KeyTrust;
use crate::evaluate::{Layer, Outcome};
use crate::policy::{Clause, Effect};

pub(super) fn of(facts: &Facts<'_>, rows: &[Row<'_>]) -> Option<KeyTrust> {
    let row = rows.iter().find(|row| matches!(row.subject, Subject::Key(_)))?;
    let arn = row.subject.arn()?;
    let caller = facts.call.caller.account?;
    if row.settings.has_no_key() {
        return None;
    }
    if row.account == Some(caller) {
        return Some(KeyTrust::OwnAccount);
    }
    if names_key(row, arn) || row.decision.outcome(Layer::KmsGrant) == Outcome::Allow {
        return Some(KeyTrust::ExplicitlyPermitted);
    }
    let unread = |layer| !row.assembled.policies.unreadable(layer).is_empty();
    let readable = !unread(Layer::IdentityPolicy) && !unread(Layer::KmsGrant);
    readable.then_some(KeyTrust::NotEstablished)
}

/// Whether an identity policy allows something on this key by more than `*`.
fn names_key(row: &Row<'_>, arn: &str) -> bool {
    let account = Arn::parse(arn).map(|arn| arn.account);
    let statements = row
        .reasons
        .iter()
        .filter(|reason| reason.layer == Layer::IdentityPolicy && reason.effect == Effect::Allow);
    statements.filter_map(|reason| row.assembled.policies.statement(reason)).any(|statement| {
        let Some(Clause::Is(listed)) = &statement.resource else { return false };
        listed.iter().any(|pattern| {
            Arn::parse(pattern.as_str()).map(|arn| arn.account) == account
                && pattern.matches_resource(arn, &row.context).is_yes()
        })
    })
}
