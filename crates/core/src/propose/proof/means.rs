//! Whether a request is one that is meant to be allowed. Said plainly and without the engine, whose
//! answers it judges.

use crate::context::{Context, Fact};
use crate::evaluate::Request;
use crate::plan::ChangeKind;
use crate::propose::intent::{Intended, Intent, Usage};
use jiff::Timestamp;

impl Intent {
    /// Whether the request is one that is meant to be allowed by a change of this kind: of a session
    /// of the role, or of the user and of a federated user who has no more than the user.
    pub(super) fn means(&self, request: &Request<'_>, kind: ChangeKind) -> bool {
        request.caller.entity.arn() == Some(&*self.entity)
            && self.until.is_none_or(|until| is_before(request.context, until))
            && self.permissions.iter().any(|one| one.means(request, kind))
    }
}

impl Intended {
    fn means(&self, request: &Request<'_>, kind: ChangeKind) -> bool {
        // A grant cannot say through which service a key is used: that is its known price.
        let through_any = kind == ChangeKind::CreateGrant;
        request.action.is(self.action.as_str())
            && request.resource.is_some_and(|resource| self.resource.holds(resource))
            && self
                .point
                .as_deref()
                .is_none_or(|point| text(request.context, "s3:dataaccesspointarn") == Some(point))
            && self.usage.as_ref().is_none_or(|usage| {
                (through_any || usage.is_through(request.context))
                    && usage.has_pairs(request.context)
            })
    }
}

impl Usage {
    fn is_through(&self, context: &Context) -> bool {
        self.via.is_none() || text(context, "kms:viaservice") == self.via.as_deref()
    }

    /// Other pairs may be there besides.
    fn has_pairs(&self, context: &Context) -> bool {
        self.context.iter().all(|(pair, values)| {
            let key = format!("kms:encryptioncontext:{}", pair.to_ascii_lowercase());
            text(context, &key).is_some_and(|text| values.iter().any(|value| value.holds(text)))
        })
    }
}

fn is_before(context: &Context, until: i64) -> bool {
    let now = text(context, "aws:currenttime").and_then(|now| now.parse::<Timestamp>().ok());
    now.is_some_and(|now| now.as_second() < until)
}

fn text<'a>(context: &'a Context, key: &str) -> Option<&'a str> {
    match context.get(key) {
        Fact::One(text) => Some(text),
        _ => None,
    }
}
