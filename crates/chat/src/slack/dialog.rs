//! Dialogs that ask for a reason, and the one that tells what a click came to.

use super::block::{Block, Field, Text, View};
use super::message::sections;
use super::text::Mrkdwn;
use crate::aim::Aim;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use locksmith_words::Words;
use serde::{Deserialize, Serialize};

/// The field for the reason.
pub const REASON: &str = "reason";
/// The field for the day until which nobody wants to hear of a denial.
pub const UNTIL: &str = "until";
/// Letters of a reason.
const REASON_MOST: u16 = 1000;
/// How long a denial is suppressed unless somebody chooses another day.
const SUPPRESSED_FOR: SignedDuration = SignedDuration::from_hours(24 * 30);

/// What is asked for in a dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Why the changes are not to be made.
    Reject,
    /// Why the denial is right, and until when nobody wants to hear of it.
    Suppress,
    /// Why it cannot wait for the owners.
    BreakGlass,
    /// Why what was made is to be taken back.
    Undo,
}

/// What travels with a dialog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// What it is aimed at.
    pub aim: Aim,
    /// The channel from which it was opened, where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
}

impl Kept {
    /// As the dialog carries it.
    pub fn text(&self) -> String {
        // Nothing in it can fail to be JSON.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Dialog {
    /// Every dialog.
    pub const ALL: [Self; 4] = [Self::Reject, Self::Suppress, Self::BreakGlass, Self::Undo];

    /// Its name, as Slack sends it back.
    pub fn id(self) -> &'static str {
        match self {
            Self::Reject => "locksmith.reject",
            Self::Suppress => "locksmith.suppress",
            Self::BreakGlass => "locksmith.break_glass",
            Self::Undo => "locksmith.undo",
        }
    }

    /// Reads a name.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialog| dialog.id() == id)
    }

    /// The dialog.
    pub fn view(self, kept: &Kept, now: Timestamp) -> Option<View> {
        let words = Words::new(kept.aim.locale);
        let say = |id: &str| words.say(id, &[]);
        let (title, submit, text) = match self {
            Self::Reject => {
                ("chat-dialog-reject-title", "chat-dialog-reject-submit", "chat-dialog-reject-text")
            }
            Self::Suppress => (
                "chat-dialog-suppress-title",
                "chat-dialog-suppress-submit",
                "chat-dialog-suppress-text",
            ),
            Self::BreakGlass => (
                "chat-dialog-break-glass-title",
                "chat-dialog-break-glass-submit",
                "chat-dialog-break-glass-text",
            ),
            Self::Undo => {
                ("chat-dialog-undo-title", "chat-dialog-undo-submit", "chat-dialog-undo-text")
            }
        };
        let mut blocks = sections(&[Mrkdwn::prose(&say(text), 2000)]);
        blocks.push(Block::Input {
            block_id: REASON,
            label: Text::plain(&say("chat-dialog-reason"), 200),
            element: Field::PlainTextInput {
                action_id: REASON,
                multiline: true,
                min_length: 1,
                max_length: REASON_MOST,
            },
            hint: Text::plain(&say("chat-dialog-reason-hint"), 500),
        });
        if self == Self::Suppress {
            let day = now.saturating_add(SUPPRESSED_FOR).unwrap_or(Timestamp::MAX);
            blocks.push(Block::Input {
                block_id: UNTIL,
                label: Text::plain(&say("chat-dialog-until"), 200),
                element: Field::Datepicker {
                    action_id: UNTIL,
                    initial_date: day.to_zoned(TimeZone::UTC).date().to_string(),
                },
                hint: Text::plain(&say("chat-dialog-until-hint"), 500),
            });
        }
        let cancel = say("chat-dialog-cancel");
        let view = View::new(self.id(), (&say(title), &cancel), kept.text(), blocks)?;
        Some(view.submit(&say(submit)))
    }
}

/// The end of a day in UTC, by which a denial is suppressed.
pub(crate) fn end_of(day: &str) -> Option<Timestamp> {
    let day: Date = day.parse().ok()?;
    Some(day.tomorrow().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// A dialog that only tells something.
pub(crate) fn told(words: Words, text: &str) -> Option<View> {
    let title = words.say("chat-dialog-told-title", &[]);
    let close = words.say("chat-dialog-close", &[]);
    let blocks = sections(&[Mrkdwn::prose(text, 2000)]);
    View::new("locksmith.told", (&title, &close), String::new(), blocks)
}
