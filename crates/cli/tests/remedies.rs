//! What the program says to somebody who does not get on: the next step, and the remedy of an error.

#![expect(clippy::unwrap_used, reason = "a failure of the set-up is a failure of the test")]

mod common;

use common::{Run, example, folder, root, run};
use std::fs;
use std::net::TcpListener;
use std::path::Path;

fn explained(event: &str, more: &[&str]) -> String {
    run(&[&["explain", "--event", event], more].concat(), b"").out
}

#[test]
fn without_evidence_it_says_how_to_read_it() {
    let (event, evidence) = example("06");
    let nothing = explained(&event, &[]);
    assert!(
        nothing.ends_with(
            "\n\nNext: give --evidence DIR, or --live --accounts 222222222222,OWNER, OWNER being\n\
             \x20     the bucket's account (see locksmith explain --help).\n"
        ),
        "{nothing}"
    );
    let request = run(
        &["explain", "-p", "arn:aws:iam::222222222222:role/R", "-a", "kms:Decrypt"]
            .into_iter()
            .chain(["-r", "arn:aws:kms:us-west-2:111111111111:key/1234abcd"])
            .collect::<Vec<_>>(),
        b"",
    );
    let both = "--live --accounts 111111111111,222222222222 (see\n";
    assert!(request.out.contains(both), "{}", request.out);

    let dir = folder("one-of-two-accounts");
    fs::copy(Path::new(&evidence).join("111111111111.json"), dir.join("111111111111.json"))
        .unwrap();
    let one = explained(&event, &["--evidence", dir.to_str().unwrap()]);
    let end =
        "\nNext: add account 222222222222 to the folder, by hand or by `locksmith collect`.\n";
    assert!(one.ends_with(end), "{one}");
}

#[test]
fn what_can_be_mended_leads_to_a_plan() {
    let (event, evidence) = example("06");
    let text = explained(&event, &["--evidence", &evidence]);
    assert!(text.ends_with("\n\nNext: `locksmith plan` with the same arguments.\n"), "{text}");
    for format in ["json", "markdown", "html"] {
        let other = explained(&event, &["--evidence", &evidence, "--format", format]);
        assert!(!other.contains("Next: "), "{other}");
    }
    // Allowed, and denied by what only people change.
    for name in ["01", "19"] {
        let (event, evidence) = example(name);
        let text = explained(&event, &["--evidence", &evidence]);
        assert!(!text.contains("Next: "), "{text}");
    }
}

#[test]
fn a_cause_that_is_in_no_layer_is_seen_below_the_matrix() {
    let (event, evidence) = example("10");
    let note = "kms:GenerateDataKey: see cause 1, which is in none of these layers.\n";
    let text = explained(&event, &["--evidence", &evidence]);
    assert!(text.contains(&format!("\n  ✗ {note}")), "{text}");
}

#[test]
fn each_command_lists_its_own_exit_statuses() {
    let all = run(&["--help"], b"").out;
    assert!(all.contains("Exit status; --help of each command lists its own:\n"), "{all}");
    assert!(!all.contains("denied and explained"), "{all}");
    for command in [
        &["explain"][..],
        &["plan"],
        &["apply"],
        &["undo"],
        &["collect"],
        &["simulate"],
        &["demo"],
        &["serve"],
        &["schema"],
        &["completions"],
        &["config", "check"],
    ] {
        let help = run(&[command, &["--help"]].concat(), b"").out;
        assert!(help.contains("\nExit status:\n  0  "), "{command:?}: {help}");
    }
}

/// A run that ends for bad input, with a help.
#[track_caller]
fn refused(args: &[&str], input: &[u8]) -> Run {
    let run = run(args, input);
    assert_eq!((run.status, run.out.as_str()), (3, ""), "{args:?}: {}", run.err);
    assert!(run.err.contains("\nhelp: "), "{}", run.err);
    assert!(!run.err.contains("os error"), "{}", run.err);
    run
}

#[test]
fn a_plan_is_never_read_from_standard_input() {
    for command in ["apply", "undo"] {
        let dash = refused(&[command, "--plan", "-"], b"{}").err;
        assert!(dash.contains("\nhelp: a plan is read from a file"), "{dash}");
        let missing = refused(&[command, "--plan", "no-such-file"], b"").err;
        assert_eq!(
            missing,
            "error: no-such-file: no such file or directory\nhelp: check the path\n"
        );
    }
}

#[test]
fn what_is_no_record_is_told_once() {
    let none = refused(&["explain", "--event", "-"], b"{}").err;
    assert!(none.contains("no CloudTrail record: `eventSource` is missing\n"), "{none}");
    assert_eq!(none.matches("EventBridge").count(), 1, "{none}");
}

/// A configuration that two people may come in by, and a folder for its store.
fn configured(name: &str) -> (String, String, String) {
    let dir = folder(name);
    let file = dir.join("locksmith.toml");
    fs::write(
        &file,
        "accounts.trusted = [\"111111111111\"]\n\
         people = [{ id = \"alice\", principals = [] }, { id = \"bob\", principals = [] }]\n",
    )
    .unwrap();
    let store = dir.join("store.redb");
    let (_, evidence) = example("06");
    (file.to_str().unwrap().to_owned(), store.to_str().unwrap().to_owned(), evidence)
}

#[test]
fn a_server_that_cannot_begin_says_what_to_name() {
    let (config, store, evidence) = configured("serve");
    let serve = |config: &str, person: &str, listen: &str| {
        let args = ["serve", "--config", config, "--as", person, "--listen", listen];
        refused(&[&args[..], &["--store", &store, "--evidence", &evidence]].concat(), b"").err
    };
    let missing = serve("nope.toml", "alice", "127.0.0.1:0");
    assert_eq!(missing, "error: nope.toml: no such file or directory\nhelp: check the path\n");

    let mallory = serve(&config, "mallory", "127.0.0.1:0");
    assert!(mallory.contains("nobody in [[people]] has the id `mallory`\n"), "{mallory}");
    assert!(mallory.ends_with("\nhelp: --as takes one of: alice, bob\n"), "{mallory}");

    let broken = folder("serve-broken").join("locksmith.toml");
    fs::write(&broken, "accounts.trusted = []\napproval.enabled = true\n").unwrap();
    let broken = serve(broken.to_str().unwrap(), "alice", "127.0.0.1:0");
    assert!(broken.contains("accounts.trusted: it is empty; name the accounts"), "{broken}");
    assert!(broken.contains(" (and 1 more)\nhelp: `locksmith config check "), "{broken}");
    assert!(!Path::new(&store).exists(), "nothing is begun");

    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let port = serve(&config, "alice", &address.to_string());
    assert!(port.contains(&format!("error: {address}: address already in use\n")), "{port}");
    assert!(port.contains("\nhelp: name another address with --listen"), "{port}");
    let port = address.port().to_string();
    let demo = refused(&["demo", "--no-browser", "--port", &port], b"").err;
    assert!(demo.contains(&format!("error: {address}: address already in use\n")), "{demo}");
    assert!(demo.contains("\nhelp: name another port with --port"), "{demo}");
}

#[test]
fn a_configuration_that_breaks_off_may_have_more_that_is_wrong() {
    let check = |args: &[&str], text: &str| {
        let run = run(&[&["config", "check"], args].concat(), text.as_bytes());
        assert_eq!((run.status, run.err.as_str()), (3, ""));
        run.out
    };
    let rest = "\nThe rest was not looked at yet: the functions would refuse this file.\n";
    let kind = check(&["-"], "accounts.trusted = 7\napproval.enabled = true\n");
    assert!(kind.starts_with("error: -:1:20: accounts.trusted: "), "{kind}");
    assert!(kind.ends_with(rest), "{kind}");

    let yaml = check(&["-"], "accounts:\n  trusted:\n    - \"111111111111\"\n");
    let first = "error: -: YAML is not read\nhelp: write it as TOML: ";
    assert!(yaml.starts_with(first) && yaml.ends_with(rest), "{yaml}");
    let file = folder("yaml").join("locksmith.yml");
    fs::write(&file, "[accounts\n").unwrap();
    let named = check(&[file.to_str().unwrap()], "");
    assert!(named.contains(": YAML is not read\n"), "{named}");
    // By its name alone nothing is refused.
    let good = root().join("infra/locksmith.example.toml");
    fs::copy(good, &file).unwrap();
    assert_eq!(run(&["config", "check", file.to_str().unwrap()], b"").status, 0);
}
