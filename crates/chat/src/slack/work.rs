//! What was done, as the journal has it.

use super::message::NAME;
use super::proposal::heading;
use super::text::Mrkdwn;
use locksmith_app::card::Card;
use locksmith_app::change::{Status, Step};
use locksmith_app::incident::State;
use locksmith_words::Words;

/// How many changes a message names.
const STEPS: usize = 8;
/// Units of a sentence, and of why something went wrong.
const SENTENCE: usize = 500;

/// What became of each change.
pub(super) fn lines(words: Words, card: &Card) -> Vec<Mrkdwn> {
    let was_begun = matches!(
        card.incident.state,
        State::Applying | State::Applied | State::Verified | State::Failed | State::RolledBack
    );
    let Some(journal) = card.journal.as_ref().filter(|_| was_begun) else { return Vec::new() };
    let mut lines = vec![heading(words, "chat-label-done")];
    lines.extend(journal.steps.iter().take(STEPS).map(|step| line(words, step)));
    if journal.steps.len() > STEPS {
        lines.push(Mrkdwn::prose(&words.say("chat-cut", &[]), NAME));
    }
    lines
}

fn line(words: Words, step: &Step) -> Mrkdwn {
    let mut line = Mrkdwn::new();
    line.raw("• ").add_prose(&words.change(&step.change), SENTENCE).raw(" ");
    line.label(&status(words, &step.status));
    if let Some(why) = words.why_status(&step.status) {
        line.add_prose(&why, SENTENCE);
    }
    line
}

fn status(words: Words, status: &Status) -> String {
    words.say(
        match status {
            Status::Planned => "chat-step-planned",
            Status::Writing => "chat-step-writing",
            Status::Written => "chat-step-written",
            Status::Stood => "chat-step-stood",
            Status::Failed { .. } => "chat-step-failed",
            Status::Undoing => "chat-step-undoing",
            Status::Undone => "chat-step-undone",
            Status::Kept => "chat-step-kept",
            Status::ChangedByOthers { .. } => "chat-step-changed-by-others",
            Status::Stuck { .. } => "chat-step-stuck",
        },
        &[],
    )
}
