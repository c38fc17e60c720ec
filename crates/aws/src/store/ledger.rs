//! What stands in the accounts by our doing: one partition, so that a list holds what was written last.

use super::key::{FIXES, Key};
use super::{DynamoStore, Item, fault};
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use locksmith_app::fix::{Fix, FixState};
use locksmith_app::ports::{Ledger, Page, REMOVED_KEPT, StoreError};
use locksmith_core::plan::Reliance;

impl Ledger for DynamoStore {
    async fn fix(&self, what: &Reliance) -> Result<Option<Fix>, StoreError> {
        let get = self.client.get_item().table_name(&self.table).consistent_read(true);
        let answer = get.set_key(Some(Key::fix(what).item())).send().await;
        let answer = answer.map_err(|error| fault::of("reading a fix", &error))?;
        answer.item.as_ref().map(read).transpose()
    }

    async fn fixes(&self, limit: usize, next: Option<&str>) -> Result<Page<Fix>, StoreError> {
        let limit = limit.clamp(1, 100);
        let after = next.map(|sk| Key { pk: FIXES.to_owned(), sk: sk.to_owned() }.item());
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .consistent_read(true)
            .key_condition_expression("PK = :fixes")
            .expression_attribute_values(":fixes", AttributeValue::S(FIXES.to_owned()))
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .set_exclusive_start_key(after);
        let answer = query.send().await;
        let answer = answer.map_err(|error| fault::of("listing fixes", &error))?;
        let items: Result<Vec<Fix>, StoreError> = answer.items().iter().map(read).collect();
        let next = answer.last_evaluated_key.as_ref().and_then(Key::read).map(|key| key.sk);
        Ok(Page { items: items?, next })
    }

    async fn write_fix(&self, fix: &Fix) -> Result<(), StoreError> {
        let Some(before) = fix.version.checked_sub(1) else { return Err(StoreError::Conflict) };
        let (expression, values) = super::write::condition(before);
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item(fix)?));
        let put = put.condition_expression(expression).set_expression_attribute_values(values);
        let answer = put.send().await;
        answer.map(drop).map_err(|error| fault::of("writing a fix", &error))
    }
}

/// A fix holds policies before and after, so it is compressed; what people look for in the console
/// stands beside it.
fn item(fix: &Fix) -> Result<Item, StoreError> {
    let failed = |error: std::io::Error| StoreError::Failed(format!("a fix: {error}"));
    let json = super::pieces::compress(fix).map_err(failed)?;
    let mut item = Key::fix(&fix.what).item();
    let text = |text: &str| AttributeValue::S(text.to_owned());
    item.extend([
        ("Version".to_owned(), AttributeValue::N(fix.version.to_string())),
        ("FixState".to_owned(), text(fix.state.name())),
        ("Account".to_owned(), text(fix.what.account.as_str())),
        ("Target".to_owned(), text(&fix.what.target)),
        ("Name".to_owned(), text(&fix.what.name)),
        ("Gzip".to_owned(), AttributeValue::B(Blob::new(json))),
    ]);
    if fix.state == FixState::Removed {
        let until = fix.state_since.saturating_add(REMOVED_KEPT).unwrap_or(Timestamp::MAX);
        let until = AttributeValue::N(until.as_second().to_string());
        item.insert("ExpiresAt".to_owned(), until);
    }
    Ok(item)
}

fn read(item: &Item) -> Result<Fix, StoreError> {
    let json = item.get("Gzip").and_then(|json| json.as_b().ok());
    let json = json.ok_or_else(|| StoreError::Failed("a fix without content".to_owned()))?;
    let fix = serde_json::from_reader(flate2::read::GzDecoder::new(json.as_ref()));
    fix.map_err(|error| StoreError::Failed(format!("a fix: {error}")))
}
