//! What a plan must be: it mends what may be mended, opens nothing else, and comes out again.

use super::changed::{put, slot};
use super::check::{Failures, broken, diagnose, evidence, names};
use super::faults::Fault;
use super::random::Random;
use super::setup::Setup;
use super::strangers;
use locksmith_core::call::PlainRequest;
use locksmith_core::diagnosis::Verdict;
use locksmith_core::explain::explain_request;
use locksmith_core::plan::{Change, ChangeKind, Digest, Plan, Scope, document};
use locksmith_core::propose::{PlanOptions, plan_record};
use locksmith_core::record::records;
use serde_json::Value;

/// Of so many plans one is held against a thousand calls.
const SAMPLE: usize = 10;

/// Plans for a set-up with faults, and holds the plan against what it promises.
pub(crate) fn mended(
    setup: &Setup,
    faults: &[&Fault],
    random: &mut Random,
    failures: &mut Failures,
) {
    failures.count += 1;
    let mut world = broken(setup, faults, random);
    strangers::invite(&mut world, random);
    let options = options(random);
    let case = format!("{}: {} ({:?})", setup.name, names(faults), options.scope);
    let plan = plan(&world, &options);
    let found = diagnose(&world);
    let causes = found["causes"].as_array().unwrap();
    let automatic = |cause: &&Value| cause["fix"] == "automatic";
    let may_be_mended = causes.iter().filter(automatic).count();
    let mut problems = Vec::new();
    if plan.digest != Digest::of_changes(&plan.changes) {
        problems.push("the digest is not that of the changes".to_owned());
    }
    if may_be_mended == 0 && (!plan.changes.is_empty() || plan.resolves) {
        problems.push(format!("nothing may be mended, but: {:#?}", plan.changes));
    }
    if may_be_mended > 0 && may_be_mended == causes.len() && !plan.resolves {
        problems.push(format!("all may be mended, but: {:#?}", plan.manual));
    }
    for cause in causes.iter().filter(|cause| !automatic(cause)) {
        if !plan.manual.iter().any(|step| step.cause == cause["code"].as_str().unwrap()) {
            problems.push(format!("{} is left to nobody", cause["code"]));
        }
    }
    if !plan.changes.is_empty() {
        problems.extend(holds(setup, &world, &plan, &plan.changes, &options, random));
    }
    for alternative in plan.alternatives.iter().filter(|one| !one.changes.is_empty()) {
        let digest = Some(Digest::of_changes(&alternative.changes));
        if alternative.digest != digest {
            problems.push("an alternative's digest is not that of its changes".to_owned());
        }
        let more = holds(setup, &world, &plan, &alternative.changes, &options, random);
        problems.extend(more.into_iter().map(|problem| format!("alternative: {problem}")));
    }
    for problem in problems {
        failures.add(&case, &problem);
    }
}

pub(crate) fn options(random: &mut Random) -> PlanOptions {
    let scope = *random.one_of(&[Scope::Object, Scope::Object, Scope::Prefix, Scope::Bucket]);
    let expires = random.below(4) == 0;
    PlanOptions {
        scope,
        now: expires.then(|| "2026-11-20T10:00:00Z".parse().unwrap()),
        expires_at: expires.then(|| "2026-11-20T18:00:00Z".parse().unwrap()),
    }
}

pub(crate) fn plan(world: &Value, options: &PlanOptions) -> Plan {
    let record = records(world["event"].to_string().as_bytes()).unwrap();
    plan_record(&record[0], &evidence(world).unwrap(), options)
}

/// What must hold of changes that are offered.
fn holds(
    setup: &Setup,
    world: &Value,
    plan: &Plan,
    changes: &[Change],
    options: &PlanOptions,
    random: &mut Random,
) -> Vec<String> {
    let mut problems = Vec::new();
    let mut after = world.clone();
    for change in changes {
        let slot = slot(&mut after, change);
        let stood = slot.is_object().then(|| document::with_list(slot.clone()));
        if change.kind.is_shared_document() && stood != change.before {
            problems.push(format!("before is not what stands there: {}", change.target));
        }
        if change.kind.is_shared_document() {
            let text = slot.to_string();
            let text = change.before.as_ref().map(|_| text.as_str());
            let put = document::with(text, &change.added).unwrap();
            if !document::same(&document::normal(&put).unwrap(), &change.after) {
                problems.push("after is not before with what is added".to_owned());
            }
            let back = document::without(&put, &change.added).unwrap();
            if back.as_deref() != text {
                problems.push("what is taken out does not leave what was there".to_owned());
            }
        }
        put(&mut after, change);
    }
    let found = diagnose(&after);
    let left: Vec<&Value> = found["causes"].as_array().unwrap().iter().collect();
    let expected = if plan.resolves { "allowed" } else { "denied" };
    if found["verdict"] != expected {
        problems.push(format!("{} with the changes made: {left:?}", found["verdict"]));
    }
    let told = |cause: &Value| plan.manual.iter().any(|step| cause["code"] == *step.cause);
    if left.iter().any(|cause| cause["fix"] == "automatic" && !told(cause)) {
        problems.push(format!("not all was mended: {left:?}"));
    }
    // Planned again there is nothing left to do.
    let again = self::plan(&after, options);
    if plan.resolves && (!again.changes.is_empty() || again.relies_on.is_empty()) {
        let kinds: Vec<_> = changes.iter().map(|change| change.kind).collect();
        if kinds != [ChangeKind::PutBucketEncryption] {
            problems.push(format!("planned again: {:?} {:?}", again.changes, again.relies_on));
        }
    }
    problems.extend(bystanders(setup, world, &after));
    // A thousand calls around the one that was meant, for a sample of the plans.
    if random.below(SAMPLE) == 0 {
        problems.extend(strangers::differences(setup, [world, &after], changes, options, random));
    }
    problems
}

/// Calls that nobody meant keep their answers.
fn bystanders(setup: &Setup, before: &Value, after: &Value) -> Vec<String> {
    let (before, after) = (evidence(before).unwrap(), evidence(after).unwrap());
    let other = setup.who.entity.replace("ReportReader", "Other").replace("Carol", "Dave");
    let principals = [
        &*other,
        "arn:aws:iam::111111111111:role/shared/DataReader",
        "arn:aws:iam::333333333333:role/Stranger",
        "*",
        "cloudtrail.amazonaws.com",
        &*setup.who.entity,
    ];
    let calls = [
        ("s3:GetObject", "arn:aws:s3:::reports-old/2026/q3.parquet"),
        ("s3:PutObject", "arn:aws:s3:::reports-old/2026/q3.parquet"),
        ("s3:DeleteObject", "arn:aws:s3:::reports/2026/q3.parquet"),
        ("s3:PutBucketPolicy", "arn:aws:s3:::reports"),
        ("kms:PutKeyPolicy", super::setup::KEY),
        ("kms:CreateGrant", super::setup::KEY),
        ("kms:Encrypt", super::setup::KEY),
        ("s3:GetObject", "arn:aws:s3:::reports/2026/q3.parquet"),
        ("s3:PutObject", "arn:aws:s3:::reports/incoming/orders.csv"),
        ("kms:Decrypt", super::setup::KEY),
        ("kms:GenerateDataKey", super::setup::KEY),
        ("sts:AssumeRole", "arn:aws:iam::111111111111:role/shared/DataReader"),
    ];
    let meant = 7;
    let mut problems = Vec::new();
    for principal in principals {
        for (place, (action, resource)) in calls.iter().enumerate() {
            // What the caller itself is meant to get is judged by its own call.
            if principal == setup.who.entity && place >= meant {
                continue;
            }
            let request = PlainRequest {
                principal: principal.to_owned(),
                action: (*action).to_owned(),
                resource: (*resource).to_owned(),
                context: Vec::new(),
            };
            let verdict = |evidence| explain_request(&request, evidence).unwrap().verdict;
            // With another default key more may be known of an upload; nothing else may be allowed.
            let allowed = |verdict| verdict == Verdict::Allowed;
            if allowed(verdict(&before)) != allowed(verdict(&after)) {
                problems.push(format!(
                    "{principal} {action} on {resource}: {:?} became {:?}",
                    verdict(&before),
                    verdict(&after)
                ));
            }
        }
    }
    problems
}
