//! Finding out whether a change helped.

use super::opinions::objection;
use super::{Looking, OperationError, Operations};
use crate::card::minute;
use crate::diagnose::sample;
use crate::incident::{Incident, IncidentId, State, update};
use crate::ports::{Adviser, Clock as _, EvidenceSource as _, Store as _, Witness as _};
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
            let at = minute(incident.last_seen);
            let remark = format!("denied again at {at}, although the change stands");
            return self.end(id, State::Failed, &remark).await;
        }
        let diagnosis = self.look(&incident).await?;
        let opinions = self.second_opinions(&incident, &diagnosis).await?;
        if let Some(public) = objection(&opinions, &[Adviser::PublicAccess]) {
            let remark = format!("the change stands, but it may let everybody in: {public}");
            return self.end(id, State::Failed, &remark).await;
        }
        match diagnosis.verdict {
            Verdict::Allowed => {}
            Verdict::Denied if self.now() >= known_everywhere => {
                let cause = diagnosis.causes.first().map(|cause| cause.message.as_str());
                let why = cause.map(|cause| format!(": {cause}")).unwrap_or_default();
                let remark = format!("the change stands, but the call is still denied{why}");
                return self.end(id, State::Failed, &remark).await;
            }
            Verdict::Denied => return self.later(id, known_everywhere, None).await,
            Verdict::Unknown => {
                let why = diagnosis.unknowns.first().map(|unknown| unknown.why.as_str());
                let remark = format!("not verified: {}", why.unwrap_or("facts are missing"));
                return self.again(id, applied_at, &remark).await;
            }
        }
        // S3's denial does not tell the object's key, and a success shows by what it asks of the key.
        let key = incident.key.clone().or_else(|| key_of(&diagnosis));
        let sought = Incident { key, ..incident };
        let seen = self.ports.witness().success_after(&sought, &diagnosis.call, applied_at).await;
        let (remark, objecting) = match seen {
            // That the call works refutes whoever says that it may not; of the text it tells nothing.
            Ok(Some(at)) => match objection(&opinions, &[Adviser::PolicyValidation]) {
                None => return self.succeeded(id, at, known_everywhere).await,
                objecting => {
                    (format!("unverified: the call succeeded at {}", minute(at)), objecting)
                }
            },
            Ok(None) => {
                let remark =
                    "unverified: every policy allows the call, and no later success was seen";
                (remark.to_owned(), objection(&opinions, &Adviser::ALL))
            }
            Err(why) => (format!("unverified: {why}"), objection(&opinions, &Adviser::ALL)),
        };
        let objecting = objecting.map(|objecting| format!(". {objecting}")).unwrap_or_default();
        self.again(id, applied_at, &(remark + &objecting)).await
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
                incident.remark = Some(format!("the call succeeded at {}", minute(at)));
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
        remark: &str,
    ) -> Result<Verified, OperationError> {
        let entered = self.enter(id, &[State::Applied], state, Some(remark), None).await?;
        Ok(entered.map_or(Verified::NotYet, |incident| Verified::Now(incident.state)))
    }

    /// Looks again after as long as it stands already, until nobody expects it any more.
    async fn again(
        &self,
        id: &IncidentId,
        applied_at: Timestamp,
        remark: &str,
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
        remark: Option<&str>,
    ) -> Result<Verified, OperationError> {
        let at = (at < Timestamp::MAX).then_some(at);
        update(self.store(), id, self.now(), |incident| {
            let same = incident.look_again_at == at && incident.remark.as_deref() == remark;
            if incident.state != State::Applied || same {
                return Ok(false);
            }
            incident.look_again_at = at;
            incident.remark = remark.map(str::to_owned);
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
