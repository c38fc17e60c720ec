//! Whether what is tested wrote what it was to write, as whom it was to, and nothing else.

use super::{WRITE_ROLE, World};
use crate::wire::{Call, Session};
use locksmith_core::plan::{Change, ChangeKind};
use serde_json::Value;
use std::collections::BTreeSet;

impl World {
    /// Every call of what is tested that wrote to the accounts.
    pub fn writes(&self, calls: &[Call]) -> Vec<Call> {
        let is_write = |call: &&Call| {
            !call.is_administrators() && !call.is_read() && self.reads_accounts(call)
        };
        calls.iter().filter(is_write).cloned().collect()
    }

    /// What is wrong with calls, beside which these changes were all that was to be written. Every
    /// write has to be one of theirs, in a session of the write role of the account that it is
    /// about, and each such session may do no more than they ask for.
    pub fn audit(&self, calls: &[Call], changes: &[Change]) -> Vec<String> {
        let writers: Vec<String> = self
            .accounts()
            .iter()
            .map(|account| format!("arn:aws:iam::{}:role/{WRITE_ROLE}", account.id))
            .collect();
        let mut wrong = Vec::new();
        for call in calls.iter().filter(|call| !call.is_administrators()) {
            let session = call.session.as_deref();
            let writer = session.filter(|session| writers.contains(&session.role));
            let problem = match writer {
                Some(session) => in_session(call, session, changes),
                None if !call.is_read() && self.reads_accounts(call) => Err("by no write role"),
                None => Ok(()),
            };
            if let Err(problem) = problem {
                wrong.push(self.nicknamed(&format!("{problem}: {}", call.line())));
            }
        }
        wrong
    }
}

/// Whether a call of a writing session is what it should be.
fn in_session(call: &Call, session: &Session, changes: &[Change]) -> Result<(), &'static str> {
    let ours = |change: &&Change| change.account.as_str() == session.account;
    let target = Target::of(call).ok_or("not a call of a writer's")?;
    let change = changes.iter().filter(ours).find(|change| target.is_of(change));
    let change = change.ok_or("not of the plan")?;
    if call.service == "s3" && call.expected_owner.as_deref() != Some(change.account.as_str()) {
        return Err("without the bucket's expected owner");
    }
    let policy = session.policy.as_deref().ok_or("without a session policy")?;
    let policy: Value = serde_json::from_str(policy).map_err(|_| "a session policy of no JSON")?;
    let statements = policy["Statement"].as_array().ok_or("a session policy of no statements")?;
    let texts = |value: &Value| -> BTreeSet<String> {
        let list = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
        list.iter().filter_map(|text| text.as_str().map(str::to_owned)).collect()
    };
    let targets: BTreeSet<&str> =
        changes.iter().filter(ours).map(|change| &*change.target).collect();
    let wide = |statement: &Value| {
        texts(&statement["Resource"]).iter().any(|resource| !targets.contains(&**resource))
            || texts(&statement["Action"]).iter().any(|action| action.contains('*'))
    };
    if statements.iter().any(wide) {
        return Err("a session policy that is wider than the plan");
    }
    let action = target.action(call);
    let allows = |statement: &Value| {
        statement["Effect"] == "Allow"
            && texts(&statement["Action"]).contains(&action)
            && texts(&statement["Resource"]).contains(&change.target)
    };
    if !statements.iter().any(allows) {
        return Err("not in the session policy");
    }
    if session.name.is_empty() || !session.tags.iter().any(|(key, _)| key.contains("ncident")) {
        return Err("a session that does not name the incident");
    }
    Ok(())
}

/// What a call of a writing session is about.
struct Target {
    kind: ChangeKind,
    /// The last part of the ARN of what is changed.
    last: String,
    /// The name of the inline policy.
    policy: Option<String>,
}

impl Target {
    fn of(call: &Call) -> Option<Self> {
        let verbs = ["Get", "Put", "Delete", "Update", "Create", "List", "Revoke"];
        let operation = &*call.operation;
        let thing = verbs.iter().find_map(|verb| operation.strip_prefix(verb))?;
        let kind = match (&*call.service, thing) {
            ("s3", "BucketPolicy") => ChangeKind::PutBucketPolicy,
            ("s3", "BucketEncryption") => ChangeKind::PutBucketEncryption,
            ("s3control", "AccessPointPolicy") => ChangeKind::PutAccessPointPolicy,
            ("kms", "KeyPolicy") => ChangeKind::PutKeyPolicy,
            ("kms", "Grant" | "Grants") => ChangeKind::CreateGrant,
            ("iam", "Role" | "AssumeRolePolicy") => ChangeKind::PutTrustPolicy,
            ("iam", "RolePolicy") => ChangeKind::PutRolePolicy,
            ("iam", "UserPolicy") => ChangeKind::PutUserPolicy,
            _ => return None,
        };
        let last = match &*call.service {
            "s3" => call.bucket().to_owned(),
            "s3control" => call.path.rsplit('/').nth(1)?.to_owned(),
            "kms" => {
                let body: Value = serde_json::from_slice(&call.body).ok()?;
                if body["BypassPolicyLockoutSafetyCheck"] == true {
                    return None;
                }
                body["KeyId"].as_str()?.rsplit('/').next()?.to_owned()
            }
            _ => call.parameter("RoleName").or_else(|| call.parameter("UserName"))?,
        };
        let policy = call.parameter("PolicyName").filter(|_| call.service == "iam");
        Some(Self { kind, last, policy })
    }

    fn is_of(&self, change: &Change) -> bool {
        let last = change.target.rsplit(['/', ':']).next();
        self.kind == change.kind
            && last == Some(&*self.last)
            && (!change.kind.is_inline_policy() || self.policy == change.policy_name)
    }

    /// The action that the call takes.
    fn action(&self, call: &Call) -> String {
        match (self.kind, &*call.operation) {
            (ChangeKind::PutBucketEncryption, "GetBucketEncryption") => {
                "s3:GetEncryptionConfiguration".to_owned()
            }
            // That it is deleted needs no permission of its own.
            (ChangeKind::PutBucketEncryption, _) => "s3:PutEncryptionConfiguration".to_owned(),
            (_, operation) => {
                let service = if call.service == "s3control" { "s3" } else { &call.service };
                format!("{service}:{operation}")
            }
        }
    }
}
