//! Every document of the two accounts that a change might touch, byte for byte.

use super::{Account, World};
use aws_sdk_iam::types::PolicyDetail;
use aws_sdk_kms::types::GrantOperation;
use aws_sdk_s3::types::ServerSideEncryptionRule;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Documents with their texts, as AWS holds them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Documents(BTreeMap<Place, String>);

/// Where a document stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The policy of a bucket.
    Bucket(String),
    /// The default encryption of a bucket.
    Encryption(String),
    /// The policy of an access point.
    AccessPoint(String),
    /// The policy of a key, by its ARN.
    Key(String),
    /// The grants of a key, by its ARN.
    Grants(String),
    /// The trust policy of a role, by its ARN.
    Trust(String),
    /// An inline policy of a role, by the role's ARN and its name.
    OfRole(String, String),
    /// An inline policy of a user, by the user's ARN and its name.
    OfUser(String, String),
}

impl Documents {
    /// Where there are documents.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        self.0.keys()
    }

    /// The text of a document.
    pub fn text(&self, place: &Place) -> Option<&str> {
        self.0.get(place).map(String::as_str)
    }

    /// With another text at a place.
    #[must_use]
    pub fn with(mut self, place: &Place, text: &str) -> Self {
        self.0.insert(place.clone(), text.to_owned());
        self
    }

    /// Where they differ from others.
    pub fn differing<'a>(&'a self, others: &'a Self) -> impl Iterator<Item = &'a Place> {
        let places: BTreeSet<&Place> = self.0.keys().chain(others.0.keys()).collect();
        places.into_iter().filter(|place| self.text(place) != others.text(place))
    }

    /// Where they differ from others, for people; empty if nowhere.
    pub fn difference(&self, others: &Self) -> String {
        let words = |place: &Place| {
            let text = |documents: &Self| {
                documents.text(place).map_or_else(|| "none".to_owned(), |text| format!("{text:?}"))
            };
            format!("{place:?}\n  {}\n  {}", text(self), text(others))
        };
        self.differing(others).map(words).collect::<Vec<_>>().join("\n")
    }
}

impl World {
    /// All documents as they stand now.
    pub async fn documents(&self) -> Documents {
        let mut all = BTreeMap::new();
        let owner = futures_util::join!(
            Box::pin(of_bucket(&self.owner, &self.bucket)),
            Box::pin(of_key(&self.owner, &self.key)),
            Box::pin(of_access_points(&self.owner)),
            Box::pin(of_iam(&self.owner)),
        );
        let caller = Box::pin(of_iam(&self.caller)).await;
        for documents in [owner.0, owner.1, owner.2, owner.3, caller] {
            all.extend(documents);
        }
        Documents(all)
    }

    /// Writes a policy of the owner's account as its administrator, byte for byte.
    pub async fn put(&self, place: &Place, text: &str) {
        match place {
            Place::Bucket(bucket) => {
                let put = self.owner.s3().put_bucket_policy().bucket(bucket).policy(text);
                put.send().await.expect("PutBucketPolicy");
            }
            Place::Key(key) => {
                let put = self
                    .owner
                    .kms()
                    .put_key_policy()
                    .key_id(key)
                    .policy_name("default")
                    .policy(text);
                put.send().await.expect("PutKeyPolicy");
            }
            Place::Trust(role) => {
                let name = role.rsplit('/').next().unwrap_or_default();
                let put = self.owner.iam().update_assume_role_policy().role_name(name);
                put.policy_document(text).send().await.expect("UpdateAssumeRolePolicy");
            }
            Place::AccessPoint(name) => {
                let put = self.owner.s3control().put_access_point_policy().name(name);
                let put = put.account_id(&self.owner.id).policy(text);
                put.send().await.expect("PutAccessPointPolicy");
            }
            other => panic!("nobody but Locksmith writes {other:?} in these tests"),
        }
    }
}

type Texts = Vec<(Place, String)>;

async fn of_bucket(account: &Account, bucket: &str) -> Texts {
    let s3 = account.s3();
    let policy = s3.get_bucket_policy().bucket(bucket).send().await;
    let policy = policy.ok().and_then(|answer| answer.policy);
    let encryption = s3.get_bucket_encryption().bucket(bucket).send().await;
    let encryption = encryption.ok().and_then(|it| it.server_side_encryption_configuration);
    let policy = policy.map(|text| (Place::Bucket(bucket.to_owned()), text));
    let rule = |rule: ServerSideEncryptionRule| {
        let default = rule.apply_server_side_encryption_by_default;
        let default = default.map(|it| json!([it.sse_algorithm.as_str(), it.kms_master_key_id]));
        json!([default, rule.bucket_key_enabled])
    };
    let encryption = encryption.map(|configuration| {
        let rules: Vec<Value> = configuration.rules.into_iter().map(rule).collect();
        (Place::Encryption(bucket.to_owned()), Value::from(rules).to_string())
    });
    policy.into_iter().chain(encryption).collect()
}

async fn of_key(account: &Account, key: &str) -> Texts {
    let kms = account.kms();
    let policy = kms
        .get_key_policy()
        .key_id(key)
        .policy_name("default")
        .send()
        .await
        .expect("GetKeyPolicy")
        .policy;
    let grants = kms.list_grants().key_id(key).send().await.expect("ListGrants").grants;
    let grant = |grant: aws_sdk_kms::types::GrantListEntry| {
        let constraints = grant
            .constraints
            .map(|it| json!([it.encryption_context_subset, it.encryption_context_equals]));
        let operations: Vec<&str> =
            grant.operations.iter().flatten().map(GrantOperation::as_str).collect();
        json!([grant.name, grant.grantee_principal, operations, constraints]).to_string()
    };
    let mut grants: Vec<String> = grants.into_iter().flatten().map(grant).collect();
    grants.sort();
    let policy = policy.expect("a key has a policy");
    vec![(Place::Key(key.to_owned()), policy), (Place::Grants(key.to_owned()), grants.join("\n"))]
}

async fn of_access_points(account: &Account) -> Texts {
    let control = account.s3control();
    let listed = control.list_access_points().account_id(&account.id).send().await;
    let listed = listed.expect("ListAccessPoints").access_point_list;
    let mut texts = Vec::new();
    for point in listed.into_iter().flatten() {
        let policy = control.get_access_point_policy().account_id(&account.id).name(&point.name);
        let policy = policy.send().await.ok().and_then(|answer| answer.policy);
        texts.extend(policy.map(|text| (Place::AccessPoint(point.name), text)));
    }
    texts
}

async fn of_iam(account: &Account) -> Texts {
    let details = account.iam().get_account_authorization_details().send().await;
    let details = details.expect("GetAccountAuthorizationDetails");
    let mut texts = Vec::new();
    for role in details.role_detail_list.into_iter().flatten() {
        let arn = role.arn.expect("a role has an ARN");
        let trust = role.assume_role_policy_document.expect("a role has a trust policy");
        texts.push((Place::Trust(arn.clone()), decoded(&trust)));
        texts.extend(inline(role.role_policy_list, |name| Place::OfRole(arn.clone(), name)));
    }
    for user in details.user_detail_list.into_iter().flatten() {
        let arn = user.arn.expect("a user has an ARN");
        texts.extend(inline(user.user_policy_list, |name| Place::OfUser(arn.clone(), name)));
    }
    texts
}

fn inline(policies: Option<Vec<PolicyDetail>>, place: impl Fn(String) -> Place) -> Texts {
    let text = |policy: PolicyDetail| {
        Some((place(policy.policy_name?), decoded(&policy.policy_document?)))
    };
    policies.into_iter().flatten().filter_map(text).collect()
}

/// IAM tells documents URL-encoded.
fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}
