//! Where tickets are opened.

use super::Locale;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where tickets are opened: exactly one of the systems.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Tickets {
    /// The secret in Secrets Manager with the system's token; OpsCenter needs none.
    pub secret: Option<String>,
    /// The language of the tickets.
    pub locale: Locale,
    /// Jira Cloud.
    pub jira: Option<Jira>,
    /// Issues on GitHub.
    pub github: Option<GitHub>,
    /// ServiceNow.
    pub servicenow: Option<ServiceNow>,
    /// OpsCenter of AWS Systems Manager.
    pub opscenter: Option<OpsCenter>,
    /// Any other system, behind an address that takes JSON.
    pub webhook: Option<Webhook>,
}

/// Jira Cloud. The secret holds `email` and `api_token`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Jira {
    /// The site, such as `https://example.atlassian.net`.
    pub url: String,
    /// The project's key, such as `SEC`.
    pub project: String,
    /// The type of the issues.
    #[serde(default = "task")]
    pub issue_type: String,
    /// The transition that closes an issue, by name.
    #[serde(default = "done")]
    pub close_transition: String,
    /// The transition that opens it again, by name.
    #[serde(default = "to_do")]
    pub reopen_transition: String,
    /// More labels for each issue.
    #[serde(default)]
    pub labels: Vec<String>,
}

fn task() -> String {
    "Task".to_owned()
}

fn done() -> String {
    "Done".to_owned()
}

fn to_do() -> String {
    "To Do".to_owned()
}

/// Issues on GitHub. The secret holds `token`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GitHub {
    /// The repository, as `owner/name`.
    pub repository: String,
    /// The address of the interface; another one for GitHub Enterprise.
    #[serde(default = "github")]
    pub url: String,
    /// More labels for each issue.
    #[serde(default)]
    pub labels: Vec<String>,
}

fn github() -> String {
    "https://api.github.com".to_owned()
}

/// ServiceNow's table interface. The secret holds `username` and `password`, or `token`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceNow {
    /// The instance, such as `https://example.service-now.com`.
    pub url: String,
    /// The table.
    #[serde(default = "incident")]
    pub table: String,
    /// More fields for each record, such as `assignment_group`.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// The values that an open, a resolved and a reopened record have in `state`.
    #[serde(default)]
    pub states: ServiceNowStates,
}

fn incident() -> String {
    "incident".to_owned()
}

/// The values of ServiceNow's field `state`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ServiceNowStates {
    /// Of a record that is open.
    pub open: String,
    /// Of a record that was resolved.
    pub resolved: String,
    /// What resolved it, in `close_code`.
    pub close_code: String,
}

impl Default for ServiceNowStates {
    /// Those of an instance that nobody changed.
    fn default() -> Self {
        Self {
            open: "1".to_owned(),
            resolved: "6".to_owned(),
            close_code: "Solution provided".to_owned(),
        }
    }
}

/// OpsCenter of AWS Systems Manager, in the hub's account and Region.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OpsCenter {
    /// From `1`, critical, to `4`, low.
    pub severity: Option<String>,
}

/// Any other system. The secret holds `key`, with which each request is signed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// The address.
    pub url: String,
}

impl Tickets {
    /// The systems that are set, by name.
    pub fn systems(&self) -> Vec<&'static str> {
        let set = [
            (self.jira.is_some(), "jira"),
            (self.github.is_some(), "github"),
            (self.servicenow.is_some(), "servicenow"),
            (self.opscenter.is_some(), "opscenter"),
            (self.webhook.is_some(), "webhook"),
        ];
        set.into_iter().filter(|(is_set, _)| *is_set).map(|(_, name)| name).collect()
    }
}
