//! Logs as JSON, a line for each, with the fields of the spans around them.

use lambda_runtime::Context;
use tracing::Span;
use tracing_subscriber::EnvFilter;

/// Starts logging to standard output, filtered by `RUST_LOG` (default `info`).
pub fn start() {
    let mut filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    // More of it would be whole answers, and tokens are among them.
    if let Ok(no_bodies) = "aws_smithy_runtime=info".parse() {
        filter = filter.add_directive(no_bodies);
    }
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_target(false)
        .with_env_filter(filter)
        .init();
}

/// The span of an invocation, with the ids by which it is found again. `incident` is recorded later
/// where there is one.
pub fn invocation(context: &Context) -> Span {
    tracing::info_span!(
        "invocation",
        request_id = context.request_id,
        trace_id = context.xray_trace_id.as_deref(),
        incident = tracing::field::Empty,
    )
}
