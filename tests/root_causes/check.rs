//! What a diagnosis must hold.

use super::faults::{Expected, Fault};
use super::random::Random;
use super::setup::{Setup, at};
use locksmith_core::diagnosis::Diagnosis;
use locksmith_core::evidence::{Evidence, EvidenceError};
use locksmith_core::explain::explain_record;
use locksmith_core::record::records;
use serde_json::Value;
use std::fmt::Write as _;

/// What went wrong, with the number of cases.
#[derive(Default)]
pub(crate) struct Failures {
    pub(crate) count: usize,
    failed: usize,
    text: String,
}

impl Failures {
    pub(crate) fn add(&mut self, case: &str, problem: &str) {
        self.failed += 1;
        if self.failed <= 40 {
            writeln!(self.text, "{case}\n    {problem}").unwrap();
        }
    }

    /// Fails if any case did, or if there were fewer than there should be.
    pub(crate) fn report(self, least: usize) {
        assert!(self.failed == 0, "{} of {} failed\n{}", self.failed, self.count, self.text);
        assert!(self.count >= least, "only {} cases", self.count);
        println!("{} cases", self.count);
    }
}

pub(crate) fn evidence(world: &Value) -> Result<Evidence, EvidenceError> {
    let mut builder = Evidence::builder();
    for (id, account) in world["accounts"].as_object().unwrap() {
        builder.add(&format!("{id}.json"), account.to_string().as_bytes())?;
    }
    if !world["organization"].is_null() {
        builder.add("organization.json", world["organization"].to_string().as_bytes())?;
    }
    Ok(builder.build())
}

pub(crate) fn diagnose(world: &Value) -> Value {
    serde_json::to_value(diagnosis(world)).unwrap()
}

pub(crate) fn diagnosis(world: &Value) -> Diagnosis {
    let record = records(world["event"].to_string().as_bytes()).unwrap();
    explain_record(&record[0], &evidence(world).unwrap())
}

/// The set-up as it stands, and with an error that nothing explains.
pub(crate) fn works(setup: &Setup, failures: &mut Failures) {
    failures.count += 1;
    let found = diagnose(&setup.world);
    let causes = causes(&found);
    if found["verdict"] != "allowed" || !causes.is_empty() {
        let text = format!("{} with {causes:?}\n{:#}", found["verdict"], found["unknowns"]);
        failures.add(setup.name, &text);
    }
    let rows = found["permissions"].as_array().unwrap();
    let actions: Vec<&str> = rows.iter().filter_map(|row| row["action"].as_str()).collect();
    let expected: Vec<&str> = setup.rows.iter().map(|row| row.action).collect();
    if actions != expected {
        failures.add(setup.name, &format!("needs {actions:?}, expected {expected:?}"));
    }
    let confidence = if setup.who.is_user { "certain" } else { "likely" };
    if found["confidence"] != confidence {
        failures.add(setup.name, &format!("{}: {:#}", found["confidence"], found["unknowns"]));
    }
    let found = diagnose(&broken(setup, &[], &mut Random::new(0)));
    let cause = &found["causes"][0];
    let unexplained = found["verdict"] == "allowed"
        && found["confidence"] == "likely"
        && found["causes"].as_array().is_some_and(|causes| causes.len() == 1)
        && cause["code"] == "unexplained"
        && cause["account"] == setup.who.account
        && cause["fix"] == "none"
        && !cause["action"].is_null();
    if !unexplained {
        failures.add(setup.name, &format!("with an error: {} {cause}", found["verdict"]));
    }
}

/// The set-up with faults; without any, with an error alone.
pub(crate) fn broken(setup: &Setup, faults: &[&Fault], random: &mut Random) -> Value {
    let mut world = setup.world.clone();
    let event = at(&mut world, "/event");
    event["errorCode"] = "AccessDenied".into();
    event["errorMessage"] = "Access Denied".into();
    for fault in faults {
        (fault.change)(&mut world, random);
    }
    world
}

pub(crate) fn names(faults: &[&Fault]) -> String {
    let names: Vec<&str> = faults.iter().map(|fault| &*fault.name).collect();
    if names.is_empty() { "nothing broken".into() } else { names.join(" + ") }
}

/// Breaks a set-up and compares the causes with what the faults must yield.
pub(crate) fn breaks(
    setup: &Setup,
    faults: &[&Fault],
    random: &mut Random,
    failures: &mut Failures,
) {
    failures.count += 1;
    let found = diagnose(&broken(setup, faults, random));
    let case = format!("{}: {}", setup.name, names(faults));
    if found["verdict"] != "denied" {
        failures.add(&case, &format!("verdict {}", found["verdict"]));
    }
    let mut expected: Vec<Expected> =
        faults.iter().flat_map(|fault| fault.yields.iter().cloned()).collect();
    expected.sort();
    expected.dedup();
    let causes = causes(&found);
    if causes != expected {
        let missing: Vec<_> = expected.iter().filter(|one| !causes.contains(one)).collect();
        let besides: Vec<_> = causes.iter().filter(|one| !expected.contains(one)).collect();
        failures.add(&case, &format!("missing {missing:?}, besides {besides:?}"));
    }
    for problem in form(setup, faults, &found) {
        failures.add(&case, &problem);
    }
}

/// Code, account, target and action of every cause, sorted.
fn causes(found: &Value) -> Vec<Expected> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut causes: Vec<Expected> = found["causes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cause| ["code", "account", "target", "action"].map(|part| text(&cause[part])))
        .collect();
    causes.sort();
    causes
}

/// What holds for every diagnosis of a denied call, whatever its causes.
fn form(setup: &Setup, faults: &[&Fault], found: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    // A session may have a policy that no event shows, unless AWS names it for the only row.
    let named = faults.iter().any(|fault| fault.name.starts_with("session_policy"));
    let seen = setup.who.is_user || named && setup.rows.len() == 1;
    let confidence = if seen { "certain" } else { "likely" };
    // With an object that is not there the key's row is gone, and with it its unknowns.
    let fewer = faults.iter().any(|fault| fault.voids.iter().any(|void| void.starts_with("row ")));
    if found["confidence"] != confidence && !(named && fewer) {
        problems
            .push(format!("confidence {}, unknowns {}", found["confidence"], found["unknowns"]));
    }
    let rows = found["permissions"].as_array().unwrap();
    let list = found["causes"].as_array().unwrap();
    for cause in list {
        if cause["message"].as_str().is_none_or(str::is_empty) {
            problems.push(format!("no message: {cause}"));
        }
        if !fix_is_right(cause) {
            problems.push(format!("fix {} of {}", cause["fix"], cause["code"]));
        }
        let row = rows.iter().find(|row| row["action"] == cause["action"]);
        let Some(row) = row else {
            problems.push(format!("no row for {}", cause["action"]));
            continue;
        };
        if row["decision"] == "allowed" && cause["code"] != "object.missing" {
            problems.push(format!("{} on a row that is allowed", cause["code"]));
        }
    }
    for row in rows {
        let blamed = list
            .iter()
            .any(|cause| cause["action"] == row["action"] && cause["code"] != "object.missing");
        if (row["decision"] == "allowed") == blamed {
            problems.push(format!("row {} is {}", row["action"], row["decision"]));
        }
    }
    problems
}

/// Guardrails, denials and conditions are nobody's to mend automatically; a missing statement of
/// an ordinary policy is.
fn fix_is_right(cause: &Value) -> bool {
    let code = cause["code"].as_str().unwrap();
    let (layer, problem) = code.split_once('.').unwrap_or((code, ""));
    let guardrails =
        ["scp", "rcp", "permissions_boundary", "session_policy", "vpc_endpoint_policy"];
    let expected = match (layer, problem) {
        (_, "missing") | ("unexplained", _) => "none",
        (layer, _) if guardrails.contains(&layer) => "manual",
        (_, "explicit_deny" | "condition_not_met") => "manual",
        (_, "missing_allow" | "dangling_principal" | "no_account_delegation") => "automatic",
        _ => return ["automatic", "manual"].contains(&cause["fix"].as_str().unwrap()),
    };
    cause["fix"] == expected
}

/// What is decided with facts hidden must hold with all of them known.
pub(crate) fn unsound(
    setup: &Setup,
    full: &Value,
    hidden: &Value,
    facts: &[String],
) -> Vec<String> {
    let mut problems = Vec::new();
    let (before, after) = (&full["verdict"], &hidden["verdict"]);
    if after != "unknown" && after != before {
        problems.push(format!("{before} became {after}: {:?}", causes(hidden)));
    }
    // Where a name could not be read, something else has to stand for it in `target`.
    let named = !facts.iter().any(|fact| fact.ends_with("/Arn") || fact.ends_with("/Name"));
    let key = |[code, account, target, action]: Expected| {
        [code, account, if named { target } else { String::new() }, action]
    };
    let known: Vec<Expected> = causes(full).into_iter().map(key).collect();
    let found = causes(hidden).into_iter().map(key);
    // Within one account it depends on both sides which of them is to be named.
    let either = setup.plan.same_account && setup.plan.operation == "AssumeRole";
    let other_side = |one: &Expected| either && one[0] == "trust_policy.missing_allow";
    // Whether an id dangles may be hidden; that nothing allows is still true.
    let weaker = |one: &Expected| {
        (one[0].ends_with(".missing_allow") || one[0] == "key_policy.no_account_delegation")
            && known
                .iter()
                .any(|full| full[0].ends_with(".dangling_principal") && full[3] == one[3])
    };
    let accepted = |one: &Expected| known.contains(one) || other_side(one) || weaker(one);
    let besides: Vec<Expected> = found.filter(|one| !accepted(one)).collect();
    if !besides.is_empty() {
        problems.push(format!("besides {besides:?}, full {known:?}"));
    }
    if after == "denied" && causes(hidden).is_empty() {
        problems.push("denied without a cause".into());
    }
    let open = after == "unknown";
    if open != (hidden["confidence"] == "open") {
        problems.push(format!("{after}, but confidence {}", hidden["confidence"]));
    }
    if open && hidden["unknowns"].as_array().unwrap().is_empty() {
        problems.push("unknown, and nothing is".into());
    }
    problems
}
