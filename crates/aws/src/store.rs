//! The store on one DynamoDB table. `docs/store.md` lists its keys, who asks for what, and the price.

mod fault;
mod incident;
mod key;
mod ledger;
mod limits;
mod list;
mod locks;
mod owners;
mod pieces;
mod table;
mod write;

pub use table::create_table;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use key::Key;
use locksmith_app::incident::{Incident, IncidentId, State};
use locksmith_app::ports::{Attachment, Page, Store, StoreError, Write};
use locksmith_app::sighting::GroupKey;
use serde_json::Value;
use std::collections::HashMap;

/// An item of the table.
type Item = HashMap<String, AttributeValue>;

/// The store on a DynamoDB table.
#[derive(Clone, Debug)]
pub struct DynamoStore {
    client: Client,
    table: String,
}

impl DynamoStore {
    /// The store on a table, by its name or ARN.
    pub fn new(client: Client, table: String) -> Self {
        Self { client, table }
    }
}

impl Store for DynamoStore {
    async fn group(&self, group: &GroupKey) -> Result<Vec<Incident>, StoreError> {
        let query = self.client.query().table_name(&self.table).consistent_read(true);
        let query = query
            .key_condition_expression("PK = :group AND begins_with(SK, :incident)")
            .expression_attribute_values(":group", AttributeValue::S(Key::of_group(group)))
            .expression_attribute_values(":incident", AttributeValue::S(key::INCIDENT.to_owned()));
        let items = query.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await;
        let items = items.map_err(|error| fault::of(&format!("reading group {group}"), &error))?;
        items.into_iter().map(incident::read).collect()
    }

    async fn incident(&self, id: &IncidentId) -> Result<Option<Incident>, StoreError> {
        let get = self.client.get_item().table_name(&self.table).consistent_read(true);
        let answer = get.set_key(Some(Key::incident(id).item())).send().await;
        let answer = answer.map_err(|error| fault::of(&format!("reading {id}"), &error))?;
        answer.item.map(incident::read).transpose()
    }

    async fn attachment(
        &self,
        id: &IncidentId,
        which: Attachment,
    ) -> Result<Option<Value>, StoreError> {
        pieces::read(self, id, which).await
    }

    async fn write(&self, write: &Write) -> Result<(), StoreError> {
        write::write(self, write).await
    }

    async fn in_state(
        &self,
        state: State,
        limit: usize,
        next: Option<&str>,
    ) -> Result<Page<Incident>, StoreError> {
        list::in_state(self, state, limit, next).await
    }

    async fn admit(
        &self,
        principal: &str,
        allowance: u32,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        limits::admit(self, principal, allowance, now).await
    }
}
