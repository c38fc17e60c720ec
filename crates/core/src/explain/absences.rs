//! Layers that do not allow what they would have to.

use super::facts::Facts;
use super::row::Row;
use crate::diagnosis::{Cause, CauseCode, PolicyProblem};
use crate::evaluate::{CallerKind, Layer, Naming, Outcome, Reason, Source, works_across_accounts};
use crate::policy::{Clause, Effect, PrincipalId};
use std::collections::BTreeSet;

/// How a layer fails to allow, and the statement that came near.
type Absence<'r> = (PolicyProblem, Option<&'r Reason>);

impl Row<'_> {
    /// Layers that do not allow what they would have to.
    pub(super) fn absences(&self, facts: &Facts<'_>, causes: &mut Vec<Cause>) {
        self.organization_absences(facts, causes);
        self.narrowing_absence(facts, Layer::VpcEndpointPolicy, causes);
        // Boundary and session do not limit what a resource of the same account grants directly.
        let shielded = !self.decision.same_account.is_no() && !self.decision.direct.is_no();
        if !shielded {
            self.narrowing_absence(facts, Layer::PermissionsBoundary, causes);
            self.narrowing_absence(facts, Layer::SessionPolicy, causes);
        }
        let caller = &facts.call.caller;
        let service = self.need.action.service();
        if !caller.is_member() {
            self.resource_absences(facts, causes);
        } else if self.decision.same_account.is_yes() {
            // What may be granted to the caller itself leaves nothing else to be needed for certain.
            if self.decision.by_entity.is_no() {
                match service {
                    "kms" => self.own_key(facts, causes),
                    "sts" => self.own_role(facts, causes),
                    _ => self.own_resource(facts, causes),
                }
            }
        } else if self.decision.same_account.is_no() || self.is_resource_readable() {
            self.identity_absence(facts, causes);
            self.resource_absences(facts, causes);
        }
    }

    /// Whether every policy of the resource was read; one that was not may allow by itself, should
    /// the resource belong to the caller's account.
    fn is_resource_readable(&self) -> bool {
        self.assembled.policies.resource.iter().all(|policy| self.is_readable(policy.layer))
    }

    /// A level of the organization at which nothing allows.
    fn organization_absences(&self, facts: &Facts<'_>, causes: &mut Vec<Cause>) {
        let Some(levels) = &self.assembled.policies.scps else { return };
        if self.decision.outcome(Layer::Scp) == Outcome::NotApplicable {
            return;
        }
        let mut first = 0;
        for (level, node) in levels.iter().zip(&self.assembled.scp_nodes) {
            let next = first + u32::try_from(level.len()).unwrap_or(u32::MAX);
            let absence = self.absence(Layer::Scp, |reason| (first..next).contains(&reason.policy));
            first = next;
            if level.iter().any(|source| matches!(source, Source::Unreadable(_))) {
                continue;
            }
            if let Some((problem, near)) = absence {
                let code = CauseCode::Policy(Layer::Scp, problem);
                let account = self.layer_account(Layer::Scp);
                let policy = near.and_then(|near| self.assembled.origin(Layer::Scp, near.policy));
                let target = policy.map_or(node, |policy| &policy.name);
                causes.push(self.cause(facts, code, account, target, near));
            }
        }
    }

    fn narrowing_absence(&self, facts: &Facts<'_>, layer: Layer, causes: &mut Vec<Cause>) {
        let in_force = self.decision.outcome(layer) != Outcome::NotApplicable;
        if in_force
            && self.is_readable(layer)
            && let Some((problem, near)) = self.absence(layer, |_| true)
        {
            causes.push(self.policy_cause(facts, layer, problem, near));
        }
    }

    fn identity_absence(&self, facts: &Facts<'_>, causes: &mut Vec<Cause>) {
        if facts.call.caller.kind != CallerKind::Root
            && self.is_readable(Layer::IdentityPolicy)
            && let Some((problem, near)) = self.absence(Layer::IdentityPolicy, |_| true)
        {
            causes.push(self.policy_cause(facts, Layer::IdentityPolicy, problem, near));
        }
    }

    /// Every resource policy that has to allow and does not.
    fn resource_absences(&self, facts: &Facts<'_>, causes: &mut Vec<Cause>) {
        if self.works_only_at_home() && !self.is_replaced(Layer::KeyPolicy) {
            let problem = PolicyProblem::MissingAllow;
            causes.push(self.policy_cause(facts, Layer::KeyPolicy, problem, None));
        } else if self.need.action.service() == "kms" {
            if !self.is_replaced(Layer::KeyPolicy) && !self.is_allowed_by_key() {
                causes.extend(self.key_cause(facts, false));
            }
        } else {
            self.policy_absences(facts, causes);
        }
    }

    fn policy_absences(&self, facts: &Facts<'_>, causes: &mut Vec<Cause>) {
        for policy in &self.assembled.policies.resource {
            let listed = policy.layer == Layer::BucketPolicy && self.acl_may_allow();
            if !listed
                && self.is_readable(policy.layer)
                && let Some((problem, near)) = self.absence(policy.layer, |_| true)
            {
                causes.push(self.policy_cause(facts, policy.layer, problem, near));
            }
        }
    }

    /// Whether the object's access control list lets the caller in, or may.
    fn acl_may_allow(&self) -> bool {
        let object = self.assembled.policies.object;
        object.is_some_and(|object| !(object.acl_everyone | object.acl_account).is_no())
    }

    /// S3 and others within one account: nobody allows, and either side would do.
    fn own_resource(&self, facts: &Facts<'_>, causes: &mut Vec<Cause>) {
        let Some((problem, near)) = self.absence(Layer::IdentityPolicy, |_| true) else { return };
        if self.is_void_alone() {
            return;
        }
        let readable = self.is_readable(Layer::IdentityPolicy) && self.is_resource_readable();
        if facts.call.caller.kind == CallerKind::Root || !readable {
            return;
        }
        if problem == PolicyProblem::MissingAllow {
            for policy in &self.assembled.policies.resource {
                match self.absence(policy.layer, |_| true) {
                    Some((PolicyProblem::MissingAllow, _)) | None => {}
                    Some((problem, near)) => {
                        causes.push(self.policy_cause(facts, policy.layer, problem, near));
                        return;
                    }
                }
            }
        }
        causes.push(self.policy_cause(facts, Layer::IdentityPolicy, problem, near));
    }

    /// Whether the bucket policy lets the caller in, and is void only because the object belongs to
    /// another account.
    fn is_void_alone(&self) -> bool {
        let object = self.assembled.policies.object;
        object.is_some_and(|object| object.policy_counts.is_no())
            && self.reasons.iter().any(|reason| {
                reason.layer == Layer::BucketPolicy
                    && reason.effect == Effect::Allow
                    && reason.matched.is_yes()
                    && reason.naming != Naming::Account
            })
    }

    /// A key of the caller's own account.
    fn own_key(&self, facts: &Facts<'_>, causes: &mut Vec<Cause>) {
        // Whether the key policy delegates may be open: the caller's own side is needed if it does,
        // and nothing else helps if it does not.
        if !self.decision.delegated.is_no() {
            self.identity_absence(facts, causes);
        } else if !self.is_replaced(Layer::KeyPolicy) && self.decision.delegated.is_no() {
            causes.extend(self.key_cause(facts, true));
        }
    }

    /// A role of the caller's own account: its trust policy has to let the account or the caller
    /// in, and for the account the caller's own policies have to allow it.
    fn own_role(&self, facts: &Facts<'_>, causes: &mut Vec<Cause>) {
        if self.decision.delegated.is_yes() {
            return self.identity_absence(facts, causes);
        }
        let trust = self.absence(Layer::TrustPolicy, |_| true);
        let identity = self.absence(Layer::IdentityPolicy, |_| true);
        let identity = identity.filter(|_| self.is_readable(Layer::IdentityPolicy));
        match (identity, trust) {
            (Some(_), Some((PolicyProblem::MissingAllow, _)) | None) => {
                self.identity_absence(facts, causes);
            }
            (_, Some((problem, near))) => {
                causes.push(self.policy_cause(facts, Layer::TrustPolicy, problem, near));
            }
            (None, None) => {}
        }
    }

    fn is_allowed_by_key(&self) -> bool {
        [Layer::KeyPolicy, Layer::KmsGrant]
            .iter()
            .any(|layer| self.absence(*layer, |_| true).is_none() && self.has_say(*layer))
    }

    fn has_say(&self, layer: Layer) -> bool {
        self.decision.outcome(layer) != Outcome::NotApplicable
            && self.decision.outcome(layer) != Outcome::NoAllow
    }

    /// Why neither key policy nor grants allow.
    fn key_cause(&self, facts: &Facts<'_>, own_account: bool) -> Option<Cause> {
        let layer = Layer::KeyPolicy;
        if !self.is_readable(layer) || !self.is_readable(Layer::KmsGrant) {
            return None;
        }
        let absence = self.absence(layer, |_| true);
        let problem = absence.map_or(PolicyProblem::MissingAllow, |(problem, _)| problem);
        let near = absence.and_then(|(_, near)| near);
        if problem == PolicyProblem::ConditionNotMet {
            return Some(self.policy_cause(facts, layer, problem, near));
        }
        let constrained = self
            .reasons
            .iter()
            .find(|reason| reason.layer == Layer::KmsGrant && reason.misses_by_condition_alone());
        if let Some(grant) = constrained {
            let target = self.resource().to_owned();
            return Some(self.cause(
                facts,
                CauseCode::GrantConstraintNotMet,
                self.account,
                &target,
                Some(grant),
            ));
        }
        if problem == PolicyProblem::MissingAllow && own_account && !self.names_key_account() {
            let target = self.resource().to_owned();
            return Some(self.cause(
                facts,
                CauseCode::NoAccountDelegation,
                self.account,
                &target,
                None,
            ));
        }
        Some(self.policy_cause(facts, layer, problem, near))
    }

    /// Whether a statement of the key policy names the key's own account.
    fn names_key_account(&self) -> bool {
        let statements = self
            .reasons
            .iter()
            .filter(|reason| reason.layer == Layer::KeyPolicy && reason.effect == Effect::Allow);
        statements.filter_map(|reason| self.assembled.policies.statement(reason)).any(|statement| {
            let Some(Clause::Is(listed)) = &statement.principal else { return false };
            listed.iter().any(|principal| match principal.id {
                PrincipalId::Account(account) => Some(account) == self.account,
                _ => false,
            })
        })
    }

    /// How a layer fails to allow; `None` where a statement allows or may allow.
    fn absence(&self, layer: Layer, within: impl Fn(&Reason) -> bool) -> Option<Absence<'_>> {
        let allows = || {
            self.reasons.iter().filter(|reason| {
                reason.layer == layer && reason.effect == Effect::Allow && within(reason)
            })
        };
        if allows().any(|reason| !reason.matched.is_no()) {
            return None;
        }
        if let Some(near) = allows().find(|reason| reason.misses_by_condition_alone()) {
            return Some((PolicyProblem::ConditionNotMet, Some(near)));
        }
        if let Some(near) = allows().find(|reason| self.is_dangling(reason)) {
            return Some((PolicyProblem::DanglingPrincipal, Some(near)));
        }
        Some((PolicyProblem::MissingAllow, None))
    }

    /// Whether the operation works in the key's own account alone, whatever the key policy says.
    pub(super) fn works_only_at_home(&self) -> bool {
        self.need.action.service() == "kms"
            && self.decision.same_account.is_no()
            && !works_across_accounts(&self.need.action)
    }

    /// Whether a statement would allow, were the deleted principal that it names the caller.
    fn is_dangling(&self, reason: &Reason) -> bool {
        let otherwise = reason.action.is_yes()
            && reason.resource.is_yes()
            && reason.principal.is_no()
            && reason.failed_conditions == 0
            && reason.unknown_conditions == 0;
        let statement = self.assembled.policies.statement(reason).filter(|_| otherwise);
        let Some(Clause::Is(listed)) = statement.and_then(|statement| statement.principal.as_ref())
        else {
            return false;
        };
        listed.iter().any(|principal| {
            principal.id == PrincipalId::UniqueId && self.dangling.contains(&*principal.written)
        })
    }
}

/// The unique ids, among those that the row's policies name, that belong to no principal of the
/// evidence.
pub(super) fn dangling(facts: &Facts<'_>, row: &Row<'_>) -> BTreeSet<Box<str>> {
    let statements =
        row.reasons.iter().filter_map(|reason| row.assembled.policies.statement(reason));
    let listed = statements.filter_map(|statement| statement.principal.as_ref());
    let ids = listed.flat_map(Clause::listed).filter(|p| p.id == PrincipalId::UniqueId);
    ids.map(|principal| principal.written.clone()).filter(|id| !exists(facts, id)).collect()
}

/// Whether a principal of the evidence has the id, or one that could not be read may have it.
fn exists(facts: &Facts<'_>, id: &str) -> bool {
    facts.evidence.accounts().any(|account| facts.evidence.may_have_id(account, id))
}
