//! A line of `locksmith simulate` through its own format, and through the engine itself.

use locksmith_core::arn::AccountId;
use locksmith_core::context::{Context, Fact, World};
use locksmith_core::evaluate::{
    Answer, Caller, Decision, Documents, Layer, Policies, Reason, Request, ResourcePolicy, Source,
    Unexplained, decide,
};
use locksmith_core::policy::{Action, Policy, PolicyKind};
use locksmith_core::simulate::{LineResult, answer};
use locksmith_core::tri::Tri;
use serde_json::Value;
use std::sync::Arc;

/// Decision and outcomes by layer, as a line's answer tells them.
pub(crate) fn outcomes(line: &str) -> (Answer, Vec<(Layer, Value)>) {
    match answer(line.as_bytes()).result {
        LineResult::Decided { decision, layers, .. } => {
            let outcome = |outcome| serde_json::to_value(outcome).unwrap();
            (decision, layers.iter().map(|one| (one.layer, outcome(one.outcome))).collect())
        }
        LineResult::Refused { error } => panic!("{error}: {line}"),
    }
}

pub(crate) fn decision(line: &Value) -> Answer {
    outcomes(&line.to_string()).0
}

/// The more a request is denied, the lower. What is not known lies between.
pub(crate) fn rank(answer: Answer) -> u8 {
    match answer {
        Answer::ExplicitlyDenied => 0,
        Answer::ImplicitlyDenied => 1,
        Answer::Unknown => 2,
        Answer::Allowed => 3,
    }
}

/// Whether an answer may come of another once more is known.
pub(crate) fn refines(open: Answer, known: Answer) -> bool {
    match open {
        Answer::Unknown => true,
        Answer::ImplicitlyDenied => known != Answer::Allowed && known != Answer::Unknown,
        Answer::Allowed | Answer::ExplicitlyDenied => known == open,
    }
}

/// A line's parts, as the engine takes them.
pub(crate) struct Engine {
    caller: Caller,
    action: Action,
    resource: String,
    owner: Option<AccountId>,
    pub(crate) context: Context,
    pub(crate) policies: Policies,
}

impl Engine {
    pub(crate) fn new(line: &Value, world: World) -> Self {
        let request = &line["request"];
        let text = |name: &str| request[name].as_str().unwrap().to_owned();
        let mut context = Context::new(world);
        for (key, value) in request["context"].as_object().unwrap() {
            let fact = match value {
                Value::Array(values) => Fact::many(values.iter().map(|one| one.as_str().unwrap())),
                value => Fact::one(value.as_str().unwrap()),
            };
            context.set(key, fact);
        }
        for key in line["unknown_context"].as_array().unwrap() {
            context.set(key.as_str().unwrap(), Fact::Unknown);
        }
        let action = Action::parse(&text("action")).unwrap();
        Self {
            caller: Caller::parse(&text("principal")).unwrap(),
            resource: text("resource"),
            owner: AccountId::parse(&text("resource_account")),
            context,
            policies: policies(line, action.service()),
            action,
        }
    }

    fn request(&self) -> Request<'_> {
        Request {
            caller: &self.caller,
            action: &self.action,
            resource: Some(&self.resource),
            resource_account: self.owner,
            context: &self.context,
        }
    }

    pub(crate) fn decide(&self) -> Decision {
        decide(&self.request(), &self.policies, &mut Unexplained)
    }

    pub(crate) fn explain(&self) -> (Decision, Vec<Reason>) {
        let mut reasons = Vec::new();
        let decision = decide(&self.request(), &self.policies, &mut reasons);
        (decision, reasons)
    }

    pub(crate) fn is_member(&self) -> bool {
        self.caller.is_member()
    }
}

fn policies(line: &Value, service: &str) -> Policies {
    let entry = &line["policies"];
    let source = |document: &Value, kind| match Policy::from_value(document, kind) {
        Ok(policy) => Source::Read(Arc::new(policy)),
        Err(_) if document.get("unreadable").is_some() => Source::Unreadable("no".into()),
        Err(error) => panic!("{error}: {document}"),
    };
    let list = |list: &Value, kind| -> Option<Documents> {
        match list {
            Value::Null => None,
            Value::Array(list) => Some(list.iter().map(|one| source(one, kind)).collect()),
            unreadable => Some(vec![source(unreadable, kind)]),
        }
    };
    let levels = |levels: &Value, kind| -> Option<Vec<Documents>> {
        match levels {
            Value::Null => None,
            Value::Array(levels) => levels.iter().map(|level| list(level, kind)).collect(),
            unreadable => Some(vec![vec![source(unreadable, kind)]]),
        }
    };
    let (layer, kind) = match service {
        "s3" => (Layer::BucketPolicy, PolicyKind::Resource),
        "kms" => (Layer::KeyPolicy, PolicyKind::Key),
        _ => (Layer::TrustPolicy, PolicyKind::Trust),
    };
    let one = |document: &Value, kind| (!document.is_null()).then(|| vec![source(document, kind)]);
    let resource = one(&entry["resource"], kind);
    let block = line["options"]["s3_block_public_access"] == true;
    Policies {
        identity: list(&entry["identity"], PolicyKind::Identity),
        permissions_boundary: list(&entry["permission_boundary"], PolicyKind::Identity),
        session: one(&entry["session"], PolicyKind::Identity),
        scps: levels(&entry["scps"], PolicyKind::Scp),
        rcps: levels(&entry["rcps"], PolicyKind::Rcp),
        vpc_endpoint: list(&entry["vpc_endpoint"], PolicyKind::VpcEndpoint),
        resource: resource
            .map(|documents| ResourcePolicy { layer, documents, resource: None })
            .into_iter()
            .collect(),
        // Grants are of the line's own form; the line's answer has them.
        grants: None,
        restrict_public_buckets: block.then_some(Tri::Yes),
        object: None,
    }
}
