//! The program as a user runs it: arguments, streams and exit statuses.

#![expect(clippy::unwrap_used, reason = "a failure of the set-up is a failure of the test")]

mod common;

use common::{example, folder, root, run};
use flate2::{Compression, write::GzEncoder};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[test]
fn verdicts_are_exit_statuses() {
    for (name, status) in [("01", 0), ("03", 1), ("19", 1)] {
        let (event, evidence) = example(name);
        let run = run(&["explain", "--event", &event, "--evidence", &evidence], b"");
        assert_eq!(run.status, status, "{name}: {}{}", run.out, run.err);
    }
    let (event, _) = example("03");
    assert_eq!(run(&["explain", "--event", &event], b"").status, 2);
}

#[test]
fn every_format_has_its_status_and_no_colour_in_a_pipe() {
    let (event, evidence) = example("03");
    for (format, begin) in [
        ("text", "DENIED  "),
        ("json", "{\"verdict\":\"denied\""),
        ("markdown", "## Denied: "),
        ("html", "<!DOCTYPE html>"),
    ] {
        let args = ["explain", "-f", format, "-e", &event, "-d", &evidence];
        let run = run(&args, b"");
        assert_eq!(run.status, 1);
        assert!(run.out.starts_with(begin), "{}", run.out);
        assert!(!run.out.contains('\u{1b}'));
        assert_eq!(run.err, "");
    }
}

#[test]
fn colour_only_where_it_is_wanted() {
    let (event, evidence) = example("03");
    let run = |color| run(&["explain", "-e", &event, "-d", &evidence, "--color", color], b"").out;
    assert!(run("always").contains('\u{1b}'));
    assert!(!run("auto").contains('\u{1b}'));
    assert!(!run("never").contains('\u{1b}'));
}

#[test]
fn standard_input_and_gzip() {
    let (event, evidence) = example("03");
    let event = fs::read(event).unwrap();
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&event).unwrap();
    let args = ["explain", "--event", "-", "--evidence", &evidence, "--format", "json"];
    let plain = run(&args, &event);
    let packed = run(&args, &encoder.finish().unwrap());
    assert_eq!((plain.status, packed.status), (1, 1));
    assert_eq!(plain.out, packed.out);
    assert_eq!(plain.out.lines().count(), 1);
}

#[test]
fn a_file_of_several_records() {
    let (denied, evidence) = example("03");
    let (allowed, of_allowed) = example("01");
    let denied = fs::read_to_string(denied).unwrap();
    let allowed = fs::read_to_string(allowed).unwrap();
    let args = ["explain", "--event", "-", "--evidence", &evidence, "--format", "json"];
    let file = format!("{{\"Records\": [{allowed}, {denied}, {denied}]}}");
    let both = run(&args, file.as_bytes());
    assert_eq!(both.status, 1);
    assert_eq!(both.out.lines().count(), 2);

    let file = format!("{{\"Records\": [{allowed}, {allowed}]}}");
    let none = run(&args, file.as_bytes());
    assert_eq!((none.status, none.out.as_str()), (0, ""));
    assert_eq!(none.err, "-: none of its 2 records is denied\n");

    let args = ["explain", "--event", "-", "--evidence", &of_allowed, "--format", "json"];
    let single = run(&args, format!("{{\"Records\": [{allowed}]}}").as_bytes());
    assert_eq!((single.status, single.out.lines().count()), (0, 1));
}

#[test]
fn a_call_without_a_record() {
    let (_, evidence) = example("03");
    let key = "arn:aws:kms:us-west-2:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let role = "arn:aws:iam::222222222222:role/data/ReportReader";
    let args = ["explain", "-p", role, "-a", "kms:Decrypt", "-r", key, "-d", &evidence];
    let denied = run(&args, b"");
    assert_eq!(denied.status, 1, "{}{}", denied.out, denied.err);
    let args = ["explain", "-p", role, "-a", "Decrypt", "-r", key];
    let bad = run(&args, b"");
    assert_eq!(bad.status, 3);
    assert!(bad.err.starts_with("error: action: "), "{}", bad.err);
    assert!(bad.err.contains("\nhelp: "));
}

#[test]
fn arguments_that_do_not_fit_are_bad_input() {
    let (event, _) = example("03");
    for args in [
        &["explain"][..],
        &["explain", "--principal", "*"],
        &["explain", "--event", &event, "--action", "s3:GetObject"],
        &["explain", "--event", &event, "--context", "aws:SourceIp=198.51.100.7"],
        &["explain", "--event", &event, "--format", "pdf"],
        &["explain", "--event", &event, "--live"],
        &["nonsense"],
        &[],
    ] {
        let run = run(args, b"");
        assert_eq!(run.status, 3, "{args:?}: {}", run.err);
        assert!(!run.err.is_empty());
    }
    assert_eq!(run(&["--help"], b"").status, 0);
    assert_eq!(run(&["explain", "--help"], b"").status, 0);
}

#[track_caller]
fn check_bad_event(event: &[u8], error: &str) {
    let run = run(&["explain", "--event", "-"], event);
    assert_eq!(run.status, 3);
    assert_eq!(run.out, "");
    assert!(
        run.err.starts_with(&format!("error: -: {error}"))
            || run.err.starts_with(&format!("error: -:{error}")),
        "{}",
        run.err
    );
    assert!(run.err.contains("\nhelp: "), "{}", run.err);
}

#[test]
fn bad_events_are_placed() {
    check_bad_event(b"", "it is empty");
    check_bad_event(b"{\n  \"a\": ]", "2:8: not JSON: expected value");
    check_bad_event(b"\xff{}", "byte 0 is not UTF-8");
    check_bad_event(b"{\"Records\": 7}", "1:13: Records: expected a list");
    let missing = run(&["explain", "--event", "no-such-file.json"], b"");
    assert_eq!(missing.status, 3);
    assert!(missing.err.starts_with("error: no-such-file.json: no such file"), "{}", missing.err);
}

#[test]
fn bad_evidence_is_placed() {
    let (event, _) = example("03");
    let dir = folder("bad-evidence");
    let path = dir.to_str().unwrap();
    let args = ["explain", "--event", &event, "--evidence", path];

    let empty = run(&args, b"");
    assert_eq!(empty.status, 4);
    assert!(empty.err.contains("no *.json file"), "{}", empty.err);

    let file = dir.join("111111111111.json");
    let text = "{\n  \"AccountId\": \"111111111111\",\n  \"S3\": {\"Buckets\": [\n    {\"Name\": \"b\", \"Foo\": 1}\n  ]}\n}";
    fs::write(&file, text).unwrap();
    let field = run(&args, b"");
    assert_eq!(field.status, 4);
    let place = format!("error: {}:4:19: S3.Buckets[0]", file.display());
    assert!(field.err.starts_with(&place), "{}", field.err);
    assert!(field.err.contains("unknown field `Foo`"), "{}", field.err);
    assert!(field.err.contains("\nhelp: take the field out"), "{}", field.err);

    fs::write(&file, "{\"AccountId\": \n").unwrap();
    let broken = run(&args, b"");
    assert_eq!(broken.status, 4);
    assert!(broken.err.contains("111111111111.json:2:1: not JSON:"), "{}", broken.err);

    let args = ["explain", "--event", &event, "--evidence", "no-such-folder"];
    assert_eq!(run(&args, b"").status, 4);
}

const LINE: &str = r#"{"id": 1, "request": {"principal": "*", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k"}}"#;

#[test]
fn simulate_answers_every_line_in_order() {
    let mut input = Vec::new();
    for id in 0..10_000 {
        input.extend_from_slice(LINE.replace('1', &id.to_string()).as_bytes());
        input.extend_from_slice(b"\n\n");
    }
    let all = run(&["simulate"], &input);
    assert_eq!((all.status, all.err.as_str()), (0, ""));
    assert_eq!(all.out.lines().count(), 10_000);
    for (id, line) in all.out.lines().enumerate() {
        let begin = format!("{{\"id\":{id},\"decision\":\"implicitly_denied\"");
        assert!(line.starts_with(&begin), "{line}");
    }
}

#[test]
fn simulate_goes_on_after_a_refused_line() {
    let mut input = LINE.as_bytes().to_vec();
    input.extend_from_slice(b"\n{\"id\": \"bad\"}\nnonsense\n{\"id\": \"\xff\"}\n");
    input.extend_from_slice(LINE.as_bytes());
    let some = run(&["simulate", "-"], &input);
    assert_eq!(some.status, 3);
    let lines: Vec<_> = some.out.lines().collect();
    assert_eq!(lines.len(), 5);
    assert!(lines[0].contains("decision") && lines[4].contains("decision"));
    assert!(lines[1].starts_with("{\"id\":\"bad\",\"error\":"));
    assert!(lines[2].starts_with("{\"id\":null,\"error\":"));
    assert!(lines[3].starts_with("{\"id\":null,\"error\":"));
    assert!(some.err.starts_with("error: 3 of 5 lines were refused\n"), "{}", some.err);
}

#[test]
fn simulate_reads_files() {
    let dir = folder("simulate");
    let (one, two) = (dir.join("one.ndjson"), dir.join("two.ndjson.gz"));
    fs::write(&one, LINE).unwrap();
    let mut encoder = GzEncoder::new(fs::File::create(&two).unwrap(), Compression::default());
    encoder.write_all(LINE.as_bytes()).unwrap();
    encoder.finish().unwrap();
    let both = run(&["simulate", one.to_str().unwrap(), two.to_str().unwrap()], b"");
    assert_eq!((both.status, both.out.lines().count()), (0, 2));
    let missing = run(&["simulate", "no-such-file.ndjson"], b"");
    assert_eq!(missing.status, 3);
}

#[test]
fn schemas_are_json() {
    let all = run(&["schema"], b"");
    assert_eq!(all.status, 0);
    let all: serde_json::Value = serde_json::from_str(&all.out).unwrap();
    assert_eq!(all.as_object().unwrap().len(), 7);
    let one = run(&["schema", "diagnosis"], b"");
    let one: serde_json::Value = serde_json::from_str(&one.out).unwrap();
    assert_eq!(one["title"], "Diagnosis");

    let dir = folder("schemas");
    let written = run(&["schema", "--out", dir.to_str().unwrap()], b"");
    assert_eq!((written.status, written.out.as_str()), (0, ""));
    for (name, schema) in all.as_object().unwrap() {
        let text = fs::read_to_string(dir.join(name)).unwrap();
        assert_eq!(&serde_json::from_str::<serde_json::Value>(&text).unwrap(), schema);
    }
}

#[test]
fn a_configuration_is_looked_at() {
    let check =
        |args: &[&str], input: &str| run(&[&["config", "check"], args].concat(), input.as_bytes());
    let sample = "infra/locksmith.example.toml";
    let good = check(&[sample], "");
    assert_eq!((good.status, good.err.as_str()), (0, ""));
    assert!(
        good.out.starts_with("infra/locksmith.example.toml: good\n  accounts "),
        "{}",
        good.out
    );
    assert!(!good.out.contains('\u{1b}'));
    assert!(check(&[sample, "--color", "always"], "").out.contains('\u{1b}'));

    let over = "accounts.trusted = [\"111111111111\"]\n\
                suppressions = [{ reason = \"r\", until = \"2020-01-01T00:00:00Z\" }]";
    let warned = check(&["-"], over);
    assert_eq!(warned.status, 0, "{}", warned.out);
    assert!(warned.out.contains("\nwarning: -:2:41: suppressions[0].until: "), "{}", warned.out);

    let bad = check(&["-"], "[accounts]\ntrusted = []\n[approval]\nenabled = true\n");
    assert_eq!((bad.status, bad.err.as_str()), (3, ""));
    assert_eq!(
        bad.out,
        "error: -:2:11: accounts.trusted: it is empty\n\
         2 | trusted = []\n\
         \x20 |           ^^\n\
         help: name the accounts that Locksmith may watch\n\
         \n\
         error: -:4:11: approval.enabled: it is true, and nobody is named in\n\
         \x20      [[approval.owners]]\n\
         4 | enabled = true\n\
         \x20 |           ^^^^\n\
         help: name who may approve changes in which account\n\
         \n\
         2 problems: the functions would refuse this file.\n"
    );
    let bad = check(&["-f", "json", "-"], "[accounts]\ntrusted = []\n");
    assert_eq!((bad.status, bad.out.lines().count()), (3, 1));
    let bad: serde_json::Value = serde_json::from_str(&bad.out).unwrap();
    assert_eq!(
        bad["problems"][0]["place"],
        serde_json::json!({"line": 2, "column": 11, "width": 2})
    );
    assert_eq!((&bad["good"], &bad["summary"]), (&false.into(), &serde_json::Value::Null));

    let missing = check(&[], "");
    assert_eq!((missing.status, missing.out.as_str()), (3, ""));
    assert!(missing.err.starts_with("error: locksmith.toml: no such file"), "{}", missing.err);
    let binary = run(&["config", "check", "-"], b"a = \xff");
    assert_eq!(binary.status, 3);
    assert!(binary.err.starts_with("error: -: byte 4 is not UTF-8\nhelp: "), "{}", binary.err);
    assert_eq!(run(&["config"], b"").status, 3);
}

#[test]
fn completions_for_shells() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = run(&["completions", shell], b"");
        assert_eq!(run.status, 0);
        assert!(run.out.contains("locksmith"));
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_locksmith"))
        .args(["schema"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.stderr, b"");
    assert_eq!(output.status.code(), Some(0));
}

/// The commands that a text of `--help` shows: lines indented by four or more.
fn commands(help: &str) -> Vec<String> {
    let mut commands = vec![String::new()];
    let (_, examples) = help.split_once("Examples:\n").unwrap();
    for line in examples.lines() {
        let last = commands.last_mut().unwrap();
        if line.starts_with("    ") {
            last.push_str(line);
            last.push('\n');
        } else if !last.is_empty() {
            commands.push(String::new());
        }
    }
    commands.retain(|command| command.contains("locksmith"));
    commands
}

#[test]
fn what_help_shows_can_be_pasted() {
    let bin = Path::new(env!("CARGO_BIN_EXE_locksmith")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let run_all = |help: &[&str], statuses: &[i32]| {
        let help = run(help, b"");
        assert!(help.out.lines().all(|line| line.chars().count() <= 100), "{}", help.out);
        for (command, status) in commands(&help.out).iter().zip(statuses) {
            let output = Command::new("sh")
                .args(["-c", &command.replace("> denied.html", "").replace("> fix.sh", "")])
                .current_dir(root())
                .env("PATH", &path)
                .output()
                .unwrap();
            let err = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(*status), "{command}\n{err}");
        }
    };
    run_all(&["--help"], &[1, 0, 0, 0]);
    run_all(&["explain", "--help"], &[1, 1]);
    run_all(&["plan", "--help"], &[0, 0, 0]);
    run_all(&["config", "check", "--help"], &[0]);
}

#[test]
fn accounts_are_read_only_where_that_was_asked_for() {
    let (event, _) = example("03");
    let live = run(&["explain", "--event", &event, "--live"], b"");
    assert_eq!(live.status, 3);
    assert!(live.err.contains("--accounts <ACCOUNTS>"), "{}", live.err);
    let accounts = ["explain", "--event", &event, "--accounts", "111111111111"];
    assert_eq!(run(&accounts, b"").status, 3);
    let wrong = run(&["collect", "--accounts", "1111", "--out", "x"], b"");
    assert_eq!(wrong.status, 3);
    assert!(wrong.err.contains("`1111` is no account id"), "{}", wrong.err);
}

#[test]
fn a_folder_with_something_in_it_is_not_written_over() {
    let dir = folder("collect");
    fs::write(dir.join("111111111111.json"), "{}").unwrap();
    let dir = dir.to_str().unwrap();
    let run = run(&["collect", "--accounts", "111111111111", "--out", dir], b"");
    assert_eq!(run.status, 3);
    assert!(run.err.contains("the folder is not empty\nhelp: "), "{}", run.err);
}

/// A file with the plan of an example, in a folder of its own, and the plan.
fn planned(name: &str, folder_name: &str) -> (PathBuf, serde_json::Value) {
    let (event, evidence) = example(name);
    let run = run(&["plan", "-e", &event, "-d", &evidence, "-f", "json"], b"");
    let file = folder(folder_name).join("plan.json");
    fs::write(&file, &run.out).unwrap();
    (file, serde_json::from_str(&run.out).unwrap())
}

#[test]
fn plans_have_their_statuses() {
    for (name, status, begin) in [
        ("06", 0, "FIX  3 changes in 2 accounts let role ReportReader"),
        ("01", 1, "NOTHING TO CHANGE  By this evidence"),
        ("19", 1, "BY HAND  People have to act"),
    ] {
        let (event, evidence) = example(name);
        let run = run(&["plan", "--event", &event, "--evidence", &evidence], b"");
        assert_eq!(run.status, status, "{name}: {}{}", run.out, run.err);
        assert!(run.out.starts_with(begin), "{}", run.out);
        assert!(!run.out.contains('\u{1b}'));
    }
    let (event, _) = example("06");
    let open = run(&["plan", "--event", &event], b"");
    assert_eq!(open.status, 2);
    assert!(open.out.starts_with("UNKNOWN  Whether role ReportReader"), "{}", open.out);
}

#[test]
fn every_format_of_a_plan() {
    let (event, evidence) = example("06");
    for (format, begin) in [
        ("text", "FIX  "),
        ("json", "{\"digest\":\"sha256:"),
        ("markdown", "## Fix\n"),
        ("cli", "#!/bin/sh\n"),
        ("terraform", "# 3 changes in 2 accounts"),
        ("cloudformation", "# 3 changes in 2 accounts"),
    ] {
        let run = run(&["plan", "-f", format, "-e", &event, "-d", &evidence], b"");
        assert_eq!((run.status, run.err.as_str()), (0, ""));
        assert!(run.out.starts_with(begin), "{}", run.out);
    }
}

#[test]
fn only_what_expires_depends_on_the_clock() {
    let (event, evidence) = example("06");
    let plan = |more: &[&str]| {
        let mut args = vec!["plan", "-e", &event, "-d", &evidence, "-f", "json"];
        args.extend(more);
        let run = run(&args, b"");
        assert_eq!(run.status, 0, "{}", run.err);
        serde_json::from_str::<serde_json::Value>(&run.out).unwrap()
    };
    let (now, then) = ("--now=2026-11-20T10:00:00Z", "--now=2026-11-21T10:00:00Z");
    assert_eq!(plan(&[])["digest"], plan(&[then])["digest"]);
    let short = plan(&["--expires", "8h", now]);
    assert_eq!(short["expires_at"], "2026-11-20T18:00:00Z");
    assert_eq!(short["digest"], plan(&["--expires", "8h", now])["digest"]);
    assert_ne!(short["digest"], plan(&["--expires", "8h", then])["digest"]);
    let wide = plan(&["--scope", "bucket"]);
    assert_ne!(wide["digest"], plan(&[])["digest"]);
    for bad in ["--expires=soon", "--now=today", "--scope=world", "--format=html"] {
        let run = run(&["plan", "-e", &event, "-d", &evidence, bad], b"");
        assert_eq!(run.status, 3, "{bad}");
    }
}

/// The recipe in docs/plan.md.
#[test]
fn others_can_recompute_the_digest() {
    let (file, plan) = planned("06", "digest");
    let docs = fs::read_to_string(root().join("docs/plan.md")).unwrap();
    let (_, recipe) = docs.split_once("```python\n").unwrap();
    let (recipe, _) = recipe.split_once("```").unwrap();
    let output = Command::new("python3").arg("-c").arg(recipe).arg(&file).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), plan["digest"].as_str().unwrap());
}

#[test]
fn plans_of_several_records() {
    let (event, evidence) = example("06");
    let read = fs::read_to_string(&event).unwrap();
    let other = read.replace("2026/q3.parquet", "2026/q4.parquet");
    let both = |records: &str, format: &str| {
        let args = ["plan", "-e", "-", "-d", &evidence, "-f", format];
        run(&args, format!("{{\"Records\": [{records}]}}").as_bytes())
    };
    let lines = both(&format!("{read}, {other}"), "json");
    assert_eq!(lines.out.lines().count(), 2);
    // What several calls need in the same way is one script.
    assert_eq!(both(&format!("{read}, {read}"), "cli").status, 0);
    let code = both(&format!("{read}, {other}"), "cli");
    assert_eq!(code.status, 3);
    assert!(code.err.contains("2 calls need different changes"), "{}", code.err);
}

#[test]
fn nothing_is_applied_without_consent() {
    let (file, plan) = planned("06", "consent");
    let file = file.to_str().unwrap();
    let digest = plan["digest"].as_str().unwrap();
    let silent = run(&["apply", "--plan", file], b"");
    assert_eq!(silent.status, 3);
    assert!(silent.err.contains("nobody can be asked: this is no terminal"), "{}", silent.err);
    assert!(silent.err.contains("\nhelp: give consent with --yes DIGEST"), "{}", silent.err);
    assert_eq!(run(&["apply", "--plan", file], b"y\n").status, 3);

    let zeros = format!("sha256:{}", "0".repeat(64));
    let wrong = run(&["apply", "--plan", file, "--yes", &zeros], b"");
    assert_eq!(wrong.status, 3);
    assert!(wrong.err.contains("is not the digest of this plan"), "{}", wrong.err);
    let short = run(&["apply", "--plan", file, "--yes", &digest[..15]], b"");
    assert_eq!(short.status, 3);
    assert!(short.err.contains("is no digest"), "{}", short.err);
    assert!(!Path::new(file).with_file_name("plan.json.journal.json").exists());
}

#[test]
fn a_file_that_is_not_one_plan_is_refused() {
    let (file, plan) = planned("06", "not-one-plan");
    let name = file.to_str().unwrap();
    let digest = plan["digest"].as_str().unwrap().to_owned();
    let check = |text: &str, error: &str| {
        fs::write(&file, text).unwrap();
        let run = run(&["apply", "--plan", name, "--yes", &digest], b"");
        assert_eq!(run.status, 3, "{}", run.err);
        assert!(run.err.starts_with(&format!("error: {name}:")), "{}", run.err);
        assert!(run.err.contains(error), "{}", run.err);
        assert!(run.err.contains("\nhelp: "), "{}", run.err);
        assert_eq!(run.out, "");
    };
    let text = plan.to_string();
    let edited = text.replace("2026/q3.parquet", "*");
    check(&edited, "changes: the changes are not those of the digest");
    check(&format!("{text}\n{text}\n"), "it holds 2 plans");
    check("{\"verdict\": \"denied\"}", "not a plan: missing field `digest`");
    check("[]", "not a plan: it is no object");
    check("{\"digest\": ", "not JSON");
    check("", "it is empty");
    fs::remove_file(&file).unwrap();
    let missing = run(&["apply", "--plan", name], b"");
    assert_eq!(missing.status, 3);
    assert!(missing.err.contains("no such file"), "{}", missing.err);
    assert_eq!(run(&["apply"], b"").status, 3);
}

#[test]
fn what_is_left_to_people_is_not_applied() {
    let (file, plan) = planned("19", "by-hand");
    let digest = plan["digest"].as_str().unwrap();
    let args = ["apply", "--plan", file.to_str().unwrap(), "--yes", digest, "--partly"];
    let nothing = run(&args, b"");
    assert_eq!(nothing.status, 3);
    assert!(nothing.err.contains("there is nothing to apply"), "{}", nothing.err);
}

#[test]
fn a_journal_that_is_missing_or_in_use() {
    let (file, plan) = planned("06", "journals");
    let name = file.to_str().unwrap();
    let digest = plan["digest"].as_str().unwrap();
    let undo = run(&["undo", "--plan", name, "--yes", digest], b"");
    assert_eq!(undo.status, 3);
    assert!(undo.err.contains("there is no journal, so nothing was applied"), "{}", undo.err);

    let journal = file.with_file_name("journal.json");
    let lock = fs::File::create(file.with_file_name("journal.json.lock")).unwrap();
    lock.try_lock().unwrap();
    let journal_name = journal.to_str().unwrap();
    let args = ["apply", "--plan", name, "--yes", digest, "--journal", journal_name];
    let held = run(&args, b"");
    assert_eq!(held.status, 3);
    assert!(held.err.contains("another program works with this journal"), "{}", held.err);
    drop(lock);
    fs::write(&journal, "{}").unwrap();
    let broken = run(&args, b"");
    assert_eq!(broken.status, 3);
    assert!(broken.err.contains("not a journal"), "{}", broken.err);
}

#[test]
fn without_credentials_nothing_is_begun() {
    let (file, plan) = planned("06", "no-credentials");
    let digest = plan["digest"].as_str().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_locksmith"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AWS_")) {
        command.env_remove(name);
    }
    let output = command
        .args(["apply", "--plan", file.to_str().unwrap(), "--yes", digest])
        .env("HOME", file.parent().unwrap())
        .env("AWS_REGION", "us-west-2")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .output()
        .unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(4), "{err}");
    assert!(err.contains("\nhelp: log in as the AWS CLI does"), "{err}");
    assert!(!file.with_file_name("plan.json.journal.json").exists());
}
