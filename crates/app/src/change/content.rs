//! What a document of each kind says: whether a change stands in it, what it becomes by the change,
//! and what it becomes when the change is taken back.

use super::{Difference, Differences, Status, Step, Texts, Why, difference};
use locksmith_core::plan::document::{self, Standing};
use locksmith_core::plan::{Change, ChangeKind, OURS, Reliance};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// What is to be done to take a change back.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Inverse {
    /// Nothing; how the step ends.
    Nothing(Status),
    /// This text is to be written; none deletes the document.
    Write(Option<String>),
}

/// Whether a kind of change adds statements to a policy.
fn is_policy(kind: ChangeKind) -> bool {
    kind.is_shared_document() || kind.is_inline_policy()
}

/// What a text says.
pub(super) fn parse(kind: ChangeKind, text: &str) -> Result<Value, String> {
    if is_policy(kind) {
        return document::normal(text).map_err(|error| error.to_string());
    }
    serde_json::from_str(text).map_err(|error| format!("what stands there is no JSON: {error}"))
}

/// Whether two documents say the same, however AWS writes them down.
pub(super) fn same(kind: ChangeKind, one: &Value, other: &Value) -> bool {
    if is_policy(kind) {
        return document::same(one, other);
    }
    plain(one) == plain(other)
}

/// Lists in one order, and without what AWS fills in by itself.
fn plain(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let said = |(name, value): &(&String, &Value)| {
                !(name.as_str() == "BucketKeyEnabled" && **value == Value::Bool(false))
            };
            let members = map.iter().filter(said);
            Value::from(
                members.map(|(name, value)| (name.clone(), plain(value))).collect::<Map<_, _>>(),
            )
        }
        Value::Array(list) => {
            let mut list: Vec<Value> = list.iter().map(plain).collect();
            list.sort_by_cached_key(Value::to_string);
            Value::from(list)
        }
        other => other.clone(),
    }
}

/// Whether a change adds only what is ours, and its documents differ by nothing else.
pub(super) fn is_coherent(change: &Change) -> bool {
    let is_ours = |left: &Reliance| {
        change.kind == ChangeKind::PutBucketEncryption || left.name.starts_with(OURS)
    };
    let before = change.before.as_ref().map(Value::to_string);
    change.leaves().iter().all(is_ours) && made(change, before.as_deref()).is_ok()
}

/// The text that a change makes of a text; why it does not come out as it was planned.
pub(super) fn made(change: &Change, current: Option<&str>) -> Result<String, Why> {
    if !is_policy(change.kind) {
        return Ok(change.after.to_string());
    }
    let text =
        document::with(current, &change.added).map_err(|error| Why::Told(error.to_string()))?;
    if is_after(change, &text) { Ok(text) } else { Err(Why::OtherOutcome) }
}

/// Whether a text says what the change was to make.
pub(super) fn is_after(change: &Change, text: &str) -> bool {
    parse(change.kind, text).is_ok_and(|now| same(change.kind, &now, &change.after))
}

/// How what tells a text from the document that the change was planned from; none where it says the
/// same.
pub(super) fn drift(change: &Change, current: Option<&str>) -> Result<Option<Differences>, String> {
    let now = current.map(|text| parse(change.kind, text)).transpose()?;
    let is_same = match (&change.before, &now) {
        (None, None) => true,
        (Some(before), Some(now)) => same(change.kind, before, now),
        _ => false,
    };
    Ok((!is_same).then(|| difference(change.before.as_ref(), now.as_ref())))
}

/// How a change stands in a text.
pub(super) fn standing(change: &Change, current: Option<&str>) -> Result<Standing, String> {
    let Some(current) = current else { return Ok(Standing::None) };
    let now = parse(change.kind, current)?;
    if is_policy(change.kind) {
        return Ok(document::standing(&now, &change.added));
    }
    let is = |document: &Value| same(change.kind, &now, document);
    Ok(if is(&change.after) {
        Standing::All
    } else if change.before.as_ref().is_some_and(is) {
        Standing::None
    } else {
        Standing::Changed(change.leaves().into_iter().map(|left| left.name).collect())
    })
}

/// What takes a step back, from the text that stands there now.
pub(super) fn inverse(
    step: &Step,
    current: Option<&str>,
    keep: &BTreeSet<Reliance>,
) -> Result<Inverse, String> {
    let Some(current) = current else { return Ok(Inverse::Nothing(Status::Undone)) };
    if is_policy(step.change.kind) {
        return without_ours(step, current, keep);
    }
    let change = &step.change;
    Ok(match standing(change, Some(current))? {
        Standing::None => Inverse::Nothing(Status::Undone),
        Standing::All if change.leaves().iter().any(|left| keep.contains(left)) => {
            Inverse::Nothing(Status::Kept)
        }
        Standing::All => Inverse::Write(text_before(step)),
        Standing::Changed(_) => {
            let now = parse(change.kind, current)?;
            let what = difference(Some(&change.after), Some(&now));
            Inverse::Nothing(Status::ChangedByOthers { what })
        }
    })
}

fn without_ours(step: &Step, current: &str, keep: &BTreeSet<Reliance>) -> Result<Inverse, String> {
    let change = &step.change;
    let now = parse(change.kind, current)?;
    let leaves = change.leaves();
    let is_kept = |ours: &Value| {
        let sid = ours.get("Sid").and_then(Value::as_str).unwrap_or_default();
        let is_it = |left: &&Reliance| change.kind.is_inline_policy() || left.name == sid;
        leaves.iter().filter(is_it).any(|left| keep.contains(left))
    };
    let stands =
        |ours: &Value| document::statements(&now).any(|one| document::same_statement(one, ours));
    let stand: Vec<&Value> = change.added.iter().filter(|ours| stands(ours)).collect();
    let gone: Vec<Value> = stand.iter().copied().filter(|ours| !is_kept(ours)).cloned().collect();
    if gone.is_empty() {
        let altered = altered(change, &now);
        return Ok(Inverse::Nothing(if !altered.is_empty() {
            Status::ChangedByOthers { what: Differences(altered) }
        } else if stand.is_empty() {
            Status::Undone
        } else {
            Status::Kept
        }));
    }
    if gone.len() == change.added.len() && is_untouched(step, current) {
        return Ok(Inverse::Write(text_before(step)));
    }
    let text = document::without(current, &gone).map_err(|error| error.to_string())?;
    Ok(Inverse::Write(text))
}

/// Which statements of ours stand in another form; empty where none does.
pub(super) fn altered(change: &Change, now: &Value) -> Vec<Difference> {
    let sid = |one: &Value| one.get("Sid").and_then(Value::as_str).map(str::to_owned);
    let is_altered = |ours: &&Value| {
        let mut same_sid = document::statements(now).filter(|one| sid(one) == sid(ours)).peekable();
        same_sid.peek().is_some() && !same_sid.any(|one| document::same_statement(one, ours))
    };
    let altered = |ours: &Value| Difference::Altered { sid: sid(ours).unwrap_or_default() };
    change.added.iter().filter(is_altered).map(altered).collect()
}

/// Whether nobody wrote since we did.
fn is_untouched(step: &Step, current: &str) -> bool {
    match (&step.status, &step.texts) {
        // What we wrote was never read back, and AWS may write it down in another way.
        (Status::Writing, Some(_)) => is_after(&step.change, current),
        (_, Some(Texts { after: Some(after), .. })) => after == current,
        _ => false,
    }
}

/// What stood there before, byte for byte where it is known. The digest covers what it says, so a
/// text that says something else is not believed.
fn text_before(step: &Step) -> Option<String> {
    let Step { change, texts, .. } = step;
    let known = texts.as_ref().map(|texts| texts.before.as_deref());
    let planned = || change.before.as_ref().map(Value::to_string);
    match known {
        Some(text) if matches!(drift(change, text), Ok(None)) => text.map(str::to_owned),
        _ => planned(),
    }
}
