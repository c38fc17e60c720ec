//! The corpora of whole calls: a set-up in which everything works, and the patches that break it.

use locksmith_core::call::PlainRequest;
use locksmith_core::evidence::Evidence;
use locksmith_core::record::{Record, records};
use serde_json::Value;

/// One case of a corpus.
pub(crate) struct Case {
    /// What the corpus says of it: `id`, `why`, `expect` and so on.
    pub(crate) told: Value,
    /// The set-up with the case's patch: `event` or `call`, `accounts` and `organizations`.
    pub(crate) world: Value,
}

impl Case {
    /// Its name.
    pub(crate) fn id(&self) -> &str {
        self.told["id"].as_str().unwrap()
    }
}

/// Every case below a folder of the corpus.
pub(crate) fn all(folder: &str) -> Vec<Case> {
    let folder = locksmith_tests::root().join("corpus").join(folder);
    let files = locksmith_tests::json_files(&folder).into_iter();
    files.flat_map(|file| of_file(&std::fs::read_to_string(file).unwrap())).collect()
}

fn of_file(text: &str) -> Vec<Case> {
    let corpus: Value = serde_json::from_str(text).unwrap();
    // A set-up may be that of another corpus, with a patch of its own.
    let base = match corpus["base"].as_str() {
        Some(other) => {
            let text = std::fs::read_to_string(locksmith_tests::root().join("corpus").join(other))
                .unwrap();
            let other: Value = serde_json::from_str(&text).unwrap();
            patched(&other["base"], &corpus["patch"], "base")
        }
        None => corpus["base"].clone(),
    };
    let cases = corpus["cases"].as_array().unwrap().iter();
    cases
        .map(|case| Case {
            world: patched(&base, &case["patch"], &case["id"].to_string()),
            told: case.clone(),
        })
        .collect()
}

fn patched(base: &Value, patch: &Value, name: &str) -> Value {
    let mut world = base.clone();
    if !patch.is_null() {
        let patch: json_patch::Patch = serde_json::from_value(patch.clone()).unwrap();
        json_patch::patch(&mut world, &patch).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    world
}

/// What a set-up's accounts hold.
pub(crate) fn evidence(world: &Value) -> Evidence {
    let mut builder = Evidence::builder();
    for (id, account) in world["accounts"].as_object().into_iter().flatten() {
        builder.add(&format!("{id}.json"), account.to_string().as_bytes()).unwrap();
    }
    for (index, organization) in world["organizations"].as_array().into_iter().flatten().enumerate()
    {
        let name = format!("organization-{index}.json");
        builder.add(&name, organization.to_string().as_bytes()).unwrap();
    }
    builder.build()
}

/// The record of a set-up's event, where it has one.
pub(crate) fn record(world: &Value) -> Option<Record> {
    let event = &world["event"];
    event.is_object().then(|| records(event.to_string().as_bytes()).unwrap().swap_remove(0))
}

/// The call of a set-up without an event.
pub(crate) fn request(world: &Value) -> PlainRequest {
    let call = &world["call"];
    let text = |key: &str| call[key].as_str().unwrap().to_owned();
    let context = call["context"].as_object().into_iter().flatten();
    let values = |value: &Value| match value {
        Value::Array(values) => values.iter().map(|v| v.as_str().unwrap().to_owned()).collect(),
        value => vec![value.as_str().unwrap().to_owned()],
    };
    PlainRequest {
        principal: text("principal"),
        action: text("action"),
        resource: text("resource"),
        context: context.map(|(key, value)| (key.clone(), values(value))).collect(),
    }
}
