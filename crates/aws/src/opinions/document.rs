//! A policy document that a change left.

use locksmith_app::change::Step;
use locksmith_app::ports::Adviser;
use locksmith_core::arn::AccountId;
use locksmith_core::plan::{Change, ChangeKind};

/// A document as a change left it, beside what stood there before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Document<'a> {
    change: &'a Change,
    /// Whose it is.
    pub(super) account: AccountId,
    /// The Region of what it stands on; none for IAM.
    pub(super) region: Option<&'a str>,
    /// The text before; none where nothing stood there.
    pub(super) before: Option<&'a str>,
    /// The text after.
    pub(super) after: &'a str,
}

impl<'a> Document<'a> {
    /// What a step left; none where it wrote no policy.
    pub(super) fn of(step: &'a Step) -> Option<Self> {
        let change = &step.change;
        let is_policy =
            !matches!(change.kind, ChangeKind::CreateGrant | ChangeKind::PutBucketEncryption);
        let texts = step.texts.as_ref().filter(|_| is_policy && step.may_stand())?;
        Some(Self {
            change,
            account: change.account,
            region: change.region.as_deref(),
            before: texts.before.as_deref(),
            after: texts.after.as_deref()?,
        })
    }

    /// What it is, for people.
    pub(super) fn about(&self) -> String {
        let kind = self.change.kind.name();
        format!("{} · {}", kind.strip_prefix("put_").unwrap_or(kind), self.change.target)
    }

    /// Whether an adviser judges documents of this kind: who may use a caller's own policy is no
    /// question.
    pub(super) fn is_judged_by(&self, adviser: Adviser) -> bool {
        match adviser {
            Adviser::PolicyValidation => true,
            Adviser::PublicAccess => self.resource_type().is_some(),
            Adviser::Simulator => false,
        }
    }

    /// Whether it belongs to a caller, and says what the caller may.
    pub(super) fn is_identity_policy(&self) -> bool {
        self.change.kind.is_inline_policy()
    }

    /// The type of what it stands on; none for a caller's policy.
    /// <https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoPublicAccess.html>
    pub(super) fn resource_type(&self) -> Option<&'static str> {
        match self.change.kind {
            ChangeKind::PutBucketPolicy => Some("AWS::S3::Bucket"),
            ChangeKind::PutAccessPointPolicy => Some("AWS::S3::AccessPoint"),
            ChangeKind::PutKeyPolicy => Some("AWS::KMS::Key"),
            ChangeKind::PutTrustPolicy => Some("AWS::IAM::AssumeRolePolicyDocument"),
            ChangeKind::PutRolePolicy
            | ChangeKind::PutUserPolicy
            | ChangeKind::CreateGrant
            | ChangeKind::PutBucketEncryption => None,
        }
    }
}
