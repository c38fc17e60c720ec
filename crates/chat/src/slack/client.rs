//! Calls to Slack's Web API. <https://docs.slack.dev/apis/web-api>

use super::fault;
use crate::http;
use crate::memory::Memory;
use core::time::Duration;
use locksmith_app::config;
use locksmith_app::ports::{Secrets, TellError};
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use serde_json::Value;

/// Where Slack is, unless the configuration says otherwise.
const SLACK: &str = "https://slack.com";

/// A client of Slack's Web API.
#[derive(Debug)]
pub struct Client<'a, K> {
    secrets: &'a K,
    /// The secret's name or ARN.
    secret: String,
    pub(super) memory: &'a Memory,
    /// Where its methods are.
    api: String,
    /// What the addresses begin with at which Slack takes answers to a click.
    hooks: String,
}

/// What is sent along.
pub(super) enum Body<'b> {
    /// As JSON, for methods that write.
    Json(&'b Value),
    /// As a form, for methods that read and take nothing else.
    Form(&'b [(&'b str, &'b str)]),
}

impl<'a, K: Secrets> Client<'a, K> {
    /// A client for the Slack of a configuration.
    pub fn new(chat: &config::Chat, secrets: &'a K, memory: &'a Memory) -> Self {
        let slack = chat.url.as_deref().unwrap_or(SLACK).trim_end_matches('/');
        let hooks = match slack.strip_prefix("https://") {
            Some(host) => format!("https://hooks.{host}/"),
            // A server on this machine that stands in for Slack has one address.
            None => format!("{slack}/hooks/"),
        };
        let (secret, api) = (chat.secret.clone(), format!("{slack}/api"));
        Self { secrets, secret, memory, api, hooks }
    }

    /// A field of the secret; `fresh` reads it anew.
    ///
    /// # Errors
    /// Why it is not known, without its content.
    pub(crate) async fn secret(&self, field: &str, fresh: bool) -> Result<String, String> {
        let problem = |why| format!("secret `{}`: {why}", self.secret);
        let secret = self.secrets.secret(&self.secret, fresh).await.map_err(problem)?;
        secret.field(field).map(str::to_owned).map_err(problem)
    }

    /// Calls a method; a token that is refused is read anew once.
    pub(super) async fn call(
        &self,
        method: &str,
        body: &Body<'_>,
        limit: Duration,
    ) -> Result<Value, TellError> {
        let called = async {
            for fresh in [false, true] {
                let answer = self.once(method, body, limit, fresh).await?;
                if answer.get("ok").and_then(Value::as_bool) == Some(true) {
                    return Ok(answer);
                }
                let code = answer.get("error").and_then(Value::as_str).unwrap_or("no error named");
                if fresh || !fault::refuses_token(code) {
                    return Err(fault::of(method, code, &answer));
                }
            }
            Err(TellError::Refused(format!("slack {method}: no token is taken")))
        };
        // The limit is for all of it, so that whoever waits knows for how long.
        let late = |_| TellError::Later {
            why: format!("slack {method}: it did not answer in time"),
            after: None,
        };
        tokio::time::timeout(limit, called).await.map_err(late)?
    }

    async fn once(
        &self,
        method: &str,
        body: &Body<'_>,
        limit: Duration,
        fresh: bool,
    ) -> Result<Value, TellError> {
        let token = self.secret("bot_token", fresh).await;
        let token = token.map_err(|why| TellError::Later { why, after: None })?;
        let mut bearer = HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| {
            TellError::Refused("the secret's `bot_token` holds signs no token has".to_owned())
        })?;
        bearer.set_sensitive(true);
        let (kind, body) = match body {
            Body::Json(value) => ("application/json; charset=utf-8", value.to_string()),
            Body::Form(pairs) => ("application/x-www-form-urlencoded", form(pairs)),
        };
        let to = format!("slack {method}");
        let request = self
            .memory
            .http
            .post(format!("{}/{method}", self.api))
            .timeout(limit)
            .header(reqwest::header::AUTHORIZATION, bearer)
            .header(CONTENT_TYPE, kind)
            .body(body);
        let answer = request.send().await.map_err(|error| http::not_sent(&to, error))?;
        if let Some(error) = http::status(&to, &answer) {
            return Err(error);
        }
        let body = http::body(&to, answer).await?;
        serde_json::from_slice(&body).map_err(|_| TellError::Later {
            why: format!("{to}: the answer is no JSON"),
            after: None,
        })
    }

    /// Answers a click where Slack said, in words that only whoever clicked sees.
    pub(crate) async fn answer_click(
        &self,
        address: &str,
        text: &str,
        limit: Duration,
    ) -> Result<(), TellError> {
        let to = "slack response_url";
        if !address.starts_with(&self.hooks) {
            return Err(TellError::Refused(format!("{to}: it is not an address of Slack")));
        }
        let body = serde_json::json!({
            "response_type": "ephemeral", "replace_original": false, "text": text,
        });
        let request = self.memory.http.post(address).timeout(limit);
        let request = request.header(CONTENT_TYPE, "application/json").body(body.to_string());
        let answer = request.send().await.map_err(|error| http::not_sent(to, error))?;
        http::status(to, &answer).map_or(Ok(()), Err)
    }
}

fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}
