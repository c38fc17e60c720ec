//! The way from an organization's root to an account.

use super::file::Standing;
use super::node::{Node, PolicyTypes, node, roots};
use crate::evidence::answer::{Answer, Failure};
use crate::evidence::cache::{Cache, ORGANIZATION_AGE};
use crate::evidence::json::{unreadable, with};
use crate::evidence::session::{Session, Sessions, Step};
use aws_sdk_organizations::types::Organization;
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, join, join_all, join3};
use locksmith_core::arn::AccountId;
use serde_json::{Value, json};
use std::time::Instant;

/// The deepest that organizational units are nested.
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
const DEPTH: usize = 6;

const NOT_CONFIGURED: &str = "no account is configured that could be asked about its organization";

/// Where an account stands.
pub(crate) async fn standing(sessions: &Sessions, account: AccountId, step: &Step) -> Standing {
    match sessions.open_organization(step).await {
        Some(Ok(session)) => member(sessions, &session, account).await,
        Some(Err(failure)) => Standing::Unreadable(failure.to_string()),
        None => alone(sessions, account, step).await,
    }
}

/// As the account itself can tell: any member may ask which organization it is in, and no more.
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html>
async fn alone(sessions: &Sessions, account: AccountId, step: &Step) -> Standing {
    let home = sessions.known().accounts.home_region();
    let session = match sessions.open(account, &home, step).await {
        Ok(session) => session,
        Err(failure) => return Standing::Unreadable(failure.to_string()),
    };
    match organization(sessions, &session, Some(account)).await {
        Ok(None) => Standing::Outside,
        Ok(Some((id, master))) => {
            let value = json!({"Id": account, "ParentId": unreadable(NOT_CONFIGURED)});
            Standing::Member { id, master, nodes: vec![value] }
        }
        Err(failure) => Standing::Unreadable(failure.to_string()),
    }
}

/// Looks up how an account is reached, and keeps it, so that its standing takes a call less of the
/// longest chain later. What fails here is told when it is asked for.
pub(crate) async fn locate(sessions: &Sessions, account: AccountId, step: &Step) {
    if let Some(Ok(session)) = sessions.open_organization(step).await {
        let _ = join(top(sessions, &session), way(sessions, &session, account)).await;
    }
}

/// What is the same for all accounts: the organization, its root and the types of policies in use.
pub(crate) type Top = (Answer<Option<(String, Option<String>)>>, Answer<(Node, PolicyTypes)>);

/// Asked for once, however many accounts are looked at.
async fn top(sessions: &Sessions, session: &Session) -> Top {
    let mut known = sessions.known().top.lock().await;
    if let Some((since, top)) = known.as_ref()
        && since.elapsed() < ORGANIZATION_AGE
    {
        return top.clone();
    }
    let top = join(organization(sessions, session, None), roots(session)).await;
    if top.0.is_ok() && top.1.is_ok() {
        *known = Some((Instant::now(), top.clone()));
    }
    top
}

async fn member(sessions: &Sessions, session: &Session, account: AccountId) -> Standing {
    let cache = &sessions.known().organization;
    let began = session.calls();
    let ((found, root), way) = join(top(sessions, session), way(sessions, session, account)).await;
    let after = if session.calls() == began { session.clone() } else { session.after() };
    let (id, master) = match found {
        Ok(Some(found)) => found,
        Ok(None) => return Standing::Outside,
        Err(failure) => return Standing::Unreadable(failure.to_string()),
    };
    let nodes = match (way, root) {
        (Ok(Way::Nowhere), _) => Vec::new(),
        (Err(failure), _) | (_, Err(failure)) => {
            vec![json!({"Id": account, "ParentId": unreadable(failure)})]
        }
        (Ok(Way::Told(path)), Ok((_, types))) => {
            let nodes = nodes(&path);
            join_all(nodes.iter().map(|place| node(&after, cache, place, types))).await
        }
        (Ok(Way::Climb(parent)), Ok((root, types))) => {
            let own = Node::below(account.as_str(), Some(&parent));
            let (own, root, above) = join3(
                node(&after, cache, &own, types),
                node(&after, cache, &root, types),
                climb(after.clone(), cache, parent, types, DEPTH),
            )
            .await;
            let climbed: Vec<Value> = [vec![root], above, vec![own]].concat();
            let is_placed = |node: &Value| node.get("ParentId").is_some_and(Value::is_string);
            if climbed.iter().skip(1).all(is_placed) {
                let ids = climbed.iter().filter_map(|node| node.get("Id").cloned());
                cache.put(path_name(account), ids.collect::<Value>());
            }
            climbed
        }
    };
    Standing::Member { id, master, nodes }
}

/// The id and management account of the organization; none where there is none.
async fn organization(
    sessions: &Sessions,
    session: &Session,
    of: Option<AccountId>,
) -> Answer<Option<(String, Option<String>)>> {
    let cache = &sessions.known().organization;
    let name = format!("organization of {}", of.unwrap_or(session.account()));
    if let Some(known) = cache.get(&name) {
        let text = |name| known.get(name).and_then(Value::as_str).map(str::to_owned);
        return Ok(text("Id").map(|id| (id, text("MasterAccountId"))));
    }
    let client = session.organizations();
    let request = client.describe_organization().send();
    let found: Option<Organization> = match session.call("DescribeOrganization", request).await {
        Ok(answer) => answer.organization,
        Err(failure) if failure.is(&["AWSOrganizationsNotInUseException"]) => None,
        Err(failure) => return Err(failure),
    };
    let id = found.as_ref().and_then(Organization::id);
    let master = found.as_ref().and_then(Organization::master_account_id);
    cache.put(name, json!({"Id": id, "MasterAccountId": master}));
    Ok(id.map(|id| (id.to_owned(), master.map(str::to_owned))))
}

/// What is known of the whole organization, since when.
pub(crate) type KnownTop = tokio::sync::Mutex<Option<(Instant, Top)>>;

/// How an account is reached from the root.
enum Way {
    /// The ids from the root to the account.
    Told(Value),
    /// The account's parent; the way has to be climbed.
    Climb(String),
    /// The account is not in the organization.
    Nowhere,
}

fn path_name(account: AccountId) -> String {
    format!("path to {account}")
}

/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeAccount.html>
async fn way(sessions: &Sessions, session: &Session, account: AccountId) -> Answer<Way> {
    let cache = &sessions.known().organization;
    if let Some(path) = cache.get(&path_name(account)) {
        return Ok(Way::Told(path));
    }
    // The path stands in the account's description where AWS tells it; asking for the parent in
    // the same moment costs no time where it does not.
    let client = session.organizations();
    let request = client.describe_account().account_id(account.as_str()).send();
    let (described, parent) =
        join(session.call("DescribeAccount", request), parent(session, account.as_str())).await;
    let told = match described {
        Err(failure) if failure.is(&["AccountNotFoundException"]) => return Ok(Way::Nowhere),
        Err(_) => None,
        Ok(answer) => answer.account.and_then(|found| found.paths?.into_iter().next()),
    };
    match told {
        Some(path) => {
            let path = of_text(&path);
            cache.put(path_name(account), path.clone());
            Ok(Way::Told(path))
        }
        None => parent.map(Way::Climb),
    }
}

/// The ids of a path such as `o-a1/r-ab12/ou-ab12-11111111/111111111111/`, the root first.
fn of_text(path: &str) -> Value {
    path.split('/').filter(|part| !part.is_empty() && !part.starts_with("o-")).collect()
}

fn nodes(ids: &Value) -> Vec<Node> {
    let ids: Vec<_> = ids.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let parents = std::iter::once(None).chain(ids.iter().copied().map(Some));
    ids.iter().zip(parents).map(|(id, parent)| Node::below(id, parent)).collect()
}

/// The organizational units from one up to the root, the highest first. What is attached to a unit
/// is read while its parent is asked for.
fn climb(
    session: Session,
    cache: &Cache<Value>,
    unit: String,
    types: PolicyTypes,
    left: usize,
) -> BoxFuture<'_, Vec<Value>> {
    let climb = async move {
        if unit.starts_with("r-") || left == 0 {
            return Vec::new();
        }
        let place = Node::below(&unit, None);
        let above = async {
            match parent(&session, &unit).await {
                Ok(next) => {
                    let above = climb(session.after(), cache, next.clone(), types, left - 1).await;
                    (Value::from(next), above)
                }
                Err(failure) => (unreadable(failure), Vec::new()),
            }
        };
        let (own, (parent, mut nodes)) = join(node(&session, cache, &place, types), above).await;
        nodes.push(with(own, "ParentId", parent));
        nodes
    };
    climb.boxed()
}

/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html>
async fn parent(session: &Session, child: &str) -> Answer<String> {
    let client = session.organizations();
    let request = client.list_parents().child_id(child).send();
    let answer = session.call("ListParents", request).await?;
    let found = answer.parents().first().and_then(|parent| parent.id());
    let none = || Failure::because("ListParents", format!("{child} has no parent"));
    found.map(str::to_owned).ok_or_else(none)
}

#[cfg(test)]
mod tests {
    use super::{nodes, of_text};
    use serde_json::{Value, json};

    #[test]
    fn paths_become_nodes() {
        let ids = of_text("o-a1/r-ab12/ou-ab12-11111111/111111111111/");
        assert_eq!(ids, json!(["r-ab12", "ou-ab12-11111111", "111111111111"]));
        let parents: Vec<Value> =
            nodes(&ids).iter().map(|node| json!([node.id, node.parent])).collect();
        let expected = json!([
            ["r-ab12", null],
            ["ou-ab12-11111111", "r-ab12"],
            ["111111111111", "ou-ab12-11111111"],
        ]);
        assert_eq!(Value::from(parents), expected);
    }
}
