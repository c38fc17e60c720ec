//! Jira Cloud.
//!
//! An issue is found by a label of its own, `locksmith-<incident>`, and it is told apart from others by
//! the property `locksmith`, which holds what was last wanted of it and does not show on the page.
//! Searches by label come from an index that is a little behind. So a creation whose answer was lost is
//! looked for at once, and again by the next run two minutes later; were the index later than that, a
//! second issue would be made. Jira offers nothing that excludes it.
//! <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/>

use crate::desk::{Desk, Found};
use crate::exchange::{Ask, Fault, Plain, Session, with_query};
use crate::marker::{Marker, Turn, comment_key, key};
use crate::text;
use locksmith_app::card::{Card, TicketRef};
use locksmith_app::config::Jira as Settings;
use locksmith_app::ports::{Secret, Secrets};
use locksmith_words::Words;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

/// Longest summary, in characters.
const SUMMARY: usize = 255;
/// Longest description or comment, in characters. Counted is the whole document, which is more than
/// its text. <https://confluence.atlassian.com/adminjiraserver/configuring-advanced-settings-938847014.html>
const DOCUMENT: usize = 32_767;
/// The name of the property that issues and comments carry.
const PROPERTY: &str = "locksmith";

/// One incident's issue.
pub(crate) struct Issues<'a, S> {
    pub(crate) session: Session<'a, S, Plain>,
    pub(crate) settings: &'a Settings,
    pub(crate) card: &'a Card,
    pub(crate) words: Words,
}

/// Signs a request with an API token.
/// <https://developer.atlassian.com/cloud/jira/platform/basic-auth-for-rest-apis/>
pub(crate) fn authorize(
    request: RequestBuilder,
    secret: &Secret,
    _body: &[u8],
) -> Result<RequestBuilder, String> {
    Ok(request.basic_auth(secret.field("email")?, Some(secret.field("api_token")?)))
}

impl<S: Secrets> Issues<'_, S> {
    fn summary(&self) -> String {
        text::title(self.card, self.words, SUMMARY)
    }

    fn document(&self, report: &text::Report) -> Value {
        text::fitted(report, self.words, DOCUMENT, |report| {
            let document = text::adf(report);
            let size = text::units(&document.to_string());
            (document, size)
        })
    }

    fn fields(&self) -> Value {
        let description = self.document(&text::report(self.card, self.words));
        json!({"summary": self.summary(), "description": description})
    }

    fn found(&self, issue: &Value) -> Result<Found, Fault> {
        let text = |pointer: &str| issue.pointer(pointer).and_then(Value::as_str);
        let (Some(id), Some(name)) = (text("/id"), text("/key")) else {
            return Err(Fault::Refused("Jira: an issue without id and key".to_owned()));
        };
        let url = format!("{}/browse/{name}", self.settings.url.trim_end_matches('/'));
        let marker = issue.pointer(&format!("/properties/{PROPERTY}"));
        Ok(Found {
            reference: TicketRef { id: id.to_owned(), name: name.to_owned(), url: Some(url) },
            is_open: text("/fields/status/statusCategory/key") != Some("done"),
            marker: marker.and_then(|marker| serde_json::from_value(marker.clone()).ok()),
        })
    }

    /// Says the state below the issue, unless that was said already.
    async fn say(&mut self, id: &str) -> Result<(), Fault> {
        let path = format!("/rest/api/3/issue/{id}/comment");
        let latest = [("orderBy", "-created"), ("maxResults", "50"), ("expand", "properties")];
        let said = self.session.call(&Ask::get(with_query(&path, &latest))).await?;
        let key = comment_key(self.card);
        if is_said(&said.body, &key) {
            return Ok(());
        }
        let body = json!({
            "body": self.document(&text::comment(self.card, self.words)),
            "properties": [{"key": PROPERTY, "value": {"says": key}}],
        });
        self.session.call(&Ask::post(path, body)).await.map(drop)
    }

    /// Goes through the transition that the configuration names.
    async fn turn(&mut self, id: &str, name: &str, turn: Turn) -> Result<(), Fault> {
        let path = format!("/rest/api/3/issue/{id}/transitions");
        let (field, wanted) = match turn {
            Turn::Open => ("reopen_transition", &self.settings.reopen_transition),
            Turn::Close => ("close_transition", &self.settings.close_transition),
        };
        let answer = self.session.call(&Ask::get(path.as_str())).await?;
        let offered = answer.body.get("transitions").and_then(Value::as_array);
        let offered = offered.map(Vec::as_slice).unwrap_or_default();
        let named = |transition: &&Value| {
            let name = transition.get("name").and_then(Value::as_str);
            name.is_some_and(|name| name.to_lowercase() == wanted.to_lowercase())
        };
        let transition = offered.iter().find(named);
        let Some(transition) = transition.and_then(|one| one.get("id")?.as_str()) else {
            let offered = offered.iter().filter_map(|one| one.get("name")?.as_str());
            let offered: Vec<&str> = offered.collect();
            return Err(Fault::Refused(format!(
                "Jira: {name} offers no transition `{wanted}`, but `{}`: set tickets.jira.{field}",
                offered.join("`, `")
            )));
        };
        // Done twice, the second one is refused, and the state is right.
        let body = json!({"transition": {"id": transition}});
        self.session.call(&Ask::post(path, body)).await.map(drop)
    }
}

impl<S: Secrets> Desk for Issues<'_, S> {
    async fn read(&mut self, id: &str) -> Result<Option<Found>, Fault> {
        let path = format!("/rest/api/3/issue/{id}");
        let ask = with_query(&path, &[("fields", "status"), ("properties", PROPERTY)]);
        match self.session.call(&Ask::get(ask)).await {
            Ok(answer) => self.found(&answer.body).map(Some),
            Err(Fault::Missing { .. }) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    async fn find(&mut self) -> Result<Option<Found>, Fault> {
        let (project, label) = (&self.settings.project, key(self.card));
        let project = project.replace(['"', '\\'], "");
        let body = json!({
            "jql": format!("project = \"{project}\" AND labels = \"{label}\" ORDER BY created ASC"),
            "fields": ["status"],
            "properties": [PROPERTY],
            "maxResults": 10,
        });
        let answer = self.session.call(&Ask::query("/rest/api/3/search/jql", body)).await?;
        let issues = answer.body.get("issues").and_then(Value::as_array).into_iter().flatten();
        let mut found = Vec::new();
        for issue in issues {
            found.push(self.found(issue)?);
        }
        // Somebody may have copied an issue with its labels; a copy has no property.
        let own = Marker::of(self.card).incident;
        let is_own =
            |found: &&Found| found.marker.as_ref().is_some_and(|marker| marker.incident == own);
        Ok(found.iter().find(is_own).or(found.first()).cloned())
    }

    async fn make(&mut self) -> Result<Found, Fault> {
        let mut labels = vec!["locksmith".to_owned(), key(self.card)];
        // A label of Jira's has no spaces.
        labels.extend(self.settings.labels.iter().map(|label| label.replace(' ', "-")));
        let mut fields = self.fields();
        let marker = Marker::of(self.card);
        if let Value::Object(fields) = &mut fields {
            fields.insert("project".to_owned(), json!({"key": self.settings.project}));
            fields.insert("issuetype".to_owned(), json!({"name": self.settings.issue_type}));
            fields.insert("labels".to_owned(), labels.into());
        }
        let body = json!({
            "fields": fields,
            "properties": [{"key": PROPERTY, "value": marker}],
        });
        let answer = self.session.call(&Ask::post("/rest/api/3/issue", body)).await?;
        let found = self.found(&answer.body)?;
        Ok(Found { is_open: true, marker: Some(marker), ..found })
    }

    async fn change(
        &mut self,
        issue: &Found,
        turn: Option<Turn>,
        comment: bool,
    ) -> Result<(), Fault> {
        let TicketRef { id, name, .. } = &issue.reference;
        if comment {
            self.say(id).await?;
        }
        let path = format!("/rest/api/3/issue/{id}");
        let body = json!({"fields": self.fields()});
        // Jira mails nobody for this where the token may administer the project, and ignores it elsewhere.
        let quiet = with_query(&path, &[("notifyUsers", "false")]);
        self.session.call(&Ask::set(Method::PUT, quiet, body)).await?;
        if let Some(turn) = turn {
            self.turn(id, name, turn).await?;
        }
        // Last, so that a run that dies before it is done over.
        let marker = Marker::of(self.card);
        if issue.marker.as_ref() != Some(&marker) {
            let path = format!("{path}/properties/{PROPERTY}");
            let marker = serde_json::to_value(&marker).unwrap_or_default();
            self.session.call(&Ask::set(Method::PUT, path, marker)).await?;
        }
        Ok(())
    }
}

/// Whether one of these comments is ours and says this.
fn is_said(comments: &Value, key: &str) -> bool {
    let list = |value: &Value, name: &str| -> Vec<Value> {
        value.get(name).and_then(Value::as_array).cloned().unwrap_or_default()
    };
    let comments = list(comments, "comments");
    comments.iter().flat_map(|comment| list(comment, "properties")).any(|property| {
        property.get("key").and_then(Value::as_str) == Some(PROPERTY)
            && property.pointer("/value/says").and_then(Value::as_str) == Some(key)
    })
}
