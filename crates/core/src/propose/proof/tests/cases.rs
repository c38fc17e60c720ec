//! Changes as they should be.

use super::super::speaker::Speaker;
use super::super::{Comparison, compare, differences};
use crate::arn::AccountId;
use crate::plan::{Change, ChangeKind, Risk};
use crate::policy::Action;
use crate::propose::intent::{Intended, Intent, Reach, Usage};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(super) const ROLE: &str = "arn:aws:iam::222222222222:role/etl/Loader";
pub(super) const USER: &str = "arn:aws:iam::222222222222:user/alice";
pub(super) const KEY: &str =
    "arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d-1111-2222-3333-444455556666";
pub(super) const VIA: &str = "s3.eu-west-1.amazonaws.com";
pub(super) const BUCKET: &str = "arn:aws:s3:::sales-data";
pub(super) const OBJECT: &str = "arn:aws:s3:::sales-data/2026/11/report.csv";
pub(super) const FOLDER: &str = "arn:aws:s3:::sales-data/2026/11/";
pub(super) const STRANGE: &str = "arn:aws:s3:::sales-data/2026/a*b?c$d${aws:username}é.csv";
pub(super) const WRITTEN: &str =
    "arn:aws:s3:::sales-data/2026/a${*}b${?}c${$}d${$}{aws:username}é.csv";
pub(super) const POINT: &str = "arn:aws:s3:eu-west-1:111111111111:accesspoint/loaders";
pub(super) const TRUSTED: &str = "arn:aws:iam::111111111111:role/Readers";
pub(super) const SID: &str = "Locksmith0123456789abcdef";
/// 2026-11-22T12:00:00Z.
pub(super) const UNTIL: i64 = 1_795_348_800;

pub(super) fn exactly(text: &str) -> Reach {
    Reach::Exactly(text.to_owned())
}

pub(super) fn below(text: &str) -> Reach {
    Reach::Below(text.to_owned())
}

pub(super) fn intended(action: &str, resource: Reach, usage: Option<Usage>) -> Intended {
    Intended { action: Action::parse(action).unwrap(), resource, usage, point: None }
}

#[expect(clippy::unnecessary_wraps, reason = "an intended action takes an option")]
pub(super) fn through_s3(values: Vec<Reach>) -> Option<Usage> {
    let context = BTreeMap::from([("aws:s3:arn".to_owned(), values)]);
    Some(Usage { via: Some(VIA.to_owned()), context })
}

/// A change that is as it should be, and what it is meant for.
#[derive(Clone)]
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) change: Change,
    pub(super) intent: Intent,
}

impl Case {
    pub(super) fn new(name: &'static str, kind: ChangeKind, target: &str, entity: &str) -> Self {
        let account = target.split(':').nth(4).and_then(AccountId::parse);
        let own = kind.is_inline_policy();
        let change = Change {
            kind,
            account: account.or(AccountId::parse("111111111111")).unwrap(),
            target: target.to_owned(),
            region: None,
            policy_name: own.then(|| "Locksmith-0123456789abcdef".to_owned()),
            removes_causes: Vec::new(),
            before: None,
            after: json!({"Version": "2012-10-17", "Statement": []}),
            added: Vec::new(),
            inverse: String::new(),
            risk: Risk::Low,
            why: String::new(),
            size: None,
            managed_by: None,
        };
        let intent = Intent { entity: entity.to_owned(), permissions: Vec::new(), until: None };
        Self { name, change, intent }
    }

    pub(super) fn meant(mut self, permissions: Vec<Intended>) -> Self {
        self.intent.permissions = permissions;
        self
    }

    pub(super) fn until(mut self) -> Self {
        self.intent.until = Some(UNTIL);
        self
    }

    #[expect(clippy::needless_pass_by_value, reason = "what is passed is written out in the calls")]
    pub(super) fn standing(mut self, statements: Value) -> Self {
        let document = json!({"Version": "2012-10-17", "Id": "theirs", "Statement": statements});
        self.change.before = Some(document.clone());
        self.change.after = document;
        self
    }

    pub(super) fn adding(mut self, statement: Value) -> Self {
        self.change.after["Statement"].as_array_mut().unwrap().push(statement.clone());
        self.change.added.push(statement);
        self
    }

    /// The same case with the last statement that is added written otherwise.
    pub(super) fn written(&self, change: impl Fn(&mut Value)) -> Self {
        let mut case = self.clone();
        let listed = case.change.after["Statement"].as_array_mut().unwrap();
        let last = listed.last_mut().unwrap();
        change(last);
        *case.change.added.last_mut().unwrap() = last.clone();
        case
    }

    /// The same case with the document after it otherwise, while what is announced stays.
    pub(super) fn standing_otherwise(&self, change: impl Fn(&mut Value)) -> Self {
        let mut case = self.clone();
        change(&mut case.change.after);
        case
    }

    pub(super) fn compare(&self) -> Comparison {
        compare(&self.change, &self.intent, &[], &[])
    }

    /// What the universe alone finds.
    pub(super) fn found_by_asking(&self) -> Vec<String> {
        let speakers = (Speaker::before(&self.change), Speaker::after(&self.change));
        match speakers {
            (Ok(before), Ok(after)) => {
                differences(&self.change, &self.intent, [&before, &after], &[], &[]).outside
            }
            _ => vec!["cannot be read".to_owned()],
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "what is passed is written out in the calls")]
pub(super) fn allow(entity: &str, action: Value, resource: &str, condition: Value) -> Value {
    json!({"Sid": SID, "Effect": "Allow", "Principal": {"AWS": entity}, "Action": action,
           "Resource": resource, "Condition": condition})
}

pub(super) fn without_principal(mut statement: Value) -> Value {
    statement.as_object_mut().unwrap().remove("Principal");
    statement
}

pub(super) fn of_bucket() -> Value {
    json!([
        {"Sid": "OnlyTls", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
         "Resource": [BUCKET, "arn:aws:s3:::sales-data/*"],
         "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
        {"Sid": "OnlyOurEndpoint", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject",
         "Resource": "arn:aws:s3:::sales-data/*",
         "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}},
        {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"},
         "Action": "s3:PutObject", "Resource": "arn:aws:s3:::sales-data/AWSLogs/*",
         "Condition": {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}}},
        {"Sid": "Partners", "Effect": "Allow", "Principal": {"AWS": "333333333333"},
         "Action": ["s3:Get*", "s3:List*"], "Resource": [BUCKET, "arn:aws:s3:::sales-data/shared/*"]},
        {"Sid": "Org", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
         "Resource": "arn:aws:s3:::sales-data/org/*",
         "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
                       "IpAddress": {"aws:SourceIp": ["198.51.100.0/24", "2001:db8:1::/48"]}}}
    ])
}

pub(super) fn of_key() -> Value {
    json!([
        {"Sid": "Enable IAM User Permissions", "Effect": "Allow",
         "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, "Action": "kms:*", "Resource": "*"},
        {"Sid": "Allow use of the key", "Effect": "Allow",
         "Principal": {"AWS": ["arn:aws:iam::111111111111:role/App", "AROAEXAMPLEEXAMPLE01"]},
         "Action": ["kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"], "Resource": "*"},
        {"Sid": "Never delete", "Effect": "Deny", "Principal": "*",
         "Action": "kms:ScheduleKeyDeletion", "Resource": "*",
         "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::111111111111:role/Admin*"}}}
    ])
}

pub(super) fn s3_context(value: &Value) -> Value {
    json!({"StringEquals": {"kms:ViaService": VIA, "kms:EncryptionContext:aws:s3:arn": value}})
}

pub(super) fn ends() -> Value {
    json!({"aws:CurrentTime": "2026-11-22T12:00:00Z"})
}

pub(super) fn bucket_cases() -> Vec<Case> {
    use ChangeKind::{PutAccessPointPolicy, PutBucketPolicy};
    let get = json!("s3:GetObject");
    let in_point = format!("{POINT}/object/2026/11/");
    vec![
        Case::new("a first bucket policy", PutBucketPolicy, BUCKET, ROLE)
            .meant(vec![intended("s3:GetObject", exactly(OBJECT), None)])
            .adding(allow(ROLE, get.clone(), OBJECT, json!({}))),
        Case::new("an object, until a time", PutBucketPolicy, BUCKET, ROLE)
            .meant(vec![intended("s3:GetObject", exactly(OBJECT), None)])
            .until()
            .standing(of_bucket())
            .adding(allow(ROLE, get.clone(), OBJECT, json!({"DateLessThan": ends()}))),
        Case::new("a folder", PutBucketPolicy, BUCKET, USER)
            .meant(vec![
                intended("s3:PutObject", below(FOLDER), None),
                intended("s3:AbortMultipartUpload", below(FOLDER), None),
            ])
            .standing(of_bucket())
            .adding(allow(
                USER,
                json!(["s3:PutObject", "s3:AbortMultipartUpload"]),
                &format!("{FOLDER}*"),
                json!({}),
            )),
        Case::new("a bucket", PutBucketPolicy, BUCKET, ROLE)
            .meant(vec![intended("s3:ListBucket", exactly(BUCKET), None)])
            .standing(of_bucket())
            .adding(allow(ROLE, json!("s3:ListBucket"), BUCKET, json!({}))),
        Case::new("a strange name", PutBucketPolicy, BUCKET, USER)
            .meant(vec![intended("s3:GetObject", exactly(STRANGE), None)])
            .standing(of_bucket())
            .adding(allow(USER, get.clone(), WRITTEN, json!({}))),
        Case::new("an access point", PutAccessPointPolicy, POINT, ROLE)
            .meant(vec![intended("s3:GetObject", below(&in_point), None)])
            .adding(allow(ROLE, get, &format!("{in_point}*"), json!({}))),
    ]
}

pub(super) fn key_cases() -> Vec<Case> {
    use ChangeKind::PutKeyPolicy;
    let both = json!([format!("{FOLDER}*"), BUCKET]);
    let folder = json!({"StringEquals": {"kms:ViaService": VIA},
                        "StringLike": {"kms:EncryptionContext:aws:s3:arn": both}});
    let mut upload = s3_context(&json!(OBJECT));
    upload["DateLessThan"] = ends();
    let forms = || vec![below(FOLDER), exactly(BUCKET)];
    let direct = BTreeMap::from([("app".to_owned(), vec![exactly("billing")])]);
    vec![
        Case::new("a key for an object", PutKeyPolicy, KEY, ROLE)
            .meant(vec![intended("kms:Decrypt", exactly(KEY), through_s3(vec![exactly(OBJECT)]))])
            .standing(of_key())
            .adding(allow(ROLE, json!("kms:Decrypt"), "*", s3_context(&json!(OBJECT)))),
        Case::new("a key for a folder and Bucket Keys", PutKeyPolicy, KEY, ROLE)
            .meant(vec![intended("kms:Decrypt", exactly(KEY), through_s3(forms()))])
            .standing(of_key())
            .adding(allow(ROLE, json!("kms:Decrypt"), "*", folder)),
        Case::new("a key for an upload, until a time", PutKeyPolicy, KEY, USER)
            .meant(vec![
                intended("kms:GenerateDataKey", exactly(KEY), through_s3(vec![exactly(OBJECT)])),
                intended("kms:Decrypt", exactly(KEY), through_s3(vec![exactly(OBJECT)])),
            ])
            .until()
            .standing(of_key())
            .adding(allow(USER, json!(["kms:GenerateDataKey", "kms:Decrypt"]), "*", upload)),
        Case::new("a key for a strange name", PutKeyPolicy, KEY, ROLE)
            .meant(vec![intended("kms:Decrypt", exactly(KEY), through_s3(vec![exactly(STRANGE)]))])
            .standing(of_key())
            .adding(allow(
                ROLE,
                json!("kms:Decrypt"),
                "*",
                s3_context(&json!(STRANGE.replace("${", "${$}{"))),
            )),
        Case::new("a key by itself", PutKeyPolicy, KEY, ROLE)
            .meant(vec![intended(
                "kms:Decrypt",
                exactly(KEY),
                Some(Usage { via: None, context: direct }),
            )])
            .standing(of_key())
            .adding(allow(
                ROLE,
                json!("kms:Decrypt"),
                "*",
                json!({"StringEquals": {"kms:EncryptionContext:app": "billing"}}),
            )),
    ]
}

pub(super) fn other_cases() -> Vec<Case> {
    use ChangeKind::{PutRolePolicy, PutTrustPolicy, PutUserPolicy};
    let mut trust = allow(ROLE, json!("sts:AssumeRole"), "", json!({}));
    trust.as_object_mut().unwrap().remove("Resource");
    vec![
        Case::new("a role's own policy for an object", PutRolePolicy, ROLE, ROLE)
            .meant(vec![intended("s3:GetObject", exactly(OBJECT), None)])
            .adding(without_principal(allow(ROLE, json!("s3:GetObject"), OBJECT, json!({})))),
        Case::new("a user's own policy for a strange name", PutUserPolicy, USER, USER)
            .meant(vec![intended("s3:GetObject", exactly(STRANGE), None)])
            .adding(without_principal(allow(USER, json!("s3:GetObject"), WRITTEN, json!({})))),
        Case::new("a role's own policy for a key", PutRolePolicy, ROLE, ROLE)
            .meant(vec![intended("kms:Decrypt", exactly(KEY), through_s3(vec![exactly(OBJECT)]))])
            .until()
            .adding(without_principal({
                let mut condition = s3_context(&json!(OBJECT));
                condition["DateLessThan"] = ends();
                allow(ROLE, json!("kms:Decrypt"), KEY, condition)
            })),
        Case::new("a trust policy", PutTrustPolicy, TRUSTED, ROLE)
            .meant(vec![intended("sts:AssumeRole", exactly(TRUSTED), None)])
            .standing(json!([
                {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:role/Ci"},
                 "Action": "sts:AssumeRole",
                 "Condition": {"StringEquals": {"sts:ExternalId": "abc"}}},
                {"Effect": "Allow", "Principal": {"Federated": "accounts.google.com"},
                 "Action": "sts:AssumeRoleWithWebIdentity"}
            ]))
            .adding(trust),
    ]
}

pub(super) fn grant_case() -> Case {
    let mut case = Case::new("a grant", ChangeKind::CreateGrant, KEY, ROLE).meant(vec![intended(
        "kms:Decrypt",
        exactly(KEY),
        through_s3(vec![exactly(OBJECT)]),
    )]);
    case.change.after = json!({
        "KeyId": KEY, "GranteePrincipal": ROLE, "Operations": ["Decrypt"],
        "Constraints": {"EncryptionContextSubset": {"aws:s3:arn": OBJECT}},
        "Name": "Locksmith-0123456789abcdef",
    });
    case
}

pub(super) fn encryption_case() -> Case {
    let settings = |key: &str| {
        json!({"Rules": [{"ApplyServerSideEncryptionByDefault":
            {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}, "BucketKeyEnabled": true}]})
    };
    let mut case = Case::new("encryption", ChangeKind::PutBucketEncryption, BUCKET, ROLE);
    case.change.before = Some(settings("alias/data"));
    case.change.after = settings(KEY);
    case
}

pub(super) fn document_cases() -> Vec<Case> {
    let mut cases = bucket_cases();
    cases.extend(key_cases());
    cases.extend(other_cases());
    cases
}
