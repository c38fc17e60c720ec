//! The arguments of what looks at a configuration.

use crate::exit;
use crate::help;
use crate::input::Input;
use clap::{Args, Subcommand, ValueEnum};

/// Arguments of `locksmith config`.
#[derive(Debug, Args)]
pub(crate) struct ConfigArgs {
    /// What to do with it.
    #[command(subcommand)]
    pub(crate) command: ConfigCommand,
}

/// What to do with a configuration.
#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Find what is wrong with a configuration before the functions read it
    #[command(
        long_about = help::CONFIG_CHECK_LONG,
        after_long_help = [help::CONFIG_CHECK_EXAMPLES, exit::CONFIG].concat(),
    )]
    Check(ConfigCheckArgs),
}

/// Arguments of `locksmith config check`.
#[derive(Debug, Args)]
pub(crate) struct ConfigCheckArgs {
    /// The configuration; `-` for standard input
    #[arg(value_name = "FILE", default_value = "locksmith.toml")]
    pub(crate) file: Input,
    /// How to print what was found
    #[arg(long, short, value_name = "FORMAT", default_value_t, value_enum)]
    pub(crate) format: ConfigFormat,
}

/// How it is printed what was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ConfigFormat {
    /// For reading in a terminal
    #[default]
    Text,
    /// For other programs; on one line, or laid out on a terminal
    Json,
}
