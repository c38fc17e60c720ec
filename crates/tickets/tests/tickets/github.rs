//! GitHub, as far as issues go.

use crate::closing::{Keeps, Kept, Stage};
use crate::schema;
use crate::server::{Seen, Server, Vendor};
use crate::system::{TOKEN, Vault, tickets};
use locksmith_app::config::Locale;
use serde_json::{Value, json};

#[derive(Default)]
pub(crate) struct GitHub {
    issues: Vec<Value>,
    comments: Vec<(u64, Value)>,
    deleted: Vec<u64>,
}

pub(crate) async fn stage(locale: Locale, vault: Vault) -> Stage<GitHub> {
    let server = Server::start(GitHub::default()).await;
    let settings = json!({"repository": "octo/denials", "url": server.url, "labels": ["security"]});
    Stage { tickets: tickets("github", settings, locale), server, vault }
}

impl Vendor for GitHub {
    fn admits(&self, request: &Seen) -> bool {
        request.header("authorization") == format!("Bearer {TOKEN}")
    }

    fn answer(&mut self, request: &Seen) -> Result<(u16, Value), String> {
        if request.header("user-agent").is_empty() {
            return Err("GitHub asks for a user-agent".to_owned());
        }
        let rest = request.path.strip_prefix("/repos/octo/denials/issues");
        let rest = rest.ok_or("no such path")?;
        let parts: Vec<&str> = rest.split('/').skip(1).collect();
        let issues = "/repos/{owner}/{repo}/issues";
        let path = match parts.as_slice() {
            [] => issues.to_owned(),
            [_] => format!("{issues}/{{issue_number}}"),
            _ => format!("{issues}/{{issue_number}}/comments"),
        };
        schema::github(&format!("{} {path}", request.method), request)?;
        limits(&request.body)?;
        let number: Option<u64> = parts.first().map(|number| number.parse().unwrap());
        if number.is_some_and(|number| self.deleted.contains(&number)) {
            return Ok((410, json!({"message": "This issue was deleted"})));
        }
        Ok(match (request.method.as_str(), number, parts.len()) {
            ("GET", None, _) => (200, self.list(request)),
            ("POST", None, _) => (201, self.make(&request.body)),
            ("GET", Some(number), 1) => match self.issue(number) {
                Some(issue) => (200, issue.clone()),
                None => (404, json!({"message": "Not Found"})),
            },
            ("PATCH", Some(number), 1) => {
                let issue = self.issue(number).ok_or("no such issue")?;
                for (name, value) in request.body.as_object().unwrap() {
                    issue[name] = value.clone();
                }
                (200, issue.clone())
            }
            ("GET", Some(number), _) => {
                assert!(request.query("since").ends_with('Z'));
                let all = self.comments.iter().filter(|(of, _)| *of == number);
                (200, all.map(|(_, comment)| comment.clone()).collect())
            }
            ("POST", Some(number), _) => {
                self.comments.push((number, request.body.clone()));
                (201, request.body.clone())
            }
            _ => return Err("not expected".to_owned()),
        })
    }
}

/// <https://docs.github.com/en/rest/issues/issues>: what is longer is answered with 422.
fn limits(body: &Value) -> Result<(), String> {
    for (name, most) in [("title", 256), ("body", 65_536)] {
        let text = body.get(name).and_then(Value::as_str).unwrap_or("x");
        if text.trim().is_empty() || text.encode_utf16().count() > most {
            return Err(format!("{name} is empty, or longer than {most}"));
        }
    }
    let labels = body.get("labels").and_then(Value::as_array).into_iter().flatten();
    match labels.filter_map(Value::as_str).find(|label| label.len() > 50) {
        Some(label) => Err(format!("the label {label} is longer than 50")),
        None => Ok(()),
    }
}

impl GitHub {
    fn issue(&mut self, number: u64) -> Option<&mut Value> {
        self.issues.iter_mut().find(|issue| issue["number"] == number)
    }

    fn list(&self, request: &Seen) -> Value {
        let label = request.query("labels");
        let has = |issue: &&Value| {
            issue["labels"].as_array().unwrap().iter().any(|it| it["name"] == label)
        };
        let gone = |issue: &&Value| !self.deleted.iter().any(|number| issue["number"] == *number);
        assert_eq!(request.query("state"), "all", "a closed one is wanted, too");
        self.issues.iter().filter(has).filter(gone).cloned().collect()
    }

    fn make(&mut self, body: &Value) -> Value {
        let number = self.issues.len() as u64 + 1;
        let labels = body["labels"].as_array().unwrap().iter();
        let labels: Vec<Value> = labels.map(|name| json!({"name": name})).collect();
        let issue = json!({
            "number": number, "state": "open", "title": body["title"], "body": body["body"],
            "labels": labels, "html_url": format!("https://github.com/octo/denials/issues/{number}"),
        });
        self.issues.push(issue.clone());
        issue
    }
}

impl Keeps for GitHub {
    fn kept(&self) -> Vec<Kept> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let left =
            self.issues.iter().filter(|one| !self.deleted.iter().any(|it| one["number"] == *it));
        left.map(|issue| {
            let number = issue["number"].as_u64().unwrap();
            let comments = self.comments.iter().filter(|(of, _)| *of == number);
            Kept {
                id: number.to_string(),
                is_open: issue["state"] == "open",
                title: text(&issue["title"]),
                text: text(&issue["body"]),
                comments: comments.map(|(_, comment)| text(&comment["body"])).collect(),
            }
        })
        .collect()
    }

    fn set_open(&mut self, id: &str, open: bool) {
        let issue = self.issue(id.parse().unwrap()).unwrap();
        issue["state"] = if open { "open" } else { "closed" }.into();
    }

    fn delete(&mut self, id: &str) {
        self.deleted.push(id.parse().unwrap());
    }
}

/// Why it was closed is told apart: the call works, or nothing is done about it.
#[tokio::test]
async fn closed_for_a_reason() {
    use crate::cards::{card, moved};
    use locksmith_app::incident::State;
    for (state, reason) in [(State::Verified, "completed"), (State::Rejected, "not_planned")] {
        let stage = stage(Locale::En, Vault::new(TOKEN, TOKEN)).await;
        let first = card(State::AwaitingApproval);
        let known = stage.upsert(None, &first, false).await.unwrap();
        stage.upsert(Some(&known), &moved(&first, state), true).await.unwrap();
        stage.server.check();
        let inner = stage.server.inner();
        assert_eq!(inner.vendor.issues[0]["state_reason"], reason);
    }
}

/// A pull request with the label is no ticket.
#[tokio::test]
async fn pull_requests_are_passed_over() {
    use crate::cards::{INCIDENT, card};
    use locksmith_app::incident::State;
    let stage = stage(Locale::En, Vault::new(TOKEN, TOKEN)).await;
    stage.server.inner().vendor.issues.push(json!({
        "number": 1, "state": "open", "title": "x", "body": "", "pull_request": {},
        "labels": [{"name": format!("locksmith-{INCIDENT}")}],
    }));
    let known = stage.upsert(None, &card(State::Manual), false).await.unwrap();
    assert_eq!(known.name, "#2");
}
