//! Properties of the engine that hold for every policy and request.

#![expect(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

#[path = "properties/engine.rs"]
mod engine;
#[path = "properties/order.rs"]
mod order;
#[path = "properties/strategies.rs"]
mod strategies;

use engine::{Engine, decision, outcomes, rank, refines};
use locksmith_core::context::{Fact, World};
use locksmith_core::evaluate::{Answer, Layer, Outcome, Reason, Source};
use locksmith_core::policy::{Effect, Policy, PolicyKind};
use locksmith_core::tri::Tri;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};
use serde_json::{Value, json};
use std::cell::Cell;

/// How many cases; `LOCKSMITH_TEST_EFFORT` multiplies it.
fn cases() -> u32 {
    let times: Option<u32> =
        std::env::var("LOCKSMITH_TEST_EFFORT").ok().and_then(|text| text.parse().ok());
    2000 * times.unwrap_or(1)
}

/// Checks a property on the same cases in every run; `telling` of them must tell something.
fn check<S: Strategy>(
    strategy: &S,
    telling: u32,
    property: impl Fn(S::Value, &Cell<u32>) -> TestCaseResult,
) {
    let config = Config { cases: cases(), failure_persistence: None, ..Config::default() };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let told = Cell::new(0);
    let mut runner = TestRunner::new_with_rng(config, random);
    if let Err(error) = runner.run(strategy, |value| property(value, &told)) {
        panic!("{error}");
    }
    assert!(told.get() >= telling, "only {} cases told something", told.get());
}

fn told(cell: &Cell<u32>, is: bool) {
    cell.set(cell.get() + u32::from(is));
}

const LAYERS: [&str; 8] = [
    "identity",
    "resource",
    "permission_boundary",
    "session",
    "scps",
    "rcps",
    "vpc_endpoint",
    "identity",
];

/// Adds a statement to a document of a layer; false where there is none to add it to.
fn add(line: &mut Value, layer: &str, mut statement: Value, index: Index) -> bool {
    let action = line["request"]["action"].as_str().unwrap().to_owned();
    strategies::fit_statement(&mut statement, layer, action.split(':').next().unwrap());
    let mut entry = &mut line["policies"][layer];
    while let Some(count) = entry.as_array().map(Vec::len) {
        entry = &mut entry[index.index(count)];
    }
    let statements = entry.get_mut("Statement").and_then(Value::as_array_mut);
    statements.map(|statements| statements.push(statement)).is_some()
}

fn addition(effect: &'static str) -> impl Strategy<Value = (Value, &'static str, Value, Index)> {
    let statement = strategies::decisive(effect);
    (strategies::line(), select(&LAYERS[..]), statement, any::<Index>())
}

#[test]
fn a_deny_never_grants() {
    check(&addition("Deny"), 300, |(line, layer, statement, index), tells| {
        let mut more = line.clone();
        if add(&mut more, layer, statement, index) {
            let (before, after) = (decision(&line), decision(&more));
            told(tells, after != before);
            prop_assert!(rank(after) <= rank(before), "{before:?} became {after:?}: {more}");
        }
        Ok(())
    });
}

#[test]
fn an_allow_never_denies() {
    check(&addition("Allow"), 40, |(line, layer, statement, index), tells| {
        let mut more = line.clone();
        // It may make the bucket public, and Block Public Access then blocks it.
        let publishes = layer == "resource" && line["options"]["s3_block_public_access"] == true;
        if !publishes && add(&mut more, layer, statement, index) {
            let (before, after) = (decision(&line), decision(&more));
            told(tells, after != before);
            prop_assert!(rank(after) >= rank(before), "{before:?} became {after:?}: {more}");
        }
        Ok(())
    });
}

#[test]
fn order_is_irrelevant() {
    check(&strategies::line(), 200, |line, tells| {
        let before = outcomes(&line.to_string());
        told(tells, before.0 == Answer::Allowed);
        let (mut statements, mut lists) = (line.clone(), line.clone());
        order::reverse_statements(&mut statements);
        prop_assert_eq!(&outcomes(&statements.to_string()), &before, "statements of {}", line);
        order::reverse_lists(&mut lists);
        prop_assert_eq!(&outcomes(&lists.to_string()), &before, "lists of {}", line);
        prop_assert_eq!(&outcomes(&order::print_reversed(&line)), &before, "members of {}", line);
        Ok(())
    });
}

#[test]
fn case_of_keys_and_actions_is_irrelevant() {
    check(&strategies::line(), 200, |line, tells| {
        let mut changed = line.clone();
        order::change_case(&mut changed);
        let before = outcomes(&line.to_string());
        told(tells, before.0 == Answer::Allowed);
        prop_assert_eq!(outcomes(&changed.to_string()), before, "{}", changed);
        Ok(())
    });
}

/// Makes facts of all that is unknown: keys get values or are absent, and what could not be read
/// turns out to be a document, or not to be there where that is possible.
fn resolve(line: &mut Value, choices: &[Index], document: &Value) {
    let unknown: Vec<Value> = std::mem::take(line["unknown_context"].as_array_mut().unwrap());
    for (key, choice) in unknown.iter().zip(choices) {
        let key = key.as_str().unwrap();
        let (_, values) = strategies::KEYS.iter().find(|(name, _)| *name == key).unwrap();
        if let Some(value) = values.get(choice.index(values.len() + 1)) {
            let value = if key == "aws:TagKeys" { json!([value]) } else { json!(value) };
            line["request"]["context"][key] = value;
        }
    }
    let action = line["request"]["action"].as_str().unwrap().to_owned();
    let service = action.split(':').next().unwrap().to_owned();
    for layer in &LAYERS[..7] {
        let document = strategies::fit(document.clone(), layer, &service);
        let entry = &mut line["policies"][*layer];
        // Of a layer that could not be read it is open whether it is in force at all.
        if entry.get("unreadable").is_some() {
            let levels = matches!(*layer, "scps" | "rcps");
            let single = matches!(*layer, "resource" | "session");
            *entry = match choices[0].index(3) {
                0 => Value::Null,
                _ if levels => json!([[document]]),
                _ if single => document,
                _ => json!([document]),
            };
        } else {
            read(entry, &document, matches!(*layer, "scps" | "rcps"));
        }
    }
    let grants = &mut line["policies"]["grants"];
    if grants.get("unreadable").is_some() {
        *grants = match choices[1].index(3) {
            0 => Value::Null,
            _ => json!([{"GrantId": "g", "Operations": ["Decrypt", "GenerateDataKey"],
                         "GranteePrincipal": "arn:aws:iam::222222222222:role/Etl"}]),
        };
    }
}

/// Puts a document in place of each that could not be read.
fn read(entry: &mut Value, document: &Value, levels: bool) {
    match entry {
        Value::Array(list) => {
            for one in list.iter_mut() {
                // A level that could not be read is a list.
                if levels && one.get("unreadable").is_some() {
                    *one = json!([document]);
                } else {
                    read(one, document, false);
                }
            }
        }
        Value::Object(fields) if fields.contains_key("unreadable") => *entry = document.clone(),
        _ => {}
    }
}

fn resolution() -> impl Strategy<Value = (Value, Vec<Index>, Value)> {
    let effect = select(vec!["Allow", "Allow", "Deny"]);
    let document = strategies::statement(effect)
        .prop_map(|statement| json!({"Version": "2012-10-17", "Statement": [statement]}));
    let choices = prop::collection::vec(any::<Index>(), strategies::KEYS.len());
    (strategies::line(), choices, document)
}

#[test]
fn a_fact_never_flips_what_is_decided() {
    check(&resolution(), 150, |(line, choices, document), tells| {
        let mut known = line.clone();
        resolve(&mut known, &choices, &document);
        let (before, open) = outcomes(&line.to_string());
        let (after, decided) = outcomes(&known.to_string());
        told(tells, before == Answer::Unknown && after != Answer::Unknown);
        prop_assert!(refines(before, after), "{before:?} became {after:?}: {line} known: {known}");
        for ((layer, before), (_, after)) in open.iter().zip(&decided) {
            let stays = before == "unknown" || before == after;
            prop_assert!(stays, "{layer:?} {before} became {after}: {line} known: {known}");
        }
        Ok(())
    });
}

/// The open world of a diagnosis: what it decides is so in a world in which all else is absent,
/// or present, and whatever an organization that is not ours is called.
#[test]
fn an_open_world_decides_no_more_than_is_so() {
    let keys: Vec<&str> = strategies::KEYS.iter().map(|(key, _)| *key).collect();
    let strategy = (strategies::line(), select(keys), any::<Index>());
    check(&strategy, 80, |(line, key, index), tells| {
        let open = Engine::new(&line, World::Open).decide();
        let closed = Engine::new(&line, World::Closed).decide();
        told(tells, open.answer == Answer::Unknown && closed.answer != Answer::Unknown);
        prop_assert!(refines(open.answer, closed.answer), "{:?} {:?}: {line}", open, closed);
        let (_, values) = strategies::KEYS.iter().find(|(name, _)| *name == key).unwrap();
        let mut excluded = Engine::new(&line, World::Closed);
        excluded.context.set(key, Fact::NoneOf(vec!["o-abc".into(), "bo".into()]));
        let excluded = excluded.decide();
        for fact in [Fact::Absent, Fact::one("o-zzz"), Fact::one(values[index.index(values.len())])]
        {
            if fact == Fact::one("bob") || fact == Fact::one("o-abc") {
                continue;
            }
            let mut known = Engine::new(&line, World::Closed);
            known.context.set(key, fact.clone());
            let known = known.decide();
            let (before, after) = (excluded.answer, known.answer);
            prop_assert!(refines(before, after), "{before:?} {after:?} {key} {fact:?}: {line}");
        }
        Ok(())
    });
}

/// What the statements of a layer (or of one level) say together.
fn says(reasons: &[&Reason], effect: Effect) -> Tri {
    let of_effect = reasons.iter().filter(|reason| reason.effect == effect);
    of_effect.fold(Tri::No, |sum, reason| sum | reason.matched)
}

fn outcome(deny: Tri, allow: Tri) -> Outcome {
    match (deny, allow) {
        (Tri::Yes, _) => Outcome::ExplicitDeny,
        (Tri::No, Tri::Yes) => Outcome::Allow,
        (Tri::No, Tri::No) => Outcome::NoAllow,
        _ => Outcome::Unknown,
    }
}

/// The outcome of a layer as its reasons tell it, level by level; an unreadable document may say
/// anything.
fn told_by(levels: &[Vec<Source>], reasons: &[&Reason]) -> Outcome {
    let (mut deny, mut allow, mut first) = (Tri::No, Tri::Yes, 0);
    for level in levels {
        let next = first + u32::try_from(level.len()).unwrap();
        let within: Vec<&Reason> = reasons
            .iter()
            .copied()
            .filter(|reason| (first..next).contains(&reason.policy))
            .collect();
        let open = Tri::No | if level.iter().any(is_unreadable) { Tri::Unknown } else { Tri::No };
        deny = deny | says(&within, Effect::Deny) | open;
        allow = allow & (says(&within, Effect::Allow) | open);
        first = next;
    }
    outcome(deny, allow)
}

fn is_unreadable(source: &Source) -> bool {
    matches!(source, Source::Unreadable(_))
}

#[test]
fn an_explanation_agrees_with_its_decision() {
    let strategy = (strategies::line(), any::<bool>());
    check(&strategy, 200, |(line, open), tells| {
        let engine = Engine::new(&line, if open { World::Open } else { World::Closed });
        let (decision, reasons) = engine.explain();
        prop_assert_eq!(engine.decide(), decision, "{}", line);
        told(tells, decision.answer == Answer::Allowed);
        let policies = &engine.policies;
        let one = |documents: &Option<Vec<Source>>| documents.clone().map(|list| vec![list]);
        let layers = [
            (Layer::IdentityPolicy, one(&policies.identity)),
            (Layer::PermissionsBoundary, one(&policies.permissions_boundary)),
            (Layer::SessionPolicy, one(&policies.session)),
            (Layer::VpcEndpointPolicy, one(&policies.vpc_endpoint)),
            (Layer::Scp, policies.scps.clone().filter(|_| engine.is_member())),
        ];
        let resource = policies.resource.iter();
        let resource = resource.map(|policy| (policy.layer, Some(vec![policy.documents.clone()])));
        for (layer, levels) in layers.into_iter().chain(resource) {
            let Some(levels) = levels else { continue };
            let of_layer: Vec<&Reason> =
                reasons.iter().filter(|reason| reason.layer == layer).collect();
            let (expected, found) = (told_by(&levels, &of_layer), decision.outcome(layer));
            prop_assert_eq!(found, expected, "{:?}: {}", layer, line);
            let narrows = !matches!(
                layer,
                Layer::IdentityPolicy | Layer::BucketPolicy | Layer::KeyPolicy | Layer::TrustPolicy
            );
            let limits =
                narrows && layer != Layer::PermissionsBoundary && layer != Layer::SessionPolicy;
            if decision.answer == Answer::Allowed && limits {
                prop_assert_eq!(found, Outcome::Allow, "{:?}: {}", layer, line);
            }
        }
        let denies = |reason: &Reason| reason.effect == Effect::Deny && reason.matched.is_yes();
        let allows = |reason: &Reason| reason.effect == Effect::Allow && reason.matched.is_yes();
        let public = decision.outcome(Layer::BlockPublicAccess) == Outcome::ExplicitDeny;
        let is_denied = reasons.iter().any(denies) || public;
        prop_assert_eq!(decision.answer == Answer::ExplicitlyDenied, is_denied, "{}", line);
        if decision.answer == Answer::Allowed {
            let root = line["request"]["principal"].as_str().unwrap().ends_with(":root");
            prop_assert!(root || reasons.iter().any(allows), "nothing allows: {line}");
        }
        for reason in &reasons {
            // The elements tell whether the statement matched.
            let condition = match (reason.failed_conditions, reason.unknown_conditions) {
                (0, 0) => Tri::Yes,
                (0, _) => Tri::Unknown,
                _ => Tri::No,
            };
            let all = reason.principal & reason.action & reason.resource & condition;
            prop_assert_eq!(all, reason.matched, "{:?}: {}", reason, line);
        }
        Ok(())
    });
}

#[test]
fn what_is_printed_is_parsed_again() {
    let kinds = [
        ("identity", "s3", PolicyKind::Identity),
        ("scps", "s3", PolicyKind::Scp),
        ("rcps", "s3", PolicyKind::Rcp),
        ("vpc_endpoint", "s3", PolicyKind::VpcEndpoint),
        ("resource", "s3", PolicyKind::Resource),
        ("resource", "kms", PolicyKind::Key),
        ("resource", "sts", PolicyKind::Trust),
    ];
    let effect = select(vec!["Allow", "Deny"]);
    let statements = prop::collection::vec(strategies::statement(effect), 1..=3);
    let version = select(vec![json!("2012-10-17"), json!("2008-10-17"), Value::Null]);
    let strategy = (select(kinds.to_vec()), statements, version, any::<bool>());
    check(&strategy, 2000, |((layer, service, kind), statements, version, reversed), tells| {
        let mut document = strategies::fit(json!({"Statement": statements}), layer, service);
        if !version.is_null() {
            document["Version"] = version;
            document["Id"] = "of \"many\"\u{e9}".into();
        }
        document["Statement"][0]["Sid"] = "First".into();
        let text = if reversed { order::print_reversed(&document) } else { document.to_string() };
        let policy =
            Policy::parse(&text, kind).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let printed = serde_json::to_string(&policy).unwrap();
        let again = Policy::parse(&printed, kind);
        prop_assert_eq!(again.as_ref(), Ok(&policy), "{} printed {}", text, printed);
        prop_assert_eq!(serde_json::to_string(&again.unwrap()).unwrap(), printed);
        told(tells, true);
        Ok(())
    });
}
