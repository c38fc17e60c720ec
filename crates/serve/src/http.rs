//! The page and the door for events, over HTTP.

mod actions;
mod decision;
mod events;
mod guard;
mod language;
mod login;
mod pages;
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
use core::future::Future;
use session::Sessions;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;
pub(crate) use visitor::Visitor;

/// The largest form.
const FORM: usize = 16 << 10;

/// What every request is answered with.
pub(crate) struct Site<W> {
    pub(crate) service: Arc<Service<W>>,
    pub(crate) settings: Settings,
    /// Where browsers see the page.
    pub(crate) origins: Vec<Origin>,
    pub(crate) sessions: Sessions,
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
        let (stopped, stopping) = watch::channel(false);
        let work = tokio::spawn(worker::work(Arc::clone(&service), stopping.clone()));
        let reading = tokio::spawn(inbox::read(service, inbox));
        let ended = {
            let mut stopping = stopping;
            async move { while !*stopping.borrow() && stopping.changed().await.is_ok() {} }
        };
        tokio::spawn(async move {
            stop.await;
            let _ = stopped.send(true);
        });
        let served = axum::serve(listener, router(site)).with_graceful_shutdown(ended).await;
        reading.abort();
        // Also where the page can be answered no more: a change under way comes to its end.
        let worked = work.await;
        served.map_err(|error| error.to_string())?;
        worked.map_err(|error| error.to_string())
    }
}

fn site<W: World>(
    service: Arc<Service<W>>,
    settings: Settings,
    address: SocketAddr,
) -> Arc<Site<W>> {
    let origins = settings.origins(address);
    let sessions = Sessions::new(&settings.entrance, address.port());
    Arc::new(Site { service, settings, origins, sessions })
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
