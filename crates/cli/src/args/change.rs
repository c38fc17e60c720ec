//! The arguments of what plans changes, makes them and takes them back.

use super::{EntryArgs, LIVE, QuestionArgs};
use clap::{Args, ValueEnum};
use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp};
use locksmith_core::plan::{Digest, Scope};
use std::path::PathBuf;

/// Arguments of `locksmith plan`.
#[derive(Debug, Args)]
pub(crate) struct PlanArgs {
    /// What is asked.
    #[command(flatten)]
    pub(crate) question: QuestionArgs,
    /// How much of the bucket the caller is let in to
    #[arg(long, value_name = "SCOPE", default_value_t, value_enum)]
    pub(crate) scope: Reach,
    /// After how long the changes stop having effect, such as `8h` or `30d`; without it they
    /// hold until they are undone
    #[arg(long, value_name = "DURATION", value_parser = expires)]
    pub(crate) expires: Option<SignedDuration>,
    /// The time that --expires counts from, in place of the clock
    #[arg(long, value_name = "TIMESTAMP", value_parser = now)]
    pub(crate) now: Option<Timestamp>,
    /// How to print the plan
    #[arg(long, short, value_name = "FORMAT", default_value_t, value_enum)]
    pub(crate) format: PlanFormat,
}

/// How much of a bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reach {
    /// The object that was called on
    #[default]
    Object,
    /// Its folder, and what is below
    Prefix,
    /// Every object
    Bucket,
}

impl From<Reach> for Scope {
    fn from(reach: Reach) -> Self {
        match reach {
            Reach::Object => Self::Object,
            Reach::Prefix => Self::Prefix,
            Reach::Bucket => Self::Bucket,
        }
    }
}

/// How a plan is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlanFormat {
    /// For reading in a terminal
    #[default]
    Text,
    /// For `apply` and other programs; one plan a line, or laid out for a single one on a terminal
    Json,
    /// For a ticket
    Markdown,
    /// A shell script of AWS CLI commands, which looks for drift before it writes
    Cli,
    /// Terraform: statements to add, and whole resources
    Terraform,
    /// CloudFormation: statements to add, and whole resources
    Cloudformation,
}

/// Arguments of `locksmith apply`.
#[derive(Debug, Args)]
pub(crate) struct ApplyArgs {
    /// The plan and its journal.
    #[command(flatten)]
    pub(crate) consent: ConsentArgs,
    /// Make the changes although more has to be done by hand before the call succeeds
    #[arg(long)]
    pub(crate) partly: bool,
    /// Only look whether the documents are those that the plan was made from
    #[arg(long, conflicts_with_all = ["yes", "partly"])]
    pub(crate) dry_run: bool,
    /// How the accounts are entered.
    #[command(flatten)]
    pub(crate) access: WriteArgs,
}

/// Arguments of `locksmith undo`.
#[derive(Debug, Args)]
pub(crate) struct UndoArgs {
    /// The plan and its journal.
    #[command(flatten)]
    pub(crate) consent: ConsentArgs,
    /// How the accounts are entered.
    #[command(flatten)]
    pub(crate) access: WriteArgs,
}

/// A plan, and somebody's consent to it.
#[derive(Debug, Args)]
pub(crate) struct ConsentArgs {
    /// A file with one plan, as `plan --format json` prints it
    #[arg(long, value_name = "FILE")]
    pub(crate) plan: PathBuf,
    /// Where it is noted what was done; the plan's name with `.journal.json` behind it, if none is
    /// named
    #[arg(long, value_name = "PATH")]
    pub(crate) journal: Option<PathBuf>,
    /// Do not ask: the digest of the plan, or of one of its alternatives, which is then meant
    #[arg(long, value_name = "DIGEST", value_parser = digest)]
    pub(crate) yes: Option<Digest>,
}

impl ConsentArgs {
    /// Where the journal is.
    pub(crate) fn journal(&self) -> PathBuf {
        let beside = || {
            let mut name = self.plan.clone().into_os_string();
            name.push(".journal.json");
            PathBuf::from(name)
        };
        self.journal.clone().unwrap_or_else(beside)
    }
}

/// How accounts are entered to write.
#[derive(Debug, Args)]
pub(crate) struct WriteArgs {
    /// Path and name of the role to assume in each account; where none is named it is
    /// `locksmith/LocksmithWrite`, and your own account is written with your own credentials
    #[arg(
        long, value_name = "NAME", env = "LOCKSMITH_WRITE_ROLE", hide_env_values = true,
        help_heading = LIVE,
    )]
    pub(crate) write_role: Option<String>,
    /// How roles are assumed, or what is done in their place.
    #[command(flatten)]
    pub(crate) entry: EntryArgs,
}

fn expires(text: &str) -> Result<SignedDuration, String> {
    let bad = || format!("`{text}` is no duration: those look like `8h` or `30d`");
    let span: Span = text.parse().map_err(|_| bad())?;
    let duration = span.to_duration(SpanRelativeTo::days_are_24_hours()).map_err(|_| bad())?;
    if duration.is_positive() { Ok(duration) } else { Err(bad()) }
}

fn now(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| format!("`{text}` is no time: those look like `2026-11-20T10:00:00Z`"))
}

fn digest(text: &str) -> Result<Digest, String> {
    Digest::parse(text).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::expires;
    use jiff::SignedDuration;

    #[test]
    fn durations() {
        assert_eq!(expires("8h"), Ok(SignedDuration::from_hours(8)));
        assert_eq!(expires("30d"), Ok(SignedDuration::from_hours(720)));
        assert_eq!(expires("1d 12h"), Ok(SignedDuration::from_hours(36)));
        for bad in ["", "8", "soon", "0h", "-1h", "1mo"] {
            assert!(expires(bad).is_err(), "{bad}");
        }
    }
}
