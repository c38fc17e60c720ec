//! An object, looked up as the bucket's owner, and who else may have a say about it.

use super::shapes::{grants, tag_set};
use crate::evidence::answer::{Answer, Failure};
use crate::evidence::files::{Put, What};
use crate::evidence::json::{read, text_of, unreadable};
use crate::evidence::session::Session;
use aws_sdk_s3::operation::head_object::HeadObjectOutput;
use futures_util::future::join;
use serde_json::{Value, json};

/// Looks an object up. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html>
pub(crate) async fn object(
    session: &Session,
    bucket: &str,
    key: &str,
    version: Option<&str>,
) -> Vec<Put> {
    let here = join(head(session, bucket, key, version), tags(session, bucket, key, version)).await;
    let (head, tags) = match here.0.as_ref().err().and_then(Failure::redirected) {
        Some(region) => {
            let there = session.after().moved(region);
            join(head(&there, bucket, key, version), tags(&there, bucket, key, version)).await
        }
        None => here,
    };
    let what = match (head, tags) {
        (Ok(found), tags) => {
            let value = shape(key, &found, tags);
            What::Object { bucket: bucket.to_owned(), value }
        }
        (Err(failure), tags) if failure.status() == Some(404) && version.is_none() => match tags {
            // A bucket that is not there answers a HEAD with the same 404 as a missing object.
            Err(other) if other.is(&["NoSuchBucket"]) => unknown(bucket, key, version, &other),
            _ => What::MissingKey { bucket: bucket.to_owned(), key: key.to_owned() },
        },
        (Err(failure), _) => unknown(bucket, key, version, &failure),
    };
    vec![Put::new(session.account(), what)]
}

async fn head(
    session: &Session,
    bucket: &str,
    key: &str,
    version: Option<&str>,
) -> Answer<HeadObjectOutput> {
    let client = session.s3();
    let request = client
        .head_object()
        .bucket(bucket)
        .key(key)
        .set_version_id(version.map(str::to_owned))
        .expected_bucket_owner(session.account().as_str());
    session.call("HeadObject", request.send()).await
}

async fn tags(session: &Session, bucket: &str, key: &str, version: Option<&str>) -> Answer<Value> {
    let client = session.s3();
    let request = client
        .get_object_tagging()
        .bucket(bucket)
        .key(key)
        .set_version_id(version.map(str::to_owned))
        .expected_bucket_owner(session.account().as_str());
    let answer = session.call("GetObjectTagging", request.send()).await?;
    Ok(tag_set(answer.tag_set()))
}

fn shape(key: &str, found: &HeadObjectOutput, tags: Answer<Value>) -> Value {
    json!({
        "Key": key,
        "VersionId": found.version_id(),
        "ServerSideEncryption": found.server_side_encryption().map(text_of),
        "SSEKMSKeyId": found.ssekms_key_id(),
        "SSECustomerAlgorithm": found.sse_customer_algorithm(),
        "BucketKeyEnabled": found.bucket_key_enabled(),
        "TagSet": read(tags),
    })
}

/// An object of which it is not even known whether it is there.
fn unknown(bucket: &str, key: &str, version: Option<&str>, failure: &Failure) -> What {
    let why = || unreadable(failure);
    let value = json!({
        "Key": key,
        "VersionId": version,
        "ServerSideEncryption": why(),
        "SSEKMSKeyId": why(),
        "SSECustomerAlgorithm": why(),
        "BucketKeyEnabled": why(),
        "Owner": why(),
        "TagSet": why(),
        "Grants": why(),
    });
    What::Object { bucket: bucket.to_owned(), value }
}

/// Reads who owns an object and its access control list: they count unless the bucket turned lists
/// off. A list names accounts by canonical ids, so what can be told is whether the object's owner is
/// the bucket's.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html>
pub(crate) async fn access(
    session: &Session,
    bucket: &str,
    key: &str,
    version: Option<&str>,
) -> Vec<Put> {
    let client = session.s3();
    let owner = session.account().as_str().to_owned();
    let of_object = client
        .get_object_acl()
        .bucket(bucket)
        .key(key)
        .set_version_id(version.map(str::to_owned))
        .expected_bucket_owner(&owner);
    let of_bucket = client.get_bucket_acl().bucket(bucket).expected_bucket_owner(&owner);
    let (object, bucket_acl) = join(
        session.call("GetObjectAcl", of_object.send()),
        session.call("GetBucketAcl", of_bucket.send()),
    )
    .await;
    let access = match object {
        Err(failure) => json!({"Owner": unreadable(&failure), "Grants": unreadable(&failure)}),
        Ok(object) => {
            let id = object.owner().and_then(|owner| owner.id());
            let bucket_id = bucket_acl.as_ref().map(|acl| acl.owner().and_then(|owner| owner.id()));
            let owner = match bucket_id {
                Ok(bucket_id) if id.is_some() && id == bucket_id => owner.into(),
                Ok(_) => unreadable(format!(
                    "the canonical user id {} is not the bucket owner's",
                    id.unwrap_or("of the object's owner")
                )),
                Err(failure) => unreadable(failure),
            };
            json!({"Owner": owner, "Grants": grants(object.grants())})
        }
    };
    let (bucket, key) = (bucket.to_owned(), key.to_owned());
    let version = version.map(str::to_owned);
    let what = What::ObjectAccess { bucket, key, version, access };
    vec![Put::new(session.account(), what)]
}
