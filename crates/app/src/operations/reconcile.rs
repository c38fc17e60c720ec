//! Comparing what stands in the accounts with what was made: nothing is changed there.

use super::fixes::Verdict;
use super::{Making, OperationError, Operations};
use crate::change::{Differences, Journal, Standing};
use crate::fix::{Fix, FixState};
use crate::incident::IncidentId;
use crate::ports::{Documents as _, Ledger as _, Slot, Store as _, StoreError, Work};
use crate::remark::Remark;
use locksmith_core::plan::{Digest, OURS, Reliance, document};
use serde_json::Value;
use std::collections::BTreeSet;

/// How many fixes are read at once.
const PAGE: usize = 100;

/// The name of the sessions that only look.
const NAME: &str = "reconcile";

/// What a comparison came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// How many things of ours were looked for.
    pub checked: u64,
    /// Incidents whose state nobody had heard of, and that were announced now.
    pub announced: Vec<IncidentId>,
    /// What is not as it should be.
    pub findings: Vec<Finding>,
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Others took it away: infrastructure as code, mostly.
    Reverted(Reliance),
    /// Others changed it.
    Changed(Reliance, Differences),
    /// It bears our name, and nobody knows for what it is there.
    Orphan(Reliance),
    /// It could not be read.
    Unreadable(Reliance, String),
}

impl<P: Making> Operations<'_, P> {
    /// Looks for everything of ours that should stand, and for what stands and nobody knows of; and
    /// announces states of which nobody heard.
    ///
    /// # Errors
    /// [`OperationError`] if the fixes or the incidents cannot be listed.
    pub async fn reconcile(&self) -> Result<Reconciled, OperationError> {
        let mut reconciled = Reconciled::default();
        let (mut looked_through, mut relying) = (BTreeSet::new(), BTreeSet::new());
        let mut next: Option<String> = None;
        loop {
            let page = self.store().fixes(PAGE, next.as_deref()).await?;
            for fix in page.items {
                for id in fix.relied_on_by.keys().filter(|id| relying.insert((*id).clone())) {
                    self.keep(id).await?;
                }
                if matches!(fix.state, FixState::Pending | FixState::Removing) {
                    continue;
                }
                let slot = Slot::of(&fix.step.change);
                if looked_through.insert(slot.clone()) {
                    reconciled.findings.extend(self.orphans(&slot).await?);
                }
                if fix.state != FixState::Removed {
                    reconciled.checked += 1;
                    reconciled.findings.extend(self.compare(&fix).await?);
                }
            }
            next = page.next;
            if next.is_none() {
                break;
            }
        }
        reconciled.announced = self.announce_unheard().await?;
        Ok(reconciled)
    }

    /// An incident is kept as long as something stands for it: its journal tells what.
    async fn keep(&self, id: &IncidentId) -> Result<(), OperationError> {
        let Some(incident) = self.store().incident(id).await? else { return Ok(()) };
        let write = incident.to_write(Vec::new(), self.now());
        if !write.renews {
            return Ok(());
        }
        match self.store().write(&write).await {
            // Whoever wrote in between has kept it as well, or tomorrow does.
            Err(StoreError::Conflict) => Ok(()),
            written => Ok(written?),
        }
    }

    /// How one thing of ours stands, which is noted with it.
    async fn compare(&self, fix: &Fix) -> Result<Option<Finding>, OperationError> {
        let what = &fix.what;
        let mut change = fix.step.change.clone();
        // Of several statements of one change each is a fix of its own.
        let sid =
            |statement: &Value| statement.get("Sid").and_then(Value::as_str) == Some(&what.name);
        if change.kind.is_shared_document() {
            change.added.retain(sid);
        }
        let digest = Digest::of_changes(core::slice::from_ref(&change));
        let mut journal = Journal::new(NAME, digest, vec![change], self.now());
        if let Some(step) = journal.steps.first_mut() {
            step.texts.clone_from(&fix.step.texts);
        }
        let journals = self.journals();
        let standing = self.changing(&journals).standing(&journal).await.into_iter().next();
        let (state, remark, finding) = match standing {
            Some(Standing::All | Standing::Drifted(_)) | None => (FixState::Active, None, None),
            Some(Standing::None) => {
                (FixState::Reverted, None, Some(Finding::Reverted(what.clone())))
            }
            Some(Standing::ChangedByOthers(how)) => {
                let finding = Finding::Changed(what.clone(), how.clone());
                let remark = Remark::ChangedByOthers { what: how };
                (FixState::ChangedByOthers, Some(remark), Some(finding))
            }
            Some(Standing::Unreadable(why)) => {
                return Ok(Some(Finding::Unreadable(what.clone(), why)));
            }
        };
        let now = self.now();
        self.update_fix(what, |stored| match stored {
            Some(mut stored)
                if stored.version == fix.version
                    && (stored.state != state || stored.remark != remark) =>
            {
                stored.enter(state, now);
                stored.remark.clone_from(&remark);
                (Some(stored), Verdict::Write)
            }
            stored => (stored, Verdict::Leave),
        })
        .await?;
        Ok(finding)
    }

    /// Statements with our name that no fix knows of.
    async fn orphans(&self, slot: &Slot) -> Result<Vec<Finding>, OperationError> {
        if !slot.kind.is_shared_document() {
            return Ok(Vec::new());
        }
        let work = Work { name: NAME, slots: core::slice::from_ref(slot) };
        // What cannot be read is told for each fix there.
        let Ok(Some(text)) = self.ports.documents().read(work, slot).await else {
            return Ok(Vec::new());
        };
        let Ok(document) = document::normal(&text) else { return Ok(Vec::new()) };
        let mut orphans = Vec::new();
        let sids = document::statements(&document)
            .filter_map(|statement| statement.get("Sid").and_then(Value::as_str));
        for sid in sids.filter(|sid| sid.starts_with(OURS)) {
            let what = Reliance {
                kind: slot.kind,
                account: slot.account,
                target: slot.target.clone(),
                name: sid.to_owned(),
            };
            let known = self.store().fix(&what).await?;
            if known.is_none_or(|fix| fix.state == FixState::Removed) {
                orphans.push(Finding::Orphan(what));
            }
        }
        Ok(orphans)
    }
}
