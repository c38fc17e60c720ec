//! Views of a plan.

pub(crate) mod difference;
pub(crate) mod markdown;
#[cfg(test)]
pub(crate) mod sample;
pub(crate) mod text;
pub(crate) mod words;
