//! Who asks, and in which language.

use super::session::same;
use super::{Site, language, login};
use crate::settings::Entrance;
use crate::world::World;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};
use axum::response::Response;
use locksmith_words::Words;
use std::sync::Arc;

/// Somebody who is logged in.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    /// By the id in the configuration.
    pub(crate) person: String,
    /// As whom the visitor may act, if there is a choice.
    pub(crate) roles: Vec<String>,
    /// The session; none where a proxy keeps it.
    pub(crate) session: Option<String>,
    /// What the visitor's forms carry.
    pub(crate) form_token: String,
    /// What the visitor reads.
    pub(crate) words: Words,
    /// The address asked for, without its query; `/` where it would lead elsewhere as a link.
    pub(crate) path: String,
}

impl Visitor {
    /// Whether a form is the visitor's own.
    pub(crate) fn sent(&self, form_token: &str) -> bool {
        same(&self.form_token, form_token)
    }
}

impl<W: World> FromRequestParts<Arc<Site<W>>> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        site: &Arc<Site<W>>,
    ) -> Result<Self, Self::Rejection> {
        let words = Words::new(language::of(&parts.headers, parts.uri.query()));
        let path = own(parts.uri.path()).to_owned();
        let sessions = &site.sessions;
        match &site.settings.entrance {
            Entrance::Link { people } => match sessions.find(&parts.headers) {
                Some((session, person)) => {
                    let form_token = sessions.form_token(&session, &person);
                    let roles = if people.len() > 1 { people.clone() } else { Vec::new() };
                    Ok(Self { person, roles, session: Some(session), form_token, words, path })
                }
                None => {
                    sessions.tell_link(site);
                    Err(login::ask(words, &path))
                }
            },
            Entrance::Proxy { header, .. } => {
                let known = named(&parts.headers, header)
                    .filter(|person| site.service.configuration().person(person).is_some());
                match known {
                    Some(person) => {
                        let form_token = sessions.form_token("", &person);
                        let roles = Vec::new();
                        Ok(Self { person, roles, session: None, form_token, words, path })
                    }
                    None => Err(login::unknown(words)),
                }
            }
        }
    }
}

/// A path of this site, or `/`: as a link, `//name/` leads to a server of that name, and browsers read
/// `\` like `/`.
pub(crate) fn own(path: &str) -> &str {
    let own = path.starts_with('/') && !path.starts_with("//");
    if own && !path.contains(['\\', '\r', '\n']) { path } else { "/" }
}

/// Whom the proxy names; nobody where it names more than one.
fn named(headers: &HeaderMap, header: &HeaderName) -> Option<String> {
    let mut values = headers.get_all(header).into_iter();
    let (Some(one), None) = (values.next(), values.next()) else { return None };
    one.to_str().ok().map(str::trim).filter(|person| !person.is_empty()).map(str::to_owned)
}
