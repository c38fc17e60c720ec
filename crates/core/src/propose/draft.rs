//! From the causes to the changes: what one way of mending the call would write, document by
//! document.

use super::intent::{Intended, Intent};
use super::manual;
use super::slot::Slot;
use super::statement::Unwritable;
use super::want::{Want, want};
use super::{Choice, PlanOptions};
use crate::call::Call;
use crate::diagnosis::{Cause, Fix};
use crate::evidence::Evidence;
use crate::explain::{Explained, Row};
use crate::plan::{Change, Manual};

/// A change can uncover a cause that stood behind another one: with the right key in the bucket's
/// settings that key's policy counts. It ends after a few rounds, because each one needs a new cause.
const ROUNDS: usize = 4;

/// What one way would change.
pub(super) struct Draft {
    pub(super) changes: Vec<(Change, Intent)>,
    /// What could not be written, for people to do.
    pub(super) refused: Vec<Manual>,
    /// The evidence as it will be.
    pub(super) evidence: Evidence,
}

/// The documents of a way with what each is to allow.
struct Wants {
    slots: Vec<(Slot, Vec<Want>)>,
}

pub(super) fn draft(
    call: &Call,
    evidence: &Evidence,
    options: &PlanOptions,
    choice: Choice,
) -> Draft {
    let mut wants = Wants { slots: Vec::new() };
    let mut draft = Draft { changes: Vec::new(), refused: Vec::new(), evidence: evidence.clone() };
    for _ in 0..ROUNDS {
        let explained = Explained::of(call, &draft.evidence);
        let mut new = false;
        let mut refused = Vec::new();
        for (row, cause) in automatic(&explained) {
            match want(&explained.facts, row, &cause, options.scope, choice) {
                Ok(want) => new |= wants.add(want),
                Err(why) => refused.push(manual::reluctant(&explained.facts, &cause, why)),
            }
        }
        if !new {
            draft.refused.extend(refused);
            break;
        }
        wants.write(call, evidence, options, &mut draft);
    }
    draft
}

/// The causes that may be mended, each with the permission that it blocks.
fn automatic<'e, 'a>(
    explained: &'e Explained<'a>,
) -> impl Iterator<Item = (&'e Row<'a>, Cause)> + 'e {
    let listed = |cause: &Cause| {
        explained.diagnosis.causes.iter().any(|known| {
            known.fix == Fix::Automatic
                && (known.code, &known.target, &known.action)
                    == (cause.code, &cause.target, &cause.action)
        })
    };
    explained.rows.iter().flat_map(move |row| {
        let causes = row.causes(&explained.facts).into_iter().filter(move |cause| listed(cause));
        causes.map(move |cause| (row, cause))
    })
}

impl Wants {
    /// Adds what is not wanted yet.
    fn add(&mut self, want: Want) -> bool {
        let slot = Slot::of(&want);
        match self.slots.iter_mut().find(|(known, _)| *known == slot) {
            Some((_, wants)) if wants.contains(&want) => false,
            Some((_, wants)) => {
                wants.push(want);
                true
            }
            None => {
                self.slots.push((slot, vec![want]));
                true
            }
        }
    }

    /// Writes every document anew, from what stands in the accounts.
    fn write(&self, call: &Call, evidence: &Evidence, options: &PlanOptions, draft: &mut Draft) {
        draft.changes.clear();
        draft.refused.clear();
        let entity = call.caller.entity.arn().unwrap_or(&call.caller.name);
        for (slot, wants) in &self.slots {
            let intended: Vec<&Intended> =
                wants.iter().filter_map(|want| want.intended.as_ref()).collect();
            let intent = Intent {
                entity: entity.to_owned(),
                permissions: intended.iter().map(|one| (*one).clone()).collect(),
                until: options.expires_at.map(jiff::Timestamp::as_second),
            };
            let codes = wants.iter().map(|want| want.code.clone());
            match slot.change(evidence, entity, &intended, options) {
                Ok(mut change) => {
                    for code in codes {
                        if !change.removes_causes.contains(&code) {
                            change.removes_causes.push(code);
                        }
                    }
                    draft.changes.push((change, intent));
                }
                Err(why) => draft
                    .refused
                    .extend(wants.iter().map(|want| manual::unwritable(slot, want, entity, why))),
            }
        }
        // What opens the door comes first, who may walk to it last.
        draft.changes.sort_by_key(|(change, _)| change.kind);
        let changes = draft.changes.iter().map(|(change, _)| change);
        if let Some(after) = evidence.with_changes(changes) {
            draft.evidence = after;
        }
    }
}

/// Why a document cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// A statement cannot be written there.
    Unwritable(Unwritable),
    /// It would be larger than AWS takes.
    TooLarge(crate::plan::Size),
    /// The document as it stands cannot be read as JSON, so nothing can be added to it.
    Unreadable,
    /// A grant takes only exact pairs of the encryption context.
    NoGrant,
    /// The bucket's account has no such alias.
    NoKeyBehindAlias,
}

impl From<Unwritable> for Obstacle {
    fn from(why: Unwritable) -> Self {
        Self::Unwritable(why)
    }
}
