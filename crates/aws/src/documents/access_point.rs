//! An access point's policy.

use crate::evidence::{Answer, OrAbsent, Session};

const ABSENT: &[&str] = &["NoSuchAccessPointPolicy", "NoSuchAccessPoint"];

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetAccessPointPolicy.html>
pub(super) async fn policy(session: &Session, name: &str) -> Answer<Option<String>> {
    let client = session.s3control();
    let account = session.account();
    let request = client.get_access_point_policy().account_id(account.as_str()).name(name);
    let answer = session.call("GetAccessPointPolicy", request.send()).await;
    Ok(answer.or_absent(ABSENT)?.and_then(|answer| answer.policy))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutAccessPointPolicy.html>
pub(super) async fn put_policy(session: &Session, name: &str, text: &str) -> Answer<()> {
    let client = session.s3control();
    let account = session.account();
    let request =
        client.put_access_point_policy().account_id(account.as_str()).name(name).policy(text);
    session.call("PutAccessPointPolicy", request.send()).await.map(drop)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_DeleteAccessPointPolicy.html>
pub(super) async fn delete_policy(session: &Session, name: &str) -> Answer<()> {
    let client = session.s3control();
    let account = session.account();
    let request = client.delete_access_point_policy().account_id(account.as_str()).name(name);
    let answer = session.call("DeleteAccessPointPolicy", request.send()).await;
    answer.or_absent(ABSENT).map(drop)
}
