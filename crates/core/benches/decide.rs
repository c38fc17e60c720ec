//! Decisions on one core: policies compiled beforehand, and whole lines of `simulate`.

#![expect(clippy::expect_used, reason = "a benchmark")]

mod case;

use case::Case;
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use locksmith_core::evaluate::{Answer, Decision, Reason, Unexplained, decide};
use locksmith_core::simulate::{LineResult, answer};
use std::hint::black_box;

fn main() {
    divan::main();
}

#[divan::bench(sample_size = 1000)]
fn get_object(bencher: Bencher) {
    without_reasons(bencher, &Case::get_object());
}

#[divan::bench(sample_size = 1000)]
fn get_object_with_reasons(bencher: Bencher) {
    with_reasons(bencher, &Case::get_object());
}

#[divan::bench(sample_size = 1000)]
fn decrypt(bencher: Bencher) {
    without_reasons(bencher, &Case::decrypt());
}

#[divan::bench(sample_size = 1000)]
fn decrypt_with_reasons(bencher: Bencher) {
    with_reasons(bencher, &Case::decrypt());
}

/// A line in, an answer as JSON out.
#[divan::bench(sample_size = 1000)]
fn simulate(bencher: Bencher) {
    let line = case::simulate_line();
    let LineResult::Decided { decision: Answer::Allowed, .. } = answer(line.as_bytes()).result
    else {
        unreachable!("the case is allowed")
    };
    let bytes = BytesCount::of_str(&*line);
    bencher
        .counter(ItemsCount::new(1_u32))
        .counter(bytes)
        .bench(|| serde_json::to_string(&answer(black_box(line.as_bytes()))).expect("JSON"));
}

fn without_reasons(bencher: Bencher, case: &Case) {
    let request = case.request();
    bencher.counter(ItemsCount::new(1_u32)).bench(|| {
        allowed(&decide(black_box(&request), black_box(&case.policies), &mut Unexplained));
    });
}

fn with_reasons(bencher: Bencher, case: &Case) {
    let request = case.request();
    bencher.counter(ItemsCount::new(1_u32)).bench(|| {
        let mut reasons: Vec<Reason> = Vec::new();
        allowed(&decide(black_box(&request), black_box(&case.policies), &mut reasons));
        reasons
    });
}

/// A benchmark of the wrong answer would be worth nothing.
fn allowed(decision: &Decision) {
    assert!(decision.answer == Answer::Allowed, "the case is allowed");
}
