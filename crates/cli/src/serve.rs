//! `locksmith serve`: the whole service in one process.

mod accounts;
mod queue;

use crate::args::ServeArgs;
use crate::exit::Exit;
use crate::input::{read_file, utf8, without_number};
use crate::live;
use crate::problem::Problem;
use accounts::LiveAccounts;
use core::time::Duration;
use locksmith_app::config::{Configuration, ConfigurationError};
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

/// What to do where the port cannot be had.
const PORT: &str =
    "name another address with --listen; 127.0.0.1:0 is any port of this machine that is free";
/// Of more people than these some are told, so that the answer stays short.
const MANY: usize = 20;

/// Serves until it is told to stop.
pub(crate) fn run(args: &ServeArgs) -> Result<Exit, Problem> {
    log();
    let file = args.config.display().to_string();
    let bad = |why: String| Problem::new(Exit::BadInput, without_number(&why));
    let text = utf8(read_file(&args.config)?).map_err(|problem| problem.in_file(&*file))?;
    let configuration = Configuration::parse(&text).map_err(|error| refused(&error, &file))?;
    if let Some(person) = &args.person {
        known(person, &configuration).map_err(|problem| problem.in_file(&*file))?;
    }
    let settings = settings(args)?;
    settings.check(|person| configuration.person(person).is_some()).map_err(bad)?;
    let store = EmbeddedStore::open(&args.store).map_err(|error| bad(error.to_string()))?;
    let rest = Duration::from_secs(args.rest);
    live::block_on(async {
        match &args.evidence {
            Some(dir) => {
                let folder = Folder::open(dir)
                    .map_err(|why| Problem::new(Exit::Evidence, without_number(&why)))?;
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
    let server = Server::bind(Arc::new(service), settings).await;
    // The settings were looked at before, so that only the address is left to be refused.
    let server = server.map_err(|why| stop(without_number(&why).to_lowercase()).help(PORT))?;
    anstream::eprintln!("Locksmith listens on http://{}", server.address());
    server.run(inbox, told_to_stop()).await.map_err(stop)?;
    Ok(Exit::Done)
}

/// The first of what is wrong with a configuration.
fn refused(error: &ConfigurationError, file: &str) -> Problem {
    let more = match error.problems() {
        [_] => String::new(),
        all => format!(" (and {} more)", all.len().saturating_sub(1)),
    };
    let first = error.problems().first().map(ToString::to_string).unwrap_or_default();
    Problem::new(Exit::BadInput, first + &more)
        .in_file(file)
        .help(format!("`locksmith config check {file}` shows what is wrong, and where"))
}

/// Whether somebody may act on the page; if not, who may.
fn known(person: &str, configuration: &Configuration) -> Result<(), Problem> {
    if configuration.person(person).is_some() {
        return Ok(());
    }
    let ids: Vec<_> = configuration.people.iter().map(|one| one.id.as_str()).collect();
    let dots = if ids.len() > MANY { ", ..." } else { "" };
    let text = format!("nobody in [[people]] has the id `{person}`");
    Err(Problem::new(Exit::BadInput, text).help(match ids.get(..MANY.min(ids.len())) {
        None | Some([]) => {
            "add a [[people]] with this id, and name it in [[approval.owners]]".to_owned()
        }
        Some(some) => format!("--as takes one of: {}{dots}", some.join(", ")),
    }))
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
