//! What every function of Locksmith shares: logs as JSON, metrics, the trace that a call belongs to.

pub mod logs;
pub mod metrics;
pub mod queue;

pub use metrics::Metrics;
