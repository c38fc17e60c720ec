//! What is printed does what the plan says, whatever others have named their things.

mod code;
mod running;
