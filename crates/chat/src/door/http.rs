//! Requests and responses, apart from any server.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// A request as it came.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Such as `POST`.
    pub method: &'a str,
    /// The path, without the query.
    pub path: &'a str,
    /// What stands behind the question mark.
    pub query: &'a str,
    /// The headers.
    pub headers: &'a [(String, String)],
    /// The body, byte for byte: signatures are over it.
    pub body: &'a [u8],
    /// The address from which it came; it is kept with decisions.
    pub from: &'a str,
}

/// A response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
}

/// What every response says: nobody keeps it, nobody frames it, nobody guesses its type, and its
/// address is told to nobody.
const ALWAYS: [(&str, &str); 4] = [
    ("cache-control", "no-store"),
    ("x-frame-options", "DENY"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
];

impl Request<'_> {
    /// A header by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The fields of the query. A name that stands there twice has no value.
    pub fn query(&self) -> BTreeMap<String, String> {
        fields(self.query.as_bytes())
    }

    /// The fields of a form in the body.
    pub fn form(&self) -> BTreeMap<String, String> {
        fields(self.body)
    }
}

/// A field that is given twice could be read in two ways: it is left out.
fn fields(text: &[u8]) -> BTreeMap<String, String> {
    let mut fields: BTreeMap<String, Option<String>> = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(text).into_owned() {
        fields.entry(name).and_modify(|known| *known = None).or_insert(Some(value));
    }
    fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

impl Response {
    fn new(status: u16, content: &str, policy: String, body: String) -> Self {
        let always = ALWAYS.into_iter().map(|(name, value)| (name, value.to_owned()));
        let own = [("content-type", content.to_owned()), ("content-security-policy", policy)];
        Self { status, headers: always.chain(own).collect(), body }
    }

    /// A page. It may use the style sheet that stands in it, and nothing else; its forms go nowhere
    /// but here.
    pub fn page(status: u16, html: String) -> Self {
        let style = html.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>"));
        let style = match style {
            Some((style, _)) => {
                format!("style-src 'sha256-{}'; ", STANDARD.encode(Sha256::digest(style)))
            }
            None => String::new(),
        };
        let policy = format!(
            "default-src 'none'; {style}form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        );
        Self::new(status, "text/html; charset=utf-8", policy, html)
    }

    /// A line of text, for programs.
    pub fn text(status: u16, text: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", nothing(), text.to_owned())
    }

    /// JSON.
    pub fn json(status: u16, value: &serde_json::Value) -> Self {
        Self::new(status, "application/json", nothing(), value.to_string())
    }

    /// That it was taken; without a word.
    pub fn empty() -> Self {
        Self::text(200, "")
    }
}

fn nothing() -> String {
    "default-src 'none'; frame-ancestors 'none'".to_owned()
}
