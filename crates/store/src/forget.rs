//! Forgetting what need not be kept any longer.

use crate::error::Refused;
use crate::ledger;
use crate::tables::{ADMITTED, ATTACHMENTS, BY_STATE, FIXES, INCIDENTS, LOCKS, OWNERS, Row};
use jiff::Timestamp;
use locksmith_app::incident::Incident;
use locksmith_app::ports::{Attachment, OWNER_AGE};
use redb::Database;

pub(crate) fn expired(database: &Database, now: Timestamp) -> Result<usize, Refused> {
    let transaction = database.begin_write()?;
    let mut forgotten = Vec::new();
    {
        // What cannot be read is kept: somebody has to look at it.
        transaction.open_table(INCIDENTS)?.retain(|_, json| {
            match serde_json::from_slice::<Incident>(json) {
                Ok(incident) if incident.kept_until < now => {
                    forgotten.push(incident);
                    false
                }
                _ => true,
            }
        })?;
        let mut by_state = transaction.open_table(BY_STATE)?;
        let mut attachments = transaction.open_table(ATTACHMENTS)?;
        for incident in &forgotten {
            let row = Row::of(&incident.id);
            by_state.remove(row.listed(incident))?;
            for which in Attachment::ALL {
                attachments.remove((row.group.as_str(), row.number, which.name()))?;
            }
        }
        let hour = now.as_second().div_euclid(3600);
        transaction.open_table(ADMITTED)?.retain_in(..(hour, ""), |_, _| false)?;
        transaction.open_table(FIXES)?.retain(|_, json| !ledger::is_over(json, now))?;
        let nanosecond = now.as_nanosecond();
        transaction.open_table(LOCKS)?.retain(|_, (_, until)| until >= nanosecond)?;
        let oldest = now.as_second() - OWNER_AGE.as_secs();
        transaction.open_table(OWNERS)?.retain(|_, (_, learned_at)| learned_at >= oldest)?;
    }
    transaction.commit()?;
    Ok(forgotten.len())
}
