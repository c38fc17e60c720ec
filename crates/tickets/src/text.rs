//! What a ticket says, before it has a markup.
//!
//! All text may hold names that strangers chose. Here nothing hidden is left in it; whoever renders it
//! escapes it for its markup.

mod adf;
mod approvals;
mod comment;
mod fit;
mod markdown;
mod plain;
mod plan;
mod sections;
mod title;

pub(crate) use adf::adf;
pub(crate) use comment::comment;
pub(crate) use fit::{cut, fitted, units};
pub(crate) use markdown::markdown;
pub(crate) use plain::{pieces, text};
pub(crate) use sections::report;
pub(crate) use title::title;

use serde::Serialize;

/// A text in sections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Report {
    /// The sections, the most important ones first.
    pub(crate) sections: Vec<Section>,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Section {
    /// Names it in every language.
    pub(crate) name: &'static str,
    /// Its heading; none for what stands at the top.
    pub(crate) heading: Option<String>,
    /// What it says.
    pub(crate) blocks: Vec<Block>,
}

/// A part of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub(crate) enum Block {
    /// A sentence or a few.
    Say {
        /// The text.
        text: String,
    },
    /// Names and values.
    Facts {
        /// Each with its label.
        facts: Vec<Fact>,
    },
    /// Sentences, one under the other.
    List {
        /// The items.
        items: Vec<String>,
    },
    /// Lines that are shown as they are.
    Code {
        /// The lines.
        lines: Vec<String>,
        /// Whether they are lines of a difference.
        difference: bool,
    },
    /// A place to read on.
    Link {
        /// What is there.
        label: String,
        /// The address, which is ours.
        url: String,
    },
}

/// A value with its label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Fact {
    /// What it is.
    pub(crate) label: String,
    /// The value.
    pub(crate) value: String,
}
