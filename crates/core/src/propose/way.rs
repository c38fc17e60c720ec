//! One way to mend a call, gone to its end and proved.

use super::draft::{Draft, draft};
use super::{Choice, PlanOptions, add, left_to_people, manual, proof, step};
use crate::diagnosis::{Cause, CauseCode, Fix, Unknown, Verdict};
use crate::evaluate::{Grants, Layer, Policies};
use crate::evidence::Evidence;
use crate::explain::Explained;
use crate::plan::{Alternative, Change, ChangeKind, Digest, Manual, OURS, Proof, Reliance, Risk};
use crate::policy::Effect;

/// A way that was proved.
pub(super) struct Way {
    pub(super) digest: Digest,
    pub(super) changes: Vec<Change>,
    /// What remains for people.
    pub(super) manual: Vec<Manual>,
    pub(super) proof: Proof,
    pub(super) relies_on: Vec<Reliance>,
}

/// Goes a way. Where it leads nowhere, what people would have to do.
pub(super) fn go(
    now: &Explained<'_>,
    evidence: &Evidence,
    options: &PlanOptions,
    choice: Choice,
) -> Result<Way, Vec<Manual>> {
    // That there is no such key is what AWS said of an alias that the evidence explains.
    let by_alias =
        now.diagnosis.causes.iter().any(|cause| cause.code == CauseCode::AliasInCallersAccount);
    let call = now.facts.call.clone();
    let call = if by_alias { call.without_state_error() } else { call };
    let Draft { changes, refused, evidence: after } = draft(&call, evidence, options, choice);
    if changes.is_empty() {
        return Err(refused);
    }
    let then = Explained::of(&call, &after);
    if let Some(why) = unfinished(now, &then, !refused.is_empty()) {
        return Err(unproved(now, &why));
    }
    let mut named: Vec<&Policies> = Vec::new();
    let mut grants: Vec<&Grants> = Vec::new();
    for row in now.rows.iter().chain(&then.rows) {
        named.push(&row.assembled.policies);
        grants.extend(row.assembled.policies.grants.as_ref());
    }
    let mut checked = 0;
    for (change, intent) in &changes {
        let comparison = proof::compare(change, intent, &named, &grants);
        checked += comparison.checked;
        if let Some(outside) = comparison.outside.first() {
            return Err(unproved(now, outside));
        }
    }
    let mut left = Vec::new();
    if then.diagnosis.verdict == Verdict::Denied {
        for cause in left_to_people(&then) {
            add(&mut left, vec![step(&then, cause)]);
        }
    }
    add(&mut left, refused);
    let changes: Vec<Change> = changes.into_iter().map(|(change, _)| change).collect();
    Ok(Way {
        digest: Digest::of_changes(&changes),
        changes,
        manual: left,
        proof: Proof {
            before: now.diagnosis.verdict,
            after: then.diagnosis.verdict,
            nothing_else_opened: true,
            checked,
        },
        relies_on: relies_on(&then),
    })
}

fn unproved(now: &Explained<'_>, why: &str) -> Vec<Manual> {
    let automatic = now.diagnosis.causes.iter().filter(|cause| cause.fix == Fix::Automatic);
    automatic.map(|cause| manual::unproved(&now.facts, cause, why)).collect()
}

/// Why the changes are not what they should be, if they are not: the call must be allowed with them,
/// or denied for nothing but what was left to people; and nothing that people have to decide may be
/// got round.
fn unfinished(now: &Explained<'_>, then: &Explained<'_>, refused: bool) -> Option<String> {
    let key = |cause: &Cause| (cause.code, cause.account, cause.action.clone());
    let got_round = now.diagnosis.causes.iter().find(|cause| {
        cause.fix != Fix::Automatic
            && !then.diagnosis.causes.iter().any(|left| key(left) == key(cause))
    });
    if let Some(cause) = got_round {
        return Some(format!("it would get round {}", cause.code));
    }
    match then.diagnosis.verdict {
        Verdict::Allowed => None,
        Verdict::Denied => {
            let left = then.diagnosis.causes.iter().find(|cause| cause.fix == Fix::Automatic);
            left.filter(|_| !refused).map(|cause| format!("{} would remain", cause.code))
        }
        Verdict::Unknown => {
            // A session policy that nothing points to decides nothing by itself.
            let of_session = |unknown: &&Unknown| unknown.layer == Some(Layer::SessionPolicy);
            let unknowns = &then.diagnosis.unknowns;
            let decides = unknowns.iter().find(|unknown| !of_session(unknown)).or(unknowns.first());
            let why = decides.map(|unknown| unknown.why.clone());
            Some(why.unwrap_or_else(|| "facts are missing that decide".to_owned()))
        }
    }
}

/// Statements, policies and grants of ours that let the call through.
pub(super) fn relies_on(explained: &Explained<'_>) -> Vec<Reliance> {
    let mut found = Vec::new();
    for row in &explained.rows {
        let allows = row
            .reasons
            .iter()
            .filter(|reason| reason.effect == Effect::Allow && reason.matched.is_yes());
        for reason in allows {
            let Some(account) = row.layer_account(reason.layer) else { continue };
            let target = row.target(&explained.facts, reason.layer, Some(reason));
            let statement = row.assembled.policies.statement(reason);
            let sid = statement.and_then(|statement| statement.sid.as_deref());
            let policy = row.assembled.origin(reason.layer, reason.policy);
            let policy = policy.map(|origin| origin.name.as_str());
            let grant =
                row.assembled.policies.grant(reason).and_then(|grant| grant.name.as_deref());
            let (kind, name) = match reason.layer {
                Layer::BucketPolicy => (ChangeKind::PutBucketPolicy, sid),
                Layer::AccessPointPolicy => (ChangeKind::PutAccessPointPolicy, sid),
                Layer::KeyPolicy => (ChangeKind::PutKeyPolicy, sid),
                Layer::TrustPolicy => (ChangeKind::PutTrustPolicy, sid),
                Layer::KmsGrant => (ChangeKind::CreateGrant, grant),
                Layer::IdentityPolicy if target.contains(":user/") => {
                    (ChangeKind::PutUserPolicy, policy)
                }
                Layer::IdentityPolicy => (ChangeKind::PutRolePolicy, policy),
                _ => continue,
            };
            let Some(name) = name.filter(|name| name.starts_with(OURS)) else { continue };
            found.push(Reliance { kind, account, target, name: name.to_owned() });
        }
    }
    found.sort();
    found.dedup();
    found
}

impl Way {
    /// This way beside the one that is preferred.
    pub(super) fn into_alternative(self, preferred: &[Change]) -> Alternative {
        let differs = |change: &&Change| !preferred.contains(change);
        let other: Vec<ChangeKind> =
            self.changes.iter().filter(differs).map(|change| change.kind).collect();
        let why = if other.contains(&ChangeKind::CreateGrant) {
            "A grant in place of the key policy's statement: the policy stays as it is and undoing is one \
             call. Grants are less visible than policies, carry no kms:ViaService and do not end by \
             themselves."
        } else {
            "The resource's policy names the caller in place of its own IAM policies: the permission is \
             seen where the data is, and no longer depends on what the account's administrators do."
        };
        let risk = self.changes.iter().map(|change| change.risk).max().unwrap_or(Risk::Low);
        Alternative {
            digest: Some(self.digest),
            changes: self.changes,
            risk,
            why: why.to_owned(),
            what_to_do: None,
            proof: Some(self.proof),
            relies_on: self.relies_on,
        }
    }
}
