//! The real binaries of the functions, built once by the cargo that runs the tests.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// How the functions are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// As the tests themselves are, so that nothing is compiled for this alone.
    Tests,
    /// As they are deployed.
    Release,
}

/// The path of a function's binary: `detect`, `diagnose`, or `empty`, which does nothing.
pub fn binary(profile: Profile, name: &str) -> &'static Path {
    static TESTS: OnceLock<BTreeMap<String, PathBuf>> = OnceLock::new();
    static RELEASE: OnceLock<BTreeMap<String, PathBuf>> = OnceLock::new();
    let built = match profile {
        Profile::Tests => TESTS.get_or_init(|| build(!cfg!(debug_assertions))),
        Profile::Release => RELEASE.get_or_init(|| build(true)),
    };
    built.get(name).unwrap_or_else(|| panic!("no binary is called {name}"))
}

/// The folder that everything built and logged goes below.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"), PathBuf::from)
}

/// The functions without what the program of the command line needs besides.
const DEPLOYED: [&str; 9] = [
    "--release",
    "-p",
    "locksmith-detect",
    "-p",
    "locksmith-diagnose",
    "-p",
    "locksmith-approve",
    "-p",
    "locksmith-wire-tests",
];

/// For tests the whole workspace is built with its tests, so that all dependencies have the features that
/// `cargo test --workspace` gave them, those that tests alone ask for among them, and nothing is compiled
/// twice.
fn build(release: bool) -> BTreeMap<String, PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // What cargo tells a test of its package, a build script takes for its own, and runs once more.
    let of_the_test = std::env::vars_os().map(|(name, _)| name).filter(|name| {
        let name = name.to_string_lossy();
        name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
    });
    let mut command = Command::new(cargo);
    for name in of_the_test {
        command.env_remove(name);
    }
    let output = command
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .args(["build", "--bins", "--message-format=json-render-diagnostics"])
        .args(if release { DEPLOYED.as_slice() } else { &["--workspace", "--tests"] })
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "the functions could not be built");
    let lines = output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines
        .map(|line| serde_json::from_slice::<Value>(line).unwrap())
        .filter_map(|message| {
            let path = message["executable"].as_str()?;
            let of_a_test = message["profile"]["test"] == true;
            if of_a_test || message["target"]["kind"] != serde_json::json!(["bin"]) {
                return None;
            }
            Some((message["target"]["name"].as_str()?.to_owned(), path.into()))
        })
        .collect()
}
