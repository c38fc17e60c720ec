//! The harness itself: what it says of calls, chains and functions has to be true.

use locksmith_wire_tests::lambda::{Environment, Function, Outcome};
use serde_json::json;
use std::path::Path;

/// A function that answers what it is asked.
#[tokio::test(flavor = "multi_thread")]
async fn a_function_is_invoked() {
    let binary = Path::new(env!("CARGO_BIN_EXE_empty"));
    let mut function = Function::start(binary, &Environment::default()).await;
    for number in 0..3 {
        let invocation = function.invoke(&json!({ "number": number })).await;
        let Outcome::Answer(answer) = invocation.outcome else { panic!("{invocation:?}") };
        assert_eq!(answer, json!({ "number": number }));
    }
    assert!(function.peak_memory() > 0);
}
