//! What is stored beside an incident.

use crate::samples::{incident, store, store_with};
use futures_util::future::join_all;
use locksmith_app::incident::Incident;
use locksmith_app::ports::Attachment::{Diagnosis, Sample};
use locksmith_app::ports::{Store, StoreError};
use serde_json::{Value, json};

pub async fn they_come_and_stay_with_their_incident(on: &impl Store) {
    let new = incident("a", 1);
    assert_eq!(on.attachment(&new.id, Sample).await, Ok(None));
    let first = store_with(on, &new, vec![(Sample, json!({"a": 1}))]).await.unwrap();
    assert_eq!(on.attachment(&new.id, Sample).await, Ok(Some(json!({"a": 1}))));
    assert_eq!(on.attachment(&new.id, Diagnosis).await, Ok(None));
    let second = store(on, &first).await.unwrap();
    let third = store_with(on, &second, vec![(Diagnosis, json!([null]))]).await.unwrap();
    let fourth = vec![(Sample, json!("better")), (Diagnosis, json!({}))];
    assert_eq!(on.attachment(&new.id, Sample).await, Ok(Some(json!({"a": 1}))));
    assert_eq!(on.attachment(&new.id, Diagnosis).await, Ok(Some(json!([null]))));
    store_with(on, &third, fourth).await.unwrap();
    assert_eq!(on.attachment(&new.id, Sample).await, Ok(Some(json!("better"))));
    assert_eq!(on.attachment(&new.id, Diagnosis).await, Ok(Some(json!({}))));
    // Incident 1 and incident 10 share the beginning of their names.
    assert_eq!(on.attachment(&incident("a", 10).id, Sample).await, Ok(None));
    assert_eq!(on.attachment(&incident("b", 1).id, Sample).await, Ok(None));
}

pub async fn a_refused_write_leaves_none(on: &impl Store) {
    let first = store(on, &incident("a", 1)).await.unwrap();
    let second = store_with(on, &first, vec![(Sample, json!("kept"))]).await.unwrap();
    let late = vec![(Sample, json!("late")), (Diagnosis, json!("late"))];
    assert_eq!(store_with(on, &first, late).await, Err(StoreError::Conflict));
    assert_eq!(on.attachment(&second.id, Sample).await, Ok(Some(json!("kept"))));
    assert_eq!(on.attachment(&second.id, Diagnosis).await, Ok(None));
}

pub async fn they_are_the_winners(on: &impl Store) {
    let mut last = incident("a", 1);
    for _ in 0..4 {
        let last_ref = &last;
        let writes = (0..6_u64).map(|count| async move {
            let next = Incident { count, ..last_ref.clone() };
            let beside = vec![(Sample, json!(count)), (Diagnosis, json!(count))];
            store_with(on, &next, beside).await
        });
        let mut won: Vec<_> = join_all(writes).await.into_iter().flatten().collect();
        assert_eq!(won.len(), 1, "{won:?}");
        last = won.remove(0);
        for which in [Sample, Diagnosis] {
            assert_eq!(on.attachment(&last.id, which).await, Ok(Some(json!(last.count))));
        }
    }
}

pub async fn large_ones_survive_and_shrink(on: &impl Store) {
    let mut last = incident("a", 1);
    for size in [2 << 20, 600 << 10, 10, 0, 1 << 20] {
        let (sample, diagnosis) = (noise(size / 4), noise(size));
        let beside = vec![(Sample, sample.clone()), (Diagnosis, diagnosis.clone())];
        last = store_with(on, &last, beside).await.unwrap();
        let found = on.attachment(&last.id, Diagnosis).await.unwrap();
        assert!(found == Some(diagnosis), "diagnosis of {size} bytes");
        let found = on.attachment(&last.id, Sample).await.unwrap();
        assert!(found == Some(sample), "sample of {} bytes", size / 4);
    }
    assert_eq!(on.group(last.id.group()).await, Ok(vec![last]));
}

/// JSON with a text of this length that hardly compresses.
pub fn noise(length: usize) -> Value {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let text: String = (0..length)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            char::from(b'#' + u8::try_from(state >> 58).unwrap())
        })
        .collect();
    json!({"policy": text})
}
