//! Hostile input: whatever the bytes, every reader gives a clear error or a fast answer; it
//! never panics, and its work grows with the input, not with its square.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

#[path = "hostile/organizations.rs"]
mod organizations;
#[path = "hostile/shapes.rs"]
mod shapes;
#[path = "hostile/sizes.rs"]
mod sizes;
#[path = "hostile/values.rs"]
mod values;
#[path = "hostile/wildcards.rs"]
mod wildcards;

use locksmith_core::evidence::Evidence;
use locksmith_core::explain::explain_record;
use locksmith_core::message::Message;
use locksmith_core::policy::Policy;
use locksmith_core::record::records;
use locksmith_core::simulate::answer;
use locksmith_tests::fuzz_targets::KINDS;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const A: &str = "111111111111";
const B: &str = "222222222222";
const SESSION: &str = "arn:aws:sts::222222222222:assumed-role/Etl/run-7";
const OBJECT: &str = "arn:aws:s3:::reports/2026/q3.parquet";

/// What takes 50 ms on a fast machine is stopped nowhere, but must be done by then on a slow one.
const LIMIT: Duration = Duration::from_secs(20);

/// Hands the bytes to every reader; errors have words.
fn every_reader(bytes: &[u8]) {
    for kind in KINDS {
        if let Err(error) = Policy::parse_bytes(bytes, kind) {
            assert!(!error.to_string().is_empty());
        }
    }
    match records(bytes) {
        Ok(records) => {
            for record in records.iter().take(100) {
                serde_json::to_string(&explain_record(record, &Evidence::default())).unwrap();
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    for name in ["111111111111.json", "organization.json", "x"] {
        if let Err(error) = Evidence::builder().add(name, bytes) {
            assert!(!error.to_string().is_empty());
        }
    }
    Message::parse(&String::from_utf8_lossy(bytes));
    serde_json::to_string(&answer(bytes)).unwrap();
}

/// Does the work within the limit.
fn quickly<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    let took = start.elapsed();
    assert!(took < LIMIT, "{what} took {took:?}");
    result
}

/// Compares an input with one of eight times its size: proportional work takes eight times as
/// long, its square sixty-four times. The best of three counts, so that a busy machine does no
/// harm.
fn proportional<I>(what: &str, size: usize, make: impl Fn(usize) -> I, work: impl Fn(&I)) {
    let time = |size: usize| {
        let input = make(size);
        let once = || {
            let start = Instant::now();
            work(&input);
            start.elapsed()
        };
        [once(), once(), once()].into_iter().min().unwrap_or_default()
    };
    let (small, large) = (time(size), time(8 * size));
    assert!(
        large < small * 24 + Duration::from_millis(100),
        "{what}: {size} took {small:?}, eight times as much {large:?}"
    );
}

/// A statement for every kind of policy that names principals.
fn statement(principal: &Value, action: &Value, resource: &Value, condition: &Value) -> Value {
    json!({"Effect": "Allow", "Principal": principal, "Action": action, "Resource": resource,
           "Condition": condition})
}

fn document(statements: &[Value]) -> Value {
    json!({"Version": "2012-10-17", "Statement": statements})
}

/// A line of `simulate` about the object.
fn line(context: &Value, policies: &Value) -> Vec<u8> {
    let request = json!({"principal": SESSION, "action": "s3:GetObject", "resource": OBJECT,
                         "resource_account": A, "context": context});
    json!({"id": 1, "request": request, "policies": policies}).to_string().into_bytes()
}

/// The decision, or the error, of a line.
fn decision(line: &[u8]) -> String {
    let answer = serde_json::to_value(answer(line)).unwrap();
    let text = |key: &str| answer[key].as_str().map(str::to_owned);
    text("decision").or_else(|| text("error")).unwrap()
}
