//! Tokens from Secrets Manager, kept for a few minutes.

use crate::evidence::Failure;
use crate::own_call::{self, OwnCall, Protocol};
use aws_config::SdkConfig;
use aws_smithy_runtime_api::box_error::BoxError;
use core::fmt;
use locksmith_app::ports::{Secret, Secrets};
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

const SECRETS_MANAGER: Protocol = Protocol {
    service: "secretsmanager",
    content_type: "application/x-amz-json-1.1",
    refusal: own_call::json_refusal,
    throttles: &["ThrottlingException"],
};
const OPERATION: &str = "GetSecretValue";

/// How long a secret is believed: a rotated one is noticed without a restart.
const KEPT: Duration = Duration::from_mins(5);
/// How long one that was just read is believed even if it was refused, so that a wrong token does not
/// ask Secrets Manager at each call.
const JUST_READ: Duration = Duration::from_secs(10);

/// The secrets of our own account.
/// <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html>
#[derive(Debug)]
pub struct SecretsManager {
    config: SdkConfig,
    kept: Duration,
    just_read: Duration,
    known: Mutex<HashMap<String, Arc<Known>>>,
}

/// A secret and when it was read. Whoever reads it holds the lock, so that others who want the same one
/// wait for one call, and nobody else does.
type Known = Mutex<Option<(Instant, Secret)>>;

impl SecretsManager {
    /// Reads with these credentials, in this Region. A secret is believed for five minutes, and for ten
    /// seconds even if it was refused.
    pub fn new(config: SdkConfig) -> Self {
        Self { config, kept: KEPT, just_read: JUST_READ, known: Mutex::default() }
    }

    /// With other times for which a secret is believed: by those who do not know better, and by those
    /// who ask for a fresh one.
    #[must_use]
    pub fn believing(self, kept: Duration, just_read: Duration) -> Self {
        Self { kept, just_read, ..self }
    }

    async fn read(&self, name: &str) -> Result<Secret, String> {
        let call = OwnCall {
            operation: OPERATION,
            path: "/",
            target: Some("secretsmanager.GetSecretValue"),
            body: json!({"SecretId": name}).to_string(),
        };
        let answer = own_call::send_with(&self.config, &SECRETS_MANAGER, call, text).await;
        let Text(text) = answer.map_err(|error| {
            let failure = Failure::of(OPERATION, &error);
            format!("secret {name}: {failure}")
        })?;
        Secret::parse(&text).map_err(|why| format!("secret {name}: {why}"))
    }
}

impl Secrets for SecretsManager {
    async fn secret(&self, name: &str, fresh: bool) -> Result<Secret, String> {
        let known = self.known.lock().await.entry(name.to_owned()).or_default().clone();
        let mut known = known.lock().await;
        let believed = if fresh { self.just_read } else { self.kept };
        if let Some((at, secret)) = known.as_ref()
            && at.elapsed() < believed
        {
            return Ok(secret.clone());
        }
        let secret = self.read(name).await?;
        *known = Some((Instant::now(), secret.clone()));
        Ok(secret)
    }
}

/// What a secret holds; it is not shown.
struct Text(String);

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Text(..)")
    }
}

/// What cannot be read is not quoted.
fn text(answer: &str) -> Result<Text, BoxError> {
    #[derive(Deserialize)]
    struct Answer {
        #[serde(rename = "SecretString")]
        text: Option<String>,
    }
    let answer: Option<Answer> = serde_json::from_str(answer).ok();
    let text = answer.and_then(|answer| answer.text);
    text.map(Text).ok_or_else(|| "the secret holds no text".into())
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn what_is_secret_is_not_shown() {
        let answer = text(r#"{"Name": "x", "SecretString": "{\"token\": \"hush\"}"}"#).unwrap();
        assert_eq!(answer.0, r#"{"token": "hush"}"#);
        assert!(!format!("{answer:?}").contains("hush"));
        for bad in [r#"{"SecretBinary": "aHVzaA=="}"#, r#"{"SecretString": ["hush"]}"#, "hush"] {
            let error = text(bad).unwrap_err().to_string();
            assert!(!error.contains("hush"), "{error}");
        }
    }
}
