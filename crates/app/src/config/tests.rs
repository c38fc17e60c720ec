//! Configurations that are read, refused or wondered at: data behind two checks.

use super::{Configuration, Problem};
use jiff::Timestamp;
use locksmith_core::arn::AccountId;
use std::collections::BTreeSet;

/// A problem as (line, column, beginning of path and text).
type Expected<'e> = (usize, usize, &'e str);

#[track_caller]
fn check(text: &str, found: &[Problem], expected: &[Expected<'_>]) {
    let shown: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), expected.len(), "{text}\n{shown:#?}");
    for (problem, (line, column, words)) in found.iter().zip(expected) {
        let place = problem.place.map_or((0, 0), |place| (place.line, place.column));
        assert_eq!(place, (*line, *column), "{text}\n{problem}");
        let shown = format!("{}: {}", problem.path, problem.what);
        assert!(shown.starts_with(words), "{text}\n{shown}");
        assert!(!problem.remedy.is_empty(), "{problem}");
    }
}

#[track_caller]
fn refused(text: &str, expected: &[Expected<'_>]) {
    check(text, Configuration::parse(text).unwrap_err().problems(), expected);
}

#[track_caller]
fn warned(text: &str, expected: &[Expected<'_>]) {
    let now: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
    let configuration =
        Configuration::parse(text).unwrap_or_else(|error| panic!("{text}\n{error}"));
    check(text, &configuration.warnings(text, now), expected);
}

/// Lines before a text, so that each case is as short as what it is about: line four comes first.
fn after_people(text: &str) -> String {
    "accounts.trusted = [\"111111111111\", \"222222222222\"]\n\
     people = [{ id = \"alice\", principals = [] },\n\
     \x20         { id = \"bob\", principals = [\"*/bob\"] }]\n"
        .to_owned()
        + text
}

fn account(id: &str) -> AccountId {
    AccountId::parse(id).unwrap()
}

#[test]
fn what_is_no_configuration_is_told_with_its_place() {
    for (text, expected) in [
        ("", (0, 0, ": missing field `accounts`")),
        ("accounts = 1\n", (1, 12, "accounts: invalid type: integer `1`")),
        (
            "[accounts]\ntrusted = [\"1111\"]\n",
            (2, 11, "accounts.trusted: `1111` is not an account id"),
        ),
        ("[accounts]\n", (1, 1, "accounts: missing field `trusted`")),
        ("[accounts\ntrusted = []", (1, 10, ": unclosed table")),
        ("[accounts]\ntrusted = []\ntrusted = []", (3, 1, ": duplicate key")),
        ("[accounts]\ntrusted = [\"1\",\n\n", (2, 16, ": unclosed array")),
        ("# größe\n[accounts]\ntrusted = [] # größe\nown = \"ü\" x", (4, 11, ": ")),
        ("accounts.trusted = []\naccounts.trustd = []", (2, 10, "accounts.trustd: unknown field")),
        (
            "accounts.trusted = []\n[[people]]\nid = \"a\"\nprincipals = []\n[[people]]\nid = \"b\"",
            (5, 1, "people[1]: missing field `principals`"),
        ),
        (
            "accounts.trusted = []\n[detect]\nreopen_after = \"soon\"",
            (3, 16, "detect.reopen_after: "),
        ),
        (
            "accounts.trusted = []\nchat = { system = \"irc\", secret = \"s\", channel = \"c\" }",
            (2, 19, "chat.system: unknown variant `irc`"),
        ),
    ] {
        refused(text, &[expected]);
    }
}

#[test]
fn a_text_that_breaks_off_anywhere_is_told_within_it() {
    let sample = include_str!("../../../../infra/locksmith.example.toml");
    let mut refused = 0;
    for (end, _) in sample.char_indices().step_by(5) {
        let text = &sample[..end];
        let Err(error) = Configuration::parse(text) else { continue };
        refused += 1;
        for problem in error.problems() {
            let Some(place) = problem.place else { continue };
            let line = text.lines().nth(place.line - 1).unwrap();
            let last = place.column - 1 + place.width;
            assert!(last <= line.chars().count(), "{line}\n{problem}");
        }
    }
    assert!(refused > 200, "{refused}");
}

#[test]
fn all_that_is_wrong_is_told_in_the_order_of_the_text() {
    let text = r#"
[approval]
enabled = true
break_glass.people = ["alice", "dora"]
[[approval.owners]]
accounts = []
people = ["alice", "carol"]
quorum = 3
[accounts]
trusted = []
[[people]]
id = "alice"
principals = []
[[people]]
id = "alice"
principals = []
[tickets]
[[suppressions]]
reason = " "
until = "2027-01-01T00:00:00Z"
"#;
    refused(
        text,
        &[
            (4, 32, "approval.break_glass.people[1]: nobody in [[people]] has the id `dora`"),
            (6, 12, "approval.owners[0].accounts: it is empty"),
            (7, 20, "approval.owners[0].people[1]: nobody in [[people]] has the id `carol`"),
            (8, 10, "approval.owners[0].quorum: it is 3, and only 2 may approve"),
            (10, 11, "accounts.trusted: it is empty"),
            (15, 6, "people[1].id: `alice` stands there twice"),
            (17, 1, "tickets: there is no system"),
            (19, 10, "suppressions[0].reason: it is empty"),
        ],
    );
    let error = Configuration::parse(text).unwrap_err().to_string();
    assert_eq!(error.lines().count(), 8);
    assert!(
        error.contains(
            "line 10, column 11: accounts.trusted: it is empty; name the accounts that Locksmith may watch\n"
        ),
        "{error}"
    );
}

#[test]
fn who_may_approve() {
    let owners = |accounts: &str, people: &str, more: &str| {
        format!("[[approval.owners]]\naccounts = {accounts}\npeople = {people}\n{more}\n")
    };
    let (one, both) = (r#"["111111111111"]"#, r#"["alice", "bob"]"#);
    for (text, expected) in [
        (owners(one, "[]", ""), (6, 10, "approval.owners[0].people: nobody may approve")),
        (owners(one, both, "quorum = 0"), (7, 10, "approval.owners[0].quorum: it is 0")),
        (owners(one, r#"["bob", "bob"]"#, "quorum = 2"), (7, 10, "approval.owners[0].quorum: it")),
        (
            owners(r#"["111111111111", "333333333333"]"#, both, ""),
            (5, 29, "approval.owners[0].accounts[1]: 333333333333 is not trusted"),
        ),
        (
            owners(one, both, "") + &owners(one, both, ""),
            (9, 13, "approval.owners[1].accounts[0]: 111111111111 stands there twice"),
        ),
        ("approval.enabled = true".to_owned(), (4, 20, "approval.enabled: it is true, and nobody")),
        (
            "approval.break_glass.people = [\"x\"]".to_owned(),
            (4, 32, "approval.break_glass.people[0]: nobody in [[people]] has the id `x`"),
        ),
    ] {
        refused(&after_people(&text), &[expected]);
    }
    // How many belong to a group only the chat knows.
    let group = owners(one, "[]", "groups = [\"S0123456789\"]\nquorum = 2");
    Configuration::parse(&after_people(&group)).unwrap();

    let good = after_people(&owners(one, both, "quorum = 2"));
    let good = Configuration::parse(&good).unwrap();
    let none = BTreeSet::new();
    let entitles = |person, id| good.entitles(person, &none, account(id)).is_some();
    assert!(entitles("alice", "111111111111"));
    assert!(!entitles("alice", "222222222222"));
    assert!(!entitles("carol", "111111111111"));
    assert!(!good.approval.enabled, "nothing is changed unless somebody turns it on");
}

#[test]
fn everybody_is_one_person_in_the_chat() {
    let people = |first: &str, second: &str| {
        format!(
            "accounts.trusted = [\"111111111111\"]\n\
             [[people]]\nprincipals = []\n{first}\n\
             [[people]]\nprincipals = []\n{second}\n"
        )
    };
    for (first, second, expected) in [
        ("id = \"a\"", "id = \"\"", (7, 6, "people[1].id: it is empty")),
        ("id = \"a\"", "id = \"b\"\nchat = \"a\"", (8, 8, "people[1].chat: the chat knows `a`")),
        (
            "id = \"a\"\nchat = \"b\"",
            "id = \"b\"",
            (8, 6, "people[1].id: the chat knows `a` by `b`"),
        ),
    ] {
        refused(&people(first, second), &[expected]);
    }
    Configuration::parse(&people("id = \"a\"\nchat = \"U1\"", "id = \"b\"\nchat = \"U2\""))
        .unwrap();
}

#[test]
fn durations_have_bounds() {
    const CHAT: &str = "[chat]\nsystem = \"slack\"\nsecret = \"s\"\nchannel = \"C1\"\n";
    for (text, expected) in [
        ("approval.valid_for = \"0s\"".to_owned(), (4, 22, "approval.valid_for: it is 0s")),
        ("plan.expires_after = \"1m\"".to_owned(), (4, 22, "plan.expires_after: it is 1m")),
        ("detect.reopen_after = \"-1h\"".to_owned(), (4, 23, "detect.reopen_after: it is 1h ago")),
        ("verify.wait = \"11m\"".to_owned(), (4, 15, "verify.wait: it is 11m")),
        (
            "verify = { propagation = \"30m\", give_up_after = \"20m\" }".to_owned(),
            (4, 49, "verify.give_up_after: it is 20m"),
        ),
        (
            format!("{CHAT}reminders.first_after = \"30s\""),
            (8, 25, "chat.reminders.first_after: it is 30s"),
        ),
        (
            format!("{CHAT}reminders.escalate_after = \"721h\""),
            (8, 28, "chat.reminders.escalate_after: it is 721h"),
        ),
    ] {
        refused(&after_people(&text), &[expected]);
    }
    let long = after_people("approval.valid_for = \"2000h\"");
    let error = Configuration::parse(&long).unwrap_err();
    assert_eq!(error.problems()[0].remedy, "give a duration from 1m to 720h");
}

#[test]
fn chats_that_cannot_be_used() {
    let chat = |more: &str| {
        after_people(&format!(
            "[chat]\nsystem = \"slack\"\nsecret = \"s\"\nchannel = \"C1\"\n{more}"
        ))
    };
    for (text, expected) in [
        (chat("").replace("C1", " "), (7, 11, "chat.channel: it is empty")),
        (chat("").replace("\"s\"", "\"\""), (6, 10, "chat.secret: it is empty")),
        (chat("audit_channel = \"\""), (8, 17, "chat.audit_channel: it is empty")),
        (chat("escalate_to = \" \""), (8, 15, "chat.escalate_to: it is empty")),
        (
            chat("address = \"http://example.com\""),
            (8, 11, "chat.address: `http://example.com` is n"),
        ),
        (
            chat("[[chat.rooms]]\naccounts = [\"111111111111\"]\nchannel = \"\""),
            (10, 11, "chat.rooms[0].channel: it is empty"),
        ),
        (chat("[[chat.rooms]]\nchannel = \"C2\""), (8, 1, "chat.rooms[0]: it fits every incident")),
    ] {
        refused(&text, &[expected]);
    }
}

/// Whoever has a personal link of Teams decides as that person.
#[test]
fn personal_links_go_where_nobody_else_reads() {
    let text = |more: &str| {
        format!(
            "accounts.trusted = [\"111111111111\"]\n\
             people = [{{ id = \"a\", principals = [], chat = \"own\" }}]\n\
             [chat]\nsystem = \"teams\"\nsecret = \"s\"\nchannel = \"C1\"\n{more}"
        )
    };
    let room = "[[chat.rooms]]\naccounts = [\"111111111111\"]\nchannel";
    Configuration::parse(&text("escalate_to = \"C2\"")).unwrap();
    for more in [
        "audit_channel = \"own\"",
        "escalate_to = \"own\"",
        &format!("{room} = \"own\""),
        &format!("{room} = \"C2\"\nescalate_to = \"own\""),
    ] {
        refused(&text(more), &[(2, 47, "people[0].chat: others read there too")]);
        Configuration::parse(&text(more).replace("teams", "slack")).unwrap();
    }
}

#[test]
fn tickets_go_to_one_system() {
    let secret = "[tickets]\nsecret = \"s\"\n";
    let webhook = "[tickets.webhook]\nurl = \"https://example.com/hook\"\n";
    let github = |name: &str| format!("[tickets.github]\nrepository = \"{name}\"\n");
    for (text, expected) in [
        (secret.to_owned(), (4, 1, "tickets: there is no system")),
        (webhook.to_owned(), (4, 2, "tickets.secret: it is missing or empty")),
        (
            secret.to_owned() + webhook + &github("a/b"),
            (6, 1, "tickets.webhook: there is tickets.github already"),
        ),
        (secret.to_owned() + &github("a/b/c"), (7, 14, "tickets.github.repository: `a/b/c` is no")),
        (secret.to_owned() + &github("a/"), (7, 14, "tickets.github.repository: `a/` is no repos")),
    ] {
        // A table that is only implied has its name for a place.
        refused(&after_people(&text), &[expected]);
    }
    Configuration::parse(&after_people("[tickets.opscenter]\n")).unwrap();
}

#[test]
fn addresses_are_read_by_nobody_on_the_way() {
    for (url, what) in [
        ("https://example.atlassian.net", None),
        ("HTTPS://example.com:8443/a?b#c", None),
        ("http://127.0.0.1:8080/hook", None),
        ("http://localhost", None),
        ("http://[::1]:1/", None),
        ("http://example.com", Some("is not https")),
        ("http://localhost.example.com", Some("is not https")),
        ("http://127.0.0.1.example.com", Some("is not https")),
        ("ftp://example.com", Some("is not https")),
        ("example.com", Some("is not https")),
        ("https://", Some("is no address")),
        ("https:///path", Some("is no address")),
        ("https://a b", Some("is no address")),
        ("https://user:word@example.com", Some("a name or password stands in the address")),
        ("http://localhost@example.com", Some("a name or password stands in the address")),
    ] {
        for system in ["jira.project = \"S\"\njira", "servicenow", "webhook"] {
            let text =
                after_people(&format!("[tickets]\nsecret = \"s\"\n{system}.url = \"{url}\""));
            let found = Configuration::parse(&text).map_err(|error| error.to_string());
            match what {
                None => assert!(found.is_ok(), "{url}: {found:?}"),
                Some(what) => assert!(found.clone().is_err_and(|e| e.contains(what)), "{found:?}"),
            }
            assert!(!found.is_err_and(|error| error.contains("word@")), "{url}");
        }
    }
}

#[test]
fn what_may_be_meant_otherwise() {
    let asks = |more: &str| {
        after_people(&format!(
            "approval.enabled = true\n\
             approval.owners = [{{ accounts = [\"111111111111\"], people = [\"alice\"] }}]\n{more}"
        ))
    };
    let until =
        |end: &str| after_people(&format!("suppressions = [{{ reason = \"r\", until = {end} }}]"));
    let slack = "[chat]\nsystem = \"slack\"\nsecret = \"s\"\nchannel = \"C1\"\n";
    let owner = (1, 37, "accounts.trusted[1]: nobody may approve changes in 222222222222");
    warned(&after_people(""), &[]);
    warned(&asks(""), &[owner]);
    warned(&until("\"2026-11-20T10:00:01Z\""), &[]);
    warned(&until("\"2026-11-20T10:00:00Z\""), &[(4, 41, "suppressions[0].until: it is over")]);
    let chat = asks(slack);
    warned(&chat, &[owner]);
    warned(&(chat.clone() + "reminders.escalate_after = \"24h\""), &[owner]);
    warned(
        &(chat.clone()
            + "reminders = { first_after = \"24h\", escalate_after = \"48h\" }\n\
          rooms = [{ accounts = [\"111111111111\"], channel = \"C2\", escalate_to = \"U1\" }]"),
        &[
            owner,
            (10, 29, "chat.reminders.first_after: by then the question is over"),
            (10, 53, "chat.reminders.escalate_after: by then the question is over"),
        ],
    );
    let late = "reminders.escalate_after = \"24h\"\nescalate_to = \"U1\"";
    warned(&(chat.clone() + late), &[owner, (10, 28, "chat.reminders.escalate_after: by then")]);
    warned(
        &(chat.clone() + "escalate_to = \"oncall\""),
        &[owner, (10, 15, "chat.escalate_to: `oncall` does not look like Slack's id of a user or")],
    );
    let names = "accounts.trusted = [\"111111111111\"]\n\
                 people = [{ id = \"a\", principals = [], chat = \"@alice\" }]\n\
                 [[approval.owners]]\n\
                 accounts = [\"111111111111\"]\n\
                 groups = [\"S0123456789\", \"owners\"]\n\
                 [chat]\nsystem = \"slack\"\nsecret = \"s\"\n\
                 channel = \"#denied\"\n\
                 audit_channel = \"c0123456789\"\n\
                 rooms = [{ accounts = [\"111111111111\"], channel = \"G12-3\", escalate_to = \"C1\" }]";
    warned(
        names,
        &[
            (2, 47, "people[0].chat: `@alice` does not look like Slack's id of a user"),
            (
                5,
                26,
                "approval.owners[0].groups[1]: `owners` does not look like Slack's id of a user",
            ),
            (9, 11, "chat.channel: `#denied` does not look like Slack's id of a channel"),
            (10, 17, "chat.audit_channel: `c0123456789` does not look like"),
            (11, 51, "chat.rooms[0].channel: `G12-3` does not look like"),
            (11, 74, "chat.rooms[0].escalate_to: `C1` does not look like Slack's id of a user or"),
        ],
    );
    warned(&names.replace("slack", "teams"), &[]);
}

#[test]
fn rooms_that_nothing_reaches() {
    let rooms = |rooms: &[&str]| {
        let rooms: Vec<_> = rooms.iter().map(|r| format!("{{ channel = \"C2\", {r} }}")).collect();
        after_people(&format!(
            "[chat]\nsystem = \"slack\"\nsecret = \"s\"\nchannel = \"C1\"\nrooms = [\n{}]",
            rooms.join(",\n")
        ))
    };
    let (one, two) = ("accounts = [\"111111111111\"]", "accounts = [\"222222222222\"]");
    let both = "accounts = [\"111111111111\", \"222222222222\"]";
    let unit = |unit: &str| format!("organizational_units = [\"{unit}\"]");
    let (prod, test) = (&*unit("ou-1"), &*unit("ou-2"));
    let (team, team_and_tier) =
        ("tags = { team = \"a\" }", "tags = { team = \"a\", tier = \"1\" }");
    let one_prod = &*format!("{one}, {prod}");
    for reached in [
        &[one, two][..],
        &[one, both],
        &[one_prod, one],
        &[one_prod, prod],
        &[one, prod],
        &[team_and_tier, team],
        &[team, "tags = { team = \"b\" }"],
        &[prod, test],
    ] {
        warned(&rooms(reached), &[]);
    }
    for (lost, by) in [
        (&[one, one][..], "chat.rooms[0]"),
        (&[both, two], "chat.rooms[0]"),
        (&[one, one_prod], "chat.rooms[0]"),
        (&[prod, one_prod], "chat.rooms[0]"),
        (&[team, team_and_tier], "chat.rooms[0]"),
        (&[one, two, both], "chat.rooms[0] and chat.rooms[1]"),
    ] {
        let last = lost.len() - 1;
        let words = format!("chat.rooms[{last}]: nothing is ever told here: {by} comes first");
        warned(&rooms(lost), &[(8 + lost.len(), 1, &words)]);
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
