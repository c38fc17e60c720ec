//! Grants as `kms list-grants` prints them.

use crate::evaluate::{Constraints, Grant};
use crate::policy::Principal;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A `GrantListEntry`.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html>
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct GrantEntry {
    /// The grant's id.
    pub grant_id: String,
    /// The key's ARN or id.
    pub key_id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Who may use it: the ARN of a principal.
    pub grantee_principal: Option<String>,
    /// Which service may use it.
    pub grantee_service_principal: Option<String>,
    /// Who may retire it.
    pub retiring_principal: Option<String>,
    /// What it allows, such as `Decrypt`.
    pub operations: Vec<String>,
    /// What the request must look like.
    pub constraints: Option<ConstraintsEntry>,
}

/// `GrantConstraints`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct ConstraintsEntry {
    /// Pairs that must be among the request's encryption context.
    pub encryption_context_subset: Option<BTreeMap<String, String>>,
    /// Exactly the request's encryption context.
    pub encryption_context_equals: Option<BTreeMap<String, String>>,
    /// The resource on whose behalf a service calls.
    pub source_arn: Option<String>,
}

impl From<&GrantEntry> for Grant {
    fn from(entry: &GrantEntry) -> Self {
        // `ListGrants` prints AWS's own services in forms that are no principals; such a grant
        // names nobody whom we could meet.
        let principal = |text: &Option<String>| {
            let text = text.as_deref()?;
            let service =
                text.ends_with(".amazonaws.com").then(|| Principal::of_kind("Service", text));
            service.flatten().or_else(|| Principal::aws(text).ok())
        };
        let service = entry.grantee_service_principal.as_deref();
        let constraints = entry.constraints.clone().unwrap_or_default();
        Self {
            id: entry.grant_id.as_str().into(),
            key: entry.key_id.as_deref().map(Into::into),
            name: entry.name.as_deref().map(Into::into),
            grantee: principal(&entry.grantee_principal)
                .or_else(|| service.and_then(|name| Principal::of_kind("Service", name))),
            retiring: principal(&entry.retiring_principal),
            operations: entry.operations.iter().map(|name| name.as_str().into()).collect(),
            constraints: Constraints {
                subset: constraints.encryption_context_subset.unwrap_or_default(),
                equals: constraints.encryption_context_equals,
                source_arn: constraints.source_arn.map(Into::into),
            },
        }
    }
}
