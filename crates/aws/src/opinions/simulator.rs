//! IAM's policy simulator: [`SimulatePrincipalPolicy`], one permission at a time.
//!
//! It is asked only what it can judge, which is the caller's side. Its [limits], and what follows:
//!
//! - It knows the policies of the caller and its boundary. So it is asked where our engine says that
//!   the caller's own policies allow the permission; where the resource's side does, it cannot say.
//! - A resource's policy counts for users alone, and has to be given to it. That of a bucket which a
//!   change left is given, where user and bucket are of one account; key policies it does not know.
//! - It sees no session policy, no endpoint policy, no resource control policy, no other account's
//!   side, and service control policies only without their conditions: a denial by those is none.
//! - It has no request. Keys of conditions that it lacks count as absent, so that a denial which names
//!   keys as missing is none either. The service that S3 calls KMS through is told to it.
//!
//! [`SimulatePrincipalPolicy`]: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
//! [limits]: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html

use crate::evidence::{Answer, Failure, Session};
use aws_sdk_iam::types::{
    ContextEntry, ContextKeyTypeEnum, EvaluationResult, PolicyEvaluationDecisionType,
    ResourceSpecificResult,
};
use locksmith_app::change::Journal;
use locksmith_app::incident::Incident;
use locksmith_app::ports::Says;
use locksmith_core::arn::{AccountId, Arn};
use locksmith_core::diagnosis::{Diagnosis, Permission};
use locksmith_core::evaluate::{Layer, Outcome};
use locksmith_core::plan::ChangeKind;
use std::collections::BTreeSet;

const OPERATION: &str = "SimulatePrincipalPolicy";

/// Of whom it is asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    /// The role or user.
    pub(super) arn: &'a str,
    /// Whose that is.
    pub(super) account: AccountId,
}

/// What is asked of one permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Question<'a> {
    action: &'a str,
    resource: &'a str,
    /// The resource's policy.
    pub(super) policy: Option<&'a str>,
    /// The service that the call comes through.
    pub(super) via: Option<String>,
}

impl<'a> Asked<'a> {
    /// The caller of an incident.
    pub(super) fn of(incident: &'a Incident, diagnosis: &Diagnosis) -> Result<Self, &'static str> {
        let account = incident.principal_account.or(diagnosis.call.principal_account);
        let arn = incident.principal_arn.as_deref().and_then(Arn::parse);
        let arn = arn.filter(|arn| arn.service == "iam");
        let (Some(arn), Some(account)) = (arn, account) else {
            return Err("the caller is neither a role nor a user");
        };
        if !["user/", "role/"].iter().any(|kind| arn.resource.starts_with(kind)) {
            return Err("the caller is neither a role nor a user");
        }
        Ok(Self { arn: arn.text, account })
    }

    fn is_user(&self) -> bool {
        Arn::parse(self.arn).is_some_and(|arn| arn.resource.starts_with("user/"))
    }
}

impl<'a> Question<'a> {
    /// What to ask of a permission that a call to a service needs; or why it cannot be judged.
    pub(super) fn of(
        asked: &Asked<'_>,
        permission: &'a Permission,
        journal: &'a Journal,
        service: &str,
    ) -> Result<Self, &'static str> {
        let Permission { action, resource, .. } = permission;
        let policy = bucket_policy(asked, permission, journal);
        let by_caller = permission
            .layers
            .iter()
            .any(|cell| cell.layer == Layer::IdentityPolicy && cell.outcome == Outcome::Allow);
        if !by_caller && policy.is_none() {
            return Err("it does not know the policy that allows it");
        }
        let key = Arn::parse(resource).filter(|arn| arn.service == "kms" && service == "s3");
        let via = key.map(|key| format!("s3.{}.amazonaws.com", key.region));
        Ok(Self { action, resource, policy, via })
    }
}

/// The policy of the user's own account's bucket, as a change left it.
fn bucket_policy<'a>(
    asked: &Asked<'_>,
    permission: &Permission,
    journal: &'a Journal,
) -> Option<&'a str> {
    let step = journal.steps.iter().find(|step| {
        let bucket = &step.change.target;
        let is_in_it = |rest: &str| rest.is_empty() || rest.starts_with('/');
        asked.is_user()
            && step.change.kind == ChangeKind::PutBucketPolicy
            && step.change.account == asked.account
            && permission.resource.strip_prefix(bucket.as_str()).is_some_and(is_in_it)
    })?;
    step.texts.as_ref()?.after.as_deref()
}

/// Asks it.
pub(super) async fn simulate(
    session: &Session,
    asked: &Asked<'_>,
    question: &Question<'_>,
) -> Answer<Says> {
    let client = session.iam();
    let caller = question.policy.map(|_| asked.arn.to_owned());
    let via = question.via.as_ref().map(|via| {
        ContextEntry::builder()
            .context_key_name("kms:ViaService")
            .context_key_type(ContextKeyTypeEnum::String)
            .context_key_values(via)
            .build()
    });
    let request = client
        .simulate_principal_policy()
        .policy_source_arn(asked.arn)
        .action_names(question.action)
        .resource_arns(question.resource)
        .set_resource_policy(question.policy.map(str::to_owned))
        .set_caller_arn(caller)
        .set_context_entries(via.map(|via| vec![via]));
    let answer = session.call(OPERATION, request.send()).await?;
    let result = answer.evaluation_results().first();
    let nothing = || Failure::because(OPERATION, "the answer holds no result");
    result.map(judged).ok_or_else(nothing)
}

/// What a result says of the permission.
pub(super) fn judged(result: &EvaluationResult) -> Says {
    let decision = &result.eval_decision;
    if *decision == PolicyEvaluationDecisionType::Allowed {
        return Says::Agrees;
    }
    // They are told of the one resource that was asked for, or of all as one.
    let of_resource = result.resource_specific_results().iter();
    let missing: BTreeSet<&String> = of_resource
        .flat_map(ResourceSpecificResult::missing_context_values)
        .chain(result.missing_context_values())
        .collect();
    if !missing.is_empty() {
        let keys = missing.into_iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        return Says::NotAvailable(format!("it would have to know {keys}"));
    }
    let by_organization = result
        .organizations_decision_detail()
        .is_some_and(|detail| !detail.allowed_by_organizations());
    if by_organization {
        let why =
            "it finds it denied by a service control policy, whose conditions it does not know";
        return Says::NotAvailable(why.to_owned());
    }
    let by_boundary = result
        .permissions_boundary_decision_detail()
        .is_some_and(|detail| !detail.allowed_by_permissions_boundary());
    let why = match decision {
        PolicyEvaluationDecisionType::ExplicitDeny => "explicitDeny",
        PolicyEvaluationDecisionType::ImplicitDeny if by_boundary => {
            "implicitDeny, AllowedByPermissionsBoundary: false"
        }
        PolicyEvaluationDecisionType::ImplicitDeny => "implicitDeny",
        other => return Says::NotAvailable(format!("its result is `{}`", other.as_str())),
    };
    let statements = result.matched_statements().iter().filter_map(|one| one.source_policy_id());
    let statements: BTreeSet<&str> = statements.collect();
    if statements.is_empty() {
        return Says::Objects(why.to_owned());
    }
    let policies = statements.into_iter().collect::<Vec<_>>().join(", ");
    Says::Objects(format!("{why} ({policies})"))
}
