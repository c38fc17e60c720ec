//! A process that writes to the store in a file is killed again and again: whatever it was told is
//! written is there, and nothing is there by halves.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "what goes wrong in a test has to fail it"
)]

use jiff::Timestamp;
use locksmith_app::incident::{Incident, IncidentId, State};
use locksmith_app::ports::{Attachment, Store as _};
use locksmith_store::EmbeddedStore;
use locksmith_store_tests::samples::{group, incident, store_with};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const ROUNDS: u64 = 12;
const INCIDENTS: u32 = 3;
const FILE: &str = "LOCKSMITH_CRASH_FILE";

/// What the killed process runs: it tells every write that it was told is done.
#[test]
#[ignore = "runs until it is killed, for the test below"]
fn writer() {
    let Some(path) = std::env::var_os(FILE) else { return };
    let store = EmbeddedStore::open(Path::new(&path)).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
    runtime.block_on(async {
        let mut all = Vec::new();
        for number in 1..=INCIDENTS {
            let new = incident("crash", number);
            all.push(store.incident(&new.id).await.unwrap().unwrap_or(new));
        }
        loop {
            for one in &mut all {
                let state = State::ALL[usize::try_from(one.version).unwrap() % State::ALL.len()];
                let next = Incident { state, ..one.clone() };
                let text = "x".repeat(usize::try_from(one.version).unwrap() * 997 % 50_000);
                let version = json!([one.version + 1, text]);
                let beside = Attachment::ALL.map(|which| (which, version.clone()));
                *one = store_with(&store, &next, beside.into()).await.unwrap();
                writeln!(std::io::stdout(), "written {} {}", one.id, one.version).unwrap();
            }
        }
    });
}

#[tokio::test]
async fn a_killed_process_leaves_all_of_a_write_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("locksmith.redb");
    let mut told: BTreeMap<IncidentId, u64> = BTreeMap::new();
    for round in 0..ROUNDS {
        told.extend(run_and_kill(&path, Duration::from_millis(3 + round * round * 2)));
        let store = EmbeddedStore::open(&path).unwrap();
        let stored = store.group(&group("crash")).await.unwrap();
        for (id, version) in &told {
            let found = stored.iter().find(|incident| incident.id == *id).unwrap();
            // The last write may have been done without anybody having been told.
            assert!((*version..=version + 1).contains(&found.version), "{id} {version} {found:?}");
        }
        let mut listed = Vec::new();
        for state in State::ALL {
            listed.extend(store.in_state(state, 100, None).await.unwrap().items);
        }
        listed.sort_by_key(|incident| incident.id.clone());
        assert_eq!(listed, stored, "the lists hold what is stored");
        for incident in &stored {
            for which in Attachment::ALL {
                let beside = store.attachment(&incident.id, which).await.unwrap().unwrap();
                assert_eq!(beside[0], json!(incident.version), "{which:?} of {}", incident.id);
            }
        }
        assert_eq!(store.forget_expired(Timestamp::MIN).await, Ok(0));
    }
    assert!(told.values().sum::<u64>() > 3 * ROUNDS, "hardly anything was written: {told:?}");
}

/// Starts a writer, kills it some time after its first write, and gives the latest version of each
/// incident that it told of.
fn run_and_kill(path: &Path, after: Duration) -> BTreeMap<IncidentId, u64> {
    let mut writer = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "writer", "--ignored", "--nocapture"])
        .env(FILE, path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(writer.stdout.take().unwrap()).lines();
    let mut told = BTreeMap::new();
    let tell = |line: &str, told: &mut BTreeMap<_, _>| {
        // The test harness begins the line of the first write.
        let (_, written) = line.split_once("written ")?;
        let (id, version) = written.split_once(' ')?;
        told.insert(IncidentId::try_from(id.to_owned()).unwrap(), version.parse().unwrap())
    };
    while told.is_empty() {
        let line = lines.next().expect("the writer writes").unwrap();
        tell(&line, &mut told);
    }
    std::thread::sleep(after);
    writer.kill().unwrap();
    writer.wait().unwrap();
    for line in lines {
        tell(&line.unwrap(), &mut told);
    }
    told
}
