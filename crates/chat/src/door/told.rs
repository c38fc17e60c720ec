//! Telling whoever clicked what it came to, and nobody else.

use super::Response;
use crate::slack::Slack;
use crate::slack::dialog::{REASON, told};
use crate::slack::interaction::{Interaction, What};
use crate::slack::text::{Mrkdwn, cut};
use core::time::Duration;
use locksmith_app::ports::{Secrets, TellError};
use locksmith_words::Words;
use serde_json::{Map, json};

/// How long the one call after a decision may take.
const TOLD_IN: Duration = Duration::from_millis(600);

/// The dialog in which somebody clicked; none where it was a message.
pub(super) fn in_view(interaction: &Interaction) -> Option<&str> {
    match &interaction.what {
        What::Clicked { view, .. } => view.as_deref(),
        _ => None,
    }
}

/// An error below a field of a dialog.
pub(super) fn in_field(field: &str, said: &str) -> Response {
    let mut errors = Map::new();
    errors.insert(field.to_owned(), cut(said, 2000).into());
    Response::json(200, &json!({"response_action": "errors", "errors": errors}))
}

/// Tells whoever clicked what it came to, and nobody else.
pub(super) async fn tell<K: Secrets>(
    slack: &Slack<'_, K>,
    interaction: &Interaction,
    words: Words,
    said: &str,
) -> Response {
    let outcome = match &interaction.what {
        What::Submitted { .. } => return in_field(REASON, said),
        What::Clicked { view: Some(view), .. } => match told(words, said) {
            Some(shown) => slack.replace(&shown, view, TOLD_IN).await,
            None => Ok(()),
        },
        What::Clicked { response_url: Some(address), .. } => {
            let said = Mrkdwn::prose(said, 2000);
            slack.client.answer_click(address, said.as_str(), TOLD_IN).await
        }
        What::Clicked { .. } | What::Nothing => Ok(()),
    };
    if let Err(error) = outcome {
        tracing::warn!(%error, "whoever clicked could not be told");
    }
    Response::empty()
}

/// Where a dialog could not be opened, whoever clicked is told to try again.
pub(super) async fn opened<K: Secrets>(
    slack: &Slack<'_, K>,
    interaction: &Interaction,
    words: Words,
    outcome: Result<(), TellError>,
) -> Response {
    match outcome {
        Ok(()) => Response::empty(),
        Err(error) => {
            tracing::warn!(%error, "a dialog could not be opened");
            let said = words.say("chat-failed-dialog", &[]);
            tell(slack, interaction, words, &said).await
        }
    }
}
