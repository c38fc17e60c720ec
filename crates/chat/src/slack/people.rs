//! Who decided what, and whose answer is missing.

use super::message::NAME;
use super::text::Mrkdwn;
use locksmith_app::approve::Approval;
use locksmith_app::card::Card;
use locksmith_app::incident::State;
use locksmith_words::Words;

/// How many approvals a message names.
const GIVEN: usize = 8;
/// How many accounts without enough of them.
const MISSING: usize = 8;
/// Units of a reason.
const REASON: usize = 250;
/// Units of a person's id.
const PERSON: usize = 60;

/// The decisions so far, and what is missing.
pub(super) fn lines(words: Words, card: &Card) -> Vec<Mrkdwn> {
    let mut lines = Vec::new();
    lines.extend(card.approvals.given.iter().take(GIVEN).map(|given| approved(words, given)));
    let ended = card.approvals.ended.iter().map(|ended| match ended.until {
        Some(_) => ("chat-ended-suppressed", ended),
        None => ("chat-ended-rejected", ended),
    });
    let undo = card.approvals.undo.iter().map(|undo| ("chat-ended-undo", undo));
    for (id, ended) in ended.chain(undo) {
        let mut line = Mrkdwn::new();
        line.label(&words.say(id, &[])).code(&ended.person, PERSON).raw(" · ").time(ended.at);
        line.raw("\n").add_prose(&ended.reason, REASON);
        if let Some(until) = ended.until {
            line.raw("\n").label(&words.say("chat-label-until", &[])).time(until);
        }
        lines.push(line);
    }
    let asked = card.question.as_ref().filter(|_| card.incident.state == State::AwaitingApproval);
    let Some(asked) = asked else { return lines };
    for missing in asked.missing.iter().take(MISSING) {
        let mut line = Mrkdwn::new();
        line.label(&words.say("chat-label-missing", &[]));
        line.add_prose(&words.missing(*missing), NAME);
        lines.push(line);
    }
    let mut until = Mrkdwn::new();
    until.label(&words.say("chat-label-answer-until", &[])).time(asked.until);
    lines.push(until);
    lines
}

fn approved(words: Words, given: &Approval) -> Mrkdwn {
    let mut line = Mrkdwn::new();
    line.label(&words.say("chat-label-approved", &[])).code(&given.person, PERSON).raw(" ");
    let account = words.say("chat-for-account", &[("account", given.account.as_str().into())]);
    line.add_prose(&account, NAME);
    if let Some(reason) = &given.break_glass {
        let by = words.say("chat-by-break-glass", &[("reason", reason.into())]);
        line.raw(" ").add_prose(&by, REASON);
    }
    line.raw(" · ").time(given.at);
    line
}
