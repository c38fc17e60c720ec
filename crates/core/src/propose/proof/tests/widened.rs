//! Ways of writing a statement too widely.

use super::cases::{BUCKET, Case, ROLE, STRANGE, VIA, WRITTEN};
use crate::plan::ChangeKind;
use serde_json::{Value, json};

pub(super) fn set(place: &'static str, value: Value) -> impl Fn(&mut Value) {
    move |statement| {
        if let Some(found) = statement.pointer_mut(place) {
            *found = value.clone();
        } else if let Some((parent, name)) = place.rsplit_once('/') {
            let parent = statement.pointer_mut(parent).unwrap();
            parent.as_object_mut().unwrap().insert(name.replace("~1", "/"), value.clone());
        }
    }
}

pub(super) fn take(place: &'static str) -> impl Fn(&mut Value) {
    move |statement| {
        let (parent, name) = place.rsplit_once('/').unwrap();
        if let Some(parent) = statement.pointer_mut(parent).and_then(Value::as_object_mut) {
            parent.remove(name);
        }
    }
}

pub(super) fn more(place: &'static str, value: Value) -> impl Fn(&mut Value) {
    move |statement| {
        let found = statement.pointer_mut(place).unwrap();
        let mut list = found.as_array().cloned().unwrap_or_else(|| vec![found.clone()]);
        list.push(value.clone());
        *found = list.into();
    }
}

/// Ways of writing the added statement too widely. What they open has to be found by asking.
pub(super) fn widened(case: &Case) -> Vec<(String, Case)> {
    let mut widened: Vec<(String, Case)> = Vec::new();
    let mut add = |what: String, wider: Case| {
        assert_ne!(wider.change.after, case.change.after, "{}: {what} changes nothing", case.name);
        widened.push((what, wider));
    };
    let statement = case.change.added.last().unwrap();
    let named = case.intent.entity.as_str();
    if statement.get("Principal").is_some() {
        let mut others = vec![
            json!("*"),
            json!({"AWS": "*"}),
            json!({"AWS": "222222222222"}),
            json!({"AWS": "arn:aws:iam::222222222222:root"}),
            json!({"AWS": format!("{named}2")}),
            json!({"AWS": [named, format!("{named}2")]}),
            json!({"AWS": [named, "arn:aws:iam::222222222222:role/Somebody"]}),
            json!({"AWS": [named, "arn:aws:iam::444444444444:role/Unheard"]}),
            json!({"AWS": [named, "arn:aws:sts::444444444444:assumed-role/Unheard/of"]}),
            json!({"AWS": [named, "444444444444"]}),
            json!({"AWS": [named, "AROAUNHEARDUNHEARD01"]}),
            json!({"AWS": named, "Service": "cloudtrail.amazonaws.com"}),
            json!({"AWS": named, "Service": "unheard.amazonaws.com"}),
            json!({"AWS": named, "Federated": "accounts.google.com"}),
            json!({"AWS": named, "CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8"}),
        ];
        if named == ROLE {
            others.push(json!({"AWS": "arn:aws:iam::222222222222:role/Loader"}));
            others.push(json!({"AWS": [named, "arn:aws:iam::222222222222:user/Loader"]}));
        }
        for other in others {
            add(format!("principal {other}"), case.written(set("/Principal", other.clone())));
        }
        let but = |statement: &mut Value| {
            take("/Principal")(statement);
            statement["NotPrincipal"] = json!({"AWS": "arn:aws:iam::222222222222:role/Somebody"});
        };
        add("everybody but one".to_owned(), case.written(but));
        // An account, as far as a condition lets it.
        let like = |statement: &mut Value| {
            statement["Principal"] = json!("*");
            statement["Condition"]["ArnLike"] = json!({"aws:PrincipalArn": format!("{named}*")});
        };
        add("everybody by a condition on the name".to_owned(), case.written(like));
    }
    let first = case.intent.permissions.first().unwrap();
    let service = first.action.service().to_owned();
    let mut actions = vec![json!("*"), json!(format!("{service}:*"))];
    let other = match &*service {
        "s3" => "s3:DeleteObjectVersion",
        "kms" => "kms:CreateGrant",
        _ => "sts:TagSession",
    };
    let patterns = match &*service {
        "s3" => ["s3:Get*", "s3:*Object", "s3:?*Bucket*"],
        "kms" => ["kms:Dec*", "kms:GenerateDataKey*", "kms:*e*"],
        _ => ["sts:A*", "sts:AssumeRole*", "sts:*Session"],
    };
    // Where nothing but what is meant matches, nothing is opened.
    let narrow = ["kms:Dec*", "s3:?*Bucket*"];
    actions.extend(patterns.iter().filter(|one| !narrow.contains(*one)).map(|one| json!(one)));
    for action in actions {
        add(format!("action {action}"), case.written(set("/Action", action.clone())));
    }
    for one in [other, &format!("{service}:NobodyKnowsThis")] {
        add(format!("with action {one}"), case.written(more("/Action", json!(one))));
    }
    let all_but = move |statement: &mut Value| {
        take("/Action")(statement);
        statement["NotAction"] = json!("iam:*");
    };
    add("every action but some".to_owned(), case.written(all_but));
    widened
}

pub(super) fn widened_resources(case: &Case) -> Vec<(String, Case)> {
    let statement = case.change.added.last().unwrap();
    let written = statement["Resource"].as_str().unwrap().to_owned();
    let mut resources = vec!["*".to_owned()];
    if !written.ends_with('*') {
        resources.extend([format!("{written}?"), format!("{written}x")]);
    }
    if written.starts_with("arn:aws:s3") {
        resources.push("arn:aws:s3:::*".to_owned());
        resources.push(format!("{}*", &written[..written.len() - 3]));
        resources.push(written.replacen("sales-data", "sales-data*", 1));
        resources.push(written.replacen("sales-data", "sales-dat?", 1));
        resources.push(written.replacen("sales-data", "sales-data-2", 1));
        if !case.change.target.contains("accesspoint") {
            resources.push(format!("{BUCKET}/*"));
            resources.push(format!("{BUCKET}*"));
        }
        if written.contains("/2026/") {
            resources.push(written.replacen("/2026/", "/*/", 1));
            resources.push(written.replacen("/2026/", "/202?/", 1));
            resources.push(written.replacen("/2026/", "/2026*/", 1));
            resources.push(written.replacen("/2026/", "/2026-old/", 1));
        }
        // Not escaped at all, and one character alone.
        if written == WRITTEN {
            resources.push(STRANGE.to_owned());
            resources.push(written.replacen("${*}", "*", 1));
            resources.push(written.replacen("${?}", "?", 1));
            resources.push(written.replacen("${$}{", "${", 1));
        }
    } else if written.starts_with("arn:aws:kms") {
        resources.push(written.replace("eu-west-1", "*"));
        resources.push(written.replace("111111111111", "*"));
        resources.push("arn:aws:kms:*:*:key/*".to_owned());
        resources.push(format!("{}*", &written[..written.len() - 3]));
        resources.push(written.replace("6666", "7777"));
    }
    let wrote: Vec<String> = resources.into_iter().filter(|one| *one != written).collect();
    let mut widened = Vec::new();
    for resource in wrote {
        // In a key's policy every resource is the key.
        if case.change.kind == ChangeKind::PutKeyPolicy {
            continue;
        }
        let what = format!("resource {resource}");
        let wider = set("/Resource", json!(resource));
        widened.push((what.clone(), case.written(wider)));
        widened.push((format!("and {what}"), case.written(more("/Resource", json!(resource)))));
    }
    if case.change.kind != ChangeKind::PutKeyPolicy {
        let all_but = |statement: &mut Value| {
            take("/Resource")(statement);
            statement["NotResource"] = json!("arn:aws:s3:::some-other/*");
        };
        widened.push(("every resource but one".to_owned(), case.written(all_but)));
    }
    widened
}

pub(super) fn widened_conditions(case: &Case) -> Vec<(String, Case)> {
    let statement = case.change.added.last().unwrap();
    let conditions = statement["Condition"].as_object().unwrap();
    let mut widened = Vec::new();
    for (operator, keys) in conditions {
        let without = |statement: &mut Value| {
            statement["Condition"].as_object_mut().unwrap().remove(operator);
        };
        widened.push((format!("without {operator}"), case.written(without)));
        for (key, value) in keys.as_object().unwrap() {
            let first = value.as_array().and_then(|list| list.first()).unwrap_or(value);
            let first = first.as_str().unwrap().to_owned();
            let replaced = |by: &str, wider: Value| {
                let mut case = case.clone();
                let write = |statement: &mut Value| {
                    let conditions = statement["Condition"].as_object_mut().unwrap();
                    let keys = conditions.get_mut(operator).unwrap().as_object_mut().unwrap();
                    keys.remove(key);
                    if !by.is_empty() {
                        let keys = conditions.entry(by).or_insert_with(|| json!({}));
                        keys[key] = wider.clone();
                    }
                };
                case = case.written(write);
                (format!("{operator} {key}: {by} {wider}"), case)
            };
            widened.push(replaced("", json!(null)));
            match operator.as_str() {
                "DateLessThan" => {
                    widened.push(replaced("DateLessThanEquals", json!(first)));
                    widened.push(replaced("DateGreaterThan", json!(first)));
                    widened.push(replaced("DateLessThanIfExists", json!(first)));
                    widened.push(replaced(operator, json!("2026-11-22T12:00:01Z")));
                    widened.push(replaced(operator, json!("2027-11-22T12:00:00Z")));
                    widened.push(replaced(operator, json!([first, "2036-11-22T12:00:00Z"])));
                }
                "Null" => widened.push(replaced(operator, json!("false"))),
                _ => {
                    let half: String = first.chars().take(first.chars().count() / 2).collect();
                    widened.push(replaced("StringLike", json!("*")));
                    widened.push(replaced("StringLike", json!(format!("{half}*"))));
                    widened.push(replaced("StringLike", json!(format!("*{}", &first[4..]))));
                    widened.push(replaced(&format!("{operator}IfExists"), value.clone()));
                    widened.push(replaced("StringNotEquals", json!(first)));
                    widened.push(replaced("StringNotEquals", json!("something")));
                    widened.push(replaced(operator, json!([first, "arn:aws:s3:::elsewhere/x"])));
                    widened.push(replaced("StringNotLike", json!("something*")));
                    widened.push(replaced("Null", json!("false")));
                    widened.push(replaced("StringLikeIfExists", json!(first)));
                    if operator == "StringEquals" {
                        widened.push(replaced("StringEqualsIgnoreCase", json!(first)));
                        widened.push(replaced("StringLike", json!(format!("{first}*"))));
                        widened.push(replaced("ForAllValues:StringEquals", json!(first)));
                        widened.push(replaced(
                            "StringLike",
                            json!(first.replacen(char::is_alphabetic, "?", 1)),
                        ));
                    }
                    if first.contains("/2026/") {
                        let parent = format!("{BUCKET}/2026/*");
                        widened.push(replaced("StringLike", json!([parent, BUCKET])));
                        widened.push(replaced(
                            "StringLike",
                            json!(first.replace("/2026/", "/2026*/")),
                        ));
                    }
                }
            }
        }
    }
    let strange = case.intent.permissions.iter().any(|one| {
        let usages = one.usage.iter().flat_map(|usage| usage.context.values().flatten());
        usages.into_iter().any(|reach| reach.holds(STRANGE))
    });
    if strange && conditions.contains_key("StringEquals") {
        // Wildcards by way of an object's name.
        let name = STRANGE.replace("${", "${$}{");
        let like = move |statement: &mut Value| {
            statement["Condition"] = json!({"StringEquals": {"kms:ViaService": VIA},
                "StringLike": {"kms:EncryptionContext:aws:s3:arn": name}});
        };
        widened.push(("a name with wildcards".to_owned(), case.written(like)));
    }
    widened
}
