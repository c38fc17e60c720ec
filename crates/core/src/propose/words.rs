//! What a change grants and how it is undone, in plain words.

use super::intent::{Intended, Reach, Usage};
use crate::plan::{Change, ChangeKind, Tool};
use serde_json::Value;

/// Why a change is needed and what it grants.
pub(super) fn why(change: &Change, entity: &str, intended: &[&Intended]) -> String {
    let who = principal(entity);
    let mut sentences = Vec::new();
    if change.kind == ChangeKind::PutBucketEncryption {
        let key = "/Rules/0/ApplyServerSideEncryptionByDefault/KMSMasterKeyID";
        let now = change.before.as_ref().and_then(|before| before.pointer(key));
        let now = now.and_then(Value::as_str).unwrap_or_default();
        let then = change.after.pointer(key).and_then(Value::as_str).unwrap_or_default();
        sentences.push(format!(
            "Names the bucket's default key by its ARN {then} in place of {now}, which S3 looks up in \
             the account of whoever uploads. It counts for everybody who writes from now on; objects \
             that are there stay as they are."
        ));
    } else {
        sentences.push(format!("Allows {who} {}.", allowed(change.kind, intended)));
    }
    if let Some(size) = change.size.filter(|size| size.is_near()) {
        sentences.push(format!(
            "The document becomes {} of {} characters that AWS takes: little room is left.",
            size.used, size.limit
        ));
    }
    if let Some(managed) = &change.managed_by {
        let tool = match managed.tool {
            Tool::Cloudformation => format!("CloudFormation (stack {})", managed.what),
            Tool::Terraform => format!("Terraform ({})", managed.what),
        };
        sentences.push(format!(
            "{tool} made this resource and takes the change back with its next run: put it there too."
        ));
    }
    sentences.join(" ")
}

/// The actions, each with what it is allowed on; those that are alike together.
fn allowed(kind: ChangeKind, intended: &[&Intended]) -> String {
    let mut groups: Vec<(Vec<&str>, String)> = Vec::new();
    for one in intended {
        let on = format!("{}{}{}", on(one), behind(one), through(kind, one.usage.as_ref()));
        let action = one.action.as_str();
        match groups.iter_mut().find(|(_, known)| *known == on) {
            Some((actions, _)) if actions.contains(&action) => {}
            Some((actions, _)) => actions.push(action),
            None => groups.push((vec![action], on)),
        }
    }
    let group = |(actions, on): &(Vec<&str>, String)| format!("{} {on}", actions.join(" and "));
    groups.iter().map(group).collect::<Vec<_>>().join(", and ")
}

fn on(intended: &Intended) -> String {
    match &intended.resource {
        Reach::Exactly(arn) if arn.contains(":key/") => {
            format!("with key {}", arn.rsplit('/').next().unwrap_or(arn))
        }
        resource => format!("on {}", reach(resource)),
    }
}

fn behind(intended: &Intended) -> String {
    let name = intended.point.as_deref().and_then(|arn| arn.rsplit('/').next());
    name.map(|name| format!(" through access point {name} alone")).unwrap_or_default()
}

fn through(kind: ChangeKind, usage: Option<&Usage>) -> String {
    let Some(usage) = usage else { return String::new() };
    let values = usage.context.values().flatten().map(reach).collect::<Vec<_>>().join(" and ");
    let via = usage.via.as_deref().and_then(|via| via.split('.').next()).map(str::to_uppercase);
    match via {
        // A grant cannot say through which service.
        Some(_) if kind == ChangeKind::CreateGrant => format!(" for {values} alone"),
        Some(via) if values.is_empty() => format!(" through {via} alone"),
        Some(via) => format!(" through {via} for {values} alone"),
        None if values.is_empty() => String::new(),
        None => format!(" with the call's own encryption context alone ({values})"),
    }
}

fn reach(reach: &Reach) -> String {
    let short = |text: &str| text.split_once(":::").map_or(text, |(_, name)| name).to_owned();
    match reach {
        Reach::Below(text) if text.is_empty() => "all that the action is about".to_owned(),
        Reach::Exactly(text) => short(text),
        Reach::Below(text) => format!("everything below {}", short(text)),
    }
}

/// A role or user by name and account.
pub(super) fn principal(arn: &str) -> String {
    let account = arn.split(':').nth(4).unwrap_or_default();
    let name = arn.rsplit('/').next().unwrap_or(arn);
    let kind = if arn.contains(":user/") { "user" } else { "role" };
    format!("{kind} {name} of account {account}")
}

/// How a change is undone.
pub(super) fn inverse(change: &Change) -> String {
    let sids: Vec<&str> = change
        .added
        .iter()
        .filter_map(|statement| statement.get("Sid").and_then(Value::as_str))
        .collect();
    let sids = sids.join(", ");
    let name = change.policy_name.as_deref().unwrap_or_default();
    match change.kind {
        ChangeKind::PutRolePolicy => format!("delete the inline policy {name} of the role"),
        ChangeKind::PutUserPolicy => format!("delete the inline policy {name} of the user"),
        ChangeKind::CreateGrant => {
            let name = change.after.get("Name").and_then(Value::as_str).unwrap_or_default();
            format!("revoke the grant named {name}")
        }
        ChangeKind::PutBucketEncryption => {
            "set the default encryption back to what it was".to_owned()
        }
        _ if change.before.is_none() => {
            format!("delete the policy, or take {sids} out of it if others added to it")
        }
        _ => format!("take {sids} out of the policy"),
    }
}
