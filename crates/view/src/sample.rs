//! A diagnosis that has everything, for tests of what is made of it.

use crate::source::Sources;
use locksmith_core::arn::AccountId;
use locksmith_core::diagnosis::{
    AwsMessage, CallSummary, Cause, CauseCode, Cell, Confidence, Diagnosis, Fix, KeyTrust, Missed,
    Permission, Place, PolicyProblem, StatementNote, Unknown, UnknownCode, Verdict,
};
use locksmith_core::evaluate::{Answer, Layer, Outcome};
use serde_json::json;

const OBJECT: &str = "arn:aws:s3:::reports/2026/q3.parquet";
const KEY: &str = "arn:aws:kms:us-west-2:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const ENDPOINT: &str = "arn:aws:ec2:us-west-2:222222222222:vpc-endpoint/vpce-0a1b2c3d4e5f60718";

/// The owner's file, with the key policy of the sample.
pub const OWNER: &str = r#"{
  "AccountId": "111111111111",
  "Kms": {
    "Keys": [
      {
        "Policy": {
          "Version": "2012-10-17",
          "Statement": [
            {"Sid": "KeyAdministration", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:role/KeyAdmin"}, "Action": ["kms:Create*", "kms:Describe*", "kms:Enable*", "kms:List*", "kms:Put*"], "Resource": "*"},
            {
              "Sid": "ReadersThroughS3",
              "Effect": "Allow",
              "Principal": {"AWS": "arn:aws:iam::222222222222:role/data/ReportReader"},
              "Action": "kms:Decrypt",
              "Resource": "*",
              "Condition": {"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}}
            }
          ]
        }
      }
    ]
  }
}
"#;

/// The folder of the sample.
pub fn sources() -> Sources {
    let files = [("111111111111.json".to_owned(), OWNER.to_owned())];
    Sources::new("evidence", files.into())
}

fn owner() -> Option<AccountId> {
    AccountId::parse("111111111111")
}

fn caller() -> Option<AccountId> {
    AccountId::parse("222222222222")
}

fn cell(layer: Layer, account: Option<AccountId>, outcome: Outcome) -> Cell {
    Cell { layer, account, outcome, statements: Vec::new() }
}

fn missed(element: &str, expected: &str, found: &str) -> Missed {
    Missed { element: element.to_owned(), expected: expected.to_owned(), found: found.to_owned() }
}

fn endpoint_deny() -> StatementNote {
    StatementNote {
        policy: "vpce-0a1b2c3d4e5f60718".to_owned(),
        sid: Some("OnlyOurOwnBuckets".to_owned()),
        index: 1,
        effect: "Deny".to_owned(),
        missed: Vec::new(),
        at: Some(Place {
            file: "222222222222.json".to_owned(),
            path: "Ec2.VpcEndpoints[0].PolicyDocument.Statement[1]".to_owned(),
        }),
        statement: Some(json!({
            "Resource": "*", "Action": "s3:*", "Effect": "Deny", "Principal": "*",
            "Sid": "OnlyOurOwnBuckets",
            "Condition": {"StringNotEquals": {"aws:ResourceAccount": "222222222222"}}
        })),
    }
}

fn key_near_miss() -> StatementNote {
    StatementNote {
        policy: KEY.to_owned(),
        sid: Some("ReadersThroughS3".to_owned()),
        index: 1,
        effect: "Allow".to_owned(),
        missed: vec![missed(
            "Condition.StringEquals.kms:ViaService",
            "s3.eu-west-1.amazonaws.com",
            "s3.us-west-2.amazonaws.com",
        )],
        at: Some(Place {
            file: "111111111111.json".to_owned(),
            path: "Kms.Keys[0].Policy.Statement[1]".to_owned(),
        }),
        statement: None,
    }
}

fn identity_near_miss() -> StatementNote {
    StatementNote {
        policy: "arn:aws:iam::222222222222:policy/read-reports".to_owned(),
        sid: None,
        index: 0,
        effect: "Allow".to_owned(),
        missed: vec![
            missed("Action", "s3:GetObject", "kms:Decrypt"),
            missed("Resource", "arn:aws:s3:::reports/*", KEY),
        ],
        at: None,
        statement: Some(json!({
            "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"
        })),
    }
}

/// The call that S3 needs.
fn read() -> Permission {
    let mut endpoint = cell(Layer::VpcEndpointPolicy, caller(), Outcome::ExplicitDeny);
    endpoint.statements.push(endpoint_deny());
    Permission {
        action: "s3:GetObject".to_owned(),
        resource: OBJECT.to_owned(),
        resource_account: owner(),
        decision: Answer::ExplicitlyDenied,
        layers: vec![
            cell(Layer::IdentityPolicy, caller(), Outcome::Allow),
            cell(Layer::PermissionsBoundary, caller(), Outcome::NotApplicable),
            cell(Layer::SessionPolicy, caller(), Outcome::Unknown),
            cell(Layer::Scp, caller(), Outcome::Allow),
            cell(Layer::Rcp, owner(), Outcome::Allow),
            endpoint,
            cell(Layer::BucketPolicy, owner(), Outcome::Allow),
            cell(Layer::KeyPolicy, owner(), Outcome::NotApplicable),
        ],
    }
}

/// The call that KMS needs.
fn decrypt() -> Permission {
    let mut identity = cell(Layer::IdentityPolicy, caller(), Outcome::NoAllow);
    identity.statements.push(identity_near_miss());
    let mut key = cell(Layer::KeyPolicy, owner(), Outcome::NoAllow);
    key.statements.push(key_near_miss());
    Permission {
        action: "kms:Decrypt".to_owned(),
        resource: KEY.to_owned(),
        resource_account: owner(),
        decision: Answer::ImplicitlyDenied,
        layers: vec![
            identity,
            cell(Layer::SessionPolicy, caller(), Outcome::Unknown),
            cell(Layer::Scp, caller(), Outcome::Allow),
            cell(Layer::Rcp, owner(), Outcome::Allow),
            key,
            cell(Layer::KmsGrant, owner(), Outcome::NoAllow),
        ],
    }
}

fn causes() -> Vec<Cause> {
    let policy = |layer, problem| CauseCode::Policy(layer, problem);
    vec![
        Cause {
            code: policy(Layer::VpcEndpointPolicy, PolicyProblem::ExplicitDeny),
            account: caller(),
            target: ENDPOINT.to_owned(),
            action: "s3:GetObject".to_owned(),
            statement: Some(endpoint_deny()),
            fix: Fix::Manual,
            message: "The VPC endpoint policy denies `s3:GetObject` explicitly: the call goes \
                      through an endpoint that lets only the caller's own buckets pass."
                .to_owned(),
        },
        Cause {
            code: policy(Layer::IdentityPolicy, PolicyProblem::MissingAllow),
            account: caller(),
            target: "arn:aws:iam::222222222222:role/data/ReportReader".to_owned(),
            action: "kms:Decrypt".to_owned(),
            statement: None,
            fix: Fix::Automatic,
            message: "No identity policy of the role allows `kms:Decrypt` on the key.".to_owned(),
        },
        Cause {
            code: policy(Layer::KeyPolicy, PolicyProblem::ConditionNotMet),
            account: owner(),
            target: KEY.to_owned(),
            action: "kms:Decrypt".to_owned(),
            statement: Some(key_near_miss()),
            fix: Fix::Automatic,
            message: "A statement of the key policy allows `kms:Decrypt` to the role, but its \
                      condition on `kms:ViaService` is not met."
                .to_owned(),
        },
        Cause {
            code: CauseCode::KeyDisabled,
            account: owner(),
            target: KEY.to_owned(),
            action: "kms:Decrypt".to_owned(),
            statement: None,
            fix: Fix::Manual,
            message: "The key is disabled.".to_owned(),
        },
    ]
}

/// A denied read across accounts.
pub fn diagnosis() -> Diagnosis {
    let session = "arn:aws:sts::222222222222:assumed-role/ReportReader/etl-20261120";
    Diagnosis {
        verdict: Verdict::Denied,
        call: CallSummary {
            operation: "GetObject".to_owned(),
            service: "s3".to_owned(),
            principal: session.to_owned(),
            principal_account: caller(),
            resource: Some(OBJECT.to_owned()),
            resource_account: owner(),
            region: Some("us-west-2".to_owned()),
            event_id: Some("ce9e6bd4-8517-4910-b12e-668d9822d534".to_owned()),
            event_time: Some("2026-11-20T09:42:17Z".to_owned()),
            error_code: Some("AccessDenied".to_owned()),
        },
        permissions: vec![read(), decrypt()],
        causes: causes(),
        unknowns: vec![
            Unknown {
                layer: Some(Layer::SessionPolicy),
                account: caller(),
                key: None,
                code: UnknownCode::SessionPolicy,
                statement: None,
                detail: None,
                why: "the record does not show with which session policy the role was assumed"
                    .to_owned(),
            },
            Unknown {
                layer: Some(Layer::IdentityPolicy),
                account: caller(),
                key: Some("aws:PrincipalTag/team".to_owned()),
                code: UnknownCode::ConditionKey,
                statement: None,
                detail: None,
                why: "session tags are not in the record".to_owned(),
            },
        ],
        aws_message: Some(AwsMessage {
            text: Some(format!(
                "User: {session} is not authorized to perform: s3:GetObject on resource: \
                 \"{OBJECT}\" with an explicit deny in a VPC endpoint policy"
            )),
            layer: Some(Layer::VpcEndpointPolicy),
            effect: Some("explicit".to_owned()),
            policy_arn: None,
            agrees: true,
        }),
        key_trust: Some(KeyTrust::NotEstablished),
        confidence: Confidence::Likely,
    }
}

/// The same with strings that try to get out of every view.
pub fn hostile() -> Diagnosis {
    let mut diagnosis = diagnosis();
    let key = "\u{1b}[2J</script><script>alert('1')</script>|`\"&@all\u{202e}";
    diagnosis.call.resource = Some(format!("arn:aws:s3:::reports/{key}"));
    diagnosis.call.event_id = Some("<img src=x onerror=alert(1)>".to_owned());
    for permission in &mut diagnosis.permissions {
        permission.resource = format!("arn:aws:s3:::reports/{key}");
    }
    for cause in &mut diagnosis.causes {
        cause.message = format!("No statement allows `{key}` to [read](javascript:alert(1)).");
        cause.target = format!("arn:aws:s3:::reports/{key}");
        if let Some(note) = &mut cause.statement {
            note.sid = Some("<script>alert('sid')</script>```".to_owned());
            note.at = None;
            note.statement = Some(json!({"Sid": "```</code></pre><script>", key: key}));
        }
    }
    for unknown in &mut diagnosis.unknowns {
        key.clone_into(&mut unknown.why);
        unknown.key = Some(key.to_owned());
    }
    if let Some(message) = &mut diagnosis.aws_message {
        message.text = Some(format!("```\n{key}"));
    }
    diagnosis
}
