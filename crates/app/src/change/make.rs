//! Making changes.

use super::run::{Halt, Run, SETTLE_PAUSES};
use super::{ChangeError, Difference, Differences, Status, Step, Texts, Why, content, difference};
use crate::ports::{Clock, Documents, JournalStore, Locks, Slot, WriteError};
use locksmith_core::plan::document::Standing;

impl<D: Documents, J: JournalStore, L: Locks, C: Clock> Run<'_, D, J, L, C> {
    /// Makes what is not made yet, in order; why one change could not be.
    pub(super) async fn make_all(&mut self) -> Result<Option<Why>, ChangeError> {
        for (index, step) in self.journal.steps.clone().into_iter().enumerate() {
            if !matches!(step.status, Status::Planned | Status::Writing) {
                continue;
            }
            match self.make(index, &step).await {
                Ok(()) => {}
                Err(Halt::Run(error)) => return Err(error),
                Err(Halt::Step(why)) => return Ok(Some(Why::at(&step.change, why))),
            }
        }
        Ok(None)
    }

    async fn make(&mut self, index: usize, step: &Step) -> Result<(), Halt> {
        let resource = &step.change.target;
        if let Err(halt) = self.lock(resource).await {
            return Err(self.unwritten(index, step, halt));
        }
        let made = self.make_locked(index, step).await;
        self.unlock(resource).await;
        made
    }

    async fn make_locked(&mut self, index: usize, step: &Step) -> Result<(), Halt> {
        let texts = match self.prepare(index, step).await {
            Ok(Some(texts)) => texts,
            Ok(None) => return Ok(()),
            Err(halt) => return Err(self.unwritten(index, step, halt)),
        };
        let slot = Slot::of(&step.change);
        let text = texts.after.as_deref();
        match self.ports.documents.write(self.work(), &slot, text).await {
            Ok(()) | Err(WriteError::Unclear(_)) => self.read_back(index, step, texts).await,
            Err(WriteError::Refused(why)) => {
                Err(self.unwritten(index, step, Halt::Step(Why::Told(why))))
            }
        }
    }

    /// Reads, compares and notes what is about to be written; none where the change stands already.
    async fn prepare(&mut self, index: usize, step: &Step) -> Result<Option<Texts>, Halt> {
        let change = &step.change;
        let slot = Slot::of(change);
        let found = self.read(&slot).await?;
        if content::standing(change, found.as_deref())? == Standing::All {
            self.note_standing(index, step, found).await?;
            return Ok(None);
        }
        if let Some(how) = content::drift(change, found.as_deref())? {
            return Err(Why::ChangedSincePlanned { how }.into());
        }
        let after = content::made(change, found.as_deref())?;
        let texts = Texts { before: found, after: Some(after) };
        self.note(index, Status::Writing, Some(texts.clone())).await?;
        // Noting may have taken a while.
        self.hold(&change.target).await?;
        let again = self.read(&slot).await?;
        if again == texts.before {
            return Ok(Some(texts));
        }
        let how = content::drift(change, again.as_deref())?;
        let how = how.unwrap_or_else(|| Differences(vec![Difference::Rewritten]));
        Err(Why::ChangedMeanwhile { how }.into())
    }

    /// Notes a change that stands without a write of this run.
    async fn note_standing(
        &mut self,
        index: usize,
        step: &Step,
        found: Option<String>,
    ) -> Result<(), ChangeError> {
        if step.status == Status::Planned {
            return self.note(index, Status::Stood, None).await;
        }
        let after = found.filter(|text| content::is_after(&step.change, text));
        let texts = step.texts.clone().map(|texts| Texts { after, ..texts });
        self.note(index, Status::Written, texts).await
    }

    /// Looks whether what was written stands there.
    async fn read_back(&mut self, index: usize, step: &Step, texts: Texts) -> Result<(), Halt> {
        let change = &step.change;
        let slot = Slot::of(change);
        let mut pauses = SETTLE_PAUSES.into_iter();
        let found = loop {
            let found = self.read(&slot).await;
            if let Ok(Some(text)) = &found
                && content::is_after(change, text)
            {
                let texts = Texts { after: Some(text.clone()), ..texts };
                return Ok(self.note(index, Status::Written, Some(texts)).await?);
            }
            match pauses.next() {
                Some(pause) => self.wait(pause).await,
                None => break found,
            }
        };
        let found = found.map_err(|why| Why::NotReadBack { why })?;
        if content::standing(change, found.as_deref())? == Standing::All {
            // It stands, and somebody wrote something else in between.
            let texts = Texts { after: None, ..texts };
            return Ok(self.note(index, Status::Written, Some(texts)).await?);
        }
        let now = found.map(|text| content::parse(change.kind, &text)).transpose()?;
        let how = difference(Some(&change.after), now.as_ref());
        Err(Why::NotThere { how }.into())
    }

    /// A step that was not taken: nothing of it was written, unless a run before may have done so.
    fn unwritten(&mut self, index: usize, step: &Step, halt: Halt) -> Halt {
        if let (Status::Planned, Halt::Step(why)) = (&step.status, &halt) {
            self.set(index, Status::Failed { why: why.clone() }, None);
        }
        halt
    }
}
