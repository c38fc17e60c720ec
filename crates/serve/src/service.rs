//! The use cases on the embedded store: the same that the functions on AWS call.

use crate::queue::Queue;
use crate::world::{Called, World};
use core::time::Duration;
use jiff::Timestamp;
use locksmith_app::approve::{Click, Decide, DecideError, Decided, Decisions};
use locksmith_app::card::Card;
use locksmith_app::config::Configuration;
use locksmith_app::detect::{Detect, Detected, Message};
use locksmith_app::diagnose::{Diagnose, Diagnosed};
use locksmith_app::fix::Fix;
use locksmith_app::incident::{Incident, IncidentId, State};
use locksmith_app::operations::{
    Applied, Looking, Making, OperationError, Operations, Swept, Undone, Verified,
};
use locksmith_app::ports::{Attachment, Clock as _, Ledger as _, Page, Store as _, StoreError};
use locksmith_app::remark::Remark;
use locksmith_core::record::Record;
use locksmith_store::EmbeddedStore;
use serde_json::{Value, json};

/// Locksmith in one process.
#[derive(Debug)]
pub struct Service<W> {
    store: EmbeddedStore,
    configuration: Configuration,
    world: W,
    pub(crate) queue: Queue,
}

/// What came of calling again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalledAgain {
    /// The call was made.
    Made(Called),
    /// Calls are not made here.
    Never,
}

impl<W: World> Making for Service<W> {
    type Store = EmbeddedStore;
    type Announcer = Queue;
    type Documents = W::Documents;
    type Clock = W::Clock;

    fn store(&self) -> &EmbeddedStore {
        &self.store
    }

    fn announcer(&self) -> &Queue {
        &self.queue
    }

    fn documents(&self) -> &W::Documents {
        self.world.documents()
    }

    fn clock(&self) -> &W::Clock {
        self.world.clock()
    }
}

impl<W: World> Looking for Service<W> {
    type Evidence = W::Evidence;
    type Witness = W::Witness;
    type Opinions = W::Opinions;

    fn evidence(&self) -> &W::Evidence {
        self.world.evidence()
    }

    fn witness(&self) -> &W::Witness {
        self.world.witness()
    }

    fn opinions(&self) -> &W::Opinions {
        self.world.opinions()
    }
}

impl<W: World> Service<W> {
    /// Puts the service together. A denial rests for `diagnose_after`, because the copies of an event
    /// come apart; a minute is right where they come from AWS.
    pub fn new(
        store: EmbeddedStore,
        configuration: Configuration,
        world: W,
        diagnose_after: Duration,
    ) -> Self {
        Self { store, configuration, world, queue: Queue::new(diagnose_after) }
    }

    /// Who decides, and what is watched.
    pub fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    /// What it works on.
    pub fn world(&self) -> &W {
        &self.world
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.world.clock().now()
    }

    /// Turns events into incidents. What failed has to be sent again.
    pub async fn detect(&self, messages: Vec<Message>) -> Detected {
        let (store, announcer) = (&self.store, &self.queue);
        let detect = Detect { store, announcer, configuration: &self.configuration };
        detect.batch(messages, self.now(), None).await
    }

    /// What people are shown of an incident.
    ///
    /// # Errors
    /// The store's.
    pub async fn card(&self, id: &IncidentId) -> Result<Option<Card>, StoreError> {
        Card::load(&self.store, id, &self.configuration).await
    }

    /// What stands, or may stand, in the accounts by our doing and is relied on by an incident: what
    /// [`Self::undo`] lets go.
    ///
    /// # Errors
    /// The store's.
    pub async fn relied_on(&self, id: &IncidentId) -> Result<Vec<Fix>, StoreError> {
        let mut found = Vec::new();
        let mut next: Option<String> = None;
        loop {
            let page = self.store.fixes(100, next.as_deref()).await?;
            let fixes = page.items.into_iter();
            found.extend(
                fixes.filter(|fix| fix.relied_on_by.contains_key(id) && fix.step.may_stand()),
            );
            next = page.next;
            if next.is_none() {
                return Ok(found);
            }
        }
    }

    /// Incidents in a state.
    ///
    /// # Errors
    /// The store's.
    pub async fn in_state(
        &self,
        state: State,
        limit: usize,
        next: Option<&str>,
    ) -> Result<Page<Incident>, StoreError> {
        self.store.in_state(state, limit, next).await
    }

    /// Takes a decision down.
    ///
    /// # Errors
    /// [`DecideError`].
    pub async fn decide(&self, click: &Click<'_>) -> Result<Decided, DecideError> {
        let (store, announcer) = (&self.store, &self.queue);
        let configuration = &self.configuration;
        let decide = Decide { store, announcer, configuration, trace: None };
        decide.decide(click, self.now()).await
    }

    /// Takes back what was made for an incident.
    ///
    /// # Errors
    /// [`OperationError`].
    pub async fn undo(&self, id: &IncidentId, why: &Remark) -> Result<Undone, OperationError> {
        self.operations().undo(id, why).await
    }

    /// Every decision on an incident.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn decisions(&self, id: &IncidentId) -> Result<Decisions, StoreError> {
        Decisions::load(&self.store, id).await
    }

    /// Keeps with the others that somebody decided to take something back.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn keep(&self, click: &Click<'_>) -> Result<(), StoreError> {
        Decisions::keep(&self.store, click, self.now()).await
    }

    /// Does what is to be done next with an incident, whatever that is by its state.
    ///
    /// # Errors
    /// Why it could not be done now.
    pub async fn go_on(&self, id: &IncidentId) -> Result<(), String> {
        let incident = self.store.incident(id).await.map_err(|error| error.to_string())?;
        match incident.map(|incident| incident.state) {
            Some(State::Detected) => self.diagnose(id).await,
            Some(State::Approved | State::Applying) => self.apply(id).await,
            Some(State::Applied) => self.verify(id).await,
            _ => Ok(()),
        }
    }

    async fn diagnose(&self, id: &IncidentId) -> Result<(), String> {
        let diagnose = Diagnose {
            store: &self.store,
            announcer: &self.queue,
            evidence: self.world.evidence(),
            configuration: &self.configuration,
        };
        let diagnosed = diagnose.incident(id, self.now(), None).await;
        if let Diagnosed::Now(report) = diagnosed.map_err(|error| error.to_string())? {
            for why in &report.unreadable {
                tracing::warn!(incident = %id, why, "could not be read");
            }
        }
        Ok(())
    }

    async fn apply(&self, id: &IncidentId) -> Result<(), String> {
        // The future of a change is large.
        let applied = Box::pin(self.operations().apply(id)).await;
        match applied.map_err(|error| error.to_string())? {
            Applied::Now(State::Applied) => self.look_later(id).await,
            Applied::Now(state) => tracing::warn!(incident = %id, %state, "not applied"),
            Applied::Before(_) | Applied::Underway | Applied::Gone => {}
        }
        Ok(())
    }

    async fn verify(&self, id: &IncidentId) -> Result<(), String> {
        let verified = Box::pin(self.operations().verify(id)).await;
        if verified.map_err(|error| error.to_string())? == Verified::NotYet {
            self.look_later(id).await;
        }
        Ok(())
    }

    /// The sweep looks as well; this is only sooner.
    async fn look_later(&self, id: &IncidentId) {
        let incident = self.store.incident(id).await.ok().flatten();
        let Some(at) = incident.and_then(|incident| incident.look_again_at) else { return };
        let after = Duration::try_from(at.duration_since(self.now())).unwrap_or_default();
        self.queue.put(id, after);
    }

    /// Does what is due by the clock, for as long as it may: no further incident is begun with once
    /// `goes_on` says no.
    ///
    /// # Errors
    /// [`OperationError`] if the lists cannot be read.
    pub async fn sweep(
        &self,
        goes_on: impl Fn() -> bool + Send + Sync,
    ) -> Result<Swept, OperationError> {
        Box::pin(self.operations().sweep_while(goes_on)).await
    }

    /// Puts everything in the queue that waits to be worked on by itself: what a process that died
    /// left, and what was put off.
    ///
    /// # Errors
    /// The store's.
    pub async fn catch_up(&self) -> Result<(), StoreError> {
        for state in [State::Approved, State::Applying, State::Detected] {
            let mut next: Option<String> = None;
            loop {
                let page = self.store.in_state(state, 100, next.as_deref()).await?;
                for incident in &page.items {
                    self.queue.remind(&incident.id, state);
                }
                next = page.next;
                if next.is_none() {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Forgets incidents that need not be kept any longer.
    ///
    /// # Errors
    /// The store's.
    pub async fn forget(&self) -> Result<usize, StoreError> {
        self.store.forget_expired(self.now()).await
    }

    /// Makes the call of an incident once more, where calls can be made, and hears of it as AWS would
    /// tell it.
    ///
    /// # Errors
    /// Why it could not be made.
    pub async fn call_again(&self, id: &IncidentId) -> Result<CalledAgain, String> {
        let sample = self.store.attachment(id, Attachment::Sample).await;
        let sample = sample.map_err(|error| error.to_string())?;
        let sample = sample.ok_or_else(|| format!("incident {id} has no record"))?;
        let now = self.now();
        let event = again(sample, now);
        let record = Record::from_value(event.get("detail").unwrap_or(&Value::Null))?;
        let Some(called) = self.world.call_again(&record, now).await else {
            return Ok(CalledAgain::Never);
        };
        match called {
            // Whoever works looks whether the change helped.
            Called::Succeeded => self.queue.put(id, Duration::ZERO),
            Called::Denied => {
                let message = Message { id: "again".to_owned(), body: event.to_string() };
                let detected = self.detect(vec![message]).await;
                if let Some((_, why)) = detected.failed.into_iter().next() {
                    return Err(why);
                }
            }
            Called::Unknown => {}
        }
        Ok(CalledAgain::Made(called))
    }

    fn operations(&self) -> Operations<'_, Self> {
        Operations { ports: self, configuration: &self.configuration, trace: None }
    }
}

/// The event of the same call, made at another time.
fn again(mut record: Value, now: Timestamp) -> Value {
    let id = event_id(now);
    if let Some(fields) = record.as_object_mut() {
        fields.insert("eventID".to_owned(), json!(id));
        // To the nanosecond, or it would seem to be before what was done in the same second.
        fields.insert("eventTime".to_owned(), json!(now.to_string()));
        fields.remove("sharedEventID");
        fields.remove("addendum");
    }
    let text = |name: &str| record.get(name).and_then(Value::as_str).unwrap_or_default();
    let service = text("eventSource").split('.').next().unwrap_or_default().to_owned();
    json!({
        "version": "0",
        "id": id,
        "detail-type": "AWS API Call via CloudTrail",
        "source": format!("aws.{service}"),
        "account": text("recipientAccountId"),
        "time": format!("{now:.0}"),
        "region": text("awsRegion"),
        "resources": [],
        "detail": record,
    })
}

/// An id that no other event has.
fn event_id(now: Timestamp) -> String {
    let nanoseconds = now.as_nanosecond().unsigned_abs();
    let digits = format!("{nanoseconds:032x}");
    let part = |from, to| digits.get(from..to).unwrap_or_default();
    format!("{}-{}-4{}-8{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}

#[cfg(test)]
mod tests {
    use super::again;
    use serde_json::json;

    #[test]
    fn the_same_call_is_another_event() {
        let record = json!({"eventID": "a", "sharedEventID": "b", "eventSource": "s3.amazonaws.com",
            "recipientAccountId": "222222222222", "awsRegion": "eu-west-1", "eventName": "GetObject"});
        let at = |time: &str| again(record.clone(), time.parse().unwrap());
        let (one, other) = (at("2026-11-20T09:42:17.25Z"), at("2026-11-20T09:42:17.5Z"));
        assert_eq!(one["source"], "aws.s3");
        assert_eq!(one["account"], "222222222222");
        assert_eq!(one["detail"]["eventTime"], "2026-11-20T09:42:17.25Z");
        assert_eq!(one["detail"].get("sharedEventID"), None);
        assert_ne!(one["detail"]["eventID"], other["detail"]["eventID"]);
        assert_eq!(one["detail"]["eventID"].as_str().unwrap().len(), 36);
    }
}
