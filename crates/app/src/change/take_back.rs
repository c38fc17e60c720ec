//! Taking changes back.

use super::content::{self, Inverse};
use super::run::{Halt, Run, SETTLE_PAUSES};
use super::{ChangeError, Status, Step, Texts, Why};
use crate::ports::{Clock, Documents, JournalStore, Locks, Slot, WriteError};
use locksmith_core::plan::Reliance;
use std::collections::BTreeSet;

/// How often a document is looked at again that others change in the same moment.
const ATTEMPTS: u32 = 5;

impl<D: Documents, J: JournalStore, L: Locks, C: Clock> Run<'_, D, J, L, C> {
    /// Takes back what may stand, the last change first. What cannot be taken back is noted, and
    /// does not keep the others from it.
    pub(super) async fn take_back_all(
        &mut self,
        keep: &BTreeSet<Reliance>,
    ) -> Result<(), ChangeError> {
        for (index, step) in self.journal.steps.clone().into_iter().enumerate().rev() {
            if !step.may_stand() {
                continue;
            }
            match self.take_back(index, step, keep).await {
                Ok(()) => {}
                Err(Halt::Run(error)) => return Err(error),
                Err(Halt::Step(why)) => {
                    let step = self.journal.steps.get(index);
                    let texts = step.and_then(|step| step.texts.clone());
                    self.note(index, Status::Stuck { why }, texts).await?;
                }
            }
        }
        Ok(())
    }

    async fn take_back(
        &mut self,
        index: usize,
        step: Step,
        keep: &BTreeSet<Reliance>,
    ) -> Result<(), Halt> {
        let resource = step.change.target.clone();
        self.lock(&resource).await?;
        let taken = self.take_back_locked(index, step, keep).await;
        self.unlock(&resource).await;
        taken
    }

    async fn take_back_locked(
        &mut self,
        index: usize,
        mut step: Step,
        keep: &BTreeSet<Reliance>,
    ) -> Result<(), Halt> {
        let slot = Slot::of(&step.change);
        for _ in 0..ATTEMPTS {
            let found = self.read(&slot).await?;
            let text = match content::inverse(&step, found.as_deref(), keep)? {
                Inverse::Write(text) => text,
                // It may have been written, and not show yet. The same text again comes after it.
                Inverse::Nothing(_) if is_unseen(&step, found.as_deref()) => found.clone(),
                Inverse::Nothing(status) => {
                    return Ok(self.note(index, status, step.texts).await?);
                }
            };
            if step.status == Status::Writing {
                // Now it is read back for the first time.
                let after = found.clone().filter(|text| content::is_after(&step.change, text));
                step.texts = step.texts.map(|texts| Texts { after, ..texts });
            }
            step.status = Status::Undoing;
            self.note(index, Status::Undoing, step.texts.clone()).await?;
            self.hold(&step.change.target).await?;
            if self.read(&slot).await? != found {
                continue;
            }
            return match self.ports.documents.write(self.work(), &slot, text.as_deref()).await {
                Ok(()) | Err(WriteError::Unclear(_)) => self.look_gone(index, step, keep).await,
                Err(WriteError::Refused(why)) => Err(Why::Told(why).into()),
            };
        }
        Err(Why::KeepsChanging.into())
    }

    /// Looks whether it is gone.
    async fn look_gone(
        &mut self,
        index: usize,
        step: Step,
        keep: &BTreeSet<Reliance>,
    ) -> Result<(), Halt> {
        let slot = Slot::of(&step.change);
        let mut pauses = SETTLE_PAUSES.into_iter();
        loop {
            let found = self.read(&slot).await;
            if let Ok(found) = &found
                && let Inverse::Nothing(status) = content::inverse(&step, found.as_deref(), keep)?
            {
                return Ok(self.note(index, status, step.texts).await?);
            }
            match pauses.next() {
                Some(pause) => self.wait(pause).await,
                None => {
                    found.map_err(|why| Why::NotReadBack { why })?;
                    return Err(Why::StillThere.into());
                }
            }
        }
    }
}

/// Whether a step was about to be written, and what stood there before still does.
fn is_unseen(step: &Step, found: Option<&str>) -> bool {
    let before = step.texts.as_ref().map(|texts| texts.before.as_deref());
    step.status == Status::Writing && before == Some(found)
}
