//! From a record and the evidence to a diagnosis, and to a plan with its proof.

#![expect(clippy::expect_used, reason = "a benchmark")]

use divan::Bencher;
use locksmith_core::diagnosis::Diagnosis;
use locksmith_core::evidence::Evidence;
use locksmith_core::explain::explain_record;
use locksmith_core::plan::Plan;
use locksmith_core::propose::{PlanOptions, plan_record};
use locksmith_core::record::{Record, records};
use std::hint::black_box;

fn main() {
    divan::main();
}

/// Four causes in two accounts, mended by three changes.
fn case() -> (Record, Evidence) {
    const EVENT: &[u8] = include_bytes!("../../../examples/06-nothing-allows-it/event.json");
    const OWNER: &[u8] =
        include_bytes!("../../../examples/06-nothing-allows-it/evidence/111111111111.json");
    const CALLER: &[u8] =
        include_bytes!("../../../examples/06-nothing-allows-it/evidence/222222222222.json");
    let mut builder = Evidence::builder();
    builder.add("111111111111.json", OWNER).expect("the owner's evidence");
    builder.add("222222222222.json", CALLER).expect("the caller's evidence");
    let record = records(EVENT).expect("a record").remove(0);
    (record, builder.build())
}

#[divan::bench]
fn diagnosis(bencher: Bencher) {
    let (record, evidence) = case();
    bencher.bench(|| -> Diagnosis { explain_record(black_box(&record), black_box(&evidence)) });
}

#[divan::bench(sample_count = 20)]
fn plan(bencher: Bencher) {
    let (record, evidence) = case();
    let options = PlanOptions::default();
    bencher.bench(|| -> Plan { plan_record(black_box(&record), black_box(&evidence), &options) });
}
