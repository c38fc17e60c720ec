//! A read across accounts that works, as data: faults change one thing of it before it is made.

use super::account::Account;
use super::{Side, World};
use aws_sdk_kms::types::{GrantConstraints, GrantOperation};
use aws_sdk_organizations::types::PolicyType;
use aws_sdk_s3::types::{
    ObjectOwnership, OwnershipControls, OwnershipControlsRule, PublicAccessBlockConfiguration,
    ServerSideEncryption, ServerSideEncryptionByDefault, ServerSideEncryptionConfiguration,
    ServerSideEncryptionRule,
};
use serde_json::{Value, json};

/// Everything that decides a call, in documents with the real ids.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The operation: `GetObject`, `PutObject`, `AssumeRole`.
    pub operation: &'static str,
    /// The error that AWS answers, where it is not the usual one.
    pub error: Option<(&'static str, String)>,
    /// The object's key.
    pub object: &'static str,
    /// Whether the object is there.
    pub object_exists: bool,
    /// Who calls.
    pub caller: Caller,
    /// The bucket's policy.
    pub bucket_policy: Option<Value>,
    /// Whether Block Public Access restricts the bucket.
    pub restrict_public_buckets: bool,
    /// What the bucket's default encryption names: the key's ARN, or an alias.
    pub default_key: String,
    /// The key that the object is encrypted with.
    pub object_key: String,
    /// The key's alias.
    pub alias: Option<&'static str>,
    /// The key's policy.
    pub key_policy: Value,
    /// The state of the key.
    pub key_state: KeyState,
    /// A grant on the key.
    pub grant: Option<Grant>,
    /// A service control policy on the caller's account.
    pub scp: Option<Value>,
    /// Whether that policy stands in place of the one that allows everything.
    pub scp_alone: bool,
    /// A resource control policy on the owner's account.
    pub rcp: Option<Value>,
    /// The access point that the call goes through.
    pub access_point: Option<AccessPoint>,
    /// The policy of a VPC endpoint of the caller's account, through which the call goes.
    pub endpoint_policy: Option<Value>,
    /// The trust policy of a role `Engineering` in the owner's account.
    pub trust_policy: Option<Value>,
}

/// Who calls.
#[derive(Clone, Debug)]
pub struct Caller {
    /// In which account.
    pub side: Side,
    /// Whether it is a role (a session of it), or a user.
    pub is_role: bool,
    /// The statements of its inline policy.
    pub inline: Vec<Value>,
    /// The statements of its managed policy, attached to a user's group.
    pub managed: Vec<Value>,
    /// The statements of its permissions boundary.
    pub boundary: Option<Vec<Value>>,
}

/// The state of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// In order.
    Enabled,
    /// Disabled.
    Disabled,
    /// To be deleted in a week.
    PendingDeletion,
}

/// An access point of the owner's.
#[derive(Clone, Debug)]
pub struct AccessPoint {
    /// Its policy.
    pub policy: Option<Value>,
}

/// A grant for the caller.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The encryption context that it asks for.
    pub context: (String, String),
}

impl Setup {
    /// The working one.
    pub fn working(world: &World) -> Self {
        let role = format!("arn:aws:iam::{}:role/data/ReportReader", world.caller.id);
        let bucket = format!("arn:aws:s3:::{}", world.bucket);
        let object = "2026/q3.parquet";
        Self {
            operation: "GetObject",
            error: None,
            object,
            object_exists: true,
            caller: Caller {
                side: Side::Caller,
                is_role: true,
                inline: vec![allow("s3:GetObject", &format!("{bucket}/2026/*"))],
                managed: vec![allow("kms:Decrypt", &world.key)],
                boundary: None,
            },
            bucket_policy: Some(json!({"Version": "2012-10-17", "Statement": [
                {"Sid": "ReportReaderMayRead", "Effect": "Allow", "Principal": {"AWS": role},
                 "Action": "s3:GetObject", "Resource": format!("{bucket}/*")},
                {"Sid": "TlsOnly", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
                 "Resource": [bucket, format!("{bucket}/*")],
                 "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
            ]})),
            restrict_public_buckets: false,
            default_key: world.key.clone(),
            object_key: world.key.clone(),
            alias: None,
            key_policy: json!({"Version": "2012-10-17", "Statement": [
                {"Sid": "EnableIamPolicies", "Effect": "Allow",
                 "Principal": {"AWS": format!("arn:aws:iam::{}:root", world.owner.id)},
                 "Action": "kms:*", "Resource": "*"},
                {"Sid": "ReportReaderMayDecrypt", "Effect": "Allow", "Principal": {"AWS": role},
                 "Action": ["kms:Decrypt", "kms:DescribeKey"], "Resource": "*"}
            ]}),
            key_state: KeyState::Enabled,
            grant: None,
            scp: None,
            scp_alone: false,
            rcp: None,
            access_point: None,
            endpoint_policy: None,
            trust_policy: None,
        }
    }

    /// Makes everything; what comes back is what a record tells of the caller.
    pub async fn create(&self, world: &World) -> super::caller::Made {
        self.make_bucket(world).await;
        let made = super::caller::make(world, &self.caller).await;
        self.make_key(world, &made.arn).await;
        self.make_guardrails(world).await;
        if let Some(point) = &self.access_point {
            self.make_access_point(world, point).await;
        }
        if let Some(trust) = &self.trust_policy {
            world.owner.create_role("/", "Engineering", &trust.to_string()).await;
        }
        made
    }

    async fn make_bucket(&self, world: &World) {
        let (s3, bucket) = (world.owner.s3(), &world.bucket);
        let default = ServerSideEncryptionByDefault::builder()
            .sse_algorithm(ServerSideEncryption::AwsKms)
            .kms_master_key_id(&self.default_key)
            .build()
            .unwrap();
        let rule = ServerSideEncryptionRule::builder();
        let rule = rule.apply_server_side_encryption_by_default(default).bucket_key_enabled(false);
        let rules = ServerSideEncryptionConfiguration::builder().rules(rule.build());
        let put = s3.put_bucket_encryption().bucket(bucket);
        let put = put.server_side_encryption_configuration(rules.build().unwrap());
        put.send().await.expect("PutBucketEncryption");
        let rule = OwnershipControlsRule::builder();
        let rule = rule.object_ownership(ObjectOwnership::BucketOwnerEnforced).build().unwrap();
        let controls = OwnershipControls::builder().rules(rule).build().unwrap();
        let put = s3.put_bucket_ownership_controls().bucket(bucket).ownership_controls(controls);
        put.send().await.expect("PutBucketOwnershipControls");
        if self.restrict_public_buckets {
            let block = PublicAccessBlockConfiguration::builder().restrict_public_buckets(true);
            let put = s3.put_public_access_block().bucket(bucket);
            let put = put.public_access_block_configuration(block.build());
            put.send().await.expect("PutPublicAccessBlock");
        }
        if let Some(policy) = &self.bucket_policy {
            let put = s3.put_bucket_policy().bucket(bucket).policy(policy.to_string());
            put.send().await.expect("PutBucketPolicy");
        }
        if self.object_exists {
            let put = s3.put_object().bucket(bucket).key(self.object);
            let put = put.server_side_encryption(ServerSideEncryption::AwsKms);
            let put = put.ssekms_key_id(&self.object_key).body(b"report".to_vec().into());
            put.send().await.expect("PutObject");
        }
    }

    async fn make_key(&self, world: &World, grantee: &str) {
        let (kms, key) = (world.owner.kms(), &world.key);
        let put = kms
            .put_key_policy()
            .key_id(key)
            .policy_name("default")
            .policy(self.key_policy.to_string());
        put.send().await.expect("PutKeyPolicy");
        if let Some(alias) = self.alias {
            let made = kms.create_alias().alias_name(alias).target_key_id(key);
            made.send().await.expect("CreateAlias");
        }
        if let Some(Grant { context: (name, value) }) = &self.grant {
            let constraints = GrantConstraints::builder().encryption_context_equals(name, value);
            let grant = kms.create_grant().key_id(key).grantee_principal(grantee);
            let grant = grant.operations(GrantOperation::Decrypt).constraints(constraints.build());
            grant.send().await.expect("CreateGrant");
        }
        // Unlike AWS the emulator takes the bare id alone here.
        let id = key.rsplit('/').next().unwrap_or_default();
        match self.key_state {
            KeyState::Enabled => {}
            KeyState::Disabled => {
                kms.disable_key().key_id(id).send().await.expect("DisableKey");
            }
            KeyState::PendingDeletion => {
                let schedule = kms.schedule_key_deletion().key_id(id).pending_window_in_days(7);
                schedule.send().await.expect("ScheduleKeyDeletion");
            }
        }
    }

    async fn make_access_point(&self, world: &World, point: &AccessPoint) {
        let control = world.owner.s3control();
        let made = control.create_access_point().account_id(&world.owner.id);
        let made = made.name(ACCESS_POINT).bucket(&world.bucket);
        made.send().await.expect("CreateAccessPoint");
        if let Some(policy) = &point.policy {
            world
                .put(&super::Place::AccessPoint(ACCESS_POINT.to_owned()), &policy.to_string())
                .await;
        }
    }

    async fn make_guardrails(&self, world: &World) {
        let organization = &world.organization;
        if let Some(scp) = &self.scp {
            let (kind, account) = (PolicyType::ServiceControlPolicy, &world.caller.id);
            organization.attach(kind, scp, account).await;
            if self.scp_alone {
                organization.detach_full_access(account).await;
            }
        }
        if let Some(rcp) = &self.rcp {
            let (kind, account) = (PolicyType::ResourceControlPolicy, &world.owner.id);
            organization.attach(kind, rcp, account).await;
        }
        if let Some(policy) = &self.endpoint_policy {
            let body = endpoints(&world.caller, policy);
            world.wire.always(
                crate::wire::Fault::of("ec2", crate::wire::Answer::Says { status: 200, body })
                    .operation("DescribeVpcEndpoints")
                    .account(&world.caller.id),
            );
        }
    }
}

/// A statement that allows an action on a resource.
pub(super) fn allow(action: &str, resource: &str) -> Value {
    json!({"Effect": "Allow", "Action": action, "Resource": resource})
}

/// The name of the owner's access point.
pub const ACCESS_POINT: &str = "reports-point";

/// The VPC endpoint of the caller's account.
pub const ENDPOINT: &str = "vpce-0a1b2c3d4e5f60718";

/// The answer of EC2, for which the tests need no SDK of a quarter of a million lines.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpoints.html>
fn endpoints(account: &Account, policy: &Value) -> String {
    let policy = policy.to_string().replace('&', "&amp;").replace('<', "&lt;");
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<DescribeVpcEndpointsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <requestId>19a9ff46-7df6-49b8-9726-3df27527089d</requestId>
  <vpcEndpointSet><item>
    <vpcEndpointId>{ENDPOINT}</vpcEndpointId><vpcEndpointType>Gateway</vpcEndpointType>
    <vpcId>vpc-0e681dda56baf2a45</vpcId><serviceName>com.amazonaws.us-west-2.s3</serviceName>
    <state>available</state><policyDocument>{policy}</policyDocument>
    <creationTimestamp>2026-03-04T09:12:31Z</creationTimestamp><ownerId>{}</ownerId>
  </item></vpcEndpointSet>
</DescribeVpcEndpointsResponse>"#,
        account.id
    )
}
