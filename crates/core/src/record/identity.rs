//! `userIdentity`: who made the call, in all its forms.
//!
//! <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html>

use crate::arn::AccountId;
use crate::context::Fact;
use crate::evaluate::{Caller, CallerKind};
use serde_json::Value;

/// Who made a call.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The caller as far as the record tells.
    pub caller: Caller,
    /// What the record tells of its session.
    pub session: SessionFacts,
    /// The service that made the call for the caller.
    pub invoked_by: Option<String>,
}

/// What a record tells of the caller's session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionFacts {
    /// Whether the record tells of sessions at all: the owner's copy does not.
    pub told: bool,
    /// Whether the caller authenticated with MFA; none for long-term credentials.
    pub mfa: Option<bool>,
    /// When the session began.
    pub issued_at: Option<String>,
    /// The provider behind a web identity.
    pub federated_provider: Option<String>,
    /// `sts:SourceIdentity`.
    pub source_identity: Option<String>,
}

impl Default for Identity {
    fn default() -> Self {
        Self {
            caller: Caller::unresolved("", None),
            session: SessionFacts::default(),
            invoked_by: None,
        }
    }
}

impl Identity {
    pub(super) fn read(value: Option<&Value>) -> Self {
        let Some(value) = value else { return Self::default() };
        let context = value.get("sessionContext");
        Self {
            caller: caller(value),
            session: SessionFacts {
                told: text(value, "arn").is_some(),
                mfa: context
                    .and_then(|context| context.get("attributes"))
                    .and_then(|attributes| attributes.get("mfaAuthenticated"))
                    .and_then(flag),
                issued_at: context
                    .and_then(|context| context.get("attributes"))
                    .and_then(|attributes| text(attributes, "creationDate")),
                federated_provider: context
                    .and_then(|context| context.get("webIdFederationData"))
                    .and_then(|data| text(data, "federatedProvider")),
                source_identity: context.and_then(|context| text(context, "sourceIdentity")),
            },
            invoked_by: text(value, "invokedBy"),
        }
    }
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn flag(value: &Value) -> Option<bool> {
    value.as_bool().or_else(|| match value.as_str()? {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    })
}

fn caller(value: &Value) -> Caller {
    let kind = text(value, "type").unwrap_or_default();
    let account = text(value, "accountId");
    let principal_id = text(value, "principalId");
    let anonymous = account.as_deref() == Some("ANONYMOUS_PRINCIPAL")
        || account.as_deref() == Some("anonymous")
        || principal_id.as_deref() == Some("Anonymous");
    if anonymous {
        return Caller::anonymous();
    }
    match &*kind {
        "AWSService" => {
            let service = text(value, "invokedBy").or_else(|| principal_id.clone());
            return service
                .map_or_else(|| Caller::unresolved("", None), |name| Caller::service(&name));
        }
        "SAMLUser" | "WebIdentityUser" => {
            let provider = text(value, "identityProvider").or_else(|| principal_id.clone());
            return Caller::federated(&provider.unwrap_or_default());
        }
        _ => {}
    }
    let account = account.and_then(|id| AccountId::parse(&id));
    let named = text(value, "arn").and_then(|arn| Caller::parse(&arn).ok());
    let Some(caller) = named else {
        if kind == "Root"
            && let Some(account) = account
        {
            let root = format!("arn:aws:iam::{account}:root");
            return Caller::parse(&root).unwrap_or_else(|_| Caller::unresolved("", Some(account)));
        }
        return Caller::unresolved(&principal_id.unwrap_or_default(), account);
    };
    let issuer = value.get("sessionContext").and_then(|context| context.get("sessionIssuer"));
    let caller = match issuer.and_then(|issuer| text(issuer, "arn")) {
        Some(arn) => caller.with_entity(&arn),
        None => caller.without_path(),
    };
    let id = principal_id.as_deref().and_then(|id| id.split(':').next()).filter(|id| {
        // A federated user's id begins with its account.
        !id.is_empty() && caller.kind != CallerKind::FederatedUser
    });
    caller.with_unique_id(id.map_or(Fact::Unknown, Fact::one))
}

#[cfg(test)]
mod tests {
    use super::Identity;
    use crate::evaluate::CallerKind::{self, *};
    use serde_json::{Value, json};

    fn check(identity: &Value, kind: CallerKind, name: &str, entity: Option<&str>) {
        let identity = Identity::read(Some(identity));
        assert_eq!((identity.caller.kind, &*identity.caller.name), (kind, name));
        assert_eq!(identity.caller.entity.arn(), entity);
    }

    #[test]
    fn every_form() {
        let role = "arn:aws:iam::222222222222:role/team/Etl";
        let session = "arn:aws:sts::222222222222:assumed-role/Etl/run-7";
        let user = "arn:aws:iam::222222222222:user/bob";
        let federated = "arn:aws:sts::222222222222:federated-user/bob";
        check(
            &json!({"type": "AssumedRole", "arn": session, "accountId": "222222222222",
                    "principalId": "AROAEXAMPLE:run-7", "sessionContext": {"sessionIssuer": {"arn": role}}}),
            Session,
            session,
            Some(role),
        );
        check(&json!({"type": "AssumedRole", "arn": session}), Session, session, None);
        check(&json!({"type": "IAMUser", "arn": user}), User, user, Some(user));
        check(
            &json!({"type": "FederatedUser", "arn": federated,
                    "sessionContext": {"sessionIssuer": {"arn": user}}}),
            FederatedUser,
            federated,
            Some(user),
        );
        check(
            &json!({"type": "Root", "accountId": "222222222222", "arn": "arn:aws:iam::222222222222:root"}),
            Root,
            "arn:aws:iam::222222222222:root",
            None,
        );
        check(
            &json!({"type": "AWSService", "invokedBy": "ec2.amazonaws.com"}),
            Service,
            "ec2.amazonaws.com",
            None,
        );
        check(
            &json!({"type": "AWSAccount", "accountId": "222222222222", "principalId": "AROAEXAMPLE:run-7"}),
            Unresolved,
            "AROAEXAMPLE:run-7",
            None,
        );
        check(
            &json!({"type": "AWSAccount", "accountId": "ANONYMOUS_PRINCIPAL", "principalId": ""}),
            Anonymous,
            "*",
            None,
        );
        check(
            &json!({"type": "WebIdentityUser", "identityProvider": "accounts.google.com"}),
            Federated,
            "accounts.google.com",
            None,
        );
        check(&json!({"type": "Unknown"}), Unresolved, "", None);
        check(&json!("broken"), Unresolved, "", None);
    }
}
