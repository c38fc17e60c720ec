//! One root, organizational unit or account with the policies that are attached to it.

use crate::evidence::answer::{Answer, Failure};
use crate::evidence::cache::Cache;
use crate::evidence::json::{list, read, unreadable};
use crate::evidence::session::{Listed, Session};
use aws_sdk_organizations::types::{PolicySummary, PolicyType, PolicyTypeStatus, Root};
use futures_util::future::{join, join_all};
use serde_json::{Value, json};

/// A place in an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) id: String,
    pub(crate) parent: Option<String>,
    pub(crate) name: Option<String>,
}

impl Node {
    /// A node of which only the id of the one above is known besides its own.
    pub(super) fn below(id: &str, parent: Option<&str>) -> Self {
        Self { id: id.to_owned(), parent: parent.map(str::to_owned), name: None }
    }
}

/// The types of policies that are in use. Attached policies of others have no effect.
/// <https://docs.aws.amazon.com/organizations/latest/userguide/enable-policy-type.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PolicyTypes {
    pub(crate) service_control: bool,
    pub(crate) resource_control: bool,
}

impl PolicyTypes {
    fn of(root: &Root) -> Self {
        let is_used = |kind: &PolicyType| {
            let enabled = Some(&PolicyTypeStatus::Enabled);
            root.policy_types()
                .iter()
                .any(|used| used.r#type() == Some(kind) && used.status() == enabled)
        };
        Self {
            service_control: is_used(&PolicyType::ServiceControlPolicy),
            resource_control: is_used(&PolicyType::ResourceControlPolicy),
        }
    }
}

/// The root and the types of policies in use.
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListRoots.html>
pub(crate) async fn roots(session: &Session) -> Answer<(Node, PolicyTypes)> {
    let client = session.organizations();
    let stream = client.list_roots().into_paginator().send();
    let roots = session.pages("ListRoots", stream, |page| page.roots.unwrap_or_default()).await?;
    let none = || Failure::because("ListRoots", "the answer is empty");
    let root = roots.entries.first().ok_or_else(none)?;
    let id = root.id().unwrap_or_default().to_owned();
    let top = Node { id, parent: None, name: root.name().map(str::to_owned) };
    Ok((top, PolicyTypes::of(root)))
}

/// A node as it stands in the file.
pub(crate) async fn node(
    session: &Session,
    cache: &Cache<Value>,
    node: &Node,
    types: PolicyTypes,
) -> Value {
    let attached = async |used: bool, kind: PolicyType| {
        if used { attached(session, cache, &node.id, kind).await } else { Value::Null }
    };
    let (scps, rcps) = join(
        attached(types.service_control, PolicyType::ServiceControlPolicy),
        attached(types.resource_control, PolicyType::ResourceControlPolicy),
    )
    .await;
    json!({
        "Id": node.id,
        "ParentId": node.parent,
        "Name": node.name,
        "ServiceControlPolicies": scps,
        "ResourceControlPolicies": rcps,
    })
}

/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPoliciesForTarget.html>
async fn attached(
    session: &Session,
    cache: &Cache<Value>,
    target: &str,
    kind: PolicyType,
) -> Value {
    let name = format!("{target} {}", kind.as_str());
    if let Some(known) = cache.get(&name) {
        return known;
    }
    let client = session.organizations();
    let request = client.list_policies_for_target().target_id(target).filter(kind);
    let stream = request.into_paginator().send();
    let listed =
        session.pages("ListPoliciesForTarget", stream, |page| page.policies.unwrap_or_default());
    let listed = match listed.await {
        Ok(listed) => listed,
        Err(failure) => return unreadable(failure),
    };
    let after = &listed.after;
    let policies = listed.entries.iter().map(|summary| policy(after, cache, summary));
    let policies = join_all(policies).await;
    let whole = listed.failure.is_none() && policies.iter().all(|(_, was_read)| *was_read);
    let entries = policies.into_iter().map(|(policy, _)| policy).collect();
    let value = list(Ok(Listed { entries, failure: listed.failure, after: listed.after }));
    if whole {
        cache.put(name, value.clone());
    }
    value
}

/// A policy, and whether its document could be read.
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribePolicy.html>
async fn policy(session: &Session, cache: &Cache<Value>, summary: &PolicySummary) -> (Value, bool) {
    let id = summary.id().unwrap_or_default();
    let content = match cache.get(id) {
        Some(content) => Ok(content),
        None => {
            let client = session.organizations();
            let request = client.describe_policy().policy_id(id).send();
            let answer = session.call("DescribePolicy", request).await;
            let none = || Failure::because("DescribePolicy", "the answer is empty");
            let content = answer.and_then(|answer| {
                answer.policy.and_then(|policy| policy.content).ok_or_else(none)
            });
            content.map(Value::from)
        }
    };
    let was_read = content.is_ok();
    if let Ok(content) = &content {
        cache.put(id, content.clone());
    }
    let value = json!({
        "Id": id,
        "Arn": summary.arn(),
        "Name": summary.name(),
        "Content": read(content),
    });
    (value, was_read)
}
