//! Lambda's runtime API: what a function asks for work, and where it puts the answers.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>

use crate::http::{Server, serve};
use hyper::body::Bytes;
use hyper::{Request, Response, StatusCode};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::{Mutex, mpsc, oneshot};

/// What became of an invocation.
#[derive(Debug)]
pub enum Outcome {
    /// The function's answer.
    Answer(Value),
    /// The function's error, as it reported it.
    Error(Value),
    /// The process ended.
    Exited(String),
    /// The time was up.
    TimedOut,
}

/// A runtime API with one function as its client.
#[derive(Debug)]
pub(super) struct RuntimeApi {
    server: Server,
    name: String,
    work: mpsc::UnboundedSender<Work>,
    polled: Option<oneshot::Receiver<Result<(), String>>>,
    invoked: u64,
}

#[derive(Debug)]
struct Work {
    id: String,
    payload: Bytes,
    arn: String,
    trace: String,
    deadline: u128,
    done: oneshot::Sender<Outcome>,
}

#[derive(Debug)]
struct State {
    waiting: Mutex<mpsc::UnboundedReceiver<Work>>,
    begun: std::sync::Mutex<HashMap<String, oneshot::Sender<Outcome>>>,
    polled: std::sync::Mutex<Option<oneshot::Sender<Result<(), String>>>>,
}

impl RuntimeApi {
    pub(super) async fn new(name: &str) -> Self {
        let (work, waiting) = mpsc::unbounded_channel();
        let (first, polled) = oneshot::channel();
        let state = Arc::new(State {
            waiting: Mutex::new(waiting),
            begun: std::sync::Mutex::default(),
            polled: std::sync::Mutex::new(Some(first)),
        });
        let server = serve(move |request| {
            let state = Arc::clone(&state);
            async move { Some(state.answer(&request).await) }
        })
        .await;
        Self { server, name: name.to_owned(), work, polled: Some(polled), invoked: 0 }
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// Waits for the first poll.
    pub(super) async fn first_poll(&mut self) -> Result<(), String> {
        let Some(polled) = self.polled.take() else { return Ok(()) };
        polled.await.unwrap_or_else(|_| Err("the runtime API ended".to_owned()))
    }

    pub(super) async fn invoke(&mut self, payload: &Value, limit: Duration) -> Outcome {
        self.invoked += 1;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let (done, outcome) = oneshot::channel();
        let work = Work {
            id: format!("8476a536-e9f4-11e8-9739-{:012x}", self.invoked),
            payload: serde_json::to_vec(payload).unwrap().into(),
            arn: format!("arn:aws:lambda:us-west-2:999999999999:function:locksmith-{}", self.name),
            trace: trace(now, self.invoked),
            deadline: (now + limit).as_millis(),
            done,
        };
        self.work.send(work).expect("the runtime API runs");
        outcome.await.unwrap_or(Outcome::TimedOut)
    }
}

/// A trace header as AWS X-Ray makes it.
pub(crate) fn trace(now: Duration, number: u64) -> String {
    format!("Root=1-{:08x}-{number:024x};Parent={number:016x};Sampled=1", now.as_secs())
}

impl State {
    async fn answer(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let path = request.uri().path().trim_start_matches("/2018-06-01/runtime/");
        let said = || {
            let text = || Value::from(String::from_utf8_lossy(request.body()));
            serde_json::from_slice(request.body()).unwrap_or_else(|_| text())
        };
        match path.split('/').collect::<Vec<_>>().as_slice() {
            ["invocation", "next"] => return self.next().await,
            ["invocation", id, "response"] => self.done(id, Outcome::Answer(said())),
            ["invocation", id, "error"] => self.done(id, Outcome::Error(said())),
            ["init", "error"] => self.first(Err(said().to_string())),
            _ => return status(StatusCode::NOT_FOUND),
        }
        status(StatusCode::ACCEPTED)
    }

    async fn next(&self) -> Response<Bytes> {
        self.first(Ok(()));
        let Some(work) = self.waiting.lock().await.recv().await else {
            return status(StatusCode::GONE);
        };
        let mut response = Response::new(work.payload);
        for (name, value) in [
            ("content-type", "application/json".to_owned()),
            ("lambda-runtime-aws-request-id", work.id.clone()),
            ("lambda-runtime-deadline-ms", work.deadline.to_string()),
            ("lambda-runtime-invoked-function-arn", work.arn),
            ("lambda-runtime-trace-id", work.trace),
        ] {
            response.headers_mut().insert(name, value.parse().unwrap());
        }
        self.begun.lock().unwrap_or_else(PoisonError::into_inner).insert(work.id, work.done);
        response
    }

    fn first(&self, result: Result<(), String>) {
        let waiting = self.polled.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(waiting) = waiting {
            let _ = waiting.send(result);
        }
    }

    fn done(&self, id: &str, outcome: Outcome) {
        let begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
        if let Some(done) = begun {
            let _ = done.send(outcome);
        }
    }
}

fn status(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(json!({"status": "OK"}).to_string()));
    *response.status_mut() = status;
    response
}
