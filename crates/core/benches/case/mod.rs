//! The two calls that are measured, with policies of the size and kind that accounts hold.

#![allow(dead_code, unreachable_pub, reason = "each benchmark uses a part")]

use locksmith_core::arn::AccountId;
use locksmith_core::context::{Context, Fact, World};
use locksmith_core::evaluate::{Caller, Layer, Policies, Request, ResourcePolicy, Source};
use locksmith_core::policy::{Action, Policy, PolicyKind};
use serde_json::{Value, json};
use std::sync::Arc;

/// Every policy of the mix, with the use that it is read for.
pub const POLICIES: [(&str, PolicyKind); 7] = [
    (IDENTITY, PolicyKind::Identity),
    (BUCKET, PolicyKind::Resource),
    (KEY, PolicyKind::Key),
    (include_str!("../policies/scp.json"), PolicyKind::Scp),
    (include_str!("../policies/trust.json"), PolicyKind::Trust),
    (include_str!("../policies/boundary.json"), PolicyKind::Identity),
    (include_str!("../policies/endpoint.json"), PolicyKind::VpcEndpoint),
];

/// Five statements of the caller's role.
pub const IDENTITY: &str = include_str!("../policies/identity.json");
/// Five statements of the bucket.
pub const BUCKET: &str = include_str!("../policies/bucket.json");
/// Four statements of the key.
pub const KEY: &str = include_str!("../policies/key.json");

/// The session that calls.
pub const SESSION: &str = "arn:aws:sts::222222222222:assumed-role/Etl/run-7";
/// Its role.
pub const ROLE: &str = "arn:aws:iam::222222222222:role/Etl";
/// What it reads.
pub const OBJECT: &str = "arn:aws:s3:::reports/2026/q3.parquet";
/// What that is encrypted with.
pub const KEY_ARN: &str =
    "arn:aws:kms:us-west-2:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
/// Whose the bucket and the key are.
pub const OWNER: &str = "111111111111";

/// The condition keys of the request for the object.
pub const OBJECT_CONTEXT: [(&str, &str); 14] = [
    ("aws:PrincipalArn", ROLE),
    ("aws:PrincipalAccount", "222222222222"),
    ("aws:PrincipalType", "AssumedRole"),
    ("aws:PrincipalOrgID", "o-abc123def4"),
    ("aws:PrincipalTag/team", "finance"),
    ("aws:ResourceAccount", OWNER),
    ("aws:RequestedRegion", "us-west-2"),
    ("aws:SecureTransport", "true"),
    ("aws:SourceIp", "198.51.100.7"),
    ("aws:CurrentTime", "2026-11-20T10:00:00Z"),
    ("aws:EpochTime", "1795168800"),
    ("aws:UserAgent", "aws-sdk-rust/1.3.8 os/linux lang/rust/1.95.0"),
    ("aws:ViaAWSService", "false"),
    ("s3:ResourceAccount", OWNER),
];

/// The condition keys of the request for the key, which S3 forwards.
pub const KEY_CONTEXT: [(&str, &str); 13] = [
    ("aws:PrincipalArn", ROLE),
    ("aws:PrincipalAccount", "222222222222"),
    ("aws:PrincipalType", "AssumedRole"),
    ("aws:PrincipalOrgID", "o-abc123def4"),
    ("aws:ResourceAccount", OWNER),
    ("aws:RequestedRegion", "us-west-2"),
    ("aws:SecureTransport", "true"),
    ("aws:SourceIp", "198.51.100.7"),
    ("aws:CurrentTime", "2026-11-20T10:00:00Z"),
    ("aws:ViaAWSService", "true"),
    ("kms:ViaService", "s3.us-west-2.amazonaws.com"),
    ("kms:CallerAccount", "222222222222"),
    ("kms:EncryptionContext:aws:s3:arn", OBJECT),
];

/// One call with all that it is decided by, compiled.
pub struct Case {
    caller: Caller,
    action: Action,
    resource: &'static str,
    context: Context,
    /// The policies in force.
    pub policies: Policies,
}

impl Case {
    /// A cross-account `GetObject`: five identity and five bucket policy statements.
    pub fn get_object() -> Self {
        let bucket = source(BUCKET, PolicyKind::Resource);
        Self::new("s3:GetObject", OBJECT, &OBJECT_CONTEXT, Layer::BucketPolicy, bucket)
    }

    /// A cross-account `Decrypt` through S3: four key policy statements, and the same five of the
    /// caller.
    pub fn decrypt() -> Self {
        let key = source(KEY, PolicyKind::Key);
        Self::new("kms:Decrypt", KEY_ARN, &KEY_CONTEXT, Layer::KeyPolicy, key)
    }

    fn new(
        action: &str,
        resource: &'static str,
        keys: &[(&str, &str)],
        layer: Layer,
        document: Source,
    ) -> Self {
        let mut context = Context::new(World::Closed);
        for (key, value) in keys {
            context.set(key, Fact::one(value));
        }
        Self {
            caller: Caller::parse(SESSION).expect("a session"),
            action: Action::parse(action).expect("an action"),
            resource,
            context,
            policies: Policies {
                identity: Some(vec![source(IDENTITY, PolicyKind::Identity)]),
                resource: vec![ResourcePolicy { layer, documents: vec![document], resource: None }],
                ..Policies::default()
            },
        }
    }

    /// The request.
    pub fn request(&self) -> Request<'_> {
        Request {
            caller: &self.caller,
            action: &self.action,
            resource: Some(self.resource),
            resource_account: AccountId::parse(OWNER),
            context: &self.context,
        }
    }
}

fn source(json: &str, kind: PolicyKind) -> Source {
    Source::Read(Arc::new(Policy::parse(json, kind).expect("a policy")))
}

/// A document without the blanks that make it readable.
pub fn compact(json: &str) -> String {
    serde_json::from_str::<Value>(json).expect("JSON").to_string()
}

/// The request for the object as a line of `locksmith simulate`.
pub fn simulate_line() -> String {
    let document = |json| serde_json::from_str::<Value>(json).expect("JSON");
    let context: serde_json::Map<_, _> =
        OBJECT_CONTEXT.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect();
    json!({
        "id": "read",
        "request": {"principal": SESSION, "action": "s3:GetObject", "resource": OBJECT,
                    "resource_account": OWNER, "context": context},
        "policies": {"identity": [document(IDENTITY)], "resource": document(BUCKET)}
    })
    .to_string()
}
