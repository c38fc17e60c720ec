//! What has to be read from the accounts to explain a call.
//!
//! The engine says what it will look at; whoever reads it asks again after each answer, because an
//! object names its key and a bucket its default. What was read once need not be read again, so the
//! caller keeps count: the list names everything, in no particular order.

use crate::arn::{AccountId, Arn};
use crate::call::{Call, PlainRequest, RequestError};
use crate::context::Fact;
use crate::evaluate::{CallerKind, Entity};
use crate::evidence::{Evidence, Lookup};
use crate::explain::resolved;
use crate::need::{self, KeyRef, KeyUse, S3Target, Target};
use crate::record::Record;
use std::collections::BTreeSet;

/// One thing to read. An account that is none is not known: whoever reads has to find it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Wanted {
    /// A role with its policies, boundary, trust policy and tags.
    Role {
        /// Its account.
        account: AccountId,
        /// Its name, without the path.
        name: String,
    },
    /// A user with its groups, policies, boundary and tags.
    User {
        /// Its account.
        account: AccountId,
        /// Its name, without the path.
        name: String,
    },
    /// The role or user of a unique id, `AROA...` or `AIDA...`.
    Principal {
        /// Its account.
        account: AccountId,
        /// The id.
        unique_id: String,
    },
    /// A bucket with its policy and settings.
    Bucket {
        /// Its owner.
        account: Option<AccountId>,
        /// Its Region.
        region: Option<String>,
        /// Its name.
        name: String,
    },
    /// An object of a bucket, looked up as the bucket's owner.
    Object {
        /// The bucket.
        bucket: String,
        /// Its key, literally.
        key: String,
        /// The version; none for the latest.
        version: Option<String>,
    },
    /// An access point with its policy.
    AccessPoint {
        /// Its account.
        account: Option<AccountId>,
        /// Its Region.
        region: Option<String>,
        /// Its ARN or alias.
        name: String,
    },
    /// A key with its policy, grants, aliases and tags.
    Key {
        /// Its account.
        account: AccountId,
        /// Its Region.
        region: String,
        /// Its ARN, its bare id, or an alias (`alias/...`).
        id: String,
    },
    /// A VPC endpoint.
    VpcEndpoint {
        /// Its account; where it is not told, most often the caller's.
        account: Option<AccountId>,
        /// Its Region.
        region: Option<String>,
        /// `vpce-...`
        id: String,
    },
    /// Where an account stands in its organization, with the guardrails on the way.
    Membership {
        /// The account.
        account: AccountId,
    },
}

/// What explaining a record's call looks at, as far as the evidence so far tells.
pub fn by_record(record: &Record, evidence: &Evidence) -> BTreeSet<Wanted> {
    wanted(Call::from_record(record), evidence)
}

/// What explaining a call that nobody recorded looks at.
///
/// # Errors
/// [`RequestError`] for a request that cannot be read.
pub fn by_request(
    request: &PlainRequest,
    evidence: &Evidence,
) -> Result<BTreeSet<Wanted>, RequestError> {
    Ok(wanted(Call::from_request(request)?, evidence))
}

fn wanted(call: Call, evidence: &Evidence) -> BTreeSet<Wanted> {
    let unresolved = caller(&call);
    let call = resolved(call, evidence);
    let mut wanted = Collected { call: &call, evidence, all: BTreeSet::new() };
    wanted.all.extend(unresolved.or_else(|| caller(&call)));
    wanted.member(call.caller.account);
    wanted.endpoint();
    for need in need::needs(&call, evidence) {
        match &need.target {
            Target::S3(target) => wanted.s3(target),
            Target::Key(usage) => wanted.key(usage),
            Target::Role(arn) => wanted.role(arn.as_deref()),
            Target::Other(_) => wanted.member(need.target.account()),
            Target::Service => {}
        }
    }
    wanted.all
}

fn caller(call: &Call) -> Option<Wanted> {
    let caller = &call.caller;
    let account = caller.account?;
    let last = |arn: &str| arn.rsplit('/').next().unwrap_or_default().to_owned();
    match (caller.kind, &caller.entity) {
        (CallerKind::Unresolved, _) => match &caller.unique_id {
            Fact::One(id) => Some(Wanted::Principal { account, unique_id: id.to_string() }),
            _ => None,
        },
        (CallerKind::Session | CallerKind::SomeSession, Entity::Known(arn)) => {
            Some(Wanted::Role { account, name: last(arn) })
        }
        (CallerKind::Session | CallerKind::SomeSession, Entity::RoleNamed(name)) => {
            Some(Wanted::Role { account, name: name.to_string() })
        }
        (CallerKind::User | CallerKind::FederatedUser, Entity::Known(arn)) => {
            Some(Wanted::User { account, name: last(arn) })
        }
        _ => None,
    }
}

struct Collected<'a> {
    call: &'a Call,
    evidence: &'a Evidence,
    all: BTreeSet<Wanted>,
}

impl Collected<'_> {
    fn member(&mut self, account: Option<AccountId>) {
        self.all.extend(account.map(|account| Wanted::Membership { account }));
    }

    fn endpoint(&mut self) {
        let network = &self.call.network;
        let Some(id) = network.vpc_endpoint.clone() else { return };
        let account = network.vpc_endpoint_account;
        self.all.insert(Wanted::VpcEndpoint { account, region: self.call.region.clone(), id });
    }

    fn s3(&mut self, target: &S3Target) {
        let region = self.call.region.clone();
        let arn = Arn::parse(&target.bucket);
        let addressed = self.evidence.access_point(&target.bucket);
        let point_account = arn.and_then(|arn| arn.account_id());
        // The alias of an access point is told from a bucket's name by its end.
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html
        if arn.is_some() || target.bucket.ends_with("-s3alias") {
            let (account, name) = (point_account, target.bucket.clone());
            self.all.insert(Wanted::AccessPoint { account, region: region.clone(), name });
            self.member(account);
        }
        let (bucket, told) = match &addressed {
            Lookup::Found(point) => {
                (point.thing.bucket.text().to_owned(), point.thing.bucket_account_id.get().copied())
            }
            _ if arn.is_some() || target.bucket.ends_with("-s3alias") => return,
            _ => (target.bucket.clone(), None),
        };
        if bucket.is_empty() {
            return;
        }
        // A copy has two buckets, and the record's resources may be about either.
        let named = |entry: &&crate::record::ResourceEntry| {
            let arn = entry.arn.as_deref().and_then(Arn::parse);
            arn.is_some_and(|arn| arn.resource.split('/').next() == Some(&*bucket))
        };
        let told = told.or_else(|| {
            let mut entries = self.call.resources.iter().filter(named);
            entries.find_map(|entry| entry.account)
        });
        let found = match self.evidence.bucket(&bucket) {
            Lookup::Found(found) => Some(found.account),
            _ => None,
        };
        self.member(found.or(told));
        self.all.insert(Wanted::Bucket { account: told, region, name: bucket.clone() });
        if let Some(key) = target.key.clone() {
            self.all.insert(Wanted::Object { bucket, key, version: target.version.clone() });
        }
    }

    fn key(&mut self, usage: &KeyUse) {
        match &usage.key {
            KeyRef::Arn(text) => {
                let Some(arn) = Arn::parse(text) else { return };
                let Some(account) = arn.account_id() else { return };
                let region = arn.region.to_owned();
                self.all.insert(Wanted::Key { account, region, id: text.clone() });
                self.member(Some(account));
            }
            KeyRef::Named { account: Some(account), region: Some(region), name, .. } => {
                // AWS looks in the one account, and what is meant stands in the bucket's: that key
                // is named when the default encryption is mended.
                let bucket = usage.bucket.as_deref().map(|name| self.evidence.bucket(name));
                let meant = match bucket {
                    Some(Lookup::Found(found)) => Some(found.account),
                    _ => None,
                };
                for account in core::iter::once(*account).chain(meant) {
                    let (region, id) = (region.clone(), name.clone());
                    self.all.insert(Wanted::Key { account, region, id });
                    self.member(Some(account));
                }
            }
            KeyRef::Named { .. } | KeyRef::Unknown(_) => {}
        }
    }

    fn role(&mut self, arn: Option<&str>) {
        let Some(arn) = arn.and_then(Arn::parse) else { return };
        let Some(account) = arn.account_id() else { return };
        let name = arn.resource.rsplit('/').next().unwrap_or_default().to_owned();
        self.all.insert(Wanted::Role { account, name });
        self.member(Some(account));
    }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, by_record};
    use crate::evidence::Evidence;
    use crate::record::records;

    /// A denied read: first the role, the bucket, the object and the caller's account's place; with
    /// the object's head also its key, and the place of the key's account.
    #[test]
    fn an_object_names_its_key() {
        let record = r#"{"eventVersion": "1.11", "eventSource": "s3.amazonaws.com",
            "eventName": "GetObject", "awsRegion": "us-west-2", "errorCode": "AccessDenied",
            "userIdentity": {"type": "AssumedRole", "principalId": "AROAEXAMPLE:run-7",
              "arn": "arn:aws:sts::222222222222:assumed-role/Etl/run-7", "accountId": "222222222222",
              "sessionContext": {"sessionIssuer": {"type": "Role", "principalId": "AROAEXAMPLE",
                "arn": "arn:aws:iam::222222222222:role/jobs/Etl", "accountId": "222222222222",
                "userName": "Etl"}}},
            "requestParameters": {"bucketName": "reports", "key": "a/b"},
            "resources": [{"type": "AWS::S3::Object", "ARN": "arn:aws:s3:::reports/a/b"},
              {"accountId": "", "type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::reports"}]}"#;
        let record = records(record.as_bytes()).unwrap().remove(0);
        let account = |digit: &str| crate::arn::AccountId::parse(&digit.repeat(12)).unwrap();
        let region = || Some("us-west-2".to_owned());
        let mut expected = std::collections::BTreeSet::from([
            Wanted::Role { account: account("2"), name: "Etl".into() },
            Wanted::Membership { account: account("2") },
            Wanted::Bucket { account: None, region: region(), name: "reports".into() },
            Wanted::Object { bucket: "reports".into(), key: "a/b".into(), version: None },
        ]);
        assert_eq!(by_record(&record, &Evidence::default()), expected);

        let key = "arn:aws:kms:us-west-2:333333333333:key/1234abcd";
        let file = format!(
            r#"{{"AccountId": "111111111111", "S3": {{"Buckets": [{{"Name": "reports",
              "Objects": [{{"Key": "a/b", "ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "{key}"}}]}}]}}}}"#
        );
        let mut evidence = Evidence::builder();
        evidence.add("111111111111.json", file.as_bytes()).unwrap();
        expected.extend([
            Wanted::Membership { account: account("1") },
            Wanted::Key { account: account("3"), region: "us-west-2".into(), id: key.into() },
            Wanted::Membership { account: account("3") },
        ]);
        assert_eq!(by_record(&record, &evidence.build()), expected);
    }
}
