//! Sound changes pass, and each way of widening one is caught: by the universe where what the
//! document says is different, by the form of the change where it is written otherwise.

mod cases;
mod touched;
mod widened;

use super::{Comparison, additions};
use crate::plan::ChangeKind;
use cases::{
    BUCKET, bucket_cases, document_cases, encryption_case, grant_case, key_cases, other_cases,
};
use serde_json::{Value, json};
use touched::{misannounced, misplaced, touching_others};
use widened::{more, set, widened, widened_conditions, widened_resources};

#[test]
fn sound_changes_pass() {
    let mut cases = document_cases();
    cases.push(grant_case());
    for case in cases {
        let comparison = case.compare();
        assert_eq!(comparison.outside, Vec::<String>::new(), "{}", case.name);
        assert!(
            (500..50_000).contains(&comparison.checked),
            "{}: {}",
            case.name,
            comparison.checked
        );
    }
    let encryption = encryption_case().compare();
    assert_eq!(encryption, Comparison::default());
}

/// The sound change must also be one that does something: else nothing could be wrong with it.
#[test]
fn what_is_meant_is_asked_and_opened() {
    for mut case in document_cases() {
        case.intent.permissions.clear();
        assert!(!case.found_by_asking().is_empty(), "{}", case.name);
    }
}

#[test]
fn the_same_requests_are_asked_every_time() {
    for case in document_cases() {
        assert_eq!(case.compare().checked, case.compare().checked, "{}", case.name);
    }
}

/// Everything that is written too widely is found by asking alone, however well-formed it is.
#[test]
fn what_is_written_too_widely_is_found_by_asking() {
    let (mut caught, mut missed) = (0, Vec::new());
    for case in document_cases() {
        let mut all = widened(&case);
        if case.change.added.last().unwrap().get("Resource").is_some() {
            all.extend(widened_resources(&case));
        }
        all.extend(widened_conditions(&case));
        for (what, wider) in all {
            let found = wider.found_by_asking();
            if found.is_empty() {
                missed.push(format!("{}: {what}", case.name));
            } else {
                caught += 1;
            }
        }
    }
    assert!(
        missed.is_empty(),
        "missed {} of {}:\n{}",
        missed.len(),
        caught + missed.len(),
        missed.join("\n")
    );
    assert!(caught > 700, "only {caught} were tried");
}

/// What is not as announced, and what touches others, is found by its form.
#[test]
fn what_touches_others_is_caught() {
    let mut caught = 0;
    for case in document_cases() {
        let all = [misannounced(&case), touching_others(&case), misplaced(&case)].concat();
        for (what, wrong) in all.into_iter().filter(|(_, wrong)| wrong.change != case.change) {
            let breaches = additions::breaches(&wrong.change, &wrong.intent);
            assert!(!breaches.is_empty(), "{}: {what}", case.name);
            assert!(!wrong.compare().outside.is_empty(), "{}: {what}", case.name);
            caught += 1;
        }
    }
    assert!(caught > 350, "only {caught} were tried");
}

/// Another key's or role's document, with the very same statements, is somebody else's.
#[test]
fn another_target_is_caught() {
    let about_target = [ChangeKind::PutKeyPolicy, ChangeKind::PutTrustPolicy];
    for mut case in document_cases() {
        if about_target.contains(&case.change.kind) {
            case.change.target.push('2');
            assert!(!case.found_by_asking().is_empty(), "{}", case.name);
        }
    }
}

/// What changes the meaning of others' statements is found by asking, too.
#[test]
fn what_others_said_is_compared() {
    let (mut caught, mut missed) = (0, Vec::new());
    for case in bucket_cases().into_iter().chain(key_cases()).chain(other_cases()) {
        let Some(before) = &case.change.before else { continue };
        for (place, statement) in before["Statement"].as_array().unwrap().iter().enumerate() {
            let mut ways: Vec<Value> = Vec::new();
            for change in [
                set("/Principal", json!("*")),
                set("/Principal", json!({"AWS": "555555555555"})),
                set(
                    "/Action",
                    json!(["s3:GetObjectAcl", "kms:CreateGrant", "sts:SetSourceIdentity"]),
                ),
                set(
                    "/Effect",
                    json!(if statement["Effect"] == "Allow" { "Deny" } else { "Allow" }),
                ),
            ] {
                let mut statement = statement.clone();
                change(&mut statement);
                ways.push(statement);
            }
            for operator in
                statement["Condition"].as_object().into_iter().flat_map(|map| map.keys())
            {
                let mut statement = statement.clone();
                statement["Condition"].as_object_mut().unwrap().remove(operator);
                ways.push(statement);
            }
            for changed in ways.into_iter().filter(|changed| changed != statement) {
                let after = |after: &mut Value| after["Statement"][place] = changed.clone();
                if case.standing_otherwise(after).found_by_asking().is_empty() {
                    missed.push(format!("{}: {changed}", case.name));
                }
                caught += 1;
            }
            let gone = |after: &mut Value| {
                drop(after["Statement"].as_array_mut().unwrap().remove(place));
            };
            if case.standing_otherwise(gone).found_by_asking().is_empty() {
                missed.push(format!("{}: without {statement}", case.name));
            }
            caught += 1;
        }
    }
    assert!(missed.is_empty(), "missed {} of {caught}:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn grants_that_are_too_wide_are_caught() {
    let case = grant_case();
    let other = "arn:aws:kms:eu-west-1:111111111111:key/ffffffff-1111-2222-3333-444455556666";
    let wrong = [
        set("/GranteePrincipal", json!("arn:aws:iam::222222222222:role/etl/Loader2")),
        set("/GranteePrincipal", json!("arn:aws:iam::222222222222:root")),
        set("/GranteePrincipal", json!("*")),
        set("/GranteePrincipal", json!("cloudtrail.amazonaws.com")),
        set("/RetiringPrincipal", json!("arn:aws:iam::222222222222:role/Somebody")),
        set("/Operations", json!(["Decrypt", "CreateGrant"])),
        set("/Operations", json!(["Decrypt", "DescribeKey"])),
        set("/Operations", json!(["Decrypt", "ReEncryptFrom"])),
        set("/Operations", json!(["GenerateDataKey"])),
        set("/Constraints", json!({})),
        set("/Constraints", json!({"EncryptionContextSubset": {}})),
        set("/Constraints", json!({"EncryptionContextSubset": {"aws:s3:arn": BUCKET}})),
        set("/Constraints", json!({"EncryptionContextSubset": {"app": "x"}})),
        set("/Constraints", json!({"EncryptionContextEquals": {"app": "x", "team": "y"}})),
    ];
    for (place, change) in wrong.iter().enumerate() {
        let case = case.standing_otherwise(change);
        assert!(!case.found_by_asking().is_empty(), "{place}: {}", case.change.after);
    }
    let forms = [
        set("/KeyId", json!(other)),
        set("/Name", json!("theirs")),
        set("/GrantTokens", json!(["x"])),
        set("/Operations", json!([])),
    ];
    for change in wrong.iter().chain(&forms) {
        let case = case.standing_otherwise(change);
        assert!(!case.compare().outside.is_empty(), "{}", case.change.after);
    }
    // A grant has no end.
    assert!(!case.until().compare().outside.is_empty());
}

#[test]
fn encryption_changes_its_key_alone() {
    for change in [
        set("/Rules/0/ApplyServerSideEncryptionByDefault/SSEAlgorithm", json!("AES256")),
        set("/Rules/0/BucketKeyEnabled", json!(false)),
        set("/Rules/0/ApplyServerSideEncryptionByDefault/KMSMasterKeyID", json!(null)),
        set("/Rules", json!([])),
    ] {
        let comparison = encryption_case().standing_otherwise(change).compare();
        assert_eq!((comparison.checked, comparison.outside.len()), (0, 1));
    }
}

#[test]
fn a_policy_that_becomes_public_is_caught() {
    let case = bucket_cases().remove(0);
    let case = case.written(set("/Principal", json!("*")));
    let outside = case.compare().outside;
    let asked = case.found_by_asking();
    assert!(asked.iter().any(|one| one.starts_with("everybody: s3:GetObject on")), "{asked:?}");
    assert!(outside.iter().any(|one| one.ends_with("would be public")), "{outside:?}");
}

/// A statement that names the role where only its account was named makes the role's own policies
/// unnecessary: an opening, though the layer allowed before.
#[test]
fn a_closer_naming_is_an_opening() {
    let mut case = key_cases().remove(0);
    let account = json!({"Effect": "Allow", "Principal": {"AWS": "222222222222"},
                         "Action": "kms:*", "Resource": "*"});
    for document in [case.change.before.as_mut().unwrap(), &mut case.change.after] {
        document["Statement"].as_array_mut().unwrap().insert(0, account.clone());
    }
    assert_eq!(case.compare().outside, Vec::<String>::new());
    let wider = case.written(set("/Action", json!(["kms:Decrypt", "kms:Encrypt"])));
    let found = wider.found_by_asking();
    assert!(found.iter().any(|one| one.contains("kms:Encrypt")), "{found:?}");
}

/// Documents as large as AWS takes them are compared within bounds.
#[test]
fn large_documents_are_compared_within_bounds() {
    let statement = |place: usize| {
        let effect = if place.is_multiple_of(3) { "Deny" } else { "Allow" };
        json!({"Sid": format!("S{place}"), "Effect": effect,
               "Principal": {"AWS": format!("arn:aws:iam::{:012}:role/team/R{place}", 300 + place % 7)},
               "Action": ["s3:GetObject", "s3:PutObject*"],
               "Resource": format!("arn:aws:s3:::sales-data/team-{place}/*/x?"),
               "Condition": {"StringLike": {"aws:SourceVpce": [format!("vpce-{place}"), "vpce-0*"]}}})
    };
    let others: Vec<Value> = (0..76).map(statement).collect();
    let mut case = bucket_cases().remove(1);
    let document = json!({"Version": "2012-10-17", "Statement": others});
    assert!(document.to_string().len() > 18_000);
    case.change.before = Some(document.clone());
    case.change.after = document;
    let added = case.change.added.remove(0);
    let case = case.adding(added);
    let comparison = case.compare();
    assert_eq!(comparison.outside, Vec::<String>::new());
    assert!(comparison.checked <= 100_000, "{}", comparison.checked);
    let wider = case.written(more("/Resource", json!("arn:aws:s3:::sales-data/team-65/*")));
    assert!(!wider.found_by_asking().is_empty());
}
