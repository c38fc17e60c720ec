//! The page and the door for events, over HTTP.

mod actions;
mod decision;
mod events;
mod guard;
mod language;
mod login;
mod pages;
mod sent;
mod session;
mod visitor;

use crate::inbox::{self, Inbox};
use crate::service::Service;
use crate::settings::{Origin, Settings};
use crate::worker;
use crate::world::World;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use core::future::{Future, IntoFuture as _};
use core::time::Duration;
use session::Sessions;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::{RwLock, watch};
pub(crate) use visitor::Visitor;

/// The largest form: a reason of 2,000 Chinese letters is 18,000 bytes, as forms encode it.
const FORM: usize = 32 << 10;
/// How long an answer that is under way may still take once the server was told to stop.
const CLOSE_WITHIN: Duration = Duration::from_secs(10);

/// What every request is answered with.
pub(crate) struct Site<W> {
    pub(crate) service: Arc<Service<W>>,
    pub(crate) settings: Settings,
    /// Where browsers see the page.
    pub(crate) origins: Vec<Origin>,
    pub(crate) sessions: Sessions,
    /// Held by each change that a request makes itself, until it is made; whoever ends the server waits
    /// for them and lets no other begin.
    pub(crate) under_way: Arc<RwLock<()>>,
}

/// A server that has its port and does not answer yet.
#[derive(Debug)]
pub struct Server<W> {
    service: Arc<Service<W>>,
    settings: Settings,
    listener: TcpListener,
    address: SocketAddr,
}

impl<W: World> Server<W> {
    /// Takes the port.
    ///
    /// # Errors
    /// Why the settings are refused, or the port cannot be had.
    pub async fn bind(service: Arc<Service<W>>, settings: Settings) -> Result<Self, String> {
        settings.check(|person| service.configuration().person(person).is_some())?;
        let problem = |error: io::Error| format!("{}: {error}", settings.address);
        let listener = TcpListener::bind(settings.address).await.map_err(problem)?;
        let address = listener.local_addr().map_err(problem)?;
        Ok(Self { service, settings, listener, address })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers, works, and reads the queue until `stop` is there. Then nothing new is begun, and what
    /// was begun is ended.
    ///
    /// # Errors
    /// Why it cannot answer any more.
    pub async fn run(
        self,
        inbox: impl Inbox,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), String> {
        let Self { service, settings, listener, address } = self;
        let site = site(Arc::clone(&service), settings, address);
        site.sessions.tell_link(&site);
        let under_way = Arc::clone(&site.under_way);
        let (stopped, stopping) = watch::channel(false);
        let stopped = Arc::new(stopped);
        let work = tokio::spawn(worker::work(Arc::clone(&service), stopping.clone()));
        let mut reading = tokio::spawn(inbox::read(service, inbox, stopping.clone()));
        let stops = Arc::clone(&stopped);
        tokio::spawn(async move {
            stop.await;
            stops.send_replace(true);
        });
        let serving =
            axum::serve(listener, router(site)).with_graceful_shutdown(told(stopping.clone()));
        let served = tokio::select! {
            served = serving.into_future() => served,
            () = in_vain(stopping) => Ok(()),
        };
        // Also where the page can be answered no more, a change under way comes to its end.
        stopped.send_replace(true);
        let _closed = under_way.write().await;
        let worked = work.await;
        if tokio::time::timeout(CLOSE_WITHIN, &mut reading).await.is_err() {
            // Messages of which the queue was not told come again.
            reading.abort();
        }
        served.map_err(|error| error.to_string())?;
        worked.map_err(|error| error.to_string())
    }
}

/// Waits until it is told to stop.
pub(crate) async fn told(mut stopping: watch::Receiver<bool>) {
    // Who could tell it is gone only with the server.
    let _ = stopping.wait_for(|stopped| *stopped).await;
}

/// Waits until it was told to stop and some connection outlasted all patience.
async fn in_vain(stopping: watch::Receiver<bool>) {
    told(stopping).await;
    tokio::time::sleep(CLOSE_WITHIN).await;
    tracing::warn!("connections that do not end are cut off");
}

fn site<W: World>(
    service: Arc<Service<W>>,
    settings: Settings,
    address: SocketAddr,
) -> Arc<Site<W>> {
    let origins = settings.origins(address);
    let sessions = Sessions::new(&settings.entrance, address.port());
    Arc::new(Site { service, settings, origins, sessions, under_way: Arc::default() })
}

fn router<W: World>(site: Arc<Site<W>>) -> Router {
    let forms = Router::new()
        .route("/", get(pages::overview))
        .route("/incidents", get(pages::list))
        .route("/incidents/{id}", get(pages::incident))
        .route("/incidents/{id}/decision", post(actions::decide))
        .route("/incidents/{id}/undo", post(actions::undo))
        .route("/incidents/{id}/again", post(actions::call_again))
        .route("/login", get(login::login))
        .route("/logout", post(login::logout))
        .route("/act-as", post(login::act_as))
        .route("/style.css", get(pages::style))
        .route("/icon.svg", get(pages::icon))
        .fallback(pages::nothing_here)
        .method_not_allowed_fallback(pages::nothing_here)
        .layer(DefaultBodyLimit::max(FORM))
        .layer(from_fn_with_state(Arc::clone(&site), guard::browsers));
    let machines = Router::new()
        .route("/events", post(events::take).layer(DefaultBodyLimit::max(events::LARGEST)))
        .route("/healthz", get(events::healthy));
    machines.merge(forms).layer(axum::middleware::from_fn(guard::every)).with_state(site)
}
