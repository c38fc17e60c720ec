//! Where accounts stand in their organization, with the guardrails on the way.

mod file;
mod node;
mod path;
mod whole;

pub(super) use file::{Organizations, Standing};
pub(super) use path::{KnownTop, locate, standing};
pub(super) use whole::whole;
