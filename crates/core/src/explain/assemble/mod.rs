//! The policies in force for one needed permission, with where each of them was read.

mod identity;
mod organization;
mod resource;

use super::facts::{Facts, Subject};
use crate::arn::AccountId;
use crate::diagnosis::Place;
use crate::evaluate::{CallerKind, Documents, Layer, Policies, ResourcePolicy, Source, Unread};
use crate::evidence::{Document, Field};
use crate::policy::{Action, PolicyKind};
use std::sync::Arc;

/// Policies with the names and places of their documents, in the order in which
/// [`Policies::documents`] counts them.
pub(crate) struct Assembled {
    pub(crate) policies: Policies,
    pub(crate) origins: Vec<(Layer, Origin)>,
    /// The account of each layer that is in force.
    pub(crate) accounts: Vec<(Layer, AccountId)>,
    /// What has the policies of a layer, where it is not the resource: a role, an endpoint.
    pub(crate) holders: Vec<(Layer, String)>,
    /// The nodes of the levels of `scps`.
    pub(crate) scp_nodes: Vec<String>,
}

/// Where a document was read.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    /// The policy's ARN or name.
    pub(crate) name: String,
    pub(crate) place: Option<Place>,
    pub(crate) document: Option<serde_json::Value>,
}

impl Assembled {
    /// Collects what is in force for a permission on a subject.
    pub(crate) fn new(facts: &Facts<'_>, action: &Action, subject: &Subject<'_>) -> Self {
        let mut assembled = Self {
            policies: Policies::default(),
            origins: Vec::new(),
            accounts: Vec::new(),
            holders: Vec::new(),
            scp_nodes: Vec::new(),
        };
        assembled.caller(facts);
        assembled.session(facts);
        assembled.scps(facts);
        assembled.rcps(facts, subject);
        if !matches!(subject, Subject::Key(key) if key.usage.via.is_some()) {
            assembled.endpoint(facts);
        }
        match subject {
            Subject::S3(s3) => assembled.bucket(facts, action, s3),
            Subject::Key(key) => assembled.key(key),
            Subject::Role { found, .. } => {
                assembled.trust(found, facts.account(subject));
            }
            Subject::Other(arn) if arn.as_deref() != Some("*") => {
                let account = facts.account(subject);
                let source = assembled.unreadable(Layer::ResourcePolicy, Unread::NotReadByDesign);
                assembled.resource(Layer::ResourcePolicy, vec![source], None, account);
            }
            Subject::Other(_) | Subject::Service => {}
        }
        assembled
    }

    pub(crate) fn account(&self, layer: Layer) -> Option<AccountId> {
        self.accounts.iter().find(|(own, _)| *own == layer).map(|(_, account)| *account)
    }

    pub(crate) fn holder(&self, layer: Layer) -> Option<&str> {
        self.holders.iter().find(|(own, _)| *own == layer).map(|(_, holder)| &**holder)
    }

    pub(crate) fn origin(&self, layer: Layer, policy: u32) -> Option<&Origin> {
        let of_layer = self.origins.iter().filter(|(own, _)| *own == layer);
        of_layer.map(|(_, origin)| origin).nth(policy as usize)
    }

    fn belongs(&mut self, layer: Layer, account: Option<AccountId>) {
        self.accounts.extend(account.map(|account| (layer, account)));
    }

    fn unreadable(&mut self, layer: Layer, why: impl Into<Unread>) -> Source {
        self.origins.push((layer, Origin { name: String::new(), place: None, document: None }));
        Source::Unreadable(why.into())
    }

    /// A document of a layer; none where there is none.
    fn document(
        &mut self,
        layer: Layer,
        name: String,
        field: &Field<Document>,
        kind: PolicyKind,
        place: Option<Place>,
    ) -> Option<Source> {
        match field {
            Field::NotSet => None,
            Field::Unreadable(why) => {
                let why = if name.is_empty() { why.clone() } else { format!("{name}: {why}") };
                Some(self.unreadable(layer, &why))
            }
            Field::Set(document) => match document.parse(kind) {
                Ok(policy) => {
                    let document = document.to_value();
                    self.origins.push((layer, Origin { name, place, document }));
                    Some(Source::Read(Arc::new(policy)))
                }
                Err(error) => {
                    let file = place.map(|place| format!("{} {}: ", place.file, place.path));
                    let why = format!("{}{name}: {error}", file.unwrap_or_default());
                    Some(self.unreadable(layer, &why))
                }
            },
        }
    }

    fn resource(
        &mut self,
        layer: Layer,
        documents: Documents,
        resource: Option<&str>,
        account: Option<AccountId>,
    ) {
        self.belongs(layer, account);
        let resource = resource.map(Into::into);
        self.policies.resource.push(ResourcePolicy { layer, documents, resource });
    }

    /// A session's policy is in no record. Its cell says so, and the decision is made without it,
    /// except for a federated user, who has no permissions but those of the session policy.
    fn session(&mut self, facts: &Facts<'_>) {
        let caller = &facts.call.caller;
        self.belongs(Layer::SessionPolicy, caller.account);
        if caller.kind == CallerKind::FederatedUser {
            let source = self.unreadable(Layer::SessionPolicy, Unread::FederatedSession);
            self.policies.session = Some(vec![source]);
        }
    }
}
