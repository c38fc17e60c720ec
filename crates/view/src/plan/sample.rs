//! Plans that have everything, for tests of what is made of them.

use locksmith_core::arn::AccountId;
use locksmith_core::diagnosis::{CallSummary, Verdict};
use locksmith_core::plan::{
    Alternative, Change, ChangeKind, Digest, ManagedBy, Manual, Plan, Proof, Risk, Scope, Size,
    Tool,
};
use serde_json::{Value, json};

/// The object that is read.
pub const OBJECT: &str = "arn:aws:s3:::reports/2026/q3.parquet";
/// The key with which it is encrypted.
pub const KEY: &str = "arn:aws:kms:us-west-2:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const ROLE: &str = "arn:aws:iam::222222222222:role/data/ReportReader";

#[expect(clippy::unwrap_used, reason = "the samples' accounts stand here")]
fn account(id: &str) -> AccountId {
    AccountId::parse(id).unwrap()
}

fn read(sid: &str, object: &str) -> Value {
    json!({
        "Sid": sid, "Effect": "Allow", "Principal": {"AWS": ROLE},
        "Action": "s3:GetObject", "Resource": object,
    })
}

fn decrypt(sid: &str, object: &str) -> Value {
    json!({
        "Sid": sid, "Effect": "Allow", "Principal": {"AWS": ROLE},
        "Action": "kms:Decrypt", "Resource": "*",
        "Condition": {"StringEquals": {
            "kms:ViaService": "s3.us-west-2.amazonaws.com",
            "kms:EncryptionContext:aws:s3:arn": object,
        }},
    })
}

/// A document with one statement of somebody else's and those that are added.
fn document(theirs: Value, added: &[Value]) -> Value {
    let mut statements = vec![theirs];
    statements.extend_from_slice(added);
    json!({"Version": "2012-10-17", "Statement": statements})
}

/// A change of a document of others.
fn shared(kind: ChangeKind, target: &str, theirs: Value, added: Value) -> Change {
    Change {
        kind,
        account: account("111111111111"),
        target: target.to_owned(),
        region: Some("us-west-2".to_owned()),
        policy_name: None,
        removes_causes: vec!["bucket_policy.missing_allow".to_owned()],
        before: Some(document(theirs.clone(), &[])),
        after: document(theirs, core::slice::from_ref(&added)),
        added: vec![added],
        inverse: "takes out the statement `Locksmith0123456789abcdef` and leaves the others"
            .to_owned(),
        risk: Risk::Low,
        why: "no statement of the bucket policy lets the role read the object.".to_owned(),
        size: None,
        managed_by: None,
    }
}

/// A statement more in the bucket's policy, on an object.
pub fn bucket_policy(object: &str) -> Change {
    let theirs = json!({
        "Sid": "TlsOnly", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
        "Resource": ["arn:aws:s3:::reports", "arn:aws:s3:::reports/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    });
    let ours = read("Locksmith0123456789abcdef", object);
    shared(ChangeKind::PutBucketPolicy, "arn:aws:s3:::reports", theirs, ours)
}

/// A statement more in the key's policy, for an object.
pub fn key_policy(object: &str) -> Change {
    let theirs = json!({
        "Sid": "KeyAdministration", "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, "Action": "kms:*",
        "Resource": "*",
    });
    let ours = decrypt("Locksmithfedcba9876543210", object);
    Change {
        removes_causes: vec!["key_policy.missing_allow".to_owned()],
        why: "no statement of the key policy lets the role decrypt the object.".to_owned(),
        risk: Risk::Medium,
        ..shared(ChangeKind::PutKeyPolicy, KEY, theirs, ours)
    }
}

/// A policy of our own on the role; little room is left there.
pub fn role_policy(object: &str) -> Change {
    let ours = json!({
        "Sid": "Locksmith00112233445566aa", "Effect": "Allow", "Action": "s3:GetObject",
        "Resource": object,
    });
    Change {
        kind: ChangeKind::PutRolePolicy,
        account: account("222222222222"),
        target: ROLE.to_owned(),
        region: None,
        policy_name: Some("Locksmith-00112233445566aa".to_owned()),
        removes_causes: vec!["identity_policy.missing_allow".to_owned()],
        before: None,
        after: json!({"Version": "2012-10-17", "Statement": [ours]}),
        added: vec![ours],
        inverse: "deletes the inline policy".to_owned(),
        risk: Risk::Low,
        why: "no identity policy of the role allows `s3:GetObject` on the object.".to_owned(),
        size: Some(Size { used: 9_950, limit: 10_240 }),
        managed_by: None,
    }
}

/// A grant on the key, for an object.
pub fn grant(object: &str) -> Change {
    Change {
        kind: ChangeKind::CreateGrant,
        policy_name: None,
        before: None,
        after: json!({
            "KeyId": KEY, "GranteePrincipal": ROLE, "Name": "Locksmith-fedcba9876543210",
            "Operations": ["Decrypt"],
            "Constraints": {"EncryptionContextEquals": {"aws:s3:arn": object}},
        }),
        added: Vec::new(),
        inverse: "revokes the grant".to_owned(),
        ..key_policy(object)
    }
}

/// Another key for the bucket's default encryption.
pub fn encryption() -> Change {
    let configuration = |key: &str| {
        json!({"Rules": [{
            "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key},
            "BucketKeyEnabled": true,
            "BlockedEncryptionTypes": {"EncryptionType": ["SSE-C"]},
        }]})
    };
    Change {
        kind: ChangeKind::PutBucketEncryption,
        before: Some(configuration("alias/reports")),
        after: configuration(KEY),
        added: Vec::new(),
        ..bucket_policy(OBJECT)
    }
}

/// A statement more in a role's trust policy.
pub fn trust_policy() -> Change {
    let trusting = |sid: &str, principal: &str| {
        json!({
            "Sid": sid, "Effect": "Allow", "Principal": {"AWS": principal},
            "Action": "sts:AssumeRole",
        })
    };
    let theirs = trusting("Trust", "arn:aws:iam::222222222222:root");
    let ours = trusting("Locksmith77665544332211ff", ROLE);
    let role = "arn:aws:iam::111111111111:role/data/Shared";
    Change { region: None, ..shared(ChangeKind::PutTrustPolicy, role, theirs, ours) }
}

/// The first policy of an access point.
pub fn access_point_policy(object: &str) -> Change {
    let target = "arn:aws:s3:us-west-2:111111111111:accesspoint/finance";
    let ours = read("Locksmith8899aabbccddeeff", object);
    Change {
        before: None,
        after: json!({"Version": "2012-10-17", "Statement": [ours]}),
        ..shared(ChangeKind::PutAccessPointPolicy, target, Value::Null, ours)
    }
}

/// A policy of our own on a user.
pub fn user_policy(object: &str) -> Change {
    let target = "arn:aws:iam::222222222222:user/Bob".to_owned();
    Change { kind: ChangeKind::PutUserPolicy, target, ..role_policy(object) }
}

/// One change of each kind.
pub fn every_kind(object: &str) -> Vec<Change> {
    vec![
        bucket_policy(object),
        access_point_policy(object),
        key_policy(object),
        grant(object),
        encryption(),
        trust_policy(),
        role_policy(object),
        user_policy(object),
    ]
}

/// A plan of changes, which resolves.
pub fn plan_of(changes: Vec<Change>) -> Plan {
    Plan {
        digest: Digest::of_changes(&changes),
        resolves: true,
        changes,
        alternatives: Vec::new(),
        manual: Vec::new(),
        proof: Proof {
            before: Verdict::Denied,
            after: Verdict::Allowed,
            nothing_else_opened: true,
            checked: 12_345,
        },
        call: CallSummary {
            operation: "GetObject".to_owned(),
            service: "s3".to_owned(),
            principal: "arn:aws:sts::222222222222:assumed-role/ReportReader/etl".to_owned(),
            principal_account: AccountId::parse("222222222222"),
            resource: Some(OBJECT.to_owned()),
            resource_account: AccountId::parse("111111111111"),
            region: Some("us-west-2".to_owned()),
            ..CallSummary::default()
        },
        scope: Scope::Object,
        expires_at: None,
        relies_on: Vec::new(),
    }
}

/// Three changes in two accounts, one of which a tool takes back, and another way.
pub fn plan() -> Plan {
    let bucket = Change {
        managed_by: Some(ManagedBy {
            tool: Tool::Cloudformation,
            what: "stack data-lake".to_owned(),
        }),
        ..bucket_policy(OBJECT)
    };
    let changes = vec![bucket.clone(), key_policy(OBJECT), role_policy(OBJECT)];
    let with_grant = vec![bucket, grant(OBJECT), role_policy(OBJECT)];
    let mut plan = plan_of(changes);
    plan.expires_at = Some("2026-11-20T18:00:00Z".to_owned());
    plan.alternatives = vec![
        Alternative {
            digest: Some(Digest::of_changes(&with_grant)),
            changes: with_grant,
            risk: Risk::Low,
            why: "a grant in place of the key policy's statement: undone by one call, but nobody \
                  who reads the key policy sees it."
                .to_owned(),
            what_to_do: None,
            proof: Some(plan.proof.clone()),
            relies_on: Vec::new(),
        },
        Alternative {
            digest: None,
            changes: Vec::new(),
            risk: Risk::High,
            why: "the key policy's statement `Allow use of the key` could name the role; it would \
                  then use the key for everything."
                .to_owned(),
            what_to_do: Some("add the role to the statement's principals".to_owned()),
            proof: None,
            relies_on: Vec::new(),
        },
    ];
    plan
}

/// A guardrail in the way: one change is not enough.
pub fn by_hand() -> Plan {
    let mut plan = plan_of(vec![role_policy(OBJECT)]);
    plan.resolves = false;
    plan.proof.after = Verdict::Denied;
    plan.manual = vec![Manual {
        cause: "scp.explicit_deny".to_owned(),
        owner: "the administrators of the organization".to_owned(),
        account: AccountId::parse("999999999999"),
        target: "arn:aws:organizations::999999999999:policy/o-abc123/service_control_policy/p-1"
            .to_owned(),
        what_to_do: "the service control policy `DenyOutsideEurope` denies every call to \
                     us-west-2. If the role is meant to read there, ask them to except it."
            .to_owned(),
        statement: Some(json!({
            "Sid": "DenyOutsideEurope", "Effect": "Deny", "Action": "*", "Resource": "*",
            "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-central-1"}},
        })),
    }];
    plan
}

/// An object key that tries to get out of every view and every language.
pub const HOSTILE: &str = "arn:aws:s3:::reports/\u{1b}[2J'$(touch pwned)`touch pwned`\"; \
     ${path.root} ${$}{x} %{if} &{y} \\n\nLOCKSMITH\n# --- : {a} [b] *x &a !t |> @all \
     <script>alert(1)</script>```\u{202e}\u{2028}\u{e0041}ä😀";

/// The same plan on a hostile object, with words of strangers wherever there are any.
pub fn hostile() -> Plan {
    let mut changes = every_kind(HOSTILE);
    for change in &mut changes {
        HOSTILE.clone_into(&mut change.why);
        HOSTILE.clone_into(&mut change.inverse);
        change.managed_by = Some(ManagedBy { tool: Tool::Terraform, what: HOSTILE.to_owned() });
    }
    let mut plan = plan_of(changes);
    plan.call.resource = Some(HOSTILE.to_owned());
    plan.manual = by_hand().manual;
    for manual in &mut plan.manual {
        HOSTILE.clone_into(&mut manual.what_to_do);
        HOSTILE.clone_into(&mut manual.owner);
        manual.statement = Some(read(HOSTILE, HOSTILE));
    }
    plan
}
