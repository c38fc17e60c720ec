//! `locksmith apply --dry-run`: reads the documents and compares them with the plan.

use crate::exit::Exit;
use crate::output::Output;
use crate::problem::Problem;
use crate::work::named;
use locksmith_app::ports::{Documents, Slot, Work};
use locksmith_core::plan::document::{self, Standing};
use locksmith_core::plan::{Change, ChangeKind, Plan};
use locksmith_view::work::{self, Look};
use serde_json::Value;

/// Looks at every document that the plan would change.
pub(super) async fn run<D: Documents>(
    documents: &D,
    plan: &Plan,
    output: &mut Output,
) -> Result<Exit, Problem> {
    let slots: Vec<Slot> = plan.changes.iter().map(Slot::of).collect();
    let name = named(&plan.digest);
    let work = Work { name: &name, slots: &slots };
    let mut looks = Vec::new();
    for (change, slot) in plan.changes.iter().zip(&slots) {
        let found = documents.read(work, slot).await;
        looks.push(found.map_or_else(Look::Unreadable, |text| look(change, text.as_deref())));
    }
    output.styled(&work::render_looks(&plan.changes, &looks, output.width))?;
    output.flush()?;
    Ok(exit(&looks))
}

fn look(change: &Change, text: Option<&str>) -> Look {
    let is_policy = change.kind.is_shared_document() || change.kind.is_inline_policy();
    let parsed = text.map(|text| {
        if is_policy {
            document::normal(text).map_err(|error| error.to_string())
        } else {
            serde_json::from_str(text).map_err(|error| error.to_string())
        }
    });
    let now: Option<Value> = match parsed.transpose() {
        Ok(now) => now,
        Err(why) => return Look::Unreadable(why),
    };
    let same = |one: &Value, other: &Value| {
        if is_policy { document::same(one, other) } else { one == other }
    };
    let stands = now.as_ref().is_some_and(|now| match change.kind {
        // A grant's name is made from what it allows.
        ChangeKind::CreateGrant => true,
        _ if is_policy => document::standing(now, &change.added) == Standing::All,
        _ => same(now, &change.after),
    });
    let is_before = match (&change.before, &now) {
        (None, None) => true,
        (Some(before), Some(now)) => same(before, now),
        _ => false,
    };
    match (stands, is_before) {
        (true, _) => Look::Stands,
        (false, true) => Look::AsPlanned,
        (false, false) => Look::Drifted(now),
    }
}

fn exit(looks: &[Look]) -> Exit {
    if looks.iter().any(|look| matches!(look, Look::Unreadable(_))) {
        Exit::Evidence
    } else if looks.iter().any(|look| matches!(look, Look::Drifted(_))) {
        Exit::NotDone
    } else {
        Exit::Done
    }
}
