//! Views of a plan.

pub mod difference;
pub mod markdown;
#[cfg(any(test, feature = "samples"))]
pub mod sample;
pub mod text;
pub mod words;
