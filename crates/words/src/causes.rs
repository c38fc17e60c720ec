//! Causes in one line each.

use crate::Words;
use crate::facts::{says, short};
use locksmith_app::config::Locale;
use locksmith_core::diagnosis::{Cause, CauseCode, Diagnosis, Missed, PolicyProblem};
use locksmith_core::evaluate::Layer;
use locksmith_core::explain::in_prose;

/// A cause has no field for this: the engine tells it in its English message alone. A test looks for the
/// words in the engine's source.
const AT_HOME: &str = "works on keys of the caller's own account alone";

impl Words {
    /// Why a call was denied, in one line. The diagnosis that has the cause tells who called, and on
    /// what.
    ///
    /// In English it is the engine's own message; elsewhere, or where there is no message, it is the
    /// text for the cause's code.
    pub fn cause(self, cause: &Cause, diagnosis: &Diagnosis) -> String {
        if self.locale() == Locale::En && !cause.message.is_empty() {
            return cause.message.clone();
        }
        let id = match cause.code {
            CauseCode::Policy(layer, PolicyProblem::MissingAllow) => {
                missing_allow(layer, cause).to_owned()
            }
            CauseCode::Policy(_, PolicyProblem::ExplicitDeny) if cause.statement.is_none() => {
                "cause-explicit-deny-unseen".to_owned()
            }
            code => format!("cause-{}", id_of(code)),
        };
        let holder = match cause.code {
            CauseCode::Policy(layer, _) => {
                let policy = cause.statement.as_ref().map(|note| note.policy.as_str());
                self.holder(layer, &cause.target, policy)
            }
            _ => String::new(),
        };
        self.say(
            &id,
            &[
                ("action", (&cause.action).into()),
                ("permission", (&self.permission(cause, diagnosis)).into()),
                ("caller", (&self.caller(&diagnosis.call.principal)).into()),
                ("target", (&*in_prose(short(&cause.target))).into()),
                ("account", (&self.account(cause.account)).into()),
                ("holder", (&holder).into()),
                ("statement", (&self.statement(cause.statement.as_ref())).into()),
                ("missed", (&self.missed(cause)).into()),
            ],
        )
    }

    /// A cause in about sixty characters, for lists and titles.
    pub fn cause_title(self, cause: &Cause) -> String {
        self.title(cause.code, &cause.action)
    }

    /// The same, of what is kept for lists.
    pub(crate) fn title(self, code: CauseCode, action: &str) -> String {
        let layer = match code {
            CauseCode::Policy(layer, _) => self.layer_short(layer),
            _ => String::new(),
        };
        self.say(
            &format!("cause-{}.title", id_of(code)),
            &[("action", action.into()), ("layer", (&layer).into())],
        )
    }

    /// The conditions that failed.
    fn missed(self, cause: &Cause) -> String {
        let missed = cause.statement.iter().flat_map(|note| &note.missed);
        let conditions: Vec<String> =
            missed.filter_map(|missed| self.missed_condition(missed)).collect();
        if conditions.is_empty() {
            return self.say("missed-nothing", &[]);
        }
        conditions.join(&self.say("missed-separator", &[]))
    }

    fn missed_condition(self, missed: &Missed) -> Option<String> {
        let (operator, key) = missed.element.strip_prefix("Condition.")?.split_once('.')?;
        Some(self.say(
            "missed-condition",
            &[
                ("key", key.into()),
                ("operator", operator.into()),
                ("expected", (&missed.expected).into()),
                ("found", (&self.found(&missed.found)).into()),
            ],
        ))
    }

    /// What a request has for a condition key: a value, or the engine's words for that there is none.
    pub fn found(self, found: &str) -> String {
        match (found, found.strip_prefix("something other than ")) {
            ("absent", _) => self.say("value-absent", &[]),
            ("unknown", _) => self.say("value-unknown", &[]),
            (_, Some(values)) => self.say("value-other-than", &[("values", values.into())]),
            (value, None) => value.to_owned(),
        }
    }
}

/// Some layers that allow nothing need a sentence of their own.
fn missing_allow(layer: Layer, cause: &Cause) -> &'static str {
    match layer {
        Layer::IdentityPolicy => "cause-missing-allow-identity-policy",
        Layer::SessionPolicy => "cause-missing-allow-session-policy",
        Layer::Scp => "cause-missing-allow-scp",
        Layer::KeyPolicy if says(&cause.message, AT_HOME) => "cause-missing-allow-key-at-home",
        _ => "cause-missing-allow",
    }
}

/// A code in the ids of texts; a layer's problem without its layer.
pub(crate) fn id_of(code: CauseCode) -> &'static str {
    match code {
        CauseCode::Policy(_, PolicyProblem::MissingAllow) => "missing-allow",
        CauseCode::Policy(_, PolicyProblem::ExplicitDeny) => "explicit-deny",
        CauseCode::Policy(_, PolicyProblem::ConditionNotMet) => "condition-not-met",
        CauseCode::Policy(_, PolicyProblem::DanglingPrincipal) => "dangling-principal",
        CauseCode::NoAccountDelegation => "no-account-delegation",
        CauseCode::GrantConstraintNotMet => "grant-constraint-not-met",
        CauseCode::AwsManagedKeyCrossAccount => "aws-managed-key-cross-account",
        CauseCode::KeyDisabled => "key-disabled",
        CauseCode::KeyPendingDeletion => "key-pending-deletion",
        CauseCode::KeyUnavailable => "key-unavailable",
        CauseCode::KeyNotFound => "key-not-found",
        CauseCode::KeyWrongRegion => "key-wrong-region",
        CauseCode::AliasInCallersAccount => "alias-in-callers-account",
        CauseCode::RestrictPublicBuckets => "restrict-public-buckets",
        CauseCode::ForeignOwner => "foreign-owner",
        CauseCode::ObjectMissing => "object-missing",
        CauseCode::RequesterPaysHeaderMissing => "requester-pays-header-missing",
        CauseCode::SseCBlocked => "sse-c-blocked",
        CauseCode::AclDisabled => "acl-disabled",
        CauseCode::Unexplained => "unexplained",
    }
}

#[cfg(test)]
mod tests {
    use super::AT_HOME;

    #[test]
    fn the_engine_still_says_it() {
        let source = include_str!("../../core/src/explain/words.rs");
        assert!(source.contains(AT_HOME), "the engine's message has other words now");
    }
}
