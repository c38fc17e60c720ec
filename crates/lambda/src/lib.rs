//! What the functions of Locksmith share: logs as JSON, metrics, batches of incidents, the trace that a
//! call belongs to.

pub mod incidents;
pub mod logs;
pub mod metrics;
pub mod queue;

pub use metrics::Metrics;
