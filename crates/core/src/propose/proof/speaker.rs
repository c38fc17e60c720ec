//! The one document that a change writes, as the engine hears it.

use crate::evaluate::{Documents, Grants, Layer, Request, Says, Source, documents_say, grants_say};
use crate::evidence::{Field, GrantEntry, grants};
use crate::plan::{Change, ChangeKind};
use crate::policy::{Policy, PolicyKind};
use serde_json::Value;
use std::sync::Arc;

/// What a change's document says at its layer.
pub(super) enum Speaker {
    /// A policy, or none.
    Documents(Layer, Documents),
    /// A grant, or none.
    Grants(Grants),
}

impl Speaker {
    pub(super) fn before(change: &Change) -> Result<Self, String> {
        Self::new(change.kind, change.before.as_ref())
    }

    pub(super) fn after(change: &Change) -> Result<Self, String> {
        Self::new(change.kind, Some(&change.after))
    }

    fn new(kind: ChangeKind, document: Option<&Value>) -> Result<Self, String> {
        let (layer, policy_kind) = match kind {
            ChangeKind::PutBucketPolicy => (Layer::BucketPolicy, PolicyKind::Resource),
            ChangeKind::PutAccessPointPolicy => (Layer::AccessPointPolicy, PolicyKind::Resource),
            ChangeKind::PutKeyPolicy => (Layer::KeyPolicy, PolicyKind::Key),
            ChangeKind::PutTrustPolicy => (Layer::TrustPolicy, PolicyKind::Trust),
            ChangeKind::PutRolePolicy | ChangeKind::PutUserPolicy => {
                (Layer::IdentityPolicy, PolicyKind::Identity)
            }
            ChangeKind::CreateGrant => return grant(document).map(Self::Grants),
            ChangeKind::PutBucketEncryption => {
                return Err("default encryption is no policy".to_owned());
            }
        };
        let policy = document.map(|document| Policy::from_value(document, policy_kind)).transpose();
        let policy = policy.map_err(|error| error.to_string())?;
        let documents = policy.map(|policy| Source::Read(Arc::new(policy)));
        Ok(Self::Documents(layer, documents.into_iter().collect()))
    }

    pub(super) fn says(&self, request: &Request<'_>) -> Says {
        match self {
            Self::Documents(layer, documents) => documents_say(request, *layer, documents),
            Self::Grants(grants) => grants_say(request, grants),
        }
    }

    /// Two policies without the statements that both have; none where what a statement means may
    /// depend on which of them it stands in.
    ///
    /// What a policy says is the sum of what its statements say. So where these two say the same,
    /// the whole policies do.
    pub(super) fn apart(one: &Self, other: &Self) -> Option<[Self; 2]> {
        let (Self::Documents(layer, _), Some(a), Some(b)) = (one, one.policy(), other.policy())
        else {
            return None;
        };
        let without = |policy: &Policy, both: &Policy| {
            let mut apart = policy.clone();
            apart.statements.retain(|statement| !both.statements.contains(statement));
            Self::Documents(*layer, vec![Source::Read(Arc::new(apart))])
        };
        (a.version == b.version).then(|| [without(a, b), without(b, a)])
    }

    /// The policy, where it is one.
    pub(super) fn policy(&self) -> Option<&Policy> {
        match self {
            Self::Documents(_, documents) => documents.iter().find_map(|source| match source {
                Source::Read(policy) => Some(&**policy),
                Source::Unreadable(_) => None,
            }),
            Self::Grants(_) => None,
        }
    }

    /// The grant, where it is one.
    pub(super) fn grants(&self) -> Option<&Grants> {
        match self {
            Self::Documents(..) => None,
            Self::Grants(grants) => Some(grants),
        }
    }
}

/// A request of `CreateGrant` as the grant that it makes.
fn grant(request: Option<&Value>) -> Result<Grants, String> {
    let Some(request) = request else { return Ok(Grants::default()) };
    let entry: GrantEntry =
        serde_json::from_value(request.clone()).map_err(|error| error.to_string())?;
    let made = grants(&Field::Set(vec![Field::Set(entry)]));
    match made.unreadable.first() {
        Some(why) => Err(why.to_string()),
        None => Ok(made),
    }
}
