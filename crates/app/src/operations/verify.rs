//! Finding out whether a change helped.

use super::opinions::objections;
use super::{Looking, OperationError, Operations};
use crate::diagnose::sample;
use crate::incident::{Incident, IncidentId, State, update};
use crate::ports::{Adviser, Clock as _, EvidenceSource as _, Store as _, Witness as _};
use crate::remark::{Brief, Remark, Seen};
use core::time::Duration;
use jiff::{SignedDuration, Timestamp};
use locksmith_core::diagnosis::{Diagnosis, Verdict};
use locksmith_core::explain::explain_again;

/// The first pause between two looks at the accounts; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
/// The shortest and the longest time between two looks for a later success.
const LOOKS: [SignedDuration; 2] = [SignedDuration::from_mins(5), SignedDuration::from_hours(6)];

/// What a look came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verified {
    /// The incident went on to this state.
    Now(State),
    /// The change stands, and nothing shows yet that it helped.
    NotYet,
    /// There was nothing to look at.
    Before(State),
    /// There is no such incident any more.
    Gone,
}

impl<P: Looking> Operations<'_, P> {
    /// Looks whether the call of an incident works by now: by evidence afresh, by a later denial, by a
    /// later success, and by what AWS's own advisers say (`operations/opinions.rs` on what that weighs).
    ///
    /// # Errors
    /// [`OperationError`].
    pub async fn verify(&self, id: &IncidentId) -> Result<Verified, OperationError> {
        let Some(incident) = self.store().incident(id).await? else { return Ok(Verified::Gone) };
        if incident.state != State::Applied {
            if !incident.announced {
                self.announce(&incident).await?;
            }
            return Ok(Verified::Before(incident.state));
        }
        let applied_at = incident.state_since;
        let verify = &self.configuration.verify;
        let known_everywhere =
            applied_at.saturating_add(verify.propagation).unwrap_or(Timestamp::MAX);
        if incident.last_seen > known_everywhere {
            let remark = Remark::DeniedAgain { at: incident.last_seen };
            return self.end(id, State::Failed, remark).await;
        }
        let diagnosis = self.look(&incident).await?;
        let opinions = self.second_opinions(&incident, &diagnosis).await?;
        let public = objections(&opinions, &[Adviser::PublicAccess]);
        if !public.is_empty() {
            return self.end(id, State::Failed, Remark::Public { objections: public }).await;
        }
        match diagnosis.verdict {
            Verdict::Allowed => {}
            Verdict::Denied if self.now() >= known_everywhere => {
                let cause = diagnosis.causes.first().map(|cause| Box::new(Brief::from(cause)));
                return self.end(id, State::Failed, Remark::StillDenied { cause }).await;
            }
            Verdict::Denied => return self.later(id, known_everywhere, None).await,
            Verdict::Unknown => {
                let unknown = diagnosis.unknowns.first().cloned().map(Box::new);
                return self.again(id, applied_at, Remark::NotVerified { unknown }).await;
            }
        }
        // S3's denial does not tell the object's key, and a success shows by what it asks of the key.
        let key = incident.key.clone().or_else(|| key_of(&diagnosis));
        let sought = Incident { key, ..incident };
        let seen = self.ports.witness().success_after(&sought, &diagnosis.call, applied_at).await;
        let (seen, objections) = match seen {
            // That the call works refutes whoever says that it may not; of the text it tells nothing.
            Ok(Some(at)) => {
                let objections = objections(&opinions, &[Adviser::PolicyValidation]);
                if objections.is_empty() {
                    return self.succeeded(id, at, known_everywhere).await;
                }
                (Seen::Success { at }, objections)
            }
            Ok(None) => (Seen::Nothing, objections(&opinions, &Adviser::ALL)),
            Err(why) => (Seen::NotLooked { why }, objections(&opinions, &Adviser::ALL)),
        };
        self.again(id, applied_at, Remark::Unverified { seen, objections }).await
    }

    /// Reads the accounts until they show the change, for as long as one look may wait.
    async fn look(&self, incident: &Incident) -> Result<Diagnosis, OperationError> {
        let record = sample(self.store(), incident).await.map_err(OperationError::Sample)?;
        let until =
            self.now().saturating_add(self.configuration.verify.wait).unwrap_or(Timestamp::MAX);
        let mut pause = FIRST_PAUSE;
        loop {
            let reading = self.ports.evidence().read(&incident.id, &record).await;
            let diagnosis = explain_again(&record, &reading.evidence);
            if diagnosis.verdict == Verdict::Allowed || self.now() >= until {
                return Ok(diagnosis);
            }
            self.ports.clock().wait(pause).await;
            pause *= 2;
        }
    }

    /// A denial may have been counted while the accounts were read: then the next look tells.
    async fn succeeded(
        &self,
        id: &IncidentId,
        at: Timestamp,
        known_everywhere: Timestamp,
    ) -> Result<Verified, OperationError> {
        let now = self.now();
        let mut verified = false;
        let stored = update(self.store(), id, now, |incident| {
            verified = incident.state == State::Applied && incident.last_seen <= known_everywhere;
            if verified {
                incident.enter(State::Verified, now)?;
                incident.remark = Some(Remark::Succeeded { at });
            }
            Ok(verified)
        });
        let Some(incident) = stored.await?.filter(|_| verified) else {
            return Ok(Verified::NotYet);
        };
        self.announce(&incident).await?;
        Ok(Verified::Now(incident.state))
    }

    async fn end(
        &self,
        id: &IncidentId,
        state: State,
        remark: Remark,
    ) -> Result<Verified, OperationError> {
        let entered = self.enter(id, &[State::Applied], state, Some(remark), None).await?;
        Ok(entered.map_or(Verified::NotYet, |incident| Verified::Now(incident.state)))
    }

    /// Looks again after as long as it stands already, until nobody expects it any more.
    async fn again(
        &self,
        id: &IncidentId,
        applied_at: Timestamp,
        remark: Remark,
    ) -> Result<Verified, OperationError> {
        let now = self.now();
        let [shortest, longest] = LOOKS;
        let stood = now.duration_since(applied_at);
        let next = now.saturating_add(stood.clamp(shortest, longest)).unwrap_or(Timestamp::MAX);
        let over = stood > self.configuration.verify.give_up_after;
        let look = if over { Timestamp::MAX } else { next };
        self.later(id, look, Some(remark)).await
    }

    async fn later(
        &self,
        id: &IncidentId,
        at: Timestamp,
        remark: Option<Remark>,
    ) -> Result<Verified, OperationError> {
        let at = (at < Timestamp::MAX).then_some(at);
        update(self.store(), id, self.now(), |incident| {
            let same = incident.look_again_at == at && incident.remark == remark;
            if incident.state != State::Applied || same {
                return Ok(false);
            }
            incident.look_again_at = at;
            incident.remark.clone_from(&remark);
            Ok(true)
        })
        .await?;
        Ok(Verified::NotYet)
    }
}

/// The key that the call needs, where the accounts tell it.
fn key_of(diagnosis: &Diagnosis) -> Option<String> {
    let mut needed = diagnosis.permissions.iter();
    let of_key = needed.find(|needed| needed.action.starts_with("kms:"))?;
    Some(of_key.resource.clone()).filter(|resource| resource != "*")
}
