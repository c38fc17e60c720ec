//! The script, run by a shell with an `aws` that keeps documents in a folder.

use crate::plan::sample::{self, HOSTILE, OBJECT};
use crate::plan::words;
use crate::recipe::script;
use locksmith_core::plan::{Change, ChangeKind, Plan};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// Accounts in a folder, and a place to run scripts in.
struct Stage {
    folder: TempDir,
}

impl Stage {
    /// With every document as the plan found it.
    fn of(plan: &Plan) -> Self {
        let stage = Self { folder: TempDir::new().unwrap() };
        for name in ["bin", "aws", "work"] {
            fs::create_dir(stage.folder.path().join(name)).unwrap();
        }
        let aws = stage.folder.path().join("bin/aws");
        fs::write(&aws, include_str!("fake_aws.py")).unwrap();
        fs::set_permissions(&aws, fs::Permissions::from_mode(0o755)).unwrap();
        for change in &plan.changes {
            if let Some(before) = &change.before {
                stage.put(change, before);
            }
        }
        stage
    }

    fn file(&self, change: &Change) -> PathBuf {
        let name = words::name(change);
        let (noun, owner) = match change.kind {
            ChangeKind::PutBucketPolicy => ("bucket-policy", name),
            ChangeKind::PutAccessPointPolicy => ("access-point-policy", name),
            ChangeKind::PutKeyPolicy => ("key-policy", &*change.target),
            ChangeKind::CreateGrant => ("grant", &*change.target),
            ChangeKind::PutBucketEncryption => ("bucket-encryption", name),
            ChangeKind::PutTrustPolicy => ("assume-role-policy", name),
            ChangeKind::PutRolePolicy => ("role-policy", name),
            ChangeKind::PutUserPolicy => ("user-policy", name),
        };
        let policy = change.policy_name.as_deref().unwrap_or_default();
        let place = format!("{}-{noun}-{owner}-{policy}", change.account);
        let name = place.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        self.folder.path().join("aws").join(name)
    }

    fn put(&self, change: &Change, document: &Value) {
        fs::write(self.file(change), document.to_string()).unwrap();
    }

    fn get(&self, change: &Change) -> Option<Value> {
        let text = fs::read_to_string(self.file(change)).ok()?;
        Some(serde_json::from_str(&text).unwrap())
    }

    /// How many writes there were so far.
    fn writes(&self) -> usize {
        let log = fs::read_to_string(self.folder.path().join("aws/log"));
        log.unwrap_or_default().lines().count()
    }

    /// Whether it succeeds, and what it says.
    fn run(&self, plan: &Plan) -> (bool, String) {
        let file = self.folder.path().join("fix.sh");
        fs::write(&file, script(plan)).unwrap();
        let checked = Command::new("sh").arg("-n").arg(&file).output().unwrap();
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
        let path = std::env::var("PATH").unwrap();
        let path = format!("{}:{path}", self.folder.path().join("bin").display());
        let output = Command::new("sh")
            .arg(&file)
            .current_dir(self.folder.path().join("work"))
            .env("PATH", path)
            .env("LC_ALL", "C")
            .env("FAKE_AWS", self.folder.path().join("aws"))
            .env("PROFILE_111111111111", "111111111111")
            .env("PROFILE_222222222222", "222222222222")
            .output()
            .unwrap();
        assert!(!self.folder.path().join("work/pwned").exists());
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).unwrap())
    }
}

/// Every kind of change, on an object of a name, by roles whose names are no better.
fn plan(object: &str) -> Plan {
    let mut changes = sample::every_kind(object);
    if object == HOSTILE {
        for change in &mut changes {
            HOSTILE.clone_into(&mut change.why);
            HOSTILE.clone_into(&mut change.inverse);
            if change.kind.is_inline_policy() {
                change.target.push_str("'$(touch pwned)`touch pwned`\"");
                change.policy_name = Some("it's $(touch pwned)".to_owned());
            }
        }
    }
    sample::plan_of(changes)
}

#[test]
fn a_script_makes_what_was_planned_and_makes_it_once() {
    for object in [OBJECT, HOSTILE] {
        let plan = plan(object);
        let stage = Stage::of(&plan);
        let (done, said) = stage.run(&plan);
        assert!(done, "{said}");
        for change in &plan.changes {
            assert_eq!(stage.get(change).as_ref(), Some(&change.after), "{:?}", change.kind);
        }
        assert_eq!(stage.writes(), plan.changes.len());
        let (done, said) = stage.run(&plan);
        assert!(done, "{said}");
        assert_eq!(said.matches("stands there already").count(), plan.changes.len(), "{said}");
        assert_eq!(stage.writes(), plan.changes.len());
    }
}

#[test]
fn a_script_writes_nothing_after_drift() {
    for change in sample::every_kind(OBJECT) {
        if change.kind == ChangeKind::CreateGrant {
            continue;
        }
        let plan = sample::plan_of(vec![change.clone(), sample::grant(OBJECT)]);
        let stage = Stage::of(&plan);
        let theirs = serde_json::json!({"Version": "2012-10-17", "Statement": []});
        stage.put(&change, &theirs);
        let (done, said) = stage.run(&plan);
        assert!(!done && said.contains("somebody changed it since"), "{said}");
        assert_eq!(stage.writes(), 0);
    }
}

#[test]
fn a_script_does_not_mind_the_order_of_lists() {
    let plan = sample::plan_of(vec![sample::bucket_policy(OBJECT)]);
    let stage = Stage::of(&plan);
    let change = &plan.changes[0];
    let mut other = change.before.clone().unwrap();
    other["Statement"] = other["Statement"][0].take();
    other["Statement"]["Resource"].as_array_mut().unwrap().reverse();
    stage.put(change, &other);
    let (done, said) = stage.run(&plan);
    assert!(done, "{said}");
}

#[test]
fn a_script_refuses_credentials_of_another_account() {
    let plan = plan(OBJECT);
    let stage = Stage::of(&plan);
    let text = script(&plan).replace("PROFILE_$account", "PROFILE_111111111111");
    fs::write(stage.folder.path().join("fix.sh"), &text).unwrap();
    let output = Command::new("sh")
        .arg("../fix.sh")
        .current_dir(stage.folder.path().join("work"))
        .env(
            "PATH",
            format!(
                "{}:{}",
                stage.folder.path().join("bin").display(),
                std::env::var("PATH").unwrap()
            ),
        )
        .env("FAKE_AWS", stage.folder.path().join("aws"))
        .env("PROFILE_111111111111", "111111111111")
        .output()
        .unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("these are no credentials of account 222222222222"), "{said}");
    assert_eq!(stage.writes(), 0);
}
