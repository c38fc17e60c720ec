//! Where people are told, and asked, in chat.

use super::Locale;
use jiff::SignedDuration;
use locksmith_core::arn::AccountId;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where people are told, and asked, in chat.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chat {
    /// Which chat: `slack` or `teams`.
    pub system: ChatSystem,
    /// The secret in Secrets Manager with its tokens.
    pub secret: String,
    /// The channel for what no room below is for: Slack's id of it (`C0123456789`), or the name of a
    /// webhook in the secret for Teams.
    pub channel: String,
    /// Who is called when owners do not answer, there and in rooms that name nobody themselves: Slack's id
    /// of a user (`U...`) or user group (`S...`), or a webhook's name for Teams.
    #[serde(default)]
    pub escalate_to: Option<String>,
    /// Where Slack is, for workspaces that are elsewhere than at `https://slack.com`, such as
    /// `https://slack-gov.com`.
    #[serde(default)]
    pub url: Option<String>,
    /// The language there.
    #[serde(default)]
    pub locale: Locale,
    /// The channel that is told of every use of break-glass.
    #[serde(default)]
    pub audit_channel: Option<String>,
    /// The address at which the service is reached from outside, such as
    /// `https://abc123.execute-api.eu-central-1.amazonaws.com`; without it there are no links to
    /// reports.
    #[serde(default)]
    pub address: Option<String>,
    /// Channels for certain accounts. The first that fits is taken.
    #[serde(default)]
    pub rooms: Vec<RoomRule>,
    /// How often owners who do not answer are reminded.
    #[serde(default)]
    pub reminders: Reminders,
}

/// A chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChatSystem {
    /// Slack.
    Slack,
    /// Microsoft Teams, by webhooks of workflows.
    Teams,
}

/// A channel, and whose incidents are told there. Of what is given all has to fit; of a list one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoomRule {
    /// The owning accounts.
    #[serde(default)]
    pub accounts: Vec<AccountId>,
    /// Organizational units that hold the owning account, by id, directly or further down.
    #[serde(default)]
    pub organizational_units: Vec<String>,
    /// Tags of the bucket or key, each with its value. They count for the account that owns it alone.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
    /// The channel.
    pub channel: String,
    /// The language there; without it that of `chat.locale`.
    #[serde(default)]
    pub locale: Option<Locale>,
    /// Who is called when owners do not answer: Slack's id of a user (`U...`) or user group (`S...`),
    /// or a webhook's name for Teams; without it that of `chat.escalate_to`.
    #[serde(default)]
    pub escalate_to: Option<String>,
}

/// How often owners who do not answer are reminded.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Reminders {
    /// How long after the question the first reminder comes; each further one after twice as long.
    #[schemars(with = "String")]
    pub first_after: SignedDuration,
    /// How many there are at most.
    pub most: u32,
    /// How long after the question `escalate_to` is called.
    #[schemars(with = "String")]
    pub escalate_after: SignedDuration,
}

impl Default for Reminders {
    fn default() -> Self {
        Self {
            first_after: SignedDuration::from_hours(1),
            most: 4,
            escalate_after: SignedDuration::from_hours(8),
        }
    }
}

/// What is known of an account beside its number, to find its room.
#[derive(Clone, Copy, Debug, Default)]
pub struct Whereabouts<'a> {
    /// The organizational units above it, by id.
    pub organizational_units: &'a [String],
    /// The tags of the bucket and the key, as far as they are in this account.
    pub tags: Option<&'a BTreeMap<String, String>>,
}

impl RoomRule {
    /// Whether incidents of an account are told here.
    pub fn fits(&self, account: AccountId, whereabouts: Whereabouts<'_>) -> bool {
        let Whereabouts { organizational_units, tags } = whereabouts;
        let tagged = |(key, value): (&String, &String)| {
            tags.is_some_and(|tags| tags.get(key).is_some_and(|own| own == value))
        };
        let below = |unit: &String| organizational_units.contains(unit);
        (self.accounts.is_empty() || self.accounts.contains(&account))
            && (self.organizational_units.is_empty() || self.organizational_units.iter().any(below))
            && self.tags.iter().all(tagged)
    }
}

impl Chat {
    /// The room of an account; none where no rule fits and `channel` is the one.
    pub fn room(&self, account: AccountId, whereabouts: Whereabouts<'_>) -> Option<&RoomRule> {
        self.rooms.iter().find(|rule| rule.fits(account, whereabouts))
    }
}
