//! `locksmith serve`: the whole service in one process.

mod accounts;
mod queue;

use crate::args::ServeArgs;
use crate::exit::Exit;
use crate::live;
use crate::problem::Problem;
use accounts::LiveAccounts;
use core::time::Duration;
use locksmith_app::config::Configuration;
use locksmith_serve::{
    Entrance, Folder, Inbox, Key, NoInbox, Origin, Place, Server, Service, Settings, World,
    told_to_stop,
};
use locksmith_store::EmbeddedStore;
use queue::Denials;
use std::sync::Arc;
use tracing_subscriber::EnvFilter;

/// The variable that holds the key for events. An argument would be seen in the list of processes.
const EVENTS_KEY: &str = "LOCKSMITH_EVENTS_KEY";

/// Serves until it is told to stop.
pub(crate) fn run(args: &ServeArgs) -> Result<Exit, Problem> {
    log();
    let file = args.config.display().to_string();
    let bad = |why: String| Problem::new(Exit::BadInput, why);
    let text = std::fs::read_to_string(&args.config)
        .map_err(|error| bad(error.to_string()).in_file(&*file))?;
    let configuration =
        Configuration::parse(&text).map_err(|error| bad(error.to_string()).in_file(&*file))?;
    let store = EmbeddedStore::open(&args.store).map_err(|error| bad(error.to_string()))?;
    let settings = settings(args)?;
    let rest = Duration::from_secs(args.rest);
    live::block_on(async {
        match &args.evidence {
            Some(dir) => {
                let folder = Folder::open(dir).map_err(|why| Problem::new(Exit::Evidence, why))?;
                let service = Service::new(store, configuration, folder, rest);
                serve(service, settings, args).await
            }
            None => {
                let accounts = LiveAccounts::of(args, &configuration, &store).await?;
                let service = Service::new(store, configuration, accounts, rest);
                serve(service, settings, args).await
            }
        }
    })
}

async fn serve<W: World>(
    service: Service<W>,
    settings: Settings,
    args: &ServeArgs,
) -> Result<Exit, Problem> {
    match &args.queue {
        Some(url) => with(service, settings, Denials::at(url).await?).await,
        None => with(service, settings, NoInbox).await,
    }
}

async fn with<W: World>(
    service: Service<W>,
    settings: Settings,
    inbox: impl Inbox,
) -> Result<Exit, Problem> {
    let stop = |why: String| Problem::new(Exit::BadInput, why);
    let server = Server::bind(Arc::new(service), settings).await.map_err(stop)?;
    anstream::eprintln!("Locksmith listens on http://{}", server.address());
    server.run(inbox, told_to_stop()).await.map_err(stop)?;
    Ok(Exit::Done)
}

fn settings(args: &ServeArgs) -> Result<Settings, Problem> {
    let bad = |why: String| Problem::new(Exit::BadInput, why);
    let entrance = match (&args.person, &args.proxy_header, &args.public_url) {
        (_, Some(header), Some(url)) => {
            let header =
                header.parse().map_err(|_| bad(format!("`{header}` is no header's name")))?;
            Entrance::Proxy { header, origin: Origin::parse(url).map_err(bad)? }
        }
        (person, _, _) => Entrance::Link { people: person.iter().cloned().collect() },
    };
    let events_key = std::env::var(EVENTS_KEY).ok().filter(|key| !key.is_empty());
    let key = |text| Key::new(text).map_err(|why| bad(format!("{EVENTS_KEY}: {why}")));
    Ok(Settings {
        address: args.listen,
        entrance,
        events_key: events_key.map(key).transpose()?,
        place: match &args.evidence {
            Some(dir) => Place::Folder(dir.display().to_string()),
            None => Place::Accounts,
        },
        tell: Arc::new(|link| anstream::eprintln!("Open this link (it lets in once): {link}")),
    })
}

/// What happens is told on standard error; `RUST_LOG` says how much.
fn log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let started = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .try_init();
    // Only a second time would be refused.
    drop(started);
}
