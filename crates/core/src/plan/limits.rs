//! How large documents may become.

use super::{ChangeKind, Size};

/// A bucket's or access point's policy, in bytes.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-management.html>
pub const BUCKET_POLICY: usize = 20 * 1024;
/// A key's policy, in characters.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html>
pub const KEY_POLICY: usize = 32 * 1024;
/// All inline policies of a role together, in characters without white space.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
pub const ROLE_POLICIES: usize = 10_240;
/// All inline policies of a user together, in characters without white space.
pub const USER_POLICIES: usize = 2_048;
/// A role's trust policy, in characters without white space; the quota may have been raised to 8,192.
pub const TRUST_POLICY: usize = 2_048;

/// The limit of a kind of change; none where AWS sets none.
pub fn limit(kind: ChangeKind) -> Option<usize> {
    match kind {
        ChangeKind::PutBucketPolicy | ChangeKind::PutAccessPointPolicy => Some(BUCKET_POLICY),
        ChangeKind::PutKeyPolicy => Some(KEY_POLICY),
        ChangeKind::PutRolePolicy => Some(ROLE_POLICIES),
        ChangeKind::PutUserPolicy => Some(USER_POLICIES),
        ChangeKind::PutTrustPolicy => Some(TRUST_POLICY),
        ChangeKind::CreateGrant | ChangeKind::PutBucketEncryption => None,
    }
}

/// The size of a document as AWS counts it for a kind of change, beside `others`: what counts
/// against the same limit.
pub fn size(kind: ChangeKind, text: &str, others: usize) -> Option<Size> {
    let used = match kind {
        ChangeKind::PutBucketPolicy | ChangeKind::PutAccessPointPolicy => text.len(),
        ChangeKind::PutKeyPolicy => text.chars().count(),
        _ => without_space(text),
    };
    limit(kind).map(|limit| Size { used: used + others, limit })
}

/// Characters that IAM counts.
pub fn without_space(text: &str) -> usize {
    text.chars().filter(|character| !character.is_whitespace()).count()
}

/// Whether every character of a text is one that IAM and KMS take in a policy.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html>,
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html>
pub fn is_latin_1(text: &str) -> bool {
    text.chars().all(|character| u32::from(character) <= 0xFF)
}
