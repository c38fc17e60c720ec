//! What a ticket says of what owners decided, and of what they are asked.

use super::Section;
use super::sections::{list, say, section, time};
use locksmith_app::approve::{Approval, Ended, Missing};
use locksmith_app::card::Card;
use locksmith_words::{Arg, Words};

/// Who agreed, who has not, and who refused.
pub(super) fn section_of(card: &Card, words: Words) -> Option<Section> {
    let approvals = &card.approvals;
    let given = approvals.given.iter().map(|one| approved(one, words));
    let asked = card.question.iter().flat_map(|question| &question.missing);
    let lacking = asked.map(|one| missing(one, words));
    let over = approvals.ended.iter().map(|ended| refused(ended, words));
    let over = over.chain(approvals.undo.iter().map(|undo| wants_undo(undo, words)));
    let mut blocks = Vec::new();
    blocks.extend(list(given.chain(lacking).chain(over)));
    blocks.extend(card.question.as_ref().map(|question| {
        say(&words.say("ticket-asked-until", &[("at", time(question.until).as_str().into())]))
    }));
    section("approvals", words.say("ticket-approvals", &[]), blocks)
}

fn approved(approval: &Approval, words: Words) -> String {
    let (account, at) = (approval.account.to_string(), time(approval.at));
    let args = [
        ("person", Arg::from(&approval.person)),
        ("account", account.as_str().into()),
        ("at", at.as_str().into()),
        ("reason", approval.break_glass.as_deref().unwrap_or_default().into()),
    ];
    let id = if approval.break_glass.is_some() { "ticket-broke-glass" } else { "ticket-approved" };
    words.say(id, &args)
}

fn missing(missing: &Missing, words: Words) -> String {
    let account = missing.account.to_string();
    let account = ("account", Arg::from(&account));
    match missing.quorum {
        None => words.say("ticket-nobody-may", &[account]),
        Some(quorum) => words.say(
            "ticket-missing",
            &[
                account,
                ("given", (missing.given as u64).into()),
                ("quorum", (quorum as u64).into()),
            ],
        ),
    }
}

/// Who wanted back what was made.
pub(super) fn wants_undo(undo: &Ended, words: Words) -> String {
    let at = time(undo.at);
    let args = [
        ("person", Arg::from(&undo.person)),
        ("at", at.as_str().into()),
        ("reason", (&undo.reason).into()),
    ];
    words.say("ticket-wants-undo", &args)
}

/// Who refused, or wanted to hear no more of it.
pub(super) fn refused(ended: &Ended, words: Words) -> String {
    let (at, until) = (time(ended.at), ended.until.map(time));
    let args = [
        ("person", Arg::from(&ended.person)),
        ("at", at.as_str().into()),
        ("reason", (&ended.reason).into()),
        ("until", until.as_deref().unwrap_or_default().into()),
    ];
    words.say(if until.is_some() { "ticket-suppressed" } else { "ticket-rejected" }, &args)
}
