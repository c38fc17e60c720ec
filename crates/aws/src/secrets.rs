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
    known: Mutex<HashMap<String, (Instant, Secret)>>,
}

impl SecretsManager {
    /// Reads with these credentials, in this Region.
    pub fn new(config: SdkConfig) -> Self {
        Self { config, known: Mutex::default() }
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
        let mut known = self.known.lock().await;
        let believed = if fresh { JUST_READ } else { KEPT };
        if let Some((at, secret)) = known.get(name)
            && at.elapsed() < believed
        {
            return Ok(secret.clone());
        }
        let secret = self.read(name).await?;
        known.insert(name.to_owned(), (Instant::now(), secret.clone()));
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
