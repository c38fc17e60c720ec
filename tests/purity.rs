//! The core stays pure: its dependencies hold no runtime, no AWS SDK and nothing that does I/O.

use std::process::Command;

#[test]
fn the_core_depends_on_nothing_that_does_io() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--package", "locksmith-core", "--edges", "normal", "--prefix", "none"])
        .args(["--format", "{p}", "--offline", "--locked"])
        .current_dir(locksmith_tests::root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).unwrap();
    let names: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(names.contains(&"serde_json"), "the tree was not read: {names:?}");
    let banned = ["tokio", "async-std", "smol", "mio", "hyper", "reqwest", "rustls", "chrono"];
    for name in names {
        let aws = name.starts_with("aws-") || name.starts_with("aws_");
        assert!(!aws && !banned.contains(&name), "the core depends on {name}");
    }
}
