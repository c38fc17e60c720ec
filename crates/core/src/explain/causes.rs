//! All that blocks one permission.

use super::facts::{Facts, Subject};
use super::row::Row;
use super::words;
use crate::arn::AccountId;
use crate::diagnosis::{Cause, CauseCode, Fix, PolicyProblem};
use crate::evaluate::{Answer, CallerKind, Layer, Outcome, Reason};
use crate::plan::OURS;
use crate::policy::Effect;

impl Row<'_> {
    /// Every cause that surely blocks this permission.
    pub(crate) fn causes(&self, facts: &Facts<'_>) -> Vec<Cause> {
        let mut causes = Vec::new();
        for block in &self.settings.blocks {
            causes.push(self.cause(facts, block.code, block.account, &block.target, None));
        }
        if let Some(outcome) = self.session {
            let problem = match outcome {
                Outcome::ExplicitDeny => PolicyProblem::ExplicitDeny,
                _ => PolicyProblem::MissingAllow,
            };
            causes.push(self.policy_cause(facts, Layer::SessionPolicy, problem, None));
        }
        self.denials(facts, &mut causes);
        let denied =
            matches!(self.decision.answer, Answer::ImplicitlyDenied | Answer::ExplicitlyDenied);
        if denied {
            self.absences(facts, &mut causes);
            if causes.is_empty() {
                // Nothing that was read allows the call, and nobody else could: what is called on
                // would have to name the caller.
                let resource = self.assembled.policies.resource.last();
                let layer = resource.map_or(Layer::IdentityPolicy, |policy| policy.layer);
                let problem = PolicyProblem::MissingAllow;
                causes.push(self.policy_cause(facts, layer, problem, None));
            }
        }
        causes
    }

    fn denials(&self, facts: &Facts<'_>, causes: &mut Vec<Cause>) {
        for layer in Layer::ALL {
            if self.decision.outcome(layer) != Outcome::ExplicitDeny || self.is_replaced(layer) {
                continue;
            }
            if layer == Layer::BlockPublicAccess {
                let target = self.bucket_arn().to_owned();
                let account = self.layer_account(layer);
                causes.push(self.cause(
                    facts,
                    CauseCode::RestrictPublicBuckets,
                    account,
                    &target,
                    None,
                ));
                continue;
            }
            let denying = self.reasons.iter().filter(|reason| {
                reason.layer == layer && reason.effect == Effect::Deny && reason.matched.is_yes()
            });
            for reason in denying {
                let cause =
                    self.policy_cause(facts, layer, PolicyProblem::ExplicitDeny, Some(reason));
                // Several statements of one document are one cause.
                if !causes
                    .iter()
                    .any(|known: &Cause| (known.code, &known.target) == (cause.code, &cause.target))
                {
                    causes.push(cause);
                }
            }
        }
    }

    pub(super) fn is_readable(&self, layer: Layer) -> bool {
        self.assembled.policies.unreadable(layer).is_empty()
    }

    /// Whether a setting's cause stands in place of the layer's own.
    pub(super) fn is_replaced(&self, layer: Layer) -> bool {
        match layer {
            Layer::KeyPolicy | Layer::KmsGrant => self.settings.replaces_key_policy(),
            // S3 reports the block as an explicit deny of the bucket policy.
            Layer::BucketPolicy => {
                self.decision.outcome(Layer::BlockPublicAccess) == Outcome::ExplicitDeny
            }
            _ => false,
        }
    }

    pub(super) fn policy_cause(
        &self,
        facts: &Facts<'_>,
        layer: Layer,
        problem: PolicyProblem,
        near: Option<&Reason>,
    ) -> Cause {
        let target = self.target(facts, layer, near);
        let account = self.layer_account(layer);
        self.cause(facts, CauseCode::Policy(layer, problem), account, &target, near)
    }

    /// The ARN of what has the policy.
    pub(crate) fn target(&self, facts: &Facts<'_>, layer: Layer, near: Option<&Reason>) -> String {
        let caller = &facts.call.caller;
        match layer {
            Layer::IdentityPolicy | Layer::PermissionsBoundary => {
                caller.entity.arn().unwrap_or(&caller.name).to_owned()
            }
            Layer::SessionPolicy => caller.name.to_string(),
            Layer::Scp | Layer::Rcp => {
                let origin = near.and_then(|near| self.assembled.origin(layer, near.policy));
                origin.map(|origin| origin.name.clone()).unwrap_or_default()
            }
            Layer::BucketPolicy | Layer::BlockPublicAccess => self.bucket_arn().to_owned(),
            _ => self.assembled.holder(layer).unwrap_or(self.resource()).to_owned(),
        }
    }

    /// The bucket's own ARN.
    fn bucket_arn(&self) -> &str {
        match &self.subject {
            Subject::S3(s3) => {
                s3.bucket_arn.split_once('/').map_or(&*s3.bucket_arn, |(bucket, _)| bucket)
            }
            _ => self.resource(),
        }
    }

    pub(super) fn cause(
        &self,
        facts: &Facts<'_>,
        code: CauseCode,
        account: Option<AccountId>,
        target: &str,
        near: Option<&Reason>,
    ) -> Cause {
        let statement = near.map(|near| self.note(facts, near));
        let fix = self.fix(facts, code, near);
        let mut cause = Cause {
            code,
            account,
            target: target.to_owned(),
            action: self.need.action.as_str().to_owned(),
            statement,
            fix,
            message: String::new(),
        };
        cause.message = words::cause(facts, self, &cause);
        cause
    }

    /// What Locksmith may mend: missing statements of policies that it may add to.
    fn fix(&self, facts: &Facts<'_>, code: CauseCode, near: Option<&Reason>) -> Fix {
        use PolicyProblem::{ConditionNotMet, DanglingPrincipal, MissingAllow};
        match code {
            CauseCode::ObjectMissing | CauseCode::Unexplained => Fix::None,
            // A statement of ours names its caller; who cannot be named gets none.
            _ if !can_be_named(facts) => Fix::Manual,
            // No statement makes this operation work on another account's key.
            CauseCode::Policy(Layer::KeyPolicy, _) if self.works_only_at_home() => Fix::Manual,
            CauseCode::NoAccountDelegation
            | CauseCode::GrantConstraintNotMet
            | CauseCode::AliasInCallersAccount => Fix::Automatic,
            CauseCode::Policy(Layer::KeyPolicy | Layer::IdentityPolicy, ConditionNotMet)
                if near.is_some_and(|near| self.misses_s3s_own_conditions(near)) =>
            {
                Fix::Automatic
            }
            CauseCode::Policy(_, ConditionNotMet)
                if !near.is_some_and(|near| self.is_ours(near)) =>
            {
                Fix::Manual
            }
            CauseCode::Policy(layer, MissingAllow | DanglingPrincipal | ConditionNotMet) => {
                match layer {
                    Layer::BucketPolicy
                    | Layer::KeyPolicy
                    | Layer::TrustPolicy
                    | Layer::AccessPointPolicy => Fix::Automatic,
                    Layer::IdentityPolicy if may_be_edited(facts) => Fix::Automatic,
                    _ => Fix::Manual,
                }
            }
            _ => Fix::Manual,
        }
    }

    /// Whether a statement is Locksmith's own. Its conditions are no decision of the owners: it was
    /// made for another call, or has ended.
    fn is_ours(&self, near: &Reason) -> bool {
        let statement = self.assembled.policies.statement(near);
        let sid = statement.and_then(|statement| statement.sid.as_deref());
        sid.is_some_and(|sid| sid.starts_with(OURS))
    }

    /// Whether only conditions fail that S3 itself satisfies for this bucket: the form of the
    /// encryption context, or the service in between.
    fn misses_s3s_own_conditions(&self, near: &Reason) -> bool {
        let Subject::Key(key) = &self.subject else { return false };
        let statement =
            self.assembled.policies.statement(near).filter(|_| key.usage.bucket.is_some());
        statement.is_some_and(|statement| {
            statement.conditions.iter().enumerate().all(|(place, condition)| {
                !Reason::has_bit(near.failed_conditions, place)
                    || condition.key.lower() == "kms:viaservice"
                    || condition.key.lower().starts_with("kms:encryptioncontext:aws:s3:arn")
            })
        })
    }
}

/// Whether a policy could name the caller, and nobody else with it. The root user is named together
/// with its account; a service with everybody whom it works for.
fn can_be_named(facts: &Facts<'_>) -> bool {
    !matches!(
        facts.call.caller.kind,
        CallerKind::Anonymous
            | CallerKind::Service
            | CallerKind::Federated
            | CallerKind::Root
            | CallerKind::Unresolved
    )
}

/// Roles that IAM Identity Center or a service owns are edited there.
fn may_be_edited(facts: &Facts<'_>) -> bool {
    let arn = facts.call.caller.entity.arn().unwrap_or_default();
    !arn.contains(":role/aws-reserved/") && !arn.contains(":role/aws-service-role/")
}
