//! A value of every kind that Locksmith speaks of.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use locksmith_core::arn::AccountId;
use locksmith_core::diagnosis::{
    CallSummary, Cause, CauseCode, Confidence, Diagnosis, Fix, Missed, Permission, PolicyProblem,
    StatementNote, Verdict,
};
use locksmith_core::evaluate::{Answer, Layer};
use locksmith_core::plan::{
    Alternative, Change, ChangeKind, ManagedBy, Manual, Proof, Risk, Size, Tool,
};
use serde_json::{Value, json};

const OBJECT: &str = "arn:aws:s3:::reports/2026/q3.parquet";
const KEY: &str = "arn:aws:kms:us-west-2:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const ROLE: &str = "arn:aws:iam::222222222222:role/data/ReportReader";
const POINT: &str = "arn:aws:s3:us-west-2:111111111111:accesspoint/finance";
const USER: &str = "arn:aws:iam::222222222222:user/Bob";

fn account(id: &str) -> AccountId {
    AccountId::parse(id).unwrap()
}

/// On what a cause of a code is.
fn target(code: CauseCode) -> &'static str {
    match code {
        CauseCode::Policy(layer, _) => match layer {
            Layer::IdentityPolicy | Layer::PermissionsBoundary | Layer::SessionPolicy => ROLE,
            Layer::Scp | Layer::Rcp => "p-examplepolicy",
            Layer::VpcEndpointPolicy => {
                "arn:aws:ec2:us-west-2:222222222222:vpc-endpoint/vpce-0a1b2c3d"
            }
            Layer::BucketPolicy | Layer::BlockPublicAccess => "arn:aws:s3:::reports",
            Layer::AccessPointPolicy => POINT,
            Layer::KeyPolicy | Layer::KmsGrant => KEY,
            Layer::TrustPolicy => "arn:aws:iam::111111111111:role/Shared",
            Layer::ResourcePolicy => "arn:aws:sns:us-west-2:111111111111:news",
            Layer::ObjectOwnership => OBJECT,
        },
        CauseCode::ForeignOwner | CauseCode::ObjectMissing => OBJECT,
        CauseCode::AliasInCallersAccount
        | CauseCode::RestrictPublicBuckets
        | CauseCode::RequesterPaysHeaderMissing
        | CauseCode::SseCBlocked
        | CauseCode::AclDisabled => "arn:aws:s3:::reports",
        _ => KEY,
    }
}

/// A cause without the engine's English words, so that English too has the text for its code.
pub(crate) fn cause(code: CauseCode) -> Cause {
    let missed = |key: &str, expected: &str, found: &str| Missed {
        element: format!("Condition.StringEquals.{key}"),
        expected: expected.to_owned(),
        found: found.to_owned(),
    };
    let statement = StatementNote {
        policy: "arn:aws:iam::222222222222:policy/read-reports".to_owned(),
        sid: Some("Readers".to_owned()),
        index: 1,
        effect: "Allow".to_owned(),
        missed: vec![
            missed("aws:SourceVpce", "vpce-0a1b2c3d", "absent"),
            missed("aws:PrincipalOrgID", "o-abc123", "something other than o-abc123"),
        ],
        at: None,
        statement: None,
    };
    let has_statement =
        matches!(code, CauseCode::Policy(_, problem) if problem != PolicyProblem::MissingAllow);
    Cause {
        code,
        account: AccountId::parse("111111111111"),
        target: target(code).to_owned(),
        action: "s3:GetObject".to_owned(),
        statement: has_statement.then_some(statement),
        fix: Fix::Manual,
        message: String::new(),
    }
}

/// Who called, and on what: one row for each of what a cause's action may be on.
pub(crate) fn diagnosis() -> Diagnosis {
    let row = |(action, resource): (&str, &str)| Permission {
        action: action.to_owned(),
        resource: resource.to_owned(),
        resource_account: None,
        decision: Answer::ImplicitlyDenied,
        layers: Vec::new(),
    };
    let other_key = KEY.replace("12ab-34cd-56ef-1234567890ab", "other");
    let rows = [
        ("s3:GetObject", OBJECT),
        ("s3:GetObjectTagging", POINT),
        ("s3:ListBucket", "arn:aws:s3:::reports"),
        ("sts:AssumeRole", ROLE),
        ("kms:Decrypt", KEY),
        ("kms:Decrypt", &other_key),
    ];
    Diagnosis {
        verdict: Verdict::Denied,
        call: CallSummary {
            principal: "arn:aws:sts::222222222222:assumed-role/ReportReader/etl".to_owned(),
            ..CallSummary::default()
        },
        permissions: rows.map(row).into(),
        causes: Vec::new(),
        unknowns: Vec::new(),
        aws_message: None,
        key_trust: None,
        confidence: Confidence::Certain,
    }
}

/// A step without the engine's English words.
pub(crate) fn manual(code: CauseCode) -> Manual {
    Manual {
        cause: code.to_string(),
        owner: "the owners of account 111111111111".to_owned(),
        account: AccountId::parse("111111111111"),
        target: target(code).to_owned(),
        what_to_do: String::new(),
        statement: Some(json!({"Sid": "Readers", "Effect": "Deny"})),
    }
}

/// Steps for which the engine's words tell the reason.
pub(crate) fn manual_reasons() -> Vec<Manual> {
    let missing = CauseCode::Policy(Layer::BucketPolicy, PolicyProblem::MissingAllow);
    let reasons = [
        "IAM Identity Center makes this role from the permission set Reader.",
        "AWSServiceRoleForX is a service-linked role: AWS alone defines what it may do.",
        "AWS's own message blames another policy than Locksmith does, so nothing is changed.",
        "s3:PutBucketPolicy changes who may do what, or destroys what protects data.",
        "The event does not name the objects.",
        "kms:Decrypt is not granted on a key that cannot serve the call.",
        "What s3:GetObject would have to be allowed on is not known by its ARN.",
        "With another statement the document would have 20500 characters, and AWS takes 20480.",
        "The name holds a wildcard, and a policy of the old Version cannot write it literally.",
        "The name holds characters that AWS does not take in policies of IAM and KMS.",
        "The document as it stands could not be read, so nothing is added to it.",
        "A grant would need the exact encryption context.",
        "A change was found, but it could not be proved to do what it should.",
        "kms:CreateAlias works on keys of the caller's own account alone.",
        "The call was not signed; Locksmith opens nothing to everybody.",
        "An AWS service made the call: a statement for it needs aws:SourceArn.",
        "The root user made the call; it can be named only together with its whole account.",
        "Which role or user made the call is not known, so no statement can name it alone.",
    ];
    let of = |words: &str| Manual { what_to_do: words.to_owned(), ..manual(missing) };
    reasons.into_iter().map(of).collect()
}

fn statement(kind: ChangeKind) -> Value {
    let mut statement = json!({
        "Sid": "Locksmith0123456789abcdef", "Effect": "Allow",
        "Principal": {"AWS": ROLE}, "Action": "s3:GetObject", "Resource": OBJECT,
    });
    match kind {
        ChangeKind::PutAccessPointPolicy => {
            statement["Resource"] = format!("{POINT}/object/2026/q3.parquet").into();
        }
        ChangeKind::PutBucketPolicy => {
            statement["Action"] = json!(["s3:GetObject", "s3:GetObjectTagging"]);
            statement["Condition"] = json!({"StringEquals": {"s3:DataAccessPointArn": POINT}});
        }
        ChangeKind::PutKeyPolicy => {
            statement["Action"] = "kms:Decrypt".into();
            statement["Resource"] = "*".into();
            statement["Condition"] = json!({"StringEquals": {
                "kms:ViaService": "s3.us-west-2.amazonaws.com",
                "kms:EncryptionContext:aws:s3:arn": OBJECT,
            }});
        }
        ChangeKind::PutTrustPolicy => statement["Action"] = "sts:AssumeRole".into(),
        _ => {}
    }
    statement
}

/// A change without the engine's English words.
pub(crate) fn change(kind: ChangeKind) -> Change {
    let target = match kind {
        ChangeKind::PutBucketPolicy | ChangeKind::PutBucketEncryption => "arn:aws:s3:::reports",
        ChangeKind::PutAccessPointPolicy => POINT,
        ChangeKind::PutKeyPolicy | ChangeKind::CreateGrant => KEY,
        ChangeKind::PutTrustPolicy => "arn:aws:iam::111111111111:role/Shared",
        ChangeKind::PutRolePolicy => ROLE,
        ChangeKind::PutUserPolicy => USER,
    };
    let encryption = |key: &str| {
        json!({"Rules": [{"ApplyServerSideEncryptionByDefault": {
            "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key,
        }}]})
    };
    let mut added = vec![statement(kind)];
    if kind.is_inline_policy() {
        added[0].as_object_mut().unwrap().remove("Principal");
    }
    let mut before = Some(json!({"Version": "2012-10-17", "Statement": []}));
    let mut after = json!({"Version": "2012-10-17", "Statement": added.clone()});
    match kind {
        ChangeKind::CreateGrant => {
            added.clear();
            before = None;
            after = json!({
                "KeyId": KEY, "GranteePrincipal": ROLE, "Name": "Locksmith-fedcba9876543210",
                "Operations": ["Decrypt", "GenerateDataKey"],
                "Constraints": {"EncryptionContextEquals": {"aws:s3:arn": OBJECT}},
            });
        }
        ChangeKind::PutBucketEncryption => {
            added.clear();
            (before, after) = (Some(encryption("alias/reports")), encryption(KEY));
        }
        _ if kind.is_inline_policy() => before = None,
        _ => {}
    }
    Change {
        kind,
        account: account("111111111111"),
        target: target.to_owned(),
        region: Some("us-west-2".to_owned()),
        policy_name: kind.is_inline_policy().then(|| "Locksmith-0123456789abcdef".to_owned()),
        removes_causes: Vec::new(),
        before,
        after,
        added,
        inverse: String::new(),
        risk: Risk::Low,
        why: String::new(),
        size: None,
        managed_by: None,
    }
}

/// Changes of which there is more to say.
pub(crate) fn special_changes() -> Vec<Change> {
    let managed = |tool| Some(ManagedBy { tool, what: "data-lake".to_owned() });
    let (bucket, point) = (ChangeKind::PutBucketPolicy, ChangeKind::PutAccessPointPolicy);
    let two = vec![statement(bucket), statement(ChangeKind::PutTrustPolicy)];
    vec![
        Change { before: None, managed_by: managed(Tool::Cloudformation), ..change(bucket) },
        Change { before: None, managed_by: managed(Tool::Terraform), ..change(point) },
        Change { added: two, size: Some(Size { used: 20_100, limit: 20_480 }), ..change(bucket) },
    ]
}

pub(crate) fn alternatives() -> Vec<Alternative> {
    let with = |changes: Vec<Change>, to_do: Option<&str>| Alternative {
        digest: None,
        changes,
        risk: Risk::High,
        why: String::new(),
        what_to_do: to_do.map(str::to_owned),
        proof: None,
        relies_on: Vec::new(),
    };
    let widened = "Add the caller's ARN to the Principal of statement \"Allow use of the key\", if that is wanted.";
    let nameless = "Add the caller's ARN to the Principal of the statement for users of the key, if that is wanted.";
    let delegated =
        "Add a statement that allows kms:* to arn:aws:iam::111111111111:root, if that is wanted.";
    vec![
        with(vec![change(ChangeKind::CreateGrant)], None),
        with(vec![change(ChangeKind::PutBucketPolicy)], None),
        with(Vec::new(), Some(widened)),
        with(Vec::new(), Some(nameless)),
        with(Vec::new(), Some(delegated)),
    ]
}

pub(crate) fn proofs() -> Vec<Proof> {
    let proof = |after, checked, nothing_else_opened| Proof {
        before: Verdict::Denied,
        after,
        nothing_else_opened,
        checked,
    };
    vec![
        proof(Verdict::Allowed, 12_345, true),
        proof(Verdict::Allowed, 1, true),
        proof(Verdict::Unknown, 12_345, false),
        proof(Verdict::Denied, 0, true),
    ]
}
