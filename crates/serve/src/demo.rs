//! The demonstration: two example accounts in a folder, two owners, one denied call.

use crate::folder::Folder;
use crate::service::Service;
use crate::world::World;
use core::fmt::Write as _;
use core::time::Duration;
use locksmith_app::card::Card;
use locksmith_app::config::{Configuration, Locale};
use locksmith_app::detect::Message;
use locksmith_app::incident::{IncidentId, State};
use locksmith_store::EmbeddedStore;
use locksmith_words::Words;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// The owners of the two accounts, as either of whom the reader may act.
pub const PEOPLE: [&str; 2] = ["alice", "bob"];

const CONFIGURATION: &str = include_str!("demo/locksmith.toml");
const EVENT: &str = include_str!("../../../examples/06-nothing-allows-it/event.json");
const ACCOUNTS: [(&str, &str); 2] = [
    (
        "111111111111.json",
        include_str!("../../../examples/06-nothing-allows-it/evidence/111111111111.json"),
    ),
    (
        "222222222222.json",
        include_str!("../../../examples/06-nothing-allows-it/evidence/222222222222.json"),
    ),
];

/// How long the first diagnosis may take.
const DIAGNOSED_WITHIN: Duration = Duration::from_secs(10);

/// Puts the demonstration into a folder, or takes it up where it was left there.
///
/// # Errors
/// What could not be written or read.
pub fn open(dir: &Path) -> Result<Service<Folder>, String> {
    let evidence = dir.join("evidence");
    let problem = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    fs::create_dir_all(&evidence).map_err(|error| problem(&evidence, error))?;
    for (name, text) in ACCOUNTS {
        let file = evidence.join(name);
        if !file.exists() {
            fs::write(&file, text).map_err(|error| problem(&file, error))?;
        }
    }
    let store = EmbeddedStore::open(&dir.join("store.redb")).map_err(|error| error.to_string())?;
    let configuration = Configuration::parse(CONFIGURATION).map_err(|error| error.to_string())?;
    let folder = Folder::open(&evidence)?;
    Ok(Service::new(store, configuration, folder, Duration::ZERO))
}

/// Lets the call be denied, as CloudTrail would tell it, unless that was done before.
///
/// # Errors
/// Why it was not taken in.
pub async fn deny<W: World>(service: &Service<W>) -> Result<IncidentId, String> {
    if let Some(known) = first(service).await? {
        return Ok(known);
    }
    let mut record: Value = serde_json::from_str(EVENT).map_err(|error| error.to_string())?;
    let now = service.now();
    if let Some(fields) = record.as_object_mut() {
        fields.insert("eventTime".to_owned(), json!(format!("{now:.0}")));
    }
    let event = json!({
        "version": "0",
        "id": "d0c1b2a3-0000-4000-8000-000000000001",
        "detail-type": "AWS API Call via CloudTrail",
        "source": "aws.s3",
        "account": "222222222222",
        "time": format!("{now:.0}"),
        "region": "us-west-2",
        "resources": [],
        "detail": record,
    });
    let message = Message { id: "demo".to_owned(), body: event.to_string() };
    let detected = service.detect(vec![message]).await;
    if let Some((_, why)) = detected.failed.into_iter().next() {
        return Err(why);
    }
    let first = first(service).await?;
    first.ok_or_else(|| "the denied call made no incident".to_owned())
}

/// The incident of the demonstration, in whichever state it is.
async fn first<W: World>(service: &Service<W>) -> Result<Option<IncidentId>, String> {
    for state in State::ALL {
        let page = service.in_state(state, 1, None).await.map_err(|error| error.to_string())?;
        if let Some(incident) = page.items.into_iter().next() {
            return Ok(Some(incident.id));
        }
    }
    Ok(None)
}

/// The incident once it is diagnosed, or as it stands after a while.
///
/// # Errors
/// The store's, and that the incident is gone.
pub async fn diagnosed<W: World>(service: &Service<W>, id: &IncidentId) -> Result<Card, String> {
    let until = tokio::time::Instant::now() + DIAGNOSED_WITHIN;
    loop {
        let card = service.card(id).await.map_err(|error| error.to_string())?;
        let card = card.ok_or_else(|| format!("incident {id} is gone"))?;
        if card.incident.state != State::Detected || tokio::time::Instant::now() >= until {
            return Ok(card);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// What happened, why, and what is proposed.
pub fn story(card: &Card) -> String {
    let words = Words::new(Locale::En);
    let mut text = String::new();
    let mut line = |text_of_line: &str| {
        // Writing to a text does not fail.
        let _ = writeln!(text, "{}", locksmith_view::plain::plain(text_of_line));
    };
    if let Some(diagnosis) = &card.diagnosis {
        let call = &diagnosis.call;
        let resource = call.resource.as_deref().unwrap_or(&card.incident.resource);
        line("What happened");
        line(&format!("  {}", call.principal));
        line(&format!("  was denied {} on {resource}", call.operation));
        line("Why");
        for cause in &diagnosis.causes {
            line(&format!("  - {}", words.cause(cause, diagnosis)));
        }
    }
    if let Some(plan) = card.plan.as_ref().filter(|plan| !plan.changes.is_empty()) {
        line("The proposed change");
        for change in &plan.changes {
            line(&format!("  - {}", words.change(change)));
        }
        line(&format!("  {}", words.proof(&plan.proof)));
    }
    line(&format!("Now: {}", words.state_sentence(card.incident.state)));
    text
}
