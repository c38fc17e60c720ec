//! Incidents by state.

use crate::samples::{incident, later, store};
use locksmith_app::incident::{Incident, IncidentId, State};
use locksmith_app::ports::{Store, StoreError};

pub async fn pages_hold_everything_once_in_order(on: &impl Store) {
    let mut expected = Vec::new();
    for number in 1..=25 {
        // Not in the order of the numbers, across two groups, with whole and broken seconds.
        let opened_at = later(i64::from(number * 7 % 25));
        let opened_at = if number % 2 == 0 {
            opened_at
        } else {
            jiff::Timestamp::from_second(opened_at.as_second()).unwrap()
        };
        let group = if number % 3 == 0 { "a" } else { "b" };
        let new = Incident { opened_at, ..incident(group, number) };
        expected.push(store(on, &new).await.unwrap());
    }
    store(on, &Incident { state: State::Manual, ..incident("a", 100) }).await.unwrap();
    expected.sort_by_key(|incident| incident.opened_at);
    for limit in [1, 10, 24, 25, 26, 100] {
        let pages = pages(on, State::Detected, limit).await;
        assert_eq!(pages.len(), 25_usize.div_ceil(limit), "pages of {limit}");
        assert!(pages.iter().all(|page| page.len() <= limit), "pages of {limit}");
        assert_eq!(pages.concat(), expected, "pages of {limit}");
    }
}

pub async fn they_follow_the_state(on: &impl Store) {
    let mut last = store(on, &incident("a", 1)).await.unwrap();
    let other = store(on, &incident("a", 2)).await.unwrap();
    for state in State::ALL {
        last = store(on, &Incident { state, ..last }).await.unwrap();
        for listed in State::ALL {
            let mut expected = Vec::new();
            if listed == state {
                expected.push(last.clone());
            }
            if listed == State::Detected {
                expected.push(other.clone());
            }
            let mut found = pages(on, listed, 10).await.concat();
            found.sort_by_key(|incident| incident.id.number());
            assert_eq!(found, expected, "{listed} while in {state}");
        }
    }
    let counted = store(on, &Incident { count: 9, ..last }).await.unwrap();
    assert_eq!(pages(on, counted.state, 10).await.concat(), [counted], "lists show what is stored");
}

pub async fn what_leaves_between_pages_takes_nothing_with_it(on: &impl Store) {
    let mut stored = Vec::new();
    for number in 1..=9 {
        let opened_at = later(number.into());
        stored.push(store(on, &Incident { opened_at, ..incident("a", number) }).await.unwrap());
    }
    let first = on.in_state(State::Detected, 3, None).await.unwrap();
    assert_eq!(numbers(&first.items), [1, 2, 3]);
    for number in [3, 4, 6] {
        let leaving = stored.iter().find(|incident| incident.id.number() == number).unwrap();
        let left = Incident { state: State::Diagnosed, ..leaving.clone() };
        store(on, &left).await.unwrap();
    }
    let second = on.in_state(State::Detected, 3, first.next.as_deref()).await.unwrap();
    assert_eq!(numbers(&second.items), [5, 7, 8]);
    let third = on.in_state(State::Detected, 3, second.next.as_deref()).await.unwrap();
    assert_eq!((numbers(&third.items), third.next), (vec![9], None));
}

pub async fn limits_and_places_are_checked(on: &impl Store) {
    for number in 1..=101 {
        store(on, &incident("a", number)).await.unwrap();
    }
    assert_eq!(on.in_state(State::Detected, 0, None).await.unwrap().items.len(), 1);
    assert_eq!(on.in_state(State::Detected, usize::MAX, None).await.unwrap().items.len(), 100);
    let id: IncidentId = incident("a", 1).id;
    let no_place =
        ["", "~", "x", &id.to_string(), &format!("2026-10-07~{id}"), "2026-10-07T00:00:00Z~x-1"];
    for text in no_place {
        let found = on.in_state(State::Detected, 1, Some(text)).await;
        assert!(
            matches!(&found, Err(StoreError::Failed(why)) if why.contains("begin without")),
            "{found:?}"
        );
    }
}

/// All pages of a list.
pub(crate) async fn pages(on: &impl Store, state: State, limit: usize) -> Vec<Vec<Incident>> {
    let mut pages = Vec::new();
    let mut next = None;
    loop {
        let page = on.in_state(state, limit, next.as_deref()).await.unwrap();
        pages.push(page.items);
        next = page.next;
        if next.is_none() {
            return pages;
        }
        assert!(pages.len() < 1000, "pages without an end");
    }
}

fn numbers(incidents: &[Incident]) -> Vec<u32> {
    incidents.iter().map(|incident| incident.id.number()).collect()
}
