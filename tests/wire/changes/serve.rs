//! `locksmith serve` before real accounts: one process from the event over the page to the change, and
//! back.

use crate::client::Client;
use crate::layout::Layout;
use locksmith_wire_tests::binaries::{Profile, binary};
use locksmith_wire_tests::bus::cloudtrail_event;
use locksmith_wire_tests::emulator::Emulator;
use locksmith_wire_tests::record::Denial;
use locksmith_wire_tests::world::{Setup, World, faults};
use std::process::Stdio;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// What comes in by HTTP has this key.
const EVENTS_KEY: &str = "0123456789abcdef0123456789abcdef";

/// A running `locksmith serve`, until it is dropped, and Alice before its page.
pub(crate) struct Served {
    pub(crate) alice: Client,
    _program: Child,
    _folder: TempDir,
}

impl Served {
    /// Starts it before a world, with more arguments.
    pub(crate) async fn new(world: &World, more: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("locksmith.toml"), configuration(world)).unwrap();
        let mut program = Command::new(binary(Profile::Tests, "locksmith"))
            .env_clear()
            .envs(world.hub.operator().variables)
            .env("LOCKSMITH_EVENTS_KEY", EVENTS_KEY)
            .current_dir(folder.path())
            .args(["serve", "--config", "locksmith.toml", "--as", "alice"])
            .args(["--listen", "127.0.0.1:0", "--rest", "0"])
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(program.stderr.take().unwrap()).lines();
        let link = loop {
            let line = lines.next_line().await.unwrap().expect("it tells a link");
            if let Some((_, link)) = line.split_once("lets in once): ") {
                break link.to_owned();
            }
        };
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let address = link.strip_prefix("http://").and_then(|rest| rest.split('/').next());
        let mut alice = Client::new(address.unwrap().parse().unwrap());
        alice.log_in(&link).await;
        Self { alice, _program: program, _folder: folder }
    }
}

/// Alice owns both accounts.
fn configuration(world: &World) -> String {
    let accounts = format!("[\"{}\", \"{}\"]", world.owner.id, world.caller.id);
    format!(
        "[accounts]\ntrusted = {accounts}\norganization = \"{}\"\n[approval]\nenabled = true\n\
         owners = [{{ accounts = {accounts}, people = [\"alice\"] }}]\n\
         [[people]]\nid = \"alice\"\nprincipals = []\n[verify]\nwait = \"0s\"\n",
        world.organization.management.id
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn one_process_on_real_accounts() {
    let world = World::new(Emulator::shared()).await;
    let mut setup = Setup::working(&world);
    (faults::named("nothing allows it, on either side").change)(&world, &mut setup);
    let made = setup.create(&world).await;
    Layout::Foreign.apply(&world).await;
    let before = world.documents().await;
    let denial = Denial::new(&world, &setup, &made);
    let served = Served::new(&world, &[]).await;
    let alice = &served.alice;
    let key = [("x-api-key", EVENTS_KEY), ("content-type", "application/json")];
    for record in [denial.callers_copy(), denial.owners_copy()] {
        let event = cloudtrail_event(&record).to_string();
        let taken = alice.send("POST", "/events", &key, &event).await;
        assert_eq!(taken.status, 202, "{taken:?}");
    }
    let list = comes(alice, "/", "href=\"/incidents/").await;
    let (_, id) = list.split_once("href=\"/incidents/").unwrap();
    let path = format!("/incidents/{}", id.split(['"', '?']).next().unwrap());
    comes(alice, &path, "Awaiting approval").await;
    let page = alice.get(&path).await;
    let (token, digest) = (page.field("form_token"), page.field("digest"));
    let asked_at = page.field("asked_at");
    let approve = [
        ("form_token", &*token),
        ("digest", &*digest),
        ("asked_at", &*asked_at),
        ("decision", "approve"),
    ];
    let decided = alice.post(&format!("{path}/decision"), &approve).await;
    assert_eq!(decided.status, 303, "{decided:?}");
    comes(alice, &path, "Applied").await;
    assert!(world.documents().await != before);

    let since = alice.get(&path).await.field("since");
    let undo = [("form_token", &*token), ("since", &*since), ("reason", "enough")];
    let undone = alice.post(&format!("{path}/undo"), &undo).await;
    assert_eq!(undone.status, 303, "{undone:?}");
    comes(alice, &path, "Rolled back").await;
    let now = world.documents().await;
    assert!(now == before, "{}", before.difference(&now));
}

/// Looks at a page until it says something.
pub(crate) async fn comes(client: &Client, path: &str, text: &str) -> String {
    let mut page = String::new();
    for _ in 0..300 {
        page = client.get(path).await.body;
        if page.contains(text) {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("`{text}` does not come:\n{page}");
}
