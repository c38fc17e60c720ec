//! Work that goes wrong, and work that takes long.

use super::work;
use crate::clock::WallClock;
use crate::demo;
use crate::folder::Folder;
use crate::service::Service;
use crate::world::World;
use core::time::Duration;
use locksmith_app::config::Configuration;
use locksmith_app::incident::State;
use locksmith_store::EmbeddedStore;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::watch;

/// The demonstration's folder, whose evidence cannot be had the first time it is asked for.
struct Breaking {
    folder: Folder,
    asked: AtomicU32,
}

impl World for Breaking {
    type Documents = Folder;
    type Evidence = Folder;
    type Witness = Folder;
    type Opinions = Folder;
    type Clock = WallClock;

    fn documents(&self) -> &Folder {
        &self.folder
    }

    fn evidence(&self) -> &Folder {
        assert!(self.asked.fetch_add(1, Ordering::SeqCst) > 0, "a panic that is meant");
        &self.folder
    }

    fn witness(&self) -> &Folder {
        &self.folder
    }

    fn opinions(&self) -> &Folder {
        &self.folder
    }

    fn clock(&self) -> &WallClock {
        World::clock(&self.folder)
    }
}

fn service(dir: &Path) -> Service<Breaking> {
    // Puts the files there.
    drop(demo::open(dir).unwrap());
    let store = EmbeddedStore::open(&dir.join("other.redb")).unwrap();
    let configuration = Configuration::parse(include_str!("../demo/locksmith.toml")).unwrap();
    let folder = Folder::open(&dir.join("evidence")).unwrap();
    let world = Breaking { folder, asked: AtomicU32::new(0) };
    Service::new(store, configuration, world, Duration::ZERO)
}

#[tokio::test]
async fn an_incident_whose_work_panicked_is_taken_up_again() {
    let dir = tempfile::tempdir().unwrap();
    let service = Arc::new(service(dir.path()));
    let id = demo::deny(&*service).await.unwrap();
    let (stop, stopping) = watch::channel(false);
    let working = tokio::spawn(work(Arc::clone(&service), stopping));
    let card = demo::diagnosed(&*service, &id).await.unwrap();
    assert_eq!(card.incident.state, State::AwaitingApproval);
    assert_eq!(service.world().asked.load(Ordering::SeqCst), 2, "once in vain");
    stop.send(true).unwrap();
    working.await.unwrap();
}
