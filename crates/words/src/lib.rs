//! What Locksmith says to people, in their language, by Project Fluent.
//!
//! The texts stand in `locales/<tag>/*.ftl`, one file for each place where people read them. They are
//! part of the program. What the service says of its own values (causes, plans, states) has a method
//! here; other texts are asked for by their id with [`Words::say`].
//!
//! A text goes into the same file of all six languages, under the same id and with the same variables;
//! the tests tell what is missing where. AWS's own words (bucket policy, permissions boundary, grant) are
//! those of AWS's documentation in the language. In Japanese and Chinese a name that is put in stands
//! between spaces or quotation marks, so the parts of sentences that hold one begin a clause and end in
//! the language's own letters.
//!
//! Texts hold names that strangers chose, such as those of objects, as they are: whoever shows a text
//! escapes it for the place where it is shown.

use locksmith_app::config::Locale;

mod approval;
mod bundles;
mod causes;
mod diagnosis;
mod facts;
mod incident;
mod manual;
mod plan;
mod remark;
mod report;

/// The words of one language.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    locale: Locale,
}

/// A value that a message shows.
#[derive(Clone, Copy, Debug)]
pub enum Arg<'a> {
    /// Text, shown as it is.
    Text(&'a str),
    /// A number, shown and counted as the language does.
    Number(u64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Arg<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl Words {
    /// The words of a language.
    pub const fn new(locale: Locale) -> Self {
        Self { locale }
    }

    /// Which language.
    pub fn locale(self) -> Locale {
        self.locale
    }

    /// A message by its id, with its arguments by name; `id.attribute` is an attribute of a message.
    ///
    /// What this language lacks is said in English. An id that English lacks too, or an argument that
    /// the English text asks for and nobody gave, gives the id itself.
    pub fn say(self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        bundles::text(self.locale, id, args)
            .or_else(|| bundles::text(Locale::En, id, args))
            .unwrap_or_else(|| id.to_owned())
    }
}
