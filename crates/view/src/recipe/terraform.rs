//! A plan as Terraform.

use super::{comment, hcl, head, name, title};
use crate::json::ordered;
use crate::plan::words;
use core::iter::once;
use locksmith_core::arn::AccountId;
use locksmith_core::plan::{Change, ChangeKind, Plan};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A plan in HCL: statements to add, and whole resources for what Terraform does not hold yet.
pub fn configuration(plan: &Plan) -> String {
    let mut lines = head(plan);
    lines.extend(providers(plan));
    for (place, change) in plan.changes.iter().enumerate() {
        lines.push(String::new());
        lines.extend(title(place + 1, change));
        lines.extend(part(change));
        if change.managed_by.is_none() && change.kind.is_shared_document() {
            lines.push(String::new());
            lines.extend(whole(change));
        }
    }
    lines.join("\n") + "\n"
}

/// Which provider is meant by which alias.
fn providers(plan: &Plan) -> Vec<String> {
    let place = |change: &Change| (change.account, change.region.clone());
    let places: BTreeSet<_> = plan.changes.iter().map(place).collect();
    let line = |(account, region): (AccountId, Option<String>)| {
        let at = region.as_ref().map_or(String::new(), |region| format!(" in {region}"));
        let alias = alias(account, region.as_deref());
        format!("#   {alias}: account {account}{at}")
    };
    if places.is_empty() {
        return Vec::new();
    }
    once("# Providers:".to_owned()).chain(places.into_iter().map(line)).collect()
}

fn alias(account: AccountId, region: Option<&str>) -> String {
    match region {
        Some(region) => format!("aws.account_{account}_{}", identifier(region)),
        None => format!("aws.account_{account}"),
    }
}

fn identifier(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}

/// What to add to the configuration.
pub(super) fn part(change: &Change) -> Vec<String> {
    let target = words::name(change);
    match change.kind {
        ChangeKind::CreateGrant => grant(change),
        ChangeKind::PutBucketEncryption => encryption(change),
        ChangeKind::PutRolePolicy => own(change, "aws_iam_role_policy", ("role", target)),
        ChangeKind::PutUserPolicy => own(change, "aws_iam_user_policy", ("user", target)),
        _ => {
            let mut lines = comment(
                "Add this to the policy that Terraform writes there: copy the statement, or name \
                 the document among its source_policy_documents.",
            );
            lines.extend(added(change));
            lines
        }
    }
}

/// An inline policy of our own.
fn own(change: &Change, kind: &str, (owner, name): (&str, &str)) -> Vec<String> {
    let mut lines = added(change);
    lines.push(String::new());
    let policy_name = change.policy_name.as_deref().unwrap_or_default();
    let attributes = vec![
        ("name", vec![hcl::text(policy_name)]),
        (owner, vec![hcl::text(name)]),
        ("policy", vec![reference(change)]),
    ];
    lines.extend(made(change, kind, attributes, Vec::new()));
    lines
}

/// The whole of a shared document, for whom Terraform does not hold it.
fn whole(change: &Change) -> Vec<String> {
    let mut lines = comment("If Terraform does not hold this policy yet, the whole of it:");
    let policy = ("policy", hcl::json(&change.after));
    let (kind, owner, of) = match change.kind {
        ChangeKind::PutBucketPolicy => ("aws_s3_bucket_policy", "bucket", words::name(change)),
        ChangeKind::PutKeyPolicy => ("aws_kms_key_policy", "key_id", &*change.target),
        ChangeKind::PutAccessPointPolicy => {
            ("aws_s3control_access_point_policy", "access_point_arn", &*change.target)
        }
        _ => {
            let name = format!("locksmith_{}_assume_role_policy", name(change));
            let value = hcl::json(&change.after);
            lines.extend(hcl::block("locals", hcl::attributes(&[(name, value)])));
            return lines;
        }
    };
    let attributes = vec![(owner, vec![hcl::text(of)]), policy];
    lines.extend(made(change, kind, attributes, Vec::new()));
    lines
}

fn made(
    change: &Change,
    kind: &str,
    attributes: Vec<(&str, Vec<String>)>,
    blocks: Vec<String>,
) -> Vec<String> {
    let provider = alias(change.account, change.region.as_deref());
    let provider = once(("provider", vec![provider]));
    let mut body = hcl::attributes(&provider.chain(attributes).collect::<Vec<_>>());
    body.extend(blocks);
    hcl::block(&format!("resource \"{kind}\" \"locksmith_{}\"", name(change)), body)
}

/// The statements that are added, as a document of their own.
fn added(change: &Change) -> Vec<String> {
    let blocks: Option<Vec<_>> = change.added.iter().map(statement).collect();
    match blocks {
        Some(blocks) => {
            let head = format!("data \"aws_iam_policy_document\" \"locksmith_{}\"", name(change));
            hcl::block(&head, blocks.concat())
        }
        None => {
            let document = json!({"Version": "2012-10-17", "Statement": change.added});
            let attribute = (format!("locksmith_{}", name(change)), hcl::json(&document));
            hcl::block("locals", hcl::attributes(&[attribute]))
        }
    }
}

/// The document that [`added`] makes.
fn reference(change: &Change) -> String {
    let name = name(change);
    if change.added.iter().all(|added| statement(added).is_some()) {
        format!("data.aws_iam_policy_document.locksmith_{name}.json")
    } else {
        format!("local.locksmith_{name}")
    }
}

/// A statement as a block; none for one that the data source cannot write: it takes `&{` for the
/// beginning of a policy variable, and has no word for principals that are no map.
/// <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document>
fn statement(statement: &Value) -> Option<Vec<String>> {
    if statement.to_string().contains("&{") {
        return None;
    }
    let mut attributes = Vec::new();
    let mut blocks = Vec::new();
    for (element, value) in ordered(statement.as_object()?) {
        match element.as_str() {
            "Sid" => attributes.push(("sid", vec![hcl::text(value.as_str()?)])),
            "Effect" => attributes.push(("effect", vec![hcl::text(value.as_str()?)])),
            "Action" => attributes.push(("actions", vec![list(value)?])),
            "Resource" => attributes.push(("resources", vec![list(value)?])),
            "Principal" => {
                for (kind, who) in value.as_object()? {
                    let kind = vec![hcl::text(kind)];
                    let who = vec![list(who)?];
                    let body = hcl::attributes(&[("type", kind), ("identifiers", who)]);
                    blocks.extend(hcl::block("principals", body));
                }
            }
            "Condition" => {
                for (operator, keys) in value.as_object()? {
                    for (key, values) in keys.as_object()? {
                        let body = hcl::attributes(&[
                            ("test", vec![hcl::text(operator)]),
                            ("variable", vec![hcl::text(key)]),
                            ("values", vec![list(values)?]),
                        ]);
                        blocks.extend(hcl::block("condition", body));
                    }
                }
            }
            _ => return None,
        }
    }
    let mut body = hcl::attributes(&attributes);
    body.extend(blocks);
    Some(hcl::block("statement", body))
}

/// A text or a list of texts as a list.
fn list(value: &Value) -> Option<String> {
    match value {
        Value::String(one) => Some(hcl::texts([one.as_str()])),
        Value::Array(list) => {
            let texts: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
            texts.map(hcl::texts)
        }
        _ => None,
    }
}

fn grant(change: &Change) -> Vec<String> {
    let text = |name: &str| change.after.get(name).and_then(Value::as_str);
    let attribute = |name, value: Option<&str>| Some((name, vec![hcl::text(value?)]));
    let operations = change.after.get("Operations").and_then(list);
    let attributes = [
        attribute("name", text("Name")),
        attribute("key_id", Some(change.target.as_str())),
        attribute("grantee_principal", text("GranteePrincipal")),
        attribute("retiring_principal", text("RetiringPrincipal")),
        operations.map(|operations| ("operations", vec![operations])),
    ];
    let words = [
        ("EncryptionContextEquals", "encryption_context_equals"),
        ("EncryptionContextSubset", "encryption_context_subset"),
    ];
    let constraint = |(theirs, ours): (&str, &'static str)| {
        let value = change.after.get("Constraints")?.get(theirs)?;
        Some((ours, hcl::expression(value)))
    };
    let constraints: Vec<_> = words.into_iter().filter_map(constraint).collect();
    let blocks = if constraints.is_empty() {
        Vec::new()
    } else {
        hcl::block("constraints", hcl::attributes(&constraints))
    };
    made(change, "aws_kms_grant", attributes.into_iter().flatten().collect(), blocks)
}

fn encryption(change: &Change) -> Vec<String> {
    let rules = change.after.get("Rules").and_then(Value::as_array);
    let rule = |rule: &Value| {
        let default = rule.get("ApplyServerSideEncryptionByDefault");
        let words = [("SSEAlgorithm", "sse_algorithm"), ("KMSMasterKeyID", "kms_master_key_id")];
        let word = |(theirs, ours)| Some((ours, hcl::expression(default?.get(theirs)?)));
        let default = hcl::attributes(&words.into_iter().filter_map(word).collect::<Vec<_>>());
        let words = [("BucketKeyEnabled", "bucket_key_enabled")];
        let word = |(theirs, ours)| Some((ours, hcl::expression(rule.get(theirs)?)));
        let mut attributes: Vec<_> = words.into_iter().filter_map(word).collect();
        let blocked = rule.get("BlockedEncryptionTypes").and_then(|it| it.get("EncryptionType"));
        attributes.extend(blocked.map(|it| ("blocked_encryption_types", hcl::expression(it))));
        let mut body = hcl::attributes(&attributes);
        body.extend(hcl::block("apply_server_side_encryption_by_default", default));
        hcl::block("rule", body)
    };
    let rules = rules.into_iter().flatten().flat_map(rule).collect();
    let attributes = vec![("bucket", vec![hcl::text(words::name(change))])];
    made(change, "aws_s3_bucket_server_side_encryption_configuration", attributes, rules)
}
