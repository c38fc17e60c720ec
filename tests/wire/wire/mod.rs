//! The wire between an AWS SDK and the emulator: a proxy that counts, delays and breaks calls.

mod call;
mod chain;
mod fault;
mod hold;
mod ops_items;
mod rules;
mod session;

pub use call::Call;
pub use chain::longest_chain;
pub use fault::{Answer, Fault};
pub use hold::{Held, Moment};
pub use rules::simulated;
pub use session::Session;

use crate::emulator::Emulator;
use crate::http::{Server, client, serve};
use hold::{Hold, Stop};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::header::{CONNECTION, CONTENT_LENGTH, EXPECT, TRANSFER_ENCODING};
use hyper::{Method, Request, Response, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use rules::Rules;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long calls take.
#[derive(Clone, Copy, Debug)]
pub enum Latency {
    /// As long as the emulator takes, and this much more.
    Added(Duration),
    /// All the same: as long as this. The emulator's own work, which varies with the load, then
    /// counts for nothing, and the number of calls that waited for each other becomes exact.
    Exactly(Duration),
}

/// A proxy before the emulator, one for each scenario.
#[derive(Debug)]
pub struct Wire {
    server: Server,
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    emulator: SocketAddr,
    client: Client<HttpConnector, Full<Bytes>>,
    start: Instant,
    shared: Mutex<Shared>,
}

#[derive(Debug)]
struct Shared {
    latency: Latency,
    faults: Vec<Fault>,
    always: Vec<Fault>,
    calls: Vec<Call>,
    hold: Option<Hold>,
    rules: Rules,
}

impl Wire {
    /// A proxy before the emulator.
    pub async fn before(emulator: &Emulator) -> Self {
        let state = Arc::new(State {
            emulator: emulator.address(),
            client: client(),
            start: Instant::now(),
            shared: Mutex::new(Shared {
                latency: Latency::Added(Duration::ZERO),
                faults: Vec::new(),
                always: Vec::new(),
                calls: Vec::new(),
                hold: None,
                rules: Rules::default(),
            }),
        });
        let shared = Arc::clone(&state);
        let server = serve(move |request| {
            let state = Arc::clone(&shared);
            async move { state.pass(request).await }
        })
        .await;
        Self { server, state }
    }

    /// What `AWS_ENDPOINT_URL` has to say. The host is a name, because the SDK puts account ids
    /// before it.
    pub fn endpoint(&self) -> String {
        format!("http://localhost:{}", self.server.address.port())
    }

    /// Sets how long every call takes from now on.
    pub fn latency(&self, latency: Latency) {
        self.state.shared().latency = latency;
    }

    /// Breaks calls from now on.
    pub fn inject(&self, fault: Fault) {
        self.state.shared().faults.push(fault);
    }

    /// Answers calls in place of the emulator, as AWS does and the emulator cannot: no fault, so
    /// healing does not end it.
    pub fn always(&self, answer: Fault) {
        self.state.shared().always.insert(0, answer);
    }

    /// Holds one call of what is tested: so many go by first.
    pub fn hold(&self, number: usize, moment: Moment) -> Held {
        self.hold_at(None, number, moment)
    }

    /// Holds one call of an operation.
    pub fn hold_operation(&self, operation: &str, number: usize, moment: Moment) -> Held {
        self.hold_at(Some(operation), number, moment)
    }

    fn hold_at(&self, operation: Option<&str>, number: usize, moment: Moment) -> Held {
        let (stops, held) = Hold::new(operation, number, moment);
        self.state.shared().hold = Some(stops);
        held
    }

    /// Ends all faults.
    pub fn heal(&self) {
        self.state.shared().faults.clear();
    }

    /// All calls so far, in the order in which they began.
    pub fn calls(&self) -> Vec<Call> {
        self.state.shared().calls.clone()
    }

    /// How many calls there were so far.
    pub fn mark(&self) -> usize {
        self.state.shared().calls.len()
    }

    /// The calls since there were so many.
    pub fn calls_since(&self, mark: usize) -> Vec<Call> {
        self.state.shared().calls.iter().skip(mark).cloned().collect()
    }

    /// The items in OpsCenter, as `GetOpsItem` tells them, the oldest first.
    pub fn ops_items(&self) -> Vec<serde_json::Value> {
        self.state.shared().rules.ops_items.all()
    }

    /// How many items were written to DynamoDB since there were so many calls.
    pub fn writes_since(&self, mark: usize) -> usize {
        let calls = self.calls_since(mark);
        calls.iter().filter(|call| call.service == "dynamodb").map(Call::items_written).sum()
    }
}

impl State {
    fn shared(&self) -> std::sync::MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn pass(self: Arc<Self>, request: Request<Bytes>) -> Option<Response<Bytes>> {
        let (recorded, latency, injected, mut held) = {
            let mut shared = self.shared();
            let call = Call::of(&request, self.start.elapsed());
            let session = shared.rules.session(&call.access_key);
            let mut call = call.of_session(session);
            let held = Hold::count(&mut shared.hold, &call);
            let injected = fault::answer(&mut shared.faults, &call)
                .or_else(|| shared.rules.refusal(&call))
                .or_else(|| fault::answer(&mut shared.always, &call))
                .or_else(|| shared.rules.answer(&call));
            call.injected = injected.is_some();
            shared.calls.push(call);
            let recorded = Recorded { state: &self, index: shared.calls.len() - 1 };
            (recorded, shared.latency, injected, held)
        };
        let begin = Instant::now();
        if let Latency::Added(time) = latency {
            tokio::time::sleep(time).await;
        }
        recorded.stop(&mut held, Moment::Before).await;
        let answer = match injected {
            None => Some(self.forward(request).await),
            Some(Answer::Lost) => {
                self.forward(request).await;
                None
            }
            Some(Answer::Hang) => std::future::pending().await,
            Some(answer) => recorded.with(|call| answer.response(call)),
        };
        recorded.stop(&mut held, Moment::After).await;
        if let Latency::Exactly(time) = latency {
            tokio::time::sleep(time.saturating_sub(begin.elapsed())).await;
        }
        if let Some(answer) = &answer {
            let mut shared = self.shared();
            if let Some(call) = shared.calls.get_mut(recorded.index) {
                call.status = Some(answer.status().as_u16());
                let call = call.clone();
                shared.rules.learn(&call, answer);
            }
        }
        answer
    }

    async fn forward(&self, request: Request<Bytes>) -> Response<Bytes> {
        let (mut head, body) = request.into_parts();
        let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
        head.uri = format!("http://{}{path}", self.emulator).parse::<Uri>().unwrap();
        for header in [CONNECTION, EXPECT, TRANSFER_ENCODING] {
            head.headers.remove(header);
        }
        let method = head.method.clone();
        let request = Request::from_parts(head, Full::new(body));
        let answer = self.client.request(request).await.expect("the emulator answers");
        let (mut head, body) = answer.into_parts();
        let body = body.collect().await.expect("the emulator ends its answer").to_bytes();
        for header in [CONNECTION, TRANSFER_ENCODING] {
            head.headers.remove(header);
        }
        if method != Method::HEAD {
            head.headers.remove(CONTENT_LENGTH);
        }
        Response::from_parts(head, body)
    }
}

/// A call that was noted down; its end is noted when this goes, also when the caller hung up.
struct Recorded<'a> {
    state: &'a State,
    index: usize,
}

impl Recorded<'_> {
    /// Waits here if this is where the call is held.
    async fn stop(&self, held: &mut Option<(Moment, Stop)>, moment: Moment) {
        let stop = held.take_if(|(at, _)| *at == moment);
        if let (Some((_, stop)), Some(call)) = (stop, self.with(|call| Some(call.clone()))) {
            stop.wait(call).await;
        }
    }

    fn with<T>(&self, look: impl FnOnce(&Call) -> Option<T>) -> Option<T> {
        self.state.shared().calls.get(self.index).and_then(look)
    }
}

impl Drop for Recorded<'_> {
    fn drop(&mut self) {
        let end = self.state.start.elapsed();
        if let Some(call) = self.state.shared().calls.get_mut(self.index) {
            call.end = Some(end);
        }
    }
}
