//! Views of a diagnosis and of a plan: text, Markdown, HTML, and code for people who change things
//! themselves.
//!
//! Whoever shows an answer shows it with these: the program on a terminal, the page of
//! `locksmith serve`, tickets, the chat.
//!
//! | to show | as | take |
//! |---|---|---|
//! | a diagnosis | text for a terminal | [`text::render`] |
//! | | Markdown | [`markdown::render`] |
//! | | a page of its own | [`html::render`] |
//! | | parts of another page | [`html::Parts`], [`html::STYLE`] |
//! | a plan | text for a terminal | [`plan::text::render`] |
//! | | Markdown | [`plan::markdown::render`] |
//! | | code | [`recipe`] |
//! | a change | lines that come and go | [`plan::difference::of_change`] |
//! | | the same as HTML | [`html::difference()`] |
//! | a work | text for a terminal | [`work::render`] |
//! | a configuration | text for a terminal | [`configuration::render`] |
//! | what to do next | a line for a terminal | [`text::next`] |
//! | other words | lines of a width | [`wrap::prose`] |
//!
//! What comes from events and policies was written by strangers. Text is made harmless by
//! [`plain`](mod@plain), HTML by [`html::Markup`], and Markdown where it is written.

pub mod configuration;
pub mod html;
pub mod json;
pub mod markdown;
mod matrix;
mod path;
pub mod plain;
pub mod plan;
pub mod recipe;
#[cfg(any(test, feature = "samples"))]
pub mod sample;
pub mod source;
pub mod style;
pub mod text;
mod view;
pub mod words;
pub mod work;
pub mod wrap;

pub use view::View;
