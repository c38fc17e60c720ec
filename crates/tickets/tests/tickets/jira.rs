//! Jira Cloud, as far as issues go, with an index that is behind.

use crate::cards::{card, moved};
use crate::closing::{Keeps, Kept, Stage};
use crate::schema;
use crate::server::{Seen, Server, Trouble, Vendor};
use crate::system::{TOKEN, Vault, tickets};
use locksmith_app::config::Locale;
use locksmith_app::incident::State;
use locksmith_app::ports::TellError;
use serde_json::{Value, json};

#[derive(Default)]
pub(crate) struct Jira {
    issues: Vec<Value>,
    comments: Vec<(String, Value)>,
    deleted: Vec<String>,
    /// For how many searches a new issue does not show.
    pub(crate) lag: usize,
    /// The name of the transition that closes.
    pub(crate) done: Option<String>,
}

pub(crate) async fn stage(locale: Locale, vault: Vault) -> Stage<Jira> {
    let server = Server::start(Jira::default()).await;
    let settings = json!({"url": server.url, "project": "SEC", "labels": ["aws denials"]});
    Stage { tickets: tickets("jira", settings, locale), server, vault }
}

impl Vendor for Jira {
    fn admits(&self, request: &Seen) -> bool {
        use reqwest::header::AUTHORIZATION;
        let client = reqwest::Client::new();
        let wanted = client.get("http://x").basic_auth("bot@example.com", Some(TOKEN)).build();
        request.header("authorization") == wanted.unwrap().headers()[AUTHORIZATION]
    }

    fn answer(&mut self, request: &Seen) -> Result<(u16, Value), String> {
        let rest = request.path.strip_prefix("/rest/api/3").ok_or("no such path")?;
        let parts: Vec<&str> = rest.split('/').skip(1).collect();
        let path = match parts.as_slice() {
            ["issue", _] => "/issue/{id}".to_owned(),
            ["issue", _, "properties", _] => "/issue/{id}/properties/{key}".to_owned(),
            ["issue", _, what] => format!("/issue/{{id}}/{what}"),
            _ => rest.to_owned(),
        };
        schema::jira(&format!("{} /rest/api/3{path}", request.method), request)?;
        let body = &request.body;
        document(body.pointer("/fields/description"))?;
        document(body.get("body"))?;
        let id = parts.get(1).copied().unwrap_or_default().to_owned();
        let known = self.issues.iter().position(|issue| issue["id"] == *id);
        if path.contains("{id}") && (known.is_none() || self.deleted.contains(&id)) {
            let said = "Issue does not exist or you do not have permission to see it.";
            return Ok((404, json!({"errorMessages": [said], "errors": {}})));
        }
        let place = known.unwrap_or_default();
        Ok(match (request.method.as_str(), path.as_str()) {
            ("POST", "/search/jql") => (200, self.search(body["jql"].as_str().unwrap())),
            ("POST", "/issue") => (201, self.make(body)?),
            ("GET", "/issue/{id}") => {
                assert_eq!(request.query("properties"), "locksmith");
                (200, self.issues[place].clone())
            }
            ("PUT", "/issue/{id}") => {
                for (name, value) in body["fields"].as_object().unwrap() {
                    self.issues[place]["fields"][name] = value.clone();
                }
                (204, Value::Null)
            }
            ("PUT", "/issue/{id}/properties/{key}") => {
                self.issues[place]["properties"][parts[3]] = body.clone();
                (200, Value::Null)
            }
            ("GET", "/issue/{id}/transitions") => {
                let done = self.done.clone().unwrap_or_else(|| "DONE".to_owned());
                let offered =
                    [json!({"id": "11", "name": "To Do"}), json!({"id": "31", "name": done})];
                (200, json!({"transitions": offered}))
            }
            ("POST", "/issue/{id}/transitions") => {
                let closes = body["transition"]["id"] == "31";
                let category = if closes { "done" } else { "new" };
                self.issues[place]["fields"]["status"]["statusCategory"]["key"] = category.into();
                (204, Value::Null)
            }
            ("GET", "/issue/{id}/comment") => {
                assert_eq!(
                    (request.query("orderBy"), request.query("expand")),
                    ("-created", "properties")
                );
                let all = self.comments.iter().filter(|(of, _)| *of == id);
                let all: Vec<&Value> = all.map(|(_, comment)| comment).rev().collect();
                (200, json!({"comments": all}))
            }
            ("POST", "/issue/{id}/comment") => {
                self.comments.push((id, body.clone()));
                (201, body.clone())
            }
            _ => return Err("not expected".to_owned()),
        })
    }
}

/// A document as Atlassian describes it, within what a field takes.
fn document(document: Option<&Value>) -> Result<(), String> {
    let Some(document) = document else { return Ok(()) };
    schema::adf(document)?;
    let size = document.to_string().encode_utf16().count();
    if size > 32_767 { Err(format!("{size} characters are more than 32767")) } else { Ok(()) }
}

impl Jira {
    fn search(&mut self, jql: &str) -> Value {
        let label = jql.split('"').nth(3).unwrap();
        assert_eq!(jql, format!("project = \"SEC\" AND labels = \"{label}\" ORDER BY created ASC"));
        let has = |issue: &&Value| {
            issue["fields"]["labels"].as_array().unwrap().iter().any(|it| it == label)
        };
        let mut found: Vec<&Value> = self.issues.iter().filter(has).collect();
        found.retain(|issue| !self.deleted.iter().any(|id| issue["id"] == **id));
        if !found.is_empty() && self.lag > 0 {
            self.lag -= 1;
            found.clear();
        }
        json!({"issues": found, "isLast": true})
    }

    fn make(&mut self, body: &Value) -> Result<Value, String> {
        let fields = &body["fields"];
        if fields["project"]["key"] != "SEC" || fields["issuetype"]["name"] != "Task" {
            return Err("another project or type than configured".to_owned());
        }
        let summary = fields["summary"].as_str().unwrap();
        if summary.encode_utf16().count() > 255 || summary.contains('\n') {
            return Err("the summary is too long, or has lines".to_owned());
        }
        let labels = fields["labels"].as_array().unwrap();
        if labels.iter().any(|label| label.as_str().unwrap().contains(' ')) {
            return Err("a label has spaces".to_owned());
        }
        let number = self.issues.len() + 1;
        let mut issue = json!({"id": (10_000 + number).to_string(), "key": format!("SEC-{number}"), "fields": fields});
        issue["fields"]["status"] = json!({"statusCategory": {"key": "new"}});
        for property in body["properties"].as_array().unwrap() {
            issue["properties"][property["key"].as_str().unwrap()] = property["value"].clone();
        }
        self.issues.push(issue.clone());
        Ok(json!({"id": issue["id"], "key": issue["key"], "self": "https://x"}))
    }
}

impl Keeps for Jira {
    fn kept(&self) -> Vec<Kept> {
        let left =
            self.issues.iter().filter(|one| !self.deleted.iter().any(|id| one["id"] == **id));
        left.map(|issue| {
            let id = issue["id"].as_str().unwrap().to_owned();
            let comments = self.comments.iter().filter(|(of, _)| *of == id);
            Kept {
                is_open: issue["fields"]["status"]["statusCategory"]["key"] != "done",
                title: issue["fields"]["summary"].as_str().unwrap().to_owned(),
                text: serde_json::to_string_pretty(&issue["fields"]["description"]).unwrap(),
                comments: comments.map(|(_, comment)| comment["body"].to_string()).collect(),
                id,
            }
        })
        .collect()
    }

    fn set_open(&mut self, id: &str, open: bool) {
        let issue = self.issues.iter_mut().find(|issue| issue["id"] == *id).unwrap();
        let category = if open { "new" } else { "done" };
        issue["fields"]["status"]["statusCategory"]["key"] = category.into();
    }

    fn delete(&mut self, id: &str) {
        self.deleted.push(id.to_owned());
    }
}

/// The index is behind: the answer to the creation is lost, the search finds nothing, and still the next
/// run finds the first issue.
#[tokio::test]
async fn the_index_is_behind() {
    let stage = stage(Locale::En, Vault::new(TOKEN, TOKEN)).await;
    stage.server.inner().vendor.lag = 1;
    stage.server.trouble("POST", "/issue", Trouble::LosesTheAnswer);
    let first = card(State::Diagnosed);
    let error = stage.upsert(None, &first, false).await.unwrap_err();
    let TellError::Later { after, .. } = error else { panic!("{error:?}") };
    assert_eq!(after.unwrap().as_mins(), 2);
    let known = stage.upsert(None, &first, false).await.unwrap();
    assert_eq!(known.name, "SEC-1");
    assert_eq!(stage.server.inner().vendor.issues.len(), 1);
    stage.server.check();
}

/// A workflow without the configured transition is told, with what it offers; text and comment are up
/// to date, and once the setting is right the issue is closed.
#[tokio::test]
async fn a_transition_that_is_not_there() {
    let stage = stage(Locale::En, Vault::new(TOKEN, TOKEN)).await;
    stage.server.inner().vendor.done = Some("Resolve".to_owned());
    let first = card(State::AwaitingApproval);
    let known = stage.upsert(None, &first, false).await.unwrap();
    let verified = moved(&first, State::Verified);
    let error = stage.upsert(Some(&known), &verified, true).await.unwrap_err();
    insta::assert_snapshot!(error, @"Jira: SEC-1 offers no transition `Done`, but `To Do`, `Resolve`: set tickets.jira.close_transition");
    stage.server.inner().vendor.done = None;
    stage.upsert(Some(&known), &verified, true).await.unwrap();
    let kept = stage.server.inner().vendor.kept();
    assert_eq!((kept[0].is_open, kept[0].comments.len()), (false, 1));
}
