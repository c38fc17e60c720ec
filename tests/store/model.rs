//! Random operations on a store, beside a model of it in memory.

use crate::samples::{account, incident, later};
use crate::suite::lists::pages;
use jiff::Timestamp;
use locksmith_app::incident::{Incident, IncidentId, State};
use locksmith_app::ports::{Attachment, Inventory, OWNER_AGE, Store, StoreError};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One call to a store.
#[derive(Clone, Debug)]
enum Operation {
    /// Writes a version so far from the one that would follow, with these attachments.
    Write {
        id: (u8, u32),
        off: i8,
        state: State,
        opened: u8,
        attachments: Vec<(Attachment, u16)>,
    },
    Incident((u8, u32)),
    Group(u8),
    Attachment((u8, u32), Attachment),
    List(State, usize),
    Admit {
        principal: u8,
        allowance: u32,
        hour: i64,
    },
    Learned {
        bucket: u8,
        owner: u8,
        day: i64,
    },
    Owner {
        bucket: u8,
        day: i64,
    },
}

/// What the store should hold.
#[derive(Default)]
struct Model {
    incidents: BTreeMap<IncidentId, Incident>,
    attachments: BTreeMap<(IncidentId, Attachment), Value>,
    admitted: BTreeMap<(u8, i64), u32>,
    owners: BTreeMap<u8, (u8, i64)>,
}

fn operation() -> impl Strategy<Value = Operation> {
    let id = || (0..2_u8, 1..4_u32);
    let state = || prop::sample::select(&State::ALL[..4]);
    let attachment = || prop::sample::select(&Attachment::ALL[..]);
    let off = prop_oneof![6 => Just(0_i8), 1 => -2..=2_i8];
    let attachments = prop::collection::btree_map(attachment(), any::<u16>(), 0..=2);
    let write = (id(), off, state(), 0..5_u8, attachments);
    prop_oneof![
        6 => write.prop_map(|(id, off, state, opened, attachments)| Operation::Write {
            id, off, state, opened, attachments: attachments.into_iter().collect(),
        }),
        1 => id().prop_map(Operation::Incident),
        1 => (0..2_u8).prop_map(Operation::Group),
        2 => (id(), attachment()).prop_map(|(id, which)| Operation::Attachment(id, which)),
        2 => (state(), 1..4_usize).prop_map(|(state, limit)| Operation::List(state, limit)),
        2 => (0..2_u8, 0..4_u32, 0..2_i64).prop_map(|(principal, allowance, hour)| {
            Operation::Admit { principal, allowance, hour }
        }),
        1 => (0..2_u8, 0..3_u8, 0..10_i64).prop_map(|(bucket, owner, day)| {
            Operation::Learned { bucket, owner, day }
        }),
        1 => (0..2_u8, 0..20_i64).prop_map(|(bucket, day)| Operation::Owner { bucket, day }),
    ]
}

/// Compares a new store with the model for so many random sequences of operations.
pub fn holds<S: Store + Inventory, A>(cases: u32, open: impl AsyncFn() -> (S, A)) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner =
        TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let sequence = prop::collection::vec(operation(), 1..40);
    let outcome = runner.run(&sequence, |sequence| {
        runtime.block_on(async {
            let (store, _alive) = open().await;
            let mut model = Model::default();
            for operation in &sequence {
                model.check(&store, operation).await?;
            }
            Ok(())
        })
    });
    outcome.unwrap_or_else(|failed| panic!("{failed}"));
}

impl Model {
    async fn check(
        &mut self,
        store: &(impl Store + Inventory),
        operation: &Operation,
    ) -> Result<(), TestCaseError> {
        match operation {
            Operation::Write { id, off, state, opened, attachments } => {
                let new = sample(*id);
                let before = self.incidents.get(&new.id);
                let version = before.map_or(0, |before| before.version);
                let attachments: Vec<_> =
                    attachments.iter().map(|(which, value)| (*which, json!(value))).collect();
                let mut write = new.to_write(attachments, later(0));
                write.incident.version = (version + 1).saturating_add_signed((*off).into());
                write.incident.state = *state;
                write.incident.opened_at = opening(*opened);
                let follows = write.incident.version == version + 1;
                let expected = if follows { Ok(()) } else { Err(StoreError::Conflict) };
                prop_assert_eq!(store.write(&write).await, expected);
                if follows {
                    let id = write.incident.id.clone();
                    let beside = write.attachments.into_iter();
                    self.attachments
                        .extend(beside.map(|(which, value)| ((id.clone(), which), value)));
                    self.incidents.insert(id, write.incident);
                }
            }
            Operation::Incident(id) => {
                let id = sample(*id).id;
                let expected = self.incidents.get(&id).cloned();
                prop_assert_eq!(store.incident(&id).await, Ok(expected));
            }
            Operation::Group(group) => {
                let group = sample((*group, 1)).id.group().clone();
                let expected: Vec<_> = self
                    .incidents
                    .values()
                    .filter(|one| *one.id.group() == group)
                    .cloned()
                    .collect();
                prop_assert_eq!(store.group(&group).await, Ok(expected));
            }
            Operation::Attachment(id, which) => {
                let id = sample(*id).id;
                let expected = self.attachments.get(&(id.clone(), *which)).cloned();
                prop_assert_eq!(store.attachment(&id, *which).await, Ok(expected));
            }
            Operation::List(state, limit) => {
                let mut found = pages(store, *state, *limit).await.concat();
                prop_assert!(found.is_sorted_by_key(|incident| incident.opened_at));
                found.sort_by_key(|incident| incident.id.clone());
                let expected: Vec<_> =
                    self.incidents.values().filter(|one| one.state == *state).cloned().collect();
                prop_assert_eq!(found, expected);
            }
            Operation::Admit { principal, allowance, hour } => {
                let used = self.admitted.entry((*principal, *hour)).or_default();
                let expected = *used < *allowance;
                *used += u32::from(expected);
                let name = format!("AROA{principal}");
                let admitted = store.admit(&name, *allowance, later(hour * 3600)).await;
                prop_assert_eq!(admitted, Ok(expected));
            }
            Operation::Learned { bucket, owner, day } => {
                self.owners.insert(*bucket, (*owner, *day));
                let owner = account(&format!("11111111111{owner}"));
                let learned =
                    store.learned(&format!("b{bucket}"), owner, later(day * 86_400)).await;
                prop_assert_eq!(learned, Ok(()));
            }
            Operation::Owner { bucket, day } => {
                let days = OWNER_AGE.as_hours() / 24;
                let known = self.owners.get(bucket).filter(|(_, learned)| day - learned <= days);
                let expected = known.map(|(owner, _)| account(&format!("11111111111{owner}")));
                let owner = store.owner(&format!("b{bucket}"), later(day * 86_400)).await;
                prop_assert_eq!(owner, Ok(expected));
            }
        }
        Ok(())
    }
}

fn sample((group, number): (u8, u32)) -> Incident {
    incident(&format!("group {group}"), number)
}

/// Openings half a second apart.
fn opening(opened: u8) -> Timestamp {
    Timestamp::from_millisecond(later(0).as_second() * 1000 + i64::from(opened) * 500).unwrap()
}
