//! The program `locksmith` before a world, with a plan of its own.

use crate::binaries::{Profile, binary};
use crate::lambda::Environment;
use crate::record::Denial;
use crate::world::World;
use locksmith_core::plan::{Digest, Plan};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::process::{Child, Command};

/// Somebody at a command line, in a folder of their own.
#[derive(Debug)]
pub struct Program {
    environment: Environment,
    live: [String; 4],
    folder: PathBuf,
}

/// A run that ended.
#[derive(Clone, Debug)]
pub struct Ran {
    /// Its exit status; none if it was killed.
    pub status: Option<i32>,
    /// What it wrote to standard output.
    pub output: String,
    /// What it wrote to standard error.
    pub errors: String,
}

/// A run under way.
#[derive(Debug)]
pub struct Running {
    child: Child,
}

/// The record of the denied call.
const EVENT: &str = "event.json";
/// The record of the same call, made again.
const AGAIN: &str = "again.json";

/// What KMS answers in its own words tells of a key as it was, and nothing of the call. Of
/// `AssumeRole` only the message tells the role.
fn as_if_made_again(mut event: Value) -> Value {
    if event["errorCode"] == "AccessDenied" {
        return event;
    }
    let record = event.as_object_mut().expect("a record is an object");
    for absent in ["errorCode", "errorMessage"] {
        record.remove(absent);
    }
    event
}

/// The folder goes with whoever had it.
impl Drop for Program {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Program {
    /// Somebody who may assume the roles of the accounts, with the record of a denied call.
    pub fn new(world: &World, denial: &Denial) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("program-{}-{number}", std::process::id());
        let folder = crate::binaries::target().join("wire").join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let event = denial.callers_copy();
        std::fs::write(folder.join(EVENT), event.to_string()).unwrap();
        std::fs::write(folder.join(AGAIN), as_if_made_again(event).to_string()).unwrap();
        let live = [
            "--accounts".to_owned(),
            format!("{},{}", world.owner.id, world.caller.id),
            "--organization".to_owned(),
            world.organization.management.id.clone(),
        ];
        Self { environment: world.hub.operator(), live, folder }
    }

    /// Starts it.
    pub fn start(&self, arguments: &[&str]) -> Running {
        let child = Command::new(binary(Profile::Tests, "locksmith"))
            .env_clear()
            .envs(self.environment.variables.iter().map(|(name, value)| (name, value)))
            .current_dir(&self.folder)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the program starts");
        Running { child }
    }

    /// Runs it to its end.
    pub async fn run(&self, arguments: &[&str]) -> Ran {
        self.start(arguments).ended().await
    }

    /// `locksmith explain --live` of the call as if it were made again; the diagnosis.
    pub async fn explain(&self) -> Value {
        let ran = self.of_the_record("explain", AGAIN).await;
        serde_json::from_str(&ran.output).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
    }

    /// `locksmith plan --live` of the record; the plan, stored in a file of a name.
    pub async fn plan(&self, name: &str) -> Plan {
        let ran = self.of_the_record("plan", EVENT).await;
        let plan = serde_json::from_str(&ran.output);
        std::fs::write(self.folder.join(name), &ran.output).unwrap();
        plan.unwrap_or_else(|error| panic!("{error}: {ran:?}"))
    }

    async fn of_the_record(&self, command: &str, record: &str) -> Ran {
        let mut arguments = vec![command, "--live", "--event", record, "--format", "json"];
        arguments.extend(self.live.iter().map(String::as_str));
        self.run(&arguments).await
    }

    /// Starts `apply` or `undo` of a plan in a file.
    pub fn start_work(&self, command: &str, plan: &str, digest: &Digest) -> Running {
        self.start(&[command, "--plan", plan, "--yes", digest.as_str()])
    }

    /// `apply` or `undo` of a plan in a file, to its end.
    pub async fn work(&self, command: &str, plan: &str, digest: &Digest) -> Ran {
        self.start_work(command, plan, digest).ended().await
    }

    /// What the journal of a plan in a file says of the work, if there is one.
    pub fn journal(&self, plan: &str) -> Option<Value> {
        let path = self.folder.join(format!("{plan}.journal.json"));
        let text = std::fs::read(path).ok()?;
        Some(serde_json::from_slice(&text).expect("a journal is whole at any time"))
    }

    /// Removes the journal of a plan in a file.
    pub fn without_journal(&self, plan: &str) {
        let _ = std::fs::remove_file(self.folder.join(format!("{plan}.journal.json")));
    }

    /// Where its files are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Running {
    /// Waits until it is gone, however it ended.
    pub async fn gone(&mut self) {
        self.child.wait().await.expect("it ends");
    }

    /// Kills it, without a word, and waits until it is gone.
    pub async fn kill(&mut self) {
        self.child.kill().await.expect("it is killed");
    }

    /// Waits until it ends by itself.
    pub async fn ended(self) -> Ran {
        let ended = self.child.wait_with_output().await.expect("it ends");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ran {
            status: ended.status.code(),
            output: text(&ended.stdout),
            errors: text(&ended.stderr),
        }
    }
}
