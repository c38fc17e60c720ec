//! From a denied call and the evidence to a plan: the smallest change after which the call succeeds,
//! and its proof.
//!
//! A cause names what is missing; `want` says what is meant to be allowed and where; `statement`
//! writes it; `slot` puts it into the document that stands there; `draft` repeats that until no
//! cause is left that may be mended; `proof` compares each document before and after. A way that
//! fails its proof is never shown.

mod alternatives;
mod draft;
mod grantable;
mod intent;
mod managed;
mod manual;
mod name;
mod proof;
mod risk;
mod slot;
mod statement;
mod want;
mod way;
mod words;

use crate::call::{Call, PlainRequest, RequestError};
use crate::context::Fact;
use crate::diagnosis::{Cause, Fix, Verdict};
use crate::evidence::Evidence;
use crate::explain::{self, Explained};
use crate::plan::{Alternative, Digest, Manual, Plan, Proof, Scope};
use crate::record::Record;
use jiff::Timestamp;
use way::Way;

/// What a plan should be like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlanOptions {
    /// How much the caller is to reach.
    pub scope: Scope,
    /// Now: what a call without a time is proved at.
    pub now: Option<Timestamp>,
    /// When the statements stop having effect.
    pub expires_at: Option<Timestamp>,
}

impl PlanOptions {
    /// Times as policies compare them.
    fn in_whole_seconds(self) -> Self {
        let whole = |at: Timestamp| Timestamp::from_second(at.as_second()).unwrap_or(at);
        Self { now: self.now.map(whole), expires_at: self.expires_at.map(whole), ..self }
    }
}

/// One of the ways to mend a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    key: KeyWay,
    own: OwnWay,
}

/// How the use of a key is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KeyWay {
    Statement,
    Grant,
}

/// On which side a call within one account is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OwnWay {
    Identity,
    Resource,
}

/// The ways, the one that is preferred first.
const CHOICES: [Choice; 4] = [
    Choice { key: KeyWay::Statement, own: OwnWay::Identity },
    Choice { key: KeyWay::Grant, own: OwnWay::Identity },
    Choice { key: KeyWay::Statement, own: OwnWay::Resource },
    Choice { key: KeyWay::Grant, own: OwnWay::Resource },
];

/// Plans for the call of a `CloudTrail` record.
pub fn plan_record(record: &Record, evidence: &Evidence, options: &PlanOptions) -> Plan {
    plan(Call::from_record(record), evidence, options)
}

/// Plans for a call that nobody recorded.
///
/// # Errors
/// [`RequestError`] for a request that cannot be read.
pub fn plan_request(
    request: &PlainRequest,
    evidence: &Evidence,
    options: &PlanOptions,
) -> Result<Plan, RequestError> {
    Ok(plan(Call::from_request(request)?, evidence, options))
}

fn plan(call: Call, evidence: &Evidence, options: &PlanOptions) -> Plan {
    let options = &options.in_whole_seconds();
    let mut call = explain::resolved(call, evidence);
    if let (None, Some(now), Some(_)) = (&call.event, options.now, options.expires_at) {
        // A statement that ends is in force or not by the time of the call.
        let stated = call.stated.iter().any(|(key, _)| key.eq_ignore_ascii_case(CURRENT_TIME));
        if !stated {
            call.stated.push((CURRENT_TIME.to_owned(), Fact::one(&now.to_string())));
        }
    }
    let now = Explained::of(&call, evidence);
    let diagnosis = &now.diagnosis;
    let mut plan = Plan {
        digest: Digest::of_changes(&[]),
        resolves: false,
        changes: Vec::new(),
        alternatives: Vec::new(),
        manual: Vec::new(),
        proof: Proof {
            before: diagnosis.verdict,
            after: diagnosis.verdict,
            nothing_else_opened: true,
            checked: 0,
        },
        call: diagnosis.call.clone(),
        scope: options.scope,
        expires_at: options.expires_at.map(|at| at.to_string()),
        relies_on: Vec::new(),
    };
    if diagnosis.verdict != Verdict::Denied {
        plan.manual = steps(&now);
        plan.relies_on = way::relies_on(&now);
        return plan;
    }
    let mut ways: Vec<Way> = Vec::new();
    let mut obstacles: Vec<Manual> = Vec::new();
    for choice in CHOICES {
        match way::go(&now, evidence, options, choice) {
            Ok(way) if !ways.iter().any(|known| known.digest == way.digest) => ways.push(way),
            Err(why) if obstacles.is_empty() => obstacles = why,
            Ok(_) | Err(_) => {}
        }
    }
    // The first that leaves least to people.
    let least = ways.iter().map(|way| way.manual.len()).min();
    let best = ways.iter().position(|way| Some(way.manual.len()) == least);
    let Some(best) = best.map(|best| ways.remove(best)) else {
        plan.manual = steps(&now);
        add(&mut plan.manual, obstacles);
        return plan;
    };
    let kinds: Vec<_> = best.changes.iter().map(|change| change.kind).collect();
    plan.alternatives = ways
        .into_iter()
        .filter(|way| way.manual.len() == best.manual.len())
        .map(|way| way.into_alternative(&best.changes))
        .chain(alternatives::by_hand(&now, &kinds))
        .collect();
    plan.alternatives.sort_by_key(|alternative: &Alternative| alternative.risk);
    plan.digest = best.digest;
    plan.resolves = best.manual.is_empty();
    plan.changes = best.changes;
    plan.manual = best.manual;
    plan.proof = best.proof;
    plan.relies_on = best.relies_on;
    plan
}

const CURRENT_TIME: &str = "aws:CurrentTime";

/// What people have to do about a diagnosis, apart from what we may mend.
fn steps(explained: &Explained<'_>) -> Vec<Manual> {
    let mut steps = Vec::new();
    for cause in left_to_people(explained) {
        add(&mut steps, vec![step(explained, cause)]);
    }
    steps
}

fn step(explained: &Explained<'_>, cause: &Cause) -> Manual {
    let message = explained.diagnosis.aws_message.as_ref();
    let disagrees = message.is_some_and(|message| !message.agrees);
    // Only what we would else have mended is left because of the message.
    let mendable = disagrees
        && explained.rows.iter().flat_map(|row| row.causes(&explained.facts)).any(|own| {
            own.fix == Fix::Automatic
                && (own.code, &own.target, &own.action)
                    == (cause.code, &cause.target, &cause.action)
        });
    manual::step(&explained.facts, cause, !mendable)
}

fn left_to_people<'e>(explained: &'e Explained<'_>) -> impl Iterator<Item = &'e Cause> {
    explained.diagnosis.causes.iter().filter(|cause| cause.fix != Fix::Automatic)
}

/// Adds steps that are not listed yet: a deny of several actions is one thing to do.
fn add(steps: &mut Vec<Manual>, more: Vec<Manual>) {
    for step in more {
        let known = |one: &Manual| {
            (&one.cause, &one.target, &one.what_to_do)
                == (&step.cause, &step.target, &step.what_to_do)
        };
        if !steps.iter().any(known) {
            steps.push(step);
        }
    }
}
