//! Changes that are not what they are announced to be, or touch what is not ours.

use super::cases::{Case, SID};
use super::widened::{set, take};
use serde_json::{Value, json};

/// What is wrong, and the case with it.
type Wrong = (&'static str, Case);

fn listed(document: &mut Value, change: impl Fn(&mut Vec<Value>)) {
    change(document["Statement"].as_array_mut().unwrap());
}

/// What is added is not what is announced, or has not the form of what is ours.
pub(super) fn misannounced(case: &Case) -> Vec<Wrong> {
    let mut unannounced = case.clone();
    unannounced.change.added.clear();
    let otherwise = |change: &dyn Fn(&mut Value)| case.standing_otherwise(change);
    vec![
        ("not announced", unannounced),
        ("announced and not added", otherwise(&|after| listed(after, |list| drop(list.pop())))),
        (
            "added twice",
            otherwise(&|after| listed(after, |list| list.push(list.last().unwrap().clone()))),
        ),
        ("another version", otherwise(&|after| after["Version"] = json!("2008-10-17"))),
        ("no version", otherwise(&take("/Version"))),
        ("an id", otherwise(&|after| after["Id"] = json!("mine"))),
        ("no statement any more", otherwise(&|after| after["Statement"] = json!([]))),
        ("a deny", case.written(set("/Effect", json!("Deny")))),
        ("without a Sid", case.written(take("/Sid"))),
        ("a Sid of others", case.written(set("/Sid", json!("Theirs")))),
        ("an unknown element", case.written(set("/Comment", json!("x")))),
    ]
}

/// Statements of others are not what they were.
pub(super) fn touching_others(case: &Case) -> Vec<Wrong> {
    let Some(before) = &case.change.before else { return Vec::new() };
    let mut wrong = Vec::new();
    for (place, theirs) in before["Statement"].as_array().unwrap().iter().enumerate() {
        let turned = if theirs["Effect"] == "Allow" { "Deny" } else { "Allow" };
        let with = |change: &dyn Fn(&mut Vec<Value>)| {
            case.standing_otherwise(|after| listed(after, change))
        };
        wrong.extend([
            ("one of theirs removed", with(&|list| drop(list.remove(place)))),
            ("one of theirs twice", with(&|list| list.insert(0, list[place].clone()))),
            ("one of theirs renamed", with(&|list| list[place]["Sid"] = json!("Renamed"))),
            ("one of theirs turned", with(&|list| list[place]["Effect"] = json!(turned))),
            (
                "one of theirs for another action",
                with(&|list| list[place]["Action"] = json!("s3:GetObject")),
            ),
            (
                "one of theirs under other conditions",
                with(&|list| {
                    list[place]["Condition"] = json!({"StringEquals": {"aws:SourceVpc": "vpc-1"}});
                }),
            ),
        ]);
    }
    let mut taken = case.clone();
    for document in [taken.change.before.as_mut().unwrap(), &mut taken.change.after] {
        document["Statement"][0]["Sid"] = json!(SID);
    }
    wrong.push(("a Sid that is taken", taken));
    wrong
}

/// A policy of our own is given to somebody else, or has the name of somebody else's.
pub(super) fn misplaced(case: &Case) -> Vec<Wrong> {
    if !case.change.kind.is_inline_policy() {
        return Vec::new();
    }
    let mut elsewhere = case.clone();
    elsewhere.change.target.push('2');
    let mut named = case.clone();
    named.change.policy_name = Some("Theirs".to_owned());
    vec![("given to another", elsewhere), ("a name of others", named)]
}
