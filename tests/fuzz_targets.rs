//! What must hold for any bytes, as plain functions: `fuzz.rs` runs them on mutated corpora, and
//! the targets under `fuzz/` on what libFuzzer makes.

use locksmith_core::arn::Arn;
use locksmith_core::context::{Context, Fact, Key, World};
use locksmith_core::diagnosis::{CauseCode, Diagnosis, Verdict};
use locksmith_core::evaluate::{
    Answer, Caller, Decision, Documents, Layer, Policies, Reason, Request, ResourcePolicy, Source,
    Unexplained, decide,
};
use locksmith_core::evidence::{Document, Evidence, Field};
use locksmith_core::explain::explain_record;
use locksmith_core::message::Message;
use locksmith_core::policy::{Action, Condition, Operator, Policy, PolicyKind, SetOperator, Value};
use locksmith_core::record::{Record, records};
use locksmith_core::simulate::{Line, LineResult, answer};
use std::sync::{Arc, OnceLock};

/// Every use of a policy.
pub const KINDS: [PolicyKind; 7] = [
    PolicyKind::Identity,
    PolicyKind::Scp,
    PolicyKind::Rcp,
    PolicyKind::VpcEndpoint,
    PolicyKind::Resource,
    PolicyKind::Key,
    PolicyKind::Trust,
];

/// A record, explained without evidence and with that of an example.
///
/// # Panics
/// If a diagnosis contradicts itself.
pub fn record(data: &[u8]) {
    match records(data) {
        Ok(records) => {
            for record in records.iter().take(3) {
                consistent(&explain_record(record, &Evidence::default()));
                consistent(&explain_record(record, &example().1));
            }
        }
        Err(error) => told(&error),
    }
}

/// Evidence: a file of an account, and one of an organization beside an example's accounts.
///
/// # Panics
/// If a diagnosis contradicts itself.
pub fn evidence(data: &[u8]) {
    let (record, _) = example();
    for name in ["111111111111.json", "222222222222.json", "organization.json"] {
        let mut builder = Evidence::builder();
        for (other, json) in EXAMPLE.into_iter().filter(|(other, _)| *other != name) {
            let read = builder.add(other, json.as_bytes());
            assert!(read.is_ok(), "an example's evidence");
        }
        match builder.add(name, data) {
            Ok(()) => consistent(&explain_record(record, &builder.build())),
            Err(error) => told(&error),
        }
    }
}

const EXAMPLE: [(&str, &str); 2] = [
    (
        "111111111111.json",
        include_str!("../examples/03-no-key-policy-statement/evidence/111111111111.json"),
    ),
    (
        "222222222222.json",
        include_str!("../examples/03-no-key-policy-statement/evidence/222222222222.json"),
    ),
];

/// An example's record and evidence.
fn example() -> &'static (Record, Evidence) {
    static EXAMPLE_READ: OnceLock<(Record, Evidence)> = OnceLock::new();
    EXAMPLE_READ.get_or_init(|| {
        let event = include_str!("../examples/03-no-key-policy-statement/event.json");
        let mut builder = Evidence::builder();
        for (name, json) in EXAMPLE {
            let read = builder.add(name, json.as_bytes());
            assert!(read.is_ok(), "an example's evidence");
        }
        let record = records(event.as_bytes()).unwrap_or_default().into_iter().next();
        (record.unwrap_or_default(), builder.build())
    })
}

/// What holds for every diagnosis, by FORMATS.
fn consistent(diagnosis: &Diagnosis) {
    let json = serde_json::to_string(diagnosis).unwrap_or_default();
    assert!(!json.is_empty(), "a diagnosis is always JSON");
    let unexplained = diagnosis.causes.iter().any(|cause| cause.code == CauseCode::Unexplained);
    match diagnosis.verdict {
        Verdict::Denied => {
            assert!(!diagnosis.causes.is_empty(), "denied without a cause: {json}");
            assert!(!unexplained, "denied and unexplained: {json}");
        }
        Verdict::Unknown => {
            assert!(!diagnosis.unknowns.is_empty(), "nothing is missing: {json}");
            assert!(diagnosis.causes.is_empty(), "a guess: {json}");
        }
        Verdict::Allowed => {
            let error = diagnosis.call.error_code.is_some();
            assert_eq!(unexplained, error, "allowed: {json}");
            assert!(diagnosis.causes.len() <= 1, "allowed, with causes: {json}");
        }
    }
    for cause in &diagnosis.causes {
        assert!(!cause.message.is_empty(), "a cause without words: {cause:?}");
        assert!(!cause.action.is_empty(), "a cause without an action: {cause:?}");
    }
}

/// Errors have words.
fn told(error: &dyn core::fmt::Display) {
    assert!(!error.to_string().is_empty(), "an error without words");
}

/// A policy: what is taken prints to the same policy, and is the same as text and as JSON that
/// was read before.
///
/// # Panics
/// If it does not.
pub fn policy(data: &[u8]) {
    let read = serde_json::from_slice::<serde_json::Value>(data);
    for kind in KINDS {
        let policy = match Policy::parse_bytes(data, kind) {
            Ok(policy) => policy,
            Err(error) => {
                told(&error);
                continue;
            }
        };
        let printed = serde_json::to_string(&policy).unwrap_or_default();
        let again = Policy::parse(&printed, kind);
        assert_eq!(again.as_ref(), Ok(&policy), "{printed}");
        assert_eq!(serde_json::to_string(&policy).ok(), Some(printed.clone()));
        // The order of an object's keys is lost in a value.
        let value = read.as_ref().map(|value| Policy::from_value(value, kind)).ok();
        let sorted = read.as_ref().map(|value| Policy::parse(&value.to_string(), kind)).ok();
        assert_eq!(value, sorted, "as a value: {printed}");
    }
}

/// A message: reading never fails, and finds only what stands there.
///
/// # Panics
/// If it invents something.
pub fn message(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let message = Message::parse(&text);
    let Message { principal, action, resource, policy_arn, authorization_id, .. } = &message;
    for found in [principal, action, resource, policy_arn, authorization_id].into_iter().flatten() {
        assert!(text.contains(&**found), "`{found}` is not in the message");
    }
    for arn in [resource, policy_arn].into_iter().flatten() {
        assert!(Arn::parse(arn).is_some(), "`{arn}` is no ARN");
    }
    assert!(action.as_ref().is_none_or(|action| action.contains(':')), "{action:?}");
    assert_eq!(Message::parse(&text), message);
}

/// A condition: three bytes choose the operator and the shape of the request's value, and the
/// rest is its texts, divided by line breaks: the request's value, a tag's, and the policy's
/// values.
///
/// # Panics
/// If what is decided while a value is not known is not so once it is.
pub fn condition(data: &[u8]) {
    const OPERATORS: [&str; 16] = [
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIgnoreCase",
        "StringLike",
        "StringNotLike",
        "NumericEquals",
        "NumericLessThan",
        "DateEquals",
        "DateGreaterThan",
        "Bool",
        "BinaryEquals",
        "IpAddress",
        "NotIpAddress",
        "ArnLike",
        "ArnNotLike",
        "Null",
    ];
    let [operator, modifier, shape, texts @ ..] = data else { return };
    let name = OPERATORS.get(usize::from(*operator) % OPERATORS.len()).copied().unwrap_or_default();
    let set = ["", "ForAllValues:", "ForAnyValue:"].get(usize::from(*modifier) % 3);
    let suffix = if modifier & 4 == 0 { "" } else { "IfExists" };
    let name = format!("{}{name}{suffix}", set.copied().unwrap_or_default());
    let Some(operator) = Operator::parse(&name) else { return };
    assert_eq!(operator.to_string(), name);
    let texts = String::from_utf8_lossy(texts);
    let mut texts = texts.split('\n');
    let (value, tag) = (texts.next().unwrap_or_default(), texts.next().unwrap_or_default());
    let values: Vec<Value> = texts.map(|text| Value::new(text, operator)).collect();
    let condition = Condition { operator, key: Key::new("aws:SourceVpce"), values };
    let fact = match shape % 5 {
        0 => Fact::Absent,
        1 => Fact::one(value),
        2 => Fact::many(Vec::<&str>::new()),
        3 => Fact::many([value]),
        _ => Fact::many([value, tag]),
    };
    let known = |world| {
        let mut context = Context::new(world);
        context.set("aws:SourceVpce", fact.clone());
        context.set("aws:PrincipalTag/team", Fact::one(tag));
        context
    };
    for world in [World::Closed, World::Open] {
        let decided = condition.holds(&known(world));
        for hidden in ["aws:SourceVpce", "aws:PrincipalTag/team"] {
            let mut context = known(world);
            context.set(hidden, Fact::Unknown);
            let before = condition.holds(&context);
            assert!(
                before.is_unknown() || before == decided,
                "{condition:?} is {before:?} before {hidden} is known, and then {decided:?}"
            );
        }
    }
    let edge = condition.holds(&known(World::Open));
    let closed = condition.holds(&known(World::Closed));
    assert!(!closed.is_unknown(), "all is known: {condition:?}");
    assert!(edge.is_unknown() || edge == closed, "{condition:?}: {edge:?} and {closed:?}");
    opposites(&condition, &known(World::Closed));
}

/// Of an operator and its negation at most one holds for a single value, and exactly one unless
/// the value is none of what the operator compares.
fn opposites(condition: &Condition, context: &Context) {
    let single = matches!(context.get("aws:sourcevpce"), Fact::One(_));
    if !single || condition.operator.set != SetOperator::None {
        return;
    }
    let mut opposite = condition.clone();
    opposite.operator.negated = !opposite.operator.negated;
    let both = condition.holds(context) & opposite.holds(context);
    let names = (condition.operator.to_string(), opposite.operator.to_string());
    assert!(both.is_no() || names.1.is_empty(), "both {names:?} hold: {condition:?}");
}

/// A line of `simulate`: the answer is JSON, the same every time, the same with and without
/// reasons, and what is decided while a context key is not known stays so.
///
/// # Panics
/// If it is not.
pub fn simulate_line(data: &[u8]) {
    let first = answer(data);
    let json = serde_json::to_string(&first);
    assert!(json.is_ok(), "an answer is always JSON");
    assert_eq!(json.ok(), serde_json::to_string(&answer(data)).ok(), "two answers");
    if let LineResult::Refused { error } = &first.result {
        told(error);
    }
    if let Some(case) = serde_json::from_slice(data).ok().and_then(|line| Case::new(&line)) {
        case.check();
    }
}

/// A line's request, with those of its policies that can be read.
struct Case {
    caller: Caller,
    action: Action,
    resource: String,
    context: Context,
    policies: Policies,
}

impl Case {
    fn new(line: &Line) -> Option<Self> {
        let mut context = Context::new(World::Closed);
        for (key, value) in &line.request.context {
            context.set(key, Fact::maybe(value.as_str()));
        }
        let action = Action::parse(&line.request.action)?;
        let (layer, kind) = match action.service() {
            "kms" => (Layer::KeyPolicy, PolicyKind::Key),
            "sts" => (Layer::TrustPolicy, PolicyKind::Trust),
            _ => (Layer::BucketPolicy, PolicyKind::Resource),
        };
        let policies = &line.policies;
        let resource = documents(core::slice::from_ref(&policies.resource), kind);
        Some(Self {
            caller: Caller::parse(&line.request.principal).ok()?,
            action,
            resource: line.request.resource.clone(),
            context,
            policies: Policies {
                identity: policies.identity.get().map(|list| documents(list, PolicyKind::Identity)),
                permissions_boundary: policies
                    .permission_boundary
                    .get()
                    .map(|list| documents(list, PolicyKind::Identity)),
                scps: policies.scps.get().map(|levels| {
                    let levels = levels.iter().filter_map(Field::get);
                    levels.map(|level| documents(level, PolicyKind::Scp)).collect()
                }),
                resource: vec![ResourcePolicy { layer, documents: resource, resource: None }],
                ..Policies::default()
            },
        })
    }

    fn check(&self) {
        let explained = self.decide(&self.context, &mut Vec::<Reason>::new());
        let decided = self.decide(&self.context, &mut Unexplained);
        assert_eq!(explained, decided, "with reasons and without");
        let keys: Vec<String> = self.context.iter().map(|(key, _)| key.to_owned()).collect();
        for key in keys {
            let mut context = self.context.clone();
            context.set(&key, Fact::Unknown);
            let before = self.decide(&context, &mut Unexplained).answer;
            let known = explained.answer;
            // A denial for certain may turn out to be an explicit one.
            let stays = before == Answer::Unknown
                || before == known
                || (before, known) == (Answer::ImplicitlyDenied, Answer::ExplicitlyDenied);
            assert!(stays, "{before:?} before {key} is known, and then {known:?}");
        }
    }

    fn decide(
        &self,
        context: &Context,
        reasons: &mut impl locksmith_core::evaluate::Reasons,
    ) -> Decision {
        let request = Request {
            caller: &self.caller,
            action: &self.action,
            resource: Some(&self.resource),
            resource_account: Arn::parse(&self.resource).and_then(|arn| arn.account_id()),
            context,
        };
        decide(&request, &self.policies, reasons)
    }
}

fn documents(list: &[Field<Document>], kind: PolicyKind) -> Documents {
    let parsed = list.iter().filter_map(|field| field.get()?.parse(kind).ok());
    parsed.map(|policy| Source::Read(Arc::new(policy))).collect()
}
