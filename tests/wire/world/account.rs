//! An account with the clients of its administrator.

use super::REGION;
use crate::wire::Wire;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_s3::types::{BucketLocationConstraint, CreateBucketConfiguration};
use serde_json::json;

/// An account, and the right to do anything in it.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its id.
    pub id: String,
    /// The configuration of clients with an administrator's credentials.
    pub sdk: SdkConfig,
}

impl Account {
    /// An account by the role that AWS Organizations makes in each.
    pub(super) async fn new(wire: &Wire, id: &str) -> Self {
        // Any credentials will do: the emulator knows them to be of no account in particular.
        let anybody = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret", None, None, "tests");
        let role = format!("arn:aws:iam::{id}:role/OrganizationAccountAccessRole");
        let administrator = assume(&config(wire, anybody).await, &role).await;
        Self { id: id.to_owned(), sdk: config(wire, administrator).await }
    }

    /// Credentials of a role that this account's administrator assumes.
    pub async fn assume(&self, role: &str) -> Credentials {
        assume(&self.sdk, role).await
    }

    /// This account with the rights of one of its roles.
    pub async fn as_role(&self, wire: &Wire, role: &str) -> Self {
        Self { id: self.id.clone(), sdk: config(wire, self.assume(role).await).await }
    }

    /// A client of IAM.
    pub fn iam(&self) -> aws_sdk_iam::Client {
        aws_sdk_iam::Client::new(&self.sdk)
    }

    /// A client of KMS.
    pub fn kms(&self) -> aws_sdk_kms::Client {
        aws_sdk_kms::Client::new(&self.sdk)
    }

    /// A client of S3's control plane.
    pub fn s3control(&self) -> aws_sdk_s3control::Client {
        aws_sdk_s3control::Client::new(&self.sdk)
    }

    /// A client of S3.
    pub fn s3(&self) -> aws_sdk_s3::Client {
        let config = aws_sdk_s3::config::Builder::from(&self.sdk).force_path_style(true).build();
        aws_sdk_s3::Client::from_conf(config)
    }

    /// Makes a bucket.
    pub async fn create_bucket(&self, name: &str) {
        let place = BucketLocationConstraint::from(REGION);
        let place = CreateBucketConfiguration::builder().location_constraint(place).build();
        let made = self.s3().create_bucket().bucket(name).create_bucket_configuration(place);
        made.send().await.expect("CreateBucket");
    }

    /// Makes a key, and gives its ARN.
    pub async fn create_key(&self) -> String {
        let made = self.kms().create_key().send().await.expect("CreateKey");
        made.key_metadata.and_then(|key| key.arn).expect("a key has an ARN")
    }

    /// Makes a role that only a principal may assume, and gives its ARN and id.
    pub async fn create_role(&self, path: &str, name: &str, trust: &str) -> (String, String) {
        let made = self.iam().create_role().path(path).role_name(name);
        let made = made.assume_role_policy_document(trust).send().await.expect("CreateRole");
        let role = made.role.expect("a role");
        (role.arn, role.role_id)
    }
}

/// A trust policy for principals, with an external id if one is asked for.
pub(super) fn trust(principals: &[&str], external_id: Option<&str>) -> String {
    let condition =
        external_id.map_or_else(|| json!({}), |id| json!({"StringEquals": {"sts:ExternalId": id}}));
    json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"AWS": principals},
        "Action": ["sts:AssumeRole", "sts:TagSession"],
        "Condition": condition
    }]})
    .to_string()
}

async fn assume(sdk: &SdkConfig, role: &str) -> Credentials {
    let client = aws_sdk_sts::Client::new(sdk);
    let assumed = client.assume_role().role_arn(role).role_session_name("tests").send().await;
    let credentials = assumed.expect("AssumeRole").credentials.expect("credentials");
    Credentials::new(
        credentials.access_key_id,
        credentials.secret_access_key,
        Some(credentials.session_token),
        None,
        "tests",
    )
}

async fn config(wire: &Wire, credentials: Credentials) -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .http_client(locksmith_aws::http_client())
        .region(Region::from_static(REGION))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .endpoint_url(wire.endpoint())
        .load()
        .await
}
