//! A key's policy.

use crate::evidence::{Answer, OrAbsent, Session};

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html>
pub(super) async fn policy(session: &Session, key: &str) -> Answer<Option<String>> {
    let client = session.kms();
    let request = client.get_key_policy().key_id(key).policy_name("default");
    let answer = session.call("GetKeyPolicy", request.send()).await;
    Ok(answer.or_absent(&["NotFoundException"])?.and_then(|answer| answer.policy))
}

/// With the lockout check: KMS refuses a policy that would not let the caller put another one.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html>
pub(super) async fn put_policy(session: &Session, key: &str, text: &str) -> Answer<()> {
    let client = session.kms();
    let request = client
        .put_key_policy()
        .key_id(key)
        .policy_name("default")
        .policy(text)
        .bypass_policy_lockout_safety_check(false);
    session.call("PutKeyPolicy", request.send()).await.map(drop)
}
