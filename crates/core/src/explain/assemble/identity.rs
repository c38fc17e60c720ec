//! Identity policies and the boundary of the caller's role or user.

use super::Assembled;
use crate::arn::AccountId;
use crate::diagnosis::Place;
use crate::evaluate::{CallerKind, Documents, Layer, Source, Unread};
use crate::evidence::{
    AttachedBoundary, AttachedPolicy, Field, Found, GroupDetail, InlinePolicy, List, Lookup,
    ManagedPolicyDetail, PolicyVersion, RoleDetail, UserDetail,
};
use crate::explain::facts::Facts;
use crate::policy::PolicyKind;

impl Assembled {
    /// Identity policies and boundary of the caller's role or user.
    pub(super) fn caller(&mut self, facts: &Facts<'_>) {
        let caller = &facts.call.caller;
        let Some(account) = caller.account else {
            if caller.is_member() {
                let source = self.unreadable(Layer::IdentityPolicy, Unread::CallersAccount);
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
            match facts.evidence.user(account, |user| user.arn.is(entity)) {
                Lookup::Found(found) => Ok(Held::user(&found, facts)),
                other => Err(missing(&other, entity)),
            }
        } else if entity.contains(":role/") {
            match facts.evidence.role(account, |role| role.arn.is(entity)) {
                Lookup::Found(found) => Ok(Held::role(&found)),
                other => Err(missing(&other, entity)),
            }
        } else {
            Err(match facts.evidence.iam(account) {
                Err(why) => why.into(),
                Ok(_) => Unread::not_in_evidence(&caller.name),
            })
        };
        match held {
            Ok(held) => self.held(facts, account, &held),
            Err(why) => {
                let identity = self.unreadable(Layer::IdentityPolicy, why.clone());
                self.policies.identity = Some(vec![identity]);
                let boundary = self.unreadable(Layer::PermissionsBoundary, why);
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
                    documents.push(self.unreadable(Layer::IdentityPolicy, why.clone()));
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
                return vec![self.unreadable(layer, format!("inline policies of {owner}: {why}"))];
            }
        };
        let mut documents = Documents::new();
        for (index, entry) in entries.iter().enumerate() {
            match entry {
                Field::Set(policy) => {
                    let path = format!("{}[{index}].PolicyDocument", place.path);
                    let place = Place { file: place.file.clone(), path };
                    let name = policy.policy_name.text().to_owned();
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
                    self.unreadable(layer, format!("attached policies of {owner}: {why}")),
                ];
            }
        };
        let mut documents = Documents::new();
        for entry in entries {
            match entry {
                Field::Set(policy) => {
                    let source = match policy.policy_arn.read() {
                        Ok(arn) => {
                            let arn = arn.map_or("", String::as_str);
                            self.managed(facts, account, arn, layer)
                        }
                        Err(why) => self.unreadable(layer, why),
                    };
                    documents.push(source);
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
            |policy: &ManagedPolicyDetail| policy.arn.is(arn),
        );
        let found = match found {
            Lookup::Found(found) => found,
            Lookup::Absent => {
                return self.unreadable(layer, Unread::not_in_evidence(arn));
            }
            Lookup::Unknown(why) => return self.unreadable(layer, format!("policy {arn}: {why}")),
        };
        let versions = match found.thing.policy_version_list.read() {
            Ok(versions) => versions.map_or(&[][..], Vec::as_slice),
            Err(why) => return self.unreadable(layer, format!("policy {arn}: {why}")),
        };
        let default = found.thing.default_version_id.get();
        let in_force = |version: &PolicyVersion| {
            let id = version.version_id.get();
            version.is_default_version.is(&true).is_yes() || id.is_some() && id == default
        };
        let version = versions.iter().enumerate().find_map(|(index, version)| match version {
            Field::Set(version) if in_force(version) => Some((index, version)),
            _ => None,
        });
        let Some((index, version)) = version else {
            return self.unreadable(layer, Unread::not_in_evidence(arn));
        };
        let place = found.place(&format!("PolicyVersionList[{index}].Document"));
        self.document(layer, arn.to_owned(), &version.document, PolicyKind::Identity, Some(place))
            .unwrap_or_else(|| self.unreadable(layer, Unread::not_in_evidence(arn)))
    }
}

fn missing<T>(lookup: &Lookup<T>, arn: &str) -> Unread {
    match lookup {
        Lookup::Unknown(why) => why.into(),
        // Its policies are not known, rather than none.
        _ => Unread::CallerNotInEvidence(arn.into()),
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
    Unreadable(Unread),
}

impl<'a> Held<'a> {
    fn role(found: &Found<'a, RoleDetail>) -> Self {
        let role = found.thing;
        let arn = role.arn.text();
        Self {
            parts: vec![
                Part::Inline(&role.role_policy_list, arn.into(), found.place("RolePolicyList")),
                Part::Attached(&role.attached_managed_policies, arn.into()),
            ],
            boundary: boundary(&role.permissions_boundary),
        }
    }

    fn user(found: &Found<'a, UserDetail>, facts: &Facts<'a>) -> Self {
        let user = found.thing;
        let arn = user.arn.text();
        let mut parts = vec![
            Part::Inline(&user.user_policy_list, arn.into(), found.place("UserPolicyList")),
            Part::Attached(&user.attached_managed_policies, arn.into()),
        ];
        if let Some(why) = user.group_list.unreadable() {
            parts.push(Part::Unreadable(format!("groups of {arn}: {why}").into()));
        }
        for name in user.group_list.entries() {
            let group = facts.evidence.in_iam(
                found.account,
                "GroupDetailList",
                |iam| &iam.group_detail_list,
                |group: &GroupDetail| group.group_name.is(name),
            );
            match group {
                Lookup::Found(group) => {
                    let place = group.place("GroupPolicyList");
                    let arn = group.thing.arn.text();
                    parts.push(Part::Inline(&group.thing.group_policy_list, arn.into(), place));
                    let attached = &group.thing.attached_managed_policies;
                    parts.push(Part::Attached(attached, arn.into()));
                }
                Lookup::Absent => {
                    parts.push(Part::Unreadable(Unread::not_in_evidence(name)));
                }
                Lookup::Unknown(why) => {
                    parts.push(Part::Unreadable(format!("group {name}: {why}").into()));
                }
            }
        }
        Self { parts, boundary: boundary(&user.permissions_boundary) }
    }
}

fn boundary(field: &Field<AttachedBoundary>) -> Result<Option<&str>, &str> {
    match field.read()? {
        None => Ok(None),
        Some(boundary) => {
            let arn = boundary.permissions_boundary_arn.read()?;
            Ok(Some(arn.map_or("", String::as_str)))
        }
    }
}
