//! Making the changes of a plan, and taking them back.
//!
//! For each change: take the resource's lock, read, compare with what was planned, note the exact
//! texts, read once more, write, read back, note. A run that dies between any two calls leaves a
//! journal from which the next one finishes or takes back. Changes are taken back the last one first:
//! the exact text before, if nobody wrote since; else only the statements that are ours.
//!
//! AWS has no conditional write for policies. Somebody who takes no lock of ours and writes between
//! our last reading and our write, which follow each other at once, is overwritten; so is whoever
//! does so while our process stands still between the two. Nothing on our side can exclude that.
//! What S3 and IAM tell may also be a little older than the last write.

mod content;
mod difference;
mod journal;
mod make;
mod run;
mod take_back;
mod why;

pub use difference::{Became, Difference, Differences};
pub use journal::{Journal, Left, LeftHow, Remains, State, Status, Step, Texts};
pub use why::Why;

use crate::ports::{Clock, Documents, JournalStore, Locks, StoreError, Work};
use core::fmt;
use difference::difference;
use locksmith_core::plan::{Digest, Reliance, document};
use run::{Run, slots};
use std::collections::BTreeSet;

/// What makes changes and takes them back.
#[derive(Clone, Copy, Debug)]
pub struct Changing<'a, D, J, L, C> {
    /// What is changed.
    pub documents: &'a D,
    /// Where each step is noted before it is taken.
    pub journal: &'a J,
    /// Who else writes.
    pub locks: &'a L,
    /// What time it is.
    pub clock: &'a C,
}

/// How a change stands in its account now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// As it was written.
    All,
    /// As it was written, while the rest of the document is not what it was then.
    Drifted(Differences),
    /// Nothing of it stands.
    None,
    /// Others changed it, or took away a part.
    ChangedByOthers(Differences),
    /// It could not be read.
    Unreadable(String),
}

/// Work that stopped; what was done so far is in the journal that was stored last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeError {
    /// The changes are not those that were approved; nothing was written.
    Digest {
        /// What was approved.
        approved: Digest,
        /// What the changes are.
        changes: Digest,
    },
    /// A change adds other statements than its documents before and after show; nothing was written.
    Statements {
        /// The ARN of what it would change.
        target: String,
    },
    /// The journal or a lock could not be stored. [`StoreError::Conflict`]: another run works on the
    /// same journal.
    Store(StoreError),
}

impl fmt::Display for ChangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Digest { approved, changes } => write!(
                f,
                "the changes are not those that were approved: approved was {approved}, these are \
                 {changes}; plan again"
            ),
            Self::Statements { target } => write!(
                f,
                "`{target}`: the statements to add are not what tells the documents before and \
                 after apart; plan again"
            ),
            Self::Store(StoreError::Conflict) => {
                f.write_str("another run works on the same changes; look again when it has ended")
            }
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for ChangeError {}

impl From<StoreError> for ChangeError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl<D: Documents, J: JournalStore, L: Locks, C: Clock> Changing<'_, D, J, L, C> {
    /// Makes every change, or takes back what was made. Goes on where a journal stopped; one whose
    /// changes are being taken back or that has ended comes back as it is.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub async fn apply(&self, journal: Journal) -> Result<Journal, ChangeError> {
        check(&journal)?;
        let state = journal.state.clone();
        if !matches!(state, State::Applying | State::RollingBack { .. }) {
            return Ok(journal);
        }
        let mut run = Run::begin(self, journal, state.clone()).await?;
        let why = match state {
            State::RollingBack { why } => why,
            _ => match run.make_all().await? {
                None => {
                    run.enter(State::Applied).await?;
                    return Ok(run.journal);
                }
                Some(why) => {
                    run.enter(State::RollingBack { why: why.clone() }).await?;
                    why
                }
            },
        };
        run.take_back_all(&BTreeSet::new()).await?;
        run.end(State::RolledBack { why }).await
    }

    /// Takes back what stands, in reverse, but for what others still rely on (`keep`). What could
    /// not be taken back before, or was kept, is tried again.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub async fn undo(
        &self,
        journal: Journal,
        keep: &BTreeSet<Reliance>,
    ) -> Result<Journal, ChangeError> {
        check(&journal)?;
        let has_ended = matches!(journal.state, State::RolledBack { .. } | State::Undone);
        if has_ended && !journal.steps.iter().any(Step::may_stand) {
            return Ok(journal);
        }
        let (during, end) = match &journal.state {
            State::RollingBack { why } => {
                (journal.state.clone(), State::RolledBack { why: why.clone() })
            }
            _ => (State::Undoing, State::Undone),
        };
        let mut run = Run::begin(self, journal, during).await?;
        run.take_back_all(keep).await?;
        run.end(end).await
    }

    /// How each change stands now, in the order of the journal. Writes nothing.
    pub async fn standing(&self, journal: &Journal) -> Vec<Standing> {
        let slots = slots(journal);
        let work = Work { name: &journal.name, slots: &slots };
        let mut all = Vec::new();
        for (step, slot) in journal.steps.iter().zip(&slots) {
            let found = self.documents.read(work, slot).await;
            let standing = found.and_then(|text| stands(step, text.as_deref()));
            all.push(standing.unwrap_or_else(Standing::Unreadable));
        }
        all
    }
}

/// Whether a journal holds what was approved.
fn check(journal: &Journal) -> Result<(), ChangeError> {
    let changes = journal.recomputed();
    if changes != journal.digest {
        return Err(ChangeError::Digest { approved: journal.digest.clone(), changes });
    }
    match journal.steps.iter().find(|step| !content::is_coherent(&step.change)) {
        Some(step) => Err(ChangeError::Statements { target: step.change.target.clone() }),
        None => Ok(()),
    }
}

fn stands(step: &Step, text: Option<&str>) -> Result<Standing, String> {
    let change = &step.change;
    let parse = |text| content::parse(change.kind, text);
    let now = text.map(parse).transpose()?;
    Ok(match content::standing(change, text)? {
        document::Standing::None => Standing::None,
        document::Standing::Changed(missing) => {
            let altered = now.as_ref().map(|now| content::altered(change, now));
            let missing = || vec![Difference::Missing { names: missing.clone() }];
            let what = altered.filter(|what| !what.is_empty()).unwrap_or_else(missing);
            Standing::ChangedByOthers(Differences(what))
        }
        document::Standing::All => {
            let written = step.texts.as_ref().and_then(|texts| texts.after.as_deref());
            let written = written.map(parse).transpose()?.unwrap_or_else(|| change.after.clone());
            match now {
                Some(now) if !content::same(change.kind, &written, &now) => {
                    Standing::Drifted(difference(Some(&written), Some(&now)))
                }
                _ => Standing::All,
            }
        }
    })
}
