//! A plan as a shell script for the AWS CLI. It looks first whether every document is the one that
//! the plan was made from, and writes only then.

use super::{comment, head, title};
use crate::json::Json;
use crate::plan::words;
use core::fmt::Write as _;
use locksmith_core::arn::AccountId;
use locksmith_core::plan::{Change, ChangeKind, Plan, limits};
use serde_json::Value;
use std::collections::BTreeSet;

/// What every script does in the same way.
const FUNCTIONS: &str = include_str!("script.sh");
/// The width of documents.
const WIDTH: usize = 96;
/// What ends a document. No line of JSON looks like this.
const END: &str = "DOCUMENT";

/// A plan as a script.
pub fn script(plan: &Plan) -> String {
    let mut lines = vec!["#!/bin/sh".to_owned()];
    lines.extend(head(plan));
    if plan.changes.is_empty() {
        lines.push("echo 'there is nothing to change' >&2".to_owned());
        return lines.join("\n") + "\n";
    }
    let accounts: BTreeSet<AccountId> = plan.changes.iter().map(|change| change.account).collect();
    let dir = format!("locksmith-{}", plan.digest.short(8));
    lines.push("#".to_owned());
    lines.extend(comment(
        "It needs aws and python3, and for each account credentials that may change it. Where \
         those are in profiles of the AWS CLI, name them when you run it:",
    ));
    let profiles: Vec<String> =
        accounts.iter().map(|account| format!("PROFILE_{account}=...")).collect();
    lines.push(format!("#   {} sh FILE", profiles.join(" ")));
    lines.extend(comment(&format!("What stood there before is kept in the folder {dir}.")));
    lines.push(format!("dir={dir}"));
    lines.push(FUNCTIONS.to_owned());
    for account in &accounts {
        lines.push(format!(
            "[ \"$(in_account {account} sts get-caller-identity --query Account --output text)\" \
             = {account} ] ||\n  stop 'these are no credentials of account {account}: set \
             PROFILE_{account}'"
        ));
    }
    for (place, change) in plan.changes.iter().enumerate() {
        lines.push(String::new());
        lines.extend(title(place + 1, change));
        lines.extend(look(place + 1, change));
    }
    lines.extend([String::new(), "# Everything is as it was when the plan was made.".to_owned()]);
    for (place, change) in plan.changes.iter().enumerate() {
        lines.extend(write(place + 1, change));
    }
    lines.join("\n") + "\n"
}

/// Writes the documents of a change to files, and reads what stands there now.
fn look(number: usize, change: &Change) -> Vec<String> {
    let mut lines = Vec::new();
    let mut file = |name: &str, document: Option<&Value>| {
        lines.push(format!("cat >\"$dir/{number}-{name}.json\" <<'{END}'"));
        lines.extend(document.map(|document| text(change.kind, document)));
        lines.push(END.to_owned());
    };
    file("before", change.before.as_ref());
    file("after", Some(&change.after));
    let (none, command) = reading(change);
    let Change { account, .. } = change;
    lines.push(format!("fetch \"$dir/{number}-now.json\" {none} {account} \\\n  {command}"));
    // A grant's name is made from what it allows: one of this name is this one.
    let check = if change.kind == ChangeKind::CreateGrant { "compare" } else { "expect" };
    lines.push(format!("{check} {number}"));
    lines
}

/// Makes a change, unless it stands there.
fn write(number: usize, change: &Change) -> Vec<String> {
    let mut lines = comment(&format!("{number}. To take it back: {}", change.inverse));
    lines.push(format!(
        "if missing {number}; then\n  cp \"$dir/{number}-now.json\" \"$dir/{number}-kept.json\"\n  \
         in_account {} {}\n  echo '{number}: done'\nfi",
        change.account,
        writing(number, change)
    ));
    lines
}

/// How AWS says that there is no such document, and the command that reads it.
fn reading(change: &Change) -> (&'static str, String) {
    let (target, name) = (quoted(&change.target), quoted(words::name(change)));
    let policy = quoted(change.policy_name.as_deref().unwrap_or_default());
    let (account, at) = (change.account, at(change));
    match change.kind {
        ChangeKind::PutBucketPolicy => (
            "NoSuchBucketPolicy",
            format!(
                "s3api get-bucket-policy --bucket {name} --expected-bucket-owner {account}{at} \
                 --query Policy --output text"
            ),
        ),
        ChangeKind::PutAccessPointPolicy => (
            "NoSuchAccessPointPolicy",
            format!(
                "s3control get-access-point-policy --account-id {account} --name {name}{at} \
                 --query Policy --output text"
            ),
        ),
        ChangeKind::PutKeyPolicy => (
            "''",
            format!(
                "kms get-key-policy --key-id {target} --policy-name default{at} --query Policy \
                 --output text"
            ),
        ),
        ChangeKind::CreateGrant => {
            let grant = change.after.get("Name").and_then(Value::as_str).unwrap_or_default();
            let query = quoted(&format!("Grants[?Name=='{grant}'] | [0]"));
            ("''", format!("kms list-grants --key-id {target}{at} --query {query} --output json"))
        }
        ChangeKind::PutBucketEncryption => (
            "ServerSideEncryptionConfigurationNotFoundError",
            format!(
                "s3api get-bucket-encryption --bucket {name} --expected-bucket-owner \
                 {account}{at} --query ServerSideEncryptionConfiguration --output json"
            ),
        ),
        ChangeKind::PutTrustPolicy => (
            "NoSuchEntity",
            format!(
                "iam get-role --role-name {name} --query Role.AssumeRolePolicyDocument --output \
                 json"
            ),
        ),
        ChangeKind::PutRolePolicy => (
            "NoSuchEntity",
            format!(
                "iam get-role-policy --role-name {name} --policy-name {policy} --query \
                 PolicyDocument --output json"
            ),
        ),
        ChangeKind::PutUserPolicy => (
            "NoSuchEntity",
            format!(
                "iam get-user-policy --user-name {name} --policy-name {policy} --query \
                 PolicyDocument --output json"
            ),
        ),
    }
}

/// The command that makes a change.
fn writing(number: usize, change: &Change) -> String {
    let (target, name) = (quoted(&change.target), quoted(words::name(change)));
    let policy = quoted(change.policy_name.as_deref().unwrap_or_default());
    let (account, at) = (change.account, at(change));
    let file = format!("\"file://$dir/{number}-after.json\"");
    match change.kind {
        ChangeKind::PutBucketPolicy => format!(
            "s3api put-bucket-policy --bucket {name} --expected-bucket-owner {account}{at} \
             --policy {file}"
        ),
        ChangeKind::PutAccessPointPolicy => format!(
            "s3control put-access-point-policy --account-id {account} --name {name}{at} --policy \
             {file}"
        ),
        ChangeKind::PutKeyPolicy => format!(
            "kms put-key-policy --key-id {target} --policy-name default{at} --policy {file}"
        ),
        ChangeKind::CreateGrant => format!("kms create-grant{at} --cli-input-json {file}"),
        ChangeKind::PutBucketEncryption => format!(
            "s3api put-bucket-encryption --bucket {name} --expected-bucket-owner {account}{at} \
             --server-side-encryption-configuration {file}"
        ),
        ChangeKind::PutTrustPolicy => {
            format!("iam update-assume-role-policy --role-name {name} --policy-document {file}")
        }
        ChangeKind::PutRolePolicy => format!(
            "iam put-role-policy --role-name {name} --policy-name {policy} --policy-document {file}"
        ),
        ChangeKind::PutUserPolicy => format!(
            "iam put-user-policy --user-name {name} --policy-name {policy} --policy-document {file}"
        ),
    }
}

fn at(change: &Change) -> String {
    change.region.as_ref().map_or(String::new(), |region| format!(" --region {}", quoted(region)))
}

/// A word of the shell, in which nothing means anything.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// A document: laid out, unless that would make it too large; in ASCII, because the AWS CLI reads
/// files in the encoding of its surroundings.
fn text(kind: ChangeKind, document: &Value) -> String {
    let laid_out = ascii(&Json::of(document).lines(WIDTH).join("\n"));
    match limits::limit(kind) {
        Some(limit) if laid_out.len() > limit => ascii(&document.to_string()),
        _ => laid_out,
    }
}

fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a string does not fail.
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    out
}
