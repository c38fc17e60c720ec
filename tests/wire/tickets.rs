//! A ticket system of a company's own: it takes JSON and keeps one ticket for each key.

use crate::http::{Server, serve};
use hyper::body::Bytes;
use hyper::{Request, Response};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// The tickets, by key.
#[derive(Debug)]
pub struct TicketDesk {
    tickets: Arc<Mutex<BTreeMap<String, Ticket>>>,
    server: Server,
}

/// A ticket.
#[derive(Clone, Debug, Default)]
pub struct Ticket {
    /// Whether it is open.
    pub open: bool,
    /// What it says.
    pub text: String,
    /// The incident's state that it tells.
    pub state: String,
    /// What was said below it.
    pub comments: Vec<String>,
    /// How often it was written.
    pub writes: usize,
}

impl TicketDesk {
    /// Without any tickets.
    pub async fn new() -> Self {
        let tickets = Arc::new(Mutex::new(BTreeMap::<String, Ticket>::new()));
        let shared = tickets.clone();
        let server = serve(move |request: Request<Bytes>| {
            let answer = take(&mut shared.lock().unwrap(), &request);
            async move { answer }
        });
        Self { tickets, server: server.await }
    }

    /// Where it takes JSON.
    pub fn address(&self) -> String {
        format!("http://{}/tickets", self.server.address)
    }

    /// The one ticket that there is.
    ///
    /// # Panics
    /// If there are several, or none.
    pub fn ticket(&self) -> Ticket {
        let tickets = self.tickets.lock().unwrap();
        assert_eq!(tickets.len(), 1, "{tickets:#?}");
        tickets.values().next().unwrap().clone()
    }
}

fn take(
    tickets: &mut BTreeMap<String, Ticket>,
    request: &Request<Bytes>,
) -> Option<Response<Bytes>> {
    assert!(request.headers().contains_key("x-locksmith-signature"), "it is not signed");
    let body: Value = serde_json::from_slice(request.body()).ok()?;
    let key = body["key"].as_str()?.to_owned();
    let number = tickets.len() + 1;
    let ticket = tickets.entry(key).or_default();
    ticket.open = body["open"].as_bool()?;
    body["text"].as_str()?.clone_into(&mut ticket.text);
    body["state"].as_str()?.clone_into(&mut ticket.state);
    ticket.comments.extend(body["comment"]["text"].as_str().map(str::to_owned));
    ticket.writes += 1;
    let url = format!("https://tickets.example.com/{number}");
    let answer = json!({"id": number.to_string(), "name": format!("T-{number}"), "url": url});
    Some(Response::new(answer.to_string().into()))
}
