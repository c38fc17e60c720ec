//! The arguments of `locksmith serve` and `locksmith demo`.

use super::EntryArgs;
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;

/// The heading of what is about who may see the page.
const PEOPLE: &str = "People";
/// The heading of what is about real accounts.
const LIVE: &str = "Accounts";

/// Arguments of `locksmith demo`.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Only print the link, and open no browser
    #[arg(long)]
    pub(crate) no_browser: bool,
    /// The port of the page; 0 for any that is free
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub(crate) port: u16,
    /// The folder for the example accounts, which is kept; without it one that goes with the program
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
}

/// Arguments of `locksmith serve`.
#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// The configuration; `infra/locksmith.example.toml` explains every field
    #[arg(long, short, value_name = "FILE")]
    pub(crate) config: PathBuf,
    /// Where incidents are kept; the file is made if there is none
    #[arg(long, value_name = "FILE", default_value = "locksmith.redb")]
    pub(crate) store: PathBuf,
    /// Where the page listens
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8323")]
    pub(crate) listen: SocketAddr,
    /// A folder of evidence that stands for the accounts: what is approved is changed in its files
    #[arg(long, short = 'd', value_name = "DIR")]
    pub(crate) evidence: Option<PathBuf>,
    /// A queue of SQS that brings events, by its address
    #[arg(long, value_name = "URL")]
    pub(crate) queue: Option<String>,
    /// For how many seconds a denial rests before it is explained, because the copies of an event come
    /// apart
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(crate) rest: u64,
    /// As whom you act on the page, by the id in the configuration
    #[arg(
        long = "as", value_name = "PERSON", required_unless_present = "proxy_header",
        conflicts_with = "proxy_header", help_heading = PEOPLE,
    )]
    pub(crate) person: Option<String>,
    /// The header in which a proxy in front says who somebody is. Nobody but the proxy may reach the
    /// server then
    #[arg(long, value_name = "NAME", requires = "public_url", help_heading = PEOPLE)]
    pub(crate) proxy_header: Option<String>,
    /// The address at which people reach that proxy
    #[arg(long, value_name = "URL", requires = "proxy_header", help_heading = PEOPLE)]
    pub(crate) public_url: Option<String>,
    /// Path and name of the role that reads in each account
    #[arg(
        long, value_name = "NAME", env = "LOCKSMITH_READ_ROLE", hide_env_values = true,
        help_heading = LIVE,
    )]
    pub(crate) read_role: Option<String>,
    /// Path and name of the role that writes in each account
    #[arg(
        long, value_name = "NAME", env = "LOCKSMITH_WRITE_ROLE", hide_env_values = true,
        help_heading = LIVE,
    )]
    pub(crate) write_role: Option<String>,
    /// How roles are assumed, or what is done in their place.
    #[command(flatten)]
    pub(crate) entry: EntryArgs,
}
