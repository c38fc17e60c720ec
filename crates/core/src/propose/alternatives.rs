//! Ways that people may prefer but that are not ours to go: what they grant besides.

use crate::arn::Arn;
use crate::evaluate::{Layer, Reason};
use crate::explain::{Explained, Row, Subject};
use crate::plan::{Alternative, ChangeKind, Risk};
use crate::policy::{Clause, Effect, Statement};

/// Statements of key policies that could name one more principal, and delegation to the account.
pub(super) fn by_hand(explained: &Explained<'_>, kinds: &[ChangeKind]) -> Vec<Alternative> {
    if !kinds.contains(&ChangeKind::PutKeyPolicy) {
        return Vec::new();
    }
    let mut found: Vec<Alternative> = Vec::new();
    for row in &explained.rows {
        for one in widened(row).into_iter().chain(delegated(row)) {
            if !found.iter().any(|known| known.why == one.why) {
                found.push(one);
            }
        }
    }
    found
}

fn alternative(risk: Risk, why: String, what_to_do: String) -> Alternative {
    Alternative {
        digest: None,
        changes: Vec::new(),
        risk,
        why,
        what_to_do: Some(what_to_do),
        proof: None,
        relies_on: Vec::new(),
    }
}

/// "Allow use of the key", as the console writes it: naming the caller there gives it all of the
/// statement's actions, for everything that the key encrypts.
fn widened(row: &Row<'_>) -> Option<Alternative> {
    let of_key = |reason: &&Reason| {
        reason.layer == Layer::KeyPolicy
            && reason.effect == Effect::Allow
            && reason.action.is_yes()
            && reason.principal.is_no()
    };
    let statements = row.reasons.iter().filter(of_key);
    let statement = statements
        .filter_map(|reason| row.assembled.policies.statement(reason))
        .find(|statement| names_principals(statement) && statement.conditions.is_empty())?;
    let actions = statement.action.as_ref()?.listed();
    let besides: Vec<&str> = actions
        .iter()
        .map(crate::policy::ActionPattern::as_str)
        .filter(|action| !row.need.action.is(action))
        .collect();
    let name = match statement.sid.as_deref() {
        Some(sid) if !sid.is_empty() => format!("statement \"{sid}\""),
        _ => "the statement for users of the key".to_owned(),
    };
    let more = if besides.is_empty() {
        String::new()
    } else {
        format!("{}, and all ", besides.join(", "))
    };
    Some(alternative(
        Risk::High,
        format!(
            "Naming the caller in {name} of the key policy would also grant {more}of it for everything \
             that the key encrypts, called directly too."
        ),
        format!("Add the caller's ARN to the Principal of {name}, if that is wanted."),
    ))
}

fn names_principals(statement: &Statement) -> bool {
    let Some(Clause::Is(listed)) = &statement.principal else { return false };
    listed.iter().any(|one| one.written.contains(":role/") || one.written.contains(":user/"))
}

/// Without delegation no IAM policy of the account counts; with it all do.
fn delegated(row: &Row<'_>) -> Option<Alternative> {
    let own_key = matches!(row.subject, Subject::Key(_)) && row.decision.same_account.is_yes();
    if !own_key || !row.decision.delegated.is_no() {
        return None;
    }
    let account = Arn::parse(row.subject.arn()?)?.account_id()?;
    Some(alternative(
        Risk::High,
        format!(
            "Delegating the key to account {account} (\"Enable IAM User Permissions\") would make every \
             IAM policy of the account count for this key, those of administrators too."
        ),
        format!(
            "Add a statement that allows kms:* to arn:aws:iam::{account}:root, if that is wanted."
        ),
    ))
}
