//! What stands in the accounts, in the file.

use crate::EmbeddedStore;
use crate::error::Refused;
use crate::tables::{FIXES, FixKey};
use core::ops::Bound;
use jiff::Timestamp;
use locksmith_app::fix::{Fix, FixState};
use locksmith_app::ports::{Ledger, Page, REMOVED_KEPT, StoreError};
use locksmith_core::plan::Reliance;
use redb::{Database, ReadableDatabase as _, ReadableTable as _};

impl Ledger for EmbeddedStore {
    async fn fix(&self, what: &Reliance) -> Result<Option<Fix>, StoreError> {
        let what = what.clone();
        let read = move |database: &Database| {
            let fixes = database.begin_read()?.open_table(FIXES)?;
            fixes.get(key(&what))?.map(|json| parse(json.value())).transpose()
        };
        self.blocking(read).await
    }

    async fn fixes(&self, limit: usize, next: Option<&str>) -> Result<Page<Fix>, StoreError> {
        let after: Option<Reliance> = next
            .map(serde_json::from_str)
            .transpose()
            .map_err(|_| StoreError::Failed("no page has this as the next".to_owned()))?;
        let limit = limit.clamp(1, 100);
        self.blocking(move |database| list(database, limit, after.as_ref())).await
    }

    async fn write_fix(&self, fix: &Fix) -> Result<(), StoreError> {
        let fix = fix.clone();
        let write = move |database: &Database| {
            let json =
                serde_json::to_vec(&fix).map_err(|error| Refused::unreadable("as JSON", &error))?;
            let transaction = database.begin_write()?;
            {
                let mut fixes = transaction.open_table(FIXES)?;
                let before = fixes.get(key(&fix.what))?.map(|json| parse(json.value()));
                let version = before.transpose()?.map_or(0, |before| before.version);
                if fix.version.checked_sub(1) != Some(version) {
                    return Err(Refused::CONFLICT);
                }
                fixes.insert(key(&fix.what), json.as_slice())?;
            }
            transaction.commit()?;
            Ok(())
        };
        self.blocking(write).await
    }
}

/// Whether a fix may be forgotten.
pub(crate) fn is_over(json: &[u8], now: Timestamp) -> bool {
    // What cannot be read is kept: somebody has to look at it.
    parse(json).is_ok_and(|fix| {
        let kept = fix.state_since.saturating_add(REMOVED_KEPT).unwrap_or(Timestamp::MAX);
        fix.state == FixState::Removed && kept < now
    })
}

fn key(what: &Reliance) -> FixKey<'_> {
    (what.account.as_str(), &what.target, what.kind.name(), &what.name)
}

fn parse(json: &[u8]) -> Result<Fix, Refused> {
    serde_json::from_slice(json).map_err(|error| Refused::unreadable("fix", &error))
}

fn list(database: &Database, limit: usize, after: Option<&Reliance>) -> Result<Page<Fix>, Refused> {
    let fixes = database.begin_read()?.open_table(FIXES)?;
    let first = match after {
        Some(what) => Bound::Excluded(key(what)),
        None => Bound::Unbounded,
    };
    let mut items: Vec<Fix> = Vec::new();
    for entry in fixes.range((first, Bound::Unbounded))? {
        if items.len() == limit {
            let next = items.last().map(|last| serde_json::to_string(&last.what));
            let next = next.transpose().map_err(|error| Refused::unreadable("as JSON", &error))?;
            return Ok(Page { items, next });
        }
        items.push(parse(entry?.1.value())?);
    }
    Ok(Page { items, next: None })
}
