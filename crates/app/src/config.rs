//! The configuration: whom Locksmith watches, what it passes over, how much it takes on.
//!
//! A TOML file; [`infra/locksmith.example.toml`](../../../infra/locksmith.example.toml) explains
//! every field.

use jiff::{SignedDuration, Timestamp};
use locksmith_core::arn::AccountId;
use place::Outline;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeSet;

mod approval;
mod chat;
mod check;
mod glob;
mod locale;
mod place;
mod problem;
mod tickets;

pub use approval::{Approval, BreakGlass, Owners, Person, Planning, Verify};
pub use chat::{Chat, ChatSystem, Reminders, RoomRule, Whereabouts};
pub use glob::Glob;
pub use locale::Locale;
pub use place::Place;
pub use problem::{ConfigurationError, Problem};
pub use tickets::{GitHub, Jira, OpsCenter, ServiceNow, ServiceNowStates, Tickets, Webhook};

/// The whole configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// Which accounts are watched and read.
    pub accounts: Accounts,
    /// What becomes an incident.
    #[serde(default)]
    pub detect: Detect,
    /// Denials that are right, or that nobody wants to hear of until a date.
    #[serde(default)]
    pub suppressions: Vec<Suppression>,
    /// What plans propose.
    #[serde(default)]
    pub plan: Planning,
    /// Whether anything is changed at all, and who has to agree.
    #[serde(default)]
    pub approval: Approval,
    /// Those who decide.
    #[serde(default)]
    pub people: Vec<Person>,
    /// How it is found out whether a change helped.
    #[serde(default)]
    pub verify: Verify,
    /// Where people are told and asked; without it nobody is.
    #[serde(default)]
    pub chat: Option<Chat>,
    /// Where tickets are opened; without it none are.
    #[serde(default)]
    pub tickets: Option<Tickets>,
}

/// Which accounts are watched and read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accounts {
    /// Accounts whose denials count and whose policies are read. Whatever other accounts send or
    /// name is passed over.
    pub trusted: Vec<AccountId>,
    /// The organization's management account, or the account that Organizations is delegated to;
    /// without it service and resource control policies stay unknown.
    #[serde(default)]
    pub organization: Option<AccountId>,
}

/// What becomes an incident.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Detect {
    /// The services whose denials count, by their namespaces.
    pub services: Vec<String>,
    /// ARNs of roles, users or sessions, with `*` and `?`, whose denials are passed over.
    pub ignored_principals: Vec<Glob>,
    /// Accounts of callers whose denials are passed over.
    pub ignored_accounts: Vec<AccountId>,
    /// How many incidents one principal may open or reopen in an hour. What is over it is counted
    /// and dropped: a denial can be provoked at will.
    pub incidents_per_principal_per_hour: u32,
    /// How long an incident that ended stays closed, whatever recurs; one that was verified opens
    /// at once.
    #[schemars(with = "String")]
    pub reopen_after: SignedDuration,
}

impl Default for Detect {
    fn default() -> Self {
        Self {
            services: ["s3", "kms", "sts"].map(str::to_owned).into(),
            ignored_principals: Vec::new(),
            ignored_accounts: Vec::new(),
            incidents_per_principal_per_hour: 20,
            reopen_after: SignedDuration::from_hours(24),
        }
    }
}

/// Denials that are not to be worked on until a date.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Suppression {
    /// The role's or user's ARN, with `*` and `?`; without it any caller.
    #[serde(default)]
    pub principal: Option<Glob>,
    /// The bucket's name, or the ARN of a key or role, with `*` and `?`; without it anything.
    #[serde(default)]
    pub resource: Option<Glob>,
    /// Why the denials are right. It is shown with the incident.
    pub reason: String,
    /// When it ends.
    #[schemars(with = "String")]
    pub until: Timestamp,
}

impl Suppression {
    /// Whether denials of a caller at a resource are suppressed at a time.
    pub fn covers(&self, principal: Option<&str>, resource: &str, at: Timestamp) -> bool {
        let principal_is = |glob: &Glob| principal.is_some_and(|name| glob.matches(name));
        at < self.until
            && self.principal.as_ref().is_none_or(principal_is)
            && self.resource.as_ref().is_none_or(|glob| glob.matches(resource))
    }
}

/// By which right somebody may approve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right<'g> {
    /// The configuration names the person.
    Named,
    /// The person belongs to this user group, which the configuration names.
    Group(&'g str),
}

impl Configuration {
    /// Reads a configuration.
    ///
    /// # Errors
    /// [`ConfigurationError`] with all that is wrong, each with its line, column and field.
    pub fn parse(text: &str) -> Result<Self, ConfigurationError> {
        let configuration: Self = toml::from_str(text)
            .map_err(|error| ConfigurationError::unread(Outline::new(text).of_parser(&error)))?;
        let problems = check::problems(&configuration);
        if problems.is_empty() {
            return Ok(configuration);
        }
        Err(ConfigurationError::new(Outline::new(text).locate(problems)))
    }

    /// What in the text of this configuration should be looked at, although it can be used.
    pub fn warnings(&self, text: &str, now: Timestamp) -> Vec<Problem> {
        let warnings = check::warnings::warnings(self, now);
        if warnings.is_empty() {
            return warnings;
        }
        Outline::new(text).locate(warnings)
    }

    /// Whether the denials of a caller are passed over: by the ARN of its role or user, or by that of
    /// its session.
    pub fn ignores(&self, names: &[&str], account: Option<AccountId>) -> bool {
        let detect = &self.detect;
        let covers = |glob: &Glob| names.iter().any(|name| glob.matches(name));
        account.is_some_and(|account| detect.ignored_accounts.contains(&account))
            || detect.ignored_principals.iter().any(covers)
    }

    /// Why denials of a caller at a resource are not to be worked on at a time, if they are not.
    pub fn suppresses(
        &self,
        principal: Option<&str>,
        resource: &str,
        at: Timestamp,
    ) -> Option<(&str, Timestamp)> {
        let covering = self.suppressions.iter().find(|one| one.covers(principal, resource, at))?;
        Some((&covering.reason, covering.until))
    }

    /// Whether an account is watched and may be read.
    pub fn trusts(&self, account: AccountId) -> bool {
        self.accounts.trusted.contains(&account)
    }

    /// Who may approve changes in an account; none where nobody may.
    pub fn owners(&self, account: AccountId) -> Option<&Owners> {
        self.approval.owners.iter().find(|owners| owners.accounts.contains(&account))
    }

    /// By which right somebody who belongs to some user groups may approve changes in an account, if
    /// at all.
    pub fn entitles<'g>(
        &self,
        person: &str,
        groups: &'g BTreeSet<String>,
        account: AccountId,
    ) -> Option<Right<'g>> {
        let owners = self.owners(account)?;
        if owners.people.iter().any(|id| id == person) {
            return Some(Right::Named);
        }
        self.person(person)?;
        groups.iter().find(|group| owners.groups.contains(group)).map(|group| Right::Group(group))
    }

    /// Whether somebody may approve by break-glass.
    pub fn may_break_glass(&self, person: &str) -> bool {
        self.approval.break_glass.people.iter().any(|id| id == person)
    }

    /// Somebody who decides.
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    /// Somebody who decides, by the chat's id.
    pub fn person_in_chat(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.chat.as_deref().unwrap_or(&person.id) == id)
    }
}

#[cfg(test)]
mod tests;
