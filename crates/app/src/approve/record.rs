//! Every decision on an incident, kept for as long as the incident: approvals go with the plan that they
//! were for, and whoever asks a year later wants to know of all of them.

use super::{Click, Decision};
use crate::beside;
use crate::incident::{ATTEMPTS, IncidentId};
use crate::ports::{Attachment, Store, StoreError};
use jiff::Timestamp;
use locksmith_core::arn::AccountId;
use locksmith_core::plan::Digest;
use serde::{Deserialize, Serialize};

/// How many decisions on one incident are kept; the oldest go first. Nobody decides as often.
const KEPT: usize = 1000;

const BREAK_GLASS: &str = "break_glass";

/// The decisions on an incident that had an effect, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decisions(pub Vec<Recorded>);

/// A decision that had an effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// What was decided, by [`Decision::name`].
    pub decision: String,
    /// Who decided, by the id in the configuration.
    pub person: String,
    /// When.
    pub at: Timestamp,
    /// On exactly which changes.
    pub digest: Digest,
    /// By which means, such as an address or a channel.
    pub from: String,
    /// For which account; none for all that the person may decide for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// When the question was asked; none where it was asked in the same moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<Timestamp>,
    /// Why, where a reason was asked for; for another reach, which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Until when nobody wants to hear of the denial, where it is suppressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

impl Decisions {
    /// Those on an incident.
    ///
    /// # Errors
    /// The store's.
    pub async fn load(store: &impl Store, id: &IncidentId) -> Result<Self, StoreError> {
        Ok(beside::read(store, id, Attachment::Decisions).await?.unwrap_or_default())
    }

    /// Takes down what is carried out by other means than [`super::Decide`].
    ///
    /// # Errors
    /// The store's; [`StoreError::Conflict`] if others keep writing.
    pub async fn keep(
        store: &impl Store,
        click: &Click<'_>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let id = click.incident;
        for _ in 0..ATTEMPTS {
            let Some(incident) = store.incident(id).await? else { return Ok(()) };
            let mut decisions = Self::load(store, id).await?;
            decisions.add(click, now);
            let written = beside::written(id, Attachment::Decisions, &decisions)?;
            match store.write(&incident.to_write(vec![written], now)).await {
                Err(StoreError::Conflict) => {}
                result => return result,
            }
        }
        Err(StoreError::Conflict)
    }

    /// Takes a click down that has an effect.
    pub(super) fn add(&mut self, click: &Click<'_>, now: Timestamp) {
        let over = (self.0.len() + 1).saturating_sub(KEPT);
        self.0.drain(..over);
        self.0.push(Recorded {
            decision: click.decision.name().to_owned(),
            person: click.person.to_owned(),
            at: now,
            digest: click.digest.clone(),
            from: click.from.to_owned(),
            account: click.account,
            asked_at: click.asked_at,
            reason: click.decision.reason().map(str::to_owned),
            until: match &click.decision {
                Decision::Suppress { until, .. } => Some(*until),
                _ => None,
            },
        });
    }
}

impl Recorded {
    /// Whether it was an approval that did not wait for the owners.
    pub fn breaks_glass(&self) -> bool {
        self.decision == BREAK_GLASS
    }
}

impl Decision {
    /// Its name, as it is kept and logged.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::BreakGlass { .. } => BREAK_GLASS,
            Self::Rescope(_) => "rescope",
            Self::Reject { .. } => "reject",
            Self::Suppress { .. } => "suppress",
            Self::Undo { .. } => "undo",
        }
    }

    fn reason(&self) -> Option<&str> {
        match self {
            Self::BreakGlass { reason }
            | Self::Reject { reason }
            | Self::Suppress { reason, .. }
            | Self::Undo { reason } => Some(reason),
            Self::Rescope(scope) => Some(scope.name()),
            Self::Approve => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Decisions, KEPT};
    use crate::approve::{Click, Decision};
    use crate::incident::IncidentId;
    use jiff::Timestamp;
    use locksmith_core::plan::Digest;
    use std::collections::BTreeSet;

    #[test]
    fn the_oldest_go_first() {
        let incident = IncidentId::try_from("5f0c61aa93b2d7e4-1".to_owned()).unwrap();
        let (digest, groups) = (Digest::of_changes(&[]), BTreeSet::new());
        let click = |reason: String| Click {
            incident: &incident,
            digest: &digest,
            person: "alice",
            groups: &groups,
            asked_at: None,
            account: None,
            decision: Decision::Reject { reason },
            from: "a test",
        };
        let mut decisions = Decisions::default();
        for number in 0..=KEPT {
            decisions.add(&click(number.to_string()), Timestamp::UNIX_EPOCH);
        }
        assert_eq!(decisions.0.len(), KEPT);
        assert_eq!(decisions.0[0].reason.as_deref(), Some("1"));
    }
}
