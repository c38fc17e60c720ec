//! What a visitor sent by a form of ours.

use super::Site;
use super::login::stale;
use super::visitor::Visitor;
use crate::world::World;
use axum::Form;
use axum::extract::{FromRequest, FromRequestParts as _, Request};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// A form, and whose it is. One that does not carry the visitor's own token is refused before anybody
/// reads it: another site may have had the browser send it.
pub(crate) struct Sent<F> {
    pub(crate) visitor: Visitor,
    pub(crate) fields: F,
}

#[derive(Deserialize)]
struct Whole<F> {
    #[serde(default)]
    form_token: String,
    #[serde(flatten)]
    fields: F,
}

impl<W: World, F: DeserializeOwned> FromRequest<Arc<Site<W>>> for Sent<F> {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Arc<Site<W>>) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, site).await?;
        let request = Request::from_parts(parts, body);
        let form = Form::<Whole<F>>::from_request(request, site).await;
        let Form(Whole { form_token, fields }) = form.map_err(IntoResponse::into_response)?;
        if !visitor.sent(&form_token) {
            return Err(stale(site, &visitor));
        }
        Ok(Self { visitor, fields })
    }
}
