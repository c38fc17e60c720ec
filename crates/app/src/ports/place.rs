//! A place in a list of incidents, as text that a page hands out and takes back.

use super::StoreError;
use crate::incident::{Incident, IncidentId};
use core::fmt;
use jiff::Timestamp;

/// A place in a list of incidents: after one that was opened at a time. Its text is opaque to those
/// who page through a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// When the incident before it was opened.
    pub opened_at: Timestamp,
    /// The incident before it.
    pub id: IncidentId,
}

impl Place {
    /// The place after an incident.
    pub fn after(incident: &Incident) -> Self {
        Self { opened_at: incident.opened_at, id: incident.id.clone() }
    }

    /// Reads what a page handed out.
    ///
    /// # Errors
    /// [`StoreError::Failed`] for any other text.
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        let parts = text.split_once('~').and_then(|(opened_at, id)| {
            Some(Self {
                opened_at: opened_at.parse().ok()?,
                id: IncidentId::try_from(id.to_owned()).ok()?,
            })
        });
        parts.ok_or_else(|| {
            StoreError::Failed(format!("no page named `{text}` as the next: begin without it"))
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}~{}", self.opened_at, self.id)
    }
}
