//! One document of one account: what stands there, and what it becomes.

use super::PlanOptions;
use super::draft::Obstacle;
use super::intent::{Intended, Reach};
use super::managed::managed_by;
use super::name::name;
use super::statement::Page;
use super::want::Want;
use super::{risk, words};
use crate::arn::{AccountId, Arn};
use crate::evidence::{
    Bucket, Document, EncryptionConfiguration, Evidence, Field, InlinePolicy, List, Lookup,
};
use crate::plan::{Change, ChangeKind, Digest, OURS, Size, document, limits};
use serde_json::{Map, Value, json};

/// Where one document stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) kind: ChangeKind,
    pub(super) account: AccountId,
    pub(super) target: String,
    pub(super) region: Option<String>,
}

/// The operations that grants of ours may hold; the role that writes may make no others.
const GRANTED: [&str; 3] = ["Decrypt", "Encrypt", "GenerateDataKey"];

/// A document before and after.
struct Written {
    name: Option<String>,
    before: Option<Value>,
    after: Value,
    added: Vec<Value>,
    size: Option<Size>,
}

impl Slot {
    pub(super) fn of(want: &Want) -> Self {
        Self {
            kind: want.kind,
            account: want.account,
            target: want.target.clone(),
            region: want.region.clone(),
        }
    }

    /// What has to change here so that all that is intended is allowed.
    pub(super) fn change(
        &self,
        evidence: &Evidence,
        entity: &str,
        intended: &[&Intended],
        options: &PlanOptions,
    ) -> Result<Change, Obstacle> {
        let until = options.expires_at.map(|at| at.to_string());
        let page = |before| Page { kind: self.kind, before, entity, until: until.as_deref() };
        let written = match self.kind {
            ChangeKind::PutRolePolicy | ChangeKind::PutUserPolicy => {
                self.inline(evidence, page(None), intended)?
            }
            ChangeKind::CreateGrant => self.grant(entity, intended)?,
            ChangeKind::PutBucketEncryption => self.encryption(evidence)?,
            _ => {
                let text = self.text(evidence)?;
                let before = text.as_deref().map(document::normal).transpose();
                let before = before.map_err(|_| Obstacle::Unreadable)?;
                self.shared(text.as_deref(), before.as_ref(), page(before.as_ref()), intended)?
            }
        };
        if let Some(size) = written.size.filter(|size| size.is_over()) {
            return Err(Obstacle::TooLarge(size));
        }
        let managed_by = managed_by(evidence, self);
        let mut change = Change {
            kind: self.kind,
            account: self.account,
            target: self.target.clone(),
            region: self.region.clone(),
            policy_name: written.name,
            removes_causes: Vec::new(),
            before: written.before,
            after: written.after,
            added: written.added,
            inverse: String::new(),
            risk: risk::of(self.kind, intended),
            why: String::new(),
            size: written.size,
            managed_by,
        };
        change.inverse = words::inverse(&change);
        change.why = words::why(&change, entity, intended);
        Ok(change)
    }

    /// A policy that others have statements in.
    fn shared(
        &self,
        text: Option<&str>,
        before: Option<&Value>,
        page: Page<'_>,
        intended: &[&Intended],
    ) -> Result<Written, Obstacle> {
        let statements = page.statements(intended)?;
        let stands = |ours: &Value| {
            before.is_some_and(|before| {
                document::statements(before).any(|one| document::same_statement(one, ours))
            })
        };
        let added: Vec<Value> = statements.into_iter().filter(|one| !stands(one)).collect();
        let after = document::with(text, &added).map_err(|_| Obstacle::Unreadable)?;
        let size = limits::size(self.kind, &after, 0);
        let after = document::normal(&after).map_err(|_| Obstacle::Unreadable)?;
        Ok(Written { name: None, before: before.cloned(), after, added, size })
    }

    /// A policy of our own, named by what it says.
    fn inline(
        &self,
        evidence: &Evidence,
        page: Page<'_>,
        intended: &[&Intended],
    ) -> Result<Written, Obstacle> {
        let statements = page.statements(intended)?;
        let after = json!({"Version": "2012-10-17", "Statement": statements});
        let policies = self.inline_policies(evidence).ok_or(Obstacle::Unreadable)?;
        let mut others = 0;
        let mut taken = Vec::new();
        for policy in policies.entries() {
            taken.push(policy.policy_name.text());
            others += policy
                .policy_document
                .get()
                .map_or(0, |document| limits::without_space(&document_text(document)));
        }
        let name = name(&format!("{OURS}-"), &after, |name| taken.contains(&name));
        let size = limits::size(self.kind, &after.to_string(), others);
        Ok(Written { name: Some(name), before: None, after, added: statements, size })
    }

    /// A grant allows operations with pairs of an encryption context that are exactly given.
    /// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html>
    fn grant(&self, entity: &str, intended: &[&Intended]) -> Result<Written, Obstacle> {
        let first = intended.first().ok_or(Obstacle::NoGrant)?;
        if intended.iter().any(|one| one.usage != first.usage) {
            return Err(Obstacle::NoGrant);
        }
        let usage = first.usage.as_ref().ok_or(Obstacle::NoGrant)?;
        let mut subset = Map::new();
        for (pair, values) in &usage.context {
            match values.as_slice() {
                [Reach::Exactly(value)] => {
                    subset.insert(pair.clone(), value.as_str().into());
                }
                _ => return Err(Obstacle::NoGrant),
            }
        }
        if subset.is_empty() {
            return Err(Obstacle::NoGrant);
        }
        let mut operations: Vec<&str> = intended.iter().map(|one| one.action.name()).collect();
        operations.sort_unstable();
        operations.dedup();
        if !operations.iter().all(|operation| GRANTED.contains(operation)) {
            return Err(Obstacle::NoGrant);
        }
        let mut after = Map::from_iter([
            ("KeyId".to_owned(), Value::from(&*self.target)),
            ("GranteePrincipal".to_owned(), entity.into()),
            ("Operations".to_owned(), operations.into()),
            ("Constraints".to_owned(), json!({"EncryptionContextSubset": subset})),
        ]);
        let name = format!("{OURS}-{}", Digest::of(&after.clone().into()).short(16));
        after.insert("Name".to_owned(), name.into());
        Ok(Written { name: None, before: None, after: after.into(), added: Vec::new(), size: None })
    }

    /// The key behind the alias in the bucket's own account takes the alias's place.
    fn encryption(&self, evidence: &Evidence) -> Result<Written, Obstacle> {
        let bucket = self.bucket(evidence).ok_or(Obstacle::Unreadable)?;
        let configuration = bucket.server_side_encryption_configuration.get();
        let before = encryption_json(configuration.ok_or(Obstacle::Unreadable)?);
        let mut after = before.clone();
        let id = after
            .pointer_mut("/Rules/0/ApplyServerSideEncryptionByDefault/KMSMasterKeyID")
            .ok_or(Obstacle::Unreadable)?;
        let name = id.as_str().unwrap_or_default().to_owned();
        let region = self.region.as_deref().unwrap_or_default();
        let Lookup::Found(key) = evidence.key_named(self.account, region, &name) else {
            return Err(Obstacle::NoKeyBehindAlias);
        };
        let metadata = key.thing.key_metadata.get().ok_or(Obstacle::NoKeyBehindAlias)?;
        if metadata.key_manager.is("AWS").is_yes() {
            return Err(Obstacle::NoKeyBehindAlias);
        }
        *id = metadata.arn.get().ok_or(Obstacle::NoKeyBehindAlias)?.as_str().into();
        Ok(Written { name: None, before: Some(before), after, added: Vec::new(), size: None })
    }

    /// The document's text as it stands; none where there is none.
    fn text(&self, evidence: &Evidence) -> Result<Option<String>, Obstacle> {
        let target = &self.target;
        let field = match self.kind {
            ChangeKind::PutBucketPolicy => self.bucket(evidence).map(|bucket| &bucket.policy),
            ChangeKind::PutAccessPointPolicy => match evidence.access_point(target) {
                Lookup::Found(found) => Some(&found.thing.policy),
                _ => None,
            },
            ChangeKind::PutKeyPolicy => match Arn::parse(target).map(|arn| evidence.key(arn)) {
                Some(Lookup::Found(found)) => Some(&found.thing.policy),
                _ => None,
            },
            ChangeKind::PutTrustPolicy => {
                match evidence.role(self.account, |role| role.arn.is(target)) {
                    Lookup::Found(found) => Some(&found.thing.assume_role_policy_document),
                    _ => None,
                }
            }
            _ => None,
        };
        match field.ok_or(Obstacle::Unreadable)? {
            Field::Set(document) => Ok(Some(document_text(document))),
            Field::NotSet => Ok(None),
            Field::Unreadable(_) => Err(Obstacle::Unreadable),
        }
    }

    fn bucket<'e>(&self, evidence: &'e Evidence) -> Option<&'e Bucket> {
        match evidence.bucket(Arn::parse(&self.target)?.resource) {
            Lookup::Found(found) => Some(found.thing),
            Lookup::Absent | Lookup::Unknown(_) => None,
        }
    }

    fn inline_policies<'e>(&self, evidence: &'e Evidence) -> Option<&'e List<InlinePolicy>> {
        let target = &self.target;
        let policies = if self.kind == ChangeKind::PutUserPolicy {
            match evidence.user(self.account, |user| user.arn.is(target)) {
                Lookup::Found(found) => &found.thing.user_policy_list,
                _ => return None,
            }
        } else {
            match evidence.role(self.account, |role| role.arn.is(target)) {
                Lookup::Found(found) => &found.thing.role_policy_list,
                _ => return None,
            }
        };
        policies.unreadable().is_none().then_some(policies)
    }
}

fn document_text(document: &Document) -> String {
    match document {
        Document::Object(value) => value.to_string(),
        Document::Text(text) => text.clone(),
    }
}

/// Default encryption as AWS's interfaces print it.
fn encryption_json(configuration: &EncryptionConfiguration) -> Value {
    let rules = configuration.rules.entries().map(|rule| {
        let mut printed = Map::new();
        if let Some(default) = rule.apply_server_side_encryption_by_default.get() {
            let mut by_default = Map::new();
            by_default.insert("SSEAlgorithm".to_owned(), default.sse_algorithm.text().into());
            if let Some(id) = default.kms_master_key_id.get() {
                by_default.insert("KMSMasterKeyID".to_owned(), id.as_str().into());
            }
            let name = "ApplyServerSideEncryptionByDefault".to_owned();
            printed.insert(name, by_default.into());
        }
        if let Some(flag) = rule.bucket_key_enabled.get() {
            printed.insert("BucketKeyEnabled".to_owned(), (*flag).into());
        }
        if let Some(blocked) = rule.blocked_encryption_types.get() {
            let types: Vec<&String> = blocked.encryption_type.entries().collect();
            let name = "BlockedEncryptionTypes".to_owned();
            printed.insert(name, json!({"EncryptionType": types}));
        }
        Value::from(printed)
    });
    json!({"Rules": rules.collect::<Vec<_>>()})
}
