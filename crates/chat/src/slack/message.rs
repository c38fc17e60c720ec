//! The message about an incident, as it is to be seen in a room.

use super::block::{BLOCKS_IN_MESSAGE, Block, SECTION};
use super::text::{Mrkdwn, cut, pages};
use super::{buttons, people, proposal, work};
use crate::aim::Aim;
use locksmith_app::card::Card;
use locksmith_app::incident::State;
use locksmith_app::ports::Room;
use locksmith_core::diagnosis::{Confidence, Diagnosis};
use locksmith_words::Words;

/// Units of all blocks of a message. Slack refuses more than about 13,200 (`msg_blocks_too_long`); its
/// pages do not name the number.
const LETTERS: usize = 12_500;
/// Units of the text that stands in notifications.
const FALLBACK: usize = 300;
/// How many causes a message names; all of them are in the report.
const CAUSES: usize = 6;
/// Units of one cause.
const CAUSE: usize = 400;
/// Units of a remark, and of a name.
const REMARK: usize = 600;
pub(super) const NAME: usize = 300;

/// A message.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// What notifications show, and programs that cannot show blocks: markup, escaped.
    pub text: String,
    /// The message.
    pub blocks: Vec<Block>,
}

/// The message about a card for a room.
pub fn message(card: &Card, room: &Room) -> Message {
    let words = Words::new(room.locale);
    let headline = headline(words, card);
    let mut blocks = vec![Block::header(&headline)];
    blocks.extend(sections(&[state(words, card)]));
    blocks.extend(sections(&facts(words, card)));
    let causes = causes(words, card, CAUSES);
    if !causes.is_empty() {
        blocks.push(Block::Divider);
        blocks.extend(sections(&causes));
    }
    let todo = match card.incident.state {
        State::AwaitingApproval | State::Approved => proposal::summary(words, card, true),
        State::Rejected | State::Expired => proposal::summary(words, card, false),
        State::Manual => proposal::manual(words, card),
        // Nothing is to be done, or what was done is told below.
        _ => Vec::new(),
    };
    if !todo.is_empty() {
        blocks.push(Block::Divider);
        blocks.extend(todo);
    }
    let done = work::lines(words, card);
    if !done.is_empty() {
        blocks.push(Block::Divider);
        blocks.extend(sections(&done));
    }
    // Who decided, the buttons and the links stand below, whatever else there is.
    let mut foot = sections(&people::lines(words, card));
    foot.extend(Block::actions(buttons::of(words, card, &Aim::of(card, room))));
    foot.extend(Block::context(&links(words, card)));
    let mut blocks = above(words, blocks, &foot);
    blocks.extend(foot);
    let state = words.state(card.incident.state);
    let text =
        words.say("chat-fallback", &[("headline", (&headline).into()), ("state", (&state).into())]);
    Message { text: Mrkdwn::prose(&text, FALLBACK).as_str().to_owned(), blocks }
}

/// As many blocks as a message takes above others; where some do not fit, the last one says so.
fn above(words: Words, blocks: Vec<Block>, foot: &[Block]) -> Vec<Block> {
    let cut = sections(&[Mrkdwn::prose(&words.say("chat-cut", &[]), NAME)]);
    let letters = |blocks: &[Block]| blocks.iter().map(Block::letters).sum::<usize>();
    let room = BLOCKS_IN_MESSAGE.saturating_sub(foot.len() + cut.len());
    let mut left = LETTERS.saturating_sub(letters(foot) + letters(&cut));
    let count = blocks.len();
    let mut above: Vec<Block> = blocks
        .into_iter()
        .take(room)
        .take_while(|block| {
            let fits = block.letters() <= left;
            left = left.saturating_sub(block.letters());
            fits
        })
        .collect();
    if above.len() < count {
        above.extend(cut);
    }
    above
}

/// Lines as sections.
pub(super) fn sections(lines: &[Mrkdwn]) -> Vec<Block> {
    pages(lines, SECTION).iter().filter_map(Block::section).collect()
}

/// Who was denied what, in few words.
pub(crate) fn headline(words: Words, card: &Card) -> String {
    let incident = &card.incident;
    let resource = cut(short(&incident.resource), 80);
    let resource = ("resource", (&resource).into());
    match &card.diagnosis {
        Some(diagnosis) => {
            let operation = format!("{}:{}", diagnosis.call.service, diagnosis.call.operation);
            let operation = cut(&operation, 60);
            words.say("chat-headline", &[("operation", (&operation).into()), resource])
        }
        // Until it is diagnosed only the kind of call is known.
        None => {
            let class = words.class(incident.class);
            words.say("chat-headline-early", &[("class", (&class).into()), resource])
        }
    }
}

/// The last part of an ARN: what people call it.
pub(super) fn short(arn: &str) -> &str {
    let last = arn.splitn(6, ':').nth(5).unwrap_or(arn);
    if last.is_empty() { arn } else { last }
}

/// Where the incident stands, and the remark on it.
pub(super) fn state(words: Words, card: &Card) -> Mrkdwn {
    let incident = &card.incident;
    let mut line = Mrkdwn::new();
    line.raw(sign(incident.state)).raw(" ").label(&words.state(incident.state));
    line.add_prose(&words.state_sentence(incident.state), REMARK);
    // What ended the asking is told with the people.
    let is_told = card.approvals.ended.is_some()
        && matches!(incident.state, State::Rejected | State::Suppressed);
    if let Some(remark) = incident.remark.as_ref().filter(|_| !is_told) {
        line.raw("\n").label(&words.say("chat-label-remark", &[]));
        line.add_prose(&words.remark(remark), REMARK);
    }
    line
}

/// A sign beside the words, for those who look at many messages.
fn sign(state: State) -> &'static str {
    match state {
        State::Detected | State::Diagnosed => ":mag:",
        State::AwaitingApproval => ":raised_hand:",
        State::Approved | State::Applying | State::Applied => ":hourglass_flowing_sand:",
        State::Verified => ":white_check_mark:",
        State::NoChangeNeeded => ":information_source:",
        State::Manual => ":wrench:",
        State::Rejected => ":no_entry:",
        State::Expired => ":alarm_clock:",
        State::Suppressed => ":mute:",
        State::Failed => ":warning:",
        State::RolledBack => ":leftwards_arrow_with_hook:",
    }
}

/// Who was denied what, how often and since when.
pub(super) fn facts(words: Words, card: &Card) -> Vec<Mrkdwn> {
    let incident = &card.incident;
    let principal = incident.principal_arn.as_ref().unwrap_or(&incident.principal);
    let call = card.diagnosis.as_ref().map(|diagnosis| &diagnosis.call);
    let resource = call.and_then(|call| call.resource.as_ref()).unwrap_or(&incident.resource);
    let mut caller = Mrkdwn::new();
    caller.label(&words.say("label-principal", &[])).code(principal, NAME);
    let mut on = Mrkdwn::new();
    on.label(&words.say("label-resource", &[])).code(resource, NAME);
    if let Some(account) = incident.resource_account {
        let account = words.say("chat-in-account", &[("account", account.as_str().into())]);
        on.raw(" ").add_prose(&account, NAME);
    }
    let mut seen =
        Mrkdwn::prose(&words.say("label-denials", &[("count", incident.count.into())]), NAME);
    seen.raw(" · ").label(&words.say("label-first-seen", &[])).time(incident.first_seen);
    if incident.count > 1 {
        seen.raw(" · ").label(&words.say("label-last-seen", &[])).time(incident.last_seen);
    }
    vec![caller, on, seen]
}

/// Why, one line for each cause up to a number, and how sure that is.
pub(super) fn causes(words: Words, card: &Card, most: usize) -> Vec<Mrkdwn> {
    let Some(diagnosis) = &card.diagnosis else { return Vec::new() };
    let mut lines = Vec::new();
    if !diagnosis.causes.is_empty() {
        let mut heading = Mrkdwn::new();
        heading.heading(&words.say("label-causes", &[]));
        lines.push(heading);
    }
    for cause in diagnosis.causes.iter().take(most) {
        let mut line = Mrkdwn::new();
        line.raw("• ").add_prose(&words.cause(cause, diagnosis), CAUSE);
        lines.push(line);
    }
    let more = diagnosis.causes.len().saturating_sub(most);
    if more > 0 {
        let count = u64::try_from(more).unwrap_or(u64::MAX);
        lines.push(Mrkdwn::prose(&words.say("chat-more-causes", &[("count", count.into())]), NAME));
    }
    lines.extend(doubts(words, diagnosis));
    lines
}

/// What keeps the diagnosis from being certain.
fn doubts(words: Words, diagnosis: &Diagnosis) -> Option<Mrkdwn> {
    if diagnosis.confidence == Confidence::Certain {
        return None;
    }
    let mut line = Mrkdwn::new();
    line.label(&words.say("label-confidence", &[]));
    line.add_prose(&words.confidence(diagnosis.confidence), NAME);
    Some(line)
}

/// Where more of it is, and by which names it goes.
fn links(words: Words, card: &Card) -> Vec<Mrkdwn> {
    let mut links = Vec::new();
    if let Some(ticket) = &card.ticket {
        let name = words.say("chat-link-ticket", &[("name", (&ticket.name).into())]);
        let mut link = Mrkdwn::new();
        link.link(ticket.url.as_deref().unwrap_or_default(), &name);
        links.push(link);
    }
    if let Some(report) = &card.report_url {
        let mut link = Mrkdwn::new();
        link.link(report, &words.say("chat-link-report", &[]));
        links.push(link);
    }
    let id = card.incident.id.to_string();
    links.push(Mrkdwn::prose(&words.say("chat-incident", &[("id", (&id).into())]), NAME));
    links
}
