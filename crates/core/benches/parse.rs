//! Reading and compiling policies: bytes of policy text a second.

#![expect(clippy::expect_used, reason = "a benchmark")]

mod case;

use divan::Bencher;
use divan::counter::BytesCount;
use locksmith_core::policy::{Policy, PolicyKind};
use std::hint::black_box;

fn main() {
    divan::main();
}

/// The mix as AWS stores policies: without blanks.
#[divan::bench(sample_size = 20)]
fn compact(bencher: Bencher) {
    let mix = case::POLICIES.map(|(json, kind)| (case::compact(json), kind));
    parse(bencher, &mix);
}

/// The mix as people write policies: indented.
#[divan::bench(sample_size = 20)]
fn indented(bencher: Bencher) {
    let mix = case::POLICIES.map(|(json, kind)| (json.to_owned(), kind));
    parse(bencher, &mix);
}

/// The price of JSON alone: the same text, read into `serde_json::Value`.
#[divan::bench(sample_size = 20)]
fn compact_as_plain_json(bencher: Bencher) {
    let mix = case::POLICIES.map(|(json, _)| case::compact(json));
    let bytes: usize = mix.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for json in &mix {
            black_box(serde_json::from_str::<serde_json::Value>(black_box(json)).expect("JSON"));
        }
    });
}

fn parse(bencher: Bencher, mix: &[(String, PolicyKind)]) {
    let bytes: usize = mix.iter().map(|(json, _)| json.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for (json, kind) in mix {
            black_box(Policy::parse(black_box(json), *kind).expect("a policy"));
        }
    });
}
