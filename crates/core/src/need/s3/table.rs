//! Which permissions each operation needs.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>;
//! where AWS's pages differ about KMS, what the call needs to succeed
//! (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html>).

/// What an operation does with the key of an object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// It reads an object that is there.
    Read(&'static [&'static str]),
    /// It writes an object anew.
    Write(&'static [&'static str]),
}

/// An operation on an object, with its permission (and the one for a given version).
pub(super) struct ObjectOperation {
    pub(super) name: &'static str,
    pub(super) action: &'static str,
    pub(super) versioned: Option<&'static str>,
    pub(super) key: Option<Use>,
}

const fn on_object(
    name: &'static str,
    action: &'static str,
    versioned: Option<&'static str>,
    key: Option<Use>,
) -> ObjectOperation {
    ObjectOperation { name, action, versioned, key }
}

const DECRYPT: Option<Use> = Some(Use::Read(&["Decrypt"]));
const GENERATE: Option<Use> = Some(Use::Write(&["GenerateDataKey"]));
const BOTH: Option<Use> = Some(Use::Write(&["GenerateDataKey", "Decrypt"]));
const FINISH: Option<Use> = Some(Use::Write(&["Decrypt"]));
const VERSION: Option<&str> = Some("GetObjectVersion");

/// Operations whose permission is not called like them, or that use a key.
pub(super) const ON_OBJECTS: [ObjectOperation; 23] = [
    on_object("GetObject", "GetObject", VERSION, DECRYPT),
    on_object("HeadObject", "GetObject", VERSION, None),
    on_object("GetObjectAttributes", "GetObject", VERSION, DECRYPT),
    on_object("SelectObjectContent", "GetObject", VERSION, DECRYPT),
    on_object("GetObjectTorrent", "GetObjectTorrent", Some("GetObjectVersionTorrent"), None),
    on_object("GetObjectAcl", "GetObjectAcl", Some("GetObjectVersionAcl"), None),
    on_object("PutObjectAcl", "PutObjectAcl", Some("PutObjectVersionAcl"), None),
    on_object("GetObjectTagging", "GetObjectTagging", Some("GetObjectVersionTagging"), None),
    on_object("PutObjectTagging", "PutObjectTagging", Some("PutObjectVersionTagging"), None),
    on_object(
        "DeleteObjectTagging",
        "DeleteObjectTagging",
        Some("DeleteObjectVersionTagging"),
        None,
    ),
    on_object("GetObjectRetention", "GetObjectRetention", None, None),
    on_object("PutObjectRetention", "PutObjectRetention", None, None),
    on_object("GetObjectLegalHold", "GetObjectLegalHold", None, None),
    on_object("PutObjectLegalHold", "PutObjectLegalHold", None, None),
    on_object("PutObject", "PutObject", None, GENERATE),
    on_object("PostObject", "PutObject", None, GENERATE),
    on_object("CreateMultipartUpload", "PutObject", None, BOTH),
    on_object("UploadPart", "PutObject", None, BOTH),
    on_object("CompleteMultipartUpload", "PutObject", None, FINISH),
    on_object("AbortMultipartUpload", "AbortMultipartUpload", None, None),
    on_object("ListParts", "ListMultipartUploadParts", None, FINISH),
    on_object("DeleteObject", "DeleteObject", Some("DeleteObjectVersion"), None),
    on_object("RestoreObject", "RestoreObject", None, None),
];

/// Operations on buckets whose permission is not called like them.
pub(super) const ON_BUCKETS: [(&str, &str); 47] = [
    ("ListObjects", "ListBucket"),
    ("ListObjectsV2", "ListBucket"),
    ("HeadBucket", "ListBucket"),
    ("ListObjectVersions", "ListBucketVersions"),
    ("ListMultipartUploads", "ListBucketMultipartUploads"),
    ("GetBucketEncryption", "GetEncryptionConfiguration"),
    ("PutBucketEncryption", "PutEncryptionConfiguration"),
    ("DeleteBucketEncryption", "PutEncryptionConfiguration"),
    ("GetBucketLifecycle", "GetLifecycleConfiguration"),
    ("GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"),
    ("PutBucketLifecycle", "PutLifecycleConfiguration"),
    ("PutBucketLifecycleConfiguration", "PutLifecycleConfiguration"),
    ("DeleteBucketLifecycle", "PutLifecycleConfiguration"),
    ("GetBucketReplication", "GetReplicationConfiguration"),
    ("PutBucketReplication", "PutReplicationConfiguration"),
    ("DeleteBucketReplication", "PutReplicationConfiguration"),
    ("GetBucketCors", "GetBucketCORS"),
    ("PutBucketCors", "PutBucketCORS"),
    ("DeleteBucketCors", "PutBucketCORS"),
    ("GetPublicAccessBlock", "GetBucketPublicAccessBlock"),
    ("PutPublicAccessBlock", "PutBucketPublicAccessBlock"),
    ("DeletePublicAccessBlock", "PutBucketPublicAccessBlock"),
    ("DeleteBucketTagging", "PutBucketTagging"),
    ("DeleteBucketOwnershipControls", "PutBucketOwnershipControls"),
    ("DeleteBucketPublicAccessBlock", "PutBucketPublicAccessBlock"),
    ("GetBucketAccelerateConfiguration", "GetAccelerateConfiguration"),
    ("PutBucketAccelerateConfiguration", "PutAccelerateConfiguration"),
    ("GetBucketAnalyticsConfiguration", "GetAnalyticsConfiguration"),
    ("ListBucketAnalyticsConfigurations", "GetAnalyticsConfiguration"),
    ("PutBucketAnalyticsConfiguration", "PutAnalyticsConfiguration"),
    ("DeleteBucketAnalyticsConfiguration", "PutAnalyticsConfiguration"),
    ("GetBucketInventoryConfiguration", "GetInventoryConfiguration"),
    ("ListBucketInventoryConfigurations", "GetInventoryConfiguration"),
    ("PutBucketInventoryConfiguration", "PutInventoryConfiguration"),
    ("DeleteBucketInventoryConfiguration", "PutInventoryConfiguration"),
    ("GetBucketMetricsConfiguration", "GetMetricsConfiguration"),
    ("ListBucketMetricsConfigurations", "GetMetricsConfiguration"),
    ("PutBucketMetricsConfiguration", "PutMetricsConfiguration"),
    ("DeleteBucketMetricsConfiguration", "PutMetricsConfiguration"),
    ("GetBucketIntelligentTieringConfiguration", "GetIntelligentTieringConfiguration"),
    ("ListBucketIntelligentTieringConfigurations", "GetIntelligentTieringConfiguration"),
    ("PutBucketIntelligentTieringConfiguration", "PutIntelligentTieringConfiguration"),
    ("DeleteBucketIntelligentTieringConfiguration", "PutIntelligentTieringConfiguration"),
    ("GetBucketNotificationConfiguration", "GetBucketNotification"),
    ("PutBucketNotificationConfiguration", "PutBucketNotification"),
    ("GetObjectLockConfiguration", "GetBucketObjectLockConfiguration"),
    ("PutObjectLockConfiguration", "PutBucketObjectLockConfiguration"),
];

/// Headers of an upload that need a permission of their own.
pub(super) const HEADERS: [(&str, &str); 9] = [
    ("x-amz-acl", "PutObjectAcl"),
    ("x-amz-grant-full-control", "PutObjectAcl"),
    ("x-amz-grant-read", "PutObjectAcl"),
    ("x-amz-grant-read-acp", "PutObjectAcl"),
    ("x-amz-grant-write-acp", "PutObjectAcl"),
    ("x-amz-tagging", "PutObjectTagging"),
    ("x-amz-object-lock-mode", "PutObjectRetention"),
    ("x-amz-object-lock-retain-until-date", "PutObjectRetention"),
    ("x-amz-object-lock-legal-hold", "PutObjectLegalHold"),
];
