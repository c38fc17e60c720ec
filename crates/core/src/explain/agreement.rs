//! AWS's own message beside our verdict.

use super::facts::Facts;
use super::row::Row;
use crate::diagnosis::{AwsMessage, Cause, CauseCode, PolicyProblem, Verdict};
use crate::evaluate::{Layer, Outcome};
use crate::message::{Blame, MessageEffect};

pub(super) fn with_message(
    facts: &Facts<'_>,
    rows: &[Row<'_>],
    verdict: Verdict,
    causes: &[Cause],
) -> Option<AwsMessage> {
    let error = facts.call.error.as_ref()?;
    let message = &error.message;
    let action = message.action.as_deref();
    let row = action.and_then(|action| rows.iter().find(|row| row.need.action.is(action)));
    let agrees = match (message.blame, verdict) {
        // AWS denied it.
        (_, Verdict::Allowed) => false,
        (None | Some(Blame::Encoded), _) => true,
        (Some(blame), Verdict::Denied) => causes.iter().any(|cause| {
            let same_action = action.is_none_or(|action| cause.action.eq_ignore_ascii_case(action));
            same_action && (is_blamed(blame, cause.code) || is_other_side(facts, blame, cause))
        }),
        (Some(blame), Verdict::Unknown) => match (layer(blame, row), row) {
            (Some(layer), Some(row)) => may_block(facts, row, layer),
            _ => true,
        },
    };
    Some(AwsMessage {
        text: error.text.clone(),
        layer: message.blame.and_then(|blame| layer(blame, row)),
        effect: message.effect.map(|effect| {
            let name = match effect {
                MessageEffect::Implicit => "implicit",
                MessageEffect::Explicit => "explicit",
            };
            name.to_owned()
        }),
        policy_arn: message.policy_arn.clone(),
        agrees,
    })
}

/// The layer that a message blames, where it is one.
fn layer(blame: Blame, row: Option<&Row<'_>>) -> Option<Layer> {
    match blame {
        Blame::Layer(layer) => Some(layer),
        Blame::KeyPolicyOrMissingKey => Some(Layer::KeyPolicy),
        Blame::ResourcePolicy => {
            let policies = &row?.assembled.policies.resource;
            let layer = policies.last().map(|policy| policy.layer);
            layer.filter(|layer| *layer != Layer::ResourcePolicy)
        }
        Blame::KeyState | Blame::BucketSetting | Blame::Request | Blame::Encoded => None,
    }
}

/// Whether what is not known may be what AWS blames.
fn may_block(facts: &Facts<'_>, row: &Row<'_>, layer: Layer) -> bool {
    !matches!(row.outcome(facts, layer), Outcome::Allow | Outcome::NotApplicable)
}

/// Within one account either side would do: AWS names the one, and we the one that came nearer.
fn is_other_side(facts: &Facts<'_>, blame: Blame, cause: &Cause) -> bool {
    let own = cause.account.is_some() && cause.account == facts.call.caller.account;
    let CauseCode::Policy(layer, problem) = cause.code else { return false };
    let missing = problem != PolicyProblem::ExplicitDeny;
    let of_resource =
        matches!(layer, Layer::BucketPolicy | Layer::AccessPointPolicy | Layer::TrustPolicy);
    own && missing
        && match blame {
            Blame::Layer(Layer::IdentityPolicy) => of_resource,
            Blame::ResourcePolicy | Blame::Layer(Layer::BucketPolicy | Layer::TrustPolicy) => {
                layer == Layer::IdentityPolicy && !cause.action.starts_with("kms:")
            }
            _ => false,
        }
}

fn is_blamed(blame: Blame, code: CauseCode) -> bool {
    let of_resource = |layer| {
        matches!(
            layer,
            Layer::BucketPolicy
                | Layer::AccessPointPolicy
                | Layer::KeyPolicy
                | Layer::TrustPolicy
                | Layer::ResourcePolicy
        )
    };
    let of_key = matches!(
        code,
        CauseCode::NoAccountDelegation
            | CauseCode::GrantConstraintNotMet
            | CauseCode::AwsManagedKeyCrossAccount
    );
    let absent_key = matches!(
        code,
        CauseCode::KeyNotFound | CauseCode::KeyWrongRegion | CauseCode::AliasInCallersAccount
    );
    let key_state = matches!(
        code,
        CauseCode::KeyDisabled | CauseCode::KeyPendingDeletion | CauseCode::KeyUnavailable
    );
    match (blame, code) {
        (Blame::Layer(blamed), CauseCode::Policy(layer, _)) => blamed == layer,
        (Blame::ResourcePolicy, CauseCode::Policy(layer, _)) => of_resource(layer),
        (Blame::Layer(Layer::BlockPublicAccess), CauseCode::RestrictPublicBuckets)
        | (
            Blame::Layer(Layer::ObjectOwnership),
            CauseCode::AclDisabled | CauseCode::ForeignOwner,
        )
        // S3 reports these as matters of the resource's policy.
        | (Blame::ResourcePolicy, CauseCode::RestrictPublicBuckets | CauseCode::ForeignOwner)
        | (
            Blame::KeyPolicyOrMissingKey,
            CauseCode::Policy(Layer::KeyPolicy | Layer::Rcp, _),
        )
        | (Blame::BucketSetting, CauseCode::SseCBlocked) => true,
        (Blame::ResourcePolicy, _) => of_key,
        (Blame::KeyPolicyOrMissingKey, _) => of_key || absent_key,
        (Blame::KeyState, _) => key_state || absent_key,
        _ => false,
    }
}
