//! The blocks that messages and dialogs are made of. Whatever goes in, Slack's limits hold: texts are
//! cut, and what is too much is left out.
//! <https://docs.slack.dev/reference/block-kit/blocks>

use super::text::{Mrkdwn, cut, length};
use serde::Serialize;

/// Blocks in a message. <https://docs.slack.dev/reference/block-kit/blocks>
pub const BLOCKS_IN_MESSAGE: usize = 50;
/// Blocks in a dialog. <https://docs.slack.dev/reference/views/modal-views>
pub const BLOCKS_IN_VIEW: usize = 100;
/// Units of a section's text. <https://docs.slack.dev/reference/block-kit/blocks/section-block>
pub const SECTION: usize = 3000;
/// Units of a header. <https://docs.slack.dev/reference/block-kit/blocks/header-block>
pub const HEADER: usize = 150;
/// Elements of a context. <https://docs.slack.dev/reference/block-kit/blocks/context-block>
const IN_CONTEXT: usize = 10;
/// Elements of actions. <https://docs.slack.dev/reference/block-kit/blocks/actions-block>
const IN_ACTIONS: usize = 25;
/// Units of a button's text and of its value.
/// <https://docs.slack.dev/reference/block-kit/block-elements/button-element>
const BUTTON: usize = 75;
const VALUE: usize = 2000;
/// Units of a title and of the buttons of a dialog.
const TITLE: usize = 24;
/// Units that travel with a dialog.
const METADATA: usize = 3000;

/// A block.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// A heading.
    Header {
        /// Its words.
        text: Text,
    },
    /// Text.
    Section {
        /// The text.
        text: Text,
    },
    /// Small text.
    Context {
        /// The texts.
        elements: Vec<Text>,
    },
    /// Buttons.
    Actions {
        /// The buttons.
        elements: Vec<Button>,
    },
    /// A line.
    Divider,
    /// Something to fill in.
    Input {
        /// Names it in the answer, and where an error is told.
        block_id: &'static str,
        /// What is asked.
        label: Text,
        /// The field.
        element: Field,
        /// What helps to answer.
        hint: Text,
    },
}

/// A text of a block.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Text {
    /// Text that is shown as it is.
    PlainText {
        /// The text.
        text: String,
        /// Whether `:name:` is shown as a picture: never.
        emoji: bool,
    },
    /// Text with markup.
    Mrkdwn {
        /// The text.
        text: String,
        /// Whether addresses, channels and people's names in it stay as they are: always.
        verbatim: bool,
    },
}

/// A button.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Button {
    #[serde(rename = "type")]
    kind: &'static str,
    text: Text,
    action_id: &'static str,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    style: Option<Style>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confirm: Option<Confirm>,
}

/// How a button stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// What most people want to press.
    Primary,
    /// What has to be thought about.
    Danger,
}

/// A question before a button counts.
/// <https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object>
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Confirm {
    title: Text,
    text: Text,
    #[serde(rename = "confirm")]
    yes: Text,
    #[serde(rename = "deny")]
    no: Text,
}

/// A field to fill in.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Field {
    /// Text of several lines.
    PlainTextInput {
        /// Names it in the answer.
        action_id: &'static str,
        /// Whether it has several lines.
        multiline: bool,
        /// The fewest letters.
        min_length: u16,
        /// The most letters.
        max_length: u16,
    },
    /// A day.
    Datepicker {
        /// Names it in the answer.
        action_id: &'static str,
        /// The day that is there before somebody chooses another one, as `2026-12-24`.
        initial_date: String,
    },
}

/// A dialog. <https://docs.slack.dev/reference/views/modal-views>
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct View {
    #[serde(rename = "type")]
    kind: &'static str,
    title: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    submit: Option<Text>,
    close: Text,
    callback_id: &'static str,
    private_metadata: String,
    blocks: Vec<Block>,
}

impl Text {
    fn letters(&self) -> usize {
        match self {
            Self::PlainText { text, .. } | Self::Mrkdwn { text, .. } => length(text),
        }
    }

    /// Text without markup, of so many units at most. Slack takes no empty text.
    pub fn plain(text: &str, most: usize) -> Self {
        let text = cut(text, most);
        let text = if text.trim().is_empty() { "–".to_owned() } else { text };
        Self::PlainText { text, emoji: false }
    }

    /// Text with markup.
    pub fn mrkdwn(text: &Mrkdwn) -> Self {
        Self::Mrkdwn { text: text.as_str().to_owned(), verbatim: true }
    }
}

impl Block {
    /// How many units its texts have.
    pub fn letters(&self) -> usize {
        match self {
            Self::Header { text } | Self::Section { text } => text.letters(),
            Self::Context { elements } => elements.iter().map(Text::letters).sum(),
            Self::Actions { elements } => elements.iter().map(Button::letters).sum(),
            Self::Divider => 0,
            Self::Input { label, hint, .. } => label.letters() + hint.letters(),
        }
    }

    /// A heading.
    pub fn header(text: &str) -> Self {
        Self::Header { text: Text::plain(text, HEADER) }
    }

    /// Text. None where there is nothing, or more than a section takes: whoever has more of it makes
    /// [`pages`](super::text::pages) of it.
    pub fn section(text: &Mrkdwn) -> Option<Self> {
        let fits = !text.is_empty() && length(text.as_str()) <= SECTION;
        fits.then(|| Self::Section { text: Text::mrkdwn(text) })
    }

    /// Small texts beside each other; none where there are none.
    pub fn context(texts: &[Mrkdwn]) -> Option<Self> {
        let fits = |text: &&Mrkdwn| !text.is_empty() && length(text.as_str()) <= SECTION;
        let elements: Vec<Text> =
            texts.iter().filter(fits).take(IN_CONTEXT).map(Text::mrkdwn).collect();
        (!elements.is_empty()).then_some(Self::Context { elements })
    }

    /// Buttons beside each other; none where there are none.
    pub fn actions(buttons: Vec<Button>) -> Option<Self> {
        let elements: Vec<Button> = buttons.into_iter().take(IN_ACTIONS).collect();
        (!elements.is_empty()).then_some(Self::Actions { elements })
    }
}

impl Button {
    fn letters(&self) -> usize {
        let asked = self.confirm.iter().flat_map(|one| [&one.title, &one.text, &one.yes, &one.no]);
        self.text.letters() + asked.map(Text::letters).sum::<usize>()
    }

    /// A button that is aimed at something; none if what it would carry is too long, because a part of
    /// it would aim elsewhere.
    pub fn new(action_id: &'static str, words: &str, value: String) -> Option<Self> {
        (length(&value) <= VALUE).then(|| Self {
            kind: "button",
            text: Text::plain(words, BUTTON),
            action_id,
            value,
            style: None,
            confirm: None,
        })
    }

    /// The same button, standing out.
    #[must_use]
    pub fn style(self, style: Style) -> Self {
        Self { style: Some(style), ..self }
    }

    /// The same button, with a question before it counts.
    #[must_use]
    pub fn confirm(self, confirm: Confirm) -> Self {
        Self { confirm: Some(confirm), ..self }
    }
}

impl Confirm {
    /// A question with its two answers.
    pub fn new(title: &str, text: &str, yes: &str, no: &str) -> Self {
        Self {
            title: Text::plain(title, 100),
            text: Text::plain(text, 300),
            yes: Text::plain(yes, 30),
            no: Text::plain(no, 30),
        }
    }
}

impl View {
    /// A dialog that travels with `metadata`; none if that is too long.
    pub fn new(
        callback_id: &'static str,
        (title, close): (&str, &str),
        metadata: String,
        mut blocks: Vec<Block>,
    ) -> Option<Self> {
        blocks.truncate(BLOCKS_IN_VIEW);
        (length(&metadata) <= METADATA).then(|| Self {
            kind: "modal",
            title: Text::plain(title, TITLE),
            submit: None,
            close: Text::plain(close, TITLE),
            callback_id,
            private_metadata: metadata,
            blocks,
        })
    }

    /// The same dialog, to be sent off.
    #[must_use]
    pub fn submit(self, words: &str) -> Self {
        Self { submit: Some(Text::plain(words, TITLE)), ..self }
    }
}
