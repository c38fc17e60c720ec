//! The table itself, for emulators: in an account it is made by `infra/store.yaml`.

use super::key::BY_STATE;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::client::Waiters as _;
use aws_sdk_dynamodb::error::{BuildError, DisplayErrorContext};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, ScalarAttributeType, TimeToLiveSpecification,
};
use core::error::Error;
use core::time::Duration;
use locksmith_app::ports::StoreError;

/// Makes a table as the store needs it, and waits until it stands.
///
/// # Errors
/// [`StoreError::Failed`] with the call that was refused.
pub async fn create_table(client: &Client, table: &str) -> Result<(), StoreError> {
    let index = GlobalSecondaryIndex::builder()
        .index_name(BY_STATE)
        .set_key_schema(Some(schema("State", "OpenedAt")?))
        .projection(Projection::builder().projection_type(ProjectionType::KeysOnly).build())
        .build()
        .map_err(incomplete)?;
    let attributes: Result<Vec<_>, _> =
        ["PK", "SK", "State", "OpenedAt"].into_iter().map(attribute).collect();
    client
        .create_table()
        .table_name(table)
        .billing_mode(BillingMode::PayPerRequest)
        .set_attribute_definitions(Some(attributes?))
        .set_key_schema(Some(schema("PK", "SK")?))
        .global_secondary_indexes(index)
        .send()
        .await
        .map_err(|error| refused("CreateTable", error))?;
    let wait = client.wait_until_table_exists().table_name(table);
    wait.wait(Duration::from_mins(1)).await.map_err(|error| refused("DescribeTable", error))?;
    let expiry = TimeToLiveSpecification::builder().enabled(true).attribute_name("ExpiresAt");
    client
        .update_time_to_live()
        .table_name(table)
        .time_to_live_specification(expiry.build().map_err(incomplete)?)
        .send()
        .await
        .map_err(|error| refused("UpdateTimeToLive", error))?;
    Ok(())
}

fn schema(partition: &str, sort: &str) -> Result<Vec<KeySchemaElement>, StoreError> {
    let keys = [(partition, KeyType::Hash), (sort, KeyType::Range)].into_iter();
    let element = |(name, kind)| {
        KeySchemaElement::builder().attribute_name(name).key_type(kind).build().map_err(incomplete)
    };
    keys.map(element).collect()
}

fn attribute(name: &str) -> Result<AttributeDefinition, StoreError> {
    let text = AttributeDefinition::builder().attribute_type(ScalarAttributeType::S);
    text.attribute_name(name).build().map_err(incomplete)
}

#[expect(clippy::needless_pass_by_value, reason = "as map_err takes it")]
fn incomplete(error: BuildError) -> StoreError {
    StoreError::Failed(error.to_string())
}

fn refused(operation: &str, error: impl Error) -> StoreError {
    StoreError::Failed(format!("{operation}: {}", DisplayErrorContext(&error)))
}
