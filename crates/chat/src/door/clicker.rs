//! Whoever clicked in Slack: telling them what it came to, and nobody else, before Slack gives up waiting.

use super::Response;
use crate::slack::Slack;
use crate::slack::block::View;
use crate::slack::dialog::{REASON, told};
use crate::slack::interaction::{Interaction, What};
use crate::slack::text::{Mrkdwn, cut};
use core::time::Duration;
use locksmith_app::ports::{Secrets, TellError};
use locksmith_words::Words;
use serde_json::{Map, json};
use tokio::time::Instant;

/// How long an answer may take. Slack waits three seconds, and the way to it and back is part of them.
/// <https://docs.slack.dev/interactivity/handling-user-interaction>
const ANSWERED_IN: Duration = Duration::from_millis(2700);
/// How long opening a dialog may take, where nothing is decided.
const OPENED_IN: Duration = Duration::from_millis(1400);
/// How long the last call may take, by which they are told what it came to.
const TOLD_IN: Duration = Duration::from_millis(600);

/// Until when an answer has to be there.
#[derive(Clone, Copy)]
pub(super) struct Deadline(Instant);

impl Deadline {
    /// Of a request that came at this moment.
    pub(super) fn since(arrived: std::time::Instant) -> Self {
        Self(Instant::from_std(arrived) + ANSWERED_IN)
    }

    /// How long a step may take that may take so long at most: afterwards there is time to tell what it
    /// came to.
    pub(super) fn left(self, most: Duration) -> Duration {
        most.min(self.rest().saturating_sub(TOLD_IN))
    }

    /// How long the last step may take.
    fn rest(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }
}

/// Whoever clicked.
#[derive(Clone, Copy)]
pub(super) struct Clicker<'c, 'a, K> {
    pub(super) slack: &'c Slack<'a, K>,
    pub(super) interaction: &'c Interaction,
    pub(super) words: Words,
    pub(super) answer_by: Deadline,
}

impl<K: Secrets> Clicker<'_, '_, K> {
    /// Says a sentence of the words.
    pub(super) async fn tell(&self, id: &str) -> Response {
        self.say(&self.words.say(id, &[])).await
    }

    /// Says something.
    pub(super) async fn say(&self, said: &str) -> Response {
        let within = self.answer_by.rest();
        let outcome = match &self.interaction.what {
            What::Submitted { .. } => return in_field(REASON, said),
            What::Clicked { view: Some(view), .. } => match told(self.words, said) {
                Some(shown) => self.slack.replace(&shown, view, within).await,
                None => Ok(()),
            },
            What::Clicked { response_url: Some(address), .. } => {
                let said = Mrkdwn::prose(said, 2000);
                self.slack.client.answer_click(address, said.as_str(), within).await
            }
            What::Clicked { .. } | What::Nothing => Ok(()),
        };
        match outcome {
            Ok(()) => Response::empty(),
            // Slack then shows at least that something went wrong.
            Err(error) => {
                tracing::warn!(%error, "whoever clicked could not be told");
                Response::text(503, "whoever clicked could not be told")
            }
        }
    }

    /// Opens a dialog, on top of the one in which was clicked; where that does not work, they are told to
    /// try again.
    pub(super) async fn open(&self, view: Option<View>) -> Response {
        let (trigger, within) = (&self.interaction.trigger, self.answer_by.left(OPENED_IN));
        let outcome = match view {
            Some(view) => self.slack.open(&view, trigger, self.in_dialog(), within).await,
            None => Err(TellError::Refused("the dialog would be too large".to_owned())),
        };
        match outcome {
            Ok(()) => Response::empty(),
            Err(error) => {
                tracing::warn!(%error, "a dialog could not be opened");
                self.tell("chat-failed-dialog").await
            }
        }
    }

    /// Whether the click was in a dialog rather than in a message.
    pub(super) fn in_dialog(&self) -> bool {
        matches!(self.interaction.what, What::Clicked { view: Some(_), .. })
    }
}

/// An error below a field of a dialog.
pub(super) fn in_field(field: &str, said: &str) -> Response {
    let mut errors = Map::new();
    errors.insert(field.to_owned(), cut(said, 2000).into());
    Response::json(200, &json!({"response_action": "errors", "errors": errors}))
}

#[cfg(test)]
mod tests {
    use super::{ANSWERED_IN, Deadline, TOLD_IN};
    use core::time::Duration;
    use tokio::time::Instant;

    #[test]
    fn no_step_takes_the_time_in_which_it_is_told() {
        let deadline = Deadline::since(std::time::Instant::now());
        assert!(deadline.left(Duration::MAX) + TOLD_IN <= ANSWERED_IN);
        // What went before, such as reading the configuration, is part of it.
        let passed = Duration::from_secs(1);
        let arrived = std::time::Instant::now().checked_sub(passed).unwrap();
        assert!(Deadline::since(arrived).left(Duration::MAX) + TOLD_IN + passed <= ANSWERED_IN);
        let soon = Deadline(Instant::now() + TOLD_IN);
        assert_eq!(soon.left(Duration::from_secs(1)), Duration::ZERO);
        let over = Deadline(Instant::now());
        assert_eq!((over.left(Duration::MAX), over.rest()), (Duration::ZERO, Duration::ZERO));
    }
}
