//! A grant of a name of ours, told as the request of `CreateGrant` that makes it.

use super::text;
use crate::evidence::{Answer, Failure, Session};
use aws_sdk_kms::operation::list_grants::ListGrantsOutput;
use aws_sdk_kms::types::{GrantConstraints, GrantListEntry, GrantOperation};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The largest page. <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html>
const PAGE: i32 = 100;

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html>
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Request {
    key_id: String,
    grantee_principal: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retiring_principal: Option<String>,
    operations: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    constraints: Option<Constraints>,
    name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Constraints {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    encryption_context_subset: Option<BTreeMap<String, String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    encryption_context_equals: Option<BTreeMap<String, String>>,
}

/// The grant of a name; none where there is none.
pub(super) async fn grant(session: &Session, key: &str, name: &str) -> Answer<Option<String>> {
    let refuse = |why: String| Failure::because("ListGrants", why);
    let mut found = None;
    for entry in named(session, key, name).await? {
        let text = told(key, name, &entry).map_err(refuse)?;
        if found.as_ref().is_some_and(|other| *other != text) {
            return Err(refuse(format!("the key has several grants that are called `{name}`")));
        }
        found = Some(text);
    }
    Ok(found)
}

/// Makes the grant; KMS makes no second one of the same name that says the same.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html>
pub(super) async fn create(session: &Session, key: &str, name: &str, text: &str) -> Answer<()> {
    let operation = "CreateGrant";
    let request: Request = text::parse(operation, text)?;
    if request.key_id != key || request.name != name {
        return Err(Failure::because(operation, "the request is for another key or name"));
    }
    let client = session.kms();
    let constraints = request.constraints.map(|constraints| {
        GrantConstraints::builder()
            .set_encryption_context_subset(constraints.encryption_context_subset.map(unordered))
            .set_encryption_context_equals(constraints.encryption_context_equals.map(unordered))
            .build()
    });
    let operations = request.operations.iter().map(|name| GrantOperation::from(&**name)).collect();
    let request = client
        .create_grant()
        .key_id(key)
        .grantee_principal(request.grantee_principal)
        .set_retiring_principal(request.retiring_principal)
        .set_operations(Some(operations))
        .set_constraints(constraints)
        .name(name);
    session.call(operation, request.send()).await.map(drop)
}

/// Revokes every grant of the name.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_RevokeGrant.html>
pub(super) async fn revoke(session: &Session, key: &str, name: &str) -> Answer<()> {
    let client = session.kms();
    for entry in named(session, key, name).await? {
        let request = client.revoke_grant().key_id(key).set_grant_id(entry.grant_id);
        let answer = session.call("RevokeGrant", request.send()).await;
        match answer {
            Err(failure) if !failure.is(&["NotFoundException"]) => return Err(failure),
            _ => {}
        }
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html>
async fn named(session: &Session, key: &str, name: &str) -> Answer<Vec<GrantListEntry>> {
    let client = session.kms();
    let stream = client.list_grants().key_id(key).limit(PAGE).into_paginator().send();
    let of_name = |page: ListGrantsOutput| {
        let mut grants = page.grants.unwrap_or_default();
        grants.retain(|grant| grant.name() == Some(name));
        grants
    };
    match session.pages("ListGrants", stream, of_name).await {
        // On a page that was not read there may be one more.
        Ok(listed) => listed.failure.map_or(Ok(listed.entries), Err),
        Err(failure) if failure.is(&["NotFoundException"]) => Ok(Vec::new()),
        Err(failure) => Err(failure),
    }
}

/// A grant as the request that makes it.
fn told(key: &str, name: &str, grant: &GrantListEntry) -> Result<String, String> {
    let other = |what: &str| format!("the grant that is called `{name}` {what}");
    let grantee = grant.grantee_principal().ok_or_else(|| other("names no principal"))?;
    let mut operations: Vec<String> =
        grant.operations().iter().map(|operation| operation.as_str().to_owned()).collect();
    operations.sort();
    let constraints = grant.constraints().map(|constraints| {
        if constraints.source_arn().is_some() {
            return Err(other("has a constraint that none of ours has"));
        }
        Ok(Constraints {
            encryption_context_subset: constraints.encryption_context_subset().map(ordered),
            encryption_context_equals: constraints.encryption_context_equals().map(ordered),
        })
    });
    let none = |constraints: &Constraints| {
        constraints.encryption_context_subset.is_none()
            && constraints.encryption_context_equals.is_none()
    };
    let request = Request {
        key_id: key.to_owned(),
        grantee_principal: grantee.to_owned(),
        retiring_principal: grant.retiring_principal().map(str::to_owned),
        operations,
        constraints: constraints.transpose()?.filter(|constraints| !none(constraints)),
        name: name.to_owned(),
    };
    Ok(text::print(&request))
}

type Context = std::collections::HashMap<String, String>;

fn ordered(context: &Context) -> BTreeMap<String, String> {
    context.iter().map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn unordered(context: BTreeMap<String, String>) -> Context {
    context.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::{Request, told};
    use crate::documents::address::tests::KEY;
    use crate::documents::text::parse;
    use aws_sdk_kms::types::{GrantConstraints, GrantListEntry, GrantOperation};

    const ROLE: &str = "arn:aws:iam::222222222222:role/Etl";

    #[test]
    fn grants_are_told_as_the_request_that_makes_them() {
        let constraints =
            GrantConstraints::builder().encryption_context_subset("aws:s3:arn", "arn:aws:s3:::b");
        let entry = GrantListEntry::builder()
            .key_id(KEY)
            .grant_id("0c237476b39f8bc44e45212e08498fbe3151305030726c0590dd8d3e9f3d6a60")
            .name("Locksmith-1")
            .grantee_principal(ROLE)
            .issuing_account("111111111111")
            .operations(GrantOperation::GenerateDataKey)
            .operations(GrantOperation::Decrypt)
            .constraints(constraints.build());
        let text = told(KEY, "Locksmith-1", &entry.clone().build()).unwrap();
        let expected = format!(
            r#"{{"Constraints":{{"EncryptionContextSubset":{{"aws:s3:arn":"arn:aws:s3:::b"}}}},"GranteePrincipal":"{ROLE}","KeyId":"{KEY}","Name":"Locksmith-1","Operations":["Decrypt","GenerateDataKey"]}}"#
        );
        assert_eq!(text, expected);
        let plain = entry.constraints(GrantConstraints::builder().build()).build();
        let text = told(KEY, "Locksmith-1", &plain).unwrap();
        assert!(!text.contains("Constraints"), "{text}");
        let service = GrantListEntry::builder().name("Locksmith-1").build();
        assert!(told(KEY, "Locksmith-1", &service).is_err());
    }

    #[test]
    fn a_request_with_more_in_it_than_would_be_made_is_refused() {
        let more = format!(
            r#"{{"KeyId":"{KEY}","GranteePrincipal":"{ROLE}","Operations":[],"Name":"x","DryRun":true}}"#
        );
        assert!(parse::<Request>("", &more).is_err());
    }
}
