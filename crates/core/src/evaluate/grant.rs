//! KMS grants.
//!
//! <https://docs.aws.amazon.com/kms/latest/developerguide/grants.html>

use super::decide::Request;
use super::layer::Layer;
use super::reason::{Reason, Reasons};
use super::statement::{Named, Says};
use crate::context::{Context, Fact};
use crate::policy::{Action, Effect, Principal};
use crate::tri::Tri;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The grants on a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grants {
    /// Those that were read.
    pub read: Vec<Grant>,
    /// Why others could not be read.
    pub unreadable: Vec<Arc<str>>,
}

impl Grants {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.read.is_empty() && self.unreadable.is_empty()
    }
}

/// A grant on a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// `GrantId`.
    pub id: Box<str>,
    /// `KeyId`: the key's ARN or id; where it is absent the grant was listed with its key.
    pub key: Option<Box<str>>,
    /// `Name`.
    pub name: Option<Box<str>>,
    /// Who may use it, where that could be read; `ListGrants` hides AWS's own services.
    pub grantee: Option<Principal>,
    /// Who may retire it.
    pub retiring: Option<Principal>,
    /// Operations, such as `Decrypt`.
    pub operations: Vec<Box<str>>,
    /// What the request must look like.
    pub constraints: Constraints,
}

/// The constraints of a grant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Constraints {
    /// `EncryptionContextSubset`: pairs that must be among the request's.
    pub subset: BTreeMap<String, String>,
    /// `EncryptionContextEquals`: exactly the request's pairs.
    pub equals: Option<BTreeMap<String, String>>,
    /// `SourceArn` of a grant to a service.
    pub source_arn: Option<Box<str>>,
}

/// The operations to which an encryption context belongs; constraints bind only these.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html>
const CRYPTOGRAPHIC: [&str; 8] = [
    "Decrypt",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateDataKeyWithoutPlaintext",
    "ReEncryptFrom",
    "ReEncryptTo",
];

/// The bit of [`Reason::failed_conditions`] that stands for a grant's constraints.
const CONSTRAINTS: u64 = 1;

pub(super) fn ask<R: Reasons>(grants: &Grants, request: &Request<'_>, reasons: &mut R) -> Says {
    let mut says = Says::NOTHING;
    for (place, grant) in (0..).zip(&grants.read) {
        let named = grant.names(request);
        let operation = grant.covers(request);
        let constraints = grant.constraints.met_by(request);
        says.add(Effect::Allow, named, operation & constraints);
        if R::WANTED {
            let (principal, naming) = named.closest();
            reasons.add(Reason {
                layer: Layer::KmsGrant,
                policy: place,
                index: 0,
                effect: Effect::Allow,
                matched: operation & constraints & principal,
                naming,
                principal,
                action: operation,
                resource: Tri::Yes,
                failed_conditions: if constraints.is_no() { CONSTRAINTS } else { 0 },
                unknown_conditions: if constraints.is_unknown() { CONSTRAINTS } else { 0 },
            });
        }
    }
    if !grants.unreadable.is_empty() && can_hold(request.action) {
        // A grant that could not be read may allow; none denies.
        says.allow = says.allow.map(|allow| allow | Tri::Unknown);
    }
    says
}

impl Grant {
    /// By what the grant names the caller: as its grantee, or to retire the grant.
    fn names(&self, request: &Request<'_>) -> Named {
        let mut named = Named::NOT;
        let grants = |named: &mut Named, principal: &Option<Principal>, covered: bool| {
            if let Some(principal) = principal.as_ref().filter(|_| covered) {
                let (yes, naming) = request.caller.is_named_by(principal, request.context);
                named.add(yes, naming);
            }
        };
        grants(&mut named, &self.grantee, self.has_operation(request));
        grants(&mut named, &self.retiring, request.action.is("kms:RetireGrant"));
        named
    }

    fn has_operation(&self, request: &Request<'_>) -> bool {
        self.operations.iter().any(|name| name.eq_ignore_ascii_case(request.action.name()))
    }

    /// Whether the grant is about this key and action.
    fn covers(&self, request: &Request<'_>) -> Tri {
        let action = request.action;
        let retires = self.retiring.is_some() && action.is("kms:RetireGrant");
        let key = match (self.key.as_deref(), request.resource) {
            (Some(key), Some(arn)) => {
                let id = arn.rsplit_once(":key/").map(|(_, id)| id);
                (key == arn || Some(key) == id).into()
            }
            (Some(_), None) => Tri::Unknown,
            (None, _) => Tri::Yes,
        };
        key & Tri::from(action.service() == "kms" && (self.has_operation(request) || retires))
    }
}

/// Whether a grant can hold the action at all.
/// <https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations>
fn can_hold(action: &Action) -> bool {
    const OTHERS: [&str; 9] = [
        "CreateGrant",
        "DeriveSharedSecret",
        "DescribeKey",
        "GenerateMac",
        "GetPublicKey",
        "RetireGrant",
        "Sign",
        "Verify",
        "VerifyMac",
    ];
    let name = action.name();
    CRYPTOGRAPHIC.iter().chain(&OTHERS).any(|operation| operation.eq_ignore_ascii_case(name))
}

impl Constraints {
    /// The context keys that the constraints ask for and that are not known.
    pub fn unknown_keys(&self, context: &Context) -> Vec<String> {
        let pairs = self.subset.keys().chain(self.equals.iter().flat_map(BTreeMap::keys));
        let keys = pairs.map(|key| format!("kms:EncryptionContext:{key}"));
        keys.filter(|key| context.get(&key.to_ascii_lowercase()) == &Fact::Unknown).collect()
    }

    fn met_by(&self, request: &Request<'_>) -> Tri {
        let name = request.action.name();
        if !CRYPTOGRAPHIC.iter().any(|operation| operation.eq_ignore_ascii_case(name)) {
            return Tri::Yes;
        }
        let context = request.context;
        let source = self.source_arn.as_deref().map_or(Tri::Yes, |expected| {
            match context.get("aws:sourcearn") {
                Fact::One(found) => (**found == *expected).into(),
                Fact::Unknown | Fact::NoneOf(_) => Tri::Unknown,
                Fact::Absent | Fact::Many(_) => Tri::No,
            }
        });
        if self.subset.is_empty() && self.equals.is_none() {
            return source;
        }
        if context.get("kms:encryptioncontextkeys") == &Fact::Unknown {
            return source & Tri::Unknown;
        }
        let has = |(key, value): (&String, &String)| pair(request, key, value);
        let subset = self.subset.iter().map(has).fold(Tri::Yes, |all, one| all & one);
        let equals = self.equals.as_ref().map_or(Tri::Yes, |pairs| {
            let all = pairs.iter().map(has).fold(Tri::Yes, |all, one| all & one);
            let others = context
                .with_prefix(PREFIX)
                .filter(|(name, _)| !pairs.keys().any(|key| key.eq_ignore_ascii_case(name)));
            others.fold(all, |sum, (_, fact)| {
                sum & match fact {
                    Fact::Absent => Tri::Yes,
                    Fact::Unknown | Fact::NoneOf(_) => Tri::Unknown,
                    Fact::One(_) | Fact::Many(_) => Tri::No,
                }
            })
        });
        source & subset & equals
    }
}

/// Whether the request's encryption context has a pair; the case of its value counts.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html>
fn pair(request: &Request<'_>, key: &str, value: &str) -> Tri {
    let found =
        request.context.with_prefix(PREFIX).find(|(name, _)| name.eq_ignore_ascii_case(key));
    match found.map(|(_, fact)| fact) {
        Some(Fact::One(found)) => (**found == *value).into(),
        Some(Fact::Unknown | Fact::NoneOf(_)) => Tri::Unknown,
        Some(Fact::Absent | Fact::Many(_)) | None => Tri::No,
    }
}

const PREFIX: &str = "kms:encryptioncontext:";
