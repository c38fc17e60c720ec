//! What people have to do.

use crate::Words;
use crate::causes::id_of;
use crate::facts::{id_part, says, short};
use locksmith_app::config::Locale;
use locksmith_core::diagnosis::{CauseCode, PolicyProblem};
use locksmith_core::evaluate::Layer;
use locksmith_core::explain::in_prose;
use locksmith_core::plan::Manual;
use serde_json::Value;

/// Why a step is left to people, where its cause alone does not tell it. A plan has the reason in its
/// English words only, so they are looked for; a test finds each of them in the engine's source.
const REASONS: [(&str, &str); 18] = [
    ("IAM Identity Center makes this role", "manual-reserved-role"),
    ("is a service-linked role", "manual-service-role"),
    ("AWS's own message blames another policy", "manual-disagrees"),
    ("changes who may do what, or destroys what protects data", "manual-administrative"),
    ("The event does not name the objects", "manual-unnamed-objects"),
    ("is not granted on a key that cannot serve the call", "manual-useless-key"),
    ("would have to be allowed on is not known by its ARN", "manual-unnamed-resource"),
    ("With another statement the document would have", "manual-too-large"),
    ("The name holds a wildcard", "manual-wildcard"),
    ("The name holds characters that AWS does not take", "manual-not-latin-1"),
    ("The document as it stands could not be read", "manual-unreadable"),
    ("A grant would need the exact encryption context", "manual-no-grant"),
    ("A change was found, but it could not be proved", "manual-unproved"),
    ("works on keys of the caller's own account alone", "manual-key-at-home"),
    ("The call was not signed", "manual-caller-unsigned"),
    ("An AWS service made the call", "manual-caller-service"),
    ("The root user made the call", "manual-caller-root"),
    ("Which role or user made the call is not known", "manual-caller-unknown"),
];

impl Words {
    /// What is to be done, in words that do not take an expert.
    ///
    /// In English it is the plan's own text; elsewhere, or where the plan has none, it is the text for
    /// the reason that the plan gives, or for the cause's code. A code that is not known leaves the
    /// plan's text.
    pub fn manual(self, manual: &Manual) -> String {
        let written = &manual.what_to_do;
        let code = CauseCode::parse(&manual.cause);
        let code = match code {
            Some(code) if self.locale() != Locale::En || written.is_empty() => code,
            _ => return written.clone(),
        };
        let reason = REASONS.iter().find(|(words, _)| says(written, words));
        let id = reason.map_or_else(|| step(code), |(_, id)| (*id).to_owned());
        let holder = match code {
            CauseCode::Policy(layer, _) => self.holder(layer, &manual.target, None),
            CauseCode::NoAccountDelegation | CauseCode::GrantConstraintNotMet => {
                self.holder(Layer::KeyPolicy, &manual.target, None)
            }
            _ => in_prose(short(&manual.target)).into_owned(),
        };
        let sid = manual.statement.as_ref().and_then(|statement| statement.get("Sid"));
        let statement = match sid.and_then(Value::as_str).filter(|sid| !sid.is_empty()) {
            Some(sid) => self.statement_named(sid),
            None => self.statement(None),
        };
        self.say(
            &id,
            &[
                ("target", (&*in_prose(short(&manual.target))).into()),
                ("holder", (&holder).into()),
                ("statement", (&statement).into()),
            ],
        )
    }
}

impl Words {
    /// Who can do it. In English it is the plan's own text.
    pub fn manual_owner(self, manual: &Manual) -> String {
        let written = &manual.owner;
        let code = match CauseCode::parse(&manual.cause) {
            Some(code) if self.locale() != Locale::En || written.is_empty() => code,
            _ => return written.clone(),
        };
        let id = match code {
            CauseCode::Policy(Layer::Scp | Layer::Rcp, _) => "owner-organization",
            CauseCode::Policy(Layer::SessionPolicy, _) => "owner-session",
            CauseCode::Policy(Layer::PermissionsBoundary, _) => "owner-boundary",
            CauseCode::Policy(Layer::VpcEndpointPolicy, _) => "owner-endpoint",
            CauseCode::Policy(Layer::IdentityPolicy, _)
                if manual.target.contains(":role/aws-reserved/") =>
            {
                "owner-identity-center"
            }
            CauseCode::ObjectMissing
            | CauseCode::RequesterPaysHeaderMissing
            | CauseCode::SseCBlocked
            | CauseCode::AclDisabled => "owner-caller",
            CauseCode::Unexplained => "owner-nobody",
            _ if manual.account.is_none() => "owner-resource",
            _ => "owner-account",
        };
        let account = self.account(manual.account);
        match id {
            "owner-boundary" | "owner-account" => self.say(id, &[("account", (&account).into())]),
            _ => self.say(id, &[]),
        }
    }
}

/// The text for a cause; some layers have their own.
fn step(code: CauseCode) -> String {
    use PolicyProblem::{DanglingPrincipal, MissingAllow};
    match code {
        CauseCode::Policy(Layer::SessionPolicy, _) => "manual-session-policy".to_owned(),
        CauseCode::Policy(
            layer @ (Layer::Scp | Layer::PermissionsBoundary | Layer::VpcEndpointPolicy),
            MissingAllow | DanglingPrincipal,
        ) => format!("manual-missing-allow-{}", id_part(layer.name())),
        code => format!("manual-{}", id_of(code)),
    }
}

#[cfg(test)]
mod tests {
    use super::REASONS;

    /// The literals of the engine's source as they are printed: a backslash at a line's end joins it
    /// with what the next line begins with.
    fn printed(source: &str) -> String {
        source.split("\\\n").map(str::trim_start).collect()
    }

    #[test]
    fn the_engine_still_gives_these_reasons() {
        let source = printed(include_str!("../../core/src/propose/manual.rs"));
        for (words, id) in REASONS {
            let Some((before, _)) = source.split_once(words) else {
                panic!("{id}: the engine does not say `{words}` any more");
            };
            // Names stand before them, no more than are passed over.
            let names = before.rsplit('"').next().unwrap_or_default();
            assert!(names.split(' ').count() <= 3, "{id}: `{names}` stands before `{words}`");
        }
    }
}
