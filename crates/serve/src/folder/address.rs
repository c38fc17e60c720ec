//! Where in the folder's files a document stands.

use super::splice::Step;
use locksmith_app::ports::Slot;
use locksmith_core::arn::Arn;
use locksmith_core::plan::ChangeKind;

/// Where a document stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// The file's name.
    pub(super) file: String,
    /// The way to the resource that has the document.
    pub(super) resource: Vec<Step>,
    /// How the resource has it.
    pub(super) holding: Holding,
}

/// How a resource has a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holding {
    /// As a member of this name, which may be missing or not.
    Member {
        /// The member.
        name: &'static str,
        /// Whether the resource can be without it.
        may_be_missing: bool,
    },
    /// As an inline policy of a name, in a list.
    Inline {
        /// The list.
        list: &'static str,
        /// The policy's name.
        name: String,
    },
    /// As a grant of a name.
    Grant {
        /// The key's ARN.
        key: String,
        /// The grant's name.
        name: String,
    },
}

impl Address {
    /// Where the document of a slot stands.
    ///
    /// # Errors
    /// What the slot lacks.
    pub(super) fn of(slot: &Slot) -> Result<Self, String> {
        let target = slot.target.as_str();
        let name = || slot.name.clone().ok_or_else(|| format!("`{target}`: the name is missing"));
        let (section, list, key) = match slot.kind {
            ChangeKind::PutBucketPolicy | ChangeKind::PutBucketEncryption => {
                ("S3", "Buckets", &["Name"][..])
            }
            ChangeKind::PutAccessPointPolicy => ("S3", "AccessPoints", &["AccessPointArn"][..]),
            ChangeKind::PutKeyPolicy | ChangeKind::CreateGrant => {
                ("Kms", "Keys", &["KeyMetadata", "Arn"][..])
            }
            ChangeKind::PutTrustPolicy | ChangeKind::PutRolePolicy => {
                ("Iam", "RoleDetailList", &["Arn"][..])
            }
            ChangeKind::PutUserPolicy => ("Iam", "UserDetailList", &["Arn"][..]),
        };
        let is = match slot.kind {
            ChangeKind::PutBucketPolicy | ChangeKind::PutBucketEncryption => {
                let bucket = Arn::parse(target).map(|arn| arn.resource);
                bucket.ok_or_else(|| format!("`{target}` is no bucket's ARN"))?
            }
            _ => target,
        };
        let member = |name, may_be_missing| Holding::Member { name, may_be_missing };
        let holding = match slot.kind {
            ChangeKind::PutBucketPolicy | ChangeKind::PutAccessPointPolicy => {
                member("Policy", true)
            }
            ChangeKind::PutKeyPolicy => member("Policy", false),
            ChangeKind::PutBucketEncryption => member("ServerSideEncryptionConfiguration", true),
            ChangeKind::PutTrustPolicy => member("AssumeRolePolicyDocument", false),
            ChangeKind::PutRolePolicy => Holding::Inline { list: "RolePolicyList", name: name()? },
            ChangeKind::PutUserPolicy => Holding::Inline { list: "UserPolicyList", name: name()? },
            ChangeKind::CreateGrant => Holding::Grant { key: target.to_owned(), name: name()? },
        };
        let entry = Step::Entry { key, is: is.to_owned() };
        Ok(Self {
            file: format!("{}.json", slot.account),
            resource: vec![Step::Member(section), Step::Member(list), entry],
            holding,
        })
    }
}
