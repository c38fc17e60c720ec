//! Hands a request of API Gateway to the door, and its answer back.

use crate::gateway::{Event, Reply};
use jiff::Timestamp;
use lambda_runtime::{Error, LambdaEvent};
use locksmith_app::approve::{DecideError, Decided};
use locksmith_aws::Hub;
use locksmith_chat::{Answer, Door, Memory, Messenger, Request, Response};
use locksmith_lambda::{Metrics, logs};
use std::time::Instant;
use tracing::Instrument as _;

/// What is kept between requests.
pub(crate) struct State {
    pub(crate) hub: Hub,
    pub(crate) memory: Memory,
}

pub(crate) async fn handle(state: &State, event: LambdaEvent<Event>) -> Result<Reply, Error> {
    let span = logs::invocation(&event.context);
    let trace = event.context.xray_trace_id;
    answer(state, &event.payload, trace.as_deref()).instrument(span).await
}

async fn answer(state: &State, event: &Event, trace: Option<&str>) -> Result<Reply, Error> {
    let (began, now) = (Instant::now(), Timestamp::now());
    let State { hub, memory } = state;
    let Some(body) = event.body() else {
        return Ok(Response::text(400, "the body cannot be read").into());
    };
    let (configuration, store, announcer, secrets) = (
        hub.configuration(now).await?,
        hub.store().await,
        hub.announcer().await,
        hub.secrets().await,
    );
    let chat = Messenger::of(&configuration, secrets, memory);
    let configuration = &*configuration;
    let door = Door { store, announcer, secrets, configuration, chat: chat.as_ref(), memory };
    let http = &event.request_context.http;
    let request = Request {
        method: &http.method,
        path: &event.raw_path,
        query: &event.raw_query_string,
        headers: &event.headers(),
        body: &body,
        from: &http.source_ip,
    };
    let answer = door.answer_since(began, &request, now, trace).await;
    metrics(&answer).time("ApproveMilliseconds", began.elapsed()).emit();
    Ok(answer.response.into())
}

fn metrics(answer: &Answer) -> Metrics {
    let came_to = answer.taken.as_ref().map(|taken| &taken.came_to);
    let counted = matches!(came_to, Some(Ok(Decided::Counted(_) | Decided::Now(_))));
    let refused = matches!(came_to, Some(Err(DecideError::Refused(_))));
    let breaks = answer.taken.as_ref().is_some_and(|taken| taken.breaks_glass);
    Metrics::of("approve")
        .count("Answers", u64::from(counted))
        .count("Refused", u64::from(refused))
        // Also where it was stored and no more is known: better heard of twice than never.
        .count("BreakGlass", u64::from(breaks && !refused))
}
