//! What people are shown of an incident, before it has a language or a markup.

use crate::approve::{Approvals, Electorate, Missing, missing};
use crate::beside;
use crate::change::{Journal, Status, Step};
use crate::config::Configuration;
use crate::diagnose::Placement;
use crate::incident::{Incident, IncidentId, RecentEvents, State};
use crate::ports::{Attachment, Store, StoreError};
use crate::way::Way;
use jiff::Timestamp;
use locksmith_core::arn::AccountId;
use locksmith_core::diagnosis::Diagnosis;
use locksmith_core::plan::{Digest, Plan};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What people are shown of an incident: everything that a message, a ticket or a page tells.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// The incident.
    pub incident: Incident,
    /// Why the call was denied; none until it was diagnosed.
    pub diagnosis: Option<Diagnosis>,
    /// Where the accounts stand and how the resources are tagged.
    pub placement: Placement,
    /// What would mend it.
    pub plan: Option<Plan>,
    /// What owners decided so far.
    pub approvals: Approvals,
    /// What was done.
    pub journal: Option<Journal>,
    /// What owners are asked now; none where nothing is asked.
    pub question: Option<Question>,
    /// The ticket.
    pub ticket: Option<TicketRef>,
    /// Where all of it can be read; the address changes, and does not make another card.
    #[serde(skip)]
    pub report_url: Option<String>,
}

/// What owners are asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The plan that they are asked about. A decision names it, or an alternative's.
    pub digest: Digest,
    /// Since when. A decision names it, so that one on an earlier question has no effect.
    pub asked_at: Timestamp,
    /// Until when an answer counts.
    pub until: Timestamp,
    /// The accounts in which approvals are missing.
    pub missing: Vec<Missing>,
}

/// A ticket in the system that has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketRef {
    /// The system's id of it, by which it is changed.
    pub id: String,
    /// What people call it, such as `SEC-12` or `#7`.
    pub name: String,
    /// Where people see it.
    pub url: Option<String>,
}

/// A time as people of any language read it, where nothing shows it in their own time zone.
pub fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

impl Card {
    /// Puts a card together from what is stored; none where there is no such incident.
    ///
    /// # Errors
    /// The store's, and [`StoreError::Failed`] for what cannot be read.
    pub async fn load(
        store: &impl Store,
        id: &IncidentId,
        configuration: &Configuration,
    ) -> Result<Option<Self>, StoreError> {
        let Some(incident) = store.incident(id).await? else { return Ok(None) };
        let report: Option<Reported> = beside::read(store, id, Attachment::Diagnosis).await?;
        let (diagnosis, placement) = match report {
            Some(report) => (Some(report.diagnosis), report.placement),
            None => (None, Placement::default()),
        };
        let plan: Option<Plan> = beside::read(store, id, Attachment::Plan).await?;
        let approvals: Option<Approvals> = beside::read(store, id, Attachment::Approvals).await?;
        let approvals = approvals.unwrap_or_default();
        let journal = beside::read(store, id, Attachment::Journal).await?;
        let question = question(&incident, plan.as_ref(), &approvals, configuration);
        let ticket = None;
        Ok(Some(Self {
            incident,
            diagnosis,
            placement,
            plan,
            approvals,
            journal,
            question,
            ticket,
            report_url: None,
        }))
    }

    /// Whether the ticket is to be open: nothing is left to do once the call works, or where there
    /// never was anything to do.
    pub fn wants_open_ticket(&self) -> bool {
        self.incident.state.is_open()
    }

    /// What a decision on it has to name: the plan and when it was asked about. None where there is
    /// nothing to decide.
    pub fn subject(&self) -> Option<(&Digest, Timestamp)> {
        let question = self.question.as_ref().map(|asked| (&asked.digest, asked.asked_at));
        question.or_else(|| self.undoable()).or_else(|| self.suppressible())
    }

    /// The plan where people were told of a denial and are not asked: they may say that it is right.
    pub fn suppressible(&self) -> Option<(&Digest, Timestamp)> {
        let is_told = matches!(self.incident.state, State::Manual | State::Diagnosed);
        let plan = self.plan.as_ref().filter(|_| is_told);
        plan.map(|plan| (&plan.digest, self.incident.state_since))
    }

    /// What was approved, where something of it stands: it may be taken back.
    pub fn undoable(&self) -> Option<(&Digest, Timestamp)> {
        let stands = |step: &Step| step.may_stand() || step.status == Status::Stood;
        let made = self.journal.iter().flat_map(|journal| &journal.steps).any(stands);
        let given =
            self.approvals.given.first().filter(|_| made && self.incident.state.has_changes());
        given.and_then(|given| Some((&given.digest, given.asked_at?)))
    }

    /// The accounts whose owners are concerned: where something would be changed or has to be done by
    /// hand, else that of the resource, else the caller's.
    pub fn accounts(&self) -> BTreeSet<AccountId> {
        let plan = self.plan.iter();
        let changed = plan.clone().flat_map(|plan| plan.changes.iter().map(|one| one.account));
        let by_hand = plan.flat_map(|plan| plan.manual.iter().filter_map(|one| one.account));
        let mut accounts: BTreeSet<_> = changed.chain(by_hand).collect();
        if accounts.is_empty() {
            let incident = &self.incident;
            accounts.extend(incident.resource_account.or(incident.principal_account));
        }
        accounts
    }

    /// Names what the card shows: two cards with the same fingerprint look alike.
    pub fn fingerprint(&self) -> String {
        let incident = Incident {
            version: 0,
            announced: false,
            told: false,
            kept_until: Timestamp::UNIX_EPOCH,
            recent: RecentEvents::default(),
            ..self.incident.clone()
        };
        let shown = Self { incident, ..self.clone() };
        Digest::of(&serde_json::to_value(&shown).unwrap_or_default()).to_string()
    }
}

/// The part of a stored diagnosis that a card needs.
#[derive(Deserialize)]
struct Reported {
    diagnosis: Diagnosis,
    #[serde(default)]
    placement: Placement,
}

fn question(
    incident: &Incident,
    plan: Option<&Plan>,
    approvals: &Approvals,
    configuration: &Configuration,
) -> Option<Question> {
    let plan = plan.filter(|_| incident.state == State::AwaitingApproval)?;
    let chosen = approvals.given.first().map_or(&plan.digest, |given| &given.digest);
    let way = Way::of(plan, chosen)?;
    let objections =
        Electorate::new(configuration, incident, plan, way).objections(approvals, None);
    let valid_for = configuration.approval.valid_for;
    let until = incident.state_since.saturating_add(valid_for).unwrap_or(Timestamp::MAX);
    let ends = crate::approve::expires_at(plan).unwrap_or(Timestamp::MAX);
    Some(Question {
        digest: plan.digest.clone(),
        asked_at: incident.state_since,
        until: until.min(ends),
        missing: missing(&objections),
    })
}
