//! The policies of what is called on, and of the endpoint before it.

use super::{Assembled, Origin};
use crate::arn::AccountId;
use crate::evaluate::{Documents, Grants, Layer, Unread};
use crate::evidence::{AccessPoint, Field, Found, Lookup, PublicAccessBlock, RoleDetail, grants};
use crate::explain::facts::{Facts, KeySubject, S3Subject};
use crate::explain::ownership;
use crate::policy::{Action, PolicyKind};
use crate::tri::Tri;

impl Assembled {
    pub(super) fn endpoint(&mut self, facts: &Facts<'_>) {
        let layer = Layer::VpcEndpointPolicy;
        let network = &facts.call.network;
        let Some(id) = network.vpc_endpoint.as_deref() else { return };
        self.belongs(layer, network.vpc_endpoint_account);
        let source = match facts.evidence.vpc_endpoint(id) {
            Lookup::Found(found) => {
                let account = found.account;
                self.belongs(layer, Some(account));
                let region = facts.call.region.as_deref().unwrap_or_default();
                let partition = &facts.call.partition;
                let arn = format!("arn:{partition}:ec2:{region}:{account}:vpc-endpoint/{id}");
                self.holders.push((layer, arn));
                let field = &found.thing.policy_document;
                let place = found.place("PolicyDocument");
                match self.document(
                    layer,
                    id.to_owned(),
                    field,
                    PolicyKind::VpcEndpoint,
                    Some(place),
                ) {
                    Some(source) => source,
                    // An endpoint without a policy of its own lets everything through.
                    None => return,
                }
            }
            Lookup::Absent => self.unreadable(layer, Unread::not_in_evidence(id)),
            Lookup::Unknown(why) => self.unreadable(layer, &why),
        };
        self.policies.vpc_endpoint = Some(vec![source]);
    }

    pub(super) fn bucket(&mut self, facts: &Facts<'_>, action: &Action, s3: &S3Subject<'_>) {
        let layer = Layer::BucketPolicy;
        let account = match &s3.bucket {
            Lookup::Found(bucket) => Some(bucket.account),
            _ => None,
        };
        let mut documents = Documents::new();
        let mut blocks = Vec::new();
        match &s3.bucket {
            Lookup::Found(bucket) => {
                let name = s3.bucket_name.clone();
                let place = Some(bucket.place("Policy"));
                let field = &bucket.thing.policy;
                documents.extend(self.document(layer, name, field, PolicyKind::Resource, place));
                blocks.push(restricts(&bucket.thing.public_access_block_configuration));
                blocks.push(facts.evidence.s3(bucket.account).map_or(Tri::Unknown, |section| {
                    restricts(&section.public_access_block_configuration)
                }));
            }
            Lookup::Absent => {}
            Lookup::Unknown(why) => {
                documents.push(self.unreadable(layer, why));
                blocks.push(Tri::Unknown);
            }
        }
        let seen_as = s3.point.is_some().then_some(&*s3.bucket_arn);
        self.resource(layer, documents, seen_as, account);
        self.belongs(Layer::BlockPublicAccess, account);
        self.belongs(Layer::ObjectOwnership, account);
        if let Some(point) = &s3.point {
            blocks.push(self.access_point(point, &s3.arn));
        }
        if ownership::is_read(action) {
            self.policies.object = ownership::access(facts, s3);
        }
        let restrict = blocks.into_iter().fold(Tri::No, |sum, one| sum | one);
        self.policies.restrict_public_buckets = Some(restrict);
    }

    fn access_point(&mut self, point: &Lookup<Found<'_, AccessPoint>>, arn: &str) -> Tri {
        let layer = Layer::AccessPointPolicy;
        let mut documents = Documents::new();
        let (account, restrict) = match point {
            Lookup::Found(found) => {
                let names = [&found.thing.access_point_arn, &found.thing.name];
                let name = names.into_iter().find_map(Field::get).cloned().unwrap_or_default();
                self.holders.push((layer, name.clone()));
                let place = Some(found.place("Policy"));
                let field = &found.thing.policy;
                documents.extend(self.document(layer, name, field, PolicyKind::Resource, place));
                let block = &found.thing.public_access_block_configuration;
                (Some(found.account), restricts(block))
            }
            Lookup::Absent => {
                let what = Unread::not_in_evidence(arn);
                documents.push(self.unreadable(layer, what));
                (None, Tri::Unknown)
            }
            Lookup::Unknown(why) => {
                documents.push(self.unreadable(layer, why));
                (None, Tri::Unknown)
            }
        };
        self.resource(layer, documents, None, account);
        restrict
    }

    pub(super) fn key(&mut self, key: &KeySubject<'_>) {
        let layer = Layer::KeyPolicy;
        let mut documents = Documents::new();
        self.belongs(Layer::KmsGrant, key.account);
        let grants = match &key.found {
            Lookup::Found(found) => {
                let name = key.arn.clone().unwrap_or_default();
                let place = Some(found.place("Policy"));
                let field = &found.thing.policy;
                let source = self.document(layer, name, field, PolicyKind::Key, place);
                // Every key has a policy, so one without was left out.
                let what = Unread::not_in_evidence(key.arn.as_deref().unwrap_or("the key"));
                documents.push(source.unwrap_or_else(|| self.unreadable(layer, what)));
                grants(&found.thing.grants)
            }
            Lookup::Absent => Grants::default(),
            Lookup::Unknown(why) => {
                documents.push(self.unreadable(layer, why));
                Grants { read: Vec::new(), unreadable: vec![why.as_str().into()] }
            }
        };
        if let Lookup::Found(found) = &key.found {
            for (index, grant) in grants.read.iter().enumerate() {
                let place = Some(found.place(&format!("Grants[{index}]")));
                let origin = Origin { name: grant.id.to_string(), place, document: None };
                self.origins.push((Layer::KmsGrant, origin));
            }
        }
        self.policies.grants = (!grants.is_empty()).then_some(grants);
        self.resource(layer, documents, None, key.account);
    }

    pub(super) fn trust(
        &mut self,
        found: &Lookup<Found<'_, RoleDetail>>,
        account: Option<AccountId>,
    ) {
        let layer = Layer::TrustPolicy;
        let mut documents = Documents::new();
        match found {
            Lookup::Found(role) => {
                let place = Some(role.place("AssumeRolePolicyDocument"));
                let field = &role.thing.assume_role_policy_document;
                let name = role.thing.arn.text().to_owned();
                documents.extend(self.document(layer, name, field, PolicyKind::Trust, place));
            }
            // A role that does not exist trusts nobody.
            Lookup::Absent => {}
            Lookup::Unknown(why) => documents.push(self.unreadable(layer, why)),
        }
        self.resource(layer, documents, None, account);
    }
}

/// `RestrictPublicBuckets`, which is off where nothing is set.
fn restricts(field: &Field<PublicAccessBlock>) -> Tri {
    match field {
        Field::NotSet => Tri::No,
        Field::Unreadable(_) => Tri::Unknown,
        Field::Set(block) => match &block.restrict_public_buckets {
            Field::Set(flag) => (*flag).into(),
            Field::NotSet => Tri::No,
            Field::Unreadable(_) => Tri::Unknown,
        },
    }
}

impl KeySubject<'_> {
    /// Whether AWS manages the key, as far as that is known.
    pub(crate) fn is_aws_managed(&self) -> Tri {
        let Lookup::Found(found) = &self.found else { return Tri::No };
        match &found.thing.key_metadata {
            Field::Set(metadata) => metadata.key_manager.is("AWS"),
            Field::NotSet => Tri::No,
            Field::Unreadable(_) => Tri::Unknown,
        }
    }
}
