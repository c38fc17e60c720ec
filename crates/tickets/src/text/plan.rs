//! What a ticket says of the plan and of what was done.

use super::sections::{list, say, section, time};
use super::{Block, Section};
use locksmith_app::card::Card;
use locksmith_app::change::{Status, Step};
use locksmith_core::plan::{Change, Plan};
use locksmith_view::plain::{plain, plain_json};
use locksmith_view::plan::difference;
use locksmith_words::{Arg, Words};

/// The width of a difference, in columns.
const WIDTH: usize = 88;

/// What would be changed, each change as a difference.
pub(super) fn changes(card: &Card, words: Words) -> Option<Section> {
    let plan = card.plan.as_ref().filter(|plan| !plan.changes.is_empty())?;
    let mut blocks = vec![say(&words.say(
        "ticket-reach",
        &[
            ("scope", words.scope(plan.scope).as_str().into()),
            ("digest", plan.digest.short(8).into()),
        ],
    ))];
    blocks.extend(
        plan.expires_at
            .as_deref()
            .map(|end| say(&words.say("ticket-expires", &[("at", end.into())]))),
    );
    for change in &plan.changes {
        blocks.push(say(&words.say(
            "ticket-change",
            &[
                ("change", words.change(change).as_str().into()),
                ("why", words.change_why(change).as_str().into()),
                ("risk", words.risk(change.risk).as_str().into()),
            ],
        )));
        let lines = difference::of_change(change, WIDTH);
        let lines = lines.iter().map(|line| plain(&line.text()).into_owned()).collect();
        blocks.push(Block::Code { lines, difference: true });
    }
    section("changes", words.say("ticket-changes", &[]), blocks)
}

/// What the engine says of the call with and without the changes.
pub(super) fn proof(card: &Card, words: Words) -> Option<Section> {
    let plan = card.plan.as_ref().filter(|plan| !plan.changes.is_empty())?;
    let mut blocks = vec![say(&words.proof(&plan.proof))];
    if !plan.resolves {
        blocks.push(say(&words.say("ticket-partly", &[])));
    }
    section("proof", words.say("label-proof", &[]), blocks)
}

/// What people have to do.
pub(super) fn by_hand(card: &Card, words: Words) -> Option<Section> {
    let plan = card.plan.as_ref()?;
    let mut blocks = Vec::new();
    for manual in &plan.manual {
        let account = manual.account.map(|account| account.to_string());
        let what = words.manual(manual);
        let what = words.say(
            "ticket-by-hand",
            &[
                ("account", account.as_deref().unwrap_or("?").into()),
                ("target", manual.target.as_str().into()),
                ("what", what.as_str().into()),
            ],
        );
        blocks.extend(list([what]));
        if let Some(statement) = &manual.statement {
            let text = serde_json::to_string_pretty(statement).unwrap_or_default();
            let lines = plain_json(&text).lines().map(str::to_owned).collect();
            blocks.push(Block::Code { lines, difference: false });
        }
    }
    section("by_hand", words.say("label-manual", &[]), blocks)
}

/// What became of each change.
pub(super) fn done(card: &Card, words: Words) -> Option<Section> {
    let journal = card.journal.as_ref()?;
    let lines = journal.steps.iter().map(|step| {
        let why = words.why_status(&step.status).unwrap_or_default();
        words.say(
            "ticket-step",
            &[
                ("at", time(step.at).as_str().into()),
                ("change", words.change(&step.change).as_str().into()),
                ("status", words.say(status(step), &[("why", (&why).into())]).as_str().into()),
            ],
        )
    });
    section("done", words.say("ticket-done", &[]), list(lines).into_iter().collect())
}

fn status(step: &Step) -> &'static str {
    match &step.status {
        Status::Planned => "ticket-step-planned",
        Status::Writing => "ticket-step-writing",
        Status::Written => "ticket-step-written",
        Status::Stood => "ticket-step-stood",
        Status::Failed { .. } => "ticket-step-failed",
        Status::Undoing => "ticket-step-undoing",
        Status::Undone => "ticket-step-undone",
        Status::Kept => "ticket-step-kept",
        Status::ChangedByOthers { .. } => "ticket-step-changed",
        Status::Stuck { .. } => "ticket-step-stuck",
    }
}

/// How to take it back, where something stands or would stand.
pub(super) fn undo(card: &Card, words: Words) -> Option<Section> {
    let changes: Vec<&Change> = match (&card.journal, &card.plan) {
        (Some(journal), _) => {
            journal.steps.iter().filter(|step| step.may_stand()).map(|step| &step.change).collect()
        }
        (None, Some(plan)) => plan.changes.iter().collect(),
        (None, None) => Vec::new(),
    };
    if changes.is_empty() {
        return None;
    }
    let count = Arg::Number(changes.len() as u64);
    let mut blocks = vec![say(&words.say("ticket-undo", &[("count", count)]))];
    blocks.extend(list(changes.into_iter().map(|change| {
        words.say(
            "ticket-inverse",
            &[
                ("target", change.target.as_str().into()),
                ("inverse", words.inverse(change).as_str().into()),
            ],
        )
    })));
    section("undo", words.say("label-undo", &[]), blocks)
}

/// Other ways to the same end.
pub(super) fn alternatives(card: &Card, words: Words) -> Option<Section> {
    let ways = card.plan.iter().flat_map(|plan: &Plan| &plan.alternatives);
    let blocks = list(ways.map(|way| words.alternative(way)));
    section("alternatives", words.say("label-alternatives", &[]), blocks.into_iter().collect())
}
