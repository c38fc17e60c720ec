//! The arguments as typed.

mod change;
mod config;
mod serve;

pub(crate) use change::{ApplyArgs, PlanArgs, PlanFormat, UndoArgs, WriteArgs};
pub(crate) use config::{ConfigArgs, ConfigCheckArgs, ConfigCommand, ConfigFormat};
pub(crate) use serve::{DemoArgs, ServeArgs};

use crate::engine::AccountId;
use crate::exit;
use crate::help;
use crate::input::Input;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// The program.
#[derive(Debug, Parser)]
#[command(
    name = "locksmith", version, about = help::ABOUT, long_about = help::LONG_ABOUT,
    after_help = exit::COMMON, after_long_help = [help::EXAMPLES, exit::COMMON].concat(),
    styles = STYLES, max_term_width = 100, disable_help_subcommand = true,
)]
pub(crate) struct Cli {
    /// When to use colour; `auto` does on a terminal, unless `NO_COLOR` is set
    #[arg(long, global = true, value_name = "WHEN", default_value_t, value_enum)]
    pub(crate) color: When,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Explain why a call was denied, or whether it would be
    #[command(
        long_about = help::EXPLAIN_LONG,
        after_long_help = [help::EXPLAIN_EXAMPLES, exit::EXPLAIN].concat(),
    )]
    Explain(ExplainArgs),
    /// Plan the smallest change after which a denied call succeeds
    #[command(
        long_about = help::PLAN_LONG,
        after_long_help = [help::PLAN_EXAMPLES, exit::PLAN].concat(),
    )]
    Plan(PlanArgs),
    /// Make the changes of a plan in the accounts, or all of them or none
    #[command(
        long_about = help::APPLY_LONG,
        after_long_help = [help::APPLY_EXAMPLES, exit::APPLY].concat(),
    )]
    Apply(ApplyArgs),
    /// Take back what `apply` changed
    #[command(
        long_about = help::UNDO_LONG,
        after_long_help = [help::UNDO_EXAMPLES, exit::APPLY].concat(),
    )]
    Undo(UndoArgs),
    /// Read accounts through AWS's API into a folder of evidence
    #[command(
        long_about = help::COLLECT_LONG,
        after_long_help = [help::COLLECT_EXAMPLES, exit::COLLECT].concat(),
    )]
    Collect(CollectArgs),
    /// Decide requests against policies, one JSON object a line
    #[command(long_about = help::SIMULATE_LONG, after_long_help = help::SIMULATE_EXAMPLES)]
    Simulate(SimulateArgs),
    /// Try Locksmith out: two example accounts, a denied call, and a page to answer on
    #[command(long_about = help::DEMO_LONG, after_long_help = exit::DEMO)]
    Demo(DemoArgs),
    /// Run the whole service on this machine, with a page in place of the chat
    #[command(long_about = help::SERVE_LONG, after_long_help = help::SERVE_EXAMPLES)]
    Serve(ServeArgs),
    /// Look at the configuration of the service
    Config(ConfigArgs),
    /// Print the JSON Schemas of everything that is read and written
    #[command(after_long_help = exit::PRINTED)]
    Schema(SchemaArgs),
    /// Print a script that completes arguments in a shell
    #[command(after_long_help = exit::PRINTED)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Arguments of `locksmith explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// What is asked.
    #[command(flatten)]
    pub(crate) question: QuestionArgs,
    /// How to print the answer
    #[arg(long, short, value_name = "FORMAT", default_value_t, value_enum)]
    pub(crate) format: Format,
}

/// A call, and where the policies are read that decide it.
#[derive(Debug, Args)]
pub(crate) struct QuestionArgs {
    /// The call.
    #[command(flatten)]
    pub(crate) call: CallArgs,
    /// The folder with what was read from the accounts; without it nothing is known of them
    #[arg(long, short = 'd', value_name = "DIR")]
    pub(crate) evidence: Option<PathBuf>,
    /// Read the accounts now, through AWS's API, in place of a folder
    #[arg(long, requires = "accounts", conflicts_with = "evidence", help_heading = LIVE)]
    pub(crate) live: bool,
    /// The accounts that may be read, separated by commas
    #[arg(
        long, value_name = "ACCOUNTS", requires = "live", value_delimiter = ',',
        value_parser = account, help_heading = LIVE,
    )]
    pub(crate) accounts: Vec<AccountId>,
    /// How the accounts are reached.
    #[command(flatten)]
    pub(crate) access: AccessArgs,
}

/// The call that is asked about.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("call").required(true).multiple(false))]
pub(crate) struct CallArgs {
    /// The record of the call: a CloudTrail record, an EventBridge event around one, or a file of
    /// `Records`; also gzip; `-` for standard input
    #[arg(long, short, value_name = "FILE", group = "call")]
    pub(crate) event: Option<Input>,
    /// Who would call: an ARN, a service such as `cloudtrail.amazonaws.com`, or `*` for anybody
    #[arg(
        long, short, value_name = "ARN", group = "call",
        requires_all = ["action", "resource"], help_heading = "A call without a record",
    )]
    pub(crate) principal: Option<String>,
    /// What would be called, such as `s3:GetObject`
    #[arg(
        long,
        short,
        value_name = "ACTION",
        requires = "principal",
        help_heading = "A call without a record"
    )]
    pub(crate) action: Option<String>,
    /// What it would be called on
    #[arg(
        long,
        short,
        value_name = "ARN",
        requires = "principal",
        help_heading = "A call without a record"
    )]
    pub(crate) resource: Option<String>,
    /// A condition key of the call, such as `aws:SourceVpce=vpce-0a1b`; given again for another
    /// key, or for another value of the same
    #[arg(
        long, short, value_name = "KEY=VALUE", requires = "principal", value_parser = context_key,
        help_heading = "A call without a record",
    )]
    pub(crate) context: Vec<(String, String)>,
}

/// Arguments of `locksmith collect`.
#[derive(Debug, Args)]
pub(crate) struct CollectArgs {
    /// The accounts to read, separated by commas
    #[arg(
        long, value_name = "ACCOUNTS", required = true, value_delimiter = ',',
        value_parser = account,
    )]
    pub(crate) accounts: Vec<AccountId>,
    /// The folder to write
    #[arg(long, short, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Replace files of the same names in a folder that is not empty
    #[arg(long)]
    pub(crate) force: bool,
    /// Read only what this call needs: a CloudTrail record, an EventBridge event around one, or a
    /// file of `Records`; also gzip; `-` for standard input
    #[arg(long, short, value_name = "FILE")]
    pub(crate) event: Option<Input>,
    /// The Regions whose keys, VPC endpoints and access points are read, separated by commas; the
    /// Region of your AWS profile where none is named
    #[arg(long, value_name = "REGIONS", value_delimiter = ',', conflicts_with = "event")]
    pub(crate) regions: Vec<String>,
    /// How the accounts are reached.
    #[command(flatten)]
    pub(crate) access: AccessArgs,
}

/// How accounts are reached. Credentials and Region are those of the AWS CLI.
#[derive(Debug, Args)]
pub(crate) struct AccessArgs {
    /// The organization's management account, or one that Organizations is delegated to; without it
    /// the organization's policies stay unknown
    #[arg(long, value_name = "ACCOUNT", value_parser = account, help_heading = LIVE)]
    pub(crate) organization: Option<AccountId>,
    /// Path and name of the role to assume in each account; where none is named it is
    /// `locksmith/LocksmithRead`, and your own account is read with your own credentials
    #[arg(
        long, value_name = "NAME", env = "LOCKSMITH_READ_ROLE", hide_env_values = true,
        help_heading = LIVE,
    )]
    pub(crate) read_role: Option<String>,
    /// How roles are assumed, or what is done in their place.
    #[command(flatten)]
    pub(crate) entry: EntryArgs,
}

/// How an account is entered, be it to read or to write.
#[derive(Debug, Args)]
pub(crate) struct EntryArgs {
    /// The external id that the roles ask for
    #[arg(
        long, value_name = "ID", env = "LOCKSMITH_EXTERNAL_ID", hide_env_values = true,
        help_heading = LIVE,
    )]
    pub(crate) external_id: Option<String>,
    /// Enter an account with a profile of your AWS configuration in place of the role; given again
    /// for another account
    #[arg(
        long = "profile", value_name = "ACCOUNT=NAME", value_parser = profile,
        help_heading = LIVE,
    )]
    pub(crate) profiles: Vec<(AccountId, String)>,
}

/// Arguments of `locksmith simulate`.
#[derive(Debug, Args)]
pub(crate) struct SimulateArgs {
    /// Files with one request a line, also gzip; standard input where none is named, or for `-`
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<Input>,
}

/// Arguments of `locksmith schema`.
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// Print this one alone
    #[arg(value_name = "NAME", value_enum, conflicts_with = "out")]
    pub(crate) name: Option<SchemaName>,
    /// Write each to a file of its own in this folder, in place of printing them
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// How an answer is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For reading in a terminal
    #[default]
    Text,
    /// For other programs; one answer a line, or laid out for a single answer on a terminal
    Json,
    /// For a ticket
    Markdown,
    /// A page of its own, with the path of the call as a picture
    Html,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal
    #[default]
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

/// A schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaName {
    /// `<account-id>.json` in an evidence folder
    EvidenceAccount,
    /// `organization.json` in an evidence folder
    EvidenceOrganization,
    /// What `explain --format json` prints
    Diagnosis,
    /// What `plan --format json` prints and `apply` reads
    Plan,
    /// The configuration, `locksmith.toml`
    Configuration,
    /// A line that `simulate` reads
    SimulateLine,
    /// A line that `simulate` prints
    SimulateAnswer,
}

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// The heading of what is about entering accounts.
const LIVE: &str = "Accounts";

fn account(text: &str) -> Result<AccountId, String> {
    let problem = || format!("`{text}` is no account id: those have twelve digits");
    AccountId::parse(text.trim()).ok_or_else(problem)
}

fn profile(text: &str) -> Result<(AccountId, String), String> {
    match text.split_once('=') {
        Some((id, name)) if !name.is_empty() => Ok((account(id)?, name.to_owned())),
        _ => Err("expected ACCOUNT=NAME, as in `111111111111=prod-readonly`".to_owned()),
    }
}

fn context_key(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if key.contains(':') => Ok((key.to_owned(), value.to_owned())),
        Some((key, _)) => Err(format!(
            "`{key}` is no condition key: those have a prefix, as in `aws:SourceIp=198.51.100.7`"
        )),
        None => Err("expected KEY=VALUE, as in `aws:SourceIp=198.51.100.7`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_fit_together() {
        Cli::command().debug_assert();
    }
}
