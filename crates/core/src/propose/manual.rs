//! What people have to do: who, where and how, in words that do not take an expert.

use super::draft::Obstacle;
use super::slot::Slot;
use super::statement::Unwritable;
use super::want::{Reluctance, Want};
use super::words::principal;
use crate::diagnosis::{Cause, CauseCode, PolicyProblem};
use crate::evaluate::{CallerKind, Layer};
use crate::explain::Facts;
use crate::plan::{ChangeKind, Manual};

/// The step for a cause that is not ours to mend.
pub(super) fn step(facts: &Facts<'_>, cause: &Cause, agrees: bool) -> Manual {
    let todo = if agrees { todo(facts, cause) } else { disagrees() };
    manual(facts, cause, owner(facts, cause), todo)
}

/// The step for a cause that could be mended, were it not for something about it.
pub(super) fn reluctant(facts: &Facts<'_>, cause: &Cause, why: Reluctance) -> Manual {
    let action = &cause.action;
    let todo = match why {
        Reluctance::Administrative => format!(
            "{action} changes who may do what, or destroys what protects data. Locksmith never grants \
             it because somebody was denied it. If it is wanted, its owner has to grant it by hand."
        ),
        Reluctance::UnnamedObjects => {
            "The event does not name the objects. S3 logs an event for each of them besides \
             (DeleteObject): plan from those, or ask for one object with --action and --resource."
                .to_owned()
        }
        Reluctance::ForeignRole => foreign_role(&cause.target, action),
        Reluctance::UselessKey => format!(
            "{action} is not granted on a key that cannot serve the call. Once another key takes its \
             place, plan again."
        ),
        Reluctance::Unnamed => format!(
            "What {action} would have to be allowed on is not known by its ARN. Allow it by hand."
        ),
    };
    manual(facts, cause, owner(facts, cause), todo)
}

/// The step for a document that cannot be written.
pub(super) fn unwritable(slot: &Slot, want: &Want, entity: &str, why: Obstacle) -> Manual {
    let action = want.intended.as_ref().map_or("it", |intended| intended.action.as_str());
    let who = principal(entity);
    let todo = match why {
        Obstacle::TooLarge(size) => format!(
            "With another statement the document would have {} characters, and AWS takes {}. {} Then \
             plan again.",
            size.used,
            size.limit,
            match slot.kind {
                ChangeKind::PutRolePolicy | ChangeKind::PutUserPolicy =>
                    "Move an inline policy into a managed policy, or remove what is not needed.",
                ChangeKind::PutKeyPolicy =>
                    "Remove statements that are not needed, or let the account's IAM policies decide.",
                _ => "Remove or join statements that are not needed, or give some callers an access \
                      point of their own.",
            }
        ),
        Obstacle::Unwritable(Unwritable::Wildcard) => "The name holds a wildcard, and a policy of the \
             old Version 2008-10-17 cannot write it literally. Set the document's Version to \
             2012-10-17, after checking that no other statement holds a text such as ${...}, and plan \
             again."
            .to_owned(),
        Obstacle::Unwritable(Unwritable::NotLatin1) => "The name holds characters that AWS does not \
             take in policies of IAM and KMS. Plan again with --scope prefix or --scope bucket, so that \
             the name is not needed."
            .to_owned(),
        Obstacle::Unreadable => "The document as it stands could not be read, so nothing is added to \
             it. Repair it, or give Locksmith the right to read it, and plan again."
            .to_owned(),
        Obstacle::NoGrant => format!(
            "A grant would need the exact encryption context. Allow {who} {action} in the key policy."
        ),
        Obstacle::NoKeyBehindAlias => no_key_behind_alias(),
    };
    Manual {
        cause: want.code.clone(),
        owner: account_owner(Some(&slot.account.to_string())),
        account: Some(slot.account),
        target: slot.target.clone(),
        what_to_do: todo,
        statement: None,
    }
}

/// The step where a change was found that could not be proved.
pub(super) fn unproved(facts: &Facts<'_>, cause: &Cause, why: &str) -> Manual {
    let todo = format!(
        "A change was found, but it could not be proved to do what it should and nothing else ({why}), \
         so it is not offered. Its owner has to look at it."
    );
    manual(facts, cause, owner(facts, cause), todo)
}

fn manual(facts: &Facts<'_>, cause: &Cause, owner: String, what_to_do: String) -> Manual {
    let denied = matches!(cause.code, CauseCode::Policy(_, PolicyProblem::ExplicitDeny));
    let near = matches!(cause.code, CauseCode::Policy(_, PolicyProblem::ConditionNotMet));
    let statement = cause.statement.as_ref().filter(|_| denied || near);
    Manual {
        cause: cause.code.to_string(),
        owner,
        account: cause.account.or(facts.call.caller.account),
        target: cause.target.clone(),
        what_to_do,
        statement: statement.and_then(|note| note.statement.clone()),
    }
}

fn account_owner(account: Option<&str>) -> String {
    account.map_or_else(
        || "whoever owns the resource".to_owned(),
        |account| format!("the owners of account {account}"),
    )
}

/// Who can do something about a cause.
fn owner(facts: &Facts<'_>, cause: &Cause) -> String {
    let account = cause.account.map(|account| account.to_string());
    let caller = facts.call.caller.account.map(|account| account.to_string());
    match cause.code {
        CauseCode::Policy(Layer::Scp | Layer::Rcp, _) => {
            "the administrators of the organization".to_owned()
        }
        CauseCode::Policy(Layer::SessionPolicy, _) => "whoever makes the session".to_owned(),
        CauseCode::Policy(Layer::PermissionsBoundary, _) => format!(
            "whoever sets permissions boundaries in account {}",
            caller.as_deref().unwrap_or("of the caller")
        ),
        CauseCode::Policy(Layer::VpcEndpointPolicy, _) => match &account {
            Some(account) => format!("the owners of the VPC endpoint in account {account}"),
            None => "the owners of the VPC endpoint".to_owned(),
        },
        CauseCode::Policy(Layer::IdentityPolicy, _)
            if cause.target.contains(":role/aws-reserved/") =>
        {
            "the administrators of IAM Identity Center".to_owned()
        }
        CauseCode::ObjectMissing
        | CauseCode::RequesterPaysHeaderMissing
        | CauseCode::SseCBlocked
        | CauseCode::AclDisabled => "whoever makes the call".to_owned(),
        CauseCode::Unexplained => "nobody yet".to_owned(),
        _ => account_owner(account.as_deref()),
    }
}

fn todo(facts: &Facts<'_>, cause: &Cause) -> String {
    let action = &cause.action;
    let statement = cause.statement.as_ref().map(|note| match &note.sid {
        Some(sid) if !sid.is_empty() => format!("statement \"{sid}\" of {}", note.policy),
        _ => format!("statement {} of {}", note.index, note.policy),
    });
    let statement = statement.unwrap_or_else(|| "the statement".to_owned());
    match cause.code {
        CauseCode::Policy(layer, problem) => policy(facts, cause, layer, problem, &statement),
        CauseCode::NoAccountDelegation | CauseCode::GrantConstraintNotMet => {
            format!("{} Add a statement for the caller to the key policy.", unnamed(facts))
        }
        CauseCode::AwsManagedKeyCrossAccount => "Make a customer managed key, set it as the bucket's \
             default, and encrypt the object again with it (copy the object onto itself). The policy of \
             an AWS managed key cannot be changed."
            .to_owned(),
        CauseCode::KeyDisabled => "Enable the key if it was not disabled on purpose (aws kms \
             enable-key)."
            .to_owned(),
        CauseCode::KeyPendingDeletion => "Cancel the deletion at once if data under the key is still \
             needed (aws kms cancel-key-deletion, then enable-key): after the waiting period it is lost."
            .to_owned(),
        CauseCode::KeyUnavailable => "Bring the key's material back (import it, or connect the key \
             store), or encrypt with another key."
            .to_owned(),
        CauseCode::KeyNotFound => "Correct the key's id where the request or the bucket's default \
             encryption names it. What was encrypted with a deleted key is lost."
            .to_owned(),
        CauseCode::KeyWrongRegion => "Use a key of the bucket's own Region: set it in the request or in \
             the bucket's default encryption."
            .to_owned(),
        CauseCode::AliasInCallersAccount => no_key_behind_alias(),
        CauseCode::RestrictPublicBuckets => "Narrow the statement of the bucket policy that is open to \
             everyone, so that the policy is no longer public. Do not turn Block Public Access off."
            .to_owned(),
        CauseCode::ForeignOwner => "Copy the object as the bucket's owner, or set the bucket's Object \
             Ownership to BucketOwnerEnforced, after which the owner owns every object."
            .to_owned(),
        CauseCode::ObjectMissing => "Check the object's name: there is none of this name. No permission \
             is missing."
            .to_owned(),
        CauseCode::RequesterPaysHeaderMissing => "Send the header x-amz-request-payer: requester with \
             the call; the caller's account then pays for it."
            .to_owned(),
        CauseCode::SseCBlocked => "Upload without a key of your own (SSE-C): let the bucket's default \
             encryption do it."
            .to_owned(),
        CauseCode::AclDisabled => "Upload without an access control list, or with \
             bucket-owner-full-control."
            .to_owned(),
        CauseCode::Unexplained => format!(
            "Every policy that could be read allows {action}. Try the call again; if it is still \
             denied, look at what is listed as unknown, and whether policies changed since."
        ),
    }
}

fn policy(
    facts: &Facts<'_>,
    cause: &Cause,
    layer: Layer,
    problem: PolicyProblem,
    statement: &str,
) -> String {
    let action = &cause.action;
    let target = &cause.target;
    match (layer, problem) {
        (Layer::SessionPolicy, _) => format!(
            "Allow {action} in the policy that is passed when the session is made (AssumeRole's Policy \
             or PolicyArns). It is part of the session; nothing in the accounts holds it."
        ),
        (_, PolicyProblem::ExplicitDeny) => format!(
            "Decide whether {statement} is meant to stop this call. If not, narrow it or add an \
             exception. A deny outweighs every allow, so nothing else helps, and Locksmith adds nothing \
             to get round it."
        ),
        (_, PolicyProblem::ConditionNotMet) => format!(
            "Meet the condition of {statement}, or change it, if the call should be allowed as it was \
             made."
        ),
        (Layer::Scp, _) => format!(
            "Allow {action} in a service control policy attached to {target}, if the organization wants \
             it. Locksmith does not change policies of the organization."
        ),
        (Layer::PermissionsBoundary, _) => format!(
            "Allow {action} in the permissions boundary of {target}, if it is meant to be possible. \
             Locksmith does not change boundaries."
        ),
        (Layer::VpcEndpointPolicy, _) => format!(
            "Allow {action} in the policy of VPC endpoint {target}, or make the call without it."
        ),
        (Layer::IdentityPolicy, _)
            if target.contains(":role/aws-reserved/")
                || target.contains(":role/aws-service-role/") =>
        {
            foreign_role(target, action)
        }
        (Layer::KeyPolicy, _) if facts.call.caller.is_member() && !is_nameless(facts) => format!(
            "{action} works on keys of the caller's own account alone. Make the call as a role of the \
             key's account."
        ),
        _ => format!("{} Allow {action} by hand if it is wanted.", unnamed(facts)),
    }
}

/// Whom no statement of ours can name exactly.
fn is_nameless(facts: &Facts<'_>) -> bool {
    use CallerKind as Kind;
    matches!(
        facts.call.caller.kind,
        Kind::Anonymous | Kind::Service | Kind::Federated | Kind::Root | Kind::Unresolved
    )
}

fn unnamed(facts: &Facts<'_>) -> &'static str {
    use CallerKind as Kind;
    match facts.call.caller.kind {
        Kind::Anonymous => "The call was not signed; Locksmith opens nothing to everybody.",
        Kind::Service => {
            "An AWS service made the call: a statement for it needs aws:SourceArn or aws:SourceAccount \
             of what it works for, or anybody's resource could use it."
        }
        Kind::Root => {
            "The root user made the call; it can be named only together with its whole account."
        }
        Kind::Federated | Kind::Unresolved => {
            "Which role or user made the call is not known, so no statement can name it alone."
        }
        _ => "Locksmith does not change this.",
    }
}

fn foreign_role(target: &str, action: &str) -> String {
    let name = target.rsplit('/').next().unwrap_or(target);
    if target.contains(":role/aws-reserved/") {
        // AWSReservedSSO_<permission set>_<16 hexadecimal digits>
        let set = name.strip_prefix("AWSReservedSSO_").and_then(|rest| rest.rsplit_once('_'));
        let set = set.map_or(name, |(set, _)| set);
        format!(
            "IAM Identity Center makes this role from the permission set {set}. Allow {action} in the \
             permission set's inline policy and provision it again; a change to the role itself would be \
             undone."
        )
    } else {
        format!("{name} is a service-linked role: AWS alone defines what it may do.")
    }
}

fn no_key_behind_alias() -> String {
    "Name the key by its ARN in the bucket's default encryption. Which key is meant cannot be told: the \
     bucket's account has none behind this alias."
        .to_owned()
}

fn disagrees() -> String {
    "AWS's own message blames another policy than Locksmith does, so nothing is changed on Locksmith's \
     word alone. Compare the diagnosis with the message."
        .to_owned()
}
