//! An organization with all its nodes.

use super::file::Standing;
use super::node::{Node, PolicyTypes, node, roots};
use crate::evidence::answer::{Answer, Failure};
use crate::evidence::cache::Cache;
use crate::evidence::json::unreadable;
use crate::evidence::session::Session;
use aws_sdk_organizations::operation::list_accounts_for_parent::ListAccountsForParentOutput;
use aws_sdk_organizations::operation::list_organizational_units_for_parent::ListOrganizationalUnitsForParentOutput;
use futures_util::StreamExt as _;
use futures_util::future::join;
use futures_util::stream::FuturesUnordered;
use serde_json::Value;

/// Reads all nodes.
pub(crate) async fn whole(session: &Session, cache: &Cache<Value>) -> Standing {
    match walk(session, cache).await {
        Ok(standing) => standing,
        Err(failure) => Standing::Unreadable(failure.to_string()),
    }
}

async fn walk(session: &Session, cache: &Cache<Value>) -> Answer<Standing> {
    let client = session.organizations();
    let found = session.call("DescribeOrganization", client.describe_organization().send());
    let (found, root) = join(found, roots(session)).await;
    let found = match found {
        Err(failure) if failure.is(&["AWSOrganizationsNotInUseException"]) => {
            return Ok(Standing::Outside);
        }
        found => found?.organization,
    };
    let none = || Failure::because("DescribeOrganization", "the answer is empty");
    let found = found.ok_or_else(none)?;
    let (root, types) = root?;
    let mut nodes = Vec::new();
    let mut open = FuturesUnordered::new();
    open.push(below(session.after(), cache, root, types));
    while let Some(step) = open.next().await {
        nodes.extend(step.nodes);
        for (unit, session) in step.units {
            open.push(below(session, cache, unit, types));
        }
    }
    Ok(Standing::Member {
        id: found.id().unwrap_or_default().to_owned(),
        master: found.master_account_id().map(str::to_owned),
        nodes,
    })
}

/// A node with the accounts in it, and the units that are still to be looked at.
struct Below {
    nodes: Vec<Value>,
    units: Vec<(Node, Session)>,
}

async fn below(session: Session, cache: &Cache<Value>, parent: Node, types: PolicyTypes) -> Below {
    let (own, units, accounts) = tokio::join!(
        node(&session, cache, &parent, types),
        units(&session, &parent.id),
        accounts(&session, cache, &parent.id, types),
    );
    let mut nodes = vec![own];
    nodes.extend(accounts);
    match units {
        Ok(units) => Below { nodes, units },
        Err(failure) => {
            nodes.push(unreadable(failure));
            Below { nodes, units: Vec::new() }
        }
    }
}

/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListOrganizationalUnitsForParent.html>
async fn units(session: &Session, parent: &str) -> Answer<Vec<(Node, Session)>> {
    let client = session.organizations();
    let stream = client.list_organizational_units_for_parent().parent_id(parent);
    let take = |page: ListOrganizationalUnitsForParentOutput| {
        page.organizational_units.unwrap_or_default()
    };
    let name = "ListOrganizationalUnitsForParent";
    let listed = session.pages(name, stream.into_paginator().send(), take).await?;
    if let Some(failure) = listed.failure {
        return Err(failure);
    }
    let unit = |unit: &aws_sdk_organizations::types::OrganizationalUnit| {
        let id = unit.id().unwrap_or_default().to_owned();
        let name = unit.name().map(str::to_owned);
        (Node { id, parent: Some(parent.to_owned()), name }, listed.after.clone())
    };
    Ok(listed.entries.iter().map(unit).collect())
}

/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsForParent.html>
async fn accounts(
    session: &Session,
    cache: &Cache<Value>,
    parent: &str,
    types: PolicyTypes,
) -> Vec<Value> {
    let client = session.organizations();
    let stream = client.list_accounts_for_parent().parent_id(parent).into_paginator().send();
    let take = |page: ListAccountsForParentOutput| page.accounts.unwrap_or_default();
    let listed = match session.pages("ListAccountsForParent", stream, take).await {
        Ok(listed) => listed,
        Err(failure) => return vec![unreadable(failure)],
    };
    let account = |account: &aws_sdk_organizations::types::Account| {
        let id = account.id().unwrap_or_default().to_owned();
        let name = account.name().map(str::to_owned);
        Node { id, parent: Some(parent.to_owned()), name }
    };
    let places: Vec<Node> = listed.entries.iter().map(account).collect();
    let read = places.iter().map(|place| node(&listed.after, cache, place, types));
    let mut nodes = futures_util::future::join_all(read).await;
    nodes.extend(listed.failure.map(unreadable));
    nodes
}
