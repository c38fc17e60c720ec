//! What is known of a need's target: the bucket, the object, the key, the role.

use crate::arn::{AccountId, Arn};
use crate::call::Call;
use crate::evidence::{AccessPoint, Bucket, Evidence, Found, Key, Lookup, Membership, RoleDetail};
use crate::need::{KeyRef, KeyUse, Need, S3Target, Target};

/// A call and what was read from the accounts.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) call: &'a Call,
    pub(crate) evidence: &'a Evidence,
}

/// A need's target, looked up.
pub(crate) enum Subject<'a> {
    S3(S3Subject<'a>),
    Key(KeySubject<'a>),
    Role { arn: Option<String>, found: Lookup<Found<'a, RoleDetail>> },
    Service,
    Other(Option<String>),
}

/// A bucket or object.
pub(crate) struct S3Subject<'a> {
    pub(crate) target: S3Target,
    /// The access point that was addressed.
    pub(crate) point: Option<Lookup<Found<'a, AccessPoint>>>,
    /// The bucket's name.
    pub(crate) bucket_name: String,
    pub(crate) bucket: Lookup<Found<'a, Bucket>>,
    /// The ARN of what is asked for, as identity policies see it.
    pub(crate) arn: String,
    /// The ARN as the bucket policy sees it.
    pub(crate) bucket_arn: String,
}

/// A key.
pub(crate) struct KeySubject<'a> {
    pub(crate) usage: KeyUse,
    pub(crate) found: Lookup<Found<'a, Key>>,
    /// The key's ARN where it is known.
    pub(crate) arn: Option<String>,
    pub(crate) account: Option<AccountId>,
}

impl<'a> Facts<'a> {
    pub(crate) fn subject(&self, need: &Need) -> Subject<'a> {
        match &need.target {
            Target::S3(target) => Subject::S3(self.s3(target)),
            Target::Key(usage) => Subject::Key(self.key(usage)),
            Target::Role(arn) => {
                let account = need.target.account();
                let found = match (arn, account) {
                    (Some(arn), Some(account)) => {
                        self.evidence.role(account, |role| role.arn.is(arn))
                    }
                    _ => Lookup::Unknown("the event does not tell which role it was".into()),
                };
                Subject::Role { arn: arn.clone(), found }
            }
            Target::Service => Subject::Service,
            Target::Other(arn) => Subject::Other(arn.clone()),
        }
    }

    fn s3(&self, target: &S3Target) -> S3Subject<'a> {
        let addressed = self.evidence.access_point(&target.bucket);
        let is_arn = Arn::parse(&target.bucket).is_some();
        let point = match addressed {
            found @ Lookup::Found(_) => Some(found),
            other if is_arn => Some(other),
            _ => None,
        };
        let partition = &self.call.partition;
        let path = target.key.as_ref().map(|key| format!("/{key}")).unwrap_or_default();
        let bucket_name = match &point {
            Some(Lookup::Found(point)) => point.thing.bucket.text().to_owned(),
            Some(_) => String::new(),
            None => target.bucket.clone(),
        };
        let bucket = if bucket_name.is_empty() {
            Lookup::Unknown("the bucket behind the access point is not known".into())
        } else {
            self.evidence.bucket(&bucket_name)
        };
        let bucket_arn = format!("arn:{partition}:s3:::{bucket_name}{path}");
        let arn = match &point {
            None => bucket_arn.clone(),
            Some(found) => {
                let point = match found {
                    Lookup::Found(point) => point.thing.access_point_arn.get().cloned(),
                    _ => None,
                };
                let point = point.unwrap_or_else(|| target.bucket.clone());
                let object = target.key.as_ref().map(|key| format!("/object/{key}"));
                format!("{point}{}", object.unwrap_or_default())
            }
        };
        S3Subject { target: target.clone(), point, bucket_name, bucket, arn, bucket_arn }
    }

    fn key(&self, usage: &KeyUse) -> KeySubject<'a> {
        let (found, arn, account) = match &usage.key {
            KeyRef::Arn(text) => match Arn::parse(text) {
                Some(arn) => (self.evidence.key(arn), Some(text.clone()), arn.account_id()),
                None => (Lookup::Unknown(format!("`{text}` is no key's ARN")), None, None),
            },
            KeyRef::Named { account: Some(account), region: Some(region), name, .. } => {
                let found = self.evidence.key_named(*account, region, name);
                let arn = match &found {
                    Lookup::Found(key) => key
                        .thing
                        .key_metadata
                        .get()
                        .and_then(|metadata| metadata.arn.get().cloned()),
                    _ => None,
                };
                (found, arn, Some(*account))
            }
            KeyRef::Named { account, name, .. } => {
                (Lookup::Unknown(format!("where {name} belongs is not known")), None, *account)
            }
            KeyRef::Unknown(why) => (Lookup::Unknown(why.clone()), None, None),
        };
        KeySubject { usage: usage.clone(), found, arn, account }
    }

    /// The account of a subject, where it is known.
    pub(crate) fn account(&self, subject: &Subject<'_>) -> Option<AccountId> {
        match subject {
            Subject::S3(s3) => match (&s3.bucket, &s3.point) {
                (Lookup::Found(bucket), _) => Some(bucket.account),
                (_, Some(Lookup::Found(point))) => {
                    point.thing.bucket_account_id.get().copied().or(Some(point.account))
                }
                _ => self.told_account(),
            },
            Subject::Key(key) => key.account,
            Subject::Role { arn, .. } | Subject::Other(arn) => {
                Arn::parse(arn.as_deref()?)?.account_id()
            }
            Subject::Service => self.call.caller.account,
        }
    }

    /// The bucket's account as the record tells it; the caller's copy of a denied call does not.
    fn told_account(&self) -> Option<AccountId> {
        self.call.resource_of("AWS::S3::Bucket").and_then(|entry| entry.account)
    }

    /// Where an account stands in its organization.
    pub(crate) fn membership(&self, account: Option<AccountId>) -> Membership<'a> {
        match account {
            Some(account) => self.evidence.path_of(account),
            None => match self.evidence.organizations() {
                Ok([]) => Membership::None,
                Ok(_) => Membership::Unknown("whose account it is is not known".into()),
                Err(why) => Membership::Unknown(format!("organization: {why}")),
            },
        }
    }
}

impl Subject<'_> {
    /// The ARN that a policy's `Resource` is compared with; `*` for a service as such.
    pub(crate) fn arn(&self) -> Option<&str> {
        match self {
            Self::S3(s3) if s3.target.some_object => None,
            Self::S3(s3) => Some(&s3.arn),
            Self::Key(key) => key.arn.as_deref(),
            Self::Role { arn, .. } | Self::Other(arn) => arn.as_deref(),
            Self::Service => Some("*"),
        }
    }
}
