//! Requests by `octocrab`, on the client that all systems share.
//!
//! Its own methods lose the headers of errors, with which GitHub says how long it wants to be left
//! alone, and its models refuse an issue that lacks one of their many fields; so it sends and signs the
//! requests, and answers are read here.

use crate::exchange::{Answer, Ask, Fault, Wire};
use locksmith_app::ports::Secret;
use octocrab::Octocrab;
use reqwest::{Client, Method};

/// Requests to GitHub.
#[derive(Clone, Debug)]
pub(crate) struct GitHub {
    client: Client,
    address: String,
}

impl GitHub {
    /// Requests to GitHub at an address.
    ///
    /// # Errors
    /// Why the address cannot be used.
    pub(crate) fn new(client: Client, address: &str) -> Result<Self, String> {
        Ok(Self { client, address: crate::exchange::checked(address)? })
    }

    fn octocrab(&self, secret: &Secret) -> Result<Octocrab, Fault> {
        let token = secret.field("token");
        let token = token.map_err(|why| Fault::Refused(format!("the secret: {why}")))?;
        let builder = Octocrab::builder().personal_token(token.to_owned());
        let octocrab = builder
            .base_uri(self.address.as_str())
            .and_then(|builder| builder.build_with_reqwest(self.client.clone()));
        octocrab.map_err(|_| Fault::Refused("no client for this address can be made".to_owned()))
    }
}

impl Wire for GitHub {
    const FIELDS: &'static [&'static str] = &["token"];

    async fn send(&self, ask: &Ask, secret: &Secret) -> Result<Answer, Fault> {
        let octocrab = self.octocrab(secret)?;
        // A GitHub Enterprise Server has its interface below a path.
        let path = format!("{}{}", self.address, ask.path);
        let body = ask.body.as_ref();
        let response = match ask.method {
            Method::POST => octocrab._post(path, body).await,
            Method::PATCH => octocrab._patch(path, body).await,
            _ => octocrab._get(path).await,
        };
        let response = response.map_err(|error| failed(&error))?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = octocrab.body_to_string(response).await.map_err(|error| failed(&error))?;
        Ok(Answer::new(status, &headers, text.as_bytes()))
    }
}

/// What was never sent was not done; of everything else nobody knows.
fn failed(error: &octocrab::Error) -> Fault {
    let mut source: Option<&(dyn core::error::Error + 'static)> = Some(error);
    while let Some(next) = source {
        if let Some(inner) = next.downcast_ref::<reqwest::Error>() {
            return crate::exchange::failed(inner);
        }
        source = next.source();
    }
    Fault::Unsure("the connection failed".to_owned())
}
