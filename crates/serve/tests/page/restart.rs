//! Processes that end in the middle: the next one goes on.

use super::scene::{Scene, denied, until};
use core::future::Future;
use core::pin::pin;
use core::task::Poll;
use locksmith_app::approve::{Click, Decision};
use locksmith_app::incident::{IncidentId, State};
use locksmith_serve::{Entrance, Folder, Inbox, Received, Service};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

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

/// A round that is told to stop begins with nothing more.
#[tokio::test]
async fn a_round_goes_on_only_as_long_as_it_may() {
    let scene = Scene::new();
    let (service, id) = approved(&scene).await;
    scene.clock.pass(700);
    assert_eq!(service.sweep(|| false).await.unwrap().looked_at, 0);
    assert_eq!(scene.incident(&id).await.state, State::Approved);
    assert_eq!(service.sweep(|| true).await.unwrap().applied, [id]);
}

/// Also one whose browser went away.
#[tokio::test]
async fn a_process_that_is_told_to_stop_ends_an_undo() {
    let scene = Scene::new();
    let (service, id) = approved(&scene).await;
    let before = scene.files();
    service.go_on(&id).await.unwrap();
    let made = scene.files();
    assert_ne!(made, before);
    let running = scene.logged_in(&["alice"]).await;
    let (client, at) = (running.client.clone(), format!("/incidents/{id}"));
    let page = client.get(&at).await;
    let (token, since) = (page.field("form_token"), page.field("since"));
    let browser = tokio::spawn(async move {
        let fields = [("form_token", token.as_str()), ("since", &since), ("reason", "a test")];
        client.post(&format!("{at}/undo"), &fields).await
    });
    until("an undo", async || Some(()).filter(|()| scene.files() != made)).await;
    browser.abort();
    running.stop().await;
    assert_eq!(scene.files(), before);
    assert_eq!(scene.incident(&id).await.state, State::RolledBack);
}

/// A connection that says nothing more keeps no process alive, and meanwhile nothing is taken in.
#[tokio::test]
async fn a_process_that_is_told_to_stop_waits_for_nobody_for_long() {
    let scene = Scene::new();
    let people = vec!["alice".to_owned()];
    let inbox = Asked::default();
    let running = scene.run_with(scene.settings(Entrance::Link { people }), inbox.clone()).await;
    let mut silent = TcpStream::connect(running.client.address).await.unwrap();
    let host = running.client.address;
    let head = format!("POST /events HTTP/1.1\r\nhost: {host}\r\ncontent-length: 9\r\n\r\n{{");
    silent.write_all(head.as_bytes()).await.unwrap();
    until("a look into the queue", async || Some(()).filter(|()| inbox.times() > 0)).await;
    let stopping = tokio::spawn(running.stop());
    tokio::time::sleep(Duration::from_millis(200)).await;
    let asked = inbox.times();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(inbox.times(), asked, "nothing more is asked for");
    assert!(!stopping.is_finished(), "an answer that is under way gets some time");
    tokio::time::timeout(Duration::from_mins(1), stopping).await.unwrap().unwrap();
    drop(silent);
}

/// A queue in which there is never anything.
#[derive(Clone, Debug, Default)]
struct Asked(Arc<AtomicUsize>);

impl Asked {
    fn times(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

impl Inbox for Asked {
    async fn receive(&self) -> Result<Vec<Received>, String> {
        self.0.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(10)).await;
        Ok(Vec::new())
    }

    async fn delete(&self, _: Vec<String>) -> Result<(), String> {
        Ok(())
    }
}
