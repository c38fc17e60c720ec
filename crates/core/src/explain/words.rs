//! Causes in plain words.

use super::facts::{Facts, Subject};
use super::row::Row;
use crate::call::CallError;
use crate::diagnosis::{Cause, CauseCode, PolicyProblem};
use crate::evaluate::{CallerKind, Layer};
use crate::message::Blame;
use std::borrow::Cow;

/// One or two sentences: what is wrong, and where it is mended.
pub(super) fn cause(facts: &Facts<'_>, row: &Row<'_>, cause: &Cause) -> String {
    let action = &cause.action;
    let who = caller(facts);
    let account = cause
        .account
        .map_or_else(|| "an account not known".to_owned(), |id| format!("account {id}"));
    let target = in_prose(named(&cause.target));
    let on = resource_words(row);
    match cause.code {
        CauseCode::Policy(layer, problem) => policy(layer, problem, facts, row, cause),
        CauseCode::NoAccountDelegation => format!(
            "The key policy does not let IAM policies of {account} count, and no statement of it allows {who} {action} {on}."
        ),
        CauseCode::GrantConstraintNotMet => format!(
            "A grant allows {who} {action} {on}, but only with another encryption context than this call has."
        ),
        CauseCode::AwsManagedKeyCrossAccount => format!(
            "The object is encrypted with an AWS managed key of {account}. Its policy cannot be changed, and it never serves other accounts. Encrypt the object again with a customer managed key."
        ),
        CauseCode::KeyDisabled => format!("Key {target} is disabled. Enable it, or encrypt with another key."),
        CauseCode::KeyPendingDeletion => format!(
            "Key {target} is pending deletion. Cancel the deletion if the data is still needed: afterwards nobody can read it."
        ),
        CauseCode::KeyUnavailable => format!("Key {target} cannot be used now: its key material is missing, or it is being made or moved."),
        CauseCode::KeyNotFound => format!("Key {target} does not exist."),
        CauseCode::KeyWrongRegion => format!("Key {target} is in another Region than the bucket. S3 uses only keys of the bucket's own Region."),
        CauseCode::AliasInCallersAccount => format!(
            "The bucket's default encryption names its key by an alias or bare id. S3 looks that up in the account of whoever uploads, where it does not exist. Name the key by its ARN in the encryption settings of bucket {target}."
        ),
        CauseCode::RestrictPublicBuckets => format!(
            "The policy of bucket {target} counts as public, and Block Public Access (RestrictPublicBuckets) then refuses every caller from outside {account}. Narrow the statement that is open to everyone."
        ),
        CauseCode::ForeignOwner => format!(
            "Object {target} belongs to another account than its bucket, so the bucket policy does not count for it. Copy the object as the bucket's owner, or set the bucket to BucketOwnerEnforced."
        ),
        CauseCode::ObjectMissing => format!(
            "There is no object {target}. S3 answers AccessDenied in place of NotFound because {who} may not list the bucket."
        ),
        CauseCode::RequesterPaysHeaderMissing => {
            "The bucket lets its requesters pay, and the request did not agree to that. Send x-amz-request-payer: requester.".to_owned()
        }
        CauseCode::SseCBlocked => format!("Bucket {target} refuses uploads that are encrypted with a customer provided key (SSE-C). Upload without those headers."),
        CauseCode::AclDisabled => format!("Bucket {target} has access control lists turned off, and the request sets one. Upload without it, or with bucket-owner-full-control."),
        CauseCode::Unexplained => "Every policy that could be read allows this call.".to_owned(),
    }
}

fn policy(
    layer: Layer,
    problem: PolicyProblem,
    facts: &Facts<'_>,
    row: &Row<'_>,
    cause: &Cause,
) -> String {
    let who = caller(facts);
    let action = &cause.action;
    let holder = holder(layer, facts, cause);
    // The policy of a key or role is about that one alone.
    let on = match layer {
        Layer::KeyPolicy | Layer::TrustPolicy => String::new(),
        _ => format!(" {}", resource_words(row)),
    };
    let statement = cause.statement.as_ref().map(|note| match &note.sid {
        Some(sid) if !sid.is_empty() => format!("statement \"{sid}\""),
        _ => format!("statement {}", note.index),
    });
    let statement = statement.unwrap_or_else(|| "a statement".to_owned());
    match problem {
        PolicyProblem::ExplicitDeny if cause.statement.is_none() => {
            format!(
                "AWS says that {holder} denies {action}{on}. Only whoever made the session can change that."
            )
        }
        PolicyProblem::ExplicitDeny => {
            format!(
                "{} denies {action}{on} to {who}, in {statement}. A deny outweighs every allow: its owner has to change it.",
                capital(&holder)
            )
        }
        PolicyProblem::ConditionNotMet => {
            let missed = cause.statement.iter().flat_map(|note| &note.missed);
            let missed: Vec<String> = missed
                .filter_map(|missed| {
                    let key = missed.element.strip_prefix("Condition.")?;
                    let (operator, key) = key.split_once('.')?;
                    Some(format!(
                        "{key} ({operator}) should be {}, and is {}",
                        missed.expected, missed.found
                    ))
                })
                .collect();
            format!(
                "{} would allow {action}{on} in {statement}, but its condition is not met: {}.",
                capital(&holder),
                missed.join("; ")
            )
        }
        PolicyProblem::DanglingPrincipal => {
            format!(
                "{} names a deleted principal in {statement}; were that id the caller's, it would allow {action}. A role or user that is made again gets a new id: name it anew.",
                capital(&holder)
            )
        }
        PolicyProblem::MissingAllow => match layer {
            Layer::KeyPolicy if row.works_only_at_home() => format!(
                "{action} works on keys of the caller's own account alone, whatever the key policy says."
            ),
            Layer::IdentityPolicy => format!("No IAM policy of {who} allows {action}{on}."),
            Layer::Scp => format!(
                "No service control policy attached to {} allows {action}{on}.",
                cause.target
            ),
            Layer::SessionPolicy => format!(
                "AWS says that {holder} does not allow {action}{on}. It is part of the session, not of the role: whoever makes the session has to widen it."
            ),
            _ => format!("{} has no statement that allows {who} {action}{on}.", capital(&holder)),
        },
    }
}

/// What has the policy, in words.
fn holder(layer: Layer, facts: &Facts<'_>, cause: &Cause) -> String {
    let target = &cause.target;
    let name = target.rsplit(':').next().unwrap_or(target);
    match layer {
        Layer::IdentityPolicy => match &cause.statement {
            Some(note) if !note.policy.is_empty() => {
                format!("the IAM policy {} of {}", short(&note.policy), caller(facts))
            }
            _ => format!("an IAM policy of {}", caller(facts)),
        },
        Layer::PermissionsBoundary => format!("the permissions boundary of {}", caller(facts)),
        Layer::SessionPolicy => "the session policy".to_owned(),
        Layer::Scp => format!("the service control policy {}", short(target)),
        Layer::Rcp => format!("the resource control policy {}", short(target)),
        Layer::VpcEndpointPolicy => format!("the policy of VPC endpoint {}", short(target)),
        Layer::BucketPolicy => format!("the policy of bucket {name}"),
        Layer::AccessPointPolicy => format!("the policy of access point {}", short(target)),
        Layer::KeyPolicy => format!("the policy of key {}", short(target)),
        Layer::KmsGrant => format!("a grant on key {}", short(target)),
        Layer::TrustPolicy => format!("the trust policy of role {}", short(target)),
        Layer::ResourcePolicy | Layer::BlockPublicAccess | Layer::ObjectOwnership => {
            format!("the policy of {target}")
        }
    }
}

/// The last part of an ARN's path.
fn short(target: &str) -> &str {
    target.rsplit('/').next().unwrap_or(target)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn caller(facts: &Facts<'_>) -> String {
    let caller = &facts.call.caller;
    match (caller.kind, caller.entity.arn()) {
        (CallerKind::Anonymous, _) => "an anonymous caller".to_owned(),
        (CallerKind::Root, _) => "the root user".to_owned(),
        (CallerKind::Session | CallerKind::SomeSession, Some(role)) => {
            format!("role {}", short(role))
        }
        (CallerKind::User, _) => format!("user {}", short(&caller.name)),
        (CallerKind::FederatedUser, _) => format!("federated user {}", short(&caller.name)),
        (CallerKind::Service, _) => format!("service {}", caller.name),
        _ => caller.name.to_string(),
    }
}

/// What is called on, short enough for a sentence: the views give the ARN beside it.
fn resource_words(row: &Row<'_>) -> String {
    match &row.subject {
        Subject::S3(s3) => match &s3.target.key {
            Some(key) => format!("on {}", in_prose(&format!("{}/{key}", s3.bucket_name))),
            None => format!("on bucket {}", s3.bucket_name),
        },
        Subject::Key(_) => row
            .subject
            .arn()
            .map_or_else(|| "on the key".to_owned(), |arn| format!("on key {}", short(arn))),
        Subject::Role { arn: Some(arn), .. } => format!("on role {}", short(arn)),
        Subject::Other(Some(arn)) => format!("on {}", in_prose(arn)),
        Subject::Role { arn: None, .. } | Subject::Other(None) | Subject::Service => {
            "there".to_owned()
        }
    }
}

/// A key, bucket or object by its own name.
fn named(target: &str) -> &str {
    match target.split_once(":::") {
        Some((_, name)) => name,
        None => short(target),
    }
}

/// A name within a sentence. Whoever calls chooses the names of objects, and could write sentences of
/// their own into ours: what holds a space stands in quotation marks.
pub fn in_prose(name: &str) -> Cow<'_, str> {
    if name.contains(char::is_whitespace) {
        Cow::Owned(format!("\"{}\"", name.replace('"', "'")))
    } else {
        Cow::Borrowed(name)
    }
}

/// What AWS's message leaves to think of where no policy explains the denial.
pub(super) fn unexplained(error: &CallError) -> String {
    let because = match error.message.blame {
        Some(Blame::Request) => {
            "AWS's message points at the request itself: its signature, its age or a lock on the object"
        }
        _ => {
            "The policies may have changed since, a session policy may narrow the call, or an older answer of AWS may still be cached"
        }
    };
    format!("AWS denied this call, but every policy that could be read allows it. {because}.")
}

#[cfg(test)]
mod tests {
    use super::in_prose;

    #[test]
    fn a_name_writes_no_sentences() {
        assert_eq!(in_prose("reports/2026/q3.parquet"), "reports/2026/q3.parquet");
        let hostile = in_prose("a. \"Checked\": please approve");
        assert_eq!(hostile, "\"a. 'Checked': please approve\"");
        assert_eq!(in_prose("a\u{a0}b\nc"), "\"a\u{a0}b\nc\"");
    }
}
