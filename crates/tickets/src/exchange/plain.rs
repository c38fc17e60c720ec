//! Requests by the client that all systems share.

use super::{Answer, Ask, Fault, Wire};
use core::time::Duration;
use locksmith_app::ports::Secret;
use reqwest::header::HeaderMap;
use reqwest::{Client, RequestBuilder, Url};

/// The largest answer that is read, in bytes: a few records, or a list of comments.
const LARGEST: usize = 4 << 20;

/// Puts what a secret says into a request whose body is given.
///
/// # Errors
/// Which field is missing.
pub(crate) type Authorize = fn(RequestBuilder, &Secret, &[u8]) -> Result<RequestBuilder, String>;

/// Requests by the shared client.
#[derive(Clone, Debug)]
pub(crate) struct Plain {
    client: Client,
    address: String,
    authorize: Authorize,
}

/// A client with time limits, TLS by rustls on ring, that follows nobody elsewhere.
///
/// # Errors
/// Why there can be none.
pub(crate) fn client() -> Result<Client, String> {
    // Whoever came first has installed the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder()
        .connect_timeout(Duration::from_secs(3))
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("locksmith/", env!("CARGO_PKG_VERSION")));
    client.build().map_err(|error| format!("no client for HTTPS can be made: {error}"))
}

impl Plain {
    /// Requests to the system at an address.
    ///
    /// # Errors
    /// Why the address cannot be used.
    pub(crate) fn new(client: Client, address: &str, authorize: Authorize) -> Result<Self, String> {
        Ok(Self { client, address: checked(address)?, authorize })
    }
}

/// An address as it stands before paths. Secrets go over TLS alone, or stay on this machine.
pub(crate) fn checked(address: &str) -> Result<String, String> {
    let url = Url::parse(address).map_err(|error| format!("`{address}` is no address: {error}"))?;
    let is_local = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    match url.scheme() {
        "https" => {}
        "http" if is_local => {}
        _ => return Err(format!("`{address}` does not begin with https://")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the address holds a password: put it into the secret".to_owned());
    }
    Ok(address.trim_end_matches('/').to_owned())
}

impl Wire for Plain {
    const FIELDS: &'static [&'static str] = &["api_token", "password", "token", "key"];

    async fn send(&self, ask: &Ask, secret: &Secret) -> Result<Answer, Fault> {
        let url = format!("{}{}", self.address, ask.path);
        let body = ask.body.as_ref().map(|body| body.to_string().into_bytes());
        let request = self.client.request(ask.method.clone(), url).headers(accepts());
        let request = (self.authorize)(request, secret, body.as_deref().unwrap_or_default());
        let request = request.map_err(|why| Fault::Refused(format!("the secret: {why}")))?;
        let request = match body {
            Some(body) => request.header("content-type", "application/json").body(body),
            None => request,
        };
        let mut response = request.send().await.map_err(|error| failed(&error))?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut read = Vec::new();
        while let Some(part) = response.chunk().await.map_err(|error| failed(&error))? {
            if read.len() + part.len() > LARGEST {
                return Err(Fault::Refused(format!("the answer is larger than {LARGEST} bytes")));
            }
            read.extend_from_slice(&part);
        }
        Ok(Answer::new(status, &headers, &read))
    }
}

fn accepts() -> HeaderMap {
    let json = reqwest::header::HeaderValue::from_static("application/json");
    HeaderMap::from_iter([(reqwest::header::ACCEPT, json)])
}

/// What was never sent was not done; of everything else nobody knows.
pub(crate) fn failed(error: &reqwest::Error) -> Fault {
    let mut why = String::from("the connection failed");
    let mut source = core::error::Error::source(error);
    while let Some(next) = source {
        why = format!("the connection failed: {next}");
        source = next.source();
    }
    if error.is_connect() { Fault::Busy { why, after: None } } else { Fault::Unsure(why) }
}

#[cfg(test)]
mod tests {
    use super::checked;

    #[test]
    fn secrets_go_over_tls() {
        let good = [
            ("https://example.atlassian.net/", "https://example.atlassian.net"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ];
        for (given, expected) in good {
            assert_eq!(checked(given).unwrap(), expected);
        }
        for bad in ["example.com", "http://example.com", "https://a:b@example.com", "ftp://x"] {
            checked(bad).unwrap_err();
        }
    }
}
