//! The ways that a plan offers: its own changes, or those of an alternative.

use locksmith_core::arn::AccountId;
use locksmith_core::diagnosis::Verdict;
use locksmith_core::plan::{Change, ChangeKind, Digest, Plan, Proof, Reliance};
use serde_json::Value;
use std::collections::BTreeSet;

/// One way to make the call succeed, which may be approved and applied.
#[derive(Clone, Copy, Debug)]
pub struct Way<'a> {
    /// What an approval is bound to.
    pub digest: &'a Digest,
    /// What is changed, in order.
    pub changes: &'a [Change],
    /// What of ours the call needs afterwards.
    pub relies_on: &'a [Reliance],
}

impl<'a> Way<'a> {
    /// The ways of a plan, its own first: those that are proved and leave nothing for people to do.
    pub fn all(plan: &'a Plan) -> impl Iterator<Item = Self> {
        let own = Self { digest: &plan.digest, changes: &plan.changes, relies_on: &plan.relies_on };
        let own = Some(own).filter(|own| own.is_proved(&plan.proof));
        let others = plan.alternatives.iter().filter_map(|other| {
            let digest = other.digest.as_ref()?;
            let way = Self { digest, changes: &other.changes, relies_on: &other.relies_on };
            Some(way).filter(|way| other.proof.as_ref().is_some_and(|proof| way.is_proved(proof)))
        });
        own.into_iter().chain(others).filter(|_| plan.resolves)
    }

    /// The way of a plan that a digest names.
    pub fn of(plan: &'a Plan, digest: &Digest) -> Option<Self> {
        Self::all(plan).find(|way| way.digest == digest)
    }

    /// Whether its digest is that of its changes, and the engine found that the call succeeds and
    /// nothing else does.
    fn is_proved(&self, proof: &Proof) -> bool {
        !self.changes.is_empty()
            && *self.digest == Digest::of_changes(self.changes)
            && proof.after == Verdict::Allowed
            && proof.nothing_else_opened
    }

    /// The accounts in which something is changed.
    pub fn accounts(&self) -> BTreeSet<AccountId> {
        self.changes.iter().map(|change| change.account).collect()
    }

    /// The principals whom the changes let in, by ARN.
    pub fn lets_in(&self) -> BTreeSet<String> {
        self.changes.iter().flat_map(let_in).collect()
    }

    /// What of ours there is afterwards that the call needs, and the change that makes it, where one
    /// does; in the same order for everybody.
    pub(crate) fn needs(&self) -> BTreeSet<Reliance> {
        let made = self.changes.iter().flat_map(Change::leaves);
        made.chain(self.relies_on.iter().cloned()).collect()
    }
}

fn let_in(change: &Change) -> Vec<String> {
    match change.kind {
        ChangeKind::PutRolePolicy | ChangeKind::PutUserPolicy => vec![change.target.clone()],
        ChangeKind::CreateGrant => {
            let grantee = change.after.get("GranteePrincipal").and_then(Value::as_str);
            grantee.into_iter().map(str::to_owned).collect()
        }
        _ => {
            let principals = change.added.iter().filter_map(|one| one.get("Principal"));
            principals.flat_map(arns).collect()
        }
    }
}

/// The ARNs of a `Principal` element.
fn arns(principal: &Value) -> Vec<String> {
    match principal {
        Value::String(text) => vec![text.clone()],
        Value::Array(list) => list.iter().flat_map(arns).collect(),
        Value::Object(kinds) => kinds.values().flat_map(arns).collect(),
        _ => Vec::new(),
    }
}
