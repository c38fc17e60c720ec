//! Rows to a diagnosis.

use super::agreement;
use super::facts::Facts;
use super::row::{Row, has_unseen_session_policy};
use super::{trust, words};
use crate::arn::Arn;
use crate::diagnosis::{
    Cause, CauseCode, Confidence, Diagnosis, Fix, PolicyProblem, Unknown, UnknownCode, Verdict,
};
use crate::evaluate::{Answer, Layer, Outcome};
use crate::message::{Blame, MessageEffect};

pub(super) fn diagnosis(facts: &Facts<'_>, rows: &mut [Row<'_>]) -> Diagnosis {
    session_policy_from_message(facts, rows);
    let rows = &*rows;
    let mut causes: Vec<Cause> = rows.iter().flat_map(|row| row.causes(facts)).collect();
    state_from_error(facts, rows, &mut causes);
    let mut unknowns = unknowns(facts, rows);
    let verdict = verdict(rows, &causes);
    match verdict {
        Verdict::Denied => {}
        // Causes of a call that is not denied for certain would be guesses.
        Verdict::Unknown => causes.clear(),
        Verdict::Allowed => {
            causes.clear();
            causes.extend(unexplained(facts, rows));
        }
    }
    let mut seen = Vec::new();
    causes.retain(|cause| {
        let key = (cause.code, cause.account, cause.target.clone(), cause.action.clone());
        let new = !seen.contains(&key);
        seen.push(key);
        new
    });
    causes.sort_by_key(|cause| order(cause.code));
    let aws_message = agreement::with_message(facts, rows, verdict, &causes);
    let agrees = aws_message.as_ref().map(|message| message.agrees);
    if agrees == Some(false) {
        // AWS saw something that we don't: nothing is changed on our word alone.
        for cause in causes.iter_mut().filter(|cause| cause.fix == Fix::Automatic) {
            cause.fix = Fix::Manual;
        }
    }
    if rows.is_empty() {
        unknowns.push(Unknown {
            layer: None,
            account: None,
            key: None,
            code: UnknownCode::Permission,
            statement: None,
            detail: None,
            why: "which permission the call needs is not known".into(),
        });
    }
    let confidence = match verdict {
        Verdict::Unknown => Confidence::Open,
        _ if agrees == Some(false) || !unknowns.is_empty() => Confidence::Likely,
        _ => Confidence::Certain,
    };
    let mut call = facts.call.summary();
    let first = rows.first();
    call.resource = first.and_then(|row| row.subject.arn()).map(str::to_owned).or(call.resource);
    call.resource_account = first.and_then(|row| row.account);
    Diagnosis {
        verdict,
        call,
        permissions: rows.iter().map(|row| row.permission(facts)).collect(),
        causes,
        unknowns,
        aws_message,
        key_trust: trust::of(facts, rows),
        confidence,
    }
}

fn verdict(rows: &[Row<'_>], causes: &[Cause]) -> Verdict {
    let denied =
        |row: &Row<'_>| matches!(row.answer(), Answer::ImplicitlyDenied | Answer::ExplicitlyDenied);
    if rows.iter().any(denied) || !causes.is_empty() {
        Verdict::Denied
    } else if rows.is_empty() || rows.iter().any(|row| row.answer() == Answer::Unknown) {
        Verdict::Unknown
    } else {
        Verdict::Allowed
    }
}

/// A session policy is in no event, so AWS's word for it is all the evidence there is.
fn session_policy_from_message(facts: &Facts<'_>, rows: &mut [Row<'_>]) {
    let Some(message) = facts.call.message() else { return };
    if message.blame != Some(Blame::Layer(Layer::SessionPolicy)) {
        return;
    }
    let outcome = match message.effect {
        Some(MessageEffect::Explicit) => Outcome::ExplicitDeny,
        _ => Outcome::NoAllow,
    };
    let named = message.action.as_deref();
    let place = rows.iter().position(|row| named.is_some_and(|action| row.need.action.is(action)));
    if let Some(row) = rows.get_mut(place.unwrap_or(0)) {
        row.session = Some(outcome);
    }
}

/// Errors such as `KMS.DisabledException` say themselves what was wrong with the key.
fn state_from_error(facts: &Facts<'_>, rows: &[Row<'_>], causes: &mut Vec<Cause>) {
    let Some(error) = &facts.call.error else { return };
    let text = error.text.as_deref().unwrap_or_default().to_ascii_lowercase();
    let pending = text.contains("pending deletion") || text.contains("pending replica deletion");
    let code = match error.code.trim_start_matches("KMS.") {
        "DisabledException" | "KMSInvalidStateException" | "InvalidStateException" if pending => {
            CauseCode::KeyPendingDeletion
        }
        "DisabledException" => CauseCode::KeyDisabled,
        "KMSInvalidStateException" | "InvalidStateException" | "KeyUnavailableException" => {
            CauseCode::KeyUnavailable
        }
        "NotFoundException" if text.starts_with("invalid arn") => CauseCode::KeyWrongRegion,
        "NotFoundException" if facts.call.service == "kms" || error.code.starts_with("KMS.") => {
            CauseCode::KeyNotFound
        }
        "AccessControlListNotSupported" => CauseCode::AclDisabled,
        _ => return,
    };
    let is_state = |cause: &Cause| {
        cause.code == code
            || matches!(
                cause.code,
                CauseCode::KeyDisabled
                    | CauseCode::KeyPendingDeletion
                    | CauseCode::KeyUnavailable
                    | CauseCode::KeyNotFound
                    | CauseCode::KeyWrongRegion
                    | CauseCode::AliasInCallersAccount
            )
    };
    if causes.iter().any(is_state) {
        return;
    }
    let of_key = |row: &&Row<'_>| row.need.action.service() == "kms";
    let row = if code == CauseCode::AclDisabled { rows.first() } else { rows.iter().find(of_key) };
    let Some(row) = row.or(rows.first()) else { return };
    let named = error.message.resource.as_deref().filter(|_| code != CauseCode::AclDisabled);
    let account = named.and_then(Arn::parse).and_then(|arn| arn.account_id()).or(row.account);
    causes.push(row.cause(facts, code, account, named.unwrap_or(row.resource()), None));
}

/// AWS denied, and every layer that we can see allows.
fn unexplained(facts: &Facts<'_>, rows: &[Row<'_>]) -> Option<Cause> {
    let error = facts.call.error.as_ref()?;
    let row = rows.first()?;
    let caller = &facts.call.caller;
    let mut cause = row.cause(facts, CauseCode::Unexplained, caller.account, row.resource(), None);
    cause.message = words::unexplained(error);
    Some(cause)
}

fn unknowns(facts: &Facts<'_>, rows: &[Row<'_>]) -> Vec<Unknown> {
    let mut unknowns: Vec<Unknown> = Vec::new();
    for unknown in rows.iter().flat_map(|row| row.unknowns(facts)) {
        if !unknowns.contains(&unknown) {
            unknowns.push(unknown);
        }
    }
    debug_assert!(
        !has_unseen_session_policy(facts)
            || rows.is_empty()
            || !unknowns.is_empty()
            || rows.iter().any(|row| row.session.is_some()),
        "a session policy that nobody can see is always among the unknowns"
    );
    unknowns
}

/// The order in which to fix: what no policy can mend, then denials, then what is missing from
/// the owner's side to the caller's, so that each account is visited once.
fn order(code: CauseCode) -> u8 {
    match code {
        CauseCode::ObjectMissing => 0,
        CauseCode::Policy(_, PolicyProblem::ExplicitDeny) => 2,
        CauseCode::Policy(layer, _) => match layer {
            Layer::Scp
            | Layer::Rcp
            | Layer::PermissionsBoundary
            | Layer::SessionPolicy
            | Layer::VpcEndpointPolicy => 3,
            Layer::BucketPolicy | Layer::AccessPointPolicy => 4,
            Layer::KeyPolicy | Layer::KmsGrant => 5,
            Layer::TrustPolicy | Layer::ResourcePolicy => 6,
            Layer::IdentityPolicy | Layer::BlockPublicAccess | Layer::ObjectOwnership => 7,
        },
        CauseCode::NoAccountDelegation | CauseCode::GrantConstraintNotMet => 5,
        CauseCode::Unexplained => 8,
        _ => 1,
    }
}
