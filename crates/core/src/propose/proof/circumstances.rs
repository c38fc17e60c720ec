//! Under which circumstances: the condition keys that the caller does not decide.

use super::resources::{members, neighbours};
use super::subject::Subject;
use super::universe::Ranked;
use super::{callers, samples};
use crate::context::{Context, Fact, Key, World};
use crate::evaluate::{Caller, Constraints, Grant};
use crate::policy::{Clause, Condition, Pattern, Statement};
use crate::propose::intent::{Intended, Usage};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// How many circumstances of a service there are at most.
const MOST: usize = 128;
/// How many values of a key are tried.
const VALUES: usize = 40;
/// How many grants are asked for under their own constraints.
const GRANTS: usize = 4;

/// Condition keys with their values; others are absent.
pub(super) type Circumstance = BTreeMap<String, Fact>;

/// A condition key with the values that are tried.
struct Dimension {
    key: String,
    values: Vec<Fact>,
}

/// Circumstances as they are meant, without anything, and changed in one key or two.
pub(super) fn circumstances(subject: &Subject<'_>, service: &str) -> Ranked<Circumstance> {
    let mut all = Ranked::new(MOST);
    let time = time(subject);
    let meant: Vec<Circumstance> =
        subject.meant(service).flat_map(|one| as_meant(one, &time)).collect();
    all.extend(meant.iter().cloned());
    if service == "kms" {
        all.extend(subject.grants.iter().take(GRANTS).map(|grant| as_granted(grant)));
    }
    all.extend([time.clone(), Circumstance::new()]);
    let mut all = all.all_near();
    let of_intent = of_intent(subject, service);
    let of_conditions = of_conditions(subject, service);
    for base in meant.iter().take(2) {
        for dimension in of_intent.iter().chain(&of_conditions) {
            all.extend(dimension.changes(base));
        }
    }
    for base in meant.iter().take(1) {
        for (place, one) in of_intent.iter().enumerate() {
            let twice = of_intent.iter().skip(place + 1);
            for other in twice {
                for changed in one.changes(base).into_iter().take(4) {
                    all.extend(other.changes(&changed).into_iter().take(8));
                }
            }
        }
    }
    for dimension in of_intent.iter().chain(&of_conditions) {
        all.extend(dimension.changes(&time));
    }
    all
}

/// The circumstances under which a statement's conditions hold, and those in which one of them does
/// not, or its key is missing.
pub(super) fn of_statement(statement: &Statement, subject: &Subject<'_>) -> Vec<Circumstance> {
    let mut fulfilled = time(subject);
    let mut failing = Vec::new();
    for condition in &statement.conditions {
        let key = condition.key.as_str();
        let about: Vec<&Condition> =
            statement.conditions.iter().filter(|one| one.key == condition.key).collect();
        let facts = about.iter().flat_map(|one| samples::facts(one, &subject.own_keys));
        let (good, bad): (Vec<Fact>, Vec<Fact>) = facts.partition(|fact| {
            let mut context = Context::new(World::Closed);
            context.set(key, fact.clone());
            about.iter().all(|condition| condition.holds(&context).is_yes())
        });
        fulfilled.extend(good.into_iter().next().map(|fact| (key.to_owned(), fact)));
        failing.extend(bad.into_iter().next().map(|fact| (key.to_owned(), fact)));
    }
    let mut all = vec![fulfilled.clone()];
    for (key, fact) in failing {
        let mut other = fulfilled.clone();
        other.insert(key, fact);
        all.push(other);
    }
    for key in fulfilled.keys() {
        let mut other = fulfilled.clone();
        other.remove(key);
        all.push(other);
    }
    all
}

/// The context of a caller's request.
pub(super) fn context(caller: &Caller, circumstance: &Circumstance) -> Context {
    let mut facts = callers::facts(caller);
    let mut pairs = Vec::new();
    for (key, fact) in circumstance {
        let key = Key::new(key);
        if callers::OWN_KEYS.contains(&key.lower()) {
            continue;
        }
        if key.lower().starts_with(PAIR) {
            pairs.extend(key.as_str().get(PAIR.len()..).map(str::to_owned));
        }
        facts.push((key, fact.clone()));
    }
    if !pairs.is_empty() {
        facts.push((Key::new("kms:EncryptionContextKeys"), Fact::many(pairs)));
    }
    Context::of(facts, World::Closed)
}

/// What begins the keys of an encryption context's pairs, in lower case.
const PAIR: &str = "kms:encryptioncontext:";
const PAIR_AS_WRITTEN: &str = "kms:EncryptionContext:";

/// A time at which it is still allowed; nothing where there is no end.
fn time(subject: &Subject<'_>) -> Circumstance {
    let before = subject.intent.until.and_then(|until| instant(until.saturating_sub(3600)));
    before.map(|fact| ("aws:CurrentTime".to_owned(), fact)).into_iter().collect()
}

fn instant(second: i64) -> Option<Fact> {
    Timestamp::from_second(second).ok().map(|at| Fact::one(&at.to_string()))
}

/// The circumstances that are meant: for each pair of the encryption context its first value, and
/// then each of the others.
fn as_meant(one: &Intended, time: &Circumstance) -> Vec<Circumstance> {
    let Some(usage) = &one.usage else { return vec![time.clone()] };
    let mut base = time.clone();
    if let Some(via) = &usage.via {
        base.insert("kms:ViaService".to_owned(), Fact::one(via));
    }
    let values = |usage: &Usage| -> Vec<(String, Vec<Fact>)> {
        let pairs = usage.context.iter();
        pairs
            .map(|(pair, reaches)| {
                let firsts = reaches.iter().flat_map(|reach| members(reach).into_iter().take(1));
                let key = format!("{PAIR_AS_WRITTEN}{pair}");
                (key, firsts.map(|text| Fact::one(&text)).collect())
            })
            .collect()
    };
    let pairs = values(usage);
    for (key, facts) in &pairs {
        base.extend(facts.first().map(|fact| (key.clone(), fact.clone())));
    }
    let mut all = vec![base.clone()];
    for (key, facts) in pairs {
        for fact in facts.into_iter().skip(1) {
            let mut other = base.clone();
            other.insert(key.clone(), fact);
            all.push(other);
        }
    }
    all
}

/// The circumstances that a grant's constraints ask for.
fn as_granted(grant: &Grant) -> Circumstance {
    let Constraints { subset, equals, .. } = &grant.constraints;
    let pairs = subset.iter().chain(equals.iter().flatten());
    pairs.map(|(pair, value)| (format!("{PAIR_AS_WRITTEN}{pair}"), Fact::one(value))).collect()
}

impl Dimension {
    fn new(key: &str) -> Self {
        Self { key: key.to_owned(), values: Vec::new() }
    }

    fn add(&mut self, facts: impl IntoIterator<Item = Fact>) {
        for fact in facts {
            if self.values.len() < VALUES && !self.values.contains(&fact) {
                self.values.push(fact);
            }
        }
    }

    /// A circumstance without this key, and with each of its values.
    fn changes(&self, base: &Circumstance) -> Vec<Circumstance> {
        let mut without = base.clone();
        without.remove(&self.key);
        let with = self.values.iter().map(|value| {
            let mut with = base.clone();
            with.insert(self.key.clone(), value.clone());
            with
        });
        [without.clone()].into_iter().chain(with).collect()
    }
}

/// What the intent says of circumstances, and what is next to it.
fn of_intent(subject: &Subject<'_>, service: &str) -> Vec<Dimension> {
    let mut dimensions: Vec<Dimension> = Vec::new();
    if service == "kms" {
        let mut via = Dimension::new("kms:ViaService");
        for usage in subject.meant("kms").filter_map(|one| one.usage.as_ref()) {
            let near = usage.via.as_deref().map_or_else(Vec::new, vias);
            via.add(near.iter().map(|text| Fact::one(text)));
        }
        via.add([Fact::one("s3.us-east-1.amazonaws.com")]);
        dimensions.push(via);
        let mut extra = Dimension::new("kms:EncryptionContext:locksmith-extra");
        extra.add([Fact::one(samples::SOMETHING)]);
        dimensions.extend(pairs(subject));
        dimensions.push(extra);
    }
    if let Some(until) = subject.intent.until {
        let mut time = Dimension::new("aws:CurrentTime");
        time.add(
            [0, -1, 1, 315_360_000]
                .map(|more| until.saturating_add(more))
                .into_iter()
                .filter_map(instant),
        );
        dimensions.push(time);
    }
    dimensions
}

/// The encryption context's pairs that are meant; where none is, the pair that S3 sends.
fn pairs(subject: &Subject<'_>) -> Vec<Dimension> {
    let mut dimensions: BTreeMap<&str, Dimension> = BTreeMap::new();
    let usages = subject.meant("kms").filter_map(|one| one.usage.as_ref());
    for (pair, reaches) in usages.flat_map(|usage| &usage.context) {
        let dimension = dimensions
            .entry(pair)
            .or_insert_with(|| Dimension::new(&format!("{PAIR_AS_WRITTEN}{pair}")));
        // One of each first, so that no form is crowded out.
        for reach in reaches {
            dimension.add(members(reach).iter().map(|text| Fact::one(text)));
        }
        for reach in reaches {
            let near = neighbours(reach, &subject.own_keys);
            dimension.add(near.iter().map(|text| Fact::one(text)));
        }
    }
    dimensions.into_values().collect()
}

/// The service through which a key is used, in another Region, and other services.
fn vias(via: &str) -> Vec<String> {
    let (service, rest) = via.split_once('.').unwrap_or((via, ""));
    let (region, suffix) = rest.split_once('.').unwrap_or((rest, ""));
    let other = if region == "ap-south-2" { "us-west-1" } else { "ap-south-2" };
    vec![
        via.to_owned(),
        format!("{service}.{other}.{suffix}"),
        format!("lambda.{rest}"),
        format!("{via}x"),
        samples::swapped(via),
        format!("x{via}"),
    ]
}

/// The keys that the document's statements ask for, with the values that are named for them
/// anywhere.
fn of_conditions(subject: &Subject<'_>, service: &str) -> Vec<Dimension> {
    let mut dimensions: BTreeMap<String, Dimension> = BTreeMap::new();
    for statement in &subject.own {
        for condition in &statement.conditions {
            add_key(&mut dimensions, condition.key.as_str(), service);
            for value in &condition.values {
                add_variables(&mut dimensions, &value.pattern, service);
            }
        }
        let resources = statement.resource.iter().flat_map(Clause::listed);
        for pattern in resources {
            add_variables(&mut dimensions, pattern, service);
        }
    }
    for condition in subject.conditions() {
        if let Some(dimension) = dimensions.get_mut(condition.key.lower()) {
            dimension.add(samples::facts(condition, &subject.own_keys));
        }
    }
    dimensions.into_values().collect()
}

fn add_variables(dimensions: &mut BTreeMap<String, Dimension>, pattern: &Pattern, service: &str) {
    for key in samples::variables(pattern) {
        add_key(dimensions, &key, service);
        if let Some(dimension) = dimensions.get_mut(&key.to_ascii_lowercase()) {
            dimension.add([Fact::one(samples::SOMETHING)]);
        }
    }
}

/// Of the keys of services only those of the service that is asked count.
fn add_key(dimensions: &mut BTreeMap<String, Dimension>, key: &str, service: &str) {
    let lower = key.to_ascii_lowercase();
    let of = lower.split(':').next().unwrap_or_default();
    let foreign = ["s3", "kms", "sts", "iam"].contains(&of) && of != service;
    if !foreign && !callers::OWN_KEYS.contains(&&*lower) {
        dimensions.entry(lower).or_insert_with(|| Dimension::new(key));
    }
}
