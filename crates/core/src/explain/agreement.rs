//! AWS's own message beside our verdict.

use super::facts::Facts;
use crate::diagnosis::{AwsMessage, Cause, CauseCode, Verdict};
use crate::evaluate::Layer;
use crate::message::{Blame, MessageEffect};

pub(super) fn with_message(
    facts: &Facts<'_>,
    verdict: Verdict,
    causes: &[Cause],
) -> Option<AwsMessage> {
    let error = facts.call.error.as_ref()?;
    let message = &error.message;
    Some(AwsMessage {
        text: error.text.clone(),
        layer: message.blame.map(|blame| blame.name().to_owned()),
        effect: message.effect.map(|effect| {
            let name = match effect {
                MessageEffect::Implicit => "implicit",
                MessageEffect::Explicit => "explicit",
            };
            name.to_owned()
        }),
        policy_arn: message.policy_arn.clone(),
        agrees: agrees(message.blame, message.action.as_deref(), verdict, causes),
    })
}

/// Whether the causes hold what the message blames; none where one of the two does not tell.
fn agrees(
    blame: Option<Blame>,
    action: Option<&str>,
    verdict: Verdict,
    causes: &[Cause],
) -> Option<bool> {
    match (blame, verdict) {
        (_, Verdict::Allowed) => Some(false),
        (_, Verdict::Unknown) | (None | Some(Blame::Encoded), Verdict::Denied) => None,
        (Some(blame), Verdict::Denied) => Some(causes.iter().any(|cause| {
            let same_action = action.is_none_or(|action| cause.action.eq_ignore_ascii_case(action));
            same_action && is_blamed(blame, cause.code)
        })),
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
