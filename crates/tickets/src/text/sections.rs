//! Everything that a ticket says of an incident.

use super::{Block, Fact, Report, Section, approvals, plan};
use locksmith_app::card::Card;
use locksmith_core::diagnosis::Diagnosis;
use locksmith_view::plain::plain;
use locksmith_words::Words;

pub(super) use locksmith_app::card::minute as time;

/// Everything that a ticket says of an incident, the most important first.
pub(crate) fn report(card: &Card, words: Words) -> Report {
    let sections = [
        Some(summary(card, words)),
        causes(card, words),
        plan::by_hand(card, words),
        plan::changes(card, words),
        approvals::section_of(card, words),
        plan::proof(card, words),
        plan::done(card, words),
        plan::undo(card, words),
        card.diagnosis.as_ref().map(|diagnosis| evidence(diagnosis, words)),
        plan::alternatives(card, words),
    ];
    Report { sections: sections.into_iter().flatten().collect() }
}

/// A section, unless it says nothing.
pub(super) fn section(name: &'static str, heading: String, blocks: Vec<Block>) -> Option<Section> {
    (!blocks.is_empty()).then_some(Section { name, heading: Some(heading), blocks })
}

/// A sentence, without anything hidden.
pub(super) fn say(text: &str) -> Block {
    Block::Say { text: plain(text).into_owned() }
}

/// Sentences, without anything hidden; nothing where there are none.
pub(super) fn list(items: impl IntoIterator<Item = String>) -> Option<Block> {
    let items: Vec<String> = items.into_iter().map(|item| plain(&item).into_owned()).collect();
    (!items.is_empty()).then_some(Block::List { items })
}

/// Values with their labels; those that are not known are left out.
pub(super) fn facts<const N: usize>(words: Words, facts: [(&str, Option<String>); N]) -> Block {
    let known = facts.into_iter().filter_map(|(id, value)| Some((id, value?)));
    let facts = known.map(|(id, value)| {
        let label = words.say(id, &[]);
        Fact {
            // A space stands between the two wherever they are shown.
            label: words.label(&label).trim_end().to_owned(),
            value: plain(&value).into_owned(),
        }
    });
    Block::Facts { facts: facts.collect() }
}

/// How it stands, who, what, how often, and where to read on.
fn summary(card: &Card, words: Words) -> Section {
    let incident = &card.incident;
    let call = card.diagnosis.as_ref().map(|diagnosis| &diagnosis.call);
    let operation = call.map(|call| format!("{}:{}", call.service, call.operation));
    let state = words.say(
        "ticket-state",
        &[
            ("state", words.state(incident.state).as_str().into()),
            ("sentence", words.state_sentence(incident.state).as_str().into()),
        ],
    );
    let mut blocks = vec![say(&state)];
    blocks.extend(incident.remark.as_ref().map(|remark| say(&words.remark(remark))));
    let link = card.report_url.clone();
    let label = words.say("ticket-report", &[]);
    blocks.extend(link.map(|url| Block::Link { label, url }));
    let account =
        |account: Option<locksmith_core::arn::AccountId>| account.map(|it| it.to_string());
    let principal = incident.principal_arn.as_ref().unwrap_or(&incident.principal);
    let within = incident.prefix.as_ref().filter(|prefix| !prefix.is_empty());
    blocks.push(facts(
        words,
        [
            ("label-principal", Some(principal.clone())),
            ("ticket-principal-account", account(incident.principal_account)),
            ("ticket-operation", operation),
            ("label-resource", Some(incident.resource.clone())),
            ("ticket-resource-account", account(incident.resource_account)),
            ("ticket-prefix", within.cloned()),
            ("ticket-key", incident.key.clone()),
            ("ticket-denials", Some(incident.count.to_string())),
            ("label-first-seen", Some(time(incident.first_seen))),
            ("label-last-seen", Some(time(incident.last_seen))),
            ("ticket-openings", Some(incident.openings).filter(|n| *n > 1).map(|n| n.to_string())),
            ("ticket-incident", Some(incident.id.to_string())),
        ],
    ));
    Section { name: "summary", heading: None, blocks }
}

/// Why, one line for each cause.
fn causes(card: &Card, words: Words) -> Option<Section> {
    let blocks = match &card.diagnosis {
        Some(diagnosis) => {
            let lines = diagnosis.causes.iter().map(|cause| match cause.account {
                None => words.cause(cause, diagnosis),
                Some(account) => words.say(
                    "ticket-in-account",
                    &[
                        ("account", account.to_string().as_str().into()),
                        ("text", words.cause(cause, diagnosis).as_str().into()),
                    ],
                ),
            });
            list(lines)
        }
        None => Some(say(&words.say("ticket-no-diagnosis", &[]))),
    };
    section("causes", words.say("label-causes", &[]), blocks.into_iter().collect())
}

/// What the diagnosis rests on.
fn evidence(diagnosis: &Diagnosis, words: Words) -> Section {
    let call = &diagnosis.call;
    let message = diagnosis.aws_message.as_ref().and_then(|message| message.text.clone());
    let mut blocks = vec![facts(
        words,
        [
            ("ticket-event", call.event_id.clone()),
            ("ticket-event-time", call.event_time.clone()),
            ("ticket-caller", Some(call.principal.clone())),
            ("ticket-called-on", call.resource.clone()),
            ("ticket-region", call.region.clone()),
            ("ticket-error-code", call.error_code.clone()),
            ("ticket-aws-message", message),
            ("ticket-verdict", Some(words.verdict(diagnosis.verdict))),
            ("label-confidence", Some(words.confidence(diagnosis.confidence))),
        ],
    )];
    if !diagnosis.unknowns.is_empty() {
        let count = diagnosis.unknowns.len() as u64;
        blocks.push(say(&words.say("ticket-unknowns", &[("count", count.into())])));
    }
    Section { name: "evidence", heading: Some(words.say("ticket-evidence", &[])), blocks }
}
