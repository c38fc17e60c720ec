//! A bucket's policy.

use crate::evidence::{Answer, OrAbsent, Session};

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html>
pub(super) async fn policy(session: &Session, bucket: &str) -> Answer<Option<String>> {
    let client = session.s3();
    let owner = session.account();
    let request = client.get_bucket_policy().bucket(bucket).expected_bucket_owner(owner.as_str());
    let answer = session.call("GetBucketPolicy", request.send()).await;
    let answer = answer.or_absent(&["NoSuchBucketPolicy", "NoSuchBucket"])?;
    Ok(answer.and_then(|answer| answer.policy))
}

/// Without `ConfirmRemoveSelfBucketAccess`: S3 refuses what would lock the account out.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html>
pub(super) async fn put_policy(session: &Session, bucket: &str, text: &str) -> Answer<()> {
    let client = session.s3();
    let owner = session.account();
    let request = client
        .put_bucket_policy()
        .bucket(bucket)
        .expected_bucket_owner(owner.as_str())
        .policy(text);
    session.call("PutBucketPolicy", request.send()).await.map(drop)
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html>
pub(super) async fn delete_policy(session: &Session, bucket: &str) -> Answer<()> {
    let client = session.s3();
    let owner = session.account();
    let request =
        client.delete_bucket_policy().bucket(bucket).expected_bucket_owner(owner.as_str());
    let answer = session.call("DeleteBucketPolicy", request.send()).await;
    answer.or_absent(&["NoSuchBucketPolicy", "NoSuchBucket"]).map(drop)
}
