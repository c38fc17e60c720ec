//! Links to reports: in the language of whoever gets one, and new ones before they end.

use crate::outside::{Outside, TOLD, notify, tell};
use crate::scene::{OWNED, Scene};
use jiff::{SignedDuration, Timestamp};
use locksmith_app::approve::Decision;
use locksmith_app::incident::{IncidentId, State};
use std::collections::BTreeMap;

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Tickets in French; the service can be reached from outside.
fn told() -> String {
    let chat = TOLD.replace("secret = \"s\"", "secret = \"s\"\naddress = \"https://reports\"");
    format!("{OWNED}{}", chat.replace("secret = \"t\"", "secret = \"t\"\nlocale = \"fr\""))
}

/// The links that people have, by place: the language, and until when one works.
fn links(outside: &Outside) -> BTreeMap<String, (String, Timestamp)> {
    let reports = outside.reports.lock().unwrap();
    let link = |address: &String| {
        let (_, query) = address.split_once('?').unwrap();
        let (locale, until) = query.split_once('&').unwrap();
        (locale.to_owned(), until.parse().unwrap())
    };
    reports.iter().map(|(place, address)| (place.clone(), link(address))).collect()
}

/// Looks every few hours for so many days; answers how often people were told something.
async fn looked(
    scene: &Scene,
    outside: &Outside,
    days: i64,
    each: impl Fn(BTreeMap<String, (String, Timestamp)>),
) -> usize {
    let before = outside.calls();
    for _ in 0..days * 3 {
        scene.pass(SignedDuration::from_hours(8));
        let due = notify(scene, outside, "one").due(scene.now(), true, &|| true).await.unwrap();
        assert_eq!(due.failed, []);
        each(links(outside));
    }
    outside.calls() - before
}

#[tokio::test]
async fn a_link_is_in_the_language_of_whoever_gets_it() {
    let more = format!("approval.break_glass.people = [\"bob\"]\n{}", told());
    let (scene, id) = Scene::asked(&more).await;
    let outside = Outside::default();
    scene.click(&id, "bob", Decision::BreakGlass { reason: "fire".into() }).await.unwrap();
    tell(&scene, &outside, &id).await.unwrap();
    let links = links(&outside);
    let languages: Vec<_> = links.iter().map(|(place, (tag, _))| (&**place, &**tag)).collect();
    let expected = [("audit", "en"), ("callers", "ja"), ("everything", "en"), ("ticket", "fr")];
    assert_eq!(languages, expected);
}

/// Whatever waits for people: its links work for months, and are changed once a week.
#[tokio::test]
async fn links_of_open_incidents_do_not_end() {
    for state in [State::Applied, State::Manual, State::Failed] {
        let (scene, id) = Scene::asked(&told()).await;
        put(&scene, &id, state).await;
        let outside = Outside::default();
        tell(&scene, &outside, &id).await.unwrap();
        let first = links(&outside);
        assert_eq!(first.len(), 3, "two rooms and the ticket");
        let told = looked(&scene, &outside, 70, |links| {
            for (place, (_, until)) in links {
                let left = until.duration_since(scene.now());
                assert!(left > DAY && left <= DAY * 14, "{state}, {place}: {left:#}");
            }
        })
        .await;
        assert_eq!(told, 10 * 3, "{state}: each place once a week");
        assert!(outside.notices.lock().unwrap().is_empty(), "nobody is called for it");
        assert_eq!(outside.ticket().comments, [], "and nothing is said in the ticket");
        // Nobody cares for months: it is left alone, so that the store can forget it.
        let told = looked(&scene, &outside, 40, |_| ()).await;
        assert!(told <= 3 * 3, "{state}: {told}");
        assert_eq!(looked(&scene, &outside, 60, |_| ()).await, 0, "{state}");
    }
}

#[tokio::test]
async fn what_ended_is_left_as_it_is() {
    for state in [State::Verified, State::Rejected, State::NoChangeNeeded, State::Suppressed] {
        let (scene, id) = Scene::asked(&told()).await;
        let outside = Outside::default();
        tell(&scene, &outside, &id).await.unwrap();
        scene.pass(DAY * 10);
        put(&scene, &id, state).await;
        tell(&scene, &outside, &id).await.unwrap();
        for (_, until) in links(&outside).into_values() {
            assert!(until.duration_since(scene.now()) > DAY * 7, "{state}: one week is left");
        }
        assert_eq!(looked(&scene, &outside, 100, |_| ()).await, 0, "{state}");
        // Told again, for whatever reason: what people see does not differ from what they should see.
        let calls = outside.calls();
        tell(&scene, &outside, &id).await.unwrap();
        assert_eq!(outside.calls(), calls, "{state}");
    }
}

/// Without an address there is nothing to renew.
#[tokio::test]
async fn where_reports_have_no_address() {
    let (scene, id) = Scene::asked(&told().replace("address = \"https://reports\"", "")).await;
    put(&scene, &id, State::Manual).await;
    let outside = Outside::default();
    tell(&scene, &outside, &id).await.unwrap();
    assert_eq!(looked(&scene, &outside, 30, |_| ()).await, 0);
}

/// A link that cannot be made just now takes none away; it is made up for.
#[tokio::test]
async fn where_the_key_cannot_be_read() {
    let (scene, id) = Scene::asked(&told()).await;
    let outside = Outside::default();
    let no_links = |_: &IncidentId, _, _: Timestamp| None;
    let mut people = notify(&scene, &outside, "one");
    people.incident(&id, scene.now()).await.unwrap();
    let (first, calls) = (links(&outside), outside.calls());
    scene.pass(DAY * 8);
    put(&scene, &id, State::AwaitingApproval).await;
    people.report = &no_links;
    people.incident(&id, scene.now()).await.unwrap();
    let known: Vec<_> = outside.reports.lock().unwrap().values().cloned().collect();
    assert!(known.iter().all(String::is_empty), "the card changed, and has no link: {known:?}");
    assert_eq!(outside.calls(), calls + 3);
    people.incident(&id, scene.now()).await.unwrap();
    assert_eq!(outside.calls(), calls + 3);
    notify(&scene, &outside, "one").incident(&id, scene.now()).await.unwrap();
    assert_eq!(links(&outside).len(), first.len());
    assert_eq!(outside.calls(), calls + 6);
}

/// The incident stands here since just now.
async fn put(scene: &Scene, id: &IncidentId, state: State) {
    let now = scene.now();
    scene
        .forge(id, Vec::new(), |incident| {
            incident.state = state;
            incident.state_since = now;
            incident.told = false;
        })
        .await;
}
