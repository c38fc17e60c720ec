//! The evidence as it will be once changes are made.

use super::super::account::{AccountFile, InlinePolicy, List};
use super::super::{Document, Field};
use super::Evidence;
use crate::arn::Arn;
use crate::plan::{Change, ChangeKind};
use crate::tri::Tri;
use serde_json::{Value, json};

impl Evidence {
    /// The same evidence with changes made; none where a changed resource is not in it.
    pub(crate) fn with_changes<'c>(
        &self,
        changes: impl IntoIterator<Item = &'c Change>,
    ) -> Option<Self> {
        let mut evidence = self.clone();
        for change in changes {
            let account = evidence.accounts.get_mut(&change.account)?;
            amend(account.content.as_mut().ok()?, change)?;
        }
        Some(evidence)
    }
}

fn amend(content: &mut AccountFile, change: &Change) -> Option<()> {
    let target = &change.target;
    let after = &change.after;
    let document = || Field::Set(Document::Object(after.clone()));
    match change.kind {
        ChangeKind::PutBucketPolicy | ChangeKind::PutBucketEncryption => {
            let name = Arn::parse(target)?.resource;
            let s3 = set(&mut content.s3)?;
            let bucket = entry(&mut s3.buckets, |bucket| bucket.name.is(name))?;
            if change.kind == ChangeKind::PutBucketPolicy {
                bucket.policy = document();
            } else {
                bucket.server_side_encryption_configuration =
                    Field::Set(serde_json::from_value(after.clone()).ok()?);
            }
        }
        ChangeKind::PutAccessPointPolicy => {
            let s3 = set(&mut content.s3)?;
            let point = entry(&mut s3.access_points, |point| point.access_point_arn.is(target))?;
            point.policy = document();
        }
        ChangeKind::PutKeyPolicy | ChangeKind::CreateGrant => {
            let kms = set(&mut content.kms)?;
            let key = entry(&mut kms.keys, |key| match &key.key_metadata {
                Field::Set(metadata) => metadata.arn.is(target),
                Field::NotSet | Field::Unreadable(_) => Tri::No,
            })?;
            if change.kind == ChangeKind::PutKeyPolicy {
                key.policy = document();
            } else {
                let mut entry = after.as_object()?.clone();
                // A grant is known by its id once it is made; until then its name stands for it.
                let name = after.get("Name").cloned().unwrap_or_default();
                entry.insert("GrantId".to_owned(), name);
                let entry = serde_json::from_value(entry.into()).ok()?;
                list(&mut key.grants)?.push(Field::Set(entry));
            }
        }
        ChangeKind::PutTrustPolicy => {
            let iam = set(&mut content.iam)?;
            let role = entry(&mut iam.role_detail_list, |role| role.arn.is(target))?;
            role.assume_role_policy_document = document();
        }
        ChangeKind::PutRolePolicy => {
            let iam = set(&mut content.iam)?;
            let role = entry(&mut iam.role_detail_list, |role| role.arn.is(target))?;
            put_inline(&mut role.role_policy_list, change)?;
        }
        ChangeKind::PutUserPolicy => {
            let iam = set(&mut content.iam)?;
            let user = entry(&mut iam.user_detail_list, |user| user.arn.is(target))?;
            put_inline(&mut user.user_policy_list, change)?;
        }
    }
    Some(())
}

fn set<T>(field: &mut Field<T>) -> Option<&mut T> {
    match field {
        Field::Set(value) => Some(value),
        Field::NotSet | Field::Unreadable(_) => None,
    }
}

fn entry<T>(list: &mut List<T>, is_it: impl Fn(&T) -> Tri) -> Option<&mut T> {
    set(list)?.iter_mut().filter_map(set).find(|thing| is_it(thing).is_yes())
}

/// The entries of a list that may not be there yet.
fn list<T>(list: &mut List<T>) -> Option<&mut Vec<Field<T>>> {
    if !matches!(list, Field::Set(_)) {
        *list = Field::Set(Vec::new());
    }
    set(list)
}

fn put_inline(policies: &mut List<InlinePolicy>, change: &Change) -> Option<()> {
    let name = change.policy_name.as_ref()?;
    let value: Value = json!({"PolicyName": name, "PolicyDocument": change.after});
    let policy: InlinePolicy = serde_json::from_value(value).ok()?;
    let entries = list(policies)?;
    entries.retain(|entry| !entry.get().is_some_and(|entry| entry.policy_name.is(name).is_yes()));
    entries.push(Field::Set(policy));
    Some(())
}
