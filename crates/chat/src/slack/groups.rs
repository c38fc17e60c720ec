//! Who belongs to which user group, as Slack knows it. An answer counts for a minute.
//! <https://docs.slack.dev/reference/methods/usergroups.users.list>

use super::client::{Body, Client};
use core::time::Duration;
use futures_util::future::join_all;
use locksmith_app::ports::{Secrets, TellError};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// How long an answer counts: whoever leaves a group may approve for a minute more.
const KEPT: Duration = Duration::from_mins(1);

/// What Slack said of user groups.
#[derive(Debug, Default)]
pub(crate) struct Groups(Mutex<BTreeMap<String, (Instant, BTreeSet<String>)>>);

impl Groups {
    /// Those of some groups to which a user belongs, and whether all are known: a group about which Slack
    /// does not answer in time counts as one without the user.
    pub(crate) async fn of<K: Secrets>(
        &self,
        client: &Client<'_, K>,
        user: &str,
        groups: &BTreeSet<&str>,
        limit: Duration,
    ) -> (BTreeSet<String>, bool) {
        let asked = groups.iter().map(|group| async move {
            if let Some(is_in) = self.known(group, user) {
                return (*group, Some(is_in));
            }
            match members(client, group, limit).await {
                Ok(members) => {
                    let is_in = members.contains(user);
                    self.learned(group, members);
                    (*group, Some(is_in))
                }
                Err(error) => {
                    tracing::warn!(group, %error, "who is in the group is not known");
                    (*group, None)
                }
            }
        });
        let told = join_all(asked).await;
        let all_known = told.iter().all(|(_, is_in)| is_in.is_some());
        let of = told.into_iter().filter(|(_, is_in)| *is_in == Some(true));
        (of.map(|(group, _)| group.to_owned()).collect(), all_known)
    }

    fn known(&self, group: &str, user: &str) -> Option<bool> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, members) = known.get(group)?;
        (at.elapsed() < KEPT).then(|| members.contains(user))
    }

    fn learned(&self, group: &str, members: BTreeSet<String>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(group.to_owned(), (Instant::now(), members));
    }
}

async fn members<K: Secrets>(
    client: &Client<'_, K>,
    group: &str,
    limit: Duration,
) -> Result<BTreeSet<String>, TellError> {
    let body = Body::Form(&[("usergroup", group)]);
    let answer = client.call("usergroups.users.list", &body, limit).await?;
    let users = answer.get("users").and_then(Value::as_array).into_iter().flatten();
    Ok(users.filter_map(Value::as_str).map(str::to_owned).collect())
}
