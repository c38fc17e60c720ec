//! Faults: each changes one thing of the working set-up, and says which causes have to be named.

mod caller;
mod owner;

use super::{Cause, Setup, Side, World};
use serde_json::{Value, json};

/// A fault as data.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    /// What is wrong.
    pub name: &'static str,
    /// How it comes about.
    pub change: fn(&World, &mut Setup),
    /// What the diagnosis has to say, no more and no less.
    pub causes: &'static [Cause],
}

const OWNER: Side = Side::Owner;
const CALLER: Side = Side::Caller;
const GET: &str = "s3:GetObject";
const DECRYPT: &str = "kms:Decrypt";

/// Every fault that the emulator can represent.
///
/// Left out, because it cannot: objects of other owners (all accounts have one canonical user id).
pub fn all() -> impl Iterator<Item = Fault> {
    owner::FAULTS.iter().chain(caller::FAULTS).chain(&BOTH).copied()
}

const BOTH: [Fault; 1] = [Fault {
    name: "nothing allows it, on either side",
    change: |world, setup| {
        without_statement(setup.bucket_policy.as_mut(), "ReportReaderMayRead");
        without_statement(Some(&mut setup.key_policy), "ReportReaderMayDecrypt");
        setup.caller.inline = vec![super::setup::allow("logs:PutLogEvents", "*")];
        setup.caller.managed = vec![super::setup::allow("s3:ListBucket", &arn(world))];
    },
    causes: &[
        ("bucket_policy.missing_allow", OWNER, GET),
        ("key_policy.missing_allow", OWNER, DECRYPT),
        ("identity_policy.missing_allow", CALLER, GET),
        ("identity_policy.missing_allow", CALLER, DECRYPT),
    ],
}];

/// The fault of a name.
pub fn named(name: &str) -> Fault {
    all().find(|fault| fault.name == name).unwrap_or_else(|| panic!("no fault is called {name}"))
}

fn arn(world: &World) -> String {
    format!("arn:aws:s3:::{}", world.bucket)
}

fn without_statement(policy: Option<&mut Value>, sid: &str) {
    let statements = policy.and_then(|policy| policy["Statement"].as_array_mut());
    let statements = statements.expect("the set-up has this policy");
    let before = statements.len();
    statements.retain(|statement| statement["Sid"] != sid);
    assert_eq!(statements.len() + 1, before, "the set-up has the statement {sid}");
}

fn with_statement(policy: Option<&mut Value>, statement: Value) {
    let statements = policy.and_then(|policy| policy["Statement"].as_array_mut());
    statements.expect("the set-up has this policy").push(statement);
}

fn change_statement(policy: Option<&mut Value>, sid: &str, field: &str, value: Value) {
    let statements = policy.and_then(|policy| policy["Statement"].as_array_mut());
    let mut statements = statements.expect("the set-up has this policy").iter_mut();
    let found = statements.find(|statement| statement["Sid"] == sid);
    found.expect("the set-up has this statement")[field] = value;
}

fn policy(statement: &Value) -> Value {
    json!({"Version": "2012-10-17", "Statement": [statement]})
}
