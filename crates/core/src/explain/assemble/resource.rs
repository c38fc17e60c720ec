//! The policies of what is called on, and of the endpoint before it.

use super::{Assembled, Origin};
use crate::arn::AccountId;
use crate::evaluate::{Documents, Grant, Layer};
use crate::evidence::{AccessPoint, Field, Found, Lookup, PublicAccessBlock, RoleDetail};
use crate::explain::facts::{Facts, KeySubject, S3Subject};
use crate::policy::PolicyKind;
use crate::tri::Tri;
use std::sync::Arc;

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
            Lookup::Absent => {
                self.unreadable(layer, &format!("VPC endpoint {id} is not in the evidence"))
            }
            Lookup::Unknown(why) => self.unreadable(layer, &why),
        };
        self.policies.vpc_endpoint = Some(vec![source]);
    }

    pub(super) fn bucket(&mut self, facts: &Facts<'_>, s3: &S3Subject<'_>) {
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
            blocks.push(self.access_point(point));
        }
        let restrict = blocks.into_iter().fold(Tri::No, |sum, one| sum | one);
        self.policies.restrict_public_buckets = Some(restrict);
    }

    fn access_point(&mut self, point: &Lookup<Found<'_, AccessPoint>>) -> Tri {
        let layer = Layer::AccessPointPolicy;
        let mut documents = Documents::new();
        let (account, restrict) = match point {
            Lookup::Found(found) => {
                let name = found.thing.access_point_arn.clone();
                let name = name.unwrap_or_else(|| found.thing.name.clone());
                self.holders.push((layer, name.clone()));
                let place = Some(found.place("Policy"));
                let field = &found.thing.policy;
                documents.extend(self.document(layer, name, field, PolicyKind::Resource, place));
                let block = &found.thing.public_access_block_configuration;
                (Some(found.account), restricts(block))
            }
            Lookup::Absent => {
                documents.push(self.unreadable(layer, "the access point is not in the evidence"));
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
        let grants: Result<Vec<Grant>, Arc<str>> = match &key.found {
            Lookup::Found(found) => {
                let name = key.arn.clone().unwrap_or_default();
                let place = Some(found.place("Policy"));
                let field = &found.thing.policy;
                match self.document(layer, name, field, PolicyKind::Key, place) {
                    Some(source) => documents.push(source),
                    // Every key has a policy, so this one was left out.
                    None => documents
                        .push(self.unreadable(layer, "the key's policy is not in the evidence")),
                }
                match found.thing.grants.read() {
                    Ok(entries) => Ok(entries.into_iter().flatten().map(Grant::from).collect()),
                    Err(why) => Err(why.into()),
                }
            }
            Lookup::Absent => Ok(Vec::new()),
            Lookup::Unknown(why) => {
                documents.push(self.unreadable(layer, why));
                Err(why.as_str().into())
            }
        };
        if let (Ok(grants), Lookup::Found(found)) = (&grants, &key.found) {
            for (index, grant) in grants.iter().enumerate() {
                let place = Some(found.place(&format!("Grants[{index}]")));
                let origin = Origin { name: grant.id.to_string(), place, document: None };
                self.origins.push((Layer::KmsGrant, origin));
            }
        }
        self.policies.grants = match grants {
            Ok(grants) if grants.is_empty() => None,
            grants => Some(grants),
        };
        self.resource(layer, documents, None, key.account);
    }

    pub(super) fn trust(
        &mut self,
        arn: Option<&str>,
        found: &Lookup<Found<'_, RoleDetail>>,
        account: Option<AccountId>,
    ) {
        let layer = Layer::TrustPolicy;
        let mut documents = Documents::new();
        match found {
            Lookup::Found(role) => {
                let place = Some(role.place("AssumeRolePolicyDocument"));
                let field = &role.thing.assume_role_policy_document;
                let name = role.thing.arn.clone();
                documents.extend(self.document(layer, name, field, PolicyKind::Trust, place));
            }
            Lookup::Absent => {
                let why = format!("role {} is not in the evidence", arn.unwrap_or("?"));
                documents.push(self.unreadable(layer, &why));
            }
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
    pub(crate) fn is_aws_managed(&self) -> bool {
        let Lookup::Found(found) = &self.found else { return false };
        let metadata = found.thing.key_metadata.get();
        metadata.and_then(|metadata| metadata.key_manager.get()).is_some_and(|kind| kind == "AWS")
    }
}
