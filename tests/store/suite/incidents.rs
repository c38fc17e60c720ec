//! Incidents.

use crate::samples::{group, incident, later, now, store, store_with};
use futures_util::future::join_all;
use locksmith_app::approve::{Missing, Objection};
use locksmith_app::change::{Difference, Differences, Left, LeftHow, Remains, Why};
use locksmith_app::incident::{Incident, State};
use locksmith_app::ports::{Attachment, Store, StoreError};
use locksmith_app::remark::{Brief, Remark};
use locksmith_core::arn::AccountId;
use locksmith_core::diagnosis::{StatementPlace, Unknown, UnknownCode};
use locksmith_core::evaluate::Layer;
use locksmith_core::plan::ChangeKind;
use serde_json::json;

pub async fn what_is_written_is_read(on: &impl Store) {
    let new = incident("a", 1);
    assert_eq!(on.incident(&new.id).await, Ok(None));
    assert_eq!(on.group(new.id.group()).await, Ok(vec![]));
    let written = store(on, &new).await.unwrap();
    assert_eq!(written.version, 1);
    assert_eq!(on.incident(&new.id).await, Ok(Some(written.clone())));
    assert_eq!(on.group(new.id.group()).await, Ok(vec![written.clone()]));
    let again = Incident { count: 7, ..written };
    let again = store(on, &again).await.unwrap();
    assert_eq!(on.incident(&new.id).await, Ok(Some(again)));
}

pub async fn creation_is_exclusive(on: &impl Store) {
    for number in 1..=3 {
        let creations = (0..16).map(|count| async move {
            let new = Incident { count, ..incident("a", number) };
            // With and without attachments are two different calls to DynamoDB.
            let sample = (count % 2 == 0).then(|| (Attachment::Sample, json!(count)));
            store_with(on, &new, sample.into_iter().collect()).await
        });
        let created = join_all(creations).await;
        let (won, lost): (Vec<_>, Vec<_>) = created.into_iter().partition(Result::is_ok);
        assert_eq!(won.len(), 1, "{won:?}");
        assert!(lost.iter().all(|lost| *lost == Err(StoreError::Conflict)), "{lost:?}");
        let won = won.into_iter().next().unwrap().unwrap();
        assert_eq!(on.incident(&won.id).await, Ok(Some(won)));
    }
}

pub async fn a_version_that_does_not_follow_conflicts(on: &impl Store) {
    let first = store(on, &incident("a", 1)).await.unwrap();
    let second = store(on, &first).await.unwrap();
    let skipped = Incident { version: 3, ..second.clone() };
    let missing = Incident { version: 1, ..incident("a", 2) };
    for wrong in [&incident("a", 1), &first, &skipped, &missing] {
        assert_eq!(store(on, wrong).await, Err(StoreError::Conflict), "{wrong:?}");
        let beside = vec![(Attachment::Diagnosis, json!("wrong"))];
        assert_eq!(store_with(on, wrong, beside).await, Err(StoreError::Conflict), "{wrong:?}");
    }
    let mut none = incident("a", 2).to_write(Vec::new(), now());
    none.incident.version = 0;
    assert_eq!(on.write(&none).await, Err(StoreError::Conflict), "versions begin with 1");
    assert_eq!(on.group(second.id.group()).await, Ok(vec![second]));
}

pub async fn every_increment_survives(on: &impl Store) {
    let (writers, times) = (8_u64, 5);
    let first = store(on, &Incident { count: 0, ..incident("a", 1) }).await.unwrap();
    join_all((0..writers).map(|_| async {
        for _ in 0..times {
            loop {
                let mut read = on.incident(&first.id).await.unwrap().unwrap();
                read.count += 1;
                match store(on, &read).await {
                    Ok(_) => break,
                    Err(StoreError::Conflict) => {}
                    Err(failed) => panic!("{failed}"),
                }
            }
        }
    }))
    .await;
    let last = on.incident(&first.id).await.unwrap().unwrap();
    assert_eq!((last.count, last.version), (writers * times, writers * times + 1));
}

pub async fn groups_are_apart_and_in_order(on: &impl Store) {
    for number in [11, 2, 1, 10, 4_000_000_000] {
        for name in ["a", "b"] {
            let beside = vec![(Attachment::Sample, json!(name)), (Attachment::Diagnosis, json!(1))];
            store_with(on, &incident(name, number), beside).await.unwrap();
        }
    }
    let found = on.group(&group("a")).await.unwrap();
    let numbers: Vec<u32> = found.iter().map(|incident| incident.id.number()).collect();
    assert_eq!(numbers, [1, 2, 10, 11, 4_000_000_000]);
    assert!(found.iter().all(|incident| *incident.id.group() == group("a")));
    assert_eq!(on.group(&group("c")).await, Ok(vec![]));
}

/// A fact with numbers and with nothing deep within.
fn unseen(text: &str) -> Brief {
    let unknown = Unknown {
        layer: Some(Layer::Scp),
        account: None,
        key: None,
        code: UnknownCode::Statement,
        statement: Some(StatementPlace { policy: Some(text.to_owned()), index: 7 }),
        detail: None,
        why: text.to_owned(),
    };
    Brief::Unknown { unknown: Box::new(unknown) }
}

/// Remarks with numbers, lists and remarks within.
fn remarks(text: &str) -> Vec<Remark> {
    let differences = Differences(vec![
        Difference::Unnamed { index: 3, added: true },
        Difference::More { count: u64::from(u32::MAX) },
        Difference::Told(text.to_owned()),
    ]);
    let account = AccountId::parse("111111111111").unwrap();
    let (kind, target) = (ChangeKind::PutBucketPolicy, text.to_owned());
    let how = LeftHow::Changed { what: differences.clone() };
    let left = Left { kind, target: target.clone(), how };
    let why = Box::new(Why::ChangedSincePlanned { how: differences });
    let why = Why::At { kind, account, target, why };
    let missing = Missing { account, given: 1, quorum: Some(2) };
    vec![
        Remark::HalfWay { why, accounts: vec![Remains { account, what: vec![left] }] },
        Remark::StillDenied { cause: None },
        Remark::StillDenied { cause: Some(Box::new(unseen(text))) },
        Remark::Objection { objection: Objection::TooFew(missing) },
        Remark::Told(text.to_owned()),
    ]
}

pub async fn remarks_survive(on: &impl Store) {
    for (number, remark) in (1..).zip(remarks("a `name`")) {
        let told = Incident { remark: Some(remark), ..incident("told", number) };
        let stored = store(on, &told).await.unwrap();
        assert_eq!(on.incident(&stored.id).await, Ok(Some(stored)));
    }
}

pub async fn odd_texts_and_numbers_survive(on: &impl Store) {
    for (number, text) in (1..).zip(["", " ", "\u{0}", "\"'#~/%", "ümläut 漢字 🔑", "e\u{301}"])
    {
        let odd = Incident {
            remark: Some(Remark::Said {
                reason: text.to_owned(),
                person: text.to_owned(),
                until: None,
            }),
            principal: text.to_owned(),
            principal_arn: None,
            principal_account: None,
            resource: text.to_owned(),
            prefix: Some(text.repeat(500)),
            key: Some(text.to_owned()),
            count: u64::MAX,
            first_seen: "1970-01-01T00:00:00.000000001Z".parse().unwrap(),
            last_seen: "9999-12-30T22:00:00.999999999Z".parse().unwrap(),
            causes: vec![Brief::Told(text.to_owned()), Brief::Told(String::new()), unseen(text)],
            ..incident("odd", number)
        };
        let beside = vec![(Attachment::Sample, json!({text: [text, null, -1, u64::MAX]}))];
        let odd = store_with(on, &odd, beside.clone()).await.unwrap();
        assert_eq!(on.incident(&odd.id).await, Ok(Some(odd.clone())), "{text:?}");
        let read = on.attachment(&odd.id, Attachment::Sample).await.unwrap();
        assert_eq!(read, Some(json!({text: [text, null, -1, u64::MAX]})), "{text:?}");
        let next = store(on, &Incident { state: State::Manual, ..odd }).await.unwrap();
        assert_eq!(on.incident(&next.id).await, Ok(Some(next)), "{text:?}");
    }
    let mut crowded = incident("crowded", 1);
    for event in 0..500 {
        crowded.recent.insert(u64::MAX - event);
    }
    let crowded = store(on, &crowded).await.unwrap();
    assert_eq!(on.incident(&crowded.id).await, Ok(Some(crowded)));
}

pub async fn what_may_be_forgotten_is_there_until_it_is(on: &impl Store) {
    let mut old = incident("a", 1).to_write(vec![(Attachment::Sample, json!(1))], later(0));
    old.incident.kept_until = later(-1_000_000_000);
    on.write(&old).await.unwrap();
    let old = old.incident;
    assert_eq!(on.incident(&old.id).await, Ok(Some(old.clone())));
    assert_eq!(store(on, &incident("a", 1)).await, Err(StoreError::Conflict));
    let renewed = old.to_write(Vec::new(), now());
    assert!(renewed.renews && renewed.incident.kept_until > later(180 * 24 * 3600));
    on.write(&renewed).await.unwrap();
    assert_eq!(on.incident(&old.id).await, Ok(Some(renewed.incident)));
    assert_eq!(on.attachment(&old.id, Attachment::Sample).await, Ok(Some(json!(1))));
}
