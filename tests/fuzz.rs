//! The fuzz targets on mutated corpora, on the stable toolchain: a few seconds each, or as many
//! as `LOCKSMITH_FUZZ_SECONDS` says. `LOCKSMITH_FUZZ_SEED` chooses another sequence.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use locksmith_tests::fuzz_targets as targets;
use locksmith_tests::{json_files, root};
use serde_json::{Value, json};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

/// Words of the formats, which bytes alone would rarely make.
const DICTIONARY: [&str; 56] = [
    "\"Version\":\"2012-10-17\",",
    "\"Version\":\"2008-10-17\",",
    "\"Statement\":",
    "\"Effect\":\"Deny\",",
    "\"NotPrincipal\":",
    "\"NotAction\":",
    "\"NotResource\":",
    "\"Principal\":\"*\",",
    "{\"AWS\":\"*\"}",
    "\"Condition\":{},",
    "\"ForAllValues:StringNotLike\"",
    "\"ForAnyValue:StringEqualsIfExists\"",
    "\"StringLike\"",
    "\"ArnNotLike\"",
    "\"NumericLessThan\"",
    "\"Bool\"",
    "\"Null\"",
    "\"NotIpAddress\"",
    "\"aws:SourceIp\"",
    "\"aws:PrincipalArn\"",
    "\"aws:PrincipalTag/team\"",
    "\"kms:ViaService\"",
    "${aws:PrincipalTag/team}",
    "${aws:username, 'nobody'}",
    "${*}",
    "${",
    "*",
    "?",
    ":",
    "/",
    "arn:aws:s3:::reports/*",
    "arn:aws:iam::222222222222:role/Etl",
    "arn:aws:sts::222222222222:assumed-role/Etl/run-7",
    "111111111111",
    "AROAEXAMPLEEXAMPLE01",
    "s3:*",
    "kms:Decrypt",
    "sts:AssumeRole",
    "{\"unreadable\":\"why\"}",
    "null",
    "true",
    "[]",
    "{}",
    "\"\"",
    "-1",
    "1e999",
    "18446744073709551616",
    "0.0.0.0/0",
    "2001:db8::/129",
    "9999-12-31T23:59:60Z",
    "\\ud800",
    "\\u0000",
    " because no session policy allows the ",
    " with an explicit deny in a service control policy",
    " is not authorized to perform: ",
    " on resource: \"",
];

/// A small generator of numbers (SplitMix64): the same seed, the same run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap()
    }

    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        start..(start + self.below(33)).min(length)
    }
}

/// Changes an input in one to six places.
fn mutated(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut input = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(6) {
        let range = random.range(input.len());
        let at = range.start;
        match random.below(8) {
            0 if at < input.len() => input[at] ^= 1 << random.below(8),
            1 if at < input.len() => input[at] = random.next().to_le_bytes()[0],
            2 => drop(input.drain(range)),
            3 => {
                let copy = input[range].to_vec();
                let place = random.below(input.len() + 1);
                input.splice(place..place, copy);
            }
            4 => {
                let other = &seeds[random.below(seeds.len())];
                let part = random.range(other.len());
                input.splice(range, other[part].to_vec());
            }
            5 => {
                let word = DICTIONARY[random.below(DICTIONARY.len())];
                input.splice(range, word.bytes());
            }
            _ => text_replaced(&mut input, seeds, random),
        }
    }
    input
}

/// Puts another text of the corpora in the place of one: what is JSON stays JSON.
fn text_replaced(input: &mut Vec<u8>, seeds: &[Vec<u8>], random: &mut Random) {
    let other = &seeds[random.below(seeds.len())];
    let (Some(range), Some(part)) = (a_text(input, random), a_text(other, random)) else { return };
    input.splice(range, other[part].to_vec());
}

/// Where some text between quotes stands.
fn a_text(bytes: &[u8], random: &mut Random) -> Option<std::ops::Range<usize>> {
    let start = random.below(bytes.len());
    let quote = |from: usize| {
        bytes.get(from..)?.iter().position(|byte| *byte == b'"').map(|place| from + place)
    };
    // After an odd number of quotes the next one closes a text.
    let open = bytes[..start].iter().fold(true, |open, byte| open ^ (*byte == b'"'));
    let first = if open { quote(start)? } else { quote(quote(start)? + 1)? };
    Some(first..quote(first + 1)? + 1)
}

/// Runs a target, first on the seeds as they are.
fn run(name: &str, target: fn(&[u8]), seeds: &[Vec<u8>]) {
    assert!(!seeds.is_empty(), "{name} has no seeds");
    let number = |key: &str| std::env::var(key).ok().and_then(|text| text.parse::<u64>().ok());
    let end = Duration::from_secs(number("LOCKSMITH_FUZZ_SECONDS").unwrap_or(3));
    let mut random = Random(number("LOCKSMITH_FUZZ_SEED").unwrap_or(20_261_121));
    let start = Instant::now();
    let mut executions = 0_u64;
    for seed in seeds {
        check(name, target, seed);
        executions += 1;
    }
    while start.elapsed() < end {
        check(name, target, &mutated(seeds, &mut random));
        executions += 1;
    }
    println!("{name}: {executions} executions in {:.1} s", start.elapsed().as_secs_f32());
}

fn check(name: &str, target: fn(&[u8]), input: &[u8]) {
    if fails(target, input) {
        let small = shrunk(target, input);
        let text = String::from_utf8_lossy(&small);
        eprintln!("{name} fails on\n{text}");
        if text.contains(char::REPLACEMENT_CHARACTER) {
            eprintln!("which is {small:?}");
        }
        target(&small);
    }
}

fn fails(target: fn(&[u8]), input: &[u8]) -> bool {
    catch_unwind(AssertUnwindSafe(|| target(input))).is_err()
}

/// Takes away all that the failure does not need.
fn shrunk(target: fn(&[u8]), input: &[u8]) -> Vec<u8> {
    let mut input = input.to_vec();
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let mut size = input.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at + size <= input.len() {
            let mut less = input.clone();
            less.drain(at..at + size);
            if fails(target, &less) {
                input = less;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    std::panic::set_hook(hook);
    input
}

/// Every JSON file below a folder of the repository.
fn files(folder: &str) -> Vec<Vec<u8>> {
    let path = root().parent().unwrap_or(Path::new(".")).join(folder);
    json_files(&path).iter().map(|file| std::fs::read(file).unwrap()).collect()
}

/// The cases of the corpus of decisions.
fn cases() -> Vec<Value> {
    let files = json_files(&root().join("corpus"));
    let texts = files.iter().map(|file| std::fs::read_to_string(file).unwrap());
    let values = texts.filter_map(|text| serde_json::from_str::<Vec<Value>>(&text).ok());
    values.flatten().collect()
}

/// The corpus of diagnoses: each file's working set-up.
fn set_ups() -> Vec<Value> {
    let bases = files("tests/corpus/diagnosis");
    bases
        .iter()
        .map(|file| serde_json::from_slice::<Value>(file).unwrap()["base"].clone())
        .collect()
}

fn texts(values: impl IntoIterator<Item = Value>) -> Vec<Vec<u8>> {
    values.into_iter().map(|value| value.to_string().into_bytes()).collect()
}

/// Every object below a value that holds statements.
fn policies(value: &Value, found: &mut Vec<Value>) {
    match value {
        Value::Object(object) if object.contains_key("Statement") => found.push(value.clone()),
        Value::Object(object) => object.values().for_each(|value| policies(value, found)),
        Value::Array(list) => list.iter().for_each(|value| policies(value, found)),
        _ => {}
    }
}

#[test]
fn record() {
    let mut seeds = files("tests/records");
    seeds.extend(files("examples").into_iter().filter(|file| {
        let text = String::from_utf8_lossy(file);
        text.contains("\"eventName\"")
    }));
    run("record", targets::record, &seeds);
}

#[test]
fn evidence() {
    let accounts = |base: &Value| -> Vec<Value> {
        let accounts = base["accounts"].as_object().into_iter().flat_map(|map| map.values());
        accounts.chain(base["organizations"].as_array().into_iter().flatten()).cloned().collect()
    };
    run("evidence", targets::evidence, &texts(set_ups().iter().flat_map(accounts)));
}

#[test]
fn policy() {
    let mut found = Vec::new();
    policies(&Value::from(cases()), &mut found);
    let mut seeds = texts(found);
    seeds.extend(files("crates/core/benches/policies"));
    seeds.sort();
    seeds.dedup();
    run("policy", targets::policy, &seeds);
}

#[test]
fn message() {
    let listed = std::fs::read_to_string(root().join("messages/messages.json")).unwrap();
    let listed: Vec<Value> = serde_json::from_str(&listed).unwrap();
    let templates = listed.iter().filter_map(|entry| entry["template"].as_str());
    let filled = templates.flat_map(|template| {
        let filled = template
            .replace("{principal_arn}", "arn:aws:iam::222222222222:user/\u{e9}")
            .replace("{action}", "kms:Decrypt")
            .replace("{resource_arn}", "arn:aws:s3:::reports/because no one.txt");
        [template.as_bytes().to_vec(), filled.into_bytes()]
    });
    run("message", targets::message, &filled.collect::<Vec<_>>());
}

#[test]
fn condition() {
    let texts = [
        "vpce-0a1b\nred\nvpce-*\nvpce-${aws:PrincipalTag/team}",
        "198.51.100.7\n\n198.51.100.0/24\n2001:db8::/32",
        "17\n\n17.0\n1e3\n-0",
        "2026-11-20T10:00:00Z\n\n2026-11\n1795168800",
        "arn:aws:iam::222222222222:role/Etl\nEtl\narn:aws:iam::*:role/${aws:PrincipalTag/team}",
        "true\nfalse\nfalse",
        "AA==\n\nAA",
        "\n\n\n",
        "a*c?\u{e9}\n$\n${*}${?}${$}\n${aws:nobody, 'a'}\n${aws:nobody}\n*a*?",
    ];
    let mut seeds = Vec::new();
    for (place, text) in (0_u8..).zip(texts) {
        for bits in 0..48_u8 {
            let mut seed = vec![place.wrapping_mul(5).wrapping_add(bits), bits % 8, bits % 5];
            seed.extend(text.bytes());
            seeds.push(seed);
        }
    }
    run("condition", targets::condition, &seeds);
}

#[test]
fn simulate_line() {
    let line = |case: &Value| {
        let mut line = json!({"id": case["id"], "request": case["request"]});
        for key in ["policies", "options", "unknown_context"] {
            if let Some(value) = case.get(key) {
                line[key] = value.clone();
            }
        }
        line
    };
    run("simulate_line", targets::simulate_line, &texts(cases().iter().map(line)));
}
