//! Adaptive cards, version 1.5. <https://adaptivecards.io/explorer/>
//!
//! Text of strangers stands in text runs alone, which know no markup.
//! <https://adaptivecards.io/explorer/TextRun.html>

use crate::refused::minute;
use crate::slack::headline;
use crate::slack::text::cut;
use locksmith_app::card::Card;
use locksmith_app::ports::{Notice, Room};
use locksmith_core::plan::Risk;
use locksmith_view::plan::difference::{Line, of_change};
use locksmith_words::Words;
use serde::Serialize;
use serde_json::{Value, json};

/// How large a card with all around it may be for a webhook, in bytes: 28 KB.
/// <https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using>
pub const MOST: usize = 28 * 1024;
/// What is kept free for what is around it.
const AROUND: usize = 1024;
/// How many causes, lines of differences, things to do and approvals are shown.
const CAUSES: usize = 6;
const LINES: usize = 40;
const MANUAL: usize = 5;
const APPROVALS: usize = 8;
/// Units of a sentence, and of a line of a difference.
const SENTENCE: usize = 350;
const LINE: usize = 100;

/// The card of an incident; with a link where the one who reads it may decide.
pub fn card(card: &Card, room: &Room, decide: Option<&str>) -> Value {
    let words = Words::new(room.locale);
    let head = head(words, card);
    let mut body = head.clone();
    body.extend(causes(words, card));
    body.extend(proposal(words, card, true));
    body.extend(people(words, card));
    let actions = actions(words, card, decide);
    // What is too large is said without the lines of the differences, and in the end without more
    // than who was denied what.
    let mut shorter = head.clone();
    shorter.extend(causes(words, card));
    shorter.extend(proposal(words, card, false));
    shorter.push(text(&words.say("chat-cut", &[]), SENTENCE));
    shorter.extend(people(words, card));
    let ways = [body, shorter, head].map(|body| whole(&body, &actions));
    let [.., least] = &ways;
    let fits = ways.iter().find(|one| one.to_string().len() + AROUND <= MOST);
    fits.unwrap_or(least).clone()
}

/// A word to those who were asked.
pub fn notice(card: &Card, room: &Room, notice: &Notice, decide: Option<&str>) -> Value {
    let words = Words::new(room.locale);
    let said = match notice {
        Notice::Reminder(number) => {
            words.say("chat-notice-reminder", &[("number", u64::from(*number).into())])
        }
        Notice::Escalation => words.say("chat-notice-escalation", &[]),
        Notice::BreakGlass { person, reason, .. } => words.say(
            "chat-notice-break-glass",
            &[("person", person.into()), ("reason", reason.into())],
        ),
    };
    let body = vec![heading(&headline(words, card)), text(&said, 3 * SENTENCE)];
    whole(&body, &actions(words, card, decide))
}

/// Text without markup.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TextRun {
    r#type: &'static str,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    font_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<&'static str>,
}

fn whole(body: &[Value], actions: &[Value]) -> Value {
    json!({
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "msteams": {"width": "Full"},
        "body": body,
        "actions": actions,
    })
}

fn run(words: &str, most: usize) -> TextRun {
    TextRun {
        r#type: "TextRun",
        text: cut(words, most),
        size: None,
        weight: None,
        font_type: None,
        color: None,
    }
}

fn text(words: &str, most: usize) -> Value {
    json!({"type": "RichTextBlock", "inlines": [run(words, most)]})
}

fn heading(words: &str) -> Value {
    let run = TextRun { size: Some("Large"), weight: Some("Bolder"), ..run(words, 150) };
    json!({"type": "RichTextBlock", "inlines": [run]})
}

/// A label in bold, and what it is about.
fn labelled(label: &str, words: &str) -> Value {
    let bold = TextRun { weight: Some("Bolder"), ..run(&format!("{label} "), 120) };
    json!({"type": "RichTextBlock", "spacing": "Small", "inlines": [bold, run(words, SENTENCE)]})
}

fn head(words: Words, card: &Card) -> Vec<Value> {
    let incident = &card.incident;
    let principal = incident.principal_arn.as_ref().unwrap_or(&incident.principal);
    let call = card.diagnosis.as_ref().map(|diagnosis| &diagnosis.call);
    let resource = call.and_then(|call| call.resource.as_ref()).unwrap_or(&incident.resource);
    let mut lines = vec![
        heading(&headline(words, card)),
        labelled(&words.state(incident.state), &words.state_sentence(incident.state)),
    ];
    if let Some(remark) = &incident.remark {
        lines.push(labelled(&words.say("chat-label-remark", &[]), &words.remark(remark)));
    }
    let seen = words.say("label-denials", &[("count", incident.count.into())]);
    lines.extend([
        labelled(&words.say("label-principal", &[]), principal),
        labelled(&words.say("label-resource", &[]), resource),
        labelled(&seen, ""),
        labelled(&words.say("label-first-seen", &[]), &minute(incident.first_seen)),
        labelled(&words.say("label-last-seen", &[]), &minute(incident.last_seen)),
    ]);
    lines
}

fn causes(words: Words, card: &Card) -> Vec<Value> {
    let Some(diagnosis) = card.diagnosis.as_ref().filter(|one| !one.causes.is_empty()) else {
        return Vec::new();
    };
    let mut lines = vec![labelled(&words.say("label-causes", &[]), "")];
    let causes = diagnosis.causes.iter().take(CAUSES);
    lines.extend(
        causes.map(|cause| text(&format!("• {}", words.cause(cause, diagnosis)), SENTENCE)),
    );
    let more = diagnosis.causes.len().saturating_sub(CAUSES);
    if more > 0 {
        let count = u64::try_from(more).unwrap_or(u64::MAX);
        lines.push(text(&words.say("chat-more-causes", &[("count", count.into())]), SENTENCE));
    }
    lines
}

fn proposal(words: Words, card: &Card, with_lines: bool) -> Vec<Value> {
    let Some(plan) = &card.plan else { return Vec::new() };
    let mut lines = Vec::new();
    if !plan.changes.is_empty() {
        lines.push(labelled(&words.say("chat-label-change", &[]), ""));
    }
    let between = words.say("sentence-separator", &[]);
    let mut left = LINES;
    for change in plan.changes.iter().take(MANUAL) {
        let what = format!("• {}{between}{}", words.change(change), words.change_why(change));
        lines.push(text(&what, 2 * SENTENCE));
        if with_lines {
            let difference = of_change(change, LINE - 10);
            lines.extend(difference.iter().take(left).map(difference_line));
            left = left.saturating_sub(difference.len());
        }
    }
    if !plan.changes.is_empty() {
        if with_lines && left == 0 {
            lines.push(text(&words.say("chat-cut", &[]), SENTENCE));
        }
        let risk = plan.changes.iter().map(|change| change.risk).max().unwrap_or(Risk::Low);
        let risk = format!("{} · {}", words.risk(risk), words.risk_sentence(risk));
        lines.push(labelled(&words.say("label-risk", &[]), &risk));
        lines.push(labelled(&words.say("label-scope", &[]), &words.scope(plan.scope)));
        lines.push(labelled(&words.say("label-proof", &[]), &words.proof(&plan.proof)));
    }
    if !plan.manual.is_empty() {
        lines.push(labelled(&words.say("label-manual", &[]), ""));
    }
    let manual = plan.manual.iter().take(MANUAL);
    lines.extend(manual.map(|one| text(&format!("• {}", words.manual(one)), 2 * SENTENCE)));
    lines
}

fn difference_line(line: &Line) -> Value {
    let color = match line {
        Line::Added(_) => Some("Good"),
        Line::Removed(_) => Some("Attention"),
        Line::Kept(_) | Line::Skipped => None,
    };
    let run = TextRun { font_type: Some("Monospace"), color, ..run(&line.text(), LINE) };
    json!({"type": "RichTextBlock", "spacing": "None", "inlines": [run]})
}

fn people(words: Words, card: &Card) -> Vec<Value> {
    let approved = |given: &locksmith_app::approve::Approval| {
        let account = words.say("chat-for-account", &[("account", given.account.as_str().into())]);
        let who = format!("{} {account} · {}", given.person, minute(given.at));
        labelled(&words.say("chat-label-approved", &[]), &who)
    };
    let mut lines: Vec<Value> = card.approvals.given.iter().take(APPROVALS).map(approved).collect();
    if let Some(asked) = &card.question {
        let missing = asked.missing.iter().take(APPROVALS);
        let label = words.say("chat-label-missing", &[]);
        lines.extend(missing.map(|one| labelled(&label, &words.missing(*one))));
        let until = words.say("chat-label-answer-until", &[]);
        lines.push(labelled(&until, &minute(asked.until)));
    }
    lines
}

fn actions(words: Words, card: &Card, decide: Option<&str>) -> Vec<Value> {
    let open = |title: String, address: &str| {
        let is_good = address.starts_with("https://");
        is_good.then(|| json!({"type": "Action.OpenUrl", "title": cut(&title, 60), "url": address}))
    };
    let mut actions = Vec::new();
    actions.extend(decide.and_then(|link| open(words.say("chat-button-decide", &[]), link)));
    let report = card.report_url.as_deref();
    actions.extend(report.and_then(|link| open(words.say("chat-link-report", &[]), link)));
    if let Some(ticket) = &card.ticket {
        let name = words.say("chat-link-ticket", &[("name", (&ticket.name).into())]);
        actions.extend(ticket.url.as_deref().and_then(|link| open(name, link)));
    }
    actions
}
