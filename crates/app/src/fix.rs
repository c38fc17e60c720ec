//! A fix: one thing of ours that stands in an account, and which incidents rely on it.

use crate::change::Step;
use crate::incident::IncidentId;
use crate::remark::Remark;
use jiff::Timestamp;
use locksmith_core::plan::Reliance;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A statement, policy, grant or setting of ours in an account.
///
/// Two incidents that need the same thing share it, and it is taken away once nobody relies on it.
/// Whoever makes it or takes it away says so here first, so that nobody begins to rely on what is
/// about to go: see [`FixState::Pending`] and [`FixState::Removing`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    /// What it is, and where it stands.
    pub what: Reliance,
    /// Counts the writes; a write names the version that it was made from.
    pub version: u64,
    /// How it stands.
    pub state: FixState,
    /// Since when.
    pub state_since: Timestamp,
    /// What is to be known of the state.
    pub remark: Option<Remark>,
    /// The incident that made it last.
    pub maker: IncidentId,
    /// The incidents that rely on it, and until when each of them may; none where it may for good.
    pub relied_on_by: BTreeMap<IncidentId, Option<Timestamp>>,
    /// The change that made it, with the exact texts before and after. It may have made other fixes
    /// as well.
    pub step: Step,
}

/// How a fix stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FixState {
    /// Its maker is at work: it may come to nothing, so nobody else may begin to rely on it.
    Pending,
    /// It stands, as we wrote it.
    Active,
    /// It is being taken away: nobody may begin to rely on it.
    Removing,
    /// It was taken away, or was never made.
    Removed,
    /// Others changed it.
    ChangedByOthers,
    /// Others took it away.
    Reverted,
}

impl FixState {
    /// Its name in the store and in texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Removing => "removing",
            Self::Removed => "removed",
            Self::ChangedByOthers => "changed_by_others",
            Self::Reverted => "reverted",
        }
    }
}

impl Fix {
    /// A fix that an incident is about to make.
    pub fn pending(what: Reliance, maker: IncidentId, step: Step, now: Timestamp) -> Self {
        Self {
            what,
            version: 0,
            state: FixState::Pending,
            state_since: now,
            remark: None,
            maker,
            relied_on_by: BTreeMap::new(),
            step,
        }
    }

    /// Moves to another state.
    pub fn enter(&mut self, state: FixState, now: Timestamp) {
        if self.state != state {
            self.state_since = now;
        }
        self.state = state;
        self.remark = None;
    }

    /// Whether incidents other than this one rely on it.
    pub fn is_shared(&self, id: &IncidentId) -> bool {
        self.relied_on_by.keys().any(|other| other != id)
    }

    /// Whether an incident may not rely on it any longer.
    pub fn is_over(&self, id: &IncidentId, now: Timestamp) -> bool {
        matches!(self.relied_on_by.get(id), Some(Some(until)) if *until <= now)
    }
}
