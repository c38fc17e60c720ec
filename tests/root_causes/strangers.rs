//! Calls around the one that a plan is for: whoever and whatever was not meant keeps its answer.

use super::calls::beside;
use super::check::evidence;
use super::random::Random;
use super::setup::{KEY, OTHER_ROLE, OWNER, Setup, list};
use locksmith_core::diagnosis::Verdict;
use locksmith_core::explain::explain_request;
use locksmith_core::plan::{Change, ChangeKind};
use locksmith_core::propose::PlanOptions;
use serde_json::{Value, json};

/// How many calls are compared.
const CALLS: usize = 1_100;

/// Others who would be let in as soon as a statement named more than the caller, and objects of both
/// kinds of encryption in and beside the folders that the calls are about.
pub(crate) fn invite(world: &mut Value, random: &mut Random) {
    let everything = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["s3:*", "kms:*", "sts:*"], "Resource": "*"}
    ]});
    let everything = json!([{"PolicyName": "Everything", "PolicyDocument": everything}]);
    for account in ["111111111111", "222222222222"] {
        for role in list(world, &format!("/accounts/{account}/Iam/RoleDetailList")) {
            if role["Arn"] == OTHER_ROLE {
                role["RolePolicyList"] = everything.clone();
            }
        }
    }
    for bucket in 0..2 {
        let objects = list(world, &format!("/accounts/{OWNER}/S3/Buckets/{bucket}/Objects"));
        for key in ["2026/q2.parquet", "incoming/old.csv", "2025/q4.parquet", "notes"] {
            if random.below(2) == 0 {
                objects.push(json!({
                    "Key": key, "ServerSideEncryption": "aws:kms", "SSEKMSKeyId": KEY,
                    "BucketKeyEnabled": random.below(2) == 0, "Owner": OWNER, "TagSet": []
                }));
            }
        }
    }
}

/// Calls that became answered differently although nobody meant them.
pub(crate) fn differences(
    setup: &Setup,
    [before, after]: [&Value; 2],
    changes: &[Change],
    options: &PlanOptions,
    random: &mut Random,
) -> Vec<String> {
    let worlds = [evidence(before).unwrap(), evidence(after).unwrap()];
    // An upload's key is another one than before, for everybody.
    let default_key = changes.iter().any(|one| one.kind == ChangeKind::PutBucketEncryption);
    let by_grant = changes.iter().any(|one| one.kind == ChangeKind::CreateGrant);
    let bucket_keys = before.to_string().contains(r#""BucketKeyEnabled":true"#);
    let mut problems = Vec::new();
    for _ in 0..CALLS {
        let call = beside(setup, random);
        if call.is_meant(setup, options, by_grant, bucket_keys)
            || default_key && call.action == "s3:PutObject"
        {
            continue;
        }
        let [one, other] = worlds
            .each_ref()
            .map(|evidence| explain_request(&call.request(), evidence).unwrap().verdict);
        if one != other && (one == Verdict::Allowed || other == Verdict::Allowed) {
            problems.push(format!("{one:?} became {other:?}: {call:?}"));
        }
    }
    problems.truncate(3);
    problems
}
