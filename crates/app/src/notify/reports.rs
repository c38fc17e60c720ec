//! For how long the address of a report works, and when people are given a new one.
//!
//! Ends lie on a grid that begins when the incident was opened, so the address stays the same text for a
//! week, and the incidents of one day do not all come due in the same hour.

use crate::incident::Incident;
use jiff::{SignedDuration, Timestamp};

/// How long people keep an address; it works for as long again afterwards.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);
/// For how long new ones are given out while an incident stays open in one state. Writes keep an incident
/// in the store, so one that nobody cares for must not be written for ever.
const RENEWED_FOR: SignedDuration = SignedDuration::from_hours(24 * 90);
/// For how long it is tried to give out a new one. An address that is missed works until the next one.
const TRIED_FOR: SignedDuration = SignedDuration::from_hours(24);

/// Until when an address works that is made now: for one to two weeks.
pub(super) fn until(incident: &Incident, now: Timestamp) -> Timestamp {
    let end = number_at(incident, now).saturating_add(2).saturating_mul(KEPT.as_secs());
    let end = incident.opened_at.saturating_add(SignedDuration::from_secs(end));
    end.unwrap_or(Timestamp::MAX)
}

/// The number of the address that people are to have. It does not grow once the incident ended.
pub(super) fn number(incident: &Incident, now: Timestamp) -> i64 {
    number_at(incident, now.min(renewed_until(incident)))
}

/// Whether people were to be given a new address not long ago.
pub(super) fn is_due(incident: &Incident, now: Timestamp) -> bool {
    let before = now.saturating_sub(TRIED_FOR).unwrap_or(Timestamp::MIN);
    now < renewed_until(incident) && number(incident, before) < number(incident, now)
}

fn number_at(incident: &Incident, at: Timestamp) -> i64 {
    at.duration_since(incident.opened_at).as_secs().max(0) / KEPT.as_secs()
}

/// After this, what people were told stays as it is.
fn renewed_until(incident: &Incident) -> Timestamp {
    let renewed_for = if incident.state.is_open() { RENEWED_FOR } else { SignedDuration::ZERO };
    incident.state_since.saturating_add(renewed_for).unwrap_or(Timestamp::MAX)
}
