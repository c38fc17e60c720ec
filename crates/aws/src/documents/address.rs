//! Where a document stands, in the terms of the calls that read and write it.

use core::fmt;
use locksmith_app::ports::Slot;
use locksmith_core::arn::Arn;
use locksmith_core::plan::ChangeKind;

/// One document in one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Address<'a> {
    /// The policy of a bucket.
    BucketPolicy { bucket: &'a str },
    /// The policy of an access point.
    AccessPointPolicy { name: &'a str },
    /// The policy of a key, by the key's ARN.
    KeyPolicy { key: &'a str },
    /// A grant of a name on a key, by the key's ARN.
    Grant { key: &'a str, name: &'a str },
    /// The default encryption of a bucket.
    Encryption { bucket: &'a str },
    /// The trust policy of a role.
    TrustPolicy { role: &'a str },
    /// An inline policy of a role.
    RolePolicy { role: &'a str, name: &'a str },
    /// An inline policy of a user.
    UserPolicy { user: &'a str, name: &'a str },
}

/// A slot that names no document of its account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AddressError {
    target: String,
    problem: &'static str,
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.target, self.problem)
    }
}

impl<'a> Address<'a> {
    /// Reads a slot. Its target must be one thing, of the kind and account that the slot names: the
    /// session's policy is made from it.
    pub(super) fn of(slot: &'a Slot) -> Result<Self, AddressError> {
        let refuse = |problem| AddressError { target: slot.target.clone(), problem };
        let arn = Arn::parse(&slot.target).ok_or_else(|| refuse("is no ARN"))?;
        if arn.text.contains(['*', '?', '$']) {
            return Err(refuse("names more than one thing"));
        }
        let of_account = arn.account_id() == Some(slot.account);
        let is_bucket = arn.service == "s3" && arn.account.is_empty();
        if !of_account && !is_bucket {
            return Err(refuse("is not in the account of the change"));
        }
        let name = || {
            let name = slot.name.as_deref().filter(|name| !name.is_empty());
            name.ok_or_else(|| refuse("is to be changed under a name that is missing"))
        };
        let below = |kind: &'static str, problem| {
            let rest = arn.resource.strip_prefix(kind).and_then(|rest| rest.strip_prefix('/'));
            rest.filter(|rest| !rest.is_empty()).ok_or_else(|| refuse(problem))
        };
        let last = |path: &'a str| path.rsplit('/').next().unwrap_or_default();
        let of = |service: &str, problem| {
            if arn.service == service { Ok(()) } else { Err(refuse(problem)) }
        };
        match slot.kind {
            ChangeKind::PutBucketPolicy | ChangeKind::PutBucketEncryption => {
                if !is_bucket || arn.resource.is_empty() || arn.resource.contains('/') {
                    return Err(refuse("is no bucket"));
                }
                let bucket = arn.resource;
                Ok(match slot.kind {
                    ChangeKind::PutBucketPolicy => Self::BucketPolicy { bucket },
                    _ => Self::Encryption { bucket },
                })
            }
            ChangeKind::PutAccessPointPolicy => {
                of("s3", "is no access point")?;
                let name = below("accesspoint", "is no access point")?;
                if name.contains('/') {
                    return Err(refuse("is no access point"));
                }
                Ok(Self::AccessPointPolicy { name })
            }
            ChangeKind::PutKeyPolicy | ChangeKind::CreateGrant => {
                of("kms", "is no key")?;
                below("key", "is no key")?;
                let key = arn.text;
                Ok(match slot.kind {
                    ChangeKind::PutKeyPolicy => Self::KeyPolicy { key },
                    _ => Self::Grant { key, name: name()? },
                })
            }
            ChangeKind::PutTrustPolicy | ChangeKind::PutRolePolicy => {
                of("iam", "is no role")?;
                let role = last(below("role", "is no role")?);
                Ok(match slot.kind {
                    ChangeKind::PutTrustPolicy => Self::TrustPolicy { role },
                    _ => Self::RolePolicy { role, name: name()? },
                })
            }
            ChangeKind::PutUserPolicy => {
                of("iam", "is no user")?;
                let user = last(below("user", "is no user")?);
                Ok(Self::UserPolicy { user, name: name()? })
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::Address;
    use locksmith_app::ports::Slot;
    use locksmith_core::arn::AccountId;
    use locksmith_core::plan::ChangeKind::{self, *};

    pub(in crate::documents) const KEY: &str =
        "arn:aws:kms:us-west-2:111111111111:key/5f0c61aa-93b2-47d7-8e1f-2f6d1f9a7c10";

    pub(in crate::documents) fn slot(kind: ChangeKind, target: &str) -> Slot {
        let named = matches!(kind, CreateGrant | PutRolePolicy | PutUserPolicy);
        Slot {
            kind,
            account: AccountId::parse("111111111111").unwrap(),
            target: target.to_owned(),
            region: None,
            name: named.then(|| "Locksmith-0123456789abcdef".to_owned()),
        }
    }

    #[test]
    fn every_kind_is_found() {
        let name = "Locksmith-0123456789abcdef";
        let point = "arn:aws:s3:us-west-2:111111111111:accesspoint/p";
        let role = "arn:aws:iam::111111111111:role/team/Etl";
        let user = "arn:aws:iam::111111111111:user/bob";
        let expected = [
            (PutBucketPolicy, "arn:aws:s3:::b", Address::BucketPolicy { bucket: "b" }),
            (PutAccessPointPolicy, point, Address::AccessPointPolicy { name: "p" }),
            (PutKeyPolicy, KEY, Address::KeyPolicy { key: KEY }),
            (CreateGrant, KEY, Address::Grant { key: KEY, name }),
            (PutBucketEncryption, "arn:aws:s3:::b", Address::Encryption { bucket: "b" }),
            (PutTrustPolicy, role, Address::TrustPolicy { role: "Etl" }),
            (PutRolePolicy, role, Address::RolePolicy { role: "Etl", name }),
            (PutUserPolicy, user, Address::UserPolicy { user: "bob", name }),
        ];
        for (kind, target, address) in expected {
            assert_eq!(Address::of(&slot(kind, target)), Ok(address));
        }
    }

    #[test]
    fn what_is_not_one_thing_of_the_account_is_refused() {
        let refused = [
            (PutBucketPolicy, "b", "is no ARN"),
            (PutBucketPolicy, "arn:aws:s3:::*", "names more than one thing"),
            (PutBucketPolicy, "arn:aws:s3:::b/key", "is no bucket"),
            (PutBucketPolicy, KEY, "is no bucket"),
            (PutKeyPolicy, "arn:aws:kms:us-west-2:111111111111:alias/a", "is no key"),
            (PutKeyPolicy, "arn:aws:kms:us-west-2:222222222222:key/a", "is not in the account"),
            (PutTrustPolicy, "arn:aws:iam::111111111111:user/bob", "is no role"),
            (PutRolePolicy, "arn:aws:iam::111111111111:role/", "is no role"),
            (PutRolePolicy, "arn:aws:iam::111111111111:role/${aws:username}", "more than one"),
            (PutUserPolicy, "arn:aws:s3:::user/bob", "is no user"),
        ];
        for (kind, target, problem) in refused {
            let error = Address::of(&slot(kind, target)).unwrap_err().to_string();
            assert!(error.contains(problem), "{target}: {error}");
        }
        let mut nameless = slot(PutRolePolicy, "arn:aws:iam::111111111111:role/Etl");
        nameless.name = None;
        assert!(Address::of(&nameless).is_err());
    }
}
