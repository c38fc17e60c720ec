//! Issues on GitHub.
//!
//! An issue is found by a label of its own, `locksmith-<incident>`: lists by label come from GitHub's
//! database, so that an issue shows there as soon as it is made. What was last wanted of it stands in
//! the first line of its text, which the page does not show.
//! <https://docs.github.com/en/rest/issues/issues>

mod wire;

use crate::desk::{Desk, Found};
use crate::exchange::{Answer, Ask, Fault, Session, with_query};
use crate::marker::{Marker, Turn, comment_key, key};
use crate::text;
use jiff::SignedDuration;
use locksmith_app::card::{Card, TicketRef};
use locksmith_app::config::GitHub as Settings;
use locksmith_app::incident::State;
use locksmith_app::ports::Secrets;
use locksmith_words::Words;
use reqwest::Method;
use serde_json::{Value, json};

pub(crate) use wire::GitHub;

/// Longest title, in characters.
const TITLE: usize = 256;
/// Longest text of an issue or comment, in characters.
const BODY: usize = 65_536;
/// How much the clocks here and there may differ.
const SKEW: SignedDuration = SignedDuration::from_mins(10);
/// What begins the hidden line of an issue.
const ISSUE: &str = "<!-- locksmith ";
/// What begins the hidden line of a comment.
const COMMENT: &str = "<!-- locksmith says ";

/// One incident's issue.
pub(crate) struct Issues<'a, S> {
    pub(crate) session: Session<'a, S, GitHub>,
    pub(crate) settings: &'a Settings,
    pub(crate) card: &'a Card,
    pub(crate) words: Words,
}

impl<S: Secrets> Issues<'_, S> {
    fn path(&self, rest: &str) -> String {
        format!("/repos/{}/issues{rest}", self.settings.repository)
    }

    fn title(&self) -> String {
        text::title(self.card, self.words, TITLE)
    }

    fn body(&self) -> String {
        let marker = format!("{ISSUE}{} -->\n\n", Marker::of(self.card).short());
        let left = BODY - text::units(&marker);
        let report = text::report(self.card, self.words);
        marker
            + &text::fitted(&report, self.words, left, |report| {
                let text = text::markdown(report);
                let size = text::units(&text);
                (text, size)
            })
    }

    /// Says the state below the issue, unless that was said already.
    async fn say(&mut self, number: &str) -> Result<(), Fault> {
        let since = self.card.incident.state_since.saturating_sub(SKEW).unwrap_or_default();
        let since = since.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let path = self.path(&format!("/{number}/comments"));
        let query = with_query(&path, &[("since", since.as_str()), ("per_page", "100")]);
        let said = self.session.call(&Ask::get(query)).await?;
        let mark = format!("{COMMENT}{} -->", comment_key(self.card));
        let mut comments = said.body.as_array().into_iter().flatten();
        if comments.any(|one| text_of(one, "body").starts_with(&mark)) {
            return Ok(());
        }
        let text = text::markdown(&text::comment(self.card, self.words));
        let body = json!({"body": format!("{mark}\n\n{}", text::cut(&text, BODY / 2))});
        self.session.call(&Ask::post(path, body)).await.map(drop)
    }
}

impl<S: Secrets> Desk for Issues<'_, S> {
    async fn read(&mut self, id: &str) -> Result<Option<Found>, Fault> {
        match self.session.call(&Ask::get(self.path(&format!("/{id}")))).await {
            Ok(answer) => found(&answer.body).map(Some),
            Err(Fault::Missing { .. }) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    async fn find(&mut self) -> Result<Option<Found>, Fault> {
        let label = key(self.card);
        let query = [
            ("labels", label.as_str()),
            ("state", "all"),
            ("sort", "created"),
            ("direction", "asc"),
        ];
        let answer = self.session.call(&Ask::get(with_query(&self.path(""), &query))).await?;
        let issues = answer.body.as_array().into_iter().flatten();
        // Pull requests are issues, too.
        let mut issues = issues.filter(|issue| issue.get("pull_request").is_none());
        issues.next().map(found).transpose()
    }

    async fn make(&mut self) -> Result<Found, Fault> {
        let mut labels = vec!["locksmith".to_owned(), key(self.card)];
        labels.extend(self.settings.labels.iter().cloned());
        let body = json!({"title": self.title(), "body": self.body(), "labels": labels});
        let Answer { body, .. } = self.session.call(&Ask::post(self.path(""), body)).await?;
        found(&body)
    }

    async fn change(
        &mut self,
        issue: &Found,
        turn: Option<Turn>,
        comment: bool,
    ) -> Result<(), Fault> {
        let number = &issue.reference.id;
        if comment {
            self.say(number).await?;
        }
        let mut body = json!({"title": self.title(), "body": self.body()});
        let state = match turn {
            None => None,
            Some(Turn::Open) => Some(("open", "reopened")),
            Some(Turn::Close) if self.card.incident.state == State::Verified => {
                Some(("closed", "completed"))
            }
            Some(Turn::Close) => Some(("closed", "not_planned")),
        };
        if let (Some((state, reason)), Value::Object(fields)) = (state, &mut body) {
            fields.insert("state".to_owned(), state.into());
            fields.insert("state_reason".to_owned(), reason.into());
        }
        let path = self.path(&format!("/{number}"));
        self.session.call(&Ask::set(Method::PATCH, path, body)).await.map(drop)
    }
}

fn found(issue: &Value) -> Result<Found, Fault> {
    let number = issue.get("number").and_then(Value::as_u64);
    let number =
        number.ok_or_else(|| Fault::Refused("GitHub: an issue without number".to_owned()))?;
    let reference = TicketRef {
        id: number.to_string(),
        name: format!("#{number}"),
        url: issue.get("html_url").and_then(Value::as_str).map(str::to_owned),
    };
    let marker = text_of(issue, "body").strip_prefix(ISSUE);
    let marker = marker.and_then(|rest| Marker::parse(rest.split_once(" -->")?.0));
    Ok(Found { reference, is_open: text_of(issue, "state") == "open", marker })
}

fn text_of<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}
