//! Which tool made a resource: with its next run it would take a change back.

use super::slot::Slot;
use crate::arn::Arn;
use crate::evidence::{Evidence, List, Lookup, Tag};
use crate::plan::{ChangeKind, ManagedBy, Tool};

/// What the tags of a change's resource tell. Only `CloudFormation` sets tags by itself; for Terraform
/// it is what people commonly tag with.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html>
pub(super) fn managed_by(evidence: &Evidence, slot: &Slot) -> Option<ManagedBy> {
    let target = &slot.target;
    match slot.kind {
        ChangeKind::PutBucketPolicy | ChangeKind::PutBucketEncryption => {
            match evidence.bucket(Arn::parse(target)?.resource) {
                Lookup::Found(found) => tagged(&found.thing.tag_set),
                _ => None,
            }
        }
        // An access point's policy is managed with the access point, which carries no tags.
        ChangeKind::PutAccessPointPolicy => None,
        ChangeKind::PutKeyPolicy | ChangeKind::CreateGrant => {
            match evidence.key(Arn::parse(target)?) {
                Lookup::Found(found) => tagged(&found.thing.tags),
                _ => None,
            }
        }
        ChangeKind::PutTrustPolicy | ChangeKind::PutRolePolicy => {
            match evidence.role(slot.account, |role| role.arn.is(target)) {
                Lookup::Found(found) => tagged(&found.thing.tags),
                _ => None,
            }
        }
        ChangeKind::PutUserPolicy => {
            match evidence.user(slot.account, |user| user.arn.is(target)) {
                Lookup::Found(found) => tagged(&found.thing.tags),
                _ => None,
            }
        }
    }
}

fn tagged(tags: &List<Tag>) -> Option<ManagedBy> {
    let pairs = || tags.entries().map(|tag| (tag.key.text(), tag.value.text()));
    if let Some((_, stack)) = pairs().find(|(key, _)| *key == "aws:cloudformation:stack-name") {
        return Some(ManagedBy { tool: Tool::Cloudformation, what: stack.to_owned() });
    }
    let of_terraform = |text: &str| {
        let text = text.to_ascii_lowercase();
        text.contains("terraform") || text.contains("opentofu")
    };
    let (key, value) = pairs().find(|(key, value)| {
        let off = ["false", "no", "0"].contains(&value.to_ascii_lowercase().as_str());
        of_terraform(value) || of_terraform(key) && !off
    })?;
    let what = if of_terraform(value) && !of_terraform(key) {
        format!("tag {key}: {value}")
    } else {
        value.to_owned()
    };
    Some(ManagedBy { tool: Tool::Terraform, what })
}
