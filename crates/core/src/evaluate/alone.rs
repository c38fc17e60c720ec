//! What one layer says by itself, whatever the others say.
//!
//! A decision hears documents and grants only through what stands here: how they combine with
//! other layers depends on nothing else in them, but for two questions. One is whether a bucket
//! policy is public, which [`is_public`](super::is_public) answers; the other whether the caller has
//! a permissions boundary, which only a `Deny` with `NotPrincipal` heeds. So two documents that say
//! the same to a request, are both public or both not, and have the same such statements, leave every
//! decision on that request as it is.

use super::decide::Request;
use super::grant::{self, Grants};
use super::layer::{Documents, Layer};
use super::reason::Unexplained;
use super::statement::{Question, Says};
use crate::tri::Tri;

/// What the documents of a layer say to a request of a caller without a permissions boundary.
pub(crate) fn documents_say(request: &Request<'_>, layer: Layer, documents: &Documents) -> Says {
    let question = Question { request, resource: request.resource, layer, bounded: Tri::No };
    question.ask(documents, 0, &mut Unexplained)
}

/// What grants say to a request.
pub(crate) fn grants_say(request: &Request<'_>, grants: &Grants) -> Says {
    grant::ask(grants, request, &mut Unexplained)
}
