//! What a universe is made from.

use super::callers;
use super::samples::Own;
use super::speaker::Speaker;
use crate::arn::Arn;
use crate::evaluate::{Grant, Grants, Layer, Policies, Source};
use crate::plan::{Change, ChangeKind};
use crate::policy::{Condition, Statement};
use crate::propose::intent::{Intended, Intent};

/// How many statements of other documents are looked through.
const STATEMENTS: usize = 400;

/// A change, what it is meant to allow, and what is in force around it.
pub(super) struct Subject<'a> {
    pub(super) change: &'a Change,
    pub(super) intent: &'a Intent,
    /// The statements of the document, those that are added first.
    pub(super) own: Vec<&'a Statement>,
    /// The statements of other documents.
    pub(super) others: Vec<&'a Statement>,
    /// Grants: the one that is made, and those that stand.
    pub(super) grants: Vec<&'a Grant>,
    /// What the context tells of the one who is let in.
    pub(super) own_keys: Own,
}

impl<'a> Subject<'a> {
    pub(super) fn new(
        change: &'a Change,
        intent: &'a Intent,
        [before, after]: [&'a Speaker; 2],
        named: &[&'a Policies],
        grants: &[&'a Grants],
    ) -> Self {
        let statements =
            |speaker: &'a Speaker| speaker.policy().map_or(&[][..], |policy| &policy.statements);
        let (before_them, after_them) = (statements(before), statements(after));
        let new = after_them.iter().filter(|one| !before_them.contains(one));
        let gone = before_them.iter().filter(|one| !after_them.contains(one));
        let kept = after_them.iter().filter(|one| before_them.contains(one));
        let made = after.grants().into_iter().chain(before.grants());
        Self {
            change,
            intent,
            own: new.chain(gone).chain(kept).collect(),
            others: others(named),
            grants: made.chain(grants.iter().copied()).flat_map(|grants| &grants.read).collect(),
            own_keys: callers::told_of(&intent.entity),
        }
    }

    /// Every statement, those of the document first.
    pub(super) fn statements(&self) -> impl Iterator<Item = &'a Statement> {
        self.own.iter().chain(&self.others).copied()
    }

    /// Every condition, those of the document first.
    pub(super) fn conditions(&self) -> impl Iterator<Item = &'a Condition> {
        self.statements().flat_map(|statement| &statement.conditions)
    }

    /// The services whose actions the document can be about.
    pub(super) fn services(&self) -> &'static [&'static str] {
        match self.change.kind {
            ChangeKind::PutBucketPolicy | ChangeKind::PutAccessPointPolicy => &["s3"],
            ChangeKind::PutKeyPolicy | ChangeKind::CreateGrant => &["kms"],
            ChangeKind::PutTrustPolicy => &["sts"],
            ChangeKind::PutRolePolicy | ChangeKind::PutUserPolicy => &["s3", "kms", "sts", "iam"],
            ChangeKind::PutBucketEncryption => &[],
        }
    }

    /// Whether the document is asked about what it belongs to and nothing else: a key's policy and
    /// grants about the key, a trust policy about its role.
    pub(super) fn is_about_its_target(&self) -> bool {
        matches!(
            self.change.kind,
            ChangeKind::PutKeyPolicy | ChangeKind::CreateGrant | ChangeKind::PutTrustPolicy
        )
    }

    /// The partition of what is changed.
    pub(super) fn partition(&self) -> &'a str {
        Arn::parse(&self.change.target).map_or("aws", |arn| arn.partition)
    }

    /// What is meant in a service.
    pub(super) fn meant(&self, service: &str) -> impl Iterator<Item = &'a Intended> {
        self.intent.permissions.iter().filter(move |one| one.action.service() == service)
    }
}

fn others<'a>(named: &[&'a Policies]) -> Vec<&'a Statement> {
    let documents = named
        .iter()
        .flat_map(|policies| Layer::ALL.into_iter().flat_map(|layer| policies.documents(layer)));
    let policies = documents.filter_map(|source| match source {
        Source::Read(policy) => Some(&**policy),
        Source::Unreadable(_) => None,
    });
    policies.flat_map(|policy| &policy.statements).take(STATEMENTS).collect()
}
