//! A server on this machine that stands for a vendor's, and what goes wrong with it.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use core::time::Duration;
use serde_json::Value;
use std::sync::{Arc, Mutex, MutexGuard};

/// What a vendor keeps, and what it answers.
pub(crate) trait Vendor: Send + 'static {
    /// Whether a request is signed as it has to be.
    fn admits(&self, request: &Seen) -> bool;

    /// Does what is asked, and answers a status and a body.
    ///
    /// # Errors
    /// What is wrong with the request.
    fn answer(&mut self, request: &Seen) -> Result<(u16, Value), String>;
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) raw: Vec<u8>,
    pub(crate) body: Value,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    pub(crate) fn query(&self, name: &str) -> &str {
        let found = self.query.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

/// What goes wrong with one request.
#[derive(Clone, Debug)]
pub(crate) enum Trouble {
    /// Nothing is done, and this is answered.
    Answer(u16, Vec<(&'static str, String)>),
    /// It is done, and the connection breaks within the answer.
    LosesTheAnswer,
    /// It is done, and no answer comes.
    Hangs,
}

pub(crate) struct Inner<V> {
    pub(crate) vendor: V,
    pub(crate) seen: Vec<Seen>,
    pub(crate) problems: Vec<String>,
    troubles: Vec<(&'static str, &'static str, Trouble)>,
}

pub(crate) struct Server<V> {
    pub(crate) url: String,
    inner: Arc<Mutex<Inner<V>>>,
}

impl<V: Vendor> Server<V> {
    pub(crate) async fn start(vendor: V) -> Self {
        let inner = Inner { vendor, seen: Vec::new(), problems: Vec::new(), troubles: Vec::new() };
        let inner = Arc::new(Mutex::new(inner));
        let router = Router::new().fallback(handle::<V>).with_state(Arc::clone(&inner));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, inner }
    }

    pub(crate) fn inner(&self) -> MutexGuard<'_, Inner<V>> {
        self.inner.lock().unwrap()
    }

    /// The next request of this method whose path ends so is in trouble.
    pub(crate) fn trouble(&self, method: &'static str, path: &'static str, trouble: Trouble) {
        self.inner().troubles.push((method, path, trouble));
    }

    /// How many requests of a method came to a path that ends so.
    pub(crate) fn count(&self, method: &str, path: &str) -> usize {
        let inner = self.inner();
        inner.seen.iter().filter(|seen| seen.method == method && seen.path.ends_with(path)).count()
    }

    /// No request was wrong, and no trouble is left over.
    pub(crate) fn check(&self) {
        let inner = self.inner();
        assert_eq!(inner.problems, Vec::<String>::new());
        assert!(inner.troubles.is_empty(), "never came: {:?}", inner.troubles);
    }
}

async fn handle<V: Vendor>(
    State(inner): State<Arc<Mutex<Inner<V>>>>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let raw = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
    let query = reqwest::Url::parse(&format!("http://x{}", parts.uri)).unwrap();
    let query = query.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned()));
    let headers = parts.headers.iter();
    let headers =
        headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    let seen = Seen {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: query.collect(),
        headers: headers.collect(),
        body: serde_json::from_slice(&raw).unwrap_or(Value::Null),
        raw,
    };
    let (answer, trouble) = {
        let mut inner = inner.lock().unwrap();
        inner.seen.push(seen.clone());
        let trouble = inner
            .troubles
            .iter()
            .position(|(method, path, _)| *method == seen.method && seen.path.ends_with(path))
            .map(|place| inner.troubles.remove(place).2);
        if let Some(Trouble::Answer(status, headers)) = &trouble {
            let mut response = Response::builder().status(*status);
            for (name, value) in headers {
                response = response.header(*name, value);
            }
            return response.body(Body::from("{\"message\": \"trouble\"}")).unwrap();
        }
        if inner.vendor.admits(&seen) {
            let answer = inner.vendor.answer(&seen).unwrap_or_else(|problem| {
                let said = format!("{} {}: {problem}", seen.method, seen.path);
                inner.problems.push(said.clone());
                (422, serde_json::json!({"message": said}))
            });
            (answer, trouble)
        } else {
            // It repeats what it was sent, as a careless one might.
            let said = serde_json::json!({"message": format!("bad {:?}", seen.headers)});
            ((401, said), trouble)
        }
    };
    let (status, body) = answer;
    let response = Response::builder().status(status).header("content-type", "application/json");
    match trouble {
        Some(Trouble::Hangs) => {
            tokio::time::sleep(Duration::from_mins(10)).await;
            ().into_response()
        }
        Some(_) => {
            let broken: Result<Bytes, _> = Err(std::io::Error::other("cable pulled"));
            let first = Ok(Bytes::from_static(b"{"));
            let stream = futures_util::stream::iter([first, broken]);
            response.body(Body::from_stream(stream)).unwrap()
        }
        None => {
            let text = if status == 204 { String::new() } else { body.to_string() };
            response.body(Body::from(text)).unwrap()
        }
    }
}
