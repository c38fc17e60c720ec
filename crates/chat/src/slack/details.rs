//! The dialog that shows everything: all causes, what each layer says, the changes in full, other ways,
//! and break-glass, which is nowhere else.

use super::block::{BLOCKS_IN_VIEW, Block, Style, View};
use super::buttons::{self, Action};
use super::dialog::Kept;
use super::message::{NAME, causes, facts, headline, sections, state};
use super::proposal::{self, difference, heading, sentence};
use super::text::Mrkdwn;
use super::{people, work};
use locksmith_app::card::Card;
use locksmith_core::diagnosis::{Diagnosis, Permission, Unknown};
use locksmith_core::plan::Alternative;
use locksmith_words::Words;

/// How many causes, permissions, missing facts, changes and other ways are shown. With all of them the
/// dialog stays below Slack's limits.
const CAUSES: usize = 40;
const PERMISSIONS: usize = 12;
const UNKNOWNS: usize = 15;
const CHANGES: usize = 8;
const WAYS: usize = 6;
/// Units of a difference.
const DIFFERENCE: usize = 2900;
/// Units of a sentence.
const SENTENCE: usize = 700;

/// The dialog, with break-glass for those who may.
pub fn details(card: &Card, kept: &Kept, may_break_glass: bool) -> Option<View> {
    let words = Words::new(kept.aim.locale);
    let mut blocks = vec![Block::header(&headline(words, card))];
    blocks.extend(sections(&[state(words, card)]));
    blocks.extend(sections(&facts(words, card)));
    blocks.push(Block::Divider);
    blocks.extend(sections(&causes(words, card, CAUSES)));
    if let Some(diagnosis) = &card.diagnosis {
        blocks.extend(sections(&matrix(words, diagnosis)));
        blocks.extend(sections(&unknowns(words, diagnosis)));
    }
    blocks.extend(changes(words, card));
    blocks.extend(ways(words, card, kept));
    blocks.extend(proposal::manual(words, card));
    blocks.extend(sections(&work::lines(words, card)));
    blocks.extend(sections(&people::lines(words, card)));
    let is_asked = card.question.is_some();
    let emergency = if may_break_glass && is_asked { break_glass(words, kept) } else { Vec::new() };
    // What was asked for in an emergency is there whatever else there is.
    blocks.truncate(BLOCKS_IN_VIEW - emergency.len());
    blocks.extend(emergency);
    let title = words.say("chat-dialog-details-title", &[]);
    let close = words.say("chat-dialog-close", &[]);
    View::new("locksmith.details", (&title, &close), kept.text(), blocks)
}

/// What each layer says of each permission.
fn matrix(words: Words, diagnosis: &Diagnosis) -> Vec<Mrkdwn> {
    let mut lines = vec![heading(words, "chat-label-layers")];
    lines.extend(diagnosis.permissions.iter().take(PERMISSIONS).map(|row| permission(words, row)));
    if let Some(text) = diagnosis.aws_message.as_ref().and_then(|said| said.text.as_ref()) {
        let mut line = Mrkdwn::new();
        line.label(&words.say("chat-label-aws", &[])).add_prose(text, SENTENCE);
        lines.push(line);
    }
    lines
}

fn permission(words: Words, row: &Permission) -> Mrkdwn {
    let mut line = Mrkdwn::new();
    line.raw("• ").code(&row.action, NAME).raw(" ").code(&row.resource, NAME);
    for cell in &row.layers {
        let layer = words.label(&words.layer(cell.layer));
        let text = format!("{layer}{}", words.outcome(cell.outcome));
        line.raw("\n    ").add_prose(&text, 120);
        for note in cell.statements.iter().take(1) {
            let sid = note.sid.clone().unwrap_or_else(|| format!("Statement[{}]", note.index));
            line.raw(" ").code(&sid, 60);
        }
    }
    line
}

fn unknowns(words: Words, diagnosis: &Diagnosis) -> Vec<Mrkdwn> {
    if diagnosis.unknowns.is_empty() {
        return Vec::new();
    }
    let line = |unknown: &Unknown| {
        let mut line = Mrkdwn::new();
        line.raw("• ");
        if let Some(layer) = unknown.layer {
            line.add_prose(&words.label(&words.layer(layer)), 120);
        }
        line.add_prose(&words.unknown(unknown), 300);
        line
    };
    let mut lines = vec![heading(words, "chat-label-unknown")];
    lines.extend(diagnosis.unknowns.iter().take(UNKNOWNS).map(line));
    lines
}

fn changes(words: Words, card: &Card) -> Vec<Block> {
    let Some(plan) = card.plan.as_ref().filter(|plan| !plan.changes.is_empty()) else {
        return Vec::new();
    };
    let mut blocks = vec![Block::Divider];
    blocks.extend(sections(&[heading(words, "chat-label-change")]));
    let mut all = plan.changes.len() <= CHANGES;
    for change in plan.changes.iter().take(CHANGES) {
        let mut undo = Mrkdwn::new();
        undo.label(&words.say("label-undo", &[])).add_prose(&words.inverse(change), SENTENCE);
        blocks.extend(sections(&[sentence(words, change), undo]));
        let (difference, whole) = difference(change, DIFFERENCE);
        blocks.extend(difference);
        all &= whole;
    }
    if !all {
        blocks.extend(sections(&[Mrkdwn::prose(&words.say("chat-cut", &[]), NAME)]));
    }
    blocks.extend(sections(&proposal::assessment(words, plan)));
    let mut digest = Mrkdwn::new();
    digest.label(&words.say("chat-label-digest", &[])).code(&plan.digest.to_string(), NAME);
    blocks.extend(sections(&[digest]));
    blocks
}

/// Other ways, each with a button of its own where owners are asked and Locksmith may go it.
fn ways(words: Words, card: &Card, kept: &Kept) -> Vec<Block> {
    let ways = card.plan.as_ref().map(|plan| plan.alternatives.as_slice()).unwrap_or_default();
    if ways.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Divider];
    blocks.extend(sections(&[heading(words, "label-alternatives")]));
    for way in ways.iter().take(WAYS) {
        blocks.extend(sections(&way_lines(words, way)));
        let digest = way.digest.as_ref().filter(|_| card.question.is_some());
        let button = digest.and_then(|digest| buttons::approve(words, &kept.aim.at_way(digest)));
        blocks.extend(Block::actions(button.into_iter().collect()));
    }
    blocks
}

fn way_lines(words: Words, way: &Alternative) -> Vec<Mrkdwn> {
    let mut why = Mrkdwn::new();
    why.raw("• ").add_prose(&words.alternative(way), SENTENCE);
    why.raw(" ").label(&words.say("label-risk", &[])).add_prose(&words.risk(way.risk), 120);
    let mut lines = vec![why];
    lines.extend(way.changes.iter().take(CHANGES).map(|change| sentence(words, change)));
    lines
}

fn break_glass(words: Words, kept: &Kept) -> Vec<Block> {
    let button = buttons::button(words, Action::BreakGlass, "chat-button-break-glass", &kept.aim);
    let button = button.map(|button| button.style(Style::Danger));
    let Some(actions) = Block::actions(button.into_iter().collect()) else { return Vec::new() };
    let text = Mrkdwn::prose(&words.say("chat-break-glass-note", &[]), SENTENCE);
    let mut blocks = vec![Block::Divider];
    blocks.extend(sections(&[text]));
    blocks.push(actions);
    blocks
}
