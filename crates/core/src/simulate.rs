//! `locksmith simulate`: one request and its policies in, one decision out.
//!
//! The world is closed: a context key that is not given is absent, and edges of the language
//! that AWS does not document are decided as [`crate::context::World::Closed`] says.

use crate::arn::{AccountId, Arn};
use crate::context::{Context, Fact, Key, World};
use crate::evaluate::{
    Answer, Caller, CallerKind, Decision, Documents, Layer, Outcome, Policies, Reason, Request,
    ResourcePolicy, Source, decide,
};
use crate::evidence::{Document, Field, GrantEntry, List, grants};
use crate::policy::{Action, Effect, PolicyKind};
use crate::tri::Tri;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A line of input.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Given back with the answer.
    #[serde(default)]
    pub id: serde_json::Value,
    /// What is asked.
    pub request: RequestEntry,
    /// The policies in force.
    #[serde(default)]
    pub policies: PoliciesEntry,
    /// Settings that are no policies.
    #[serde(default)]
    pub options: Options,
    /// Context keys of which it is not known whether and how they are set.
    #[serde(default)]
    pub unknown_context: Vec<String>,
}

/// What is asked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestEntry {
    /// An ARN, a service principal, or `*` for anonymous.
    pub principal: String,
    /// Such as `kms:Decrypt`.
    pub action: String,
    /// An ARN, or `*` for actions without a resource.
    pub resource: String,
    /// The account that owns the resource; by default the ARN's account, else the principal's.
    #[serde(default)]
    pub resource_account: Option<AccountId>,
    /// Condition keys: a text, number, boolean, or a list for a multivalued key.
    #[serde(default)]
    pub context: BTreeMap<String, serde_json::Value>,
}

/// The policies in force; what is missing or null is not.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PoliciesEntry {
    /// Identity policies.
    #[serde(default)]
    pub identity: Field<Vec<Field<Document>>>,
    /// The resource's policy.
    #[serde(default)]
    pub resource: Field<Document>,
    /// Permissions boundary.
    #[serde(default)]
    pub permission_boundary: Field<Vec<Field<Document>>>,
    /// Session policy.
    #[serde(default)]
    pub session: Field<Document>,
    /// Service control policies by level, root first.
    #[serde(default)]
    pub scps: Field<Vec<Field<Vec<Field<Document>>>>>,
    /// Resource control policies by level, root first.
    #[serde(default)]
    pub rcps: Field<Vec<Field<Vec<Field<Document>>>>>,
    /// VPC endpoint policy.
    #[serde(default)]
    pub vpc_endpoint: Field<Vec<Field<Document>>>,
    /// Grants as `kms list-grants` prints them.
    #[serde(default)]
    pub grants: List<GrantEntry>,
}

/// Settings that are no policies.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// Whether S3 Block Public Access restricts public buckets.
    #[serde(default)]
    pub s3_block_public_access: bool,
}

/// The answer to a line.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LineAnswer {
    /// The line's.
    pub id: serde_json::Value,
    /// What came of it.
    #[serde(flatten)]
    pub result: LineResult,
}

/// What came of a line.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum LineResult {
    /// A decision.
    Decided {
        /// The decision.
        decision: Answer,
        /// Every layer, in the order of the matrix.
        layers: Vec<LayerAnswer>,
        /// The facts that keep the decision open.
        unknown_because: Vec<String>,
    },
    /// The line is no valid request.
    Refused {
        /// Why, and where.
        error: String,
    },
}

/// What one layer said.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LayerAnswer {
    /// The layer.
    pub layer: Layer,
    /// What it said.
    pub outcome: Outcome,
    /// The statements that decided it.
    pub statements: Vec<StatementRef>,
}

/// A statement of a layer.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StatementRef {
    /// The document's place in its layer; for SCPs and RCPs counted through all levels.
    pub policy: u32,
    /// Its `Sid`.
    pub sid: Option<Box<str>>,
    /// Its place in the document.
    pub index: u32,
}

/// Answers one line of NDJSON.
pub fn answer(line: &[u8]) -> LineAnswer {
    if !line.trim_ascii_start().starts_with(b"{") {
        let error = "expected a request: a JSON object".to_owned();
        return LineAnswer { id: serde_json::Value::Null, result: LineResult::Refused { error } };
    }
    let mut deserializer = serde_json::Deserializer::from_slice(line);
    let parsed: Result<Line, String> = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| error.to_string())
        .and_then(|parsed| deserializer.end().map(|()| parsed).map_err(|error| error.to_string()));
    match parsed {
        Ok(parsed) => {
            let id = parsed.id.clone();
            let result = simulate(&parsed).unwrap_or_else(|error| LineResult::Refused { error });
            LineAnswer { id, result }
        }
        Err(error) => LineAnswer { id: id_of(line), result: LineResult::Refused { error } },
    }
}

/// The id of a line that is JSON, whatever else is wrong with it.
fn id_of(line: &[u8]) -> serde_json::Value {
    #[derive(Deserialize)]
    struct Id {
        #[serde(default)]
        id: serde_json::Value,
    }
    serde_json::from_slice::<Id>(line).map_or(serde_json::Value::Null, |line| line.id)
}

fn simulate(line: &Line) -> Result<LineResult, String> {
    let RequestEntry { principal, action, resource, resource_account, context } = &line.request;
    let caller = Caller::parse(principal).map_err(|error| format!("request.principal: {error}"))?;
    let action = Action::parse(action).ok_or_else(|| {
        format!("request.action: `{action}` is no action; write it `service:Name`")
    })?;
    let arn = Arn::parse(resource);
    if resource != "*" && arn.is_none() {
        return Err(format!("request.resource: `{resource}` is neither an ARN nor `*`"));
    }
    let owner = resource_account.or(arn.and_then(|arn| arn.account_id())).or(caller.account);
    let context = closed_context(context, &line.unknown_context, &caller, owner)?;
    let caller = with_context(caller, &context);
    let policies = policies(&line.policies, &line.options, &action, arn)?;
    let request = Request {
        caller: &caller,
        action: &action,
        resource: Some(resource),
        resource_account: owner,
        context: &context,
    };
    let mut reasons: Vec<Reason> = Vec::new();
    let decision = decide(&request, &policies, &mut reasons);
    Ok(LineResult::Decided {
        decision: decision.answer,
        layers: layers(&decision, &policies, &reasons),
        unknown_because: unknown_because(&decision, &policies, &reasons, &request),
    })
}

/// The role's path and the unique id stand in the context, where they are known at all.
fn with_context(caller: Caller, context: &Context) -> Caller {
    let caller = match context.get("aws:principalarn") {
        Fact::One(arn) if arn.contains(":role/") => caller.with_entity(arn),
        Fact::Unknown => caller.without_path(),
        _ => caller,
    };
    let unique_id = match context.get("aws:userid") {
        Fact::One(id) => Fact::one(id.split(':').next().unwrap_or_default()),
        other => other.clone(),
    };
    caller.with_unique_id(unique_id)
}

fn closed_context(
    entries: &BTreeMap<String, serde_json::Value>,
    unknown: &[String],
    caller: &Caller,
    owner: Option<AccountId>,
) -> Result<Context, String> {
    let mut facts = Vec::with_capacity(entries.len() + unknown.len());
    for (key, value) in entries {
        let fact = fact(value).ok_or_else(|| {
            format!("request.context.{key}: expected a text, number, boolean or a list of them")
        })?;
        facts.push((Key::new(key), fact));
    }
    facts.extend(unknown.iter().map(|key| (Key::new(key), Fact::Unknown)));
    let mut context = Context::of(facts, World::Closed);
    context.set_default("aws:PrincipalArn", Fact::maybe(principal_arn(caller)));
    context.set_default("aws:PrincipalAccount", principal_account(caller));
    context.set_default("aws:PrincipalType", Fact::maybe(principal_type(caller)));
    let owner = owner.map(|account| account.to_string());
    context.set_default("aws:ResourceAccount", Fact::maybe(owner.as_deref()));
    Ok(context)
}

/// `aws:PrincipalArn`: for a session the ARN of its role.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn>
pub(crate) fn principal_arn(caller: &Caller) -> Option<&str> {
    match caller.kind {
        CallerKind::Session | CallerKind::SomeSession => caller.entity.arn(),
        CallerKind::Root | CallerKind::User | CallerKind::FederatedUser => Some(&caller.name),
        _ => None,
    }
}

/// `aws:PrincipalAccount`, which is `anonymous` for unsigned requests.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalaccount>
pub(crate) fn principal_account(caller: &Caller) -> Fact {
    match (caller.kind, caller.account) {
        (CallerKind::Anonymous, _) => Fact::one("anonymous"),
        (_, account) => account.map_or(Fact::Absent, |account| Fact::one(account.as_str())),
    }
}

/// `aws:PrincipalType`.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable>
pub(crate) fn principal_type(caller: &Caller) -> Option<&'static str> {
    match caller.kind {
        CallerKind::Anonymous => Some("Anonymous"),
        CallerKind::Root => Some("Account"),
        CallerKind::User => Some("User"),
        CallerKind::Session | CallerKind::SomeSession => Some("AssumedRole"),
        CallerKind::FederatedUser => Some("FederatedUser"),
        CallerKind::Service | CallerKind::Federated | CallerKind::Unresolved => None,
    }
}

fn fact(value: &serde_json::Value) -> Option<Fact> {
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        serde_json::Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    };
    match value {
        serde_json::Value::Array(values) => {
            values.iter().map(text).collect::<Option<Vec<_>>>().map(Fact::many)
        }
        serde_json::Value::Null => Some(Fact::Absent),
        value => text(value).map(|text| Fact::one(&text)),
    }
}

fn policies(
    entry: &PoliciesEntry,
    options: &Options,
    action: &Action,
    arn: Option<Arn<'_>>,
) -> Result<Policies, String> {
    let (layer, kind) = resource_layer(action, arn);
    let resource = match documents_of_one("resource", &entry.resource, kind)? {
        Some(documents) => vec![ResourcePolicy { layer, documents, resource: None }],
        None => Vec::new(),
    };
    let identity = documents("identity", &entry.identity, PolicyKind::Identity)?;
    let boundary =
        documents("permission_boundary", &entry.permission_boundary, PolicyKind::Identity)?;
    let endpoint = documents("vpc_endpoint", &entry.vpc_endpoint, PolicyKind::VpcEndpoint)?;
    // There is no boundary and no endpoint without a policy: an empty list means that none is in
    // force.
    Ok(Policies {
        identity,
        permissions_boundary: boundary.filter(|documents| !documents.is_empty()),
        session: documents_of_one("session", &entry.session, PolicyKind::Identity)?,
        scps: levels("scps", &entry.scps, PolicyKind::Scp)?,
        rcps: levels("rcps", &entry.rcps, PolicyKind::Rcp)?,
        vpc_endpoint: endpoint.filter(|documents| !documents.is_empty()),
        resource,
        grants: match &entry.grants {
            Field::NotSet => None,
            list => Some(grants(list)),
        },
        object: None,
        restrict_public_buckets: options.s3_block_public_access.then_some(Tri::Yes),
    })
}

/// Which layer a resource's policy is, and how it is to be read.
pub(crate) fn resource_layer(action: &Action, arn: Option<Arn<'_>>) -> (Layer, PolicyKind) {
    match (action.service(), arn) {
        ("s3", Some(arn)) if arn.resource.starts_with("accesspoint/") => {
            (Layer::AccessPointPolicy, PolicyKind::Resource)
        }
        ("s3", _) => (Layer::BucketPolicy, PolicyKind::Resource),
        ("kms", _) => (Layer::KeyPolicy, PolicyKind::Key),
        ("sts", _) => (Layer::TrustPolicy, PolicyKind::Trust),
        _ => (Layer::ResourcePolicy, PolicyKind::Resource),
    }
}

fn source(path: &str, field: &Field<Document>, kind: PolicyKind) -> Result<Option<Source>, String> {
    match field {
        Field::Set(document) => {
            let policy = document.parse(kind).map_err(|mut error| {
                error.path = match (path, &*error.path) {
                    (_, "") => format!("policies.{path}"),
                    (_, inner) => format!("policies.{path}.{inner}"),
                };
                error.to_string()
            })?;
            Ok(Some(Source::Read(Arc::new(policy))))
        }
        Field::NotSet => Ok(None),
        Field::Unreadable(why) => Ok(Some(Source::Unreadable(why.as_str().into()))),
    }
}

fn documents_of_one(
    path: &str,
    field: &Field<Document>,
    kind: PolicyKind,
) -> Result<Option<Documents>, String> {
    Ok(source(path, field, kind)?.map(|source| vec![source]))
}

fn documents(
    path: &str,
    field: &Field<Vec<Field<Document>>>,
    kind: PolicyKind,
) -> Result<Option<Documents>, String> {
    match field {
        Field::Set(fields) => {
            let mut documents = Vec::with_capacity(fields.len());
            for (index, field) in fields.iter().enumerate() {
                documents.extend(source(&format!("{path}[{index}]"), field, kind)?);
            }
            Ok(Some(documents))
        }
        Field::NotSet => Ok(None),
        Field::Unreadable(why) => Ok(Some(vec![Source::Unreadable(why.as_str().into())])),
    }
}

fn levels(
    path: &str,
    field: &Field<Vec<Field<Vec<Field<Document>>>>>,
    kind: PolicyKind,
) -> Result<Option<Vec<Documents>>, String> {
    match field {
        Field::Set(levels) if levels.is_empty() => Ok(None),
        Field::Set(levels) => {
            let mut read = Vec::with_capacity(levels.len());
            for (index, level) in levels.iter().enumerate() {
                // A level that is null is not in force; one that is `[]` has no policy attached.
                read.extend(documents(&format!("{path}[{index}]"), level, kind)?);
            }
            Ok((!read.is_empty()).then_some(read))
        }
        Field::NotSet => Ok(None),
        Field::Unreadable(why) => Ok(Some(vec![vec![Source::Unreadable(why.as_str().into())]])),
    }
}

fn layers(decision: &Decision, policies: &Policies, reasons: &[Reason]) -> Vec<LayerAnswer> {
    let answer = |layer: Layer| {
        let outcome = decision.outcome(layer);
        let documents: Vec<&Source> = policies.documents(layer).collect();
        let sid =
            |reason: &Reason| match (policies.grant(reason), documents.get(reason.policy as usize))
            {
                (Some(grant), _) => Some(grant.id.clone()),
                (None, Some(Source::Read(policy))) => {
                    policy.statements.get(reason.index as usize)?.sid.clone()
                }
                (None, _) => None,
            };
        let deciding = |reason: &&Reason| reason.layer == layer && decides(reason, outcome);
        let statements = reasons.iter().filter(deciding).map(|reason| StatementRef {
            policy: reason.policy,
            sid: sid(reason),
            index: reason.index,
        });
        LayerAnswer { layer, outcome, statements: statements.collect() }
    };
    let shown = |layer: &Layer| {
        *layer != Layer::ResourcePolicy || decision.outcome(*layer) != Outcome::NotApplicable
    };
    Layer::ALL.into_iter().filter(shown).map(answer).collect()
}

/// Whether a statement is one of those that made its layer's outcome.
pub(crate) fn decides(reason: &Reason, outcome: Outcome) -> bool {
    match outcome {
        Outcome::Allow => reason.effect == Effect::Allow && reason.matched.is_yes(),
        Outcome::ExplicitDeny => reason.effect == Effect::Deny && reason.matched.is_yes(),
        Outcome::Unknown => reason.matched.is_unknown(),
        Outcome::NoAllow | Outcome::NotApplicable => false,
    }
}

/// What keeps the decision open, in plain words; empty for a decision.
fn unknown_because(
    decision: &Decision,
    policies: &Policies,
    reasons: &[Reason],
    request: &Request<'_>,
) -> Vec<String> {
    if decision.answer != Answer::Unknown {
        return Vec::new();
    }
    let mut because: Vec<String> = Vec::new();
    for layer in Layer::ALL.into_iter().filter(|layer| decision.outcome(*layer) == Outcome::Unknown)
    {
        for why in policies.unreadable(layer) {
            because.push(format!("{}: {why}", layer.name()));
        }
        for reason in reasons.iter().filter(|r| r.layer == layer && r.matched.is_unknown()) {
            let name = layer.name();
            let keys = unknown_keys(policies, reason, request.context);
            because.extend(keys.iter().map(|key| format!("{name}: {key} is not known")));
            if keys.is_empty() {
                let Reason { policy, index, .. } = reason;
                because.push(format!(
                    "{name}: whether statement {index} of policy {policy} matches is not known"
                ));
            }
        }
    }
    because.dedup();
    because
}

/// The condition keys whose values the match of a statement or grant depends on.
pub(crate) fn unknown_keys(policies: &Policies, reason: &Reason, context: &Context) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    if reason.principal.is_unknown() && context.get("aws:principalarn") == &Fact::Unknown {
        keys.push("aws:PrincipalArn".to_owned());
    }
    let Some(statement) = policies.statement(reason) else {
        return policies
            .grant(reason)
            .map_or(keys, |grant| grant.constraints.unknown_keys(context));
    };
    let patterns = statement.resource.iter().flat_map(crate::policy::Clause::listed);
    keys.extend(patterns.flat_map(|pattern| pattern.unknown_keys(context)).map(str::to_owned));
    for (place, condition) in statement.conditions.iter().enumerate() {
        if !Reason::has_bit(reason.unknown_conditions, place) {
            continue;
        }
        let variables =
            condition.values.iter().flat_map(|value| value.pattern.unknown_keys(context));
        keys.extend(variables.map(str::to_owned));
        if matches!(context.get(condition.key.lower()), Fact::Unknown | Fact::NoneOf(_))
            || keys.is_empty()
        {
            keys.push(condition.key.as_str().to_owned());
        }
    }
    keys.dedup();
    keys
}
