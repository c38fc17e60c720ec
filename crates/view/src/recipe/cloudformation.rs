//! A plan as CloudFormation.

use super::{comment, head, indented, name, title, yaml};
use crate::plan::words;
use locksmith_core::plan::{Change, ChangeKind, Plan};
use serde_json::{Value, json};

/// A plan in YAML documents: what to add to templates, and whole resources for what is in none.
pub fn template(plan: &Plan) -> String {
    let mut lines = head(plan);
    for (place, change) in plan.changes.iter().enumerate() {
        lines.push("---".to_owned());
        lines.extend(title(place + 1, change));
        lines.extend(part(change));
        if let Some(whole) = whole(change) {
            lines.push("---".to_owned());
            lines.extend(whole);
        }
    }
    lines.join("\n") + "\n"
}

/// What to add to the template.
pub(super) fn part(change: &Change) -> Vec<String> {
    let of = words::subject(change);
    let at = |place: &str| comment(&format!("{place} of {of}:"));
    match change.kind {
        ChangeKind::PutBucketPolicy => {
            statements(at("In PolicyDocument.Statement of the AWS::S3::BucketPolicy"), change)
        }
        ChangeKind::PutAccessPointPolicy => {
            statements(at("In Policy.Statement of the AWS::S3::AccessPoint"), change)
        }
        ChangeKind::PutKeyPolicy => {
            statements(at("In KeyPolicy.Statement of the AWS::KMS::Key"), change)
        }
        ChangeKind::PutTrustPolicy => {
            statements(at("In AssumeRolePolicyDocument.Statement of the AWS::IAM::Role"), change)
        }
        ChangeKind::PutRolePolicy => own(change, "AWS::IAM::RolePolicy", "RoleName"),
        ChangeKind::PutUserPolicy => own(change, "AWS::IAM::UserPolicy", "UserName"),
        ChangeKind::CreateGrant => comment(
            "CloudFormation has no grants: make this one with `--format cli`, or take the way \
             that adds a statement to the key policy.",
        ),
        ChangeKind::PutBucketEncryption => {
            let mut lines = at("Among the Properties of the AWS::S3::Bucket");
            lines.extend(yaml::lines(&json!({"BucketEncryption": encryption(&change.after)})));
            lines
        }
    }
}

fn statements(mut lines: Vec<String>, change: &Change) -> Vec<String> {
    lines.extend(yaml::lines(&Value::from(change.added.clone())));
    lines
}

/// An inline policy of our own, which is a resource of its own.
fn own(change: &Change, kind: &str, owner: &str) -> Vec<String> {
    let properties = vec![
        (owner, Value::from(words::name(change))),
        ("PolicyName", json!(change.policy_name)),
        ("PolicyDocument", change.after.clone()),
    ];
    made(change, kind, properties)
}

/// The whole of a shared document, for whom no template holds it.
fn whole(change: &Change) -> Option<Vec<String>> {
    if change.managed_by.is_some() {
        return None;
    }
    let property = |name: &str| {
        let mut lines = comment("If no template holds this policy yet, the whole of it:");
        lines.extend(yaml::lines(&json!({name: change.after})));
        Some(lines)
    };
    match change.kind {
        ChangeKind::PutBucketPolicy => {
            let mut lines = comment(
                "If no template holds this policy yet, the whole of it. CloudFormation makes no \
                 policy where one stands: import it.",
            );
            let properties = vec![
                ("Bucket", Value::from(words::name(change))),
                ("PolicyDocument", change.after.clone()),
            ];
            lines.extend(made(change, "AWS::S3::BucketPolicy", properties));
            Some(lines)
        }
        ChangeKind::PutKeyPolicy => property("KeyPolicy"),
        ChangeKind::PutAccessPointPolicy => property("Policy"),
        ChangeKind::PutTrustPolicy => property("AssumeRolePolicyDocument"),
        _ => None,
    }
}

fn made(change: &Change, kind: &str, properties: Vec<(&str, Value)>) -> Vec<String> {
    let mut lines = vec![
        "Resources:".to_owned(),
        format!("  Locksmith{}:", name(change)),
        format!("    Type: {kind}"),
        "    Properties:".to_owned(),
    ];
    for (name, value) in properties {
        lines.extend(indented(yaml::lines(&json!({name: value})), 6));
    }
    lines
}

/// Default encryption in CloudFormation's own words.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-serversideencryptionrule.html>
fn encryption(configuration: &Value) -> Value {
    let rules = configuration.get("Rules").and_then(Value::as_array);
    let rule = |rule: &Value| {
        let mut rule = rule.clone();
        if let Some(map) = rule.as_object_mut()
            && let Some(default) = map.remove("ApplyServerSideEncryptionByDefault")
        {
            map.insert("ServerSideEncryptionByDefault".to_owned(), default);
        }
        rule
    };
    let rules: Vec<Value> = rules.into_iter().flatten().map(rule).collect();
    json!({"ServerSideEncryptionConfiguration": rules})
}
