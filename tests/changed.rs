//! What a plan's changes make of the evidence, written as files.

use locksmith_core::plan::{Change, ChangeKind};
use serde_json::{Value, json};

/// The document of a change among a world's `accounts`; null where there is none. Of inline policies
/// and grants it is the list.
pub(crate) fn slot<'a>(world: &'a mut Value, change: &Change) -> &'a mut Value {
    let account = &mut world["accounts"][change.account.as_str()];
    let name = change.target.rsplit(':').next().unwrap().to_owned();
    let is = |value: &Value| value == &*change.target;
    let find = |list: &'a mut Value, is_it: &dyn Fn(&Value) -> bool| {
        list.as_array_mut().unwrap().iter_mut().find(|one| is_it(one)).unwrap()
    };
    match change.kind {
        ChangeKind::PutBucketPolicy | ChangeKind::PutBucketEncryption => {
            let bucket = find(&mut account["S3"]["Buckets"], &|one| one["Name"] == *name);
            if change.kind == ChangeKind::PutBucketPolicy {
                &mut bucket["Policy"]
            } else {
                &mut bucket["ServerSideEncryptionConfiguration"]
            }
        }
        ChangeKind::PutAccessPointPolicy => {
            let points = &mut account["S3"]["AccessPoints"];
            &mut find(points, &|one| is(&one["AccessPointArn"]))["Policy"]
        }
        ChangeKind::PutKeyPolicy | ChangeKind::CreateGrant => {
            let key = find(&mut account["Kms"]["Keys"], &|one| is(&one["KeyMetadata"]["Arn"]));
            let grants = change.kind == ChangeKind::CreateGrant;
            &mut key[if grants { "Grants" } else { "Policy" }]
        }
        ChangeKind::PutTrustPolicy | ChangeKind::PutRolePolicy => {
            let role = find(&mut account["Iam"]["RoleDetailList"], &|one| is(&one["Arn"]));
            let trust = change.kind == ChangeKind::PutTrustPolicy;
            &mut role[if trust { "AssumeRolePolicyDocument" } else { "RolePolicyList" }]
        }
        ChangeKind::PutUserPolicy => {
            let users = &mut account["Iam"]["UserDetailList"];
            &mut find(users, &|one| is(&one["Arn"]))["UserPolicyList"]
        }
    }
}

/// Makes a change in a world, as AWS would.
pub(crate) fn put(world: &mut Value, change: &Change) {
    let slot = slot(world, change);
    match change.kind {
        ChangeKind::PutRolePolicy | ChangeKind::PutUserPolicy => {
            slot.as_array_mut().unwrap().push(json!({
                "PolicyName": change.policy_name, "PolicyDocument": change.after
            }));
        }
        ChangeKind::CreateGrant => {
            let mut grant = change.after.clone();
            grant["GrantId"] = "made".into();
            slot.as_array_mut().unwrap().push(grant);
        }
        _ => *slot = change.after.clone(),
    }
}
