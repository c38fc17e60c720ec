//! What is wrong with where people are told: chat and tickets.

use super::super::{Chat, ChatSystem, Configuration, Problem, RoomRule, Tickets};
use core::net::IpAddr;

pub(super) fn check(configuration: &Configuration, problems: &mut Vec<Problem>) {
    if let Some(chat) = &configuration.chat {
        check_chat(chat, problems);
        alone(configuration, chat, problems);
    }
    if let Some(tickets) = &configuration.tickets {
        check_tickets(tickets, problems);
    }
}

fn check_chat(chat: &Chat, problems: &mut Vec<Problem>) {
    let mut named = |path: String, text: &str, remedy: &str| {
        if text.trim().is_empty() {
            problems.push(Problem::new(path, "it is empty", remedy));
        }
    };
    named("chat.secret".to_owned(), &chat.secret, "name the secret with the chat's tokens");
    named("chat.channel".to_owned(), &chat.channel, "name the channel for what no room is for");
    if let Some(channel) = &chat.audit_channel {
        let remedy = "name the channel that is told of break-glass, or take the line out";
        named("chat.audit_channel".to_owned(), channel, remedy);
    }
    if let Some(called) = &chat.escalate_to {
        let remedy = "name who is called when owners do not answer, or take the line out";
        named("chat.escalate_to".to_owned(), called, remedy);
    }
    for (index, room) in chat.rooms.iter().enumerate() {
        named(format!("chat.rooms[{index}].channel"), &room.channel, "name the channel");
    }
    for (index, _) in chat.rooms.iter().enumerate().filter(|(_, room)| fits_all(room)) {
        problems.push(Problem::new(
            format!("chat.rooms[{index}]"),
            "it fits every incident",
            "name accounts, organizational_units or tags, or use chat.channel",
        ));
    }
    if let Some(url) = &chat.address {
        address("chat.address", url, problems);
    }
    if let Some(url) = &chat.url {
        address("chat.url", url, problems);
    }
}

/// A link that is meant for one person must not go where others read.
fn alone(configuration: &Configuration, chat: &Chat, problems: &mut Vec<Problem>) {
    if chat.system != ChatSystem::Teams {
        return;
    }
    let rooms = chat.rooms.iter();
    let shared = rooms.flat_map(|room| [Some(&room.channel), room.escalate_to.as_ref()]);
    let defaults = [Some(&chat.channel), chat.audit_channel.as_ref(), chat.escalate_to.as_ref()];
    let shared = shared.chain(defaults).flatten();
    let shared: Vec<&String> = shared.collect();
    for (index, person) in configuration.people.iter().enumerate() {
        if person.chat.as_ref().is_some_and(|own| shared.contains(&own)) {
            problems.push(Problem::new(
                format!("people[{index}].chat"),
                "others read there too",
                "name what reaches this person alone",
            ));
        }
    }
}

fn fits_all(room: &RoomRule) -> bool {
    room.accounts.is_empty() && room.organizational_units.is_empty() && room.tags.is_empty()
}

/// What can stand in `tickets`.
const SYSTEMS: &str = "jira, github, servicenow, opscenter and webhook";

fn check_tickets(tickets: &Tickets, problems: &mut Vec<Problem>) {
    let systems = tickets.systems();
    if systems.is_empty() {
        let remedy = format!("describe one of {SYSTEMS}, or take [tickets] out");
        problems.push(Problem::new("tickets", "there is no system", remedy));
    }
    if let Some((first, more)) = systems.split_first() {
        problems.extend(more.iter().map(|system| {
            Problem::new(
                format!("tickets.{system}"),
                format!("there is tickets.{first} already"),
                format!("leave one of {SYSTEMS}"),
            )
        }));
    }
    if !systems.is_empty() && tickets.opscenter.is_none() && !is_named(tickets.secret.as_deref()) {
        let remedy = "name the secret with the system's token";
        problems.push(Problem::new("tickets.secret", "it is missing or empty", remedy));
    }
    if let Some(github) = &tickets.github {
        let mut parts = github.repository.split('/').map(str::trim);
        let two = matches!(
            (parts.next(), parts.next(), parts.next()),
            (Some(owner), Some(name), None) if !owner.is_empty() && !name.is_empty()
        );
        if !two {
            problems.push(Problem::new(
                "tickets.github.repository",
                format!("`{}` is no repository", github.repository),
                "write it as `owner/name`",
            ));
        }
    }
    let addresses = [
        ("tickets.jira.url", tickets.jira.as_ref().map(|jira| &jira.url)),
        ("tickets.github.url", tickets.github.as_ref().map(|github| &github.url)),
        ("tickets.servicenow.url", tickets.servicenow.as_ref().map(|servicenow| &servicenow.url)),
        ("tickets.webhook.url", tickets.webhook.as_ref().map(|webhook| &webhook.url)),
    ];
    for (path, url) in addresses {
        if let Some(url) = url {
            address(path, url, problems);
        }
    }
}

fn is_named(text: Option<&str>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}

/// Tokens and what policies say go to these addresses, so nobody on the way may read them. What stays
/// on the machine may be without TLS.
fn address(path: &str, url: &str, problems: &mut Vec<Problem>) {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let scheme = scheme.to_ascii_lowercase();
    let what = if authority.contains('@') {
        // Said without the address, which holds a password.
        "a name or password stands in the address".to_owned()
    } else if host(authority).is_empty() || url.contains(char::is_whitespace) {
        format!("`{url}` is no address")
    } else if scheme == "https" || (scheme == "http" && is_loopback(host(authority))) {
        return;
    } else {
        format!("`{url}` is not https")
    };
    let remedy =
        "write it as https://HOST; http only for this machine's own 127.0.0.1 or localhost";
    problems.push(Problem::new(path, what, remedy));
}

/// The host of an authority, without its port; an address of IPv6 stands in brackets.
fn host(authority: &str) -> &str {
    match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    }
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}
