//! What is said below a ticket when the incident moves.

use super::sections::{list, say, time};
use super::{Block, Report, Section};
use locksmith_app::card::Card;
use locksmith_app::incident::State;
use locksmith_words::Words;

/// How the incident stands now, and whether it came back.
pub(crate) fn comment(card: &Card, words: Words) -> Report {
    let incident = &card.incident;
    let mut blocks = Vec::new();
    if incident.openings > 1 && matches!(incident.state, State::Detected | State::Diagnosed) {
        let count = u64::from(incident.openings);
        let last = time(incident.last_seen);
        let args = [("count", count.into()), ("at", last.as_str().into())];
        blocks.push(say(&words.say("ticket-came-back", &args)));
    }
    let state = words.state(incident.state);
    let sentence = words.state_sentence(incident.state);
    let args = [("state", state.as_str().into()), ("sentence", sentence.as_str().into())];
    blocks.push(say(&words.say("ticket-state", &args)));
    blocks.extend(incident.remark.as_ref().map(|remark| say(&words.remark(remark))));
    let by: Option<Block> = match &card.approvals.ended {
        Some(ended) if matches!(incident.state, State::Rejected | State::Suppressed) => {
            list([super::approvals::refused(ended, words)])
        }
        _ => None,
    };
    let undo = card.approvals.undo.as_ref().filter(|_| incident.undo_wanted);
    let by = by.or_else(|| list([super::approvals::wants_undo(undo?, words)]));
    blocks.extend(by);
    Report { sections: vec![Section { name: "state", heading: None, blocks }] }
}
