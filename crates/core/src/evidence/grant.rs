//! Grants as `kms list-grants` prints them.

use super::Field;
use crate::evaluate::{Constraints, Grant, Grants};
use crate::evidence::List;
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
    pub grant_id: Field<String>,
    /// The key's ARN or id.
    pub key_id: Field<String>,
    /// Its name.
    pub name: Field<String>,
    /// Who may use it: the ARN of a principal.
    pub grantee_principal: Field<String>,
    /// Which service may use it.
    pub grantee_service_principal: Field<String>,
    /// Who may retire it.
    pub retiring_principal: Field<String>,
    /// What it allows, such as `Decrypt`.
    pub operations: List<String>,
    /// What the request must look like.
    pub constraints: Field<ConstraintsEntry>,
}

/// `GrantConstraints`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct ConstraintsEntry {
    /// Pairs that must be among the request's encryption context.
    pub encryption_context_subset: Field<BTreeMap<String, String>>,
    /// Exactly the request's encryption context.
    pub encryption_context_equals: Field<BTreeMap<String, String>>,
    /// The resource on whose behalf a service calls.
    pub source_arn: Field<String>,
}

/// The grants of a list. A grant of which a part could not be read says nothing for certain.
pub(crate) fn grants(list: &List<GrantEntry>) -> Grants {
    let mut grants = Grants::default();
    match list {
        Field::NotSet => {}
        Field::Unreadable(why) => grants.unreadable.push(why.as_str().into()),
        Field::Set(entries) => {
            for entry in entries {
                match entry {
                    Field::NotSet => {}
                    Field::Unreadable(why) => grants.unreadable.push(why.as_str().into()),
                    Field::Set(entry) => match grant(entry) {
                        Ok(grant) => grants.read.push(grant),
                        Err(why) => {
                            let id = entry.grant_id.text();
                            grants.unreadable.push(format!("grant {id}: {why}").into());
                        }
                    },
                }
            }
        }
    }
    grants
}

fn grant(entry: &GrantEntry) -> Result<Grant, &str> {
    // `ListGrants` prints AWS's own services in forms that are no principals; such a grant names
    // nobody whom we could meet.
    let principal = |text: Option<&String>| {
        let text = text?;
        let service = text.ends_with(".amazonaws.com").then(|| Principal::of_kind("Service", text));
        service.flatten().or_else(|| Principal::aws(text).ok())
    };
    if let Some(why) = entry.operations.unreadable() {
        return Err(why);
    }
    let constraints = entry.constraints.read()?;
    let pairs = |of: fn(&ConstraintsEntry) -> &Field<BTreeMap<String, String>>| {
        constraints.map_or(Ok(None), |constraints| of(constraints).read())
    };
    let source_arn = constraints.map_or(Ok(None), |constraints| constraints.source_arn.read())?;
    let service = entry.grantee_service_principal.read()?;
    Ok(Grant {
        id: entry.grant_id.text().into(),
        key: entry.key_id.read()?.map(|key| key.as_str().into()),
        name: entry.name.get().map(|name| name.as_str().into()),
        grantee: principal(entry.grantee_principal.read()?)
            .or_else(|| service.and_then(|name| Principal::of_kind("Service", name))),
        retiring: principal(entry.retiring_principal.read()?),
        operations: entry.operations.entries().map(|name| name.as_str().into()).collect(),
        constraints: Constraints {
            subset: pairs(|entry| &entry.encryption_context_subset)?.cloned().unwrap_or_default(),
            equals: pairs(|entry| &entry.encryption_context_equals)?.cloned(),
            source_arn: source_arn.map(|arn| arn.as_str().into()),
        },
    })
}
