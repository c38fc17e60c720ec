//! Requests and answers as API Gateway hands them over.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use locksmith_chat::Response;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is read of a request, in payload format 2.0.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Event {
    pub(crate) raw_path: String,
    #[serde(default)]
    pub(crate) raw_query_string: String,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    pub(crate) request_context: Context,
    #[serde(default)]
    body: String,
    #[serde(default)]
    is_base64_encoded: bool,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Context {
    pub(crate) http: Http,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Http {
    pub(crate) method: String,
    pub(crate) source_ip: String,
}

impl Event {
    /// The headers; of one that came several times the values are joined by commas.
    pub(crate) fn headers(&self) -> Vec<(String, String)> {
        self.headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// The body, byte for byte; none where it is not what API Gateway says that it is.
    pub(crate) fn body(&self) -> Option<Vec<u8>> {
        if self.is_base64_encoded {
            return STANDARD.decode(&self.body).ok();
        }
        Some(self.body.clone().into_bytes())
    }
}

/// An answer, in payload format 2.0.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Reply {
    status_code: u16,
    headers: BTreeMap<&'static str, String>,
    body: String,
    is_base64_encoded: bool,
}

impl From<Response> for Reply {
    fn from(response: Response) -> Self {
        let Response { status, headers, body } = response;
        let headers = headers.into_iter().collect();
        Self { status_code: status, headers, body, is_base64_encoded: false }
    }
}

#[cfg(test)]
mod tests {
    use super::Event;
    use serde_json::json;

    #[test]
    fn bodies_are_read_byte_for_byte() {
        let event = |body: &str, encoded: bool| -> Event {
            let event = json!({
                "version": "2.0",
                "rawPath": "/slack",
                "rawQueryString": "a=1",
                "headers": {"content-type": "application/x-www-form-urlencoded"},
                "requestContext": {"http": {"method": "POST", "path": "/slack", "sourceIp": "192.0.2.1"}},
                "body": body,
                "isBase64Encoded": encoded,
            });
            serde_json::from_value(event).unwrap()
        };
        assert_eq!(event("payload=%7B%7D", false).body().unwrap(), b"payload=%7B%7D");
        assert_eq!(event("cGF5bG9hZD0lN0IlN0Q=", true).body().unwrap(), b"payload=%7B%7D");
        assert_eq!(event("%%", true).body(), None);
        assert_eq!(event("", false).request_context.http.source_ip, "192.0.2.1");
    }
}
