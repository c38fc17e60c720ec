//! Managed policies: which version is in force, and its document.

use crate::evidence::answer::{Answer, Failure};
use crate::evidence::cache::Cache;
use crate::evidence::files::Put;
use crate::evidence::json::{read, unreadable};
use crate::evidence::session::{Listed, Session};
use aws_sdk_iam::types::AttachedPolicy;
use futures_util::future::join_all;
use locksmith_core::arn::AccountId;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OnceCell;

/// The managed policies of one reading, each of them read once.
#[derive(Debug, Default)]
pub(crate) struct ManagedPolicies {
    read: Mutex<HashMap<(AccountId, String), Once>>,
}

type Once = Arc<OnceCell<Value>>;

impl ManagedPolicies {
    /// A policy as an entry of `Policies`.
    pub(super) async fn policy(
        &self,
        session: &Session,
        versions: &Cache<String>,
        arn: &str,
    ) -> Put {
        let cell = {
            let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
            read.entry((session.account(), arn.to_owned())).or_default().clone()
        };
        let value = cell.get_or_init(|| policy(session, versions, arn)).await.clone();
        Put::entry(session.account(), "Iam", "Policies", "Arn", value)
    }

    /// The policies of a list of attached ones.
    pub(super) async fn policies(
        &self,
        versions: &Cache<String>,
        attached: &Answer<Listed<AttachedPolicy>>,
    ) -> Vec<Put> {
        let Ok(attached) = attached else { return Vec::new() };
        let arns = attached.entries.iter().filter_map(AttachedPolicy::policy_arn);
        join_all(arns.map(|arn| self.policy(&attached.after, versions, arn))).await
    }
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html>
async fn policy(session: &Session, versions: &Cache<String>, arn: &str) -> Value {
    let client = session.iam();
    let request = client.get_policy().policy_arn(arn).send();
    let answer = session.call("GetPolicy", request).await;
    let found = answer.and_then(|answer| {
        answer.policy.ok_or_else(|| Failure::because("GetPolicy", "the answer is empty"))
    });
    let policy = match found {
        Ok(policy) => policy,
        Err(failure) => {
            return json!({"Arn": arn, "PolicyVersionList": unreadable(failure)});
        }
    };
    let version = policy.default_version_id().unwrap_or_default();
    // A policy that was deleted and made anew has the same ARN and begins with v1 again.
    let id = policy.policy_id().unwrap_or_default();
    let document = document(&session.after(), versions, id, arn, version).await;
    json!({
        "PolicyName": policy.policy_name,
        "PolicyId": policy.policy_id,
        "Arn": arn,
        "Path": policy.path,
        "DefaultVersionId": version,
        "PolicyVersionList":
            [{"VersionId": version, "IsDefaultVersion": true, "Document": read(document)}],
    })
}

/// The document of a version, which never changes.
async fn document(
    session: &Session,
    versions: &Cache<String>,
    id: &str,
    arn: &str,
    version: &str,
) -> Answer<Value> {
    let name = format!("{id} {version}");
    if let Some(document) = versions.get(&name) {
        return Ok(document.into());
    }
    let client = session.iam();
    let request = client.get_policy_version().policy_arn(arn).version_id(version).send();
    let answer = session.call("GetPolicyVersion", request).await?;
    let document = answer.policy_version.and_then(|version| version.document);
    let none = || Failure::because("GetPolicyVersion", "the answer is empty");
    let document = document.ok_or_else(none)?;
    versions.put(name, document.clone());
    Ok(document.into())
}
