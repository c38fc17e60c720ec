//! What happens to an incident after its owners were asked, from the first click to the last undo, on
//! the embedded store: each test is a rule that somebody tries to break.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

#[expect(dead_code, reason = "detecting alone has more to be told")]
mod common;
#[path = "operations/outside.rs"]
mod outside;
#[path = "operations/process.rs"]
mod process;
#[path = "operations/scene.rs"]
mod scene;
#[path = "change/world.rs"]
#[expect(dead_code, reason = "only its documents are at home here")]
mod world;

#[path = "operations/after.rs"]
mod after;
#[path = "operations/approvals.rs"]
mod approvals;
#[path = "operations/back.rs"]
mod back;
#[path = "operations/decisions.rs"]
mod decisions;
#[path = "operations/due.rs"]
mod due;
#[path = "operations/killed.rs"]
mod killed;
#[path = "operations/opinions.rs"]
mod opinions;
#[path = "operations/people.rs"]
mod people;
#[path = "operations/reports.rs"]
mod reports;
#[path = "operations/rooms.rs"]
mod rooms;
#[path = "operations/shared.rs"]
mod shared;
#[path = "operations/story.rs"]
mod story;
