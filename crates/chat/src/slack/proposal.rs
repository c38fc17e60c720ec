//! What is proposed: the changes as differences, their risk and proof, and what people have to do.

use super::block::{Block, SECTION};
use super::message::{NAME, sections};
use super::text::{Mrkdwn, fence};
use locksmith_app::card::Card;
use locksmith_core::plan::{Change, Plan, Risk};
use locksmith_view::plan::difference::of_change;
use locksmith_words::Words;

/// How many changes a message shows line by line; Slack takes about 13,000 letters in one message.
const CHANGES: usize = 3;
/// Units of a difference in a message.
const DIFFERENCE: usize = 2000;
/// Columns of a difference: more would be wrapped.
const COLUMNS: usize = 72;
/// How many things to do by hand a message names.
const MANUAL: usize = 5;
/// Units of a sentence.
const SENTENCE: usize = 700;

/// The plan in a message; line by line as long as it may be made.
pub(super) fn summary(words: Words, card: &Card, line_by_line: bool) -> Vec<Block> {
    let Some(plan) = card.plan.as_ref().filter(|plan| !plan.changes.is_empty()) else {
        return manual(words, card);
    };
    let mut blocks = sections(&[heading(words, "chat-label-change")]);
    let mut all = plan.changes.len() <= CHANGES;
    for change in plan.changes.iter().take(CHANGES) {
        blocks.extend(sections(&[sentence(words, change)]));
        if line_by_line {
            let (difference, whole) = difference(change, DIFFERENCE);
            blocks.extend(difference);
            all &= whole;
        }
    }
    if !all {
        blocks.extend(sections(&[Mrkdwn::prose(&words.say("chat-cut", &[]), NAME)]));
    }
    if line_by_line {
        blocks.extend(sections(&assessment(words, plan)));
    }
    blocks
}

/// What a change does, and why.
pub(super) fn sentence(words: Words, change: &Change) -> Mrkdwn {
    let mut line = Mrkdwn::new();
    line.raw("• ").add_prose(&words.change(change), SENTENCE);
    let why = format!("{}{}", words.say("sentence-separator", &[]), words.change_why(change));
    line.add_prose(&why, SENTENCE);
    line
}

/// A change line by line, and whether all of it is there.
pub(super) fn difference(change: &Change, most: usize) -> (Option<Block>, bool) {
    let lines: Vec<String> = of_change(change, COLUMNS)
        .iter()
        .map(locksmith_view::plan::difference::Line::text)
        .collect();
    if lines.is_empty() {
        return (None, true);
    }
    let (fenced, whole) = fence(&lines, most.min(SECTION));
    (Block::section(&fenced), whole)
}

/// The risk, the reach and the proof of a plan.
pub(super) fn assessment(words: Words, plan: &Plan) -> Vec<Mrkdwn> {
    let risk = plan.changes.iter().map(|change| change.risk).max().unwrap_or(Risk::Low);
    let line = |label: &str, text: &str| {
        let mut line = Mrkdwn::new();
        line.label(&words.say(label, &[])).add_prose(text, SENTENCE);
        line
    };
    let mut lines = vec![
        line("label-risk", &format!("{} · {}", words.risk(risk), words.risk_sentence(risk))),
        line("label-scope", &words.scope(plan.scope)),
        line("label-proof", &words.proof(&plan.proof)),
    ];
    if let Some(at) = plan.expires_at.as_ref().and_then(|at| at.parse().ok()) {
        let mut ends = Mrkdwn::new();
        ends.label(&words.say("chat-label-ends", &[])).time(at);
        lines.push(ends);
    }
    lines
}

/// What people have to do.
pub(super) fn manual(words: Words, card: &Card) -> Vec<Block> {
    let Some(plan) = card.plan.as_ref().filter(|plan| !plan.manual.is_empty()) else {
        return Vec::new();
    };
    let mut lines = vec![heading(words, "label-manual")];
    for manual in plan.manual.iter().take(MANUAL) {
        let mut line = Mrkdwn::new();
        line.raw("• ");
        if let Some(account) = manual.account {
            line.code(account.as_str(), NAME).raw(" ");
        }
        line.add_prose(&words.manual(manual), SENTENCE);
        lines.push(line);
    }
    if plan.manual.len() > MANUAL {
        lines.push(Mrkdwn::prose(&words.say("chat-cut", &[]), NAME));
    }
    sections(&lines)
}

/// A heading between sections.
pub(super) fn heading(words: Words, id: &str) -> Mrkdwn {
    let mut line = Mrkdwn::new();
    line.heading(&words.say(id, &[]));
    line
}
