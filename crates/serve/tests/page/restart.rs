//! Processes that end in the middle: the next one goes on.

use super::scene::{Scene, denied};
use core::future::Future;
use core::pin::pin;
use core::task::Poll;
use locksmith_app::approve::{Click, Decision};
use locksmith_app::incident::{IncidentId, State};
use locksmith_serve::{Folder, Service};
use std::collections::BTreeSet;
use std::sync::Arc;

type Process = Arc<Service<Folder<super::scene::Ahead>>>;

/// Both owners agree, and nobody works.
async fn approved(scene: &Scene) -> (Process, IncidentId) {
    let service = scene.service();
    let id = denied(&service, scene).await;
    service.go_on(&id).await.unwrap();
    let digest = service.card(&id).await.unwrap().unwrap().plan.unwrap().digest;
    for person in ["alice", "bob"] {
        let click = Click {
            incident: &id,
            digest: &digest,
            person,
            groups: &BTreeSet::new(),
            asked_at: None,
            account: None,
            decision: Decision::Approve,
            from: "a test",
        };
        service.decide(&click).await.unwrap();
    }
    assert_eq!(scene.incident(&id).await.state, State::Approved);
    (service, id)
}

/// Lets a future go on so many times, and kills it if it is not done then.
async fn killed_after<T>(times: usize, future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    let mut left = times;
    core::future::poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}

#[tokio::test]
async fn what_was_approved_is_made_by_the_next_process() {
    let scene = Scene::new();
    let (service, id) = approved(&scene).await;
    drop(service);
    let running = scene.run(&["alice"]).await;
    scene.comes_to(&id, State::Applied).await;
    running.stop().await;
}

#[tokio::test]
async fn what_was_detected_is_explained_by_the_next_process() {
    let scene = Scene::new();
    let id = denied(&scene.service(), &scene).await;
    let running = scene.run(&["alice"]).await;
    scene.comes_to(&id, State::AwaitingApproval).await;
    running.stop().await;
}

/// A process is killed after each of its steps in turn; the next one, minutes later, finishes what it
/// began, and nothing is made twice.
#[tokio::test]
async fn a_change_that_was_cut_off_is_finished() {
    let whole = Scene::new();
    let (service, id) = approved(&whole).await;
    service.go_on(&id).await.unwrap();
    let made = whole.files();
    let mut ended = false;
    for times in (1..400).step_by(4) {
        let scene = Scene::new();
        let (service, id) = approved(&scene).await;
        ended = killed_after(times, service.go_on(&id)).await.is_some();
        drop(service);
        scene.clock.pass(240);
        let running = scene.run(&["alice"]).await;
        scene.comes_to(&id, State::Applied).await;
        running.stop().await;
        assert_eq!(scene.files(), made, "killed after {times}");
        if ended {
            break;
        }
    }
    assert!(ended, "the change never came to its end by itself");
}

/// Who is told to stop ends the change that is under way.
#[tokio::test]
async fn a_process_that_is_told_to_stop_ends_what_it_began() {
    let scene = Scene::new();
    let running = scene.logged_in(&["alice", "bob"]).await;
    let id = running.asked(&scene).await;
    running.decide(&id, &[("decision", "approve")]).await;
    running.act_as("bob").await;
    let form = running.form(&id).await;
    let mut fields: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.push(("decision", "approve"));
    let client = running.client.clone();
    let path = format!("/incidents/{id}/decision");
    let (_, ()) = tokio::join!(client.post(&path, &fields), async {
        scene.until_not(&id, State::AwaitingApproval).await;
        running.stop().await;
    });
    let state = scene.incident(&id).await.state;
    assert!(matches!(state, State::Approved | State::Applied), "{state}: never half-way");
}
