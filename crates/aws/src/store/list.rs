//! Incidents by their state.
//!
//! The index holds keys alone: counting a denial then changes nothing in it and costs nothing there.
//! The incidents themselves are read from the table, and those that have gone on since are left out.

use super::key::{BY_STATE, Key};
use super::{DynamoStore, Item, fault, incident};
use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes};
use core::time::Duration;
use locksmith_app::incident::{Incident, IncidentId, State};
use locksmith_app::ports::{Page, Place, StoreError};
use std::collections::HashMap;

/// How often keys are asked for again that DynamoDB left unanswered, when it is throttled.
const ATTEMPTS: u32 = 6;
/// How long to wait before the first time; doubled each time.
const PAUSE: Duration = Duration::from_millis(50);

pub(super) async fn in_state(
    store: &DynamoStore,
    state: State,
    limit: usize,
    next: Option<&str>,
) -> Result<Page<Incident>, StoreError> {
    let after = next.map(Place::parse).transpose()?;
    let limit = limit.clamp(1, 100);
    let mut places = places(store, state, limit, after).await?;
    let more = places.len() > limit;
    places.truncate(limit);
    let next = places.last().filter(|_| more).map(Place::to_string);
    let mut found = incidents(store, &places).await?;
    found.retain(|_, incident| incident.state == state);
    let items = places.iter().filter_map(|place| found.remove(&place.id)).collect();
    Ok(Page { items, next })
}

/// One more place than fits the page, which tells whether there is another page.
async fn places(
    store: &DynamoStore,
    state: State,
    limit: usize,
    after: Option<Place>,
) -> Result<Vec<Place>, StoreError> {
    let query = store.client.query().table_name(&store.table).index_name(BY_STATE);
    let query = query
        .key_condition_expression("#state = :state")
        .expression_attribute_names("#state", "State")
        .expression_attribute_values(":state", AttributeValue::S(state.name().to_owned()))
        .limit(i32::try_from(limit + 1).unwrap_or(i32::MAX))
        .set_exclusive_start_key(after.map(|place| start(state, &place)));
    let answer = query.send().await;
    let answer = answer.map_err(|error| fault::of(&format!("listing what is {state}"), &error))?;
    Ok(answer.items().iter().filter_map(place).collect())
}

fn start(state: State, place: &Place) -> Item {
    let mut key = Key::incident(&place.id).item();
    let opened_at = incident::sortable(place.opened_at);
    key.insert("State".to_owned(), AttributeValue::S(state.name().to_owned()));
    key.insert("OpenedAt".to_owned(), AttributeValue::S(opened_at));
    key
}

fn place(item: &Item) -> Option<Place> {
    let opened_at = item.get("OpenedAt")?.as_s().ok()?.parse().ok()?;
    Some(Place { opened_at, id: Key::read(item)?.to_incident()? })
}

async fn incidents(
    store: &DynamoStore,
    places: &[Place],
) -> Result<HashMap<IncidentId, Incident>, StoreError> {
    let mut found = HashMap::new();
    let mut keys: Vec<Item> = places.iter().map(|place| Key::incident(&place.id).item()).collect();
    let mut pause = PAUSE;
    for attempt in 0..ATTEMPTS {
        if keys.is_empty() {
            return Ok(found);
        }
        if attempt > 0 {
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
        let wanted = KeysAndAttributes::builder().set_keys(Some(keys)).build();
        let wanted = wanted.map_err(|error| StoreError::Failed(error.to_string()))?;
        let answer = store.client.batch_get_item().request_items(&store.table, wanted).send().await;
        let answer = answer.map_err(|error| fault::of("reading incidents", &error))?;
        for item in answer.responses.into_iter().flat_map(HashMap::into_values).flatten() {
            let incident = incident::read(item)?;
            found.insert(incident.id.clone(), incident);
        }
        let left = answer.unprocessed_keys.into_iter().flat_map(HashMap::into_values);
        keys = left.flat_map(|left| left.keys).collect();
    }
    Err(StoreError::Failed("reading incidents: DynamoDB leaves some unanswered".to_owned()))
}
