//! The page and the door for events, over HTTP, as browsers and machines speak to them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what is wrong by failing"
)]

mod page {
    pub(crate) mod client;
    pub(crate) mod scene;

    mod decisions;
    mod door;
    mod events;
    mod lists;
    mod path;
    mod restart;
    mod states;
}
