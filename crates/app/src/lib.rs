//! What Locksmith does, apart from where it runs: the use cases, and the ports that they need.
//!
//! `detect` turns denials into incidents, `diagnose` works out why they happened. Both are plain
//! functions over ports (traits); the functions on AWS and `locksmith` on one machine call the same
//! ones. There is no clock here either: every use case takes the time.

pub mod announcement;
pub mod config;
pub mod detect;
pub mod diagnose;
pub mod incident;
pub mod ports;
pub mod sighting;

use incident::Incident;
use jiff::Timestamp;
use ports::Store;

/// Notes that a state was announced. Where that fails it is announced once more later, which whoever
/// listens expects.
async fn announced(store: &impl Store, incident: &Incident, now: Timestamp) {
    let noted = Incident { announced: true, ..incident.clone() };
    if let Err(error) = store.write(&noted.to_write(Vec::new(), now)).await {
        tracing::debug!(incident = %incident.id, %error, "announced, which could not be noted");
    }
}
