//! Many incidents: all are found, page by page.

use super::scene::{Scene, event};
use locksmith_app::detect::Message;
use locksmith_app::incident::State;
use locksmith_app::ports::Clock as _;
use std::collections::BTreeSet;

#[tokio::test]
async fn a_thousand_incidents_are_paged_through() {
    let scene = Scene::new();
    let service = scene.service();
    let message = |number: usize| {
        let event = event(number, "a/b", &format!("bucket-{number:04}"), scene.clock.now());
        Message { id: number.to_string(), body: event.to_string() }
    };
    assert_eq!(service.detect((0..1000).map(message).collect()).await.failed, []);
    let running = scene.logged_in(&["alice"]).await;
    // The worker explains them meanwhile; those that it has not come to yet stand in another list.
    let mut seen = BTreeSet::new();
    super::scene::until("every diagnosis", async || {
        let left = scene.store_in(State::Detected).await;
        Some(()).filter(|()| left == 0)
    })
    .await;
    let states: BTreeSet<_> = scene.all().await.iter().map(|one| one.state).collect();
    for state in states {
        let mut path = format!("/incidents?state={}", state.name());
        for pages in 0.. {
            assert!(pages < 40, "the pages do not end");
            let page = running.client.get(&path).await;
            assert_eq!(page.status, 200);
            let rows: Vec<_> = page.body.split("href=\"/incidents/").skip(1).collect();
            assert!(rows.len() <= 50);
            for row in rows {
                assert!(seen.insert(row.split('"').next().unwrap().to_owned()), "shown twice");
            }
            let Some((_, next)) = page.body.split_once("rel=\"next\" href=\"") else { break };
            path = next.split('"').next().unwrap().replace("&amp;", "&");
        }
    }
    assert_eq!(seen.len(), 1000);
    let overview = running.client.get("/").await;
    assert!(overview.body.matches("<tr>").count() < 14 * 9, "the overview stays short");
    running.stop().await;
}

#[tokio::test]
async fn lists_that_do_not_exist_lead_back() {
    let scene = Scene::new();
    let running = scene.logged_in(&["alice"]).await;
    for (path, leads_to) in [
        ("/incidents", "/"),
        ("/incidents?state=", "/"),
        ("/incidents?state=nonsense", "/"),
        ("/incidents?state=failed&after=nonsense", "/incidents?state=failed"),
    ] {
        let answer = running.client.get(path).await;
        assert_eq!((answer.status, answer.header("location")), (303, Some(leads_to)), "{path}");
    }
    for path in
        ["/incidents/nothing", "/incidents/5f0c61aa93b2d7e4-1", "/%2e%2e/etc/passwd", "/incidents/"]
    {
        assert_eq!(running.client.get(path).await.status, 404, "{path}");
    }
    running.stop().await;
}
