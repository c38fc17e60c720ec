//! How large the server becomes with a thousand incidents, and how long its pages take, beside limits.
//!
//! `cargo bench -p locksmith-serve --bench page` prints the numbers and fails above a limit. The limits are
//! several times what a laptop needs, so that they tell a mistake and not a slow machine.

#![expect(clippy::unwrap_used, reason = "what cannot be measured stops the measurement")]

use jiff::Timestamp;
use locksmith_app::config::Configuration;
use locksmith_app::detect::Message;
use locksmith_app::incident::State;
use locksmith_serve::{Entrance, Folder, NoInbox, Place, Server, Service, Settings};
use locksmith_store::EmbeddedStore;
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

const INCIDENTS: usize = 1000;
const ROUNDS: usize = 300;
/// The most memory, in MiB.
const MEMORY: u64 = 256;
/// The longest that one page in a hundred may take.
const PAGE: Duration = Duration::from_millis(100);

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/06-nothing-allows-it");
const CONFIGURATION: &str = r#"
accounts.trusted = ["111111111111", "222222222222"]
detect.incidents_per_principal_per_hour = 100000
approval.enabled = true
approval.owners = [{ accounts = ["111111111111", "222222222222"], people = ["alice"] }]
people = [{ id = "alice", principals = [] }]
"#;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(measure())
}

async fn measure() -> ExitCode {
    let dir = tempfile::tempdir().unwrap();
    for name in ["111111111111.json", "222222222222.json"] {
        let from = Path::new(EXAMPLE).join("evidence").join(name);
        std::fs::copy(from, dir.path().join(name)).unwrap();
    }
    let store = EmbeddedStore::open(&dir.path().join("store.redb")).unwrap();
    let configuration = Configuration::parse(CONFIGURATION).unwrap();
    let folder = Folder::open(dir.path()).unwrap();
    let service = Arc::new(Service::new(store, configuration, folder, Duration::ZERO));
    let began = Instant::now();
    service.detect((0..INCIDENTS).map(message).collect()).await;
    println!("{INCIDENTS} denials taken in: {:?}", began.elapsed());

    let links: Arc<Mutex<Vec<String>>> = Arc::default();
    let told = Arc::clone(&links);
    let settings = Settings {
        address: "127.0.0.1:0".parse().unwrap(),
        entrance: Entrance::Link { people: vec!["alice".to_owned()] },
        events_key: None,
        place: Place::Folder("the folder".to_owned()),
        tell: Arc::new(move |link| told.lock().unwrap().push(link.to_owned())),
    };
    let server = Server::bind(Arc::clone(&service), settings).await.unwrap();
    let address = server.address();
    let (stop, stopped) = oneshot::channel();
    let running = tokio::spawn(server.run(NoInbox, async {
        let _ = stopped.await;
    }));
    let began = Instant::now();
    while !service.in_state(State::Detected, 1, None).await.unwrap().items.is_empty() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    println!("all of them explained and planned: {:?}", began.elapsed());

    let of_example = service.in_state(State::AwaitingApproval, 1, None).await.unwrap();
    let id = of_example.items.first().unwrap().id.clone();
    let link = links.lock().unwrap().first().unwrap().clone();
    let measured = tokio::task::spawn_blocking(move || pages(address, &link, &id.to_string()));
    let slow = measured.await.unwrap();
    let memory = resident();
    println!("memory: {memory} MiB (limit {MEMORY})");
    stop.send(()).unwrap();
    running.await.unwrap().unwrap();
    if slow || memory > MEMORY { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Whether a page takes too long.
fn pages(address: SocketAddr, link: &str, id: &str) -> bool {
    let (_, token) = link.split_once("/login").unwrap();
    let answer = get(address, &format!("/login{token}"), "");
    let (_, cookie) = answer.split_once("set-cookie: ").unwrap();
    let cookie = cookie.split(';').next().unwrap();
    let mut slow = false;
    for path in ["/", "/incidents?state=diagnosed", &format!("/incidents/{id}"), "/style.css"] {
        let mut times: Vec<Duration> = Vec::with_capacity(ROUNDS);
        let mut size = 0;
        for _ in 0..ROUNDS {
            let began = Instant::now();
            let answer = get(address, path, cookie);
            times.push(began.elapsed());
            assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
            size = answer.len();
        }
        times.sort();
        let at = |part: usize| times.get(ROUNDS * part / 100).copied().unwrap_or_default();
        let (half, most) = (at(50), at(99));
        println!("{path}: {} KiB, p50 {half:?}, p99 {most:?} (limit {PAGE:?})", size / 1024);
        slow |= most > PAGE;
    }
    slow
}

fn get(address: SocketAddr, path: &str, cookie: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// The memory that the process has, in MiB; 0 where the system does not tell it.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}

/// One denied read of the example, the others of buckets that nobody knows.
fn message(number: usize) -> Message {
    let text = std::fs::read_to_string(Path::new(EXAMPLE).join("event.json")).unwrap();
    let mut record: Value = serde_json::from_str(&text).unwrap();
    let bucket = if number == 0 { "reports".to_owned() } else { format!("bucket-{number}") };
    let now = format!("{:.0}", Timestamp::now());
    let key = "2026/q3.parquet";
    let resources = json!([
        {"type": "AWS::S3::Object", "ARN": format!("arn:aws:s3:::{bucket}/{key}")},
        {"accountId": "", "type": "AWS::S3::Bucket", "ARN": format!("arn:aws:s3:::{bucket}")},
    ]);
    if let Some(fields) = record.as_object_mut() {
        fields.insert("eventID".to_owned(), json!(format!("00000000-0000-4000-8000-{number:012}")));
        fields.remove("sharedEventID");
        fields.insert("eventTime".to_owned(), json!(now));
        fields.insert("resources".to_owned(), resources);
        let parameters = json!({"bucketName": bucket, "key": key});
        fields.insert("requestParameters".to_owned(), parameters);
    }
    let event = json!({"version": "0", "id": number.to_string(), "source": "aws.s3",
        "detail-type": "AWS API Call via CloudTrail", "account": "222222222222", "time": now,
        "region": "us-west-2", "resources": [], "detail": record});
    Message { id: number.to_string(), body: event.to_string() }
}
