//! Questions to our own engine, through the format of `locksmith simulate`.

use locksmith_core::simulate::{LineResult, answer};
use serde_json::{Value, json};

/// A call, and the policies that decide it.
#[derive(Clone)]
pub(crate) struct Ask {
    principal: String,
    context: Value,
    identity: Vec<Value>,
    resource_policy: Option<Value>,
    resource_account: Option<String>,
}

/// An identity policy that allows everything: then the other side alone decides.
pub(crate) fn anything() -> Value {
    json!({"Version": "2012-10-17",
           "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})
}

/// A resource policy that allows everybody everything; trust policies have no `Resource`.
pub(crate) fn open_to_all(action: &str) -> Value {
    let mut statement = json!({"Effect": "Allow", "Principal": "*", "Action": "*"});
    if !action.starts_with("sts:") {
        statement["Resource"] = json!("*");
    }
    json!({"Version": "2012-10-17", "Statement": statement})
}

/// A key policy that leaves the decision to the account's identity policies.
pub(crate) fn delegating(account: &str) -> Value {
    let root = format!("arn:aws:iam::{account}:root");
    json!({"Version": "2012-10-17",
           "Statement": {"Effect": "Allow", "Principal": {"AWS": root}, "Action": "kms:*",
                         "Resource": "*"}})
}

impl Ask {
    /// Asks as a principal without policies.
    pub(crate) fn by(principal: &str) -> Self {
        Self {
            principal: principal.to_owned(),
            context: json!({}),
            identity: Vec::new(),
            resource_policy: None,
            resource_account: None,
        }
    }

    /// Asks as a session of a role of a stack, with the role's policies.
    pub(crate) fn by_session(arn: &str, policies: Vec<Value>) -> Self {
        let account = arn.split(':').nth(4).unwrap();
        let name = arn.rsplit('/').next().unwrap();
        let session = format!("arn:aws:sts::{account}:assumed-role/{name}/locksmith-1");
        let mut ask = Self::by(&session).with("aws:PrincipalArn", arn);
        ask.identity = policies;
        ask
    }

    /// With a condition key.
    pub(crate) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.context[key] = value.into();
        self
    }

    /// With identity policies.
    pub(crate) fn may(mut self, policy: Value) -> Self {
        self.identity = vec![policy];
        self
    }

    /// With the resource's policy.
    pub(crate) fn at(mut self, policy: &Value) -> Self {
        self.resource_policy = Some(policy.clone());
        self
    }

    /// With the account of a resource whose ARN names none.
    pub(crate) fn owned_by(mut self, account: &str) -> Self {
        self.resource_account = Some(account.to_owned());
        self
    }

    /// The decision.
    pub(crate) fn decide(&self, action: &str, resource: &str) -> String {
        let line = json!({
            "id": null,
            "request": {"principal": self.principal, "action": action, "resource": resource,
                        "resource_account": self.resource_account, "context": self.context},
            "policies": {"identity": self.identity, "resource": self.resource_policy},
        });
        match answer(line.to_string().as_bytes()).result {
            LineResult::Decided { decision, .. } => {
                serde_json::to_value(decision).unwrap().as_str().unwrap().to_owned()
            }
            LineResult::Refused { error } => error,
        }
    }
}

/// What a check found wrong, in words.
#[derive(Default)]
pub(crate) struct Problems(pub(crate) Vec<String>);

impl Problems {
    /// The call must be allowed.
    pub(crate) fn allowed(&mut self, what: &str, ask: &Ask, action: &str, resource: &str) {
        let decision = ask.decide(action, resource);
        self.must(decision == "allowed", || {
            format!("{what}: {action} on {resource} is {decision}")
        });
    }

    /// The call must be denied, by nobody allowing it or by a deny.
    pub(crate) fn denied(&mut self, what: &str, ask: &Ask, action: &str, resource: &str) {
        let decision = ask.decide(action, resource);
        self.must(decision.ends_with("_denied"), || {
            format!("{what}: {action} on {resource} is {decision}")
        });
    }

    /// The call must be denied whatever else allows it.
    pub(crate) fn never(&mut self, what: &str, ask: &Ask, action: &str, resource: &str) {
        let decision = ask.decide(action, resource);
        self.must(decision == "explicitly_denied", || {
            format!("{what}: {action} on {resource} is {decision}, and not by a deny")
        });
    }

    /// Anything else that must hold.
    pub(crate) fn must(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        if !holds {
            self.0.push(otherwise());
        }
    }
}
