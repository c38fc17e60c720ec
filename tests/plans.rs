//! The corpus of plans: what has to change in a set-up that was broken, statement by statement; what
//! is left to people, and which other ways there are.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

mod cases;
mod changed;

use cases::Case;
use changed::{put, slot};
use locksmith_core::diagnosis::Verdict;
use locksmith_core::explain::{explain_record, explain_request};
use locksmith_core::plan::{Alternative, Change, ChangeKind, Digest, Plan, Scope, document};
use locksmith_core::propose::{PlanOptions, plan_record, plan_request};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// Fills documents up to a size: AWS's limits are met to the character.
fn filled(case: &Case) -> Value {
    let mut world = case.world.clone();
    for fill in case.told["fill"].as_array().into_iter().flatten() {
        let at = fill["at"].as_str().unwrap();
        let document = fill["document"].as_str().unwrap();
        *world.pointer_mut(at).unwrap() = "".into();
        let used = world.pointer(document).unwrap().to_string().chars().count();
        let to = usize::try_from(fill["to"].as_u64().unwrap()).unwrap();
        *world.pointer_mut(at).unwrap() = "x".repeat(to - used).into();
    }
    world
}

fn options(told: &Value) -> PlanOptions {
    let time = |key: &str| told[key].as_str().map(|text| text.parse().unwrap());
    PlanOptions {
        scope: match told["scope"].as_str() {
            None | Some("object") => Scope::Object,
            Some("prefix") => Scope::Prefix,
            Some("bucket") => Scope::Bucket,
            Some(other) => panic!("no scope: {other}"),
        },
        now: time("now"),
        expires_at: time("expires"),
    }
}

fn plan(world: &Value, options: &PlanOptions) -> Plan {
    let evidence = cases::evidence(world);
    match cases::record(world) {
        Some(record) => plan_record(&record, &evidence, options),
        None => plan_request(&cases::request(world), &evidence, options).unwrap(),
    }
}

fn verdict(world: &Value, told: &Value) -> Verdict {
    let evidence = cases::evidence(world);
    if let Some(record) = cases::record(world) {
        return explain_record(&record, &evidence).verdict;
    }
    let mut request = cases::request(world);
    if let Some(now) = told["now"].as_str() {
        request.context.push(("aws:CurrentTime".to_owned(), vec![now.to_owned()]));
    }
    explain_request(&request, &evidence).unwrap().verdict
}

/// A digest by its recipe alone: SHA-256 of canonical JSON. All of its texts being what they are,
/// sorted keys and no white space are all that RFC 8785 asks for.
fn digest_of(changes: &[Change]) -> String {
    let parts = ["kind", "account", "target", "policy_name", "before", "after"];
    let of = |change: &Change| {
        let change = serde_json::to_value(change).unwrap();
        let part = |part: &&str| ((*part).to_owned(), change[*part].clone());
        Value::from(parts.iter().map(part).collect::<serde_json::Map<_, _>>())
    };
    let all = Value::from(changes.iter().map(of).collect::<Vec<_>>());
    let hex: Vec<String> =
        Sha256::digest(sorted(&all).to_string()).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{}", hex.concat())
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut pairs: Vec<_> =
                map.iter().map(|(key, one)| (key.clone(), sorted(one))).collect();
            pairs.sort_by(|one, other| one.0.cmp(&other.0));
            Value::from(pairs.into_iter().collect::<serde_json::Map<_, _>>())
        }
        Value::Array(list) => Value::from(list.iter().map(sorted).collect::<Vec<_>>()),
        other => other.clone(),
    }
}

fn is_ours(name: &str, prefix: &str) -> bool {
    name.strip_prefix(prefix).is_some_and(|rest| {
        rest.len() == 16 && rest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// A change as the corpus writes it: what stood there in one word, statements without their names.
fn shown(change: &Change, problems: &mut Vec<String>) -> Value {
    let mut shown = json!({
        "kind": change.kind, "account": change.account, "target": change.target, "risk": change.risk,
        "removes_causes": change.removes_causes,
    });
    let mut named = |name: Option<&str>, prefix: &str| {
        if !name.is_some_and(|name| is_ours(name, prefix)) {
            problems.push(format!("not a name of ours: {name:?}"));
        }
    };
    match change.kind {
        ChangeKind::PutBucketEncryption => {
            let key = "/Rules/0/ApplyServerSideEncryptionByDefault/KMSMasterKeyID";
            shown["key"] = change.after.pointer(key).unwrap().clone();
            return shown;
        }
        ChangeKind::CreateGrant => {
            named(change.after["Name"].as_str(), "Locksmith-");
            let mut grant = change.after.clone();
            grant.as_object_mut().unwrap().remove("Name");
            shown["grant"] = grant;
            return shown;
        }
        ChangeKind::PutRolePolicy | ChangeKind::PutUserPolicy => {
            named(change.policy_name.as_deref(), "Locksmith-");
        }
        _ if change.before.is_none() => shown["new"] = true.into(),
        _ => {}
    }
    let mut added = Vec::new();
    for statement in &change.added {
        let mut statement = statement.clone();
        let sid = statement.as_object_mut().unwrap().remove("Sid");
        named(sid.as_ref().and_then(Value::as_str), "Locksmith");
        added.push(statement);
    }
    shown["added"] = added.into();
    shown
}

/// What must hold of all changes that are offered.
fn promises(world: &Value, told: &Value, changes: &[Change], resolves: bool) -> Vec<String> {
    let mut problems = Vec::new();
    let mut after = world.clone();
    for change in changes {
        let stands = slot(&mut after, change).clone();
        if change.kind.is_shared_document() {
            let text = match &stands {
                Value::Null => None,
                Value::String(text) => Some(text.clone()),
                object => Some(object.to_string()),
            };
            // URL-encoded text is put back as the JSON text that it stands for.
            let text = text.map(|text| {
                if text.starts_with('%') {
                    percent_decode_str(&text).decode_utf8().unwrap().into_owned()
                } else {
                    text
                }
            });
            let before = text.as_deref().map(|text| document::normal(text).unwrap());
            if before != change.before {
                problems.push(format!("before is not what stands there: {:?}", change.before));
            }
            let put = document::with(text.as_deref(), &change.added).unwrap();
            if document::normal(&put).unwrap() != change.after {
                problems.push(format!("after is not before with what is added: {}", change.after));
            }
        } else if change.kind.is_inline_policy()
            && (change.before.is_some() || change.after["Statement"] != json!(change.added))
        {
            problems.push("an inline policy holds more than what is added".to_owned());
        }
        for text in [&change.inverse, &change.why] {
            if text.is_empty() {
                problems.push("a change without words".to_owned());
            }
        }
        if change.size.is_some_and(locksmith_core::plan::Size::is_over) {
            problems.push(format!("larger than AWS takes: {:?}", change.size));
        }
        put(&mut after, change);
    }
    let expected = if resolves { Verdict::Allowed } else { Verdict::Denied };
    let found = verdict(&after, told);
    if found != expected {
        problems.push(format!("{found:?} with the changes made"));
    }
    problems
}

/// What is right of every plan, whatever the case expects.
fn sound(world: &Value, told: &Value, plan: &Plan) -> Vec<String> {
    let mut problems = Vec::new();
    if plan.digest.as_str() != digest_of(&plan.changes) {
        problems.push("the digest is not made by its recipe".to_owned());
    }
    let mut reworded = plan.changes.clone();
    for change in &mut reworded {
        change.why.push('!');
        change.inverse.clear();
        change.managed_by = None;
    }
    if Digest::of_changes(&reworded) != plan.digest {
        problems.push("the digest depends on words".to_owned());
    }
    if *plan != self::plan(world, &options(told)) {
        problems.push("planned twice it is another plan".to_owned());
    }
    let text = serde_json::to_string(plan).unwrap();
    if serde_json::from_str::<Plan>(&text).unwrap() != *plan {
        problems.push("written and read it is another plan".to_owned());
    }
    if plan.changes.is_empty() && plan.resolves {
        problems.push("it resolves without a change".to_owned());
    }
    let proved = plan.proof.nothing_else_opened && plan.proof.before == Verdict::Denied;
    let compared = plan.changes.iter().any(|one| one.kind != ChangeKind::PutBucketEncryption);
    if !plan.changes.is_empty() && !(proved && (!compared || plan.proof.checked > 100)) {
        problems.push(format!("not proved: {:?}", plan.proof));
    }
    if !plan.changes.is_empty() {
        problems.extend(promises(world, told, &plan.changes, plan.resolves));
    }
    for step in &plan.manual {
        if step.what_to_do.is_empty() || step.owner.is_empty() {
            problems.push(format!("a step without words: {step:?}"));
        }
    }
    let mut risk = None;
    for other in &plan.alternatives {
        if Some(other.risk) < risk {
            problems.push("alternatives are not ranked by risk".to_owned());
        }
        risk = Some(other.risk);
        if other.changes.is_empty() {
            if other.digest.is_some() || other.what_to_do.is_none() {
                problems.push(format!("an alternative by hand: {other:?}"));
            }
            continue;
        }
        if other.digest.as_ref().map(Digest::as_str) != Some(&*digest_of(&other.changes)) {
            problems.push("an alternative's digest is not made by its recipe".to_owned());
        }
        problems.extend(promises(world, told, &other.changes, plan.resolves));
    }
    problems
}

fn shown_alternative(alternative: &Alternative) -> Value {
    let kinds: Vec<ChangeKind> = alternative.changes.iter().map(|change| change.kind).collect();
    json!({"kinds": kinds, "risk": alternative.risk})
}

/// Whether every step is expected, and every expected one is there.
fn steps(expected: &[Value], plan: &Plan) -> bool {
    let fits = |expected: &Value, step: &locksmith_core::plan::Manual| {
        let contains =
            |key: &str, text: &str| expected[key].as_str().is_none_or(|part| text.contains(part));
        expected["cause"] == *step.cause
            && contains("owner", &step.owner)
            && contains("target", &step.target)
            && contains("says", &step.what_to_do)
    };
    expected.len() == plan.manual.len()
        && expected.iter().all(|one| plan.manual.iter().any(|step| fits(one, step)))
        && plan.manual.iter().all(|step| expected.iter().any(|one| fits(one, step)))
}

fn differences(world: &Value, told: &Value) -> Vec<String> {
    let expect = &told["expect"];
    let plan = plan(world, &options(told));
    let mut problems = sound(world, told, &plan);
    let changes: Vec<Value> = plan.changes.iter().map(|one| shown(one, &mut problems)).collect();
    let alternatives: Vec<Value> = plan.alternatives.iter().map(shown_alternative).collect();
    let mut compare = |what: &str, expected: &Value, found: Value| {
        if *expected != found {
            problems.push(format!("{what}:\n    expected {expected}\n    found    {found}"));
        }
    };
    compare("resolves", &expect["resolves"], plan.resolves.into());
    compare("changes", &expect["changes"], changes.into());
    if !expect["alternatives"].is_null() {
        compare("alternatives", &expect["alternatives"], alternatives.into());
    }
    if !expect["proof"].is_null() {
        let proof = json!({"before": plan.proof.before, "after": plan.proof.after});
        compare("proof", &expect["proof"], proof);
    }
    if let Some(relies_on) = expect["relies_on"].as_u64() {
        compare("relies_on", &relies_on.into(), plan.relies_on.len().into());
    }
    if let Some(size) = expect.get("size") {
        let found = plan.changes.iter().find_map(|change| change.size);
        compare("size", size, json!(found));
    }
    // By the recipe of names, worked out beside it.
    let names: Vec<String> =
        plan.changes.iter().flat_map(Change::leaves).map(|leaves| leaves.name).collect();
    if let Some(name) = told["named"].as_str() {
        compare("names", &json!([name]), json!(names));
    }
    if told["unlike"].as_str().is_some_and(|name| names.iter().any(|one| one == name)) {
        problems.push("the name is somebody else's".to_owned());
    }
    let steps_expected = expect["manual"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !steps(steps_expected, &plan) {
        problems.push(format!(
            "manual:\n    expected {steps_expected:?}\n    found {:#?}",
            plan.manual
        ));
    }
    let says: Vec<&str> = plan.changes.iter().map(|change| &*change.why).collect();
    for part in expect["why"].as_array().into_iter().flatten() {
        let part = part.as_str().unwrap();
        let why = &plan.alternatives;
        if !says.iter().any(|text| text.contains(part))
            && !why.iter().any(|other| other.why.contains(part))
        {
            problems.push(format!("nothing says `{part}`: {says:?}"));
        }
    }
    problems
}

#[test]
fn every_case_has_its_plan() {
    let (mut count, mut failures) = (0, String::new());
    for case in cases::all("plan") {
        count += 1;
        for difference in differences(&filled(&case), &case.told) {
            writeln!(failures, "{}: {difference}", case.id()).unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(count >= 235, "the corpus has shrunk to {count} cases");
}
