//! ServiceNow's Table API.
//!
//! A record is found by `correlation_id`, which is looked up in the database itself, so that a record
//! shows there as soon as it is made. What was last wanted of it stands in `correlation_display`.
//! <https://www.servicenow.com/docs/bundle/yokohama-api-reference/page/integrate/inbound-rest/concept/c_TableAPI.html>

use crate::desk::{Desk, Found};
use crate::exchange::{Ask, Fault, Plain, Session, with_query};
use crate::marker::{Marker, Turn, key};
use crate::text;
use locksmith_app::card::{Card, TicketRef};
use locksmith_app::config::ServiceNow as Settings;
use locksmith_app::ports::{Secret, Secrets};
use locksmith_words::Words;
use reqwest::{Method, RequestBuilder};
use serde_json::{Map, Value};

/// Longest `short_description`, in characters.
const SHORT: usize = 160;
/// Longest `description`, `work_notes` and `close_notes`, in characters.
const LONG: usize = 4_000;
/// The fields that are read.
const FIELDS: &str = "sys_id,number,state,active,correlation_display";

/// One incident's record.
pub(crate) struct Records<'a, S> {
    pub(crate) session: Session<'a, S, Plain>,
    pub(crate) settings: &'a Settings,
    pub(crate) card: &'a Card,
    pub(crate) words: Words,
}

/// Signs a request with a token for OAuth, else with a name and a password.
pub(crate) fn authorize(
    request: RequestBuilder,
    secret: &Secret,
    _body: &[u8],
) -> Result<RequestBuilder, String> {
    if let Ok(token) = secret.field("token") {
        return Ok(request.bearer_auth(token));
    }
    Ok(request.basic_auth(secret.field("username")?, Some(secret.field("password")?)))
}

impl<S: Secrets> Records<'_, S> {
    fn path(&self, rest: &str) -> String {
        format!("/api/now/table/{}{rest}", self.settings.table)
    }

    fn read_by(&self, rest: &str, query: &[(&str, &str)]) -> Ask {
        let always = [
            ("sysparm_fields", FIELDS),
            ("sysparm_display_value", "false"),
            ("sysparm_exclude_reference_link", "true"),
        ];
        let query: Vec<(&str, &str)> = always.iter().chain(query).copied().collect();
        Ask::get(with_query(&self.path(rest), &query))
    }

    fn note(&self, report: &text::Report) -> String {
        text::fitted(report, self.words, LONG, |report| {
            let text = harmless(&text::text(report));
            let size = text::units(&text);
            (text, size)
        })
    }

    /// The fields that say how the incident stands.
    fn shown(&self) -> Map<String, Value> {
        let card = self.card;
        let title = harmless(&text::title(card, self.words, SHORT - 2));
        let fields = [
            ("short_description", text::cut(&title, SHORT)),
            ("description", self.note(&text::report(card, self.words))),
            ("correlation_display", Marker::of(card).short()),
        ];
        fields.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect()
    }

    fn found(&self, record: &Value) -> Result<Found, Fault> {
        let text = |name: &str| record.get(name).and_then(Value::as_str).unwrap_or_default();
        let id = text("sys_id");
        if id.is_empty() {
            return Err(Fault::Refused("ServiceNow: a record without sys_id".to_owned()));
        }
        let (address, table) = (self.settings.url.trim_end_matches('/'), &self.settings.table);
        Ok(Found {
            reference: TicketRef {
                id: id.to_owned(),
                name: if text("number").is_empty() { id } else { text("number") }.to_owned(),
                url: Some(format!("{address}/{table}.do?sys_id={id}")),
            },
            // Closed for good is what is not active any more.
            is_open: text("state") != self.settings.states.resolved && text("active") != "false",
            marker: Marker::parse(text("correlation_display")),
        })
    }
}

impl<S: Secrets> Desk for Records<'_, S> {
    async fn read(&mut self, id: &str) -> Result<Option<Found>, Fault> {
        match self.session.call(&self.read_by(&format!("/{id}"), &[])).await {
            Ok(answer) => self.found(answer.body.get("result").unwrap_or(&Value::Null)).map(Some),
            Err(Fault::Missing { .. }) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    async fn find(&mut self) -> Result<Option<Found>, Fault> {
        let query = format!("correlation_id={}^ORDERBYsys_created_on", key(self.card));
        let ask = self.read_by("", &[("sysparm_query", query.as_str()), ("sysparm_limit", "1")]);
        let answer = self.session.call(&ask).await?;
        answer.body.pointer("/result/0").map(|record| self.found(record)).transpose()
    }

    async fn make(&mut self) -> Result<Found, Fault> {
        let mut fields = self.shown();
        // What people set in the configuration does not take the place of what is ours.
        for (name, value) in &self.settings.fields {
            fields.entry(name.clone()).or_insert_with(|| value.as_str().into());
        }
        fields.insert("correlation_id".to_owned(), key(self.card).into());
        fields.insert("state".to_owned(), self.settings.states.open.as_str().into());
        let path = with_query(&self.path(""), &[("sysparm_fields", FIELDS)]);
        let answer = self.session.call(&Ask::post(path, fields.into())).await?;
        self.found(answer.body.get("result").unwrap_or(&Value::Null))
    }

    /// One request changes all, so that a note is written exactly when its state is.
    async fn change(
        &mut self,
        record: &Found,
        turn: Option<Turn>,
        comment: bool,
    ) -> Result<(), Fault> {
        let mut fields = self.shown();
        let mut set = |name: &str, value: String| fields.insert(name.to_owned(), value.into());
        let note = self.note(&text::comment(self.card, self.words));
        let states = &self.settings.states;
        match turn {
            None => {}
            Some(Turn::Open) => {
                set("state", states.open.clone());
            }
            Some(Turn::Close) => {
                set("state", states.resolved.clone());
                set("close_code", states.close_code.clone());
                set("close_notes", note.clone());
            }
        }
        if comment {
            set("work_notes", note);
        }
        let path = self.path(&format!("/{}", record.reference.id));
        let path = with_query(&path, &[("sysparm_fields", FIELDS)]);
        let ask = Ask::set(Method::PATCH, path, fields.into());
        // A note is added with each request, so one that may have been done is not sent again; the
        // caller comes again.
        let ask = Ask { repeatable: !comment, ..ask };
        self.session.call(&ask).await.map(drop)
    }
}

/// Notes show what stands between `[code]` marks as HTML; no text of ours means to.
/// <https://www.servicenow.com/docs/bundle/yokohama-platform-administration/page/administer/field-administration/concept/c_JournalFields.html>
fn harmless(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    for (place, c) in text.char_indices() {
        out.push(c);
        let rest = lower.get(place..).unwrap_or_default();
        if rest.starts_with("[code") || rest.starts_with("[/code") {
            out.push(' ');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_html() {
        let cases = [
            ("[code]<b>x</b>[/code]", "[ code]<b>x</b>[ /code]"),
            ("[CoDe]é", "[ CoDe]é"),
            ("Statement[2]", "Statement[2]"),
        ];
        for (text, expected) in cases {
            assert_eq!(harmless(text), expected);
        }
    }
}
