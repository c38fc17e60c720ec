//! The policies in force for one needed permission, with where each of them was read.

use super::facts::{Facts, KeySubject, S3Subject, Subject};
use crate::arn::AccountId;
use crate::diagnosis::Place;
use crate::evaluate::{CallerKind, Documents, Grant, Layer, Policies, ResourcePolicy, Source};
use crate::evidence::{
    AttachedPolicy, Document, Field, Found, InlinePolicy, List, Lookup, ManagedPolicyDetail,
    Membership, Node, OrganizationPolicy, PublicAccessBlock,
};
use crate::policy::PolicyKind;
use crate::tri::Tri;
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
    pub(crate) fn new(facts: &Facts<'_>, subject: &Subject<'_>) -> Self {
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
            Subject::S3(s3) => assembled.bucket(facts, s3),
            Subject::Key(key) => assembled.key(key),
            Subject::Role { arn, found } => {
                let account = facts.account(subject);
                let mut documents = Documents::new();
                match found {
                    Lookup::Found(role) => {
                        let place = role.place("AssumeRolePolicyDocument");
                        let field = &role.thing.assume_role_policy_document;
                        let name = role.thing.arn.clone();
                        documents.extend(assembled.document(
                            Layer::TrustPolicy,
                            name,
                            field,
                            PolicyKind::Trust,
                            Some(place),
                        ));
                    }
                    Lookup::Absent => {
                        let why = format!(
                            "role {} is not in the evidence",
                            arn.as_deref().unwrap_or("?")
                        );
                        documents.push(assembled.unreadable(Layer::TrustPolicy, &why));
                    }
                    Lookup::Unknown(why) => {
                        documents.push(assembled.unreadable(Layer::TrustPolicy, why));
                    }
                }
                assembled.resource(Layer::TrustPolicy, documents, None, account);
            }
            Subject::Other(arn) if arn.as_deref() != Some("*") => {
                let account = facts.account(subject);
                let why = "the policies of this service's resources are not read";
                let source = assembled.unreadable(Layer::ResourcePolicy, why);
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

    fn unreadable(&mut self, layer: Layer, why: &str) -> Source {
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

    /// Identity policies and boundary of the caller's role or user.
    fn caller(&mut self, facts: &Facts<'_>) {
        let caller = &facts.call.caller;
        let Some(account) = caller.account else {
            if caller.is_member() {
                let why = "whose account the caller belongs to is not known";
                let source = self.unreadable(Layer::IdentityPolicy, why);
                self.policies.identity = Some(vec![source]);
            }
            return;
        };
        if caller.kind == CallerKind::Root {
            return;
        }
        self.belongs(Layer::IdentityPolicy, Some(account));
        self.belongs(Layer::PermissionsBoundary, Some(account));
        self.holders
            .push((Layer::IdentityPolicy, caller.entity.arn().unwrap_or(&caller.name).to_owned()));
        let entity = caller.entity.arn().unwrap_or_default();
        let user = entity.contains(":user/");
        let held = if user {
            match facts.evidence.user(account, |user| user.arn == entity) {
                Lookup::Found(found) => Ok(Held::user(&found, facts)),
                other => Err(missing(&other, entity)),
            }
        } else if entity.contains(":role/") {
            match facts.evidence.role(account, |role| role.arn == entity) {
                Lookup::Found(found) => Ok(Held::role(&found)),
                other => Err(missing(&other, entity)),
            }
        } else {
            Err(match facts.evidence.iam(account) {
                Err(why) => why,
                Ok(_) => format!("{} is not in the evidence of account {account}", caller.name),
            })
        };
        match held {
            Ok(held) => self.held(facts, account, &held),
            Err(why) => {
                let identity = self.unreadable(Layer::IdentityPolicy, &why);
                self.policies.identity = Some(vec![identity]);
                let boundary = self.unreadable(Layer::PermissionsBoundary, &why);
                self.policies.permissions_boundary = Some(vec![boundary]);
            }
        }
    }

    fn held(&mut self, facts: &Facts<'_>, account: AccountId, held: &Held<'_>) {
        let mut documents = Documents::new();
        for part in &held.parts {
            match part {
                Part::Inline(list, owner, place) => {
                    documents.extend(self.inline(list, owner, place));
                }
                Part::Attached(list, place) => {
                    documents.extend(self.attached(facts, account, list, place));
                }
                Part::Unreadable(why) => {
                    documents.push(self.unreadable(Layer::IdentityPolicy, why));
                }
            }
        }
        self.policies.identity = Some(documents);
        let boundary = match held.boundary {
            Ok(None) => None,
            Ok(Some(arn)) => Some(self.managed(facts, account, arn, Layer::PermissionsBoundary)),
            Err(why) => Some(self.unreadable(Layer::PermissionsBoundary, why)),
        };
        self.policies.permissions_boundary = boundary.map(|source| vec![source]);
    }

    fn inline(&mut self, list: &List<InlinePolicy>, owner: &str, place: &Place) -> Documents {
        let layer = Layer::IdentityPolicy;
        let entries = match list.read() {
            Ok(entries) => entries.map_or(&[][..], Vec::as_slice),
            Err(why) => {
                return vec![self.unreadable(layer, &format!("inline policies of {owner}: {why}"))];
            }
        };
        let mut documents = Documents::new();
        for (index, entry) in entries.iter().enumerate() {
            match entry {
                Field::Set(policy) => {
                    let path = format!("{}[{index}].PolicyDocument", place.path);
                    let place = Place { file: place.file.clone(), path };
                    let name = policy.policy_name.clone();
                    let field = &policy.policy_document;
                    documents.extend(self.document(
                        layer,
                        name,
                        field,
                        PolicyKind::Identity,
                        Some(place),
                    ));
                }
                Field::Unreadable(why) => documents.push(self.unreadable(layer, why)),
                Field::NotSet => {}
            }
        }
        documents
    }

    fn attached(
        &mut self,
        facts: &Facts<'_>,
        account: AccountId,
        list: &List<AttachedPolicy>,
        owner: &str,
    ) -> Documents {
        let layer = Layer::IdentityPolicy;
        let entries = match list.read() {
            Ok(entries) => entries.map_or(&[][..], Vec::as_slice),
            Err(why) => {
                return vec![
                    self.unreadable(layer, &format!("attached policies of {owner}: {why}")),
                ];
            }
        };
        let mut documents = Documents::new();
        for entry in entries {
            match entry {
                Field::Set(policy) => {
                    documents.push(self.managed(facts, account, &policy.policy_arn, layer));
                }
                Field::Unreadable(why) => documents.push(self.unreadable(layer, why)),
                Field::NotSet => {}
            }
        }
        documents
    }

    /// A managed policy in its version in force.
    fn managed(
        &mut self,
        facts: &Facts<'_>,
        account: AccountId,
        arn: &str,
        layer: Layer,
    ) -> Source {
        let found = facts.evidence.in_iam(
            account,
            "Policies",
            |iam| &iam.policies,
            |policy: &ManagedPolicyDetail| policy.arn == arn,
        );
        let found = match found {
            Lookup::Found(found) => found,
            Lookup::Absent => {
                return self.unreadable(layer, &format!("policy {arn} is not in the evidence"));
            }
            Lookup::Unknown(why) => return self.unreadable(layer, &format!("policy {arn}: {why}")),
        };
        let versions = match found.thing.policy_version_list.read() {
            Ok(versions) => versions.map_or(&[][..], Vec::as_slice),
            Err(why) => return self.unreadable(layer, &format!("policy {arn}: {why}")),
        };
        let in_force = |version: &crate::evidence::PolicyVersion| {
            version.is_default_version
                || version.version_id.is_some()
                    && version.version_id == found.thing.default_version_id
        };
        let version = versions.iter().enumerate().find_map(|(index, version)| match version {
            Field::Set(version) if in_force(version) => Some((index, version)),
            _ => None,
        });
        let Some((index, version)) = version else {
            let why = format!("the version in force of policy {arn} is not in the evidence");
            return self.unreadable(layer, &why);
        };
        let place = found.place(&format!("PolicyVersionList[{index}].Document"));
        self.document(layer, arn.to_owned(), &version.document, PolicyKind::Identity, Some(place))
            .unwrap_or_else(|| {
                let why = format!("the document of policy {arn} is not in the evidence");
                self.unreadable(layer, &why)
            })
    }

    /// A session's policy is in no record. Its cell says so, and the decision is made without it,
    /// except for a federated user, who has no permissions but those of the session policy.
    fn session(&mut self, facts: &Facts<'_>) {
        let caller = &facts.call.caller;
        self.belongs(Layer::SessionPolicy, caller.account);
        if caller.kind == CallerKind::FederatedUser {
            let why = "a session policy is not part of the event";
            let source = self.unreadable(Layer::SessionPolicy, why);
            self.policies.session = Some(vec![source]);
        }
    }

    fn scps(&mut self, facts: &Facts<'_>) {
        let caller = &facts.call.caller;
        self.belongs(Layer::Scp, caller.account);
        if !caller.is_member() || caller.is_service_linked() {
            return;
        }
        let managing = |id| caller.account.is_some() && id == caller.account;
        let levels = match facts.membership(caller.account) {
            Membership::None => return,
            Membership::Unknown(why) => vec![vec![self.unreadable(Layer::Scp, &why)]],
            Membership::Member { organization, .. }
                if managing(organization.content.master_account_id) =>
            {
                return;
            }
            Membership::Member { organization, nodes } => {
                let mut levels = Vec::new();
                for (index, node) in nodes {
                    let list = &node.service_control_policies;
                    let place = node_place(&organization.file, index, "ServiceControlPolicies");
                    if let Some(level) = self.level(Layer::Scp, list, node, &place, PolicyKind::Scp)
                    {
                        self.scp_nodes.push(node.id.clone());
                        levels.push(level);
                    }
                }
                levels
            }
        };
        self.policies.scps = (!levels.is_empty()).then_some(levels);
    }

    fn rcps(&mut self, facts: &Facts<'_>, subject: &Subject<'_>) {
        let account = facts.account(subject);
        self.belongs(Layer::Rcp, account);
        // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
        let managed_key = matches!(subject, Subject::Key(key) if key.is_aws_managed());
        if managed_key
            || facts.call.caller.is_service_linked()
            || matches!(subject, Subject::Service)
        {
            return;
        }
        let levels = match facts.membership(account) {
            Membership::None => return,
            Membership::Unknown(why) => vec![vec![self.unreadable(Layer::Rcp, &why)]],
            Membership::Member { organization, .. }
                if account.is_some() && organization.content.master_account_id == account =>
            {
                return;
            }
            Membership::Member { organization, nodes } => {
                let mut levels = Vec::new();
                for (index, node) in nodes {
                    let list = &node.resource_control_policies;
                    let place = node_place(&organization.file, index, "ResourceControlPolicies");
                    levels.extend(self.level(Layer::Rcp, list, node, &place, PolicyKind::Rcp));
                }
                levels
            }
        };
        self.policies.rcps = (!levels.is_empty()).then_some(levels);
    }

    /// The policies of one node; none where policies of this type are not in use.
    fn level(
        &mut self,
        layer: Layer,
        list: &List<OrganizationPolicy>,
        node: &Node,
        place: &Place,
        kind: PolicyKind,
    ) -> Option<Documents> {
        let entries = match list.read() {
            Ok(entries) => entries?,
            Err(why) => return Some(vec![self.unreadable(layer, &format!("{}: {why}", node.id))]),
        };
        let mut documents = Documents::new();
        for (index, entry) in entries.iter().enumerate() {
            match entry {
                Field::Set(policy) => {
                    let path = format!("{}[{index}].Content", place.path);
                    let place = Place { file: place.file.clone(), path };
                    let name = policy.arn.clone().or_else(|| policy.name.clone());
                    let name = name.unwrap_or_else(|| node.id.clone());
                    documents.extend(self.document(
                        layer,
                        name,
                        &policy.content,
                        kind,
                        Some(place),
                    ));
                }
                Field::Unreadable(why) => documents.push(self.unreadable(layer, why)),
                Field::NotSet => {}
            }
        }
        Some(documents)
    }

    fn endpoint(&mut self, facts: &Facts<'_>) {
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

    fn bucket(&mut self, facts: &Facts<'_>, s3: &S3Subject<'_>) {
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

    fn access_point(&mut self, point: &Lookup<Found<'_, crate::evidence::AccessPoint>>) -> Tri {
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

    fn key(&mut self, key: &KeySubject<'_>) {
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
}

fn missing<T>(lookup: &Lookup<T>, arn: &str) -> String {
    match lookup {
        Lookup::Unknown(why) => why.clone(),
        // It made the call, so it was there: its policies are not known, rather than none.
        _ => format!("{arn} is not in the evidence; it may have been deleted since"),
    }
}

fn node_place(file: &str, index: usize, list: &str) -> Place {
    Place { file: file.to_owned(), path: format!("Nodes[{index}].{list}") }
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

/// The policies that a role or user holds.
struct Held<'a> {
    parts: Vec<Part<'a>>,
    boundary: Result<Option<&'a str>, &'a str>,
}

enum Part<'a> {
    Inline(&'a List<InlinePolicy>, String, Place),
    Attached(&'a List<AttachedPolicy>, String),
    Unreadable(String),
}

impl<'a> Held<'a> {
    fn role(found: &Found<'a, crate::evidence::RoleDetail>) -> Self {
        let role = found.thing;
        Self {
            parts: vec![
                Part::Inline(
                    &role.role_policy_list,
                    role.arn.clone(),
                    found.place("RolePolicyList"),
                ),
                Part::Attached(&role.attached_managed_policies, role.arn.clone()),
            ],
            boundary: boundary(&role.permissions_boundary),
        }
    }

    fn user(found: &Found<'a, crate::evidence::UserDetail>, facts: &Facts<'a>) -> Self {
        let user = found.thing;
        let mut parts = vec![
            Part::Inline(&user.user_policy_list, user.arn.clone(), found.place("UserPolicyList")),
            Part::Attached(&user.attached_managed_policies, user.arn.clone()),
        ];
        match user.group_list.read() {
            Err(why) => parts.push(Part::Unreadable(format!("groups of {}: {why}", user.arn))),
            Ok(groups) => {
                for name in groups.into_iter().flatten() {
                    let group = facts.evidence.in_iam(
                        found.account,
                        "GroupDetailList",
                        |iam| &iam.group_detail_list,
                        |group: &crate::evidence::GroupDetail| group.group_name == *name,
                    );
                    match group {
                        Lookup::Found(group) => {
                            let place = group.place("GroupPolicyList");
                            let arn = group.thing.arn.clone();
                            parts.push(Part::Inline(
                                &group.thing.group_policy_list,
                                arn.clone(),
                                place,
                            ));
                            parts.push(Part::Attached(&group.thing.attached_managed_policies, arn));
                        }
                        Lookup::Absent => parts
                            .push(Part::Unreadable(format!("group {name} is not in the evidence"))),
                        Lookup::Unknown(why) => {
                            parts.push(Part::Unreadable(format!("group {name}: {why}")))
                        }
                    }
                }
            }
        }
        Self { parts, boundary: boundary(&user.permissions_boundary) }
    }
}

fn boundary(field: &Field<crate::evidence::AttachedBoundary>) -> Result<Option<&str>, &str> {
    field.read().map(|boundary| boundary.map(|boundary| &*boundary.permissions_boundary_arn))
}

impl KeySubject<'_> {
    /// Whether AWS manages the key, as far as that is known.
    pub(crate) fn is_aws_managed(&self) -> bool {
        let Lookup::Found(found) = &self.found else { return false };
        let metadata = found.thing.key_metadata.get();
        metadata.and_then(|metadata| metadata.key_manager.get()).is_some_and(|kind| kind == "AWS")
    }
}
