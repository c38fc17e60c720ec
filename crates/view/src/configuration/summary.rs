//! What a configuration holds, in a few lines.

use locksmith_app::config::{ChatSystem, Configuration, Owners};
use serde_json::{Value, json};

/// Lines with their labels.
pub(super) fn rows(configuration: &Configuration) -> Vec<(&'static str, String)> {
    let Configuration { accounts, approval, .. } = configuration;
    let organization = match accounts.organization {
        Some(account) => format!("the organization's is {account}"),
        None => "none of an organization, so its policies stay unknown".to_owned(),
    };
    let changes = if approval.enabled {
        format!("made when owners approve, within {:#}", approval.valid_for)
    } else {
        "none: approval.enabled is false".to_owned()
    };
    vec![
        ("accounts", format!("{} watched; {organization}", accounts.trusted.len())),
        ("suppressions", number(configuration.suppressions.len())),
        ("changes", changes),
        ("owners", owners(configuration)),
        ("people", number(configuration.people.len())),
        ("chat", chat(configuration)),
        ("tickets", tickets(configuration)),
    ]
}

/// The same for other programs.
pub(super) fn json(configuration: &Configuration) -> Value {
    let Configuration { accounts, approval, chat, .. } = configuration;
    let system = chat.as_ref().map(|chat| match chat.system {
        ChatSystem::Slack => "slack",
        ChatSystem::Teams => "teams",
    });
    json!({
        "accounts": accounts.trusted.len(),
        "organization": accounts.organization,
        "suppressions": configuration.suppressions.len(),
        "makes_changes": approval.enabled,
        "owned_accounts": owned(configuration),
        "people": configuration.people.len(),
        "break_glass": approval.break_glass.people.len(),
        "chat": system,
        "rooms": chat.as_ref().map_or(0, |chat| chat.rooms.len()),
        "tickets": ticket_system(configuration),
    })
}

fn owners(configuration: &Configuration) -> String {
    let breakers = configuration.approval.break_glass.people.len();
    let of = configuration.accounts.trusted.len();
    let accounts = format!("for {} of {}", owned(configuration), count(of, "account", "accounts"));
    if breakers == 0 {
        return accounts;
    }
    format!("{accounts}; break-glass for {}", count(breakers, "person", "people"))
}

/// How many accounts have owners.
fn owned(configuration: &Configuration) -> usize {
    configuration.approval.owners.iter().map(|Owners { accounts, .. }| accounts.len()).sum()
}

fn chat(configuration: &Configuration) -> String {
    let Some(chat) = &configuration.chat else { return "none: nobody is told".to_owned() };
    let system = match chat.system {
        ChatSystem::Slack => "Slack",
        ChatSystem::Teams => "Teams",
    };
    let rooms = count(chat.rooms.len(), "room", "rooms");
    format!("{system}, {rooms}, and {} for the rest", chat.channel)
}

fn tickets(configuration: &Configuration) -> String {
    let name = match ticket_system(configuration) {
        Some("jira") => "Jira",
        Some("github") => "GitHub",
        Some("servicenow") => "ServiceNow",
        Some("opscenter") => "OpsCenter",
        Some("webhook") => "a webhook",
        _ => "none",
    };
    name.to_owned()
}

fn ticket_system(configuration: &Configuration) -> Option<&'static str> {
    configuration.tickets.as_ref()?.systems().first().copied()
}

fn number(many: usize) -> String {
    if many == 0 { "none".to_owned() } else { many.to_string() }
}

/// A number with what is counted.
pub(super) fn count(many: usize, one: &str, more: &str) -> String {
    format!("{many} {}", if many == 1 { one } else { more })
}
