//! CloudTrail's records of a denied call, in each of the accounts that get one.

use crate::world::{ACCESS_POINT, ENDPOINT, Made, REGION, Setup, World};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};

/// A denied call.
#[derive(Clone, Debug)]
pub struct Denial {
    setup: Setup,
    made: Made,
    bucket: String,
    owner: String,
    key: String,
    number: u64,
    at: Timestamp,
}

impl Denial {
    /// A call that the set-up denies, a minute ago.
    pub fn new(world: &World, setup: &Setup, made: &Made) -> Self {
        Self {
            setup: setup.clone(),
            made: made.clone(),
            bucket: world.bucket.clone(),
            owner: world.owner.id.clone(),
            key: setup.object_key.clone(),
            number: number(),
            at: Timestamp::now() - SignedDuration::from_secs(60),
        }
    }

    /// The same once more, later, with ids of its own.
    #[must_use]
    pub fn again(&self, later: SignedDuration) -> Self {
        Self { number: number(), at: self.at + later, ..self.clone() }
    }

    /// The same for another object.
    #[must_use]
    pub fn of_object(mut self, object: &'static str) -> Self {
        self.setup.object = object;
        self
    }

    /// The record in the caller's account. It does not tell who owns the bucket.
    ///
    /// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-receive-logs-from-multiple-accounts.html>
    pub fn callers_copy(&self) -> Value {
        let crosses = self.made.account != self.owner;
        let identity = self.made.identity();
        match self.setup.operation {
            "AssumeRole" => self.assume_role(&identity),
            _ if crosses => self.s3(&identity, &self.made.account, "", "c"),
            _ => self.s3(&identity, &self.made.account, &self.owner, "c"),
        }
    }

    /// The record in the bucket owner's account. It tells the caller by its unique id alone.
    pub fn owners_copy(&self) -> Value {
        self.s3(&self.made.identity_elsewhere(), &self.owner, &self.owner, "d")
    }

    /// The record of the call that S3 made to KMS in the caller's name; a denied one is in the
    /// caller's account alone.
    ///
    /// <https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html>
    pub fn kms(&self) -> Value {
        let reads = self.setup.operation == "GetObject";
        let (operation, permission) = if reads {
            ("Decrypt", "kms:Decrypt")
        } else {
            ("GenerateDataKey", "kms:GenerateDataKey")
        };
        let mut identity = self.made.identity();
        identity["invokedBy"] = json!("fas.s3.amazonaws.com");
        let message = format!(
            "User: {} is not authorized to perform: {permission} on resource: {}",
            self.made.in_messages(),
            self.key
        );
        json!({
            "eventVersion": "1.11", "userIdentity": identity, "eventTime": self.time(),
            "eventSource": "kms.amazonaws.com", "eventName": operation, "awsRegion": REGION,
            "sourceIPAddress": "fas.s3.amazonaws.com", "userAgent": "fas.s3.amazonaws.com",
            "errorCode": "AccessDenied", "errorMessage": message,
            "requestParameters": {
                "encryptionAlgorithm": "SYMMETRIC_DEFAULT",
                "encryptionContext": {"aws:s3:arn": self.object_arn()}
            },
            "responseElements": null, "requestID": self.id("a"), "eventID": self.id("b"),
            "readOnly": true,
            "resources": [{"accountId": self.owner, "type": "AWS::KMS::Key", "ARN": self.key}],
            "eventType": "AwsApiCall", "managementEvent": true,
            "recipientAccountId": self.made.account, "eventCategory": "Management"
        })
    }

    /// The record of the call to KMS when it succeeds, now.
    pub fn success(&self) -> Value {
        let mut record = self.kms();
        for absent in ["errorCode", "errorMessage"] {
            record.as_object_mut().expect("an object").remove(absent);
        }
        record["eventTime"] = json!(Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
        record
    }

    fn s3(&self, identity: &Value, recipient: &str, owner: &str, copy: &str) -> Value {
        let usual = ("AccessDenied", "Access Denied".to_owned());
        let (code, message) = self.setup.error.clone().unwrap_or(usual);
        let host = format!("{}.s3.{REGION}.amazonaws.com", self.bucket);
        let mut record = json!({
            "eventVersion": "1.11", "userIdentity": identity, "eventTime": self.time(),
            "eventSource": "s3.amazonaws.com", "eventName": self.setup.operation,
            "awsRegion": REGION, "sourceIPAddress": "198.51.100.7",
            "userAgent": "[aws-cli/2.31.18 md/awscrt#0.28.2 ua/2.1 os/linux#6.12.55]",
            "errorCode": code, "errorMessage": message,
            "requestParameters":
                {"bucketName": self.bucket, "Host": host, "key": self.setup.object},
            "responseElements": null,
            "additionalEventData": {
                "SignatureVersion": "SigV4", "CipherSuite": "TLS_AES_128_GCM_SHA256",
                "bytesTransferredIn": 0, "AuthenticationMethod": "AuthHeader",
                "x-amz-id-2": "TQhKkhOBCBXtmE+jVMGDs5NaTW2al5S2enOK0MSipogNiMlatnkxKvjsW9r4Tk7oORV",
                "bytesTransferredOut": 0
            },
            "requestID": format!("29E9786D{:08X}", self.number), "eventID": self.id(copy),
            "readOnly": self.setup.operation == "GetObject",
            "resources": [
                {"type": "AWS::S3::Object", "ARN": self.object_arn()},
                {"accountId": owner, "type": "AWS::S3::Bucket",
                 "ARN": format!("arn:aws:s3:::{}", self.bucket)}
            ],
            "eventType": "AwsApiCall", "managementEvent": false,
            "recipientAccountId": recipient, "eventCategory": "Data",
            "tlsDetails": {"tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256",
                "clientProvidedHostHeader": host}
        });
        if self.made.account != self.owner {
            record["sharedEventID"] = json!(self.id("e"));
        }
        if self.setup.access_point.is_some() {
            let arn = format!("arn:aws:s3:{REGION}:{}:accesspoint/{ACCESS_POINT}", self.owner);
            let point = json!({"accountId": owner, "type": "AWS::S3::AccessPoint", "ARN": arn});
            record["requestParameters"]["bucketName"] = json!(arn);
            record["resources"].as_array_mut().expect("a list").push(point);
        }
        if self.setup.endpoint_policy.is_some() {
            record["vpcEndpointId"] = json!(ENDPOINT);
            record["vpcEndpointAccountId"] = json!(self.made.account);
        }
        record
    }

    /// AWS tells nothing of the role but in the message.
    fn assume_role(&self, identity: &Value) -> Value {
        let message = format!(
            "User: {} is not authorized to perform: sts:AssumeRole on resource: \
             arn:aws:iam::{}:role/Engineering",
            self.made.in_messages(),
            self.owner
        );
        json!({
            "eventVersion": "1.11", "userIdentity": identity, "eventTime": self.time(),
            "eventSource": "sts.amazonaws.com", "eventName": "AssumeRole", "awsRegion": REGION,
            "sourceIPAddress": "198.51.100.7", "userAgent": "aws-cli/2.31.18",
            "errorCode": "AccessDenied", "errorMessage": message,
            "requestParameters": null, "responseElements": null,
            "requestID": self.id("a"), "eventID": self.id("c"), "readOnly": true,
            "eventType": "AwsApiCall", "managementEvent": true,
            "recipientAccountId": self.made.account, "eventCategory": "Management"
        })
    }

    fn object_arn(&self) -> String {
        format!("arn:aws:s3:::{}/{}", self.bucket, self.setup.object)
    }

    fn time(&self) -> String {
        self.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    fn id(&self, what: &str) -> String {
        format!("{what}8babf34-9339-4ceb-8e02-{:012x}", self.number)
    }
}

fn number() -> u64 {
    static NUMBER: AtomicU64 = AtomicU64::new(1);
    NUMBER.fetch_add(1, Ordering::Relaxed)
}
