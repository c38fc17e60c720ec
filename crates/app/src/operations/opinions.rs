//! Asking others what they think of a change that was made, where the account has somebody to ask.
//!
//! A second opinion is worth having because it is not ours: one engine plans and proves, and what it
//! has wrong is wrong in both. But the advisers see less than the engine does, and an account need
//! not have them. So what they say weighs like this:
//!
//! - That they agree, or cannot say, changes nothing. A change is verified by a success alone.
//! - That a document **lets everybody in** makes the incident *failed*. Nothing that is public is ever
//!   meant, and the proof said that this is not: one of the two is wrong, and people have to look
//!   before they go on relying on it. It is not taken back by itself, since others may rely on it and
//!   the check may err: it says what a policy *might* allow.
//! - That a document **is faulty or risky** keeps the incident *applied*, also when the call was seen
//!   to succeed: the objection is to the text, and a success tells nothing of that.
//! - That the caller **may not**, says the simulator, keeps the incident *applied* too, until the call
//!   is seen to succeed. Then the simulator is refuted: it knows less of a call than the call did.
//!
//! What stays *applied* has the objection in its remark and can be undone like any other; it is
//! looked at again at the usual times, in case that the adviser was only late to see the change. Once all
//! have said something of the texts they are not asked again, since the texts that the change left stay
//! what they were; and what one said stands until it says something else.

use super::{Looking, OperationError, Operations};
use crate::beside;
use crate::change::{Journal, State as Work};
use crate::incident::Incident;
use crate::ports::{Adviser, Attachment, Opinion, Opinions as _, Says, Store as _, StoreError};
use locksmith_core::diagnosis::{Diagnosis, Verdict};

impl<P: Looking> Operations<'_, P> {
    /// What AWS's own advisers say of the changes of an incident; nothing where they are not to be
    /// asked. It is kept with the journal.
    pub(super) async fn second_opinions(
        &self,
        incident: &Incident,
        diagnosis: &Diagnosis,
    ) -> Result<Vec<Opinion>, OperationError> {
        if !self.configuration.verify.second_opinions {
            return Ok(Vec::new());
        }
        let journal: Option<Journal> =
            beside::read(self.store(), &incident.id, Attachment::Journal).await?;
        let Some(journal) = journal.filter(|journal| journal.state == Work::Applied) else {
            return Ok(Vec::new());
        };
        let ports = self.ports.opinions();
        let mut opinions: Vec<Opinion> =
            journal.opinions.iter().filter(|known| known.of.judges_text()).cloned().collect();
        if opinions.is_empty() || opinions.iter().any(is_open) {
            let again = ports.of_documents(incident, &journal).await;
            opinions = again.into_iter().map(|fresh| or_known(fresh, &journal.opinions)).collect();
        }
        if diagnosis.verdict == Verdict::Allowed {
            opinions.extend(ports.of_call(incident, &journal, diagnosis).await);
        }
        tell(incident, &journal.opinions, &opinions);
        if opinions != journal.opinions {
            self.note(incident, Journal { opinions: opinions.clone(), ..journal }).await?;
        }
        Ok(opinions)
    }

    /// Keeps a journal with the incident that it was read after. Whoever wrote in between, denials are
    /// counted at any time, makes the next look note it.
    async fn note(&self, incident: &Incident, journal: Journal) -> Result<(), StoreError> {
        let attachment = beside::written(&incident.id, Attachment::Journal, &journal)?;
        let write = incident.to_write(vec![attachment], self.now());
        match self.store().write(&write).await {
            Err(StoreError::Conflict) => Ok(()),
            written => written,
        }
    }
}

fn is_open(opinion: &Opinion) -> bool {
    matches!(opinion.says, Says::NotAvailable(_))
}

/// What was said before, where nothing is said now: an adviser that does not answer this time takes
/// nothing back.
fn or_known(fresh: Opinion, known: &[Opinion]) -> Opinion {
    let same = |one: &&Opinion| one.of == fresh.of && one.about == fresh.about && !is_open(one);
    match known.iter().find(same) {
        Some(known) if is_open(&fresh) => known.clone(),
        _ => fresh,
    }
}

/// Logs what is new, without the words, which may be the owners' policy text.
fn tell(incident: &Incident, known: &[Opinion], opinions: &[Opinion]) {
    for Opinion { of, about, says } in opinions.iter().filter(|one| !known.contains(one)) {
        let incident = &incident.id;
        match says {
            Says::Agrees => tracing::info!(%incident, adviser = %of, about, "agrees"),
            Says::Objects(_) => tracing::warn!(%incident, adviser = %of, about, "objects"),
            Says::NotAvailable(why) => {
                tracing::info!(%incident, adviser = %of, about, why, "gave no opinion");
            }
        }
    }
}

/// What these advisers object to.
pub(super) fn objections(opinions: &[Opinion], of: &[Adviser]) -> Vec<Opinion> {
    let objects = |one: &&Opinion| of.contains(&one.of) && matches!(one.says, Says::Objects(_));
    opinions.iter().filter(objects).cloned().collect()
}
