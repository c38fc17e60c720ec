//! The configuration: whom Locksmith watches, what it passes over, how much it takes on.
//!
//! A TOML file; [`infra/locksmith.example.toml`](../../../infra/locksmith.example.toml) explains
//! every field.

use core::fmt;
use jiff::{SignedDuration, Timestamp};
use locksmith_core::arn::AccountId;
use schemars::JsonSchema;
use serde::Deserialize;

mod approval;
mod check;
mod glob;
mod locale;

pub use approval::{Approval, Owners, Person, Planning, Verify};
pub use glob::Glob;
pub use locale::Locale;

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

/// A configuration that cannot be used: where, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigurationError(String);

impl fmt::Display for ConfigurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for ConfigurationError {}

impl Configuration {
    /// Reads a configuration.
    ///
    /// # Errors
    /// [`ConfigurationError`] with line and column, or with the field.
    pub fn parse(text: &str) -> Result<Self, ConfigurationError> {
        let error = |problem: String| ConfigurationError(problem.trim_end().to_owned());
        let configuration: Self =
            toml::from_str(text).map_err(|problem| error(problem.to_string()))?;
        check::check(&configuration).map_err(error)?;
        Ok(configuration)
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
    ) -> Option<String> {
        let covering = self.suppressions.iter().find(|one| one.covers(principal, resource, at))?;
        Some(format!("{} (until {})", covering.reason, covering.until))
    }

    /// Whether an account is watched and may be read.
    pub fn trusts(&self, account: AccountId) -> bool {
        self.accounts.trusted.contains(&account)
    }

    /// Who may approve changes in an account; none where nobody may.
    pub fn owners(&self, account: AccountId) -> Option<&Owners> {
        self.approval.owners.iter().find(|owners| owners.accounts.contains(&account))
    }

    /// Whether somebody may approve changes in an account.
    pub fn entitles(&self, person: &str, account: AccountId) -> bool {
        self.owners(account).is_some_and(|owners| owners.people.iter().any(|id| id == person))
    }

    /// Somebody who decides.
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::Configuration;

    #[test]
    fn errors_name_the_place() {
        let error = Configuration::parse("[accounts]\ntrusted = [\"1111\"]\n").unwrap_err();
        assert!(error.to_string().contains("line 2, column 11"), "{error}");
        let error = Configuration::parse("[accounts]\ntrusted = []\n").unwrap_err();
        assert!(error.to_string().starts_with("accounts.trusted is empty"), "{error}");
    }

    #[test]
    fn owners_are_checked() {
        let parse = |more: &str| {
            let text = format!(
                "accounts.trusted = [\"111111111111\", \"222222222222\"]\n{more}\n\
                 [[people]]\nid = \"alice\"\nprincipals = []\n\
                 [[people]]\nid = \"bob\"\nprincipals = [\"*/bob\"]\n"
            );
            Configuration::parse(&text).map_err(|error| error.to_string())
        };
        let owners = |accounts: &str, people: &str, more: &str| {
            format!("[[approval.owners]]\naccounts = {accounts}\npeople = {people}\n{more}\n")
        };
        let (one, both) = (r#"["111111111111"]"#, r#"["alice", "bob"]"#);
        let good = parse(&owners(one, both, "quorum = 2")).unwrap();
        let account = |id| locksmith_core::arn::AccountId::parse(id).unwrap();
        assert!(good.entitles("alice", account("111111111111")));
        assert!(!good.entitles("alice", account("222222222222")));
        assert!(!good.entitles("carol", account("111111111111")));
        assert!(!good.approval.enabled, "nothing is changed unless somebody turns it on");
        for (more, problem) in [
            (owners(one, r#"["carol"]"#, ""), "owners[0].people: nobody in [[people]] has the id"),
            (owners(one, "[]", ""), "owners[0].people is empty"),
            (owners("[]", both, ""), "owners[0].accounts is empty"),
            (owners(one, both, "quorum = 3"), "owners[0].quorum is 3: it has to be from 1 to 2"),
            (owners(one, both, "quorum = 0"), "owners[0].quorum is 0"),
            (owners(one, r#"["bob", "bob"]"#, "quorum = 2"), "owners[0].quorum is 2"),
            (owners(r#"["333333333333"]"#, both, ""), "333333333333 is not trusted"),
            (owners(one, both, "") + &owners(one, both, ""), "owners[1].accounts: 111111111111 st"),
            ("approval.enabled = true".to_owned(), "nobody is named in [[approval.owners]]"),
            ("approval.valid_for = \"0s\"".to_owned(), "approval.valid_for: it has to be from 1m"),
            ("plan.expires_after = \"1m\"".to_owned(), "plan.expires_after: it has to be from 15m"),
            ("plan.scope = \"world\"".to_owned(), "line 2"),
            (
                "[[people]]\nid = \"bob\"\nprincipals = []".to_owned(),
                "people[2].id: `bob` is empty or stands there twice",
            ),
        ] {
            let error = parse(&more).unwrap_err();
            assert!(error.contains(problem), "{more}: {error}");
        }
    }

    #[test]
    fn a_suppression_ends() {
        let text = r#"
            [accounts]
            trusted = ["111111111111"]
            [detect]
            reopen_after = "36h"
            [[suppressions]]
            principal = "arn:aws:iam::*:role/scanner-?"
            reason = "the scanner looks at everything"
            until = "2026-12-01T00:00:00Z"
        "#;
        let configuration = Configuration::parse(text).unwrap();
        let suppression = &configuration.suppressions[0];
        let covers = |principal, at: &str| suppression.covers(principal, "b", at.parse().unwrap());
        let scanner = Some("arn:aws:iam::111111111111:role/scanner-1");
        assert!(covers(scanner, "2026-11-30T23:59:59Z"));
        assert!(!covers(scanner, "2026-12-01T00:00:00Z"));
        assert!(!covers(Some("arn:aws:iam::111111111111:role/scanner-10"), "2026-11-01T00:00:00Z"));
        assert!(!covers(None, "2026-11-01T00:00:00Z"));
        assert_eq!(configuration.detect.reopen_after.as_hours(), 36);
    }
}
