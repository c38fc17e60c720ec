//! IAM Access Analyzer, of which two operations are called: [`ValidatePolicy`] and
//! [`CheckNoPublicAccess`]. Neither needs an analyzer in the account.
//!
//! What was found before the change is not held against it: where there is an objection, the document
//! before is judged as well.
//!
//! [`ValidatePolicy`]: https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html
//! [`CheckNoPublicAccess`]: https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoPublicAccess.html

use super::document::Document;
use crate::evidence::{Answer, Session};
use crate::own_call::{self, OwnCall, Protocol};
use aws_smithy_runtime_api::box_error::BoxError;
use locksmith_app::ports::Says;
use serde::Deserialize;
use serde_json::{Value, json};

const VALIDATE: &str = "ValidatePolicy";
const CHECK_PUBLIC: &str = "CheckNoPublicAccess";

const ACCESS_ANALYZER: Protocol = Protocol {
    service: "access-analyzer",
    content_type: "application/json",
    refusal: own_call::json_refusal,
    throttles: &["ThrottlingException"],
};

/// The answer of `ValidatePolicy`, or its first page.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Findings {
    findings: Vec<Finding>,
    next_token: Option<String>,
}

/// Something wrong with a policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct Finding {
    #[serde(rename = "findingType")]
    kind: String,
    #[serde(rename = "issueCode")]
    issue: String,
    #[serde(rename = "findingDetails")]
    details: String,
}

/// The answer of `CheckNoPublicAccess`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Public {
    result: String,
    message: String,
    reasons: Vec<Reason>,
}

/// Why a policy may let everybody in.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Reason {
    description: String,
    statement_id: Option<String>,
    statement_index: Option<u32>,
}

/// Whether the document is well-formed and without risk.
pub(super) async fn validation(session: &Session, document: &Document<'_>) -> Answer<Says> {
    let after = validate(session, document, document.after).await?;
    if !after.is_grave() {
        return Ok(after.compared(None));
    }
    let before = match document.before {
        Some(text) => Some(validate(&session.after(), document, text).await?),
        None => None,
    };
    Ok(after.compared(before.as_ref()))
}

/// Whether the document lets everybody in.
pub(super) async fn public_access(session: &Session, document: &Document<'_>) -> Answer<Says> {
    let after = check_public(session, document, document.after).await?;
    if !after.is_public() {
        return Ok(after.compared(None));
    }
    let before = match document.before {
        Some(text) => Some(check_public(&session.after(), document, text).await?),
        None => None,
    };
    Ok(after.compared(before.as_ref()))
}

async fn validate(session: &Session, document: &Document<'_>, text: &str) -> Answer<Findings> {
    let call = OwnCall {
        operation: VALIDATE,
        path: "/policy/validation",
        target: None,
        body: to_validate(document, text).to_string(),
    };
    session.call(VALIDATE, own_call::send(session, &ACCESS_ANALYZER, call, findings)).await
}

async fn check_public(session: &Session, document: &Document<'_>, text: &str) -> Answer<Public> {
    let body = json!({"policyDocument": text, "resourceType": document.resource_type()});
    let call = OwnCall {
        operation: CHECK_PUBLIC,
        path: "/policy/check-no-public-access",
        target: None,
        body: body.to_string(),
    };
    session.call(CHECK_PUBLIC, own_call::send(session, &ACCESS_ANALYZER, call, public)).await
}

/// What is asked of a text. Keys have no type of their own here.
pub(super) fn to_validate(document: &Document<'_>, text: &str) -> Value {
    let kind = if document.is_identity_policy() { "IDENTITY_POLICY" } else { "RESOURCE_POLICY" };
    let mut body = json!({"locale": "EN", "policyDocument": text, "policyType": kind});
    let resource = document.resource_type().filter(|kind| *kind != "AWS::KMS::Key");
    if let (Some(resource), Some(body)) = (resource, body.as_object_mut()) {
        body.insert("validatePolicyResourceType".to_owned(), resource.into());
    }
    body
}

pub(super) fn findings(text: &str) -> Result<Findings, BoxError> {
    Ok(serde_json::from_str(text)?)
}

pub(super) fn public(text: &str) -> Result<Public, BoxError> {
    Ok(serde_json::from_str(text)?)
}

impl Findings {
    /// Suggestions and warnings about style are left out.
    fn grave(&self) -> impl Iterator<Item = &Finding> {
        let grave = ["ERROR", "SECURITY_WARNING"];
        self.findings.iter().filter(move |found| grave.contains(&&*found.kind))
    }

    fn is_grave(&self) -> bool {
        self.grave().next().is_some()
    }

    /// What is found more often than before the change.
    pub(super) fn compared(&self, before: Option<&Self>) -> Says {
        let mut known: Vec<Finding> = before.into_iter().flat_map(Self::grave).cloned().collect();
        let mut new = Vec::new();
        for found in self.grave() {
            match known.iter().position(|one| one == found) {
                Some(at) => drop(known.swap_remove(at)),
                None => new.push(format!("{}: {}", found.issue, found.details)),
            }
        }
        let cut =
            |findings: &Self| findings.next_token.as_ref().is_some_and(|token| !token.is_empty());
        match new.is_empty() {
            // What stands on a further page may be old, or new.
            _ if cut(self) || before.is_some_and(cut) => {
                Says::NotAvailable("it has more findings than fit its answer".to_owned())
            }
            true => Says::Agrees,
            false => Says::Objects(new.join("; ")),
        }
    }
}

impl Public {
    fn is_public(&self) -> bool {
        self.result != "PASS"
    }

    /// Whether everybody is let in who was not before the change.
    pub(super) fn compared(&self, before: Option<&Self>) -> Says {
        match (&*self.result, before) {
            ("PASS", _) => Says::Agrees,
            ("FAIL", Some(before)) if before.is_public() => {
                Says::NotAvailable("it says the same of the document before the change".to_owned())
            }
            ("FAIL", _) => Says::Objects(self.told()),
            (other, _) => Says::NotAvailable(format!("its result is `{other}`")),
        }
    }

    fn told(&self) -> String {
        let reasons = self.reasons.iter().map(|reason| {
            let index = reason.statement_index.map(|index| format!("Statement[{index}]"));
            let place = reason.statement_id.clone().filter(|id| !id.is_empty()).or(index);
            format!("{} ({})", reason.description, place.unwrap_or_else(|| "policy".to_owned()))
        });
        let told = reasons.collect::<Vec<_>>().join("; ");
        if told.is_empty() { self.message.clone() } else { told }
    }
}
