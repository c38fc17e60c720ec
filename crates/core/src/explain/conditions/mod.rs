//! The condition keys of one needed permission, as far as the record and the evidence tell.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html>,
//! <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html>

mod caller;
mod request;
mod target;

use super::facts::{Facts, Subject};
use crate::context::{Context, Fact, World};
use crate::evidence::{Field, List, Lookup, Tag};
use crate::policy::Action;

/// What is known of every key for this permission.
pub(super) fn context(facts: &Facts<'_>, action: &Action, subject: &Subject<'_>) -> Context {
    let mut context = Context::new(World::Open);
    let forwarded = is_forwarded(facts, subject);
    caller::principal(facts, &mut context);
    resource(facts, subject, &mut context);
    request::network(facts, forwarded, &mut context);
    caller::session(facts, &mut context);
    request::time_and_transport(facts, forwarded, &mut context);
    match subject {
        Subject::S3(s3) => target::s3_keys(facts, s3, &mut context),
        Subject::Key(key) => target::kms_keys(facts, key, forwarded, &mut context),
        Subject::Role { found, .. } => {
            let role = match found {
                Lookup::Found(role) => Some(&role.thing.tags),
                _ => None,
            };
            target::sts_keys(facts, &mut context);
            tags(&mut context, "aws:ResourceTag/", "aws:resourcetag/", role);
            tags(&mut context, "iam:ResourceTag/", "iam:resourcetag/", role);
        }
        Subject::Service | Subject::Other(_) => {}
    }
    for service in ["s3:", "kms:", "sts:"] {
        if service.trim_end_matches(':') != action.service() {
            context.set_family(service, Fact::Absent);
        }
    }
    for (key, fact) in &facts.call.stated {
        // Nothing of the first request's endpoint reaches a forwarded one.
        let lower = key.to_ascii_lowercase();
        let of_endpoint = ["aws:sourcevpce", "aws:sourcevpc", "aws:vpcsourceip"];
        if !(forwarded && of_endpoint.contains(&&*lower)) {
            context.set(key, fact.clone());
        }
    }
    context
}

/// Whether S3 (or another service) makes this request for the caller: KMS's part of a call to S3.
fn is_forwarded(facts: &Facts<'_>, subject: &Subject<'_>) -> bool {
    match subject {
        Subject::Key(key) => key.usage.via.is_some(),
        _ => facts.call.forwarded_by.is_some(),
    }
}

fn resource(facts: &Facts<'_>, subject: &Subject<'_>, context: &mut Context) {
    let account = facts.account(subject);
    let owner = account.map_or(Fact::Unknown, |id| Fact::one(id.as_str()));
    if matches!(subject, Subject::S3(_)) {
        context.set("s3:ResourceAccount", owner.clone());
    }
    context.set("aws:ResourceAccount", owner);
    caller::organization(
        facts,
        account,
        true,
        ["aws:ResourceOrgID", "aws:ResourceOrgPaths"],
        context,
    );
    // Calls that read and write data carry no tags for what they make.
    if matches!(subject, Subject::S3(_) | Subject::Key(_)) && !facts.call.operation.contains("Tag")
    {
        context.set("aws:TagKeys", Fact::Absent);
        context.set_family("aws:requesttag/", Fact::Absent);
    }
}

/// Tags that were read: each a key, and no others.
fn tags(context: &mut Context, start: &str, family: &'static str, read: Option<&List<Tag>>) {
    let Some(list) = read.filter(|list| list.unreadable().is_none()) else { return };
    let mut complete = true;
    for tag in list.entries() {
        match (&tag.key, &tag.value) {
            (Field::Set(key), Field::Set(value)) => {
                context.set(&format!("{start}{key}"), Fact::one(value));
            }
            (Field::Set(key), Field::NotSet) => {
                context.set(&format!("{start}{key}"), Fact::one(""));
            }
            (Field::Set(key), Field::Unreadable(_)) => {
                context.set(&format!("{start}{key}"), Fact::Unknown);
            }
            _ => complete = false,
        }
    }
    if complete {
        context.set_family(family, Fact::Absent);
    }
}
