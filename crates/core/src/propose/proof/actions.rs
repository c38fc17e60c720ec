//! What is asked for.

use super::samples::{self, Own};
use super::subject::Subject;
use super::universe::Ranked;
use crate::policy::{Action, ActionPattern, Clause, Statement};

/// How many actions of a service there are at most.
const MOST: usize = 56;

/// What matters in each service.
const KNOWN: [(&str, &[&str]); 4] = [
    (
        "s3",
        &[
            "GetObject",
            "PutObject",
            "ListBucket",
            "DeleteObject",
            "GetObjectVersion",
            "PutObjectAcl",
            "GetObjectAcl",
            "GetObjectTagging",
            "GetObjectAttributes",
            "PutObjectTagging",
            "PutObjectRetention",
            "PutObjectLegalHold",
            "BypassGovernanceRetention",
            "DeleteObjectVersion",
            "RestoreObject",
            "AbortMultipartUpload",
            "ListMultipartUploadParts",
            "ObjectOwnerOverrideToBucketOwner",
            "ReplicateObject",
            "ListBucketVersions",
            "ListBucketMultipartUploads",
            "GetBucketLocation",
            "GetBucketPolicy",
            "PutBucketPolicy",
            "DeleteBucketPolicy",
            "PutBucketAcl",
            "GetEncryptionConfiguration",
            "PutEncryptionConfiguration",
            "PutLifecycleConfiguration",
            "PutReplicationConfiguration",
            "PutBucketPublicAccessBlock",
            "DeleteBucket",
            "PutAccessPointPolicy",
            "ListAllMyBuckets",
        ],
    ),
    (
        "kms",
        &[
            "Decrypt",
            "GenerateDataKey",
            "Encrypt",
            "DescribeKey",
            "CreateGrant",
            "GenerateDataKeyWithoutPlaintext",
            "GenerateDataKeyPair",
            "ReEncryptFrom",
            "ReEncryptTo",
            "GetPublicKey",
            "Sign",
            "Verify",
            "GenerateMac",
            "ListGrants",
            "RevokeGrant",
            "RetireGrant",
            "GetKeyPolicy",
            "PutKeyPolicy",
            "EnableKey",
            "DisableKey",
            "ScheduleKeyDeletion",
            "CancelKeyDeletion",
            "EnableKeyRotation",
            "TagResource",
            "UpdateAlias",
            "CreateAlias",
            "ReplicateKey",
            "ImportKeyMaterial",
            "ListKeys",
        ],
    ),
    (
        "sts",
        &[
            "AssumeRole",
            "TagSession",
            "SetSourceIdentity",
            "SetContext",
            "AssumeRoleWithSAML",
            "AssumeRoleWithWebIdentity",
            "AssumeRoot",
            "GetFederationToken",
            "GetCallerIdentity",
        ],
    ),
    (
        "iam",
        &[
            "PassRole",
            "PutRolePolicy",
            "AttachRolePolicy",
            "UpdateAssumeRolePolicy",
            "CreateAccessKey",
            "CreatePolicyVersion",
        ],
    ),
];

/// What is meant, what the document's statements name, and what matters besides.
pub(super) fn actions(subject: &Subject<'_>, service: &str) -> Ranked<Action> {
    let mut actions = Ranked::new(MOST);
    actions.extend(subject.meant(service).map(|one| one.action.clone()));
    let known: Vec<Action> = KNOWN
        .iter()
        .filter(|(of, _)| *of == service)
        .flat_map(|(_, names)| *names)
        .filter_map(|name| Action::parse(&format!("{service}:{name}")))
        .collect();
    // What is most like what is meant.
    actions.extend(known.iter().take(2).cloned());
    for grant in &subject.grants {
        let named = grant.operations.iter().map(|name| format!("kms:{name}"));
        actions.extend(named.filter_map(|name| Action::parse(&name)).filter(|_| service == "kms"));
    }
    let mut actions = actions.all_near();
    actions.extend(known);
    for statement in subject.statements() {
        actions.extend(of_statement(statement, service));
    }
    actions
}

/// Actions of a service that a statement lists.
pub(super) fn of_statement(statement: &Statement, service: &str) -> Vec<Action> {
    let listed = statement.action.iter().flat_map(Clause::listed);
    listed.into_iter().flat_map(|pattern| of_pattern(pattern, service)).collect()
}

fn of_pattern(pattern: &ActionPattern, service: &str) -> Vec<Action> {
    let texts = samples::texts(pattern.as_str(), &Own::new()).into_iter();
    let sampled: Vec<Action> = texts
        .filter_map(|text| Action::parse(&text))
        .filter(|action| action.service() == service && pattern.matches(action))
        .collect();
    if !sampled.is_empty() {
        return sampled;
    }
    let known = KNOWN.iter().filter(|(of, _)| *of == service).flat_map(|(_, names)| *names);
    let known = known.filter_map(|name| Action::parse(&format!("{service}:{name}")));
    known.filter(|action| pattern.matches(action)).take(2).collect()
}
